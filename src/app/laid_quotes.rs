//! Quotes under one another, each with its place, its marks and its words: what the panels, the tables of a paper, the desk
//! of a cell and the codebook list. A list may hold thousands; only those in sight are laid out, at every key, so that nothing
//! that was laid out can be out of date.
//!
//! Knows nothing of why a quote is listed; a screen says which ones are, and what stands behind their places.

use std::collections::BTreeMap;
use std::ops::Range;

use super::wrap::wrap_first;
use super::{Model, Screen};
use crate::analysis::Behind;
use crate::study::{Coding, CodingId, ParticipantId, Quote, QuoteId, Valence};

/// Rows that a quote shows which is not the chosen one.
const SHOWN: usize = 3;

/// What every list says of a quote in the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks, each with a glyph of its own")]
pub struct QuoteMarks {
    /// Its coder starred it.
    pub starred: bool,
    /// It stands in a draft.
    pub used: bool,
    /// Somebody in it did not agree to be quoted.
    pub refused: bool,
    /// It was coded before the definition of the code last changed.
    pub earlier: bool,
}

impl QuoteMarks {
    /// Each mark in words.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let said = [
            (self.starred, "starred"),
            (self.used, "used"),
            (self.refused, "must not be quoted"),
            (self.earlier, "earlier definition"),
        ];
        said.into_iter().filter(|(is, _)| *is).map(|(_, words)| words)
    }
}

/// A quote of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedQuote {
    /// Which.
    pub quote: QuoteId,
    /// The coding that it is listed for, if it is for one.
    pub coding: Option<CodingId>,
    /// Who is said to speak in it, if that is not everybody who does: a filter may leave people out.
    pub people: Option<Vec<ParticipantId>>,
}

impl From<QuoteId> for ListedQuote {
    fn from(quote: QuoteId) -> Self {
        Self { quote, coding: None, people: None }
    }
}

impl From<&Coding> for ListedQuote {
    fn from(coding: &Coding) -> Self {
        Self { quote: coding.quote, coding: Some(coding.id), people: None }
    }
}

impl From<&Behind> for ListedQuote {
    fn from(behind: &Behind) -> Self {
        Self { quote: behind.quote, coding: None, people: Some(behind.people.clone()) }
    }
}

/// A quote cut into rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaidQuote {
    /// Which.
    pub quote: QuoteId,
    /// The coding that it is listed for.
    pub coding: Option<CodingId>,
    /// What that says itself, where its code leaves it to it.
    pub valence: Option<Valence>,
    /// What is marked at it.
    pub marks: QuoteMarks,
    /// Where it stands, who speaks, and what else the list says: `I43:41 · P088`.
    pub place: String,
    /// Bytes of its text, a row each: all of the chosen one, of others the first.
    pub rows: Vec<Range<usize>>,
    /// Whether more of it follows unseen.
    pub cut: bool,
}

/// What a list is fitted into.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::app) struct Fit {
    /// Columns of the words.
    pub width: usize,
    /// Lines in sight.
    pub height: usize,
    /// Whether the chosen one shows all of its rows.
    pub opened: bool,
    /// Rows of the chosen one, where others than its own are shown.
    pub chosen_rows: Option<usize>,
    /// Lines behind the last quote.
    pub behind: usize,
    /// Lines of the chosen one that are scrolled out of sight.
    pub skip: usize,
}

/// A list of quotes.
#[derive(Clone, Debug, Default)]
pub struct LaidQuotes {
    /// Which one is chosen.
    pub chosen: usize,
    /// Those in sight; the first one is [`LaidQuotes::first`].
    pub in_sight: Vec<LaidQuote>,
    listed: Vec<ListedQuote>,
    /// Whether what is chosen is a place of the list that comes next, whatever stands there now.
    by_place: bool,
    /// The first line in sight: the quote, and how many of its lines stand above it.
    top: (usize, usize),
}

impl LaidQuotes {
    /// How many are listed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// The chosen quote.
    #[must_use]
    pub fn quote(&self) -> Option<QuoteId> {
        self.listed.get(self.chosen).map(|listed| listed.quote)
    }

    /// The chosen quote as it is laid out.
    #[must_use]
    pub fn laid(&self) -> Option<&LaidQuote> {
        self.in_sight.get(self.chosen.checked_sub(self.top.0)?)
    }

    /// The coding that the chosen quote is listed for.
    #[must_use]
    pub fn coding(&self) -> Option<CodingId> {
        self.listed.get(self.chosen)?.coding
    }

    /// Which one of the list a quote is.
    #[must_use]
    pub fn position(&self, quote: QuoteId) -> Option<usize> {
        self.listed.iter().position(|listed| listed.quote == quote)
    }

    /// All of them, in order.
    pub fn quotes(&self) -> impl Iterator<Item = QuoteId> {
        self.listed.iter().map(|listed| listed.quote)
    }

    /// Which one of the list is the first in sight, and how many of its lines stand above the window.
    #[must_use]
    pub fn first(&self) -> (usize, usize) {
        self.top
    }

    /// Lists these. The choice stays on its coding, else on its quote, wherever that stands now; where it is gone, in its place.
    pub(in crate::app) fn list(&mut self, listed: Vec<ListedQuote>) {
        let held = self.listed.get(self.chosen).filter(|_| !self.by_place);
        let stays = held.and_then(|held| {
            let same = |new: &ListedQuote| (new.quote, new.coding) == (held.quote, held.coding);
            let same = listed.iter().position(same);
            same.or_else(|| listed.iter().position(|new| new.quote == held.quote))
        });
        self.chosen = stays.unwrap_or(self.chosen);
        if let Some(last) = listed.len().checked_sub(1) {
            self.chosen = self.chosen.min(last);
        }
        (self.listed, self.by_place) = (listed, false);
    }

    /// Chooses the first one, of another list if one comes.
    pub(in crate::app) fn rewind(&mut self) {
        self.begin_at(0);
        self.top = (0, 0);
    }

    /// Chooses the one at that place of the list that comes next.
    pub(in crate::app) fn begin_at(&mut self, place: usize) {
        (self.chosen, self.by_place) = (place, true);
    }

    /// Moves the choice by so many quotes.
    pub(in crate::app) fn step(&mut self, by: isize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(self.len().saturating_sub(1));
        self.by_place = false;
    }

    /// About how many quotes a page of so many lines is.
    pub(in crate::app) fn page(&self, lines: isize) -> isize {
        (lines / (SHOWN.cast_signed() + 1)).max(1)
    }
}

impl Model {
    /// The list of quotes that the keys of lists act on, if it is one.
    pub(in crate::app) fn quotes_to_step(&self) -> Option<&LaidQuotes> {
        match self.screen {
            Screen::Panels => self.panels.quotes.open.then_some(&self.panels.quotes.list),
            Screen::Tables => self.tables.quotes.open.then_some(&self.tables.quotes.list),
            Screen::Codebook => self.codebook.page.lists_quotes().then_some(&self.codebook.codings),
            Screen::Matrix => self.matrix.desk.as_ref().map(|desk| &desk.list),
            _ => None,
        }
    }

    /// Lays out those of a list that are in sight, moved as little as possible to show the chosen one, its first line above all.
    /// `more` says what stands behind a place. Gives back how many lines of the chosen one are scrolled out of sight: no more than
    /// there are.
    pub(in crate::app) fn lay_in_sight(
        &self,
        list: &mut LaidQuotes,
        fit: Fit,
        more: impl Fn(&Quote, Option<&Coding>) -> Vec<String>,
    ) -> usize {
        list.chosen = list.chosen.min(list.len().saturating_sub(1));
        let chosen = list.chosen;
        let mut laid: BTreeMap<usize, LaidQuote> = BTreeMap::new();
        let mut lines = |at: usize| {
            let Some(listed) = list.listed.get(at) else { return 0 };
            let rows = if fit.opened && at == chosen { usize::MAX } else { SHOWN };
            let quote = laid.entry(at).or_insert_with(|| self.lay_quote(listed, (fit.width, rows), &more));
            let own = quote.rows.len();
            1 + fit.chosen_rows.filter(|_| at == chosen).unwrap_or(own)
        };
        let mut top = list.top;
        if top.1 >= lines(top.0) {
            // It was the chosen one, and shows fewer rows now.
            top = (top.0 + 1, 0);
        }
        // The furthest up that still shows the last line of the chosen one.
        let behind = if chosen + 1 >= list.listed.len() { fit.behind } else { 0 };
        let mut least = (chosen, 0);
        let mut shown = lines(chosen) + behind;
        let skip = fit.skip.min(shown.saturating_sub(fit.height));
        while shown < fit.height && least.0 > 0 {
            least.0 -= 1;
            shown += lines(least.0);
        }
        if least.0 < chosen {
            least.1 = shown.saturating_sub(fit.height);
        }
        top = top.max(least).min((chosen, 0));
        if skip > 0 {
            top = (chosen, skip);
        }
        let mut end = top.0;
        let mut shown = 0;
        while end < list.listed.len() && shown < fit.height + top.1 {
            shown += lines(end);
            end += 1;
        }
        let in_sight = (top.0..end).filter_map(|at| laid.remove(&at)).collect();
        (list.top, list.in_sight) = (top, in_sight);
        skip
    }

    fn lay_quote(
        &self,
        listed: &ListedQuote,
        (width, most): (usize, usize),
        more: impl Fn(&Quote, Option<&Coding>) -> Vec<String>,
    ) -> LaidQuote {
        let ListedQuote { quote: id, coding: coding_id, people } = listed;
        let coding = coding_id.and_then(|id| self.study.codings().get(&id));
        let mut laid = LaidQuote {
            quote: *id,
            coding: *coding_id,
            valence: coding.and_then(|coding| coding.valence),
            marks: QuoteMarks::default(),
            place: String::new(),
            rows: Vec::new(),
            cut: false,
        };
        let Some(quote) = self.study.quotes().get(id) else { return laid };
        let people = people.clone().unwrap_or_else(|| self.study.people_of_quote(quote));
        let names = people.iter().filter_map(|person| self.study.participants().get(person));
        let names: Vec<&str> = names.map(|person| person.name.as_str()).collect();
        let who = if names.is_empty() { String::from("no participant") } else { names.join(", ") };
        let pieces = [self.study.address_of(quote), who].into_iter().chain(more(quote, coding));
        laid.place = pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" · ");
        laid.marks = self.marks_of(quote, coding, self.study.refuses_quoting(quote));
        (laid.rows, laid.cut) = wrap_first(&quote.text, width, most);
        laid
    }

    /// What is marked at a quote that is listed for a coding, or for itself; `refused` if somebody in it did not agree to be
    /// quoted.
    pub(in crate::app) fn marks_of(
        &self,
        quote: &Quote,
        coding: Option<&Coding>,
        refused: bool,
    ) -> QuoteMarks {
        let earlier = match coding {
            Some(coding) => self.is_of_earlier_definition(coding),
            None => self.study.codings_on(quote.id).any(|coding| self.is_of_earlier_definition(coding)),
        };
        let used = self.study.drafts_with(quote.id).next().is_some();
        QuoteMarks { starred: quote.starred, used, refused, earlier }
    }
}
