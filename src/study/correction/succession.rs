//! Where a reader of one text of a transcript is in another one, whichever came first: turn by turn, as corrections go.

use super::compare::Alignment;
use super::rewriting::{Kind, Rewriting};
use crate::study::Turns;
use crate::text::{Span, has_word};

/// One text of a transcript as it became another.
pub struct Succession<'a> {
    old: (&'a str, &'a Turns),
    new: (&'a str, &'a Turns),
    alignment: Alignment,
    rewriting: Rewriting,
}

impl<'a> Succession<'a> {
    /// Compares two texts with their turns.
    #[must_use]
    pub fn between(old: (&'a str, &'a Turns), new: (&'a str, &'a Turns)) -> Succession<'a> {
        let alignment = Alignment::of(old.0, old.1, new.0, new.1);
        let rewriting = alignment.rewriting(old.0, old.1, new.0, new.1);
        Succession { old, new, alignment, rewriting }
    }

    /// The index of the new turn that an old one is, by index.
    #[must_use]
    pub fn turn(&self, old: usize) -> Option<usize> {
        self.alignment.pairs.iter().position(|pair| *pair == Some(old))
    }

    /// The index of the new turn that an old one is or, if it is gone, of the nearest one before it that is not.
    #[must_use]
    pub fn turn_or_before(&self, old: usize) -> Option<usize> {
        self.alignment.pairs.iter().rposition(|pair| pair.is_some_and(|of| of <= old))
    }

    /// Where a byte is now: the first place that it can be.
    #[must_use]
    pub fn byte(&self, old: u32) -> u32 {
        self.rewriting.byte(old)
    }

    /// Where a passage is now. A whole turn stays one; of any other passage it is what its words became. `None` if they
    /// were taken out.
    #[must_use]
    pub fn place(&self, old: Span) -> Option<Span> {
        let at = self.old.1.overlapping(old).next()?;
        let before = self.old.1.turns.get(at)?;
        let after = self.turn(at).and_then(|at| self.new.1.turns.get(at));
        if let Some(after) = after.filter(|after| old == before.speech && after.number == before.number) {
            return Some(after.speech);
        }
        let stands = self.rewriting.pieces_in(old).iter().any(|piece| {
            let held = piece.old.intersection(old).filter(|_| piece.kind == Kind::Same);
            held.and_then(|held| held.slice(self.old.0)).is_some_and(has_word)
        });
        let place = self.rewriting.hull(old, false).trimmed(self.new.0);
        let place = match after {
            // Other words in the same turn are its words put right.
            Some(after) if !stands => place.intersection(after.speech)?,
            None if !stands => return None,
            _ => place,
        };
        (!place.is_empty() && self.new.1.holds_speech(place)).then_some(place)
    }
}
