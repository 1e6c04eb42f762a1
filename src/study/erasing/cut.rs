//! A text with stretches cut out of it and a tombstone in the place of each, and where spans lie afterwards.

use crate::study::{TimeMark, Turn, Turns, without_tombstones};
use crate::text::{Span, count_words};

/// One text before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The stretches that went, in bytes of the text before, in order, none overlapping another.
    pub stretches: Vec<Span>,
    /// The text afterwards.
    pub text: String,
    tombstone: usize,
}

impl Cut {
    /// Cuts stretches out of a text. Those that overlap or touch get one tombstone.
    #[must_use]
    pub fn new(text: &str, stretches: &[Span], tombstone: &str) -> Cut {
        let mut joined: Vec<Span> = Vec::with_capacity(stretches.len());
        for stretch in stretches.iter().filter(|stretch| !stretch.is_empty()) {
            match joined.last_mut() {
                Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
                _ => joined.push(*stretch),
            }
        }
        let mut after = String::with_capacity(text.len());
        let mut from = 0;
        for stretch in &joined {
            after.push_str(text.get(from..stretch.start as usize).unwrap_or_default());
            after.push_str(tombstone);
            from = stretch.end as usize;
        }
        after.push_str(text.get(from..).unwrap_or_default());
        Cut { stretches: joined, text: after, tombstone: tombstone.len() }
    }

    /// Where a span lies afterwards. An end inside a stretch goes to that end of its tombstone, so that what was wholly
    /// inside is the tombstone.
    #[must_use]
    pub fn map(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.map_byte(span.start, false);
            return Span { start: at, end: at };
        }
        Span { start: self.map_byte(span.start, false), end: self.map_byte(span.end, true) }
    }

    /// Whether a span shares a byte with what went.
    #[must_use]
    pub fn touches(&self, span: Span) -> bool {
        self.stretches.iter().any(|stretch| stretch.overlaps(span))
    }

    fn map_byte(&self, byte: u32, is_end: bool) -> u32 {
        let tombstone = u32::try_from(self.tombstone).unwrap_or(u32::MAX);
        let (mut gone, mut put) = (0u32, 0u32);
        for stretch in &self.stretches {
            let after = if is_end { byte <= stretch.start } else { byte < stretch.start };
            if after {
                break;
            }
            if byte < stretch.end || (is_end && byte == stretch.end) {
                let start = (stretch.start - gone).saturating_add(put);
                return if is_end { start.saturating_add(tombstone) } else { start };
            }
            gone += stretch.end - stretch.start;
            put = put.saturating_add(tombstone);
        }
        (byte - gone).saturating_add(put)
    }

    /// The turns afterwards: numbers, speakers and times as they were.
    #[must_use]
    pub fn turns(&self, before: &Turns) -> Turns {
        let turn = |turn: &Turn| {
            let speech = self.map(turn.speech);
            let said = speech.slice(&self.text).unwrap_or_default();
            let words = match self.touches(turn.speech) {
                true => u32::try_from(count_words(&without_tombstones(said))).unwrap_or(u32::MAX),
                false => turn.words,
            };
            Turn { label: self.map(turn.label), speech, words, ..turn.clone() }
        };
        let mut times: Vec<TimeMark> =
            before.times.iter().map(|mark| TimeMark { at: self.map_byte(mark.at, false), ..*mark }).collect();
        times.dedup_by_key(|mark| mark.at);
        Turns { turns: before.turns.iter().map(turn).collect(), times, ..before.clone() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spans_are_mapped_to_what_is_left() {
        let text = "A: one two.\nB: three.\nA: four.";
        let at = |words: &str| Span::from(text.find(words).map_or(0..0, |at| at..at + words.len()));
        let cut = Cut::new(text, &[at("one two."), at("four.")], "[x]");
        assert_eq!(cut.text, "A: [x]\nB: three.\nA: [x]");
        let after = |words: &str| cut.map(at(words)).slice(&cut.text).unwrap_or_default().to_owned();
        assert_eq!(after("three"), "three");
        assert_eq!(after("two"), "[x]");
        assert_eq!(after("two.\nB: thr"), "[x]\nB: thr");
        assert_eq!(after("three.\nA: fo"), "three.\nA: [x]");
        assert_eq!(after("A: "), "A: ");
    }

    proptest! {
        #[test]
        fn what_lies_outside_keeps_its_words(
            lengths in prop::collection::vec((0usize..6, 1usize..6), 1..6),
            start in 0usize..40,
            length in 1usize..20,
        ) {
            // Kept stretches are small letters, those that go are capitals.
            let (mut text, mut stretches) = (String::new(), Vec::new());
            for (kept, gone) in &lengths {
                text.push_str(&"abcdef"[..*kept]);
                stretches.push(Span::new(text.len(), text.len() + gone));
                text.push_str(&"GONENO"[..*gone]);
            }
            text.push_str("end");
            let cut = Cut::new(&text, &stretches, "[]");
            prop_assert!(!cut.text.contains(|c: char| c.is_ascii_uppercase()));
            let start = start.min(text.len() - 1);
            let span = Span::new(start, (start + length).min(text.len()));
            let kept: String = span.slice(&text).unwrap().chars().filter(char::is_ascii_lowercase).collect();
            let after = cut.map(span).slice(&cut.text).unwrap();
            prop_assert_eq!(after.chars().filter(char::is_ascii_lowercase).collect::<String>(), kept);
            prop_assert_eq!(after.contains("[]"), cut.touches(span));
        }
    }
}
