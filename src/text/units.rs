//! Graphemes, words and sentences by Unicode's rules (UAX #29).

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::Span;

/// What the cursor can rest on inside a turn's speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// One word, without the blanks and marks around it.
    Word,
    /// One sentence, without trailing blanks.
    Sentence,
    /// The whole speech of a turn.
    #[default]
    Turn,
}

impl Unit {
    /// The next larger unit, if there is one.
    #[must_use]
    pub fn grown(self) -> Option<Unit> {
        match self {
            Unit::Word => Some(Unit::Sentence),
            Unit::Sentence => Some(Unit::Turn),
            Unit::Turn => None,
        }
    }

    /// The next smaller unit, if there is one.
    #[must_use]
    pub fn shrunk(self) -> Option<Unit> {
        match self {
            Unit::Word => None,
            Unit::Sentence => Some(Unit::Word),
            Unit::Turn => Some(Unit::Sentence),
        }
    }
}

/// The units of `speech`, in order, as spans of `speech` itself. Blank speech has none.
#[must_use]
pub fn units(speech: &str, unit: Unit) -> Vec<Span> {
    match unit {
        Unit::Word => {
            speech.unicode_word_indices().map(|(at, word)| Span::new(at, at + word.len())).collect()
        }
        Unit::Sentence => sentences(speech),
        Unit::Turn => Some(Span::new(0, speech.len()).trimmed(speech))
            .into_iter()
            .filter(|all| !all.is_empty())
            .collect(),
    }
}

/// The graphemes of a text, in order: what people call characters.
pub fn graphemes(text: &str) -> impl Iterator<Item = Span> + '_ {
    text.grapheme_indices(true).map(|(at, grapheme)| Span::new(at, at + grapheme.len()))
}

/// Words in the sense of UAX #29: pieces that hold a letter or a digit.
#[must_use]
pub fn count_words(text: &str) -> usize {
    text.unicode_words().count()
}

/// Whether there is at least one word in it. Stops at the first.
#[must_use]
pub fn has_word(text: &str) -> bool {
    text.unicode_words().next().is_some()
}

/// Whether a cut at `byte` leaves every grapheme whole.
#[must_use]
pub fn on_grapheme_boundary(text: &str, byte: usize) -> bool {
    text.is_char_boundary(byte)
        && GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

/// The smallest span around `span` that cuts no grapheme of `text`, clipped to the text.
#[must_use]
pub fn widen_to_graphemes(text: &str, span: Span) -> Span {
    let (mut start, mut end) = ((span.start as usize).min(text.len()), (span.end as usize).min(text.len()));
    while start > 0 && !on_grapheme_boundary(text, start) {
        start -= 1;
    }
    while end < text.len() && !on_grapheme_boundary(text, end) {
        end += 1;
    }
    Span::new(start, end)
}

/// Sentences, after UAX #29, but a piece without any letter or digit (a lone dash or `…` at the end)
/// belongs to the sentence before it.
fn sentences(speech: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, piece) in speech.split_sentence_bound_indices() {
        let span = Span::new(at, at + piece.len()).trimmed(speech);
        if span.is_empty() {
            continue;
        }
        match found.last_mut() {
            Some(before) if !piece.chars().any(char::is_alphanumeric) => *before = before.hull(span),
            _ => found.push(span),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slices(speech: &str, unit: Unit) -> Vec<&str> {
        units(speech, unit).into_iter().filter_map(|span| span.slice(speech)).collect()
    }

    #[test]
    fn words_leave_out_the_marks_around_them() {
        assert_eq!(
            slices("Well, we're “so” pressurised - aren't we?", Unit::Word),
            ["Well", "we're", "so", "pressurised", "aren't", "we"]
        );
    }

    #[test]
    fn sentences_leave_out_trailing_blanks_and_keep_stray_marks() {
        assert_eq!(slices(" Time is key. And money!  — ", Unit::Sentence), ["Time is key.", "And money!  —"]);
    }

    #[test]
    fn blank_speech_has_no_units() {
        for unit in [Unit::Word, Unit::Sentence, Unit::Turn] {
            assert_eq!(units(" \n ", unit), []);
        }
    }

    proptest! {
        #[test]
        fn units_are_in_order_and_nested(speech in "(\\PC|[.!?] |\n|[a-z]{1,5} ){0,60}") {
            for unit in [Unit::Word, Unit::Sentence, Unit::Turn] {
                let found = units(&speech, unit);
                prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
                prop_assert!(found.iter().all(|span| !span.is_empty() && span.slice(&speech).is_some()));
            }
        }

        #[test]
        fn widening_reaches_boundaries(text in "(\\PC|👩🏽‍⚕️|e\u{301}){1,20}", a in 0usize..80, b in 0usize..80) {
            let span = widen_to_graphemes(&text, Span::new(a.min(b), a.max(b)));
            prop_assert!(on_grapheme_boundary(&text, span.start as usize));
            prop_assert!(on_grapheme_boundary(&text, span.end as usize));
        }
    }
}
