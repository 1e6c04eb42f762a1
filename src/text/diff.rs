//! What two texts have in common, word by word.

use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use super::Span;

/// Above this many pairs of words, larger pieces are compared first: lines, then sentences.
const MOST_PAIRS: usize = 4_000_000;
/// Above this many pairs of lines or sentences, a text was rewritten.
const MOST_LARGE_PAIRS: usize = 100_000_000;

/// A stretch of one text, and what stands in its place in another. A whole text is such stretches one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Bytes of the former text.
    pub old: Span,
    /// Bytes of the new text.
    pub new: Span,
    /// Whether both read the same.
    pub same: bool,
}

/// Compares two texts by words (UAX #29; blanks and marks count as words of their own). No two neighbours in what comes
/// out are both the same or both different, and none is empty on both sides.
#[must_use]
pub fn diff_words(old: &str, new: &str) -> Vec<Stretch> {
    let mut found = Stretches::default();
    // Behind a line break a new word begins: whole lines that are the same need not be taken apart.
    let (before, after) = (old.split_inclusive('\n'), new.split_inclusive('\n'));
    let head = size_in_common(before.zip(after));
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let (before, after) = (old_rest.split_inclusive('\n').rev(), new_rest.split_inclusive('\n').rev());
    let tail = size_in_common(before.zip(after));
    let old_middle = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    found.push(head, head, true);
    compare(old_middle, new_middle, Level::Words, &mut found);
    found.push(tail, tail, true);
    found.done
}

/// Compares two rows of items. Gives back the places that differ, in order: which items of the former went and which of the new
/// one came. No two of them touch.
#[must_use]
pub fn diff_items<T: Hash + Ord>(old: &[T], new: &[T]) -> Vec<(Range<usize>, Range<usize>)> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (rest, other) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let rest = rest.get(..rest.len() - tail).unwrap_or_default();
    let other = other.get(..other.len() - tail).unwrap_or_default();
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut at, mut to) = (head, head);
    // Lengths count: where an operation says that it stands may be off once they were put together.
    for op in capture_diff_slices(Algorithm::Myers, rest, other) {
        let (from, start) = (at, to);
        (at, to) = (at + op.old_range().len(), to + op.new_range().len());
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        match found.last_mut().filter(|last| (last.0.end, last.1.end) == (from, start)) {
            Some(last) => (last.0.end, last.1.end) = (at, to),
            None => found.push((from..at, start..to)),
        }
    }
    found
}

/// Bytes of the lines that are the same, up to the first that is not.
fn size_in_common<'t>(lines: impl Iterator<Item = (&'t str, &'t str)>) -> usize {
    lines.take_while(|(a, b)| a == b).map(|(line, _)| line.len()).sum()
}

#[derive(Clone, Copy)]
enum Level {
    Words,
    Lines,
    Sentences,
}

#[derive(Default)]
struct Stretches {
    done: Vec<Stretch>,
    old: usize,
    new: usize,
}

impl Stretches {
    fn push(&mut self, old: usize, new: usize, same: bool) {
        if (old, new) == (0, 0) {
            return;
        }
        let next = Stretch {
            old: Span::new(self.old, self.old + old),
            new: Span::new(self.new, self.new + new),
            same,
        };
        (self.old, self.new) = (self.old + old, self.new + new);
        match self.done.last_mut() {
            Some(last) if last.same == same => (last.old.end, last.new.end) = (next.old.end, next.new.end),
            _ => self.done.push(next),
        }
    }
}

fn compare(old: &str, new: &str, level: Level, found: &mut Stretches) {
    let tokens = |text| -> Vec<&str> {
        match level {
            Level::Words => str::split_word_bounds(text).collect(),
            Level::Lines => text.split_inclusive('\n').collect(),
            Level::Sentences => text.split_sentence_bounds().collect(),
        }
    };
    let (before, after) = (tokens(old), tokens(new));
    let head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (rest, other) = (before.get(head..).unwrap_or_default(), after.get(head..).unwrap_or_default());
    let tail = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let rest = rest.get(..rest.len() - tail).unwrap_or_default();
    let other = other.get(..other.len() - tail).unwrap_or_default();
    let size = |of: &[&str]| of.iter().map(|token| token.len()).sum::<usize>();
    let same = size(before.get(..head).unwrap_or_default());
    found.push(same, same, true);
    let (old_size, new_size) = (size(rest), size(other));
    let pairs = rest.len().saturating_mul(other.len());
    match level {
        Level::Words if pairs > MOST_PAIRS => {
            let part = |text: &'_ str, len: usize| text.get(same..same + len).unwrap_or_default().to_owned();
            compare(&part(old, old_size), &part(new, new_size), Level::Lines, found);
        }
        _ if pairs > MOST_LARGE_PAIRS => found.push(old_size, new_size, false),
        _ => pair(rest, other, level, found),
    }
    let same = old.len() - same - old_size;
    found.push(same, same, true);
}

fn pair(rest: &[&str], other: &[&str], level: Level, found: &mut Stretches) {
    for op in capture_diff_slices(Algorithm::Myers, rest, other) {
        let (before, after) = (op.old_range(), op.new_range());
        let (old, new) =
            (rest.get(before).unwrap_or_default().concat(), other.get(after).unwrap_or_default().concat());
        match (op, level) {
            (DiffOp::Equal { .. }, _) => found.push(old.len(), new.len(), true),
            (DiffOp::Replace { .. }, Level::Lines) => compare(&old, &new, Level::Sentences, found),
            (DiffOp::Replace { .. }, Level::Sentences) => {
                // Once more by words: what is too large for that was rewritten.
                let words = |text: &str| text.split_word_bounds().count();
                match words(&old).saturating_mul(words(&new)) > MOST_PAIRS {
                    true => found.push(old.len(), new.len(), false),
                    false => compare(&old, &new, Level::Words, found),
                }
            }
            _ => found.push(old.len(), new.len(), false),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let show = |stretch: Stretch| match stretch.same {
            true => stretch.old.slice(old).unwrap().to_owned(),
            false => {
                format!("[{}|{}]", stretch.old.slice(old).unwrap(), stretch.new.slice(new).unwrap())
            }
        };
        diff_words(old, new).into_iter().map(show).collect()
    }

    #[test]
    fn words_are_compared_one_by_one() {
        assert_eq!(
            shown("we're so pressurized for time", "we're so pressurised for time, yes"),
            "we're so [pressurized|pressurised] for time[|, yes]"
        );
        assert_eq!(shown("a b c", "a c"), "a [b |]c");
        assert_eq!(shown("", ""), "");
        assert_eq!(shown("", "new"), "[|new]");
        assert_eq!(shown("gone", ""), "[gone|]");
    }

    #[test]
    fn a_long_text_is_compared_by_lines_and_sentences_first() {
        let line = |at: usize| format!("P{at}: Line {at} says this. And that, of the matter {at}.\n\n");
        let old: String = (0..2000).map(line).collect();
        let new = old.replace("Line 700 says", "Line 700 said").replace("the matter 1400.", "matter 1400.");
        let found = diff_words(&old, &new);
        let changed: Vec<(&str, &str)> = found
            .iter()
            .filter(|stretch| !stretch.same)
            .map(|stretch| (stretch.old.slice(&old).unwrap(), stretch.new.slice(&new).unwrap()))
            .collect();
        assert_eq!(changed, [("says", "said"), (" the", "")]);
    }

    proptest! {
        #[test]
        fn stretches_cover_both_texts(old in "([ab]{1,3}|[ .,\n]|ŵ){0,30}", new in "([ab]{1,3}|[ .,\n]|ŵ){0,30}") {
            let found = diff_words(&old, &new);
            let (mut before, mut after) = (String::new(), String::new());
            for stretch in &found {
                let (a, b) = (stretch.old.slice(&old).unwrap(), stretch.new.slice(&new).unwrap());
                prop_assert!(!a.is_empty() || !b.is_empty());
                prop_assert!(!stretch.same || a == b);
                before.push_str(a);
                after.push_str(b);
            }
            prop_assert_eq!((before, after), (old, new));
            prop_assert!(found.windows(2).all(|two| two[0].same != two[1].same));
        }
    }
}
