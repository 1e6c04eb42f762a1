//! Another text of a transcript that is here: its next revision, put together with what was put right here since the last file
//! came in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::draft::DraftTranscript;
use super::refusal::Refusal;
use super::transcripts::{Taken, askers, incoming, same};
use super::{Planner, doubt, enumerate, held_labels, proofs, speakers};
use crate::import::options::last_part;
use crate::import::{Doubt, DraftSpeaker, FileOptions, Status};
use crate::study::{
    BothChanged, CoderId, Correction, CorrectionError, Incoming, Merged, Revision, RevisionId, Transcript,
    Turn, TurnNumber, Turns, as_it_came, brought_back, merge,
};

/// Takes another text of a transcript that is here as its next revision, with what was put right here since the last file.
pub(super) fn revise(
    planner: &mut Planner<'_>,
    file: &str,
    held: &Transcript,
    draft: DraftTranscript,
    said: &FileOptions,
) -> Result<Taken, Refusal> {
    let old_text = planner.text(held.revision).ok_or_else(|| Refusal::NoText(held.name.clone()))?;
    proofs::has_its_turns(planner, held, &draft, said)?;
    proofs::brings_no_marks(held, &old_text, &draft)?;
    let proofed = proofs::base_of(planner, held, &draft);
    let known = proofs::numbers(held, &draft);
    let transcript =
        Transcript { source: last_part(file).to_owned(), sha256: draft.sha256.clone(), ..held.clone() };
    let draft = proofs::keep_preamble(planner, held, &old_text, draft);
    let draft = held_labels::give_back(planner, held, draft, said);
    let askers = askers(planner, &draft);
    let as_it_came = draft.clone();
    let mut speakers = draft.speakers.clone();
    let mut incoming = Incoming { known, ..incoming(draft, transcript) };
    let mut both_changed = BTreeSet::new();
    if let Some(merged) = merge_with(planner, held, (&old_text, proofed), &incoming, said.both_changed) {
        if said.both_changed == BothChanged::Refuse
            && let Some(places) = places(&merged.both_changed)
        {
            return Err(Refusal::BothChanged { name: held.name.clone(), places });
        }
        if says_the_same(planner, held, &old_text, &merged.incoming) {
            let (status, name, mut doubts) = same(planner, held, &as_it_came, said)?;
            doubts.extend(put_otherwise(&merged.both_changed));
            return Ok((status, name, doubts));
        }
        rename_speakers(planner, held, &merged, &mut speakers);
        (incoming, both_changed) = (merged.incoming, merged.both_changed);
    }
    let mut brought_back = brought_back_in(planner, held, &old_text, &incoming.text);
    // Who corrected the present text may well go back to former words.
    if proofed == Some(held.revision) {
        brought_back.clear();
    }
    if said.both_changed != BothChanged::TakeFile
        && let Some(places) = places(&brought_back)
    {
        return Err(Refusal::BroughtBack { name: held.name.clone(), places });
    }
    let kept = both_changed.clone();
    if said.both_changed == BothChanged::TakeFile {
        brought_back.extend(both_changed);
    }
    let before = hidden_before(planner, held);
    let correction =
        planner.study.revise(held.id, &old_text, incoming, &before, planner.source).map_err(|error| {
            match error {
                CorrectionError::Erased => Refusal::Erased(held.name.clone()),
                CorrectionError::Gone => Refusal::NoText(held.name.clone()),
                why => Refusal::NoNext { name: held.name.clone(), why },
            }
        })?;
    let mut doubts = Vec::new();
    if correction.renumbered {
        doubts.push(doubt("its turns are numbered anew: too many came between the former ones".into()));
    }
    if !correction.unvoiced.is_empty() {
        doubts.push(unvoiced(&correction.unvoiced));
    }
    let left = left_behind(planner, held, &correction).into_iter().chain(reworded(planner, &correction));
    let left: Vec<Doubt> = left.collect();
    let unknown = held_labels::unknown(planner, held, &speakers, said);
    let (voices, renumbered) = (held_labels::voices(planner, held), correction.renumbered);
    planner.study.add_turns(Arc::new(correction.text.turns.clone()));
    planner.texts.push(correction.text);
    planner.make(correction.changes)?;
    let wanted = planner.study.transcripts().get(&held.id).cloned().unwrap_or_else(|| held.clone());
    let bound = speakers::bind(planner, &wanted, &speakers, &askers, said)?;
    if !renumbered {
        held_labels::check(planner, &wanted, &unknown, &voices)?;
    }
    doubts.splice(usize::from(renumbered)..usize::from(renumbered), bound);
    doubts.extend(left);
    doubts.extend(places(&brought_back).map(|places| {
        doubt(format!("it takes back what was put right in the study since ({places}); put it right again"))
    }));
    if said.both_changed == BothChanged::KeepStudy {
        doubts.extend(put_otherwise(&kept));
    }
    Ok((Status::Revised, wanted.name, doubts))
}

/// What both changed in different ways, where the study's words stand.
fn put_otherwise(kept: &BTreeSet<Option<TurnNumber>>) -> Option<Doubt> {
    let places = places(kept)?;
    Some(doubt(format!(
        "the file puts otherwise what was put right in the study since ({places}); the study’s words stand"
    )))
}

/// A file with all that was put right here since the last one came in, or since the revision was there that it was written from.
/// None if nothing was, or it cannot be known.
fn merge_with(
    planner: &Planner<'_>,
    held: &Transcript,
    (current, proofed): (&str, Option<RevisionId>),
    incoming: &Incoming,
    both: BothChanged,
) -> Option<Merged> {
    let revisions = planner.study.revisions_of(held.id);
    let until = revisions.iter().position(|revision| revision.id == held.revision)?;
    let (base, base_turns) = match proofed {
        Some(revision) => (planner.text(revision)?, planner.kept.turns(revision)?),
        None => newest_file(planner, revisions.get(..=until)?)?,
    };
    let turns = planner.study.turns(held.id)?;
    Some(merge((&base, &base_turns), (current, turns), incoming.clone(), both))
}

/// What the newest file said that is among these revisions. What had been put right before it came, and is in its revision,
/// is taken out of that again: also where the file before it was put together with that already.
fn newest_file(planner: &Planner<'_>, revisions: &[&Revision]) -> Option<(Arc<str>, Turns)> {
    let mut newest: Option<(Arc<str>, Turns)> = None;
    let mut former: Option<&Revision> = None;
    for revision in revisions {
        if planner.kept.is_from_file(revision.id) {
            let (text, turns) = (planner.text(revision.id)?, planner.kept.turns(revision.id)?);
            newest = Some(match (newest, former) {
                (Some((file, file_turns)), Some(former)) => {
                    let (corrected, corrected_turns) =
                        (planner.text(former.id)?, planner.kept.turns(former.id)?);
                    let corrected = (&*corrected, &corrected_turns);
                    let (text, turns) = as_it_came((&file, &file_turns), corrected, (&text, &turns));
                    (text.into(), turns)
                }
                _ => (text, turns),
            });
        }
        former = Some(revision);
    }
    newest
}

/// Turns that are hidden and stand in former texts alone, with what they said when they were last there.
fn hidden_before(planner: &Planner<'_>, held: &Transcript) -> Vec<(TurnNumber, String)> {
    let gone = planner.study.hidden_turns_gone(held.id);
    let mut found = Vec::new();
    for revision in planner.study.revisions_of(held.id).iter().rev().filter(|_| !gone.is_empty()) {
        let Some((text, turns)) = planner.text(revision.id).zip(planner.kept.turns(revision.id)) else {
            continue;
        };
        for number in
            gone.iter().filter(|number| !found.iter().any(|(known, _)| known == *number)).collect::<Vec<_>>()
        {
            let there = turns.turns.iter().filter(|turn| number.covers(turn.number));
            let said: Vec<&str> = there.filter_map(|turn| turn.speech.slice(&text)).collect();
            if !said.is_empty() {
                found.push((*number, said.join(" ")));
            }
        }
    }
    found
}

/// Whether a text has nothing that the current one has not.
fn says_the_same(planner: &Planner<'_>, held: &Transcript, current: &str, incoming: &Incoming) -> bool {
    let Some(turns) = planner.study.turns(held.id) else { return false };
    let place = |turn: &Turn| (turn.label, turn.speech, turns.speaker_of(turn).to_owned());
    let key = |turn: &Turn| incoming.speakers.get(usize::from(turn.speaker)).cloned().unwrap_or_default();
    let coming = incoming.turns.iter().map(|turn| (turn.label, turn.speech, key(turn)));
    current == incoming.text && turns.turns.iter().map(place).eq(coming)
}

/// Speakers of a file whose label was replaced here have the label of the study.
fn rename_speakers(
    planner: &Planner<'_>,
    held: &Transcript,
    merged: &Merged,
    speakers: &mut Vec<DraftSpeaker>,
) {
    for speaker in speakers.iter_mut() {
        let known = merged
            .renamed
            .get(&speaker.key)
            .and_then(|key| planner.study.speakers().get(&(held.id, key.clone())));
        if let Some(known) = known {
            *speaker = DraftSpeaker { label: known.label.clone(), key: known.key.clone() };
        }
    }
    let mut seen = BTreeSet::new();
    speakers.retain(|speaker| {
        seen.insert(speaker.key.clone()) && merged.incoming.speakers.contains(&speaker.key)
    });
}

/// Where a text has words of a former one that were put right since.
fn brought_back_in(
    planner: &Planner<'_>,
    held: &Transcript,
    current: &str,
    incoming: &str,
) -> BTreeSet<Option<TurnNumber>> {
    let mut found = BTreeSet::new();
    let Some(turns) = planner.study.turns(held.id) else { return found };
    for former in planner.study.revisions_of(held.id).iter().filter(|former| former.id != held.revision) {
        // A text that is not there any more was erased.
        if let Some(text) = planner.text(former.id) {
            found.extend(brought_back((current, turns), &text, incoming));
        }
    }
    found
}

/// Places of the current text in words: `turns 4, 12, and before the first turn`.
fn places(found: &BTreeSet<Option<TurnNumber>>) -> Option<String> {
    let outside = found.contains(&None).then_some("before the first turn");
    let numbers: Vec<String> = found.iter().flatten().map(TurnNumber::to_string).collect();
    let named = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
    let named = match numbers.len() {
        0 => None,
        1 => Some(format!("turn {named}")),
        _ => Some(format!("turns {named}")),
    };
    let places: Vec<String> = named.into_iter().chain(outside.map(str::to_owned)).collect();
    (!places.is_empty()).then(|| places.join(", and "))
}

fn unvoiced(turns: &[TurnNumber]) -> Doubt {
    let numbers: Vec<String> = turns.iter().map(TurnNumber::to_string).collect();
    let numbers = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
    doubt(format!(
        "who spoke was set for single turns that are not found any more (turn {numbers} of the former text); set it \
         again"
    ))
}

/// A doubt for each coder with quotes that stay with the former text. Those that were in doubt before are none of this import's.
fn left_behind(planner: &Planner<'_>, held: &Transcript, correction: &Correction) -> Vec<Doubt> {
    let mut left: BTreeMap<CoderId, Vec<String>> = BTreeMap::new();
    let doubtful = correction.doubtful.iter().filter_map(|id| planner.study.quotes().get(id));
    for quote in doubtful.filter(|quote| quote.revision == held.revision) {
        let turns = planner.study.turns_of(quote.revision);
        let turn = turns.and_then(|turns| turns.turns.get(turns.index_at(quote.span.start as usize)?));
        let number = turn.map_or_else(|| "?".to_owned(), |turn| turn.number.to_string());
        left.entry(quote.coder).or_default().push(number);
    }
    let say = |(coder, numbers): (CoderId, Vec<String>)| {
        let who = planner.study.coders().get(&coder).map_or("?", |held| held.name.as_str());
        let (count, stays) = match numbers.len() {
            1 => ("1 quote".to_owned(), "stays"),
            many => (format!("{many} quotes"), "stay"),
        };
        let numbers = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
        doubt(format!(
            "{count} of {who} {stays} with the former text: the words are not found once near where they stood (turn \
             {numbers}); decide in Read, where quotes in doubt are listed"
        ))
    };
    left.into_iter().map(say).collect()
}

/// A doubt for each coder with quotes that went along and say other words now: one may be all that a coding rests on.
fn reworded(planner: &Planner<'_>, correction: &Correction) -> Vec<Doubt> {
    let mut found: BTreeMap<CoderId, Vec<String>> = BTreeMap::new();
    for quote in correction.reworded() {
        found.entry(quote.coder).or_default().push(correction.text.turns.numbers_in(quote.span));
    }
    let say = |(coder, mut numbers): (CoderId, Vec<String>)| {
        let who = planner.study.coders().get(&coder).map_or("?", |held| held.name.as_str());
        let count = match numbers.len() {
            1 => "1 quote".to_owned(),
            many => format!("{many} quotes"),
        };
        let say = if numbers.len() == 1 { "says" } else { "say" };
        numbers.dedup();
        let turns = if numbers.len() == 1 { "turn" } else { "turns" };
        let numbers = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
        doubt(format!(
            "{count} of {who} {say} other words now ({turns} {numbers}): look whether the codes still fit"
        ))
    };
    found.into_iter().map(say).collect()
}
