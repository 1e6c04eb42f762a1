//! The cursor over the cells of a table, and which of them are in sight.

use unicode_width::UnicodeWidthStr;

use super::Tables;
use crate::analysis::{Head, PaperTable, TableKind};

/// Columns of the names of rows at most.
const NAME_WIDTH: u16 = 34;
/// Columns of other words at most; the chosen cell is said in full below.
const WORDS: u16 = 30;
/// Columns of a number at least, and of its title at most.
const NARROWEST: u16 = 7;
const WIDEST: u16 = 14;
/// Rows of the titles of columns.
pub const HEAD_ROWS: u16 = 3;

/// A column in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaidColumn {
    /// Which of the table.
    pub column: usize,
    /// First column of the window.
    pub x: u16,
    /// Columns of the window, the gap behind it not counted.
    pub width: u16,
}

impl Tables {
    /// Moves the cursor by rows; headings are passed over.
    pub(super) fn step_row(&mut self, by: isize) {
        let Some(table) = self.shown() else { return };
        let rows: Vec<usize> =
            table.rows.iter().enumerate().filter(|(_, row)| !row.heading).map(|(at, _)| at).collect();
        let here = rows.partition_point(|row| *row < self.place.row);
        let there = here.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        self.place.row = rows.get(there).copied().unwrap_or(0);
    }

    /// Moves the cursor by columns.
    pub(in crate::app) fn step_cell(&mut self, by: isize) {
        let columns = self.shown().map_or(0, |table| table.head.len());
        self.place.column = self
            .place
            .column
            .saturating_add_signed(by)
            .clamp(1.min(columns), columns.saturating_sub(1).max(1));
    }

    /// Keeps the cursor on a cell and in sight.
    pub(super) fn lay(&mut self, width: u16, height: u16) {
        let Some(Ok(table)) = &self.table else { return };
        let place = &mut self.place;
        if place.column == 0 || place.column >= table.head.len() {
            // The first number, where there is one.
            let number = table.head.iter().position(|head| head.unit.is_some());
            place.column = number.unwrap_or(1.min(table.head.len().saturating_sub(1)));
        }
        let heading = |at: usize| table.rows.get(at).is_some_and(|row| row.heading);
        place.row = place.row.min(table.rows.len().saturating_sub(1));
        if heading(place.row) {
            let below = (place.row..table.rows.len()).find(|at| !heading(*at));
            place.row = below.unwrap_or(place.row);
        }
        let rows = usize::from(height.saturating_sub(HEAD_ROWS)).max(1);
        if place.picture {
            let all = table.picture.as_ref().map_or(0, |picture| match picture {
                crate::analysis::Picture::Bars { pairs, .. } => pairs.len(),
                crate::analysis::Picture::Curve { .. } => 0,
            });
            self.top = self.top.min(all.saturating_sub(usize::from(height.saturating_sub(1))));
            return;
        }
        // The heading above the first row stays in sight.
        let first = if place.row > 0 && heading(place.row - 1) { place.row - 1 } else { place.row };
        self.top = self.top.max((place.row + 1).saturating_sub(rows)).min(first);
        self.left = self.left.clamp(1, place.column.max(1));
        loop {
            self.columns = laid(table, self.left, width, name_column(table, place.column));
            if self.columns.iter().any(|held| held.column == place.column) || self.left >= place.column {
                return;
            }
            self.left += 1;
        }
    }
}

/// The column of words that a number belongs to: the first one, which names the row, but where a second one does. A row of
/// the themes has a barrier and a facilitator, and a number beside the wrong one would lie.
pub(super) fn name_column(table: &PaperTable, column: usize) -> usize {
    match table.kind {
        TableKind::Sample | TableKind::Joint => 1.min(column),
        TableKind::Themes => {
            // `barrier_people` counts what stands under `barriers`.
            let key = table.head.get(column).map_or("", |head| head.key.as_str());
            let side = key.split('_').next().unwrap_or_default();
            let names = |head: &Head| head.unit.is_none() && head.key.starts_with(side);
            table.head.iter().take(column).position(names).unwrap_or(0)
        }
        _ => 0,
    }
}

/// The name of each row and, if it would be out of sight, the column that the chosen number belongs to; then as many columns
/// as fit from `left` on.
fn laid(table: &PaperTable, left: usize, width: u16, named: usize) -> Vec<LaidColumn> {
    let name = width_of(table, 0).min(NAME_WIDTH).min((width * 2 / 5).max(10));
    let mut columns = vec![LaidColumn { column: 0, x: 1, width: name }];
    let mut x = 1 + name + 2;
    if named > 0 && named < left {
        // A number and its gap keep their room.
        let room = width.saturating_sub(x + WIDEST + 2);
        let wanted = width_of(table, named).min(room);
        columns.push(LaidColumn { column: named, x, width: wanted });
        x += wanted + 2;
    }
    let fixed = columns.len();
    for column in left..table.head.len() {
        let wanted = width_of(table, column);
        if x + wanted > width && columns.len() > fixed {
            break;
        }
        let room = width.saturating_sub(x);
        columns.push(LaidColumn { column, x, width: wanted.min(room) });
        x += wanted + 2;
    }
    columns
}

/// The columns of the window that a column wants.
fn width_of(table: &PaperTable, column: usize) -> u16 {
    let cells = table.rows.iter().filter(|row| !row.heading).filter_map(|row| {
        let cell = row.cells.get(column)?;
        let indent = if column == 0 { row.indent * 2 } else { 0 };
        Some(cell.value.shown().width() + indent)
    });
    let longest = u16::try_from(cells.max().unwrap_or(0)).unwrap_or(u16::MAX);
    let Some(head) = table.head.get(column) else { return NARROWEST };
    let word = head.title.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let word = u16::try_from(word).unwrap_or(u16::MAX);
    match head.unit {
        Some(_) => longest.max(word).clamp(NARROWEST, WIDEST),
        None => longest.max(word).clamp(4, WORDS),
    }
}
