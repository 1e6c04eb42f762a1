//! The quotes as a list: filtered by a query, sorted, with as much around the chosen one as is wanted; and the basket, the
//! list of those that its coder put aside for writing.
//!
//! Listed are quotes of the layers of record and this coder's own ([`ListedQuotes`]); a query with `by:` lists those of others
//! too. The query is answered by the thread that searches, everything else is looked up in the study.

mod appending;
mod preview;
mod taking;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::laid_quotes::QuoteMarks;
use super::listed::{ListRow, Listed};
use super::search::Failed;
use super::{Effect, Model, TextField};
use crate::analysis::{ListedQuotes, Placed, QuoteOrder, group_of, listed_quotes};
use crate::search::{FilterNames, Query};
use crate::study::{Quote, QuoteId, Voice};
use appending::AppendQueue;
pub use preview::{PreviewRow, QuotePreview};

/// A quote in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteRow {
    /// Which.
    pub id: QuoteId,
    /// Where it stands: `I43:41`.
    pub address: String,
    /// Who speaks in it.
    pub who: String,
    /// The code, theme or group that it is listed under; empty where the address and the speaker say it.
    pub heading: String,
    /// What is marked at it, as in every list of quotes.
    pub marks: QuoteMarks,
    /// It is in this coder's basket.
    pub in_basket: bool,
    /// Whose words are in it: a bit for each of [`Quotes::groups`].
    groups: u64,
}

impl ListRow for QuoteRow {
    type Key = QuoteId;

    fn key(&self) -> QuoteId {
        self.id
    }
}

/// What of the screen comes back in another session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuotesPlace {
    filter: String,
    order: QuoteOrder,
    basket: bool,
    chosen: Option<QuoteId>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// The quotes; the filter is a query.
    pub list: Listed<QuoteRow>,
    /// What they are sorted by.
    pub order: QuoteOrder,
    /// Whether the basket is shown, in the order of putting aside.
    pub basket: bool,
    /// Why the query finds nothing.
    pub failed: Option<Failed>,
    /// Whether the answer to the query is on its way.
    pub waiting: bool,
    /// The chosen quote.
    pub preview: QuotePreview,
    /// Names of the groups, in order.
    groups: Vec<String>,
    /// How many of the listed quotes hold words of each group that has any.
    pub counts: Vec<(String, usize)>,
    /// How many of them must not be quoted.
    pub refused: usize,
    /// Quotations on their way into the file beside the draft.
    pub(in crate::app) appending: AppendQueue,
    /// Counts the questions.
    generation: u64,
    /// The query that was asked last, and what the study was then.
    asked: Option<Asked>,
    /// What it found.
    found: Option<BTreeSet<QuoteId>>,
    /// Whether the query names a coder: then quotes of all layers are listed.
    pub of_all_layers: bool,
}

/// A query, the version of the study, and when something was last saved: the thread that searches knows what is on disk.
type Asked = (String, u64, Option<Timestamp>);

impl Quotes {
    /// Whether the rows are those that the filter as typed now finds. A key on a row waits for them.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        let asked = self.asked.as_ref().map_or("", |(query, ..)| query.as_str());
        self.basket || (!self.waiting && asked == self.list.filter.text().trim())
    }

    /// Esc: leaves the filter, then the basket, then lists all quotes.
    pub(super) fn leave(&mut self) {
        if self.list.leave_filter() {
            return;
        }
        if std::mem::take(&mut self.basket) {
            self.list.list_again();
        } else if self.preview.is_widened() {
            self.preview.narrow();
        } else {
            self.list.clear_filter();
        }
    }

    pub(super) fn place(&self) -> QuotesPlace {
        QuotesPlace {
            filter: self.list.filter.text().to_owned(),
            order: self.order,
            basket: self.basket,
            chosen: self.list.row().map(|row| row.id),
        }
    }

    pub(super) fn restore(&mut self, place: &QuotesPlace) {
        if self.list.filter.text() != place.filter {
            self.list.filter = TextField::new(place.filter.clone());
        }
        if self.order != place.order {
            self.order = place.order;
            self.list.forget();
        }
        self.basket = place.basket;
        self.list.choose_when_listed(place.chosen);
    }
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_quotes(&mut self, by: isize) {
        self.quotes.list.step(by);
    }

    /// Sorts by what is named; by the next in turn if nothing is.
    pub(super) fn sort_quotes(&mut self, by: &str) -> Vec<Effect> {
        let held = QuoteOrder::ALL.iter().position(|order| *order == self.quotes.order).unwrap_or(0);
        let order = match by {
            "" => QuoteOrder::ALL.get((held + 1) % QuoteOrder::ALL.len()).copied(),
            word => QuoteOrder::parse(word),
        };
        match order {
            Some(order) => {
                self.quotes.order = order;
                self.quotes.list.forget();
                self.say(format!("Sorted by {}, starred ones first.", order.name()));
            }
            None => {
                let names: Vec<&str> = QuoteOrder::ALL.iter().map(|order| order.name()).collect();
                self.refuse(format!("Quotes cannot be sorted by “{by}”; there are {}.", names.join(", ")));
            }
        }
        Vec::new()
    }

    /// Shows the basket, or all quotes again.
    pub(super) fn toggle_basket(&mut self) -> Vec<Effect> {
        self.quotes.basket = !self.quotes.basket;
        self.quotes.list.list_again();
        Vec::new()
    }

    /// Lists quotes by a query.
    pub(super) fn filter_quotes(&mut self, query: &str) -> Vec<Effect> {
        if query.is_empty() {
            self.quotes.list.filter.offer();
            self.quotes.list.filtering = true;
        } else {
            self.quotes.list.filter = TextField::new(query.to_owned());
            self.quotes.list.filter_changed();
        }
        Vec::new()
    }

    /// Goes to where the chosen quote stands.
    pub(super) fn open_quote(&mut self) -> Vec<Effect> {
        self.quotes.list.leave_filter();
        let chosen = self.chosen_quote().map(|quote| quote.id);
        match chosen {
            Some(quote) => self.visit_quote(quote),
            None => {
                self.refuse("No quote is listed.");
                Vec::new()
            }
        }
    }

    /// The chosen quote of the screen.
    #[must_use]
    pub fn chosen_quote(&self) -> Option<&Quote> {
        self.quotes.list.row().and_then(|row| self.study.quotes().get(&row.id))
    }

    /// Takes in which quotes a query found.
    pub(super) fn quotes_found(
        &mut self,
        generation: u64,
        found: Result<BTreeSet<QuoteId>, Failed>,
    ) -> Vec<Effect> {
        let quotes = &mut self.quotes;
        if generation == quotes.generation {
            quotes.waiting = false;
            match found {
                Ok(found) => (quotes.found, quotes.failed) = (Some(found), None),
                Err(failed) => (quotes.found, quotes.failed) = (None, Some(failed)),
            }
            quotes.list.list_again();
        }
        Vec::new()
    }

    /// Lays out the screen for its part of the window, and asks what is to be asked.
    pub(super) fn arrange_quotes(&mut self) -> Vec<Effect> {
        let mut effects = self.ask_for_quotes();
        if self.complete {
            effects.extend(self.remember_definitions());
        }
        if self.complete && !self.quotes.list.is_fresh(self.sheets.version()) {
            self.list_quotes();
        }
        let body = self.body();
        self.quotes.preview.set_height(body.height);
        // One row is the header of the columns.
        let height = body.height.saturating_sub(1 + self.quotes.preview.height);
        self.quotes.list.settle(usize::from(height));
        effects.extend(self.lay_quote_preview(body.width));
        effects
    }

    /// Asks for the quotes that the query finds, if it is another one, or the study is.
    fn ask_for_quotes(&mut self) -> Vec<Effect> {
        let query = self.quotes.list.filter.text().trim().to_owned();
        let quotes = &mut self.quotes;
        if query.is_empty() {
            if quotes.asked.take().is_some() {
                quotes.generation += 1;
                (quotes.found, quotes.failed, quotes.waiting) = (None, None, false);
                quotes.of_all_layers = false;
                quotes.list.list_again();
            }
            return Vec::new();
        }
        let now = (query.clone(), self.sheets.version(), self.saving.saved_at);
        if !self.complete || quotes.asked.as_ref() == Some(&now) {
            return Vec::new();
        }
        quotes.asked = Some(now);
        quotes.generation += 1;
        quotes.waiting = true;
        // One that cannot be read finds nothing, and the answer says so.
        let parsed = Query::parse(&query, &FilterNames::of(&self.study));
        quotes.of_all_layers = parsed.is_ok_and(|query| query.names_coder());
        vec![Effect::FindQuotes { generation: quotes.generation, query }]
    }

    fn list_quotes(&mut self) {
        let version = self.sheets.version();
        if !self.quotes.list.is_made_of(version) {
            let (groups, all) = self.all_quote_rows();
            self.quotes.groups = groups;
            self.quotes.list.put(all, version);
        }
        let all = self.quotes.list.all();
        let rows: Vec<Arc<QuoteRow>> = if self.quotes.basket {
            let rows: std::collections::BTreeMap<QuoteId, &Arc<QuoteRow>> =
                all.iter().map(|row| (row.id, row)).collect();
            let entries = self.study.basket_entries().iter().filter(|entry| entry.coder == self.me.id);
            entries.filter_map(|entry| rows.get(&entry.quote).map(|row| Arc::clone(row))).collect()
        } else {
            let listed = |row: &&Arc<QuoteRow>| match &self.quotes.found {
                Some(found) => found.contains(&row.id),
                None => self.quotes.failed.is_none(),
            };
            let layers = match self.quotes.of_all_layers {
                true => ListedQuotes::of_all(),
                false => ListedQuotes::of(&self.study, self.me.id),
            };
            let in_layers = |row: &&Arc<QuoteRow>| {
                self.study.quotes().get(&row.id).is_some_and(|quote| layers.has(quote))
            };
            all.iter().filter(listed).filter(in_layers).cloned().collect()
        };
        self.quotes.counts = counts(&self.quotes.groups, &rows);
        self.quotes.refused = rows.iter().filter(|row| row.marks.refused).count();
        self.quotes.list.list(rows, None);
    }

    /// A row for each quote of a current revision, sorted, and the groups.
    fn all_quote_rows(&self) -> (Vec<String>, Vec<QuoteRow>) {
        let study = &self.study;
        let basket: BTreeSet<QuoteId> = study
            .basket_entries()
            .iter()
            .filter(|entry| entry.coder == self.me.id)
            .map(|entry| entry.quote)
            .collect();
        let people: std::collections::BTreeMap<_, _> = study
            .participants()
            .iter()
            .map(|person| (person.id, (group_of(study, person.id), study.may_quote(person.id))))
            .collect();
        let mut groups: Vec<String> =
            people.values().filter_map(|(group, _)| group.map(str::to_owned)).collect();
        groups.sort_unstable();
        groups.dedup();
        // A bit for each: more groups than that are no groups.
        groups.truncate(64);
        let says_heading =
            matches!(self.quotes.order, QuoteOrder::Code | QuoteOrder::Theme | QuoteOrder::Group);
        let row = |placed: Placed<'_>| {
            let quote = placed.quote;
            let speakers = placed.voices.iter().filter_map(|voice| voice.participant());
            let (mut bits, mut refused) = (0_u64, false);
            for speaker in speakers {
                let Some((group, may)) = people.get(&speaker) else { continue };
                refused |= !may;
                let at =
                    group.and_then(|group| groups.binary_search_by(|held| held.as_str().cmp(group)).ok());
                bits |= at.map_or(0, |at| 1 << at);
            }
            QuoteRow {
                id: quote.id,
                address: study.address_of(quote),
                who: self.voice_words(&placed.voices),
                heading: if says_heading { placed.heading.to_owned() } else { String::new() },
                marks: self.marks_of(quote, None, refused),
                in_basket: basket.contains(&quote.id),
                groups: bits,
            }
        };
        let rows = listed_quotes(study, &ListedQuotes::of_all(), |_| true, self.quotes.order)
            .into_iter()
            .map(row)
            .collect();
        (groups, rows)
    }

    /// Who speaks: names of participants, else the roles.
    fn voice_words(&self, voices: &[Voice]) -> String {
        let names: Vec<&str> = voices
            .iter()
            .filter_map(|voice| voice.participant())
            .filter_map(|id| self.study.participants().get(&id))
            .map(|person| person.name.as_str())
            .collect();
        match (names.as_slice(), voices) {
            ([], [voice, ..]) => voice.role().to_owned(),
            ([], []) => String::new(),
            (names, _) => names.join(", "),
        }
    }
}

/// How many rows hold words of each group that has any.
fn counts(groups: &[String], rows: &[Arc<QuoteRow>]) -> Vec<(String, usize)> {
    let count = |at: usize| rows.iter().filter(|row| row.groups & (1 << at) != 0).count();
    let counts = groups.iter().enumerate().map(|(at, name)| (name.clone(), count(at)));
    counts.filter(|(_, count)| *count > 0).collect()
}
