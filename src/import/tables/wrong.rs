//! What is wrong with a table, in words that a person can act on.

use std::fmt;

/// One wrong place of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// Line of the file, from 1.
    pub line: usize,
    /// The column, as its header names it; `None` if it is about the whole row.
    pub column: Option<String>,
    /// What is wrong and what to do.
    pub what: String,
}

/// Why a table was not taken in: as a whole, or for its wrong places. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// It is no such table at all.
    #[error("{0}")]
    Whole(String),
    /// Places that are wrong, in the order of the file; never none.
    #[error("{}", list(.0))]
    Cells(Vec<CellError>),
}

/// How many wrong places are told in full.
const TOLD: usize = 10;

impl TableError {
    pub(super) fn whole(what: impl Into<String>) -> Self {
        Self::Whole(what.into())
    }

    /// One wrong row.
    pub(super) fn row(line: usize, what: impl Into<String>) -> Self {
        Self::Cells(vec![CellError { line, column: None, what: what.into() }])
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "line {}, column '{column}': {}", self.line, self.what),
            None => write!(f, "line {}: {}", self.line, self.what),
        }
    }
}

fn list(cells: &[CellError]) -> String {
    let mut told: Vec<String> = cells.iter().take(TOLD).map(CellError::to_string).collect();
    match cells.len().saturating_sub(TOLD) {
        0 => {}
        1 => told.push("and 1 more is wrong".into()),
        more => told.push(format!("and {more} more are wrong")),
    }
    told.join("; ")
}

/// Wrong places, gathered while a table is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Findings(Vec<CellError>);

impl Findings {
    pub(in crate::import) fn row(&mut self, line: usize, what: impl Into<String>) {
        self.0.push(CellError { line, column: None, what: what.into() });
    }

    pub(in crate::import) fn cell(&mut self, line: usize, column: &str, what: impl Into<String>) {
        self.0.push(CellError { line, column: Some(column.to_owned()), what: what.into() });
    }

    /// `rows`, if nothing was wrong.
    pub(in crate::import) fn or<T>(mut self, rows: T) -> Result<T, TableError> {
        if self.0.is_empty() {
            return Ok(rows);
        }
        self.0.sort_by_key(|cell| cell.line);
        Err(TableError::Cells(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ten_wrong_places_are_told_in_the_order_of_the_file() {
        let mut findings = Findings::default();
        for line in (1..=12).rev() {
            findings.cell(line, "kind", "write interview or focus_group");
        }
        let error = findings.or(()).unwrap_err();
        let told = error.to_string();
        assert!(
            told.starts_with("line 1, column 'kind': write interview or focus_group; line 2, column 'kind'")
        );
        assert!(
            told.ends_with("line 10, column 'kind': write interview or focus_group; and 2 more are wrong")
        );
    }
}
