//! Where in its table a paragraph of HTML stands: cells that span columns and rows are counted, definition lists are tables of
//! two columns.

use super::html::Tag;
use crate::document::Cell;
use crate::document::tables::Tables;

/// No cell is higher; a span beyond it is damage.
const MOST_ROWS: usize = 1_000;

/// The tables that are open.
#[derive(Debug, Default)]
pub(super) struct Grid {
    tables: Tables,
    open: Vec<Rows>,
}

/// What is known of the rows of a table.
#[derive(Debug, Default)]
struct Rows {
    /// For each column, how many rows from the next one on a cell above takes.
    taken: Vec<usize>,
    /// The columns of the row under way so far.
    columns: usize,
    in_cell: bool,
    span: usize,
}

impl Grid {
    /// Takes a tag of a table or of a definition list.
    pub(super) fn take(&mut self, name: &str, tag: &Tag<'_>) {
        match (name, tag.closes) {
            ("table" | "dl", false) => {
                self.tables.open_table();
                self.open.push(Rows::default());
            }
            ("table" | "dl", true) => {
                self.close_cell();
                if self.open.pop().is_some() {
                    self.tables.close_table();
                }
            }
            ("tr", closes) => {
                self.close_cell();
                if !closes {
                    self.open_row();
                }
            }
            ("td" | "th", false) => {
                let number = |name| tag.attribute(name).and_then(|number| number.parse().ok()).unwrap_or(1);
                self.close_cell();
                self.open_cell(number("colspan"), number("rowspan"));
            }
            ("dt", false) => {
                self.close_cell();
                self.open_row();
                self.open_cell(1, 1);
            }
            ("dd", false) => {
                self.close_cell();
                if let Some(rows) = self.open.last_mut().filter(|rows| rows.columns == 0) {
                    rows.columns = 1;
                    self.tables.skip_columns(1);
                }
                self.open_cell(1, 1);
            }
            _ => self.close_cell(),
        }
    }

    /// The outermost cell that is open.
    pub(super) fn cell(&self) -> Option<Cell> {
        self.tables.cell()
    }

    fn open_row(&mut self) {
        if let Some(rows) = self.open.last_mut() {
            // What cells above take of the row that ends, behind its last cell.
            rows.taken.iter_mut().skip(rows.columns).for_each(|taken| *taken = taken.saturating_sub(1));
            rows.columns = 0;
            self.tables.open_row();
        }
    }

    fn open_cell(&mut self, columns: usize, height: usize) {
        let Some(rows) = self.open.last_mut() else { return };
        // Past what cells of rows above take.
        while let Some(taken) = rows.taken.get_mut(rows.columns).filter(|taken| **taken > 0) {
            *taken -= 1;
            rows.columns += 1;
            self.tables.skip_columns(1);
        }
        rows.span = columns.clamp(1, MOST_ROWS);
        rows.in_cell = true;
        if height > 1 {
            let end = rows.columns + rows.span;
            if rows.taken.len() < end {
                rows.taken.resize(end, 0);
            }
            let taken = rows.taken.get_mut(rows.columns..end).unwrap_or_default();
            taken.fill(height.min(MOST_ROWS) - 1);
        }
        self.tables.open_cell();
        self.tables.set_span(rows.span);
    }

    fn close_cell(&mut self) {
        if let Some(rows) = self.open.last_mut().filter(|rows| rows.in_cell) {
            rows.in_cell = false;
            rows.columns += rows.span;
            self.tables.close_cell();
        }
    }
}
