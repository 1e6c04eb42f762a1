//! `participants.csv` and `sessions.csv`: people and transcripts with their attributes, in the shapes that import reads.

use std::collections::BTreeSet;

use super::{Contents, Extract, Holds, Rows};
use crate::study::{Attribute, AttributeOf, Hideable, Participant, Study, Subject, Transcript, Value, Voice};

/// A row for each place in which a participant speaks (one row, without a place, for who speaks nowhere):
/// `participant_id,session_id,speaker_label`, the consent flags if anybody has any, then the attributes in their order.
/// Participants that import made up are there too, as a template: their rows change nothing until somebody gives them
/// another name or a value. Consent that nobody was asked for is an empty cell. Who withdrew is left out, and counted.
#[must_use]
pub fn participants_table(study: &Study) -> Extract {
    let attributes = study.attributes_of(AttributeOf::Participant);
    let with_consent = !study.consents().is_empty();
    let mut header = vec!["participant_id", "session_id", "speaker_label"];
    if with_consent {
        header.extend(["consent_analyse", "consent_quote", "consent_archive"]);
    }
    header.extend(attributes.iter().map(|attribute| attribute.name.as_str()));
    // Who may not be analysed stays in the list: it is the list that says so.
    let shown = |person: &&Participant| study.hidden_by(Hideable::Participant(person.id)).is_none();
    let withdrew = |person: &&Participant| {
        study.consents().get(&person.id).is_some_and(|consent| consent.withdrawn.is_some())
    };
    let (withdrawn, mut people): (Vec<&Participant>, Vec<&Participant>) =
        study.participants().iter().filter(shown).partition(withdrew);
    people.sort_by_key(|participant| crate::text::fold_name(&participant.name));
    let mut table = Rows::new(&header);
    let written = people.iter().map(|person| person.id).collect();
    for participant in people {
        let mut places: Vec<(String, String)> = study
            .bindings()
            .iter()
            .filter(|binding| binding.voice == Voice::Participant(participant.id))
            .filter_map(|binding| {
                let speaker = study.speakers().get(&(binding.transcript, binding.speaker.clone()))?;
                Some((study.transcripts().get(&binding.transcript)?.name.clone(), speaker.label.clone()))
            })
            .collect();
        // Places in transcripts that are not there yet.
        places.extend(
            study
                .seats()
                .iter()
                .filter(|seat| {
                    seat.participant == participant.id && study.transcript_named(&seat.transcript).is_none()
                })
                .map(|seat| (seat.transcript.clone(), seat.label.clone())),
        );
        if places.is_empty() {
            places.push(Default::default());
        }
        for (session, label) in places {
            let mut row = vec![participant.name.clone(), session, label];
            if with_consent {
                let held = study.consents().get(&participant.id);
                let flags = held
                    .map_or([None; 3], |consent| [consent.analyse, consent.quote, consent.archive].map(Some));
                let word = |flag: Option<bool>| flag.map_or("", |flag| if flag { "yes" } else { "no" });
                row.extend(flags.map(|flag| word(flag).to_owned()));
            }
            row.extend(cells(study, &attributes, Subject::Participant(participant.id)));
            table.rows.push(row);
        }
    }
    Extract { rows: table, contents: Contents::attributes(study, written), left_out: withdrawn.len() }
}

/// A row for each transcript: `session_id,kind`, then the attributes of transcripts in their order.
#[must_use]
pub fn sessions_table(study: &Study) -> Extract {
    let attributes = study.attributes_of(AttributeOf::Transcript);
    let mut header = vec!["session_id", "kind"];
    header.extend(attributes.iter().map(|attribute| attribute.name.as_str()));
    let mut table = Rows::new(&header);
    let shown = |transcript: &&Transcript| !study.is_transcript_hidden(transcript.id);
    let written: Vec<&Transcript> = study.transcripts_by_name().into_iter().filter(shown).collect();
    table.rows.extend(written.iter().map(|transcript| {
        let mut row = vec![transcript.name.clone(), transcript.kind.name().to_owned()];
        row.extend(cells(study, &attributes, Subject::Transcript(transcript.id)));
        row
    }));
    let transcripts = written.iter().map(|transcript| transcript.id).collect();
    let contents =
        Contents { holds: BTreeSet::from([Holds::Attributes]), transcripts, ..Contents::default() };
    Extract { rows: table, contents, left_out: 0 }
}

fn cells<'s>(
    study: &'s Study,
    attributes: &'s [&Attribute],
    subject: Subject,
) -> impl Iterator<Item = String> + 's {
    attributes
        .iter()
        .map(move |attribute| study.value_of(subject, attribute).map(Value::to_cell).unwrap_or_default())
}
