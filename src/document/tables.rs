//! Where in a table a paragraph stands. Tables within tables are flattened: their paragraphs belong to the outer cell.

use super::Cell;

/// No grid is wider; a span beyond it is damage.
const MOST_COLUMNS: usize = 1_000;

/// The tables that are open, and how many there were.
#[derive(Debug, Default)]
pub(super) struct Tables {
    count: usize,
    open: Vec<Table>,
}

#[derive(Debug, Default)]
struct Table {
    rows: usize,
    /// Column of the cell under way, or of the next.
    column: usize,
    span: usize,
    in_cell: bool,
    dropped: bool,
}

impl Tables {
    pub(super) fn open_table(&mut self) {
        if self.open.is_empty() {
            self.count += 1;
        }
        self.open.push(Table::default());
    }

    pub(super) fn close_table(&mut self) {
        self.open.pop();
    }

    pub(super) fn open_row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            *table = Table { rows: table.rows + 1, ..Table::default() };
        }
    }

    /// Leaves the row under way out: it was deleted.
    pub(super) fn drop_row(&mut self) {
        if let Some(table) = self.open.last_mut()
            && !table.dropped
        {
            table.dropped = true;
            table.rows = table.rows.saturating_sub(1);
        }
    }

    pub(super) fn open_cell(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.in_cell = true;
            table.span = 1;
        }
    }

    /// How many columns the cell under way is wide.
    pub(super) fn set_span(&mut self, columns: usize) {
        if let Some(table) = self.open.last_mut() {
            table.span = columns.clamp(1, MOST_COLUMNS);
        }
    }

    pub(super) fn close_cell(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.column += table.span;
            table.in_cell = false;
        }
    }

    /// Leaves columns of the row empty.
    pub(super) fn skip_columns(&mut self, columns: usize) {
        if let Some(table) = self.open.last_mut() {
            table.column += columns.min(MOST_COLUMNS);
        }
    }

    /// The outermost cell that is open.
    pub(super) fn cell(&self) -> Option<Cell> {
        let table = self.open.first().filter(|table| table.in_cell)?;
        Some(Cell {
            table: self.count.saturating_sub(1),
            row: table.rows.saturating_sub(1),
            column: table.column,
        })
    }

    /// Whether what is read now stands in a deleted row.
    pub(super) fn is_dropped(&self) -> bool {
        self.open.iter().any(|table| table.dropped)
    }
}
