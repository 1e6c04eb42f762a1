//! Finding erased words again where somebody cited them: memos, summaries, definitions, drafts.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::Name;
use crate::study::{ERASED, Record};
use crate::text::{Analyser, Language, Span, Token, Word, count_words};

/// Somebody cites if so many words in a row are the same.
const RUN: usize = 6;
/// A quote that was erased is found by this many words, if it has no more.
const LEAST: usize = 3;

/// Fields of records that are never cleaned: names, identities, words of closed lists, what a record is about.
const FIXED: [&str; 23] = [
    "name",
    "label",
    "title",
    "abbreviation",
    "id",
    "state",
    "kind",
    "origin",
    "decision",
    "side",
    "colour",
    "case",
    "topic",
    "on",
    "of",
    "subject",
    "attribute",
    "framework",
    "component",
    "coder",
    "parent",
    "at",
    "domain",
];

/// Runs of erased words, as searching folds them: case, accents and punctuation do not matter.
#[derive(Debug)]
pub struct Sweep {
    tombstone: &'static str,
    /// Runs by how many words they have.
    runs: BTreeMap<usize, HashSet<Vec<Word>>>,
    /// All runs of so few words that texts may share them by chance; a name that is made of nothing else is no chance.
    short_runs: HashSet<Vec<Word>>,
    analyser: Analyser,
    /// What is found besides.
    name: Option<Name>,
}

impl Sweep {
    /// One that finds nothing yet, and leaves this in the place of what it finds.
    #[must_use]
    pub fn new(tombstone: &'static str) -> Sweep {
        let analyser = Analyser::new(Language::Other);
        Sweep { tombstone, runs: BTreeMap::new(), short_runs: HashSet::new(), analyser, name: None }
    }

    /// One that finds a name, in names too.
    #[must_use]
    pub fn of_name(name: Name) -> Sweep {
        Sweep { name: Some(name), ..Sweep::new(ERASED) }
    }

    /// Takes in words that went: whoever cites six of them in a row is found.
    pub fn add_speech(&mut self, words: &str) {
        let words = self.words(words);
        for run in words.windows(RUN) {
            self.runs.entry(RUN).or_default().insert(run.to_vec());
        }
        self.short_runs.extend(words.windows(LEAST).map(<[Word]>::to_vec));
    }

    /// Takes in a quote that went, which is found as a whole too, from three words on.
    pub fn add_quote(&mut self, text: &str) {
        let words = self.words(text);
        if (LEAST..RUN).contains(&words.len()) {
            self.runs.entry(words.len()).or_default().insert(words);
        }
    }

    /// Takes in a passage that is found as a whole. One of fewer than three words is found elsewhere only if it is a name: it
    /// begins with a capital letter, here and there. Else one “no” that is erased would take every “no” along.
    pub fn add_passage(&mut self, text: &str) {
        self.add_speech(text);
        let words = self.words(text);
        if (LEAST..RUN).contains(&words.len()) || ((1..LEAST).contains(&words.len()) && Sweep::is_name(text))
        {
            self.runs.entry(words.len()).or_default().insert(words);
        }
    }

    /// Whether a passage has so few words that it is found elsewhere only if it is a name.
    #[must_use]
    pub fn is_short(text: &str) -> bool {
        (1..LEAST).contains(&count_words(text))
    }

    /// Whether a short passage is a name: it begins with a capital letter, and is more than that.
    #[must_use]
    pub fn is_name(text: &str) -> bool {
        let mut letters = text.chars().filter(|c| c.is_alphabetic());
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some()
    }

    /// Whether words that went are cited in a text.
    pub fn cites(&mut self, text: &str) -> bool {
        self.clean(text).is_some()
    }

    /// Whether a name cites them, or is a run of them, of three words or more: a code in somebody's own words.
    pub fn has_for_name(&mut self, name: &str) -> bool {
        let words = self.words(name);
        let is_run = words.len() >= LEAST && words.windows(LEAST).all(|run| self.short_runs.contains(run));
        is_run || self.cites(name)
    }

    /// Whether a text has four or five words in a row that went: too few to be taken out, for people may share them by chance.
    pub fn may_cite(&mut self, text: &str) -> bool {
        let words = self.words(text);
        let known = |run: &[Word]| self.short_runs.contains(run);
        words.windows(LEAST + 1).any(|run| run.windows(LEAST).all(known))
    }

    /// The text without what was cited in it. `None` if nothing was.
    pub fn clean(&mut self, text: &str) -> Option<String> {
        if let Some(name) = &self.name {
            return name.clean(text, false);
        }
        if self.runs.is_empty() {
            return None;
        }
        let tokens: Vec<Token> = self.analyser.tokens(text).collect();
        let words: Vec<Word> = tokens.iter().map(|token| token.word.clone()).collect();
        let mut hit = vec![false; words.len()];
        for (length, known) in &self.runs {
            for (at, run) in words.windows(*length).enumerate() {
                let capital = |at: usize| {
                    let token = tokens.get(at).and_then(|token| token.span.slice(text));
                    token.and_then(|word| word.chars().next()).is_some_and(char::is_uppercase)
                };
                if known.contains(run) && (*length >= LEAST || capital(at)) {
                    hit.iter_mut().skip(at).take(*length).for_each(|hit| *hit = true);
                }
            }
        }
        if !hit.contains(&true) {
            return None;
        }
        let (mut stretches, mut open): (Vec<Span>, bool) = (Vec::new(), false);
        for (Token { span, .. }, hit) in tokens.iter().zip(hit) {
            match stretches.last_mut() {
                Some(last) if open && hit => *last = last.hull(*span),
                _ if hit => stretches.push(*span),
                _ => {}
            }
            open = hit;
        }
        Some(super::Cut::new(text, &stretches, self.tombstone).text)
    }

    /// The record without what was cited in its free texts. `None` if nothing was, or if it has none.
    pub fn clean_record(&mut self, record: &Record) -> Option<Record> {
        if let Some(name) = &self.name {
            return name.clean_record(record);
        }
        let free = matches!(
            record,
            Record::Memo(_)
                | Record::Summary(_)
                | Record::Code(_)
                | Record::Theme(_)
                | Record::Review(_)
                | Record::SavedSearch(_)
                | Record::AttributeValue(_)
                | Record::Framework(_)
                | Record::Component(_)
                | Record::Consent(_)
        );
        let mut value = serde_json::to_value(record).ok().filter(|_| free)?;
        let mut any = false;
        // The one field of the outermost object is the kind of the record.
        for held in value.as_object_mut()?.values_mut() {
            self.clean_value(held, &mut any);
        }
        if !any {
            return None;
        }
        serde_json::from_value(value).ok()
    }

    /// The same of free texts in JSON. `None` if nothing was cited in them, or if it is none.
    pub fn clean_json(&mut self, text: &str) -> Option<String> {
        let mut value: Value = serde_json::from_str(text).ok()?;
        let mut any = false;
        self.clean_value(&mut value, &mut any);
        any.then(|| value.to_string())
    }

    fn clean_value(&mut self, value: &mut Value, any: &mut bool) {
        match value {
            Value::String(text) => {
                if let Some(clean) = self.clean(text) {
                    (*text, *any) = (clean, true);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.clean_value(item, any)),
            // Names are the analysis's own; words of a closed list and what a record is about are no free text.
            Value::Object(fields) => {
                fields
                    .iter_mut()
                    .filter(|(name, _)| !FIXED.contains(&name.as_str()))
                    .for_each(|(_, field)| self.clean_value(field, any));
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) -> Vec<Word> {
        self.analyser.tokens(text).map(|token| token.word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_words_in_a_row_are_a_citation_and_fewer_are_not() {
        let mut sweep = Sweep::new("[x]");
        assert_eq!(sweep.clean("anything"), None);
        sweep.add_speech("My husband keeps the purple notebook by the kettle.");
        sweep.add_quote("by the kettle");
        let cited = "She said: “my husband KEEPS the purple notebook”, twice.";
        assert_eq!(sweep.clean(cited).unwrap(), "She said: “[x]”, twice.");
        assert_eq!(sweep.clean("keeps the purple notebook"), None);
        assert_eq!(sweep.clean("It lies by the kettle, she said.").unwrap(), "It lies [x], she said.");
        assert_eq!(sweep.clean("She said: “[x]”, twice."), None);
    }

    #[test]
    fn a_name_is_found_alone() {
        let mut sweep = Sweep::new("[erased]");
        sweep.add_passage("Siân");
        assert_eq!(sweep.clean("He means Sian, I think.").unwrap(), "He means [erased], I think.");
        assert_eq!(sweep.clean("the sian of it"), None, "no name there");
    }

    #[test]
    fn a_common_word_that_is_erased_somewhere_stays_elsewhere() {
        let mut sweep = Sweep::new("[erased]");
        sweep.add_passage("no");
        sweep.add_passage("draft");
        assert_eq!(sweep.clean("No. There is no draft."), None);
    }

    #[test]
    fn a_word_that_is_also_the_state_of_a_code_leaves_the_code_whole() {
        let mut sweep = Sweep::new("[erased]");
        sweep.add_quote("a working draft");
        let code = crate::study::Code {
            definition: "What she calls a working draft.".into(),
            ..crate::study::Code::new(uuid::Uuid::nil().into(), "Drafts")
        };
        let Some(Record::Code(clean)) = sweep.clean_record(&code.clone().into()) else {
            panic!("not cleaned")
        };
        assert_eq!(clean.definition, "What she calls [erased].");
        assert_eq!(clean.state, code.state);
    }
}
