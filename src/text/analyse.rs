//! The one analyser: what counts as a word for the index, for queries and for highlights.
//!
//! A word is a word of UAX #29 at its place in the text, cut once more where a full stop, colon or underscore
//! joins two (`end.Next`, `NAME_1`: transcripts often lack the blank). Each has two forms. The *exact* form
//! is folded: NFKD, marks and invisible characters (soft hyphens, joiners) dropped, every apostrophe the
//! straight one, lower case. The *stem* is the Snowball English stem of the exact form
//! (<https://snowballstem.org/algorithms/english/stemmer.html>). Hyphens and dashes of every kind part words,
//! so all of them are alike.
//!
//! Knows nothing of queries and indexes. Whoever keeps words made by it must keep [`ANALYSER_VERSION`] beside
//! them.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::{UnicodeSegmentation, UnicodeWordIndices};

use super::Span;

/// Changes whenever the same text would give other words.
pub const ANALYSER_VERSION: u32 = 1;

/// Longest form in bytes. Words beyond it are told apart by their beginning.
const LONGEST: usize = 255;

/// How many words an analyser remembers before it starts afresh. An English corpus of half a million words
/// has fewer.
const REMEMBERED: usize = 1 << 16;

/// How the words of a text are stemmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English stems.
    #[default]
    English,
    /// No stems: every word is its own.
    Other,
}

impl Language {
    /// The language of a BCP 47 tag: `en` and all its regions are English.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") { Self::English } else { Self::Other }
    }
}

/// The forms of one word. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Word(Arc<Forms>);

#[derive(PartialEq, Eq, Hash)]
struct Forms {
    exact: Box<str>,
    /// `None` if it is the exact form.
    stem: Option<Box<str>>,
}

impl Word {
    /// The folded form. Never empty.
    #[must_use]
    pub fn exact(&self) -> &str {
        &self.0.exact
    }

    /// The stem.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.0.stem.as_deref().unwrap_or(&self.0.exact)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.exact(), self.stem())
    }
}

/// One word at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the text analysed.
    pub span: Span,
    /// Its forms.
    pub word: Word,
}

/// Cuts texts into words. Remembers the forms of the words it met, so that one analyser should do many texts.
#[derive(Clone)]
pub struct Analyser {
    stemmer: Option<Stemmer>,
    known: HashMap<Box<str>, Word>,
    folded: String,
}

impl Analyser {
    /// An analyser of texts in that language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let stemmer = match language {
            Language::English => Some(Stemmer::new(Algorithm::English)),
            Language::Other => None,
        };
        Self { stemmer, known: HashMap::new(), folded: String::new() }
    }

    /// The words of `text` in order.
    pub fn tokens<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        Tokens { analyser: self, text, at: 0, words: None, rest: None }
    }

    /// The forms of one piece of text without any word boundary in it. `None` if nothing is left of it.
    fn word(&mut self, piece: &str) -> Option<Word> {
        if let Some(known) = self.known.get(piece) {
            return Some(known.clone());
        }
        self.folded.clear();
        fold_into(piece, &mut self.folded);
        if !self.folded.contains(char::is_alphanumeric) {
            return None;
        }
        let stem = self.stemmer.map(|stemmer| stemmer.stem(&self.folded));
        let stem =
            stem.filter(|stem| !stem.is_empty() && **stem != *self.folded).map(|stem| stem.as_ref().into());
        let word = Word(Arc::new(Forms { exact: self.folded.as_str().into(), stem }));
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(piece.into(), word.clone());
        Some(word)
    }
}

impl fmt::Debug for Analyser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analyser").field("stems", &self.stemmer.is_some()).finish_non_exhaustive()
    }
}

/// The words of one text in order: see [`Analyser::tokens`].
pub struct Tokens<'a> {
    analyser: &'a mut Analyser,
    text: &'a str,
    /// Where the next stretch without blanks is looked for.
    at: usize,
    /// Words of UAX #29 of the stretch before, if it is not plain, and where that begins.
    words: Option<(usize, UnicodeWordIndices<'a>)>,
    /// What is left of the last word of UAX #29, and where it begins.
    rest: Option<(usize, &'a str)>,
}

impl<'a> Tokens<'a> {
    /// The next piece that may be a word, and where it begins.
    ///
    /// Blanks part words, so each stretch between them is cut by itself. Nearly all are one plain word between
    /// marks, which needs no look at the tables of Unicode.
    fn next_piece(&mut self) -> Option<(usize, &'a str)> {
        loop {
            let word = match (self.rest.take(), &mut self.words) {
                (Some(rest), _) => Some(rest),
                (None, Some((base, words))) => words.next().map(|(at, word)| (*base + at, word)),
                (None, None) => None,
            };
            if let Some((at, word)) = word {
                let (piece, after) = first_piece(word);
                if !after.is_empty() {
                    self.rest = Some((at + word.len() - after.len(), after));
                }
                return Some((at, piece));
            }
            let (at, stretch) = self.next_stretch()?;
            match plain_word(stretch) {
                Some((skipped, word)) => {
                    self.words = None;
                    return Some((at + skipped, word));
                }
                None => self.words = Some((at, stretch.unicode_word_indices())),
            }
        }
    }

    fn next_stretch(&mut self) -> Option<(usize, &'a str)> {
        let bytes = self.text.as_bytes().get(self.at..)?;
        let start = self.at + bytes.iter().position(|byte| !is_blank(*byte))?;
        let rest = self.text.as_bytes().get(start..)?;
        let end =
            rest.iter().position(|byte| is_blank(*byte)).map_or(self.text.len(), |length| start + length);
        self.at = end;
        Some((start, self.text.get(start..end)?))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let (at, piece) = self.next_piece()?;
            if let Some(word) = self.analyser.word(piece) {
                return Some(Token { span: Span::new(at, at + piece.len()), word });
            }
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// The one word of a stretch that is nothing but ASCII letters and digits between common marks, with apostrophes
/// between letters; and how many bytes stand before it.
fn plain_word(stretch: &str) -> Option<(usize, &str)> {
    let is_mark = |c: char| matches!(c, '!'..='/' | ':'..='@' | '['..='^' | '`' | '{'..='~' | '‘'..='”' | '–' | '—' | '…');
    let word = stretch.trim_start_matches(is_mark);
    let skipped = stretch.len() - word.len();
    let word = word.trim_end_matches(is_mark);
    let bytes = word.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let apostrophe = match byte {
            byte if byte.is_ascii_alphanumeric() => 0,
            b'\'' => 1,
            _ if bytes.get(at..)?.starts_with("’".as_bytes()) => "’".len(),
            _ => return None,
        };
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        if apostrophe > 0 && !(at > 0 && letter(at - 1) && letter(at + apostrophe)) {
            return None;
        }
        at += apostrophe.max(1);
    }
    (!word.is_empty()).then_some((skipped, word))
}

/// The beginning of a word up to the first joint that parts two words, and what follows that joint.
fn first_piece(word: &str) -> (&str, &str) {
    let mut from = 0;
    while let Some(joint) = word[from..].find(is_joint).map(|at| from + at) {
        let (before, after) = (&word[..joint], word[joint..].trim_start_matches(is_joint));
        let digits = before.chars().next_back().is_some_and(char::is_numeric)
            && after.chars().next().is_some_and(char::is_numeric);
        if !digits {
            // Marks that stood on the joint go with it.
            return (before, after.trim_start_matches(|c| is_combining_mark(c) || is_invisible(c)));
        }
        from = word.len() - after.len();
    }
    (word, "")
}

/// Full stops, colons, and what Unicode calls connectors.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | ':' | '_' | '．' | '：' | '＿' | '\u{202f}' | '\u{203f}' | '\u{2040}' | '\u{2054}')
        || matches!(c, '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}')
}

/// Appends the exact form of `piece`.
fn fold_into(piece: &str, folded: &mut String) {
    if piece.is_ascii() {
        folded.push_str(piece);
        folded.make_ascii_lowercase();
    } else {
        let letters = piece.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c));
        folded.extend(
            letters.flat_map(|c| if is_apostrophe(c) { '\''.to_lowercase() } else { c.to_lowercase() }),
        );
    }
    if folded.len() > LONGEST {
        folded.truncate(folded.floor_char_boundary(LONGEST));
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{2bc}')
}

/// Characters that take no room: soft hyphen, joiners, marks of direction, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(text: &str) -> Vec<String> {
        Analyser::new(Language::English).tokens(text).map(|token| token.word.exact().to_owned()).collect()
    }

    fn stems(text: &str) -> Vec<String> {
        Analyser::new(Language::English).tokens(text).map(|token| token.word.stem().to_owned()).collect()
    }

    #[test]
    fn words_are_folded_at_their_places() {
        let text = "“Time’s” short";
        let tokens: Vec<Token> = Analyser::new(Language::English).tokens(text).collect();
        assert_eq!(tokens[0].span.slice(text), Some("Time’s"));
        assert_eq!(tokens[0].word.exact(), "time's");
        assert_eq!(tokens[1].span.slice(text), Some("short"));
    }

    #[test]
    fn composed_and_decomposed_marks_are_dropped() {
        assert_eq!(exact("tŷ ty\u{302} TŶ Llanelli’r ﬁne"), ["ty", "ty", "ty", "llanelli'r", "fine"]);
    }

    #[test]
    fn soft_hyphens_join_and_all_other_hyphens_part() {
        assert_eq!(exact("co\u{ad}production"), ["coproduction"]);
        for hyphen in ["-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{2212}"] {
            assert_eq!(exact(&format!("co{hyphen}production")), ["co", "production"], "{hyphen}");
        }
    }

    #[test]
    fn all_apostrophes_are_one_and_never_at_the_ends() {
        assert_eq!(exact("don't don’t don\u{2bc}t ‘so’ 'so'"), ["don't", "don't", "don't", "so", "so"]);
    }

    #[test]
    fn a_missing_blank_does_not_hide_a_word_but_numbers_stay_whole() {
        assert_eq!(
            exact("end.Next note:this NAME_1 2.5 1,000"),
            ["end", "next", "note", "this", "name", "1", "2.5", "1,000"]
        );
        assert_eq!(exact("10:30 jo.b@nhs.wales"), ["10", "30", "jo", "b", "nhs", "wales"]);
    }

    #[test]
    fn english_is_stemmed_and_nothing_else() {
        assert_eq!(
            stems("Services service’s pressurised communities"),
            ["servic", "servic", "pressuris", "communiti"]
        );
        let mut other = Analyser::new(Language::Other);
        let word = other.tokens("Services").next().map(|token| token.word).expect("one word");
        assert_eq!(word.stem(), "services");
        assert_eq!(Language::of_tag("en-GB"), Language::English);
        assert_eq!(Language::of_tag("cy"), Language::Other);
    }

    #[test]
    fn monstrous_words_are_cut_at_a_character() {
        let word = "ł".repeat(10_000);
        assert_eq!(exact(&word), ["ł".repeat(127)]);
    }

    /// The spans of words by the tables of Unicode alone, without the short way that plain words take.
    fn spans_by_the_tables(text: &str) -> Vec<Span> {
        let mut analyser = Analyser::new(Language::English);
        let mut found = Vec::new();
        for (mut at, mut word) in text.unicode_word_indices() {
            while !word.is_empty() {
                let (piece, after) = first_piece(word);
                if analyser.word(piece).is_some() {
                    found.push(Span::new(at, at + piece.len()));
                }
                at += word.len() - after.len();
                word = after;
            }
        }
        found
    }

    proptest! {
        #[test]
        fn the_short_way_finds_the_words_of_unicode(
            text in "(\\PC|[a-zA-Z.:_'’0-9,;“”‘…-]{1,6}|\u{ad}|\u{302}|\u{200d}| |\t|\r|\n){0,80}"
        ) {
            let spans: Vec<Span> =
                Analyser::new(Language::English).tokens(&text).map(|token| token.span).collect();
            prop_assert_eq!(spans, spans_by_the_tables(&text));
        }

        #[test]
        fn spans_are_in_order_and_forms_are_stable(text in "(\\PC|[a-zA-Z.:_'’0-9]{1,6}|\u{ad}|\u{302}| |\n){0,80}") {
            let mut analyser = Analyser::new(Language::English);
            let tokens: Vec<Token> = analyser.tokens(&text).collect();
            prop_assert!(tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            for token in &tokens {
                prop_assert!(!token.word.exact().is_empty() && !token.word.stem().is_empty());
                let slice = token.span.slice(&text).expect("a slice of the text");
                let again: Vec<Token> = Analyser::new(Language::English).tokens(slice).collect();
                prop_assert_eq!(again.len(), 1);
                prop_assert_eq!(&again[0].word, &token.word);
            }
        }
    }
}
