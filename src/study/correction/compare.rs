//! A text that was corrected elsewhere: which of its turns are which of the former, and what differs within them.

use std::collections::BTreeSet;

use super::edits::words_in;
use super::hiding::Side;
use super::pairing::{number, pair};
use super::rewriting::Rewriting;
use super::{Correction, CorrectionError, Next, check_size};
use crate::study::{
    Change, Revision, Source, Study, TimeMark, Transcript, TranscriptId, Turn, TurnNumber, TurnVoice, Turns,
};
use crate::text::Span;

/// A whole text with its turns, as it came in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The text.
    pub text: String,
    /// Keys of the speakers, by index.
    pub speakers: Vec<String>,
    /// The turns in order. Their numbers and words do not matter: they are given here.
    pub turns: Vec<Turn>,
    /// Times inside turns, in order.
    pub times: Vec<TimeMark>,
    /// Which turns of the current text they are, where that is known and need not be told from what they say; else empty.
    pub known: Vec<Option<TurnNumber>>,
    /// The encoding it was read as.
    pub encoding: String,
    /// The layout found.
    pub layout: String,
    /// The transcript as it is with this text, but for its revision.
    pub transcript: Transcript,
}

impl Study {
    /// The next revision of a transcript of which another whole text is there. Turns are known again by speaker and speech;
    /// what stands between two that are the same is the same turn changed, in order.
    ///
    /// `hidden_before` are the turns that are hidden and stand in former texts alone, with what they said: they come back
    /// hidden.
    ///
    /// # Errors
    /// If the transcript is not there, the text is too large, or hidden words would come to light.
    pub fn revise(
        &self,
        transcript: TranscriptId,
        text: &str,
        incoming: Incoming,
        hidden_before: &[(TurnNumber, String)],
        source: &dyn Source,
    ) -> Result<Correction, CorrectionError> {
        check_size(&incoming.text)?;
        let held = self.transcripts().get(&transcript).ok_or(CorrectionError::Gone)?;
        let former = self.turns(transcript).cloned().ok_or(CorrectionError::Gone)?;
        let Incoming { text: new_text, speakers, turns, times, known, encoding, layout, transcript: wanted } =
            incoming;
        let revision = Revision { encoding, layout, ..self.next_revision(held, &new_text, source)? };
        let mut turns = Turns { revision: revision.id, speakers, turns, times };
        let alignment = Alignment::with_known(text, &former, &new_text, &turns, &known);
        let numbers = alignment.numbers(&former);
        let renumbered = numbers.is_none();
        let numbers =
            numbers.unwrap_or_else(|| (1u32..).map(TurnNumber::whole).take(turns.turns.len()).collect());
        for (turn, number) in turns.turns.iter_mut().zip(numbers) {
            (turn.number, turn.words) = (number, words_in(&new_text, turn.speech));
        }
        let rewriting = alignment.rewriting(text, &former, &new_text, &turns);
        let (mut changes, unvoiced) = self.carry_turn_voices(transcript, &former, &turns, &alignment);
        let (old, new) = (Side { text, turns: &former }, Side { text: &new_text, turns: &turns });
        changes.extend(self.carry_hidden(transcript, old, new, &alignment, hidden_before, source)?);
        let next = Next { text: new_text, turns, rewriting, changes };
        Ok(Correction { unvoiced, renumbered, ..self.take_as(revision, wanted, text, next)? })
    }

    /// Voices of single turns: each goes with its turn, whatever number that has now. Those of turns that are gone are taken
    /// away, lest another turn of that number speak with them.
    fn carry_turn_voices(
        &self,
        transcript: TranscriptId,
        former: &Turns,
        turns: &Turns,
        alignment: &Alignment,
    ) -> (Vec<Change>, Vec<TurnNumber>) {
        let first = (transcript, TurnNumber { number: 0, part: 0 });
        let held = self.turn_voices().from(first).take_while(|held| held.transcript == transcript);
        let (mut changes, mut moved, mut lost) = (Vec::new(), Vec::new(), Vec::new());
        for voice in held {
            let paired = former.index_of(voice.turn).and_then(|of| {
                let at = alignment.pairs.iter().position(|pair| *pair == Some(of))?;
                Some(turns.turns.get(at)?.number)
            });
            match paired {
                Some(number) if number == voice.turn => continue,
                Some(number) => moved.push(Change::create(TurnVoice { turn: number, ..voice.clone() })),
                None => lost.push(voice.turn),
            }
            changes.push(Change::delete(voice.clone()));
        }
        // First all of them go, for one may take the number that another leaves.
        changes.extend(moved);
        (changes, lost)
    }
}

/// Which turns of a new text are which of the old.
pub(super) struct Alignment {
    /// For each new turn, the index of the old one, and whether it is word for word the same.
    pub(super) pairs: Vec<Option<usize>>,
    same: Vec<bool>,
    /// Whether the pairs were told, and a turn that changed is not taken for one that was split.
    told: bool,
}

impl Alignment {
    /// Compares turns by speaker and speech.
    pub(super) fn of(old_text: &str, old: &Turns, new_text: &str, new: &Turns) -> Alignment {
        Alignment::with_known(old_text, old, new_text, new, &[])
    }

    /// The same, where the numbers of the new turns are `known` and stand in their order. Turns that were moved are told by what
    /// they say.
    fn with_known(
        old_text: &str,
        old: &Turns,
        new_text: &str,
        new: &Turns,
        known: &[Option<TurnNumber>],
    ) -> Alignment {
        let said = |text, turns: &'_ Turns| -> Vec<(String, String)> {
            let of = |turn: &Turn| {
                let speech: &str = turn.speech.slice(text).unwrap_or_default();
                (turns.speaker_of(turn).to_owned(), speech.to_owned())
            };
            turns.turns.iter().map(of).collect()
        };
        let (before, after) = (said(old_text, old), said(new_text, new));
        let told = !known.is_empty() && known.len() == after.len() && known.iter().flatten().is_sorted();
        let pairs = match told {
            true => known.iter().map(|number| old.index_of((*number)?)).collect(),
            false => pair(&before, &after),
        };
        let same = pairs.iter().zip(&after).map(|(of, new)| of.and_then(|of| before.get(of)) == Some(new));
        Alignment { same: same.collect(), pairs, told }
    }

    /// The numbers of the new turns. `None` if they must be numbered anew.
    fn numbers(&self, old: &Turns) -> Option<Vec<TurnNumber>> {
        let numbers: Vec<TurnNumber> = old.turns.iter().map(|turn| turn.number).collect();
        number(&numbers, &self.pairs, |at| self.told || self.is_same(at))
    }

    /// Whether a new turn is word for word the old one.
    pub(super) fn is_same(&self, at: usize) -> bool {
        self.same.get(at).copied().unwrap_or(false)
    }

    /// Both texts compared: the speech of paired turns with each other, and what stands between two pairs.
    pub(super) fn rewriting(&self, old_text: &str, old: &Turns, new_text: &str, new: &Turns) -> Rewriting {
        let mut rewriting = Rewriting::empty();
        let (mut from, mut start) = (0, 0);
        let found: BTreeSet<usize> = self.pairs.iter().copied().flatten().collect();
        for (at, pair) in self.pairs.iter().enumerate() {
            let Some(of) = *pair else { continue };
            let (Some(before), Some(after)) = (old.turns.get(of), new.turns.get(at)) else { continue };
            let is_whole = self.is_same(at);
            let split = self.pairs.get(at + 1).is_some_and(Option::is_none);
            let joined = of + 1 < old.turns.len() && !found.contains(&(of + 1));
            let goes_on = !is_whole && (split || joined);
            if before.speech.start < from || after.speech.start < start {
                continue;
            }
            let gap = |from, to: u32| Span { start: from, end: to };
            rewriting.compare(
                old_text,
                gap(from, before.speech.start),
                new_text,
                gap(start, after.speech.start),
            );
            // A turn that was split goes on in new turns without a pair, one that was joined in old ones.
            if goes_on {
                (from, start) = (before.speech.start, after.speech.start);
                continue;
            }
            rewriting.compare(old_text, before.speech, new_text, after.speech);
            (from, start) = (before.speech.end, after.speech.end);
        }
        let rest = |text: &str, from| Span { start: from, end: Span::new(text.len(), text.len()).end };
        rewriting.compare(old_text, rest(old_text, from), new_text, rest(new_text, start));
        rewriting
    }
}
