//! A printed table as data, and how it is written: one format a file.
//!
//! A grid is a table as a paper or appendix has it: a title, a head, rows under block titles, notes below. Who makes one
//! decides what stands in it; the writers decide nothing but its form. Files that import reads back are
//! [`Rows`](super::Rows) instead.

mod csv;
mod docx;
mod latex;
mod markdown;
mod text;
mod xlsx;

pub(super) use text::wrap;

pub use csv::guarded;
pub(super) use latex::escape as escape_latex;
pub(super) use markdown::escape as escape_markdown;
pub(super) use xlsx::{
    ABOUT as ABOUT_SHEET, fit as fit_xlsx, is_too_long, properties as xlsx_properties, row_height,
};

use super::Format;

/// A table to print.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Its title. May be empty.
    pub title: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<GridRow>,
    /// What stands below it, a paragraph each.
    pub notes: Vec<String>,
}

/// A row of a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridRow {
    /// Its cells; fewer than columns leaves the rest blank.
    pub cells: Vec<Cell>,
    /// A block title: its first cell stands across the table.
    pub heading: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text, which may have several lines.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A number with so many places behind the point.
    Decimal {
        /// The number.
        value: f64,
        /// Places behind the point.
        places: u8,
    },
    /// Nothing.
    Blank,
}

impl Cell {
    /// Text; an empty one is a blank.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// What is read in it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Decimal { value, places } => format!("{value:.*}", usize::from(*places)),
            Self::Blank => String::new(),
        }
    }

    /// Whether it may stand among figures, to the right: `12`, `1.5`, `12 (34)`, `3/85`, `<10`.
    fn is_figure(&self) -> bool {
        match self {
            Self::Count(_) | Self::Decimal { .. } => true,
            Self::Blank => false,
            Self::Text(text) => {
                text.chars().any(|c| c.is_ascii_digit())
                    && text.chars().all(|c| c.is_ascii_digit() || " .,()/%<>–-−".contains(c))
            }
        }
    }
}

impl Cell {
    /// Whether it is a figure wherever it stands: a number, or what only a table writes.
    fn is_surely_figure(&self) -> bool {
        match self {
            Self::Text(text) => self.is_figure() && text.contains(['(', '/', '%', '<', '>']),
            _ => self.is_figure(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Self {
        Self::Count(i64::from(count))
    }
}

impl GridRow {
    /// A row of cells.
    #[must_use]
    pub fn of(cells: Vec<Cell>) -> Self {
        Self { cells, heading: false }
    }

    /// A block title across the table.
    #[must_use]
    pub fn heading(title: impl Into<String>) -> Self {
        Self { cells: vec![Cell::text(title)], heading: true }
    }

    /// The block title, where it is one.
    fn title(&self) -> Option<String> {
        self.heading.then(|| self.cells.first().map(Cell::shown).unwrap_or_default())
    }
}

/// A table that a format has no room for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// A spreadsheet ends before the table does.
    #[error("the table does not fit into a spreadsheet ({0}); write it as CSV")]
    Xlsx(String),
    /// A page is too narrow for so many columns.
    #[error("the table has {0} columns, for which a page of Word has no room; write it as xlsx or csv")]
    Docx(usize),
}

impl Grid {
    /// The same for other programs: what block titles say stands in each row below them, in a column of its own in front of the
    /// others, and no name is set in.
    #[must_use]
    pub fn with_titles_as(mut self, column: &str) -> Self {
        let has_titles = self.rows.iter().any(|row| row.heading);
        if has_titles {
            self.head.insert(0, column.to_owned());
        }
        let mut above = Cell::Blank;
        let mut rows = Vec::with_capacity(self.rows.len());
        for mut row in self.rows {
            if let Some(title) = row.title() {
                above = Cell::text(title);
                continue;
            }
            if let Some(Cell::Text(name)) = row.cells.first_mut() {
                *name = name.trim_start().to_owned();
            }
            if has_titles {
                row.cells.insert(0, above.clone());
            }
            rows.push(row);
        }
        Self { rows, ..self }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If the format cannot hold so large a table.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, GridError> {
        Ok(match format {
            Format::Text => text::write(self, text::WIDTH).into_bytes(),
            Format::Markdown => markdown::write(self).into_bytes(),
            Format::Latex => latex::write(self).into_bytes(),
            Format::Csv => csv::write(self),
            Format::Docx => return docx::write(self),
            Format::Xlsx => return xlsx::write(self),
        })
    }

    /// How many of its texts a cell of that format does not hold whole.
    #[must_use]
    pub fn cut_cells(&self, format: Format) -> usize {
        let is_cut = |cell: &&Cell| matches!(cell, Cell::Text(text) if is_too_long(text));
        match format {
            Format::Xlsx => self.rows.iter().flat_map(|row| &row.cells).filter(is_cut).count(),
            _ => 0,
        }
    }

    /// Its words without their form, a cell a paragraph, the same for every format: what is looked through for identifiers.
    #[must_use]
    pub fn words(&self) -> String {
        let cells = self.rows.iter().flat_map(|row| &row.cells).map(Cell::shown);
        let head = std::iter::once(&self.title).chain(&self.head).cloned();
        let words = head.chain(cells).chain(self.notes.iter().cloned()).filter(|text| !text.is_empty());
        words.collect::<Vec<_>>().join("\n\n")
    }

    /// As plain text whose lines are no wider than `columns` cells, if its words let it.
    #[must_use]
    pub fn to_text(&self, columns: usize) -> String {
        text::write(self, columns)
    }

    /// How many columns it has.
    fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(self.head.len())
    }

    /// The cells of a column, block titles aside.
    fn column(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter(|row| !row.heading).filter_map(move |row| row.cells.get(column))
    }

    /// Which columns hold figures and nothing else. Words of a researcher that happen to be digits (`-4`) are none.
    fn figures(&self) -> Vec<bool> {
        let holds_figures = |column| {
            let held: Vec<&Cell> = self.column(column).filter(|cell| **cell != Cell::Blank).collect();
            held.iter().all(|cell| cell.is_figure()) && held.iter().any(|cell| cell.is_surely_figure())
        };
        (0..self.columns()).map(holds_figures).collect()
    }

    /// How much room each column wants against the others: its longest cell, long text held back so that a column of
    /// quotations leaves room for its neighbours.
    fn weights(&self) -> Vec<u32> {
        let weigh = |column: usize| {
            let head = self.head.get(column).map_or(0, |head| head.chars().count());
            let cells = self.column(column).map(|cell| cell.shown().chars().count()).max().unwrap_or(0);
            let longest = cells.max(head).max(4);
            u32::try_from(if longest > 24 { 24 + (longest - 24).min(400) / 8 } else { longest }).unwrap_or(24)
        };
        (0..self.columns()).map(weigh).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_text() {
        for figure in ["12", "12 (34)", "3/85", "<10", "1.5", "−0.2"] {
            assert!(Cell::text(figure).is_figure(), "{figure}");
        }
        for text in ["", "–", "12 people", "I43:41"] {
            assert!(!Cell::text(text).is_figure(), "{text}");
        }
    }

    #[test]
    fn words_that_are_digits_are_no_column_of_figures() {
        let row = |text: &str, share: &str| GridRow::of(vec![text.into(), share.into(), 4_u32.into()]);
        let rows = vec![row("-4", "3/85"), row("", "12 (34)")];
        assert_eq!(Grid { rows, ..Grid::default() }.figures(), [false, true, true]);
    }

    #[test]
    fn block_titles_become_a_column_and_names_are_not_set_in() {
        let block =
            |name: &str| vec![GridRow::heading(name), GridRow::of(vec!["\u{2003}x".into(), 1_u32.into()])];
        let grid = Grid {
            head: vec!["name".into(), "n".into()],
            rows: [block("A"), block("B")].concat(),
            ..Grid::default()
        };
        let flat = grid.with_titles_as("block");
        assert_eq!(flat.write(Format::Csv).unwrap(), b"block,name,n\nA,x,1\nB,x,1\n");
        let plain = Grid { rows: flat.rows.clone(), head: flat.head.clone(), ..Grid::default() };
        assert_eq!(plain.clone().with_titles_as("block"), plain, "without titles there is no column more");
    }

    #[test]
    fn decimals_keep_their_places() {
        assert_eq!(Cell::Decimal { value: 0.5, places: 2 }.shown(), "0.50");
        assert_eq!(Cell::Decimal { value: 12.0, places: 0 }.shown(), "12");
    }
}
