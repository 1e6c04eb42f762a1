//! Who speaks in a transcript that is revised: a file that comes back may have names for labels, and whoever spoke in a turn
//! speaks in it still, unless somebody says otherwise.

use std::collections::BTreeMap;

use super::refusal::Refusal;
use super::speakers::option;
use super::{Planner, enumerate};
use crate::import::draft::DraftTranscript;
use crate::import::{DraftSpeaker, FileOptions};
use crate::study::{Transcript, TurnNumber, Voice};
use crate::text::{Span, fold_label};

/// A label that is not known here and is the name of somebody who has a label in the transcript is that label again, in the
/// text too: files that leave the study have names.
pub(super) fn give_back(
    planner: &Planner<'_>,
    held: &Transcript,
    mut draft: DraftTranscript,
    said: &FileOptions,
) -> DraftTranscript {
    let mut labels: BTreeMap<usize, (DraftSpeaker, Option<String>)> = BTreeMap::new();
    for (at, speaker) in
        draft.speakers.iter().enumerate().filter(|(_, speaker)| is_open(planner, held, speaker, said))
    {
        if let Some(known) = known_as(planner, held, &speaker.label) {
            labels.insert(at, known);
        }
    }
    if labels.is_empty() {
        return draft;
    }
    let mut text = String::with_capacity(draft.text.len());
    let (mut from, mut places) = (0, Vec::new());
    for turn in &mut draft.turns {
        let new = labels.get(&turn.speaker).and_then(|(_, label)| label.as_deref());
        let Some(new) = new.filter(|_| !turn.label.is_empty()) else { continue };
        text.push_str(draft.text.get(from..turn.label.start as usize).unwrap_or_default());
        text.push_str(new);
        from = turn.label.end as usize;
        places.push((turn.label, new.len()));
    }
    text.push_str(draft.text.get(from..).unwrap_or_default());
    // Where a byte behind some labels is now.
    let now = |byte: u32| -> u32 {
        let before = places.iter().take_while(|(label, _)| label.end <= byte);
        let (gone, came) = before.fold((0, 0), |(gone, came), (label, new)| (gone + label.len(), came + new));
        u32::try_from(byte as usize + came - gone).unwrap_or(u32::MAX)
    };
    for turn in &mut draft.turns {
        turn.label = Span { start: now(turn.label.start), end: now(turn.label.end) };
        turn.speech = Span { start: now(turn.speech.start), end: now(turn.speech.end) };
    }
    draft.times.iter_mut().for_each(|mark| mark.at = now(mark.at));
    draft.text = text;
    take_as(&mut draft, labels.into_iter().map(|(at, (speaker, _))| (at, speaker)).collect());
    draft
}

/// Whether nothing is known of a label, and nothing said.
fn is_open(planner: &Planner<'_>, held: &Transcript, speaker: &DraftSpeaker, said: &FileOptions) -> bool {
    !planner.study.bindings().has(&(held.id, speaker.key.clone()))
        && said.bind.iter().all(|(label, _)| fold_label(label) != speaker.key)
}

/// The label of whoever goes by that name in a transcript, and how it is written there.
fn known_as(planner: &Planner<'_>, held: &Transcript, name: &str) -> Option<(DraftSpeaker, Option<String>)> {
    let voice = Voice::Participant(planner.study.participant_named(name.trim())?.id);
    let bound = |key: &str| planner.study.bindings().get(&(held.id, key.to_owned())).map(|held| held.voice);
    let speaker = planner.study.speakers_in(held.id).find(|speaker| bound(&speaker.key) == Some(voice))?;
    let (text, turns) = (planner.text(held.revision)?, planner.study.turns(held.id)?);
    let labelled = turns.turns.iter().filter(|turn| turns.speaker_of(turn) == speaker.key);
    let written = labelled.filter_map(|turn| turn.label.slice(&text)).find(|label| !label.is_empty());
    Some((DraftSpeaker { label: speaker.label.clone(), key: speaker.key.clone() }, written.map(String::from)))
}

/// Gives speakers other labels. Two of one label are one speaker.
fn take_as(draft: &mut DraftTranscript, labels: BTreeMap<usize, DraftSpeaker>) {
    for (at, speaker) in labels {
        let known = draft.speakers.iter().position(|held| held.key == speaker.key);
        match known {
            Some(known) => {
                let theirs = draft.turns.iter_mut().filter(|turn| turn.speaker == at);
                theirs.for_each(|turn| turn.speaker = known);
            }
            None => {
                if let Some(held) = draft.speakers.get_mut(at) {
                    *held = speaker;
                }
            }
        }
    }
    let used: Vec<usize> =
        (0..draft.speakers.len()).filter(|at| draft.turns.iter().any(|turn| turn.speaker == *at)).collect();
    let place = |at: usize| used.iter().position(|used| *used == at).unwrap_or(0);
    draft.turns.iter_mut().for_each(|turn| turn.speaker = place(turn.speaker));
    draft.speakers = used.iter().filter_map(|at| draft.speakers.get(*at).cloned()).collect();
}

/// Who speaks in each turn of a transcript as it is.
pub(super) fn voices(planner: &Planner<'_>, held: &Transcript) -> BTreeMap<TurnNumber, Voice> {
    let Some((turns, voices)) = planner.study.turns(held.id).zip(planner.study.voices_in(held.id)) else {
        return BTreeMap::new();
    };
    turns.turns.iter().map(|turn| (turn.number, voices.of(turn))).collect()
}

/// Labels of a file of which nothing is known.
pub(super) fn unknown(
    planner: &Planner<'_>,
    held: &Transcript,
    speakers: &[DraftSpeaker],
    said: &FileOptions,
) -> Vec<DraftSpeaker> {
    speakers.iter().filter(|speaker| is_open(planner, held, speaker, said)).cloned().collect()
}

/// Refuses a label that was not known and now has turns of somebody else.
pub(super) fn check(
    planner: &Planner<'_>,
    wanted: &Transcript,
    unknown: &[DraftSpeaker],
    before: &BTreeMap<TurnNumber, Voice>,
) -> Result<(), Refusal> {
    let Some((turns, voices)) = planner.study.turns(wanted.id).zip(planner.study.voices_in(wanted.id)) else {
        return Ok(());
    };
    for speaker in unknown {
        let theirs = turns.turns.iter().filter(|turn| turns.speaker_of(turn) == speaker.key);
        let of_others: Vec<(TurnNumber, Voice)> = theirs
            .filter_map(|turn| {
                Some((turn.number, *before.get(&turn.number)?)).filter(|(_, was)| *was != voices.of(turn))
            })
            .filter(|(_, was)| *was != Voice::Unknown)
            .collect();
        if let Some((_, was)) = of_others.first() {
            let who =
                was.participant().map_or_else(|| was.role().to_owned(), |id| planner.name_of(id).to_owned());
            let numbers: Vec<String> = of_others.iter().map(|(number, _)| number.to_string()).collect();
            let numbers = enumerate(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
            return Err(Refusal::OtherVoice {
                name: wanted.name.clone(),
                label: speaker.label.trim().to_owned(),
                places: format!("{} {numbers}", if of_others.len() == 1 { "turn" } else { "turns" }),
                advice: option(&speaker.label, &who, wanted),
                who,
            });
        }
    }
    Ok(())
}
