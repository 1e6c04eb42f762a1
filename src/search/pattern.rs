//! What a query looks for in the words of a turn.

use crate::text::{Analyser, Language, Span, Token, Word};

/// Words in a row, or near each other.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// At least one.
    pub(super) slots: Vec<Slot>,
    /// `None`: side by side, in that order. Else in any order, with at most so many other words between.
    pub(super) others: Option<u32>,
}

/// What one word of a pattern must be.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// Of the same stem; in a text that is not stemmed, that very word.
    Stem(Word),
    /// That very word, folded.
    Exact(Word),
    /// A word that begins so.
    Prefix(Word),
    /// A word at most one edit away.
    Fuzzy(Word),
}

impl Slot {
    fn accepts(&self, word: &Word, language: Language) -> bool {
        match self {
            Self::Stem(wanted) if language == Language::English => word.stem() == wanted.stem(),
            Self::Stem(wanted) | Self::Exact(wanted) => word.exact() == wanted.exact(),
            Self::Prefix(wanted) => word.exact().starts_with(wanted.exact()),
            Self::Fuzzy(wanted) => is_one_edit_away(wanted.exact(), word.exact()),
        }
    }
}

impl Pattern {
    /// The words of `text` as one pattern: each as `first` makes it, the last as `last` does.
    pub(super) fn in_order(
        text: &str,
        analyser: &mut Analyser,
        first: fn(Word) -> Slot,
        last: fn(Word) -> Slot,
    ) -> Self {
        let mut words: Vec<Word> = analyser.tokens(text).map(|token| token.word).collect();
        let last = words.pop().map(last);
        Self { slots: words.into_iter().map(first).chain(last).collect(), others: None }
    }

    /// The words of `text` in any order, with at most so many `others` between.
    pub(super) fn near(text: &str, analyser: &mut Analyser, others: u32) -> Self {
        let slots = analyser.tokens(text).map(|token| Slot::Exact(token.word)).collect();
        Self { slots, others: Some(others) }
    }

    /// Appends the stretches of the text that `tokens` came from where the pattern matches, in order: a row
    /// of words is one stretch, words near each other are one each.
    pub(super) fn find(&self, tokens: &[Token], language: Language, found: &mut Vec<Span>) {
        match self.others {
            None => {
                let rows = tokens.windows(self.slots.len().max(1));
                found.extend(rows.filter_map(|row| {
                    let mut pairs = self.slots.iter().zip(row);
                    let all = pairs.all(|(slot, token)| slot.accepts(&token.word, language));
                    all.then(|| row.first().zip(row.last())).flatten().map(|(a, b)| a.span.hull(b.span))
                }));
            }
            Some(others) => {
                let kinds = self.kinds();
                let places: Vec<Vec<u32>> = kinds
                    .iter()
                    .map(|(slot, _)| {
                        let accepted =
                            (0u32..).zip(tokens).filter(|(_, token)| slot.accepts(&token.word, language));
                        accepted.map(|(place, _)| place).collect()
                    })
                    .collect();
                let needed: Vec<usize> = kinds.iter().map(|(_, times)| *times).collect();
                let near = words_near(&places, &needed, others);
                found.extend(near.into_iter().filter_map(|place| Some(tokens.get(place as usize)?.span)));
            }
        }
    }

    /// The different words of the pattern, each with how many times it stands in it.
    pub(super) fn kinds(&self) -> Vec<(&Slot, usize)> {
        let mut kinds: Vec<(&Slot, usize)> = Vec::new();
        for slot in &self.slots {
            match (slot, kinds.iter_mut().find(|(known, _)| known.word() == slot.word())) {
                (Slot::Exact(_), Some((_, times))) => *times += 1,
                _ => kinds.push((slot, 1)),
            }
        }
        kinds
    }
}

impl Slot {
    /// The word it was made from.
    pub(super) fn word(&self) -> &Word {
        match self {
            Self::Stem(word) | Self::Exact(word) | Self::Prefix(word) | Self::Fuzzy(word) => word,
        }
    }
}

/// Places of words that stand near each other: those in any stretch that begins with one of them, is as long
/// as all needed words and `others` more, and holds each kind as often as needed. `places` are those of each
/// kind, in order.
pub(super) fn words_near(places: &[Vec<u32>], needed: &[usize], others: u32) -> Vec<u32> {
    let total = u32::try_from(needed.iter().sum::<usize>()).unwrap_or(u32::MAX);
    let length = total.saturating_add(others);
    let mut all: Vec<u32> = places.iter().flatten().copied().collect();
    all.sort_unstable();
    let mut near = Vec::new();
    for &start in &all {
        let end = start.saturating_add(length);
        let inside = |kind: &[u32]| kind.partition_point(|p| *p < end) - kind.partition_point(|p| *p < start);
        if places.iter().zip(needed).all(|(kind, times)| inside(kind) >= *times) {
            let known = near.last().map_or(start, |last| last + 1).max(start);
            near.extend(all.iter().copied().filter(|place| (known..end).contains(place)));
        }
    }
    near
}

/// Whether one insertion, deletion, replacement, or swap of neighbours, or nothing at all, makes `a` into
/// `b`.
fn is_one_edit_away(a: &str, b: &str) -> bool {
    let common =
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum::<usize>();
    let (a, b) = (&a[common..], &b[common..]);
    let rest = |text: &str, skip: usize| text.chars().skip(skip).collect::<String>();
    let swapped = || {
        let mut letters = a.chars();
        let (x, y) = (letters.next()?, letters.next()?);
        Some([y, x].into_iter().chain(letters).eq(b.chars()))
    };
    (a.is_empty() && b.is_empty())
        || rest(a, 1) == b
        || a == rest(b, 1)
        || (!a.is_empty() && !b.is_empty() && rest(a, 1) == rest(b, 1))
        || swapped().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a pattern finds in `marked`, a text without its marks; the marks are what it should find.
    fn check(pattern: impl Fn(&mut Analyser) -> Pattern, marked: &str) {
        let mut analyser = Analyser::new(Language::English);
        let text: String = marked.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        let pattern = pattern(&mut analyser);
        let tokens: Vec<Token> = analyser.tokens(&text).collect();
        let mut found = Vec::new();
        pattern.find(&tokens, Language::English, &mut found);
        let mut shown = text.clone();
        for span in found.iter().rev() {
            shown.insert(span.end as usize, ']');
            shown.insert(span.start as usize, '[');
        }
        assert_eq!(shown, marked);
    }

    fn near(words: &'static str, others: u32) -> impl Fn(&mut Analyser) -> Pattern {
        move |analyser| Pattern::near(words, analyser, others)
    }

    fn exact(words: &'static str) -> impl Fn(&mut Analyser) -> Pattern {
        move |analyser| Pattern::in_order(words, analyser, Slot::Exact, Slot::Exact)
    }

    #[test]
    fn a_row_of_words_is_one_stretch() {
        check(exact("time pressure"), "no [time, pressure]; [time pressure] and timed pressure");
        check(exact("so"), "[so], [so] tired");
        check(exact("a b a"), "x [a b a] c");
    }

    #[test]
    fn words_near_each_other_in_any_order() {
        check(near("time pressure", 1), "[pressure] of [time] and of the time");
        check(near("time pressure", 1), "pressure of the time");
        check(near("time pressure", 2), "[pressure] of the [time]");
        check(near("time pressure", 0), "[time] [pressure] or [pressure] [time]");
        check(near("a b c", 2), "[c] x [a] y [b] x x x a");
        check(near("a b c", 1), "c x a y b");
        check(near("very very", 1), "[very], oh [very] good, but not very");
        check(near("time", 3), "[time] after [time]");
    }

    #[test]
    fn one_edit_is_a_letter_more_less_other_or_two_swapped() {
        for (a, b) in [
            ("colour", "colour"),
            ("colour", "color"),
            ("colour", "colours"),
            ("colour", "bolour"),
            ("colour", "coluor"),
            ("ŷ", "y"),
            ("a", ""),
        ] {
            assert!(is_one_edit_away(a, b) && is_one_edit_away(b, a), "{a} {b}");
        }
        for (a, b) in [("colour", "colr"), ("colour", "oclour s"), ("ab", "cd"), ("abc", "cab"), ("", "ab")] {
            assert!(!is_one_edit_away(a, b) && !is_one_edit_away(b, a), "{a} {b}");
        }
    }
}
