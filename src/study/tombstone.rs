//! Tombstones: what stands in a text where words were erased.

use std::borrow::Cow;

use super::LEFT_OUT;
use crate::text::{Span, one_line};

/// Where a person's words stood who withdrew.
pub const WITHDRAWN: &str = "[withdrawn]";
/// Where a passage stood that was erased.
pub const ERASED: &str = "[erased]";

/// Whether a text is nothing but tombstones.
#[must_use]
pub fn is_tombstone(text: &str) -> bool {
    let first = text.trim_start();
    (first.starts_with(WITHDRAWN) || first.starts_with(ERASED)) && without_tombstones(text).trim().is_empty()
}

/// A text without its tombstones, for counting what is still said.
#[must_use]
pub fn without_tombstones(text: &str) -> Cow<'_, str> {
    match text.contains(WITHDRAWN) || text.contains(ERASED) {
        true => Cow::Owned(text.replace(WITHDRAWN, " ").replace(ERASED, " ")),
        false => Cow::Borrowed(text),
    }
}

/// The tombstones of a text, in order, and where they stand.
pub fn tombstones(text: &str) -> impl Iterator<Item = (Span, &'static str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let next = |word: &'static str| rest.find(word).map(|at| (at, word));
        let (at, word) = [next(WITHDRAWN), next(ERASED)].into_iter().flatten().min()?;
        let span = Span::new(from + at, from + at + word.len());
        from = span.end as usize;
        Some((span, word))
    })
}

/// Whether nothing of a span but blanks lies outside the tombstones of its text: a part of one is no word either.
#[must_use]
pub fn lies_in_tombstones(text: &str, span: Span) -> bool {
    let mut left = span.start;
    let mut any = false;
    let is_blank = |from: u32, to: u32| {
        Span { start: from, end: to }.slice(text).is_none_or(|words| words.trim().is_empty())
    };
    for (stone, _) in tombstones(text).filter(|(stone, _)| stone.overlaps(span)) {
        if stone.start > left && !is_blank(left, stone.start) {
            return false;
        }
        (any, left) = (true, stone.end);
    }
    any && (left >= span.end || is_blank(left, span.end))
}

/// Whether a text from a file is that of the study with some words left out. Blanks do not matter.
#[must_use]
pub fn is_whole_but_left_out(whole: &str, shown: &str) -> bool {
    let whole = one_line(whole);
    let pieces: Vec<String> = shown.split(LEFT_OUT).map(one_line).collect();
    let mut rest = whole.as_str();
    pieces.len() > 1
        && pieces.iter().all(|piece| {
            let found = rest.split_once(piece.as_str()).map(|(_, behind)| behind);
            rest = found.unwrap_or(rest);
            found.is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_again_with_words_left_out() {
        let whole = "Time.\nInclude: she said so, often";
        assert!(is_whole_but_left_out(whole, "Time. Include: [left out], often"));
        assert!(is_whole_but_left_out(whole, "[left out]\nInclude: she said so, often"));
        assert!(!is_whole_but_left_out(whole, "Money. Include: [left out], often"));
        assert!(!is_whole_but_left_out(whole, whole), "nothing is left out");
    }

    #[test]
    fn only_tombstones_are_one() {
        assert!(is_tombstone("[withdrawn]"));
        assert!(is_tombstone(" [withdrawn] \n[erased]"));
        assert!(!is_tombstone("[withdrawn] but I stay"));
        assert!(!is_tombstone(""));
        assert_eq!(without_tombstones("I told [erased] so").split_whitespace().count(), 3);
    }

    #[test]
    fn a_span_lies_in_tombstones_or_holds_a_word() {
        let text = "I told [erased] [withdrawn] so";
        let at = |words: &str| Span::from(text.find(words).map_or(0..0, |at| at..at + words.len()));
        assert!(lies_in_tombstones(text, at("[erased]")));
        assert!(lies_in_tombstones(text, at("erased")));
        assert!(lies_in_tombstones(text, at(" [erased] [withdrawn] ")));
        assert!(!lies_in_tombstones(text, at("told [erased]")));
        assert!(!lies_in_tombstones(text, at("[withdrawn] so")));
        assert!(!lies_in_tombstones(text, at("told")));
        assert_eq!(tombstones(text).map(|(_, word)| word).collect::<Vec<_>>(), [ERASED, WITHDRAWN]);
    }
}
