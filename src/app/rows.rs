//! The rows of a text that is being typed.
//!
//! A memo may be long, and each key changes a few bytes of it: only the rows around the change are laid out again.
//! What comes out is always what [`wrap`] says of the whole text.

use std::ops::Range;

use super::TextField;
use super::wrap::wrap;

/// A text with its rows at one width.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    text: String,
    width: usize,
    rows: Vec<Range<usize>>,
}

/// So many rows before a change can come out otherwise: the word that begins the changed row may move up.
const BEFORE: usize = 2;
/// So many bytes are compared at once.
const BLOCK: usize = 4 * 1024;
/// So many bytes are laid out at a time, until rows come out as they were.
const STRIDE: usize = 8 * 1024;

impl Rows {
    /// The rows, in bytes of the text.
    #[must_use]
    pub fn rows(&self) -> &[Range<usize>] {
        &self.rows
    }

    /// The row that a byte is in; at the end of the text the last one.
    #[must_use]
    pub fn row_of(&self, byte: usize) -> usize {
        self.rows.partition_point(|row| row.start <= byte).saturating_sub(1)
    }

    /// Moves the cursor of a field with this text so many rows down, or up if negative, as far from their starts as it was.
    pub fn step(&self, field: &mut TextField, by: isize) {
        let at = self.row_of(field.cursor());
        let there = at.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        let (Some(from), Some(to)) = (self.rows.get(at), self.rows.get(there)) else { return };
        if there != at {
            field.step_to_row(from.clone(), to.clone());
        }
    }

    /// Lays out a text, as far as it or the width is another than last time.
    pub fn fit(&mut self, text: &str, width: usize) {
        if self.width != width || self.rows.is_empty() {
            self.rows = wrap(text, width);
            self.width = width;
            text.clone_into(&mut self.text);
        } else if self.text != text {
            self.mend(text);
            text.clone_into(&mut self.text);
        }
    }

    /// Lays out again from a little before the first change to where rows begin as they did.
    fn mend(&mut self, text: &str) {
        let (same_before, same_after) = unchanged(self.text.as_bytes(), text.as_bytes());
        let first = self.row_of(same_before).saturating_sub(BEFORE);
        let old = self.rows.split_off(first);
        let mut from = old.first().map_or(0, |row| row.start);
        // Old rows from here on begin where they did, as many bytes from the end.
        let settled = text.len() - same_after;
        let from_end = |row: &Range<usize>| self.text.len() - row.start;
        let mut stride = STRIDE;
        loop {
            let end = ceil_char_boundary(text, from + stride);
            let mut fresh = wrap(text.get(from..end).unwrap_or_default(), self.width);
            if end < text.len() {
                // The last row may go on, and its first word may yet belong to the row before.
                fresh.truncate(fresh.len().saturating_sub(2));
                if fresh.is_empty() {
                    stride *= 2;
                    continue;
                }
            }
            for row in fresh {
                let row = from + row.start..from + row.end;
                if row.start >= settled && row.start > 0 {
                    let left = text.len() - row.start;
                    // The later a row begins, the less is left of the text behind it.
                    let at = old.partition_point(|held| from_end(held) > left);
                    if old.get(at).is_some_and(|held| from_end(held) == left) {
                        let shift = |byte: usize| text.len() + byte - self.text.len();
                        let kept = old.get(at..).unwrap_or_default();
                        self.rows.extend(kept.iter().map(|row| shift(row.start)..shift(row.end)));
                        return;
                    }
                }
                self.rows.push(row);
            }
            from = self.rows.last().map_or(text.len(), |row| row.end);
            if end >= text.len() {
                return;
            }
        }
    }
}

/// How many bytes two texts have in common at their starts, and how many of the rest at their ends.
fn unchanged(old: &[u8], new: &[u8]) -> (usize, usize) {
    let same = |(old, new): &(&u8, &u8)| old == new;
    let blocks = old.chunks(BLOCK).zip(new.chunks(BLOCK)).take_while(|(old, new)| old == new).count();
    let start = (blocks * BLOCK).min(old.len()).min(new.len());
    let (old, new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let before = old.iter().zip(new).take_while(same).count();
    let (old, new) = (old.get(before..).unwrap_or_default(), new.get(before..).unwrap_or_default());
    let blocks = old.rchunks(BLOCK).zip(new.rchunks(BLOCK)).take_while(|(old, new)| old == new).count();
    let end = (blocks * BLOCK).min(old.len()).min(new.len());
    let rest = |text: &'_ [u8]| text.len() - end;
    let old = old.get(..rest(old)).unwrap_or_default();
    let new = new.get(..rest(new)).unwrap_or_default();
    (start + before, end + old.iter().rev().zip(new.iter().rev()).take_while(same).count())
}

fn ceil_char_boundary(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(rows: &mut Rows, text: &str, width: usize) {
        rows.fit(text, width);
        assert_eq!(rows.rows(), wrap(text, width), "{text:?} at {width}");
    }

    #[test]
    fn a_change_far_up_in_a_long_text_moves_what_is_below() {
        let mut text = "time is really key, ".repeat(4000);
        let mut rows = Rows::default();
        check(&mut rows, &text, 78);
        for (at, word) in [(0, "x"), (40_001, "\n"), (79_000, "ŵy "), (3, "")] {
            text.insert_str(at, word);
            check(&mut rows, &text, 78);
        }
        text.replace_range(10..70_000, "");
        check(&mut rows, &text, 78);
        text.clear();
        check(&mut rows, &text, 78);
    }

    #[test]
    fn a_byte_is_in_one_row() {
        let mut rows = Rows::default();
        rows.fit("one\ntwo", 10);
        assert_eq!([0, 3, 4, 7].map(|byte| rows.row_of(byte)), [0, 0, 1, 1]);
    }

    proptest! {
        #[test]
        fn typing_lays_out_what_wrapping_the_whole_would(
            start in "([a-f]{1,9}|[ -]|\n|ŵ|e\u{301}|時|👩🏽‍⚕️){0,60}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, "([a-c]{0,12}|[ \n-]|時){0,3}"), 1..12),
            width in 4usize..14,
        ) {
            let mut rows = Rows::default();
            let mut text = start;
            rows.fit(&text, width);
            for (at, out, put) in edits {
                let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
                let from = places[at.index(places.len())];
                let to = places.iter().copied().find(|place| *place >= from + out).unwrap_or(text.len());
                text.replace_range(from..to, &put);
                rows.fit(&text, width);
                prop_assert_eq!(rows.rows(), wrap(&text, width), "{:?}", text);
            }
        }
    }
}
