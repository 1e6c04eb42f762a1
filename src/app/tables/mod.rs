//! The tables of a paper: a list of them, then one with a cursor over its cells. Every number opens the quotes behind it,
//! a quote its place in the transcript, and one key goes back.

mod cells;
mod choosing;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use cells::{HEAD_ROWS, LaidColumn, parted_title, row_names};
pub use choosing::TableQuestion;

use super::laid_quotes::{Fit, ListedQuote};
use super::listed::Roll;
use super::panels::{MARGIN, Quotes};
use super::wrap::wrap;
use super::{Effect, Model, Place, Screen, Spot};
use crate::analysis::{
    Basis, CellValue, MOST_GROUPS, Measure, PaperCell, PaperTable, Scope, TableError, TableKind, TableOption,
    TableOptions, Together, Unit, make_table,
};
use crate::search::ReadTurns;
use crate::study::{CodeId, QuoteId};
use crate::text::counted;

/// Where the coder is in the tables, and how they are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TablesPlace {
    /// Which table is open; `None` for the list of them.
    pub open: Option<TableKind>,
    /// Which row is chosen.
    pub row: usize,
    /// Which column is chosen.
    pub column: usize,
    /// The attribute whose groups stand side by side.
    pub by: Option<String>,
    /// A second attribute, across.
    pub with: Option<String>,
    /// Only this code, in a crosstab.
    pub code: Option<String>,
    /// Only this is counted.
    pub filter: String,
    /// People or codings.
    pub measure: Measure,
    /// What together means.
    pub together: Together,
    /// Whether the picture is shown.
    pub picture: bool,
    /// Which quote is chosen behind a number, if they are listed.
    pub quote: Option<usize>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Where the coder is.
    pub place: TablesPlace,
    /// The choice in the list of tables.
    pub roll: Roll,
    /// The table, or why there is none.
    pub table: Option<Result<PaperTable, String>>,
    /// The first row in sight.
    pub top: usize,
    /// The first column in sight behind that of names.
    pub left: usize,
    /// The columns in sight.
    pub columns: Vec<LaidColumn>,
    widths: Vec<cells::Width>,
    /// The quotes behind the chosen number, once they are asked for.
    pub quotes: Quotes,
    /// How many participants speak in them, of those that the number counts.
    speakers: usize,
    /// How many transcripts they stand in.
    transcripts: usize,
    /// How the table was counted and what it leaves out, in rows that fit the window.
    pub notes: Notes,
    /// Whether the table was refused as its groups are too many.
    too_many: bool,
    made_of: Option<(u64, TablesPlace)>,
    quotes_of: Option<(usize, usize)>,
}

/// What stands below a table.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Whether they are read in place of the numbers.
    pub open: bool,
    /// The first row in sight.
    pub top: usize,
    /// The rows, an empty one between two notes.
    pub rows: Vec<String>,
    /// The columns that they fit.
    width: Option<u16>,
}

impl Tables {
    /// The table that is open.
    #[must_use]
    pub fn shown(&self) -> Option<&PaperTable> {
        self.table.as_ref()?.as_ref().ok().filter(|_| self.place.open.is_some())
    }

    /// Whether the table is seen as a picture, in which nothing is chosen.
    #[must_use]
    pub fn is_seen_as_picture(&self) -> bool {
        let is_covered = self.quotes.open || self.notes.open;
        self.place.picture && !is_covered && self.shown().is_some_and(|table| table.picture.is_some())
    }

    /// The chosen cell.
    #[must_use]
    pub fn cell(&self) -> Option<&PaperCell> {
        self.shown()?.rows.get(self.place.row)?.cells.get(self.place.column)
    }

    /// The chosen quote behind a number, if they are listed.
    pub(super) fn quote(&self) -> Option<QuoteId> {
        self.quotes.list.quote().filter(|_| self.quotes.open)
    }

    /// The codes that the chosen number counts, if not all.
    pub(super) fn codes_asked(&self) -> Option<BTreeSet<CodeId>> {
        let evidence = self.cell()?.basis.as_ref()?.evidence()?;
        evidence.codes.as_deref().cloned()
    }

    /// Esc: from the quotes to the numbers, from the picture to the table, to everything being counted, to the list.
    pub(super) fn leave(&mut self) {
        let place = &mut self.place;
        if self.quotes.open {
            self.quotes.open = false;
        } else if self.notes.open {
            self.notes.open = false;
        } else if place.picture {
            place.picture = false;
        } else if !place.filter.is_empty() {
            place.filter.clear();
        } else {
            place.open = None;
        }
    }

    /// Whether Esc does something.
    pub(super) fn can_leave(&self) -> bool {
        self.quotes.open || self.place.open.is_some()
    }

    /// Wraps the notes for the window, and keeps those that are read in it.
    fn lay_notes(&mut self, width: u16, height: u16) {
        if self.notes.width != Some(width) {
            let table = self.table.as_ref().and_then(|table| table.as_ref().ok());
            let notes = table.map_or(&[][..], |table| table.notes.as_slice());
            let room = usize::from(width.saturating_sub(2)).clamp(10, 80);
            let rows = |note: &String| -> Vec<String> {
                let rows = wrap(note, room).into_iter();
                rows.map(|row| note.get(row).unwrap_or_default().trim_end().to_owned()).collect()
            };
            self.notes.rows = notes.iter().map(rows).collect::<Vec<_>>().join(&String::new());
            self.notes.width = Some(width);
        }
        let last = self.notes.rows.len().saturating_sub(usize::from(height));
        self.notes.top = self.notes.top.min(last);
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.tables = self.place.clone();
        place.tables.quote = self.quotes.open.then_some(self.quotes.list.chosen);
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.place = place.tables.clone();
        self.quotes.open = self.place.quote.is_some();
        self.quotes.list.begin_at(self.place.quote.take().unwrap_or_default());
        if let Some(kind) = self.place.open {
            self.roll.chosen = TableKind::ALL.iter().position(|held| *held == kind).unwrap_or(0);
        }
    }

    /// The place among all and how many there are, in the list on top.
    pub(super) fn list_place(&self) -> (usize, usize) {
        if self.quotes.open {
            return (self.quotes.list.chosen, self.quotes.list.len());
        }
        match self.shown() {
            Some(table) => (self.place.row, table.rows.len()),
            None => (self.roll.chosen, TableKind::ALL.len()),
        }
    }

    /// What the table is made of, without where the cursor is.
    fn asked(&self) -> TablesPlace {
        TablesPlace { row: 0, column: 0, picture: false, quote: None, ..self.place.clone() }
    }
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_tables(&mut self, by: isize) {
        let tables = &mut self.tables;
        if tables.quotes.open {
            tables.quotes.list.step(by);
        } else if tables.place.open.is_none() {
            tables.roll.step(by, TableKind::ALL.len());
        } else if tables.notes.open {
            tables.notes.top = tables.notes.top.saturating_add_signed(by);
        } else if tables.place.picture {
            tables.top = tables.top.saturating_add_signed(by);
        } else {
            tables.step_row(by);
        }
    }

    /// Enter: from the list to a table, from a number to its quotes, from a quote to its place in the transcript.
    pub(super) fn open_in_tables(&mut self) -> Vec<Effect> {
        if self.tables.quotes.open {
            let quote = self.tables.quotes.list.quote();
            return quote.map_or_else(Vec::new, |quote| self.visit_quote(quote));
        }
        if self.tables.place.open.is_none() {
            let kind = TableKind::ALL.get(self.tables.roll.chosen).copied();
            self.open_table(kind);
            return Vec::new();
        }
        self.open_number()
    }

    /// Opens a table, or the list of them. The present place can be gone back to.
    pub(super) fn open_table(&mut self, kind: Option<TableKind>) {
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Tables;
        let held = std::mem::take(&mut self.tables.place);
        let TablesPlace { mut by, mut with, code, filter, measure, together, .. } = held;
        // What was refused here is not asked of the next table again.
        if std::mem::take(&mut self.tables.too_many) {
            (by, with) = (None, None);
        }
        let (row, column, picture, quote) = (0, 0, false, None);
        self.tables.place = TablesPlace {
            open: kind,
            row,
            column,
            by,
            with,
            code,
            filter,
            measure,
            together,
            picture,
            quote,
        };
        (self.tables.top, self.tables.left) = (0, 0);
        self.tables.quotes = Quotes::default();
        self.tables.notes.open = false;
    }

    fn open_number(&mut self) -> Vec<Effect> {
        let Some(cell) = self.tables.cell() else { return Vec::new() };
        let is_zero = cell.value == CellValue::Number(0);
        match cell.basis.clone() {
            Some(basis @ (Basis::Quotes(_) | Basis::Quote(..))) => {
                self.find_table_quotes();
                if self.tables.quotes.list.is_empty() {
                    self.refuse("No quotes stand behind this number.");
                    return Vec::new();
                }
                self.leave_mark();
                let quotes = &mut self.tables.quotes;
                quotes.open = true;
                // Where the words of one stand in the cell, that one is chosen.
                quotes.list.chosen = match basis {
                    Basis::Quote(id, _) => quotes.list.position(id).unwrap_or(0),
                    _ => 0,
                };
            }
            Some(Basis::Place(transcript, span)) => return self.visit(Spot { transcript, span }),
            Some(Basis::People(people)) if people.is_empty() => {
                self.say("There is nobody of whom nothing is coded here.");
            }
            Some(Basis::People(people)) => return self.list_uncoded(&people),
            None if is_zero => self.refuse("No quotes stand behind this number."),
            None => self.refuse("No quotes stand behind this cell: choose a number of people or codings."),
        }
        Vec::new()
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_tables(&mut self) -> Vec<Effect> {
        if !self.complete {
            return Vec::new();
        }
        let body = self.body();
        if self.tables.place.open.is_none() {
            self.tables.roll.settle(TableKind::ALL.len(), usize::from(body.height));
            return Vec::new();
        }
        self.make_paper_table();
        self.tables.lay(body.width, body.height);
        self.tables.lay_notes(body.width, body.height);
        if !self.tables.quotes.open {
            return Vec::new();
        }
        self.find_table_quotes();
        let effects = self.remember_definitions();
        let mut list = std::mem::take(&mut self.tables.quotes.list);
        self.tables.quotes.open = !list.is_empty();
        let width = usize::from(body.width.saturating_sub(MARGIN));
        let height = usize::from(body.height.saturating_sub(1));
        self.lay_in_sight(&mut list, Fit { width, height, opened: true, ..Fit::default() }, |_, _| {
            Vec::new()
        });
        self.tables.quotes.list = list;
        effects
    }

    /// Makes the table, if it is not that of the present study and options.
    fn make_paper_table(&mut self) {
        let made_of = (self.sheets.version(), self.tables.asked());
        if self.tables.table.is_some() && self.tables.made_of.as_ref() == Some(&made_of) {
            return;
        }
        let Some(kind) = self.tables.place.open else { return };
        // What the filter names may be gone since; then all is counted, and the header says nothing of a filter.
        let scope = Scope::read(&self.tables.place.filter, &self.study).unwrap_or_else(|_| {
            self.tables.place.filter.clear();
            Scope::default()
        });
        let place = &self.tables.place;
        let options = TableOptions {
            only: place.filter.clone(),
            by: place.by.clone().filter(|_| kind.takes(TableOption::By)),
            with: place.with.clone(),
            code: place.code.clone(),
            measure: place.measure,
            counts: true,
            together: place.together,
            ..TableOptions::default()
        };
        let read: &ReadTurns = &self.read_marks;
        let counter = self.sheets.counter_by(&self.study, &scope, None);
        let made = make_table(kind, &counter, &options, Some(read));
        self.tables.widths = made.as_ref().map(cells::widths_of).unwrap_or_default();
        self.tables.too_many = matches!(made, Err(TableError::TooMany { .. }));
        self.tables.table = Some(made.map_err(|error| match error {
            TableError::TooMany { name, values } => format!(
                "“{name}” has {values} values, and a table sets at most {MOST_GROUPS} side by side; choose fewer participants \
                 with {}, or another attribute with {}",
                self.keys_of("filter_table"),
                self.keys_of("group_table"),
            ),
            error @ TableError::NobodyMeets(_) => {
                format!("{error}; {} chooses another filter", self.keys_of("filter_table"))
            }
            error => error.to_string(),
        }));
        self.tables.made_of = Some((made_of.0, self.tables.asked()));
        self.tables.quotes_of = None;
        self.tables.notes.width = None;
    }

    /// Finds the quotes behind the chosen number, if those are not here already.
    fn find_table_quotes(&mut self) {
        let wanted = (self.tables.place.row, self.tables.place.column);
        if self.tables.quotes_of == Some(wanted) {
            return;
        }
        let evidence = self.tables.cell().and_then(|cell| cell.basis.as_ref()?.evidence().cloned());
        let behind = evidence.as_ref().map_or_else(Vec::new, |evidence| {
            let scope = Scope::read(&self.tables.place.filter, &self.study).unwrap_or_default();
            self.sheets.counter_by(&self.study, &scope, None).quotes_behind(evidence)
        });
        let only = evidence.and_then(|evidence| evidence.people);
        let speakers = behind.iter().flat_map(|behind| &behind.people);
        let speakers: BTreeSet<_> =
            speakers.filter(|person| only.as_ref().is_none_or(|only| only.contains(*person))).collect();
        self.tables.speakers = speakers.len();
        let quotes = behind.iter().filter_map(|behind| self.study.quotes().get(&behind.quote));
        self.tables.transcripts = quotes.map(|quote| quote.transcript).collect::<BTreeSet<_>>().len();
        self.tables.quotes.list.list(behind.iter().map(ListedQuote::from).collect());
        self.tables.quotes_of = Some(wanted);
    }

    /// Shows the notes in place of the numbers, or the numbers again.
    pub(super) fn turn_table_notes(&mut self) -> Vec<Effect> {
        let notes = &mut self.tables.notes;
        (notes.open, notes.top) = (!notes.open, 0);
        self.tables.quotes.open = false;
        Vec::new()
    }

    /// Of what the table is: what is counted at all, and codings, where those are counted in place of people. Empty where
    /// everything is counted as it usually is.
    #[must_use]
    pub fn table_scope_words(&self) -> String {
        let place = &self.tables.place;
        let by_codings = place.open.is_some_and(|kind| kind.takes(TableOption::Count))
            && place.measure == Measure::Codings;
        let codings = if by_codings { "counts codings" } else { "" };
        let words = [codings, place.filter.as_str()];
        words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What stands above the quotes behind a number.
    #[must_use]
    pub fn table_quotes_title(&self) -> String {
        let tables = &self.tables;
        let mut quotes = counted(tables.quotes.list.len(), "quote", "quotes");
        let Some(table) = tables.shown() else { return quotes };
        let mut speakers = counted(tables.speakers, "participant", "participants");
        let row = table.rows.get(tables.place.row).and_then(|row| row.cells.get(row_names(table)));
        let head = table.head.get(tables.place.column);
        // The number that was chosen must be found again in what it opened: a quote may have several codings, and those of one
        // code on quotes that overlap are one.
        if let Some(Unit::Codings) = head.and_then(|head| head.unit)
            && let Some(CellValue::Number(codings)) = tables.cell().map(|cell| &cell.value)
            && usize::try_from(*codings).is_ok_and(|codings| codings != tables.quotes.list.len())
        {
            quotes = format!("{} on {quotes}", counted(*codings as usize, "coding", "codings"));
        }
        if head.is_some_and(|head| matches!(head.unit, Some(Unit::Transcripts | Unit::Mixed))) {
            speakers.push_str(&format!(" in {}", counted(tables.transcripts, "transcript", "transcripts")));
        }
        let (row, head) = (row.map(|cell| cell.value.shown()), head.map(|head| head.title.clone()));
        let named = self.named_in_row(table).map_or_else(String::new, |name| format!(" · {name}"));
        // Numbers first: names are long, and a narrow window cuts the end.
        format!("{quotes} of {speakers} · {} · {}{named}", head.unwrap_or_default(), row.unwrap_or_default())
    }

    /// The chosen cell in words, with what it counts.
    #[must_use]
    pub fn table_detail(&self) -> Option<String> {
        let table = self.tables.shown()?;
        let row = table.rows.get(self.tables.place.row)?;
        let head = table.head.get(self.tables.place.column)?;
        let value = self.tables.cell()?.value.shown();
        let name = row.cells.get(row_names(table))?.value.shown();
        if row.heading || value.is_empty() {
            return None;
        }
        let unit = head.unit.map(Unit::word).filter(|unit| !unit.is_empty());
        let value = match unit {
            Some(unit) => format!("{value} {unit}"),
            None => value,
        };
        let named = self.named_in_row(table).map_or_else(String::new, |name| format!(" · {name}"));
        Some(format!("{value} · {} · {name}{named}", head.title))
    }

    /// What the chosen number belongs to, if that is not what names its row.
    fn named_in_row(&self, table: &PaperTable) -> Option<String> {
        let place = &self.tables.place;
        let column =
            Some(cells::name_column(table, place.column)).filter(|column| *column > row_names(table))?;
        let cell = table.rows.get(place.row)?.cells.get(column)?;
        Some(cell.value.shown()).filter(|name| !name.is_empty())
    }
}
