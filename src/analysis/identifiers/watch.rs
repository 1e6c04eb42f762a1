//! Words of the watch list in a text: whole words, case and diacritics folded.

use std::collections::HashMap;

use crate::text::{Analyser, Language, Span, Token};

/// The words of a text as the watch list compares them: `"Ty\u{302}  Bach"` and `"tŷ-bach"` are the same.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    Analyser::new(Language::Other).tokens(text).map(|token| token.word.exact().to_owned()).collect()
}

/// All entries by their first word, the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch {
    entries: HashMap<String, Vec<Vec<String>>>,
}

impl Watch {
    /// A watch over these words, each one or several words long. What holds no letter and no digit is passed over.
    pub(super) fn over<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut entries: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for entry in words.map(folded_words) {
            if let Some(first) = entry.first() {
                entries.entry(first.clone()).or_default().push(entry);
            }
        }
        for alike in entries.values_mut() {
            alike.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        }
        Self { entries }
    }

    /// Where a watched word stands, in order and disjoint.
    pub(super) fn find(&self, text: &str) -> Vec<Span> {
        if self.entries.is_empty() {
            return Vec::new();
        }
        let tokens: Vec<Token> = Analyser::new(Language::Other).tokens(text).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
            match self.begins(text, rest) {
                Some((words, span)) => {
                    found.push(span);
                    at += words;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest entry that the tokens begin with: how many tokens, and their span.
    fn begins(&self, text: &str, tokens: &[Token]) -> Option<(usize, Span)> {
        let first = tokens.first()?;
        let word = first.word.exact();
        let stem = before_ending(word);
        let lists = [Some(word), stem].into_iter().flatten().filter_map(|word| self.entries.get(word));
        lists.flatten().find_map(|entry| {
            let matched = tokens.get(..entry.len())?;
            let (last, before) = matched.split_last()?;
            let (wanted, wanted_before) = entry.split_last()?;
            let same = before.iter().zip(wanted_before).all(|(token, word)| token.word.exact() == word);
            let end = match last.word.exact() {
                _ if !same || !within_a_paragraph(text, matched) => return None,
                word if word == wanted => last.span.end,
                word if before_ending(word) == Some(wanted) => end_before_ending(text, last.span),
                _ => return None,
            };
            Some((entry.len(), Span { start: first.span.start, end }))
        })
    }
}

/// A name does not run over an empty line.
fn within_a_paragraph(text: &str, tokens: &[Token]) -> bool {
    tokens.windows(2).all(|pair| match pair {
        [a, b] => {
            text.get(a.span.end as usize..b.span.start as usize).is_some_and(|gap| !gap.contains("\n\n"))
        }
        _ => true,
    })
}

/// A word without its ending behind an apostrophe: English `’s`, Welsh `’r`, `’n`, `’i`, `’u`, `’w`, `’ll`, `’ch`.
fn before_ending(word: &str) -> Option<&str> {
    let (stem, ending) = word.rsplit_once('\'')?;
    (!stem.is_empty() && ending.chars().count() <= 2).then_some(stem)
}

/// Where the ending of a word begins, in bytes of the text: at its last apostrophe.
fn end_before_ending(text: &str, word: Span) -> u32 {
    let slice = word.slice(text).unwrap_or_default();
    let apostrophe = slice.rfind(['\'', '\u{2018}', '\u{2019}', '\u{2bc}']);
    apostrophe.map_or(word.end, |at| Span::new(word.start as usize, word.start as usize + at).end)
}
