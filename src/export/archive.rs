//! What goes to an archive: the transcripts of those who agreed to it, what is known of them, the codebook, and a page that
//! explains it. No history, no key, no codings.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Agreement, Rows, TextsError, codebook_table, codebook_toml};
use crate::study::{
    AttributeOf, NOT_ARCHIVED, Participant, ParticipantId, RevisionId, Study, Subject, Transcript,
    TranscriptId, Value, Voice,
};
use crate::text::counted;

/// What stands in the folder of a bundle.
pub const ARCHIVED: [&str; 5] =
    ["transcripts", "data_list.csv", "codebook.csv", "codebook.toml", "README.txt"];

/// The files of a bundle, and what is not in it.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Path in the bundle (`transcripts/I43.txt`) and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Transcripts in it.
    pub transcripts: Vec<TranscriptId>,
    /// People whose words are in it.
    pub people: BTreeSet<ParticipantId>,
    /// Transcripts that are not in it, as nobody in them agreed.
    pub transcripts_left_out: usize,
    /// Turns whose words were left out of those that are.
    pub turns_left_out: usize,
}

/// Makes the bundle. The words of interviewers are in it; those of people who are no participants, or of whom nobody knows who
/// they are, cannot be: nobody agreed for them. What is hidden stays out.
///
/// # Errors
/// If `text` cannot give the text of a transcript.
pub fn archive(
    study: &Study,
    mut text: impl FnMut(RevisionId) -> Result<Arc<str>, String>,
) -> Result<Archive, TextsError> {
    let mut made = Archive::default();
    let attributes = study.attributes_of(AttributeOf::Participant);
    let mut head = vec!["transcript", "file", "kind", "participant", "words"];
    head.extend(attributes.iter().map(|attribute| attribute.name.as_str()));
    let mut list = Rows::new(&head);
    let mut names = FileNames::default();
    for transcript in study.transcripts_by_name() {
        let speakers = study.speech_in(transcript.id);
        let agreed: Vec<(&Participant, u32)> = speakers
            .iter()
            .filter(|(person, _)| Agreement::Archiving.is_of(study, **person))
            .filter_map(|(person, words)| Some((study.participants().get(person)?, *words)))
            .collect();
        if study.is_transcript_hidden(transcript.id) || agreed.is_empty() {
            made.transcripts_left_out += usize::from(!study.is_transcript_hidden(transcript.id));
            continue;
        }
        let text = text(transcript.revision)
            .map_err(|why| TextsError { transcript: transcript.name.clone(), why })?;
        let (written, left_out) = write_transcript(study, transcript, &text);
        made.turns_left_out += left_out;
        let file = format!("{}.txt", names.of(&transcript.name));
        made.files.push((format!("transcripts/{file}"), written.into_bytes()));
        made.transcripts.push(transcript.id);
        for (person, words) in agreed {
            made.people.insert(person.id);
            let mut row = vec![
                transcript.name.clone(),
                file.clone(),
                transcript.kind.name().to_owned(),
                person.name.clone(),
                words.to_string(),
            ];
            row.extend(attributes.iter().map(|attribute| {
                let value = study.value_of(Subject::Participant(person.id), attribute);
                value.map(Value::to_cell).unwrap_or_default()
            }));
            list.rows.push(row);
        }
    }
    let framework = study.settings.framework.as_str();
    let readme = readme(study, &made);
    let mut codes = codebook_table(study, framework);
    list.guard();
    codes.guard();
    let tables = [
        ("data_list.csv", list.to_csv()),
        ("codebook.csv", codes.to_csv()),
        ("codebook.toml", codebook_toml(study, framework).into_bytes()),
        ("README.txt", readme.into_bytes()),
    ];
    made.files.extend(tables.map(|(name, bytes)| (name.to_owned(), bytes)));
    Ok(made)
}

/// Turns with their numbers, a blank line between them; and how many were left out. What precedes the first turn is not
/// archived: nobody looked at it.
fn write_transcript(study: &Study, transcript: &Transcript, text: &str) -> (String, usize) {
    let (Some(turns), Some(voices)) = (study.turns(transcript.id), study.voices_in(transcript.id)) else {
        return (String::new(), 0);
    };
    let shown = study.shown_speech(transcript.id);
    let (mut out, mut left_out) = (String::new(), 0);
    for (nth, turn) in turns.turns.iter().enumerate() {
        let voice = voices.of(turn);
        let stays = match voice {
            Voice::Participant(person) => Agreement::Archiving.is_of(study, person),
            Voice::Interviewer => true,
            Voice::Other | Voice::Several | Voice::Unknown => false,
        };
        let said = shown.of(nth, turn, text).filter(|_| stays).map(str::trim);
        let stays = said.is_some();
        left_out += usize::from(!stays);
        let said = said.unwrap_or(NOT_ARCHIVED);
        out.push_str(&format!("{} {}: {said}\n\n", turn.number, label(study, voice, stays)));
    }
    (out, left_out)
}

/// What the study calls a participant; nobody who did not agree is named.
fn label(study: &Study, voice: Voice, stays: bool) -> String {
    let person = voice.participant().filter(|_| stays).and_then(|id| study.participants().get(&id));
    person.map_or_else(
        || match voice {
            Voice::Participant(_) => "participant".to_owned(),
            other => other.role().to_owned(),
        },
        |person| person.name.clone(),
    )
}

/// Names of transcripts as names of files, each of its own, also where a disk takes capitals for small letters.
#[derive(Default)]
struct FileNames(BTreeSet<String>);

impl FileNames {
    fn of(&mut self, name: &str) -> String {
        let name: String =
            name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
        let name = name.trim_start_matches('.').trim_end_matches(['.', ' ']);
        let name = if name.is_empty() { "_" } else { name };
        let mut file = name.to_owned();
        let mut number = 1;
        while !self.0.insert(crate::text::fold_name(&file)) {
            number += 1;
            file = format!("{name} ({number})");
        }
        file
    }
}

fn readme(study: &Study, made: &Archive) -> String {
    let named = study.settings.name.trim();
    let title = if named.is_empty() { "An interview study" } else { named };
    let transcripts = counted(made.transcripts.len(), "transcript", "transcripts");
    let people = counted(made.people.len(), "participant", "participants");
    let left_out = counted(made.transcripts_left_out, "transcript is", "transcripts are");
    let turns = counted(made.turns_left_out, "turn", "turns");
    format!(
        "{title}\n\n\
         {transcripts} with the words of {people} who agreed to archiving.\n\n\
         transcripts/     plain text in UTF-8; each turn begins with its number and who speaks\n\
         data_list.csv    who speaks in which transcript, how many words, and what is known of them\n\
         codebook.csv     the codes: definition, when to use them and when not, component, side\n\
         codebook.toml    codes and themes, as the program Combe reads them\n\n\
         {left_out} not here, as nobody in them agreed to archiving. In those that are here, the words of {turns}\n\
         were left out and stand as {NOT_ARCHIVED}: their speakers did not agree, or are not known.\n\
         Codings, memos, the history of the analysis and the list of real names are not part of this bundle.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_are_never_one_file() {
        let mut names = FileNames::default();
        let files: Vec<String> =
            ["I1/a", "I1:a", "i1_A", "..", "I2.", "I2"].map(|name| names.of(name)).into();
        assert_eq!(files, ["I1_a", "I1_a (2)", "i1_A (3)", "_", "I2", "I2 (2)"]);
    }
}
