//! A proof that came back, put into the text that it was written from before anything else is asked of it.

use super::Planner;
use super::refusal::Refusal;
use crate::import::FileOptions;
use crate::import::draft::{DraftSpeaker, DraftTranscript, DraftTurn};
use crate::import::proof::Proof;
use crate::study::{BothChanged, RevisionId, Transcript, Turn, TurnNumber, Turns, count_left_out, put_back};
use crate::text::{Span, counted, fold_label};

/// The transcript that a proof was written from, whatever it is called now.
pub(super) fn written_from<'p>(planner: &'p Planner<'_>, proof: &Proof) -> Option<&'p Transcript> {
    let revision = planner.study.revisions().get(&proof.heading.revision)?;
    planner.study.transcripts().get(&revision.transcript)
}

/// The revision of `held` that a draft was written from as a proof.
pub(super) fn base_of(
    planner: &Planner<'_>,
    held: &Transcript,
    draft: &DraftTranscript,
) -> Option<RevisionId> {
    let proof = draft.proof.as_ref()?;
    written_from(planner, proof).filter(|of| of.id == held.id).map(|_| proof.heading.revision)
}

/// Which turns of the present text those of a draft are, if it was written from that as a proof; else none.
pub(super) fn numbers(held: &Transcript, draft: &DraftTranscript) -> Vec<Option<TurnNumber>> {
    let of_present = draft.proof.as_ref().filter(|proof| proof.heading.revision == held.revision);
    of_present.map(|proof| proof.turns.iter().map(|turn| turn.number).collect()).unwrap_or_default()
}

/// A draft with all that its proof does not show. Any other draft is as it was.
pub(super) fn complete(
    planner: &Planner<'_>,
    held: Option<&Transcript>,
    draft: DraftTranscript,
    said: &FileOptions,
) -> Result<DraftTranscript, Refusal> {
    let Some(proof) = draft.proof.clone() else { return Ok(draft) };
    let Some(held) = held else {
        let lacks = proof.turns.iter().any(|turn| turn.words.is_none());
        return if lacks { Err(Refusal::ProofLacks(proof.heading.transcript)) } else { Ok(draft) };
    };
    let base = match written_from(planner, &proof) {
        Some(of) if of.id == held.id => proof.heading.revision,
        Some(of) => return Err(Refusal::ProofOfOther { name: held.name.clone(), of: of.name.clone() }),
        None if said.both_changed == BothChanged::TakeFile => held.revision,
        None => return Err(Refusal::ProofOfGone(held.name.clone())),
    };
    keep_left_out(held, &proof)?;
    let read = || Some((planner.text(base)?, planner.kept.turns(base)?));
    let (text, turns) = read().ok_or_else(|| Refusal::NoText(held.name.clone()))?;
    let (text, turns) = put_back((&text, &turns), proof.before.as_deref(), &proof.turns)
        .map_err(|why| Refusal::NoNext { name: held.name.clone(), why })?;
    Ok(draft_of(planner, held, &proof, (text, &turns), draft))
}

/// The lines that stand for words which were left out must be there, and nothing in their place.
fn keep_left_out(held: &Transcript, proof: &Proof) -> Result<(), Refusal> {
    for number in &proof.heading.left_out {
        let turn = proof.turns.iter().find(|turn| turn.number == Some(*number));
        if turn.is_none_or(|turn| turn.words.is_some()) {
            return Err(Refusal::LeftOut { name: held.name.clone(), number: *number });
        }
    }
    Ok(())
}

/// The text with its turns as a draft; who does not speak in it is no speaker of it.
fn draft_of(
    planner: &Planner<'_>,
    held: &Transcript,
    proof: &Proof,
    (text, turns): (String, &Turns),
    draft: DraftTranscript,
) -> DraftTranscript {
    let mut speakers: Vec<DraftSpeaker> = Vec::new();
    let mut speaker = |turn: &Turn| {
        let key = turns.speaker_of(turn);
        speakers.iter().position(|known| known.key == key).unwrap_or_else(|| {
            speakers.push(DraftSpeaker { label: label_of(planner, held, proof, key), key: key.to_owned() });
            speakers.len() - 1
        })
    };
    let made: Vec<DraftTurn> = turns
        .turns
        .iter()
        .map(|turn| DraftTurn {
            speaker: speaker(turn),
            label: turn.label,
            speech: turn.speech,
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
        })
        .collect();
    DraftTranscript { text, turns: made, speakers, times: turns.times.clone(), ..draft }
}

fn label_of(planner: &Planner<'_>, held: &Transcript, proof: &Proof, key: &str) -> String {
    let known = planner.study.speakers().get(&(held.id, key.to_owned())).map(|speaker| &speaker.label);
    let written = || proof.turns.iter().map(|turn| &turn.label).find(|label| fold_label(label) == key);
    known.or_else(written).map_or_else(|| key.to_owned(), String::clone)
}

/// A coded transcript in Word has its name where the preamble of the text was: that stands where it stood.
pub(super) fn keep_preamble(
    planner: &Planner<'_>,
    held: &Transcript,
    current: &str,
    mut draft: DraftTranscript,
) -> DraftTranscript {
    let begins = draft.turns.first().map(|turn| {
        let first = if turn.label.is_empty() { turn.speech.start } else { turn.label.start };
        first as usize
    });
    let Some((begins, turns)) = begins.zip(planner.study.turns(held.id)) else { return draft };
    let (title, rest) = draft.text.split_at_checked(begins).unwrap_or(("", ""));
    let Some(kept) = current.get(..turns.preamble_end()).filter(|_| title.trim() == held.name) else {
        return draft;
    };
    let text = format!("{kept}{rest}");
    let moved = |byte: u32| Span::new((byte as usize + kept.len()).saturating_sub(begins), 0).start;
    let span = |span: Span| Span { start: moved(span.start), end: moved(span.end) };
    for turn in &mut draft.turns {
        (turn.label, turn.speech) = (span(turn.label), span(turn.speech));
    }
    draft.times.iter_mut().for_each(|mark| mark.at = moved(mark.at));
    DraftTranscript { text, ..draft }
}

/// Where a file has far fewer turns than the study, or none of them says who speaks, its labels were not found: no words were
/// corrected so. It is taken where somebody says how it sets them off.
pub(super) fn has_its_turns(
    planner: &Planner<'_>,
    held: &Transcript,
    draft: &DraftTranscript,
    said: &FileOptions,
) -> Result<(), Refusal> {
    let Some(turns) = planner.study.turns(held.id).filter(|_| said.layout.is_none()) else { return Ok(()) };
    let labelled = turns.turns.iter().filter(|turn| !turn.label.is_empty()).count();
    let (before, now) = (turns.turns.len(), draft.turns.len());
    // Pages that Combe prints have the number of a turn before who speaks.
    let is_printed = |speaker: &DraftSpeaker| {
        let numbered = speaker.label.split_once(' ').map(|(number, _)| number.parse::<TurnNumber>());
        numbered.is_some_and(|number| number.is_ok())
            && !planner.study.speakers().has(&(held.id, speaker.key.clone()))
    };
    let names_nobody = labelled * 2 > before && draft.turns.iter().all(|turn| turn.label.is_empty())
        || !draft.speakers.is_empty() && draft.speakers.iter().all(is_printed);
    let found = match names_nobody {
        true => format!("none of its turns says who speaks, as those of the study do, {before} in all"),
        false if before >= MANY && now * 2 < before => {
            format!("{} found in it where the study has {before}", counted(now, "turn was", "turns were"))
        }
        false => return Ok(()),
    };
    Err(Refusal::LostTurns { name: held.name.clone(), found })
}

/// No words are put in the place of those that were left out when a text went out.
pub(super) fn brings_no_marks(
    held: &Transcript,
    current: &str,
    draft: &DraftTranscript,
) -> Result<(), Refusal> {
    match count_left_out(&draft.text) > count_left_out(current) {
        true => Err(Refusal::Marks(held.name.clone())),
        false => Ok(()),
    }
}

/// Of fewer turns than these, a correction may well leave less than half.
const MANY: usize = 6;
