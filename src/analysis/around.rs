//! What stands around a quote: the question before it, which tells what was asked from what was volunteered, and the turns on
//! either side.

use std::ops::Range;

use crate::study::{Quote, Study, Turns, Voice, Voices};

/// The turns of a quote and what stands around them, as indexes into the turns of its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// Those that the quote shares a byte with.
    pub quoted: Range<usize>,
    /// The last turn before them in which somebody asks; none if nobody does, or the quote begins with a question.
    pub question: Option<usize>,
}

impl Around {
    /// Finds them. `None` if the turns of the quote's revision are not in memory, or none is quoted.
    #[must_use]
    pub fn of(study: &Study, quote: &Quote) -> Option<Around> {
        let (turns, voices) = (study.turns_of(quote.revision)?, study.voices_in(quote.transcript)?);
        Around::among(turns, &voices, quote)
    }

    /// The same with what was looked up before.
    #[must_use]
    pub fn among(turns: &Turns, voices: &Voices, quote: &Quote) -> Option<Around> {
        let quoted = turns.overlapping(quote.span);
        let asks = |index: &usize| {
            turns
                .turns
                .get(*index)
                .is_some_and(|turn| voices.of(turn) == Voice::Interviewer && turn.words > 0)
        };
        let first = (!quoted.is_empty()).then_some(quoted.start)?;
        let question = if asks(&first) { None } else { (0..first).rev().find(asks) };
        Some(Around { quoted, question })
    }

    /// The quoted turns with so many more on either side, of `len` turns.
    #[must_use]
    pub fn widened(&self, by: usize, len: usize) -> Range<usize> {
        self.quoted.start.saturating_sub(by)..(self.quoted.end + by).min(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::small::Small;

    #[test]
    fn the_question_is_the_last_one_asked_before() {
        let mut small = Small::new();
        small.interview("I1", &["Int: Why?", "ann: Well.", "ann: So it is.", "Int: Mm?", "ben: Yes."]);
        let around = |small: &mut Small, passage: &str| {
            let id = small.quote("c1", "I1", passage);
            Around::of(&small.study, small.study.quotes().get(&id).unwrap()).unwrap()
        };
        let volunteered = around(&mut small, "So [it] is.");
        assert_eq!(volunteered, Around { quoted: 2..3, question: Some(0) });
        assert_eq!((volunteered.widened(0, 5), volunteered.widened(9, 5)), (2..3, 0..5));
        assert_eq!(around(&mut small, "[Mm?\n\nben: Yes].").question, None);
        assert_eq!(around(&mut small, "ben: [Yes].").question, Some(3));
    }
}
