//! Where what is typed stands in a row, and which rows come first: whole words, then beginnings of words, then letters inside
//! them (`rope` is meant by “a rope”, hardly by “properly”).

use std::ops::Range;

use super::{PickRow, fold};

/// How near the words of a row come to what is typed; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// A word of its own.
    Word,
    /// The beginning of one.
    Beginning,
    /// Letters inside of one.
    Inside,
}

/// What is typed, folded: the words of it.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    words: Vec<String>,
    phrase: String,
}

impl Wanted {
    pub(super) fn of(typed: &str) -> Self {
        let words: Vec<String> = typed.split_whitespace().map(fold).collect();
        Self { phrase: words.join(" "), words }
    }

    /// What a row that has all of the words is sorted by: whether they stand in it as they were typed, one behind another, and how
    /// near the farthest of them comes. `None` for one that lacks a word.
    pub(super) fn rank(&self, row: &PickRow) -> Option<(bool, impl Ord + use<>)> {
        let nearest = |word: &String| Some(nearest_place(&row.searched, word)?.1);
        let each: Option<Vec<Nearness>> = self.words.iter().map(nearest).collect();
        let farthest = each?.into_iter().max();
        let in_a_row = || {
            let place = nearest_place(&row.searched, &self.phrase);
            place.is_some_and(|(_, nearness)| nearness != Nearness::Inside)
        };
        Some((self.words.len() > 1 && !in_a_row(), farthest))
    }

    /// Bytes of a text in which the words stand, each once, where it comes nearest: in order.
    pub(super) fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let folded = fold(text);
        // Letters that change their length when they are folded would set the marks beside the words.
        if folded.len() != text.len() {
            return Vec::new();
        }
        let place = |word: &String| {
            let (at, _) = nearest_place(&folded, word)?;
            let range = at..at + word.len();
            text.get(range.clone()).map(|_| range)
        };
        let mut found: Vec<Range<usize>> = self.words.iter().filter_map(place).collect();
        found.sort_by_key(|range| range.start);
        found.dedup_by(|next, last| next.start < last.end);
        found
    }
}

/// Where a word comes nearest in a text, and how near; the first of equal ones.
fn nearest_place(text: &str, word: &str) -> Option<(usize, Nearness)> {
    let mut nearest: Option<(usize, Nearness)> = None;
    for (at, nearness) in places(text, word) {
        if nearest.is_none_or(|(_, held)| nearness < held) {
            nearest = Some((at, nearness));
        }
        if nearness == Nearness::Word {
            break;
        }
    }
    nearest
}

/// Where a word stands in a text, and how.
fn places(text: &str, word: &str) -> impl Iterator<Item = (usize, Nearness)> {
    text.match_indices(word).map(|(at, found)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + found.len()..).unwrap_or_default();
        let nearness =
            match (before.ends_with(char::is_alphanumeric), after.starts_with(char::is_alphanumeric)) {
                (true, _) => Nearness::Inside,
                (false, true) => Nearness::Beginning,
                (false, false) => Nearness::Word,
            };
        (at, nearness)
    })
}
