//! What differs between two rows of tokens, and which differences of two sides have to do with each other.

use std::ops::Range;

use super::super::pairing::pair;
use super::tokens::{Known, Token};
use crate::text::diff_items;

/// Above this many pairs of tokens, sentences are compared first.
const MOST_PAIRS: usize = 16_000_000;

/// A stretch of the base, and what stands in its place on one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) base: Range<usize>,
    pub(super) other: Range<usize>,
}

/// What differs, in order; no two of them touch.
pub(super) fn hunks(base: &[Token<'_>], other: &[Token<'_>]) -> Vec<Hunk> {
    let (before, after): (Vec<Known<'_>>, Vec<Known<'_>>) =
        (base.iter().map(Token::known).collect(), other.iter().map(Token::known).collect());
    let mut differing = Differing { before: &before, after: &after, found: Vec::new() };
    differing.compare_turns();
    let mut found: Vec<Hunk> = Vec::new();
    for mut hunk in differing.found {
        let from = found.last().map_or((0, 0), |last| (last.base.end, last.other.end));
        slide(&mut hunk, from, &before, &after);
        match found.last_mut().filter(|last| last.base.end == hunk.base.start) {
            Some(last) if last.other.end == hunk.other.start => {
                (last.base.end, last.other.end) = (hunk.base.end, hunk.other.end);
            }
            _ => found.push(hunk),
        }
    }
    found
}

/// What came in or went may be told in several places, as the `a` of `a b a`: the one where a turn begins, else the first one.
/// So both sides tell the same change in the same place.
fn slide(hunk: &mut Hunk, from: (usize, usize), before: &[Known<'_>], after: &[Known<'_>]) {
    let (row, range) = match (hunk.base.is_empty(), hunk.other.is_empty()) {
        (true, false) => (after, hunk.other.clone()),
        (false, true) => (before, hunk.base.clone()),
        _ => return,
    };
    let most = (hunk.base.start - from.0).min(hunk.other.start - from.1);
    let alike = |by: &usize| row.get(range.start - by) == row.get(range.end - by);
    let back = (1..=most).take_while(alike).count();
    let begins = |by: usize| row.get(range.start - by).is_some_and(|known| known.0 == 0);
    let by = (0..=back).rev().find(|by| begins(*by)).unwrap_or(back);
    let shifted = |range: &Range<usize>| range.start - by..range.end - by;
    (hunk.base, hunk.other) = (shifted(&hunk.base), shifted(&hunk.other));
}

struct Differing<'a> {
    before: &'a [Known<'a>],
    after: &'a [Known<'a>],
    found: Vec<Hunk>,
}

impl<'a> Differing<'a> {
    /// Turns that read the same are the same; what is between them is compared word by word.
    fn compare_turns(&mut self) {
        let (old, new) = (turns(self.before), turns(self.after));
        let (old_said, new_said) = (slices(self.before, &old), slices(self.after, &new));
        let (mut from, mut start) = (0, 0);
        for (at, of) in pair(&old_said, &new_said).into_iter().enumerate() {
            let Some(of) = of.filter(|of| old_said.get(*of) == new_said.get(at)) else { continue };
            if let (Some(before), Some(after)) = (old.get(of), new.get(at)) {
                self.compare(from..before.start, start..after.start);
                (from, start) = (before.end, after.end);
            }
        }
        self.compare(from..self.before.len(), start..self.after.len());
    }

    fn compare(&mut self, base: Range<usize>, other: Range<usize>) {
        if base.len().saturating_mul(other.len()) <= MOST_PAIRS {
            return self.compare_words(base, other);
        }
        let (before, after): (&'a [Known<'a>], &'a [Known<'a>]) = (self.before, self.after);
        let (old, new) = (sentences(before, &base), sentences(after, &other));
        let at = |of: &[Range<usize>], index: usize, end: usize| of.get(index).map_or(end, |part| part.start);
        for (gone, came) in diff_items(&slices(before, &old), &slices(after, &new)) {
            let base = at(&old, gone.start, base.end)..at(&old, gone.end, base.end);
            let other = at(&new, came.start, other.end)..at(&new, came.end, other.end);
            // What is still too large was written anew.
            match base.len().saturating_mul(other.len()) <= MOST_PAIRS {
                true => self.compare_words(base, other),
                false => self.found.push(Hunk { base, other }),
            }
        }
    }

    /// Words tell more than where turns begin: those are compared between words that both have.
    fn compare_words(&mut self, base: Range<usize>, other: Range<usize>) {
        let words = |row: &[Known<'a>], of: &Range<usize>| -> Vec<(usize, Known<'a>)> {
            let items = row.iter().copied().enumerate().take(of.end).skip(of.start);
            items.filter(|(_, known)| known.0 != 0).collect()
        };
        let (old, new) = (words(self.before, &base), words(self.after, &other));
        let known = |words: &[(usize, Known<'a>)]| -> Vec<Known<'a>> {
            words.iter().map(|(_, known)| *known).collect()
        };
        let (mut at, mut to) = (0, 0);
        let (mut from, mut start) = (base.start, other.start);
        let mut differing = diff_items(&known(&old), &known(&new));
        differing.push((old.len()..old.len(), new.len()..new.len()));
        for (gone, came) in differing {
            let both = old.get(at..gone.start).unwrap_or_default().iter();
            for ((before, _), (after, _)) in both.zip(new.get(to..came.start).unwrap_or_default()) {
                self.compare_gap(from..*before, start..*after);
                (from, start) = (before + 1, after + 1);
            }
            (at, to) = (gone.end, came.end);
        }
        self.compare_gap(from..base.end, start..other.end);
    }

    fn compare_gap(&mut self, base: Range<usize>, other: Range<usize>) {
        let (before, after) = (self.before.get(base.clone()), self.after.get(other.clone()));
        let differing = diff_items(before.unwrap_or_default(), after.unwrap_or_default());
        self.found.extend(differing.into_iter().map(|(gone, came)| Hunk {
            base: gone.start + base.start..gone.end + base.start,
            other: came.start + other.start..came.end + other.start,
        }));
    }
}

/// Where turns begin and end, with what stands in front of the first.
fn turns(row: &[Known<'_>]) -> Vec<Range<usize>> {
    cut(row, &(0..row.len()), |_, next| next.0 == 0)
}

fn sentences(row: &[Known<'_>], of: &Range<usize>) -> Vec<Range<usize>> {
    cut(row, of, |before, next| next.0 == 0 || before.1.ends_with(['.', '?', '!', '…']))
}

fn cut(
    row: &[Known<'_>],
    of: &Range<usize>,
    between: impl Fn(&Known<'_>, &Known<'_>) -> bool,
) -> Vec<Range<usize>> {
    let mut start = of.start;
    let mut parts: Vec<Range<usize>> = Vec::new();
    for part in row.get(of.clone()).unwrap_or_default().chunk_by(|before, next| !between(before, next)) {
        parts.push(start..start + part.len());
        start += part.len();
    }
    parts
}

fn slices<'r, T>(row: &'r [T], parts: &[Range<usize>]) -> Vec<&'r [T]> {
    parts.iter().map(|part| row.get(part.clone()).unwrap_or_default()).collect()
}

/// A difference on one side, with what is said in it.
pub(super) struct Change<'r, 'a> {
    pub(super) hunk: &'r Hunk,
    pub(super) ours: bool,
    gone: &'r [Token<'a>],
    came: &'r [Token<'a>],
}

impl<'r, 'a> Change<'r, 'a> {
    pub(super) fn of(hunk: &'r Hunk, ours: bool, base: &'r [Token<'a>], other: &'r [Token<'a>]) -> Self {
        let gone = base.get(hunk.base.clone()).unwrap_or_default();
        let came = other.get(hunk.other.clone()).unwrap_or_default();
        Change { hunk, ours, gone, came }
    }

    fn tokens(&self) -> impl Iterator<Item = &Token<'a>> {
        self.gone.iter().chain(self.came)
    }

    /// Whether no word changed: turns were split, joined or given other labels.
    fn is_of_turns(&self) -> bool {
        self.tokens().all(Token::is_start)
    }

    fn is_of_words(&self) -> bool {
        !self.tokens().any(Token::is_start)
    }

    /// The order in which changes stand: words that came in behind a turn before turns that came in there.
    pub(super) fn place(&self) -> (usize, usize, bool, bool) {
        let Range { start, end } = self.hunk.base;
        (start, end, !self.is_of_words(), !self.ours)
    }

    /// Whether this one and one behind it, on the other side, change nothing in common: something unchanged is between
    /// them, or it is clear how words and turns that touch come together.
    pub(super) fn is_apart_from(&self, next: &Self, base: &[Token<'_>]) -> bool {
        let (end, at) = (self.hunk.base.end, self.hunk.base.end.max(next.hunk.base.start));
        if next.hunk.base.start < end {
            return false;
        }
        let between = base.get(end..at).unwrap_or_default();
        if between.iter().any(Token::has_word) {
            return true;
        }
        if !between.is_empty() {
            return between.iter().any(Token::ends_something);
        }
        let turn_begins = base.get(at).is_none_or(Token::is_edge);
        let begins_turn = turn_begins && next.came.first().is_some_and(Token::is_start);
        if self.gone.is_empty() && next.gone.is_empty() {
            return self.is_of_words() && begins_turn;
        }
        // Where one only took out or brought in and the other did too, nothing says later which was in front.
        let only = |change: &Self| change.gone.is_empty() || change.came.is_empty();
        let of_each = |turns: &Self, words: &Self| turns.is_of_turns() && words.is_of_words();
        let of_each = !(only(self) && only(next)) && (of_each(self, next) || of_each(next, self));
        let ends_turn = base.get(next.hunk.base.end).is_none_or(Token::is_edge);
        let leaves_out = turn_begins && next.came.is_empty() && ends_turn && !next.is_of_turns();
        of_each || self.is_of_words() && (begins_turn || leaves_out)
    }
}
