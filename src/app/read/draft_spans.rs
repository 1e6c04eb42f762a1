//! Drafts of memos on passages are kept by where the passage stands. When its transcript is corrected, they go along.

use super::Model;
use crate::app::Effect;
use crate::study::{TranscriptId, Turns};
use crate::text::Span;

/// What stands before the key of a draft that says what kind of memo it will be.
const KIND: &str = "kind of ";

impl Model {
    /// Gives drafts on passages of a transcript the spans that their words have in the new text. One whose words are not
    /// there any more keeps its key, and comes back with the former text.
    pub(super) fn carry_memo_drafts(
        &mut self,
        transcript: TranscriptId,
        (old, old_text): (&Turns, &str),
        (new, new_text): (&Turns, &str),
    ) -> Vec<Effect> {
        let begins = format!("memo:{transcript}:");
        let mut moved: Vec<(String, String, String)> = Vec::new();
        for (key, words) in &self.drafts {
            let (kind, rest) = key.strip_prefix(KIND).map_or(("", key.as_str()), |rest| (KIND, rest));
            let Some(span) = rest.strip_prefix(&begins).and_then(read_span) else { continue };
            let Some(there) = carried(span, (old, old_text), (new, new_text)).filter(|there| *there != span)
            else {
                continue;
            };
            let next = format!("{kind}{begins}{}-{}", there.start, there.end);
            moved.push((key.clone(), next, words.clone()));
        }
        let mut effects = Vec::new();
        for (key, _, _) in &moved {
            self.drafts.remove(key);
            effects.push(Effect::DropDraft(key.clone()));
        }
        for (_, key, text) in moved {
            self.drafts.insert(key.clone(), text.clone());
            effects.push(Effect::SaveDraft { key, text });
        }
        effects
    }
}

fn read_span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    Some(Span { start: start.parse().ok()?, end: end.parse().ok()? })
}

/// Where a passage is now: all of its turn, if it was that; else as far from the start of its turn, if its words stand
/// there; else where they stand in that turn.
fn carried(span: Span, (old, old_text): (&Turns, &str), (new, new_text): (&Turns, &str)) -> Option<Span> {
    let before = old.turns.get(old.index_at(span.start as usize)?)?;
    let same = |held: &&crate::study::Turn| held.number == before.number;
    let family = |held: &&crate::study::Turn| held.number.number == before.number.number;
    let after = new.turns.iter().find(same).or_else(|| new.turns.iter().find(family))?;
    let words = span.slice(old_text)?;
    let start = (after.speech.start + span.start.saturating_sub(before.speech.start)) as usize;
    let there = Span::new(start, start + words.len());
    if span == before.speech && after.number == before.number {
        return Some(after.speech);
    }
    if there.slice(new_text) == Some(words) {
        return Some(there);
    }
    let at = after.speech.slice(new_text)?.find(words)? + after.speech.start as usize;
    Some(Span::new(at, at + words.len()))
}
