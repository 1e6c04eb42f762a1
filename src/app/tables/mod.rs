//! The tables of a paper: a list of them, then one with a cursor over its cells. Every number opens the quotes behind it,
//! a quote its place in the transcript, and one key goes back.

mod cells;
mod choosing;

use serde::{Deserialize, Serialize};

pub use cells::{HEAD_ROWS, LaidColumn};
pub use choosing::TableQuestion;

use super::listed::Roll;
use super::panels::{Quotes, lay_quote};
use super::{Effect, Model, Place, Screen, Spot};
use crate::analysis::{
    Basis, Measure, PaperCell, PaperTable, ReadTurns, Scope, TableKind, TableOptions, Together, make_table,
};

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
    /// The quotes behind the chosen number.
    pub quotes: Quotes,
    made_of: Option<(u64, TablesPlace)>,
    quotes_of: Option<(usize, usize, u16)>,
}

impl Tables {
    /// The table that is open.
    #[must_use]
    pub fn shown(&self) -> Option<&PaperTable> {
        self.table.as_ref()?.as_ref().ok().filter(|_| self.place.open.is_some())
    }

    /// The chosen cell.
    #[must_use]
    pub fn cell(&self) -> Option<&PaperCell> {
        self.shown()?.rows.get(self.place.row)?.cells.get(self.place.column)
    }

    /// Esc: from the quotes to the numbers, from the picture to the table, to everything being counted, to the list.
    pub(super) fn leave(&mut self) {
        let place = &mut self.place;
        if self.quotes.open {
            self.quotes.open = false;
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

    pub(super) fn note_place(&self, place: &mut Place) {
        place.tables = self.place.clone();
        place.tables.quote = self.quotes.open.then_some(self.quotes.chosen);
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.place = place.tables.clone();
        self.quotes.open = self.place.quote.is_some();
        self.quotes.chosen = self.place.quote.take().unwrap_or_default();
        if let Some(kind) = self.place.open {
            self.roll.chosen = TableKind::ALL.iter().position(|held| *held == kind).unwrap_or(0);
        }
    }

    /// The place among all and how many there are, in the list on top.
    pub(super) fn list_place(&self) -> (usize, usize) {
        if self.quotes.open {
            return (self.quotes.chosen, self.quotes.laid.len());
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
            tables.quotes.step(by);
        } else if tables.place.open.is_none() {
            tables.roll.step(by, TableKind::ALL.len());
        } else if tables.place.picture {
            tables.top = tables.top.saturating_add_signed(by);
        } else {
            tables.step_row(by);
        }
    }

    /// Enter: from the list to a table, from a number to its quotes, from a quote to its place in the transcript.
    pub(super) fn open_in_tables(&mut self) -> Vec<Effect> {
        if self.tables.quotes.open {
            let laid = self.tables.quotes.laid.get(self.tables.quotes.chosen);
            return laid.map(|laid| laid.quote).map_or_else(Vec::new, |quote| self.visit_quote(quote));
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
        let TablesPlace { by, with, code, filter, measure, together, .. } = held;
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
    }

    fn open_number(&mut self) -> Vec<Effect> {
        let Some(cell) = self.tables.cell() else { return Vec::new() };
        match cell.basis.clone() {
            Some(Basis::Quotes(_)) if !self.tables.quotes.laid.is_empty() => {
                self.leave_mark();
                self.tables.quotes.open = true;
                self.tables.quotes.chosen = 0;
            }
            Some(Basis::Quotes(_)) => self.refuse("No quotes stand behind this number."),
            Some(Basis::Place(transcript, span)) => return self.visit(Spot { transcript, span }),
            Some(Basis::People(people)) => {
                let names: Vec<&str> =
                    people.iter().take(12).map(|person| self.person_name(*person)).collect();
                let more = people.len().saturating_sub(names.len());
                let names = names.join(", ");
                self.say(match (people.len(), more) {
                    (0, _) => String::from("There is nobody of whom nothing is coded here."),
                    (_, 0) => format!("No quote of theirs is coded here: {names}."),
                    _ => format!("No quote of theirs is coded here: {names} and {more} more."),
                });
            }
            None => self.refuse("No quotes stand behind this cell: choose a number of people or codings."),
        }
        Vec::new()
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_tables(&mut self) {
        if !self.complete {
            return;
        }
        let body = self.body();
        if self.tables.place.open.is_none() {
            self.tables.roll.settle(TableKind::ALL.len(), usize::from(body.height));
            return;
        }
        self.make_paper_table();
        self.tables.lay(body.width, body.height);
        self.lay_table_quotes(body.width, usize::from(body.height.saturating_sub(2)));
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
            by: place.by.clone().filter(|_| kind.takes_groups()),
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
        self.tables.table = Some(made.map_err(|error| error.to_string()));
        self.tables.made_of = Some((made_of.0, self.tables.asked()));
        self.tables.quotes_of = None;
    }

    /// Lays out the quotes behind the chosen number.
    fn lay_table_quotes(&mut self, width: u16, height: usize) {
        let wanted = (self.tables.place.row, self.tables.place.column, width);
        if self.tables.quotes_of != Some(wanted) {
            let basis = self.tables.cell().and_then(|cell| cell.basis.clone());
            let behind = match basis {
                Some(Basis::Quotes(evidence)) => {
                    let scope = Scope::read(&self.tables.place.filter, &self.study).unwrap_or_default();
                    self.sheets.counter_by(&self.study, &scope, None).quotes_behind(&evidence)
                }
                _ => Vec::new(),
            };
            self.tables.quotes.laid =
                behind.iter().filter_map(|behind| lay_quote(&self.study, behind, width)).collect();
            self.tables.quotes_of = Some(wanted);
            self.tables.quotes.open &= !self.tables.quotes.laid.is_empty();
        }
        self.tables.quotes.keep_in_sight(height);
    }

    /// What stands above the quotes behind a number.
    #[must_use]
    pub fn table_quotes_title(&self) -> String {
        let tables = &self.tables;
        let quotes = crate::text::counted(tables.quotes.laid.len(), "quote", "quotes");
        let Some(table) = tables.shown() else { return quotes };
        let row = table.rows.get(tables.place.row).and_then(|row| row.cells.first());
        let head = table.head.get(tables.place.column);
        let (row, head) = (row.map(|cell| cell.value.shown()), head.map(|head| head.title.clone()));
        let named = self.named_in_row(table).map_or_else(String::new, |name| format!("{name} · "));
        format!("{} · {named}{} · {quotes}", row.unwrap_or_default(), head.unwrap_or_default())
    }

    /// The chosen cell in words, with what it counts.
    #[must_use]
    pub fn table_detail(&self) -> Option<String> {
        let table = self.tables.shown()?;
        let row = table.rows.get(self.tables.place.row)?;
        let head = table.head.get(self.tables.place.column)?;
        let value = self.tables.cell()?.value.shown();
        let name = row.cells.first()?.value.shown();
        if row.heading || value.is_empty() {
            return None;
        }
        let unit = head.unit.map(crate::analysis::Unit::word).filter(|unit| !unit.is_empty());
        let value = match unit {
            Some(unit) => format!("{value} {unit}"),
            None => value,
        };
        let named = self.named_in_row(table).map_or_else(String::new, |name| format!("{name} · "));
        Some(format!("{name} · {named}{} · {value}", head.title))
    }

    /// What the chosen number belongs to, if that is not what names its row.
    fn named_in_row(&self, table: &PaperTable) -> Option<String> {
        let place = &self.tables.place;
        let column = Some(cells::name_column(table, place.column)).filter(|column| *column > 0)?;
        let cell = table.rows.get(place.row)?.cells.get(column)?;
        Some(cell.value.shown()).filter(|name| !name.is_empty())
    }
}
