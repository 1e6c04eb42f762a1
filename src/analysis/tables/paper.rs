//! The plain structure of a table: headings, rows of cells, notes, and for each number what stands behind it.

use super::{Basis, Picture, TableKind};
use crate::study::QuoteId;

/// A table of a paper.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperTable {
    /// Which one.
    pub kind: TableKind,
    /// What stands above it.
    pub title: String,
    /// The conditions under which it counts, as they were given; empty where it counts everything.
    pub only: String,
    /// Its columns.
    pub head: Vec<Head>,
    /// Its rows, each with as many cells as there are columns.
    pub rows: Vec<PaperRow>,
    /// How it was counted and what it leaves out, a sentence each.
    pub notes: Vec<String>,
    /// The same as a picture, where there is one.
    pub picture: Option<Picture>,
    /// Quotes whose words stand in it.
    pub quoted: Vec<QuoteId>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The word of JSON and other programs, unique in the table.
    pub key: String,
    /// What stands above the column.
    pub title: String,
    /// What its numbers count; `None` for words.
    pub unit: Option<Unit>,
    /// Whether the heading above each row says the same: it is for other programs, and is not printed twice.
    pub said_above: bool,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Participants.
    People,
    /// Codings; overlapping ones of one code are one.
    Codings,
    /// Transcripts.
    Transcripts,
    /// Turns.
    Turns,
    /// Codes.
    Codes,
    /// Pairs of codings that overlap.
    Pairs,
    /// Per cent.
    Percent,
    /// Whatever its row says.
    Mixed,
}

impl Unit {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Unit::People => "participants",
            Unit::Codings => "codings",
            Unit::Transcripts => "transcripts",
            Unit::Turns => "turns",
            Unit::Codes => "codes",
            Unit::Pairs => "pairs of codings",
            Unit::Percent => "per cent",
            Unit::Mixed => "",
        }
    }
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaperRow {
    /// Whether it is a heading over the rows below it.
    pub heading: bool,
    /// How deep its first cell stands, from 0.
    pub indent: usize,
    /// Its cells.
    pub cells: Vec<PaperCell>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaperCell {
    /// What it says.
    pub value: CellValue,
    /// What stands behind it.
    pub basis: Option<Basis>,
}

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum CellValue {
    /// Words.
    Words(String),
    /// A count.
    Number(u32),
    /// A number in tenths, printed with one decimal unless that is 0.
    Tenths(u32),
    /// A share of nothing, which is no number: a dash where it is read, nothing where it is counted with.
    OfNothing,
    /// Nothing: there can be no number here.
    #[default]
    Blank,
}

impl CellValue {
    /// The cell as it is printed.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            CellValue::Words(words) => words.clone(),
            CellValue::Number(number) => number.to_string(),
            CellValue::Tenths(tenths) if tenths.is_multiple_of(10) => (tenths / 10).to_string(),
            CellValue::Tenths(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
            CellValue::OfNothing => String::from("–"),
            CellValue::Blank => String::new(),
        }
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, CellValue::Number(_) | CellValue::Tenths(_))
    }
}

impl PaperCell {
    /// Words with nothing behind them.
    pub(super) fn words(words: impl Into<String>) -> Self {
        Self { value: CellValue::Words(words.into()), basis: None }
    }

    /// A number with nothing behind it: an N of an outer frame.
    pub(super) fn bare(number: u32) -> Self {
        Self { value: CellValue::Number(number), basis: None }
    }

    /// A share in tenths, and what its number stands on.
    pub(super) fn tenths(tenths: u32, basis: impl Into<Basis>) -> Self {
        Self { value: CellValue::Tenths(tenths), basis: Some(basis.into()) }
    }

    /// A share in tenths of so many, and what its number stands on.
    pub(super) fn share(tenths: u32, of: u32, basis: impl Into<Basis>) -> Self {
        let value = if of == 0 { CellValue::OfNothing } else { CellValue::Tenths(tenths) };
        Self { value, basis: Some(basis.into()) }
    }

    /// A number and what stands behind it.
    pub(super) fn number(number: u32, basis: impl Into<Basis>) -> Self {
        Self { value: CellValue::Number(number), basis: Some(basis.into()) }
    }
}

impl PaperRow {
    pub(super) fn of(cells: Vec<PaperCell>) -> Self {
        Self { heading: false, indent: 0, cells }
    }

    /// A heading over so many columns.
    pub(super) fn heading(words: impl Into<String>, columns: usize) -> Self {
        let mut cells = vec![PaperCell::words(words)];
        cells.resize_with(columns.max(1), PaperCell::default);
        Self { heading: true, indent: 0, cells }
    }
}

impl Head {
    /// A column of words.
    pub(super) fn words(key: &str, title: impl Into<String>) -> Self {
        Self { key: key.to_owned(), title: title.into(), unit: None, said_above: false }
    }

    /// A column of numbers.
    pub(super) fn numbers(key: impl Into<String>, title: impl Into<String>, unit: Unit) -> Self {
        Self { key: key.into(), title: title.into(), unit: Some(unit), said_above: false }
    }

    /// The same, not printed where headings of rows say it.
    pub(super) fn said_above(self) -> Self {
        Self { said_above: true, ..self }
    }
}

/// A word for JSON and other programs: lower case, letters and digits with underscores between.
pub(super) fn key_of(name: &str) -> String {
    let folded = crate::text::fold_name(name);
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c.is_alphanumeric() || c == '+' {
            key.push(c);
        } else if !key.ends_with('_') && !key.is_empty() {
            key.push('_');
        }
    }
    key.trim_end_matches('_').to_owned()
}

impl PaperTable {
    pub(super) fn new(kind: TableKind, title: impl Into<String>, head: Vec<Head>) -> Self {
        let (rows, notes, quoted) = (Vec::new(), Vec::new(), Vec::new());
        let (title, only) = (title.into(), String::new());
        let mut table = Self { kind, title, only, head, rows, notes, picture: None, quoted };
        table.tell_keys_apart();
        table
    }

    /// Two groups may fold to one word: then the later one gets a number.
    fn tell_keys_apart(&mut self) {
        for at in 0..self.head.len() {
            let (before, rest) = self.head.split_at_mut(at);
            let Some(head) = rest.first_mut() else { continue };
            let plain = head.key.clone();
            let mut number = 2;
            while before.iter().any(|held| held.key == head.key) {
                head.key = format!("{plain}_{number}");
                number += 1;
            }
        }
    }

    /// Its title where it leaves the program: with the conditions under which it counts, so that two files of one table can be
    /// told apart.
    #[must_use]
    pub fn full_title(&self) -> String {
        match self.only.as_str() {
            "" => self.title.clone(),
            only => format!("{}; only {only}", self.title),
        }
    }

    /// The column that names a row where it is printed.
    #[must_use]
    pub fn names(&self) -> usize {
        self.head.iter().position(|head| !head.said_above).unwrap_or(0)
    }

    /// Says a sentence below the table.
    pub(super) fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }
}
