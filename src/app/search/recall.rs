//! The queries of before, and those that were saved under a name.

use std::sync::Arc;

use super::{Search, Settled};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model, Screen, TextField};
use crate::study::{Change, SavedSearch, SavedSearchId, fresh};

/// So many queries are remembered, the last ones.
const KEPT: usize = 50;

impl Search {
    /// The query was put to use: it can be recalled.
    pub(super) fn remember_query(&mut self) {
        let query = self.field.text().trim().to_owned();
        self.recalled = None;
        if query.is_empty() {
            return;
        }
        let queries = Arc::make_mut(&mut self.queries);
        queries.retain(|held| *held != query);
        queries.push(query);
        if queries.len() > KEPT {
            queries.remove(0);
        }
    }

    /// Whether a query of before stands in the field, put there by a key.
    #[must_use]
    pub fn is_recalling(&self) -> bool {
        self.recalled.is_some()
    }

    /// Whether there is an earlier query to recall, and the choice is not in the middle of the hits.
    #[must_use]
    pub fn can_recall(&self) -> bool {
        let at_top = self.chosen == 0 || !self.has_hits() || self.is_recalling();
        let left = self.recalled.as_ref().map_or(self.queries.len(), |(at, _)| *at);
        let typed = self.field.text().trim();
        at_top && self.queries.iter().take(left).any(|query| query != typed)
    }
}

impl Model {
    /// Puts the query before in the field, or the one after it.
    pub(in crate::app) fn recall_query(&mut self, earlier: bool) -> Vec<Effect> {
        let search = &mut self.search;
        let typed = search.field.text().trim().to_owned();
        let (at, begun) = search.recalled.take().unwrap_or((search.queries.len(), typed.clone()));
        let there = match earlier {
            true => search.queries.iter().take(at).rposition(|query| *query != typed),
            false => (at + 1..search.queries.len()).find(|at| search.queries.get(*at) != Some(&typed)),
        };
        let text = match there {
            Some(there) => search.queries.get(there).cloned().unwrap_or_default(),
            None if earlier => typed,
            None => begun.clone(),
        };
        search.field = TextField::new(text);
        search.recalled = there.or(earlier.then_some(at)).map(|at| (at, begun));
        self.query_replaced()
    }

    /// Another query stands in the field.
    pub(super) fn query_replaced(&mut self) -> Vec<Effect> {
        (self.search.chosen, self.search.top, self.search.around) = Settled::default();
        self.search.reviewing = None;
        Vec::new()
    }

    /// Goes to the search screen with this query.
    pub(in crate::app) fn run_query(&mut self, query: &str) -> Vec<Effect> {
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Search;
        self.search.remember_query();
        if self.search.field.text() != query {
            self.search.forget_marks();
        }
        self.search.field = TextField::new(query);
        self.search.remember_query();
        self.search.typing = false;
        self.query_replaced()
    }

    /// Asks for a name to save the query under.
    pub(in crate::app) fn ask_search_name(&mut self) -> Vec<Effect> {
        let query = self.search.field.text().trim().to_owned();
        if query.is_empty() {
            self.refuse("There is no query to save: type one first.");
            return Vec::new();
        }
        let known = self.study.saved_searches().iter().find(|held| held.query == query);
        if let Some(held) = known {
            let keys = self.keys_of("list_searches");
            self.refuse(format!("This query is saved as “{}” already; {keys} lists them.", held.name));
            return Vec::new();
        }
        self.prompt("save this search as", "a name for it", "", Asked::SearchName)
    }

    /// Saves the query. One of that name takes this query in place of its own.
    pub(in crate::app) fn save_search(&mut self, name: &str) -> Vec<Effect> {
        let query = self.search.field.text().trim().to_owned();
        if name.is_empty() || query.is_empty() {
            self.refuse("A saved search needs a name; nothing was saved.");
            return Vec::new();
        }
        let (change, done) = match self.study.saved_search_named(name).cloned() {
            Some(held) => {
                let after = SavedSearch { query, ..held.clone() };
                (Change::update(held, after), "now finds this query")
            }
            None => {
                let made = SavedSearch { id: fresh(&*self.source), name: name.to_owned(), query };
                (Change::create(made), "is saved")
            }
        };
        let effects = self.commit("save_search", format!("saved search “{name}”"), vec![change]);
        if !effects.is_empty() {
            let keys = self.keys_of("list_searches");
            self.say(format!("“{name}” {done}; {keys} lists the saved searches."));
        }
        effects
    }

    /// Lists the saved searches for something to be done with one.
    pub(in crate::app) fn choose_search(&mut self, question: &str, asked: Asked) -> Vec<Effect> {
        let mut saved: Vec<&SavedSearch> = self.study.saved_searches().iter().collect();
        saved.sort_by_key(|held| crate::text::fold_name(&held.name));
        let choices: Vec<Choice> = saved
            .into_iter()
            .map(|held| Choice {
                words: held.name.clone(),
                detail: held.query.clone(),
                answer: held.id.to_string(),
            })
            .collect();
        if choices.is_empty() {
            let keys = self.keys_of("save_search");
            self.refuse(format!("No search is saved yet: type a query, Tab to its hits, and {keys}."));
            return Vec::new();
        }
        self.choose(Chooser::new(question, "its name", choices, asked))
    }

    fn saved_search(&mut self, id: &str) -> Option<SavedSearch> {
        let held = id.parse::<SavedSearchId>().ok().and_then(|id| self.study.saved_searches().get(&id));
        let held = held.cloned();
        if held.is_none() {
            self.refuse("That search is not saved any more.");
        }
        held
    }

    /// Runs a saved search.
    pub(in crate::app) fn run_saved_search(&mut self, id: &str) -> Vec<Effect> {
        match self.saved_search(id) {
            Some(held) => self.run_query(&held.query),
            None => Vec::new(),
        }
    }

    /// Asks for another name of a saved search.
    pub(in crate::app) fn ask_new_search_name(&mut self, id: &str) -> Vec<Effect> {
        match self.saved_search(id) {
            Some(held) => {
                let (question, name) = (format!("“{}” is now", held.name), held.name);
                self.prompt(question, "its new name", &name, Asked::NewSearchName(held.id))
            }
            None => Vec::new(),
        }
    }

    /// Gives a saved search another name.
    pub(in crate::app) fn rename_search(&mut self, id: SavedSearchId, name: &str) -> Vec<Effect> {
        let Some(held) = self.study.saved_searches().get(&id).cloned() else { return Vec::new() };
        if name.is_empty() || name == held.name {
            return Vec::new();
        }
        let label = format!("saved search “{}” is now “{name}”", held.name);
        let after = SavedSearch { name: name.to_owned(), ..held.clone() };
        let effects = self.commit("rename_search", label, vec![Change::update(held, after)]);
        if !effects.is_empty() {
            self.say(format!("The search is called “{name}” now."));
        }
        effects
    }

    /// Takes a saved search away.
    pub(in crate::app) fn delete_search(&mut self, id: &str) -> Vec<Effect> {
        let Some(held) = self.saved_search(id) else { return Vec::new() };
        let name = held.name.clone();
        let label = format!("saved search “{name}” taken away");
        let effects = self.commit("delete_search", label, vec![Change::delete(held)]);
        if !effects.is_empty() {
            let keys = self.keys_of("undo");
            self.say(format!("“{name}” is not saved any more; {keys} brings it back."));
        }
        effects
    }
}
