//! The cursor over the cells of a table, and which of them are in sight.

use unicode_width::UnicodeWidthStr;

use super::Tables;
use crate::analysis::{Head, PaperTable, TableKind};
use crate::app::wrap::wrap;

/// Columns of the names of rows at most.
const NAME_WIDTH: u16 = 34;
/// Columns of other words at most; the chosen cell is said in full below.
const WORDS: u16 = 30;
/// Columns that words need where they are cut.
const LEAST_WORDS: u16 = 14;
/// Columns of a number at least, and of its title at most.
const NARROWEST: u16 = 5;
const WIDEST: u16 = 14;
/// Rows of the titles of columns.
pub const HEAD_ROWS: u16 = 3;

/// What a column of the window takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Width {
    /// For its longest cell and the longest word above it.
    wanted: u16,
    /// What it gets if there is enough.
    given: u16,
}

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
        let Some(table) = self.shown() else { return };
        let first = row_names(table) + 1;
        let last = table.head.len().saturating_sub(1).max(first);
        self.place.column = self.place.column.saturating_add_signed(by).clamp(first, last);
    }

    /// Keeps the cursor on a cell and in sight.
    pub(super) fn lay(&mut self, width: u16, height: u16) {
        let Some(Ok(table)) = &self.table else { return };
        let place = &mut self.place;
        let names = row_names(table);
        if place.column <= names || place.column >= table.head.len() {
            // The first number, where there is one.
            let number = table.head.iter().position(|head| head.unit.is_some());
            place.column = number.unwrap_or((names + 1).min(table.head.len().saturating_sub(1)));
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
        self.left = self.left.clamp(names + 1, place.column.max(names + 1));
        loop {
            self.columns = laid(table, &self.widths, self.left, width, name_column(table, place.column));
            if self.columns.iter().any(|held| held.column == place.column) || self.left >= place.column {
                return;
            }
            self.left += 1;
        }
    }
}

/// The column that names a row on the screen: of the themes their name, as their component names several.
#[must_use]
pub fn row_names(table: &PaperTable) -> usize {
    let theme = |head: &Head| table.kind == TableKind::Themes && head.key == "theme";
    table.head.iter().position(theme).unwrap_or_else(|| table.names())
}

/// The column of words that a number belongs to: the first one, which names the row, but where a second one does. A row of
/// the themes has a barrier and a facilitator, and a number beside the wrong one would lie.
pub(super) fn name_column(table: &PaperTable, column: usize) -> usize {
    match table.kind {
        TableKind::Joint => 1.min(column),
        // In the list of pairs the first number is of both codes, and one of the others of the second.
        TableKind::Cooccurrence => match table.head.get(column).map(|head| head.key.as_str()) {
            Some("together" | "second") => 1.min(column),
            _ => row_names(table),
        },
        TableKind::Themes => {
            // `barrier_people` counts what stands under `barriers`.
            let key = table.head.get(column).map_or("", |head| head.key.as_str());
            let side = key.split('_').next().unwrap_or_default();
            let names = |head: &Head| head.unit.is_none() && head.key.starts_with(side);
            table.head.iter().take(column).position(names).unwrap_or_else(|| row_names(table))
        }
        _ => row_names(table),
    }
}

/// The name of each row and, if it would be out of sight, the column that the chosen number belongs to; then as many columns
/// as fit from `left` on.
fn laid(table: &PaperTable, widths: &[Width], left: usize, width: u16, named: usize) -> Vec<LaidColumn> {
    let of = |column: usize| widths.get(column).copied().unwrap_or_default();
    let names = row_names(table);
    // As wide as it wants where all columns fit beside it.
    let others = (names + 1..table.head.len()).map(|column| of(column).given + 2).sum::<u16>();
    let mut columns = Vec::new();
    let mut x = 1;
    // What stands before the names is shown where everything is.
    for column in table.names()..names {
        let given = of(column).given;
        if x + given + 2 + of(names).given + 2 + others <= width {
            columns.push(LaidColumn { column, x, width: given });
            x += given + 2;
        }
    }
    let room = width.saturating_sub(others + x).max(NAME_WIDTH.min((width * 2 / 5).max(10)));
    let name = of(names).wanted.min(room);
    columns.push(LaidColumn { column: names, x, width: name });
    x += name + 2;
    if named > names && named < left {
        // A number and its gap keep their room.
        let room = width.saturating_sub(x + WIDEST + 2);
        let wanted = of(named).given.min(room);
        columns.push(LaidColumn { column: named, x, width: wanted });
        x += wanted + 2;
    }
    let fixed = columns.len();
    for column in left..table.head.len() {
        let wanted = of(column).given;
        let room = width.saturating_sub(x);
        let is_words = table.head.get(column).is_some_and(|head| head.unit.is_none());
        // Words may be cut, as the chosen cell is said in full below; numbers may not.
        if wanted > room && columns.len() > fixed && !(is_words && room >= LEAST_WORDS) {
            break;
        }
        columns.push(LaidColumn { column, x, width: wanted.min(room) });
        x += wanted + 2;
    }
    let wanted = |held: &LaidColumn| match table.head.get(held.column) {
        Some(head) if head.unit.is_none() => of(held.column).wanted,
        _ => held.width,
    };
    widen(&mut columns, width, wanted);
    columns
}

/// Gives what is left of the window to the columns that are narrower than they want to be, as evenly as can be.
fn widen(columns: &mut [LaidColumn], width: u16, wanted: impl Fn(&LaidColumn) -> u16) {
    let mut left = columns.last().map_or(0, |last| width.saturating_sub(last.x + last.width + 1));
    while left > 0 {
        let narrow = columns.iter_mut().filter(|held| held.width < wanted(held));
        let Some(narrowest) = narrow.min_by_key(|held| held.width) else { break };
        narrowest.width += 1;
        left -= 1;
    }
    let mut x = columns.first().map_or(0, |first| first.x);
    for held in columns {
        held.x = x;
        x += held.width + 2;
    }
}

/// What each column of a table takes. It is measured when the table is made, not at every key.
pub(super) fn widths_of(table: &PaperTable) -> Vec<Width> {
    let width = |(column, head): (usize, &Head)| {
        let wanted = wanted_by(table, column);
        let given = match head.unit {
            Some(_) => {
                let least = wanted.clamp(NARROWEST, WIDEST);
                let (name, of) = parted_title(&head.title);
                let rows = usize::from(HEAD_ROWS) - usize::from(!of.is_empty());
                let fits = |width: &u16| wrap(name, usize::from(*width)).len() <= rows;
                (least..=WIDEST).find(fits).unwrap_or(WIDEST)
            }
            None => wanted.clamp(4, WORDS),
        };
        Width { wanted, given }
    };
    table.head.iter().enumerate().map(width).collect()
}

/// The title of a column in its name and its N, which has a row of its own: `clinician` and `(N = 66)`.
#[must_use]
pub fn parted_title(title: &str) -> (&str, &str) {
    match title.find(" (N = ") {
        Some(at) => (title.get(..at).unwrap_or(title), title.get(at + 1..).unwrap_or_default()),
        None => (title, ""),
    }
}

/// The columns of the window that the longest cell of a column takes, and the longest word above it.
fn wanted_by(table: &PaperTable, column: usize) -> u16 {
    let cells = table.rows.iter().filter(|row| !row.heading).filter_map(|row| {
        let cell = row.cells.get(column)?;
        let indent = if column == row_names(table) { row.indent * 2 } else { 0 };
        Some(cell.value.shown().width() + indent)
    });
    let longest = u16::try_from(cells.max().unwrap_or(0)).unwrap_or(u16::MAX);
    let (name, of) = parted_title(table.head.get(column).map_or("", |head| head.title.as_str()));
    let word = name.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0).max(of.width());
    longest.max(u16::try_from(word).unwrap_or(u16::MAX))
}
