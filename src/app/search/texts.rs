//! What hits say, read for those that are looked at: a common word has hundreds of thousands of them, and a screen shows
//! twenty.

use super::{HitText, Search};
use crate::app::{Effect, Model};
use crate::text::fold_name;

/// So many texts are kept; more are never on one screen, or next to it.
const KEPT: usize = 2_000;

/// What goes on as soon as the texts it needs are here.
#[derive(Clone, Debug)]
pub(super) enum After {
    /// The chosen hit is gone to.
    Open,
    /// The marked hits are coded.
    Code(Box<super::marked::Batch>),
}

impl Search {
    /// What a hit says, if it was read.
    #[must_use]
    pub fn text_of(&self, hit: usize) -> Option<&HitText> {
        self.texts.get(&self.answer.as_ref()?.hits.get(hit)?.place)
    }

    /// Asks for what these hits say, as far as nobody did.
    pub(super) fn want_texts(&mut self, hits: impl IntoIterator<Item = usize>) -> Vec<Effect> {
        let Some(answer) = self.answer.as_ref().filter(|_| !self.waiting) else { return Vec::new() };
        let wanted = hits.into_iter().filter_map(|hit| answer.hits.get(hit)).map(|hit| hit.place);
        let missing: Vec<u32> = wanted.filter(|place| !self.texts.contains_key(place)).collect();
        let places: Vec<u32> = missing.into_iter().filter(|place| self.texts_asked.insert(*place)).collect();
        if places.is_empty() {
            return Vec::new();
        }
        vec![Effect::ReadHits { generation: self.generation, places }]
    }

    /// Whether what the chosen hit says is on its way.
    #[must_use]
    pub fn is_hit_coming(&self) -> bool {
        self.waiting || self.hit().is_some_and(|hit| self.texts_asked.contains(&hit.place))
    }

    pub(super) fn forget_texts(&mut self) {
        self.texts.clear();
        self.texts_asked.clear();
        self.forms.clear();
    }

    /// The one word that is asked for, if nothing else is.
    fn single_word(&self) -> Option<&str> {
        let typed = self.field.text().trim();
        (!typed.is_empty() && typed.chars().all(char::is_alphanumeric)).then_some(typed)
    }

    /// Keeps in mind in which other forms a single word was found.
    fn note_forms(&mut self, place: u32, text: &HitText) {
        let Some(word) = self.single_word().map(fold_name) else { return };
        let hits = self.answer.as_ref().map_or(&[][..], |answer| answer.hits.as_slice());
        // One word is no likeness: these are in the order of the study.
        let at = hits.binary_search_by_key(&place, |hit| hit.place);
        let Some(hit) = at.ok().and_then(|at| hits.get(at)) else { return };
        let found = text.matches.iter().filter_map(|span| text.slice(hit, *span)).map(fold_name);
        let found: Vec<String> = found.filter(|found| *found != word).collect();
        self.forms.extend(found);
    }

    /// `also use, used; "useful": just this word`; nothing where only that word was found.
    pub(super) fn forms_words(&self) -> Option<String> {
        /// So many are named.
        const NAMED: usize = 3;
        let word = self.single_word().filter(|_| !self.forms.is_empty())?;
        let named: Vec<&str> = self.forms.iter().take(NAMED).map(String::as_str).collect();
        let more = if self.forms.len() > NAMED { ", …" } else { "" };
        Some(format!("also {}{more}; \"{word}\": just this word", named.join(", ")))
    }
}

impl Model {
    /// Takes in what hits say.
    pub(in crate::app) fn hits_read(
        &mut self,
        generation: u64,
        read: Result<Vec<(u32, HitText)>, String>,
    ) -> Vec<Effect> {
        let search = &mut self.search;
        if generation != search.generation || search.waiting {
            return Vec::new();
        }
        let read = match read {
            Ok(read) => read,
            Err(sentence) => {
                // What was asked for stays asked for: asking again would fail again.
                search.after = None;
                self.trouble(sentence);
                return Vec::new();
            }
        };
        if search.texts.len() > KEPT && search.after.is_none() {
            search.forget_texts();
        }
        for (place, text) in read {
            search.texts_asked.remove(&place);
            search.note_forms(place, &text);
            search.texts.insert(place, text);
        }
        match search.after.take() {
            Some(After::Open) => self.open_hit(),
            Some(After::Code(batch)) => self.code_marked(*batch),
            None => Vec::new(),
        }
    }
}
