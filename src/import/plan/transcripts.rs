//! A transcript into the study: new, here already, the next revision, or refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::draft::DraftTranscript;
use super::super::report::FileReport;
use super::refusal::Refusal;
use super::revising::revise;
use super::{Planner, doubt, proofs, speakers, twins};
use crate::document::sha256;
use crate::import::options::last_part;
use crate::import::{Doubt, DraftSpeaker, FileOptions, Status};
use crate::study::{
    Change, Incoming, NewText, Revision, RevisionId, Transcript, Turn, TurnNumber, Turns, count_left_out,
    fold_short_name, fresh, tombstones,
};
use crate::text::{Span, count_words, fold_label};

/// Takes in a transcript.
pub(super) fn take(planner: &mut Planner<'_>, file: &str, mut draft: DraftTranscript) -> FileReport {
    if let Some(name) = planner.options.name_of(file) {
        name.clone_into(&mut draft.name);
    }
    draft.name = draft.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(proof) = draft.proof.as_ref().filter(|_| planner.options.name_of(file).is_none())
        && let Some(held) = proofs::written_from(planner, proof)
    {
        draft.name.clone_from(&held.name);
    }
    let wanted = planner.options.for_file(file, &draft.name);
    draft.kind = wanted.kind.unwrap_or(draft.kind);
    rename(planner, &wanted, &mut draft);
    let mut report = FileReport::of_draft(file, &draft);
    let mark = (planner.changes.len(), planner.texts.len());
    let held = planner.study.transcript_named(&draft.name).cloned();
    let draft = match proofs::complete(planner, held.as_ref(), draft, &wanted) {
        Ok(draft) => draft,
        Err(refusal) => return report.refused(refusal.of_file(last_part(file))),
    };
    let (folded, digest) = (fold_short_name(&draft.name), sha256(draft.text.as_bytes()));
    match decide(planner, file, held, draft, &digest, &wanted) {
        Ok((status, name, doubts)) => {
            // Only what is taken in is there for the files after it.
            planner.brought.insert(folded, last_part(file).to_owned());
            planner.digests.entry(digest).or_insert_with(|| name.clone());
            report.transcript = Some(name);
            report.status = status;
            report.doubts.extend(doubts);
            report
        }
        Err(refusal) => {
            planner.take_back(mark.0);
            planner.texts.truncate(mark.1);
            report.refused(refusal.of_file(last_part(file)))
        }
    }
}

pub(super) type Taken = (Status, String, Vec<Doubt>);

fn decide(
    planner: &mut Planner<'_>,
    file: &str,
    held: Option<Transcript>,
    draft: DraftTranscript,
    digest: &str,
    wanted: &FileOptions,
) -> Result<Taken, Refusal> {
    let folded = fold_short_name(&draft.name);
    if folded.is_empty() {
        return Err(Refusal::Nameless);
    }
    if u32::try_from(draft.text.len()).is_err() || u16::try_from(draft.speakers.len()).is_err() {
        return Err(Refusal::TooLarge);
    }
    if let Some(first) = planner.brought.get(&folded) {
        return Err(Refusal::Twice { name: draft.name, first: first.clone() });
    }
    match held {
        None => match known_otherwise(planner, file, &draft, digest) {
            Some(held) => {
                let (status, name, mut doubts) = same(planner, &held, &draft, wanted)?;
                doubts.push(doubt(format!("it is known as {name}; give it another name to have it twice")));
                Ok((status, name, doubts))
            }
            None => create(planner, file, draft, digest, wanted),
        },
        Some(held) if is_same(planner, &held, &draft, digest, wanted.revise) => {
            same(planner, &held, &draft, wanted)
        }
        Some(held) if wanted.revise => revise(planner, file, &held, draft, wanted),
        Some(held) => {
            let mut revisions = planner.study.revisions().iter();
            Err(match revisions.find(|former| former.transcript == held.id && former.digest == digest) {
                Some(former) => Refusal::FormerText { name: held.name, number: former.number },
                None => Refusal::OtherText(held.name),
            })
        }
    }
}

/// The transcript that came before this import from a file of this name with the same text or bytes, and was given another
/// name then. None if a name is asked for now.
fn known_otherwise(
    planner: &Planner<'_>,
    file: &str,
    draft: &DraftTranscript,
    digest: &str,
) -> Option<Transcript> {
    if planner.options.name_of(file).is_some() {
        return None;
    }
    let is_it = |held: &&Transcript| {
        let has_text = || planner.study.revisions().get(&held.revision).is_some_and(|it| it.digest == digest);
        held.source == last_part(file)
            && (held.sha256 == draft.sha256 || has_text())
            && !planner.brought.contains_key(&fold_short_name(&held.name))
    };
    planner.study.transcripts().iter().find(is_it).cloned()
}

/// The same bytes or the same text is the same transcript. Only `revise` looks further: the text may be laid out into
/// other turns than before.
fn is_same(
    planner: &Planner<'_>,
    held: &Transcript,
    draft: &DraftTranscript,
    digest: &str,
    revise: bool,
) -> bool {
    let same_text =
        planner.study.revisions().get(&held.revision).is_some_and(|former| former.digest == digest);
    if !revise {
        return same_text || held.sha256 == draft.sha256;
    }
    same_text
        && planner.study.turns(held.id).is_none_or(|turns| {
            let place = |turn: &Turn| (turn.label, turn.speech, turns.speaker_of(turn).to_owned());
            let key =
                |speaker: usize| draft.speakers.get(speaker).map_or(String::new(), |held| held.key.clone());
            turns
                .turns
                .iter()
                .map(place)
                .eq(draft.turns.iter().map(|turn| (turn.label, turn.speech, key(turn.speaker))))
        })
}

fn create(
    planner: &mut Planner<'_>,
    file: &str,
    draft: DraftTranscript,
    digest: &str,
    wanted: &FileOptions,
) -> Result<Taken, Refusal> {
    let session = planner.sessions.get(&fold_short_name(&draft.name)).cloned();
    let (id, revision) = (fresh(planner.source), fresh(planner.source));
    let language = header_value(&draft, &["language", "iaith"]).map(String::from);
    let transcript = Transcript {
        id,
        name: draft.name.clone(),
        kind: session.as_ref().and_then(|session| session.kind).unwrap_or(draft.kind),
        revision,
        source: last_part(file).to_owned(),
        sha256: draft.sha256.clone(),
        language: session.as_ref().and_then(|session| session.language.clone()).or(language),
    };
    if let Some(held) = erased_from(planner, &draft) {
        return Err(Refusal::Erased(held.name.clone()));
    }
    let turns = turns_of(&draft, revision, &first_numbers(draft.turns.len()));
    let mut doubts = Vec::new();
    let twin = match planner.digests.get(digest) {
        Some(twin) => Some((twin.clone(), "has the same text as")),
        None => twins::find(planner, id, &draft.text, &turns).map(|twin| (twin, "says the same as")),
    };
    if let Some((twin, how)) = twin {
        doubts.push(doubt(format!("it {how} {twin}; leave one of them out if it is one interview")));
    }
    if count_left_out(&draft.text) > 0 {
        doubts.push(doubt(
            "words were left out of it when it was printed or exported from a study, and what stands in their place is taken as \
             speech; import the file that it was made from instead"
                .into(),
        ));
    }
    let askers = askers(planner, &draft);
    let first = Revision {
        id: revision,
        transcript: id,
        number: 1,
        at: planner.now,
        digest: digest.to_owned(),
        encoding: draft.encoding.clone(),
        layout: draft.layout.clone(),
    };
    let labels = draft.speakers.clone();
    add_text(planner, draft.text, turns);
    planner.make(vec![Change::create(transcript.clone()), Change::create(first)])?;
    doubts.extend(speakers::bind(planner, &transcript, &labels, &askers, wanted)?);
    Ok((Status::New, transcript.name, doubts))
}

/// The transcript that came from the same bytes, if words of it were erased since.
fn erased_from<'p>(planner: &'p Planner<'_>, draft: &DraftTranscript) -> Option<&'p Transcript> {
    let mut of_these_bytes = planner
        .study
        .transcripts()
        .iter()
        .filter(|held| held.sha256 == draft.sha256 && !held.sha256.is_empty());
    of_these_bytes
        .find(|held| planner.text(held.revision).is_some_and(|text| tombstones(&text).next().is_some()))
}

pub(super) fn same(
    planner: &mut Planner<'_>,
    held: &Transcript,
    draft: &DraftTranscript,
    wanted: &FileOptions,
) -> Result<Taken, Refusal> {
    let known: Vec<DraftSpeaker> = draft
        .speakers
        .iter()
        .filter(|speaker| planner.study.speakers().has(&(held.id, speaker.key.clone())))
        .cloned()
        .collect();
    let mark = planner.changes.len();
    let askers = askers(planner, draft);
    let mut doubts = speakers::bind(planner, held, &known, &askers, wanted)?;
    if planner.changes.len() > mark {
        doubts.push(doubt("its text was here already; labels were bound as this import says".into()));
    }
    if known.len() < draft.speakers.len() {
        doubts.push(doubt(
            "its labels cannot be renamed or merged any more; bind them to one participant, or import it with --revise"
                .into(),
        ));
    }
    Ok((Status::Same, held.name.clone(), doubts))
}

/// Names under which those who ask speak, as the file's own header and the list of sessions say.
pub(super) fn askers(planner: &Planner<'_>, draft: &DraftTranscript) -> Vec<String> {
    let listed = planner.sessions.get(&fold_short_name(&draft.name)).map(|session| session.askers.clone());
    let header =
        header_value(draft, &["conducted by", "interviewer", "moderator", "facilitator", "cyfwelydd"]);
    let header =
        header.into_iter().flat_map(|names| names.split([',', ';'])).map(|name| name.trim().to_owned());
    listed.unwrap_or_default().into_iter().chain(header).filter(|name| !name.is_empty()).collect()
}

fn header_value<'d>(draft: &'d DraftTranscript, keys: &[&str]) -> Option<&'d str> {
    let found = draft.header.iter().find(|(key, _)| keys.contains(&fold_label(key).as_str()))?;
    Some(found.1.trim()).filter(|value| !value.is_empty())
}

/// Gives labels other names; two of one name are one speaker from then on.
fn rename(planner: &mut Planner<'_>, wanted: &FileOptions, draft: &mut DraftTranscript) {
    if wanted.rename.is_empty() {
        return;
    }
    let (mut merged, mut place): (Vec<DraftSpeaker>, BTreeMap<String, usize>) = (Vec::new(), BTreeMap::new());
    let mut moved = Vec::with_capacity(draft.speakers.len());
    for speaker in &draft.speakers {
        let option = wanted.rename.iter().find(|(from, _)| fold_label(from) == speaker.key);
        let label = option.map_or(&speaker.label, |(_, to)| to).trim().to_owned();
        if option.is_some() {
            planner.met.insert(speaker.key.clone());
        }
        let key = fold_label(&label);
        let at = *place.entry(key.clone()).or_insert_with(|| {
            merged.push(DraftSpeaker { label, key });
            merged.len() - 1
        });
        moved.push(at);
    }
    for turn in &mut draft.turns {
        turn.speaker = moved.get(turn.speaker).copied().unwrap_or(turn.speaker);
    }
    draft.speakers = merged;
}

fn first_numbers(turns: usize) -> Vec<TurnNumber> {
    (1u32..).take(turns).map(TurnNumber::whole).collect()
}

fn turns_of(draft: &DraftTranscript, revision: RevisionId, numbers: &[TurnNumber]) -> Turns {
    let words = |speech: Span| speech.slice(&draft.text).map_or(0, count_words);
    let turn = |(turn, number): (&crate::import::DraftTurn, &TurnNumber)| Turn {
        number: *number,
        speaker: u16::try_from(turn.speaker).unwrap_or(u16::MAX),
        label: turn.label,
        speech: turn.speech,
        start_ms: turn.start_ms,
        end_ms: turn.end_ms,
        words: u32::try_from(words(turn.speech)).unwrap_or(u32::MAX),
    };
    Turns {
        revision,
        speakers: draft.speakers.iter().map(|speaker| speaker.key.clone()).collect(),
        turns: draft.turns.iter().zip(numbers).map(turn).collect(),
        times: draft.times.clone(),
    }
}

/// A draft as the next text of a transcript that is there.
pub(super) fn incoming(draft: DraftTranscript, transcript: Transcript) -> Incoming {
    let turns = turns_of(&draft, transcript.revision, &first_numbers(draft.turns.len()));
    Incoming {
        known: Vec::new(),
        text: draft.text,
        speakers: turns.speakers,
        turns: turns.turns,
        times: turns.times,
        encoding: draft.encoding,
        layout: draft.layout,
        transcript,
    }
}

fn add_text(planner: &mut Planner<'_>, text: String, turns: Turns) {
    planner.study.add_turns(Arc::new(turns.clone()));
    planner.texts.push(NewText { revision: turns.revision, text, turns });
}
