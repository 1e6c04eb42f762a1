//! A passage that is erased, in the revision in which it was chosen and in all others.

use super::comparison::{Comparison, Edition};
use crate::study::{TranscriptId, Turn, TurnNumber};
use crate::text::{Span, look_alike};

/// A passage that is erased, with the text in which it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Of which transcript.
    pub transcript: TranscriptId,
    /// The text that the span counts in.
    edition: Edition,
    /// The bytes, half-open.
    span: Span,
    /// What it says in each turn that it touches.
    parts: Vec<(TurnNumber, String)>,
    /// Whether somebody looked at the other revisions, so that what cannot be placed there need not be.
    looked: bool,
}

/// A passage that cannot be placed in another revision, and the turn there that may say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Of which transcript.
    pub transcript: TranscriptId,
    /// The number of the revision.
    pub revision: u32,
    /// The turn to look at.
    pub turn: TurnNumber,
}

impl Passed {
    /// A passage of a text. `None` if no turn says a word of it, or it does not lie in the text.
    #[must_use]
    pub fn of(transcript: TranscriptId, edition: Edition, span: Span) -> Option<Passed> {
        let touched = edition.turns.turns.get(edition.turns.overlapping(span)).unwrap_or_default();
        let part = |turn: &Turn| {
            let words = span.intersection(turn.speech)?.slice(&edition.text)?.trim().to_owned();
            (!words.is_empty()).then_some((turn.number, words))
        };
        let parts: Vec<(TurnNumber, String)> = touched.iter().filter_map(part).collect();
        (!parts.is_empty()).then_some(Passed { transcript, edition, span, parts, looked: false })
    }

    /// The same passage, after somebody looked where it is in other revisions.
    #[must_use]
    pub fn looked_after(self) -> Passed {
        Passed { looked: true, ..self }
    }

    /// The turns that say it, in the text in which it was chosen.
    pub fn turns(&self) -> impl Iterator<Item = TurnNumber> {
        self.parts.iter().map(|(turn, _)| *turn)
    }

    /// What it says, turn by turn.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(_, words)| words.as_str())
    }

    /// Whether words that go are those of the passage, or were put right to become them.
    #[must_use]
    pub fn reads_like(&self, words: &str) -> bool {
        self.words().any(|own| own == words || look_alike(own, words))
    }

    /// Turns that say the same once more, and are not touched: somebody else's words, or another time.
    #[must_use]
    pub fn stands_elsewhere(&self, edition: &Edition, gone: &[Span]) -> Vec<TurnNumber> {
        let others = self.words().flat_map(|words| edition.occurrences(words));
        let others = others.filter(|at| !gone.iter().any(|span| span.overlaps(*at)));
        let mut found: Vec<TurnNumber> =
            others.filter_map(|at| edition.turn_of(at)).map(|turn| turn.number).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The passage in each of the editions of its transcript, which are in order. Each is compared with its neighbour, the
    /// way the text went, so that a word is followed through all its spellings.
    pub(super) fn stretches(&self, editions: &[Edition]) -> Result<Vec<Vec<Span>>, Unplaced> {
        let mut chain: Vec<&Edition> = editions.iter().collect();
        let own = chain.iter().position(|held| **held == self.edition);
        // A snapshot may be older than the text in which the passage was chosen.
        let at = own.unwrap_or_else(|| chain.partition_point(|held| held.number < self.edition.number));
        if own.is_none() {
            chain.insert(at, &self.edition);
        }
        let mut found: Vec<Vec<Span>> = vec![Vec::new(); chain.len()];
        if let Some(here) = found.get_mut(at) {
            *here = self.edition.speech_in([self.span]);
        }
        let later: Vec<usize> = (at + 1..chain.len()).collect();
        let earlier: Vec<usize> = (0..at).rev().collect();
        for way in [earlier, later] {
            // The nearest edition that has the passage.
            let mut known = at;
            for next in way {
                let (Some(from), Some(to), Some(gone)) =
                    (chain.get(known), chain.get(next), found.get(known))
                else {
                    continue;
                };
                let there = match Comparison::of(from, to).follow(gone) {
                    Err(turn) if !self.looked => {
                        let (transcript, revision) = (self.transcript, to.number);
                        return Err(Unplaced { transcript, revision, turn });
                    }
                    there => there.unwrap_or_default(),
                };
                if !there.is_empty() {
                    known = next;
                }
                if let Some(held) = found.get_mut(next) {
                    *held = there;
                }
            }
        }
        if own.is_none() {
            found.remove(at);
        }
        Ok(found)
    }
}
