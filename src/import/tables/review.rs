//! A review sheet that comes back: what a coauthor decided on codes and themes, from a workbook or a Word table.
//!
//! Columns may stand in any order, and more may have been added. Which code a row is about is said by its reference alone:
//! names may have changed on either side.

use super::{Findings, TableError};
use crate::document::{self, Document};
use crate::study::{Decision, fold_short_name};

/// The columns of a review sheet that are read. Name, component and definition are what the decision was made on.
pub const REVIEW_COLUMNS: [&str; 7] =
    ["combe reference", "name", "component", "definition", "decision", "comment", "proposed component"];

/// What a sheet says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Reviews {
    /// Rows that say what they are about.
    pub(in crate::import) rows: Vec<ReviewRow>,
    /// Cells that are wrong by themselves: told together with those that are wrong for this study.
    pub(in crate::import) findings: Findings,
}

/// One row, filled in or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct ReviewRow {
    /// Its row in the sheet, from 1.
    pub(in crate::import) line: usize,
    /// See [`Study::review_reference`](crate::study::Study::review_reference).
    pub(in crate::import) reference: String,
    /// The name as the sheet has it.
    pub(in crate::import) name: String,
    /// The component as the sheet has it; `None` if the sheet has lost that column.
    pub(in crate::import) shown_component: Option<String>,
    /// What it means, as the sheet has it; `None` if the sheet has lost that column.
    pub(in crate::import) shown_definition: Option<String>,
    /// The decision, where one is given.
    pub(in crate::import) decision: Option<Decision>,
    /// The comment.
    pub(in crate::import) comment: String,
    /// The component that is proposed, as written.
    pub(in crate::import) component: String,
}

impl ReviewRow {
    /// Whether nobody wrote anything into it.
    pub(in crate::import) fn is_blank(&self) -> bool {
        self.decision.is_none() && self.comment.is_empty() && self.component.is_empty()
    }
}

/// Reads a file as a review sheet; `None` if it is none.
pub(super) fn read(extension: &str, bytes: &[u8]) -> Option<Result<Reviews, TableError>> {
    let rows = match extension {
        "xlsx" => document::first_sheet(bytes).ok()?,
        // What a document is its bytes say: .docx and .odt alike.
        _ => cells_of(&document::read("sheet.docx", bytes).ok()?),
    };
    let is_head = |row: &Vec<String>| place(row, REVIEW_COLUMNS[0]).is_some();
    let head = rows.iter().position(is_head)?;
    Some(read_rows(&rows, head))
}

fn place(row: &[String], column: &str) -> Option<usize> {
    let wanted = fold_short_name(column);
    row.iter().position(|cell| fold_short_name(cell) == wanted)
}

fn read_rows(rows: &[Vec<String>], head: usize) -> Result<Reviews, TableError> {
    let blank = Vec::new();
    let columns = rows.get(head).unwrap_or(&blank);
    let places = REVIEW_COLUMNS.map(|column| place(columns, column));
    let [reference, _, shown_component, shown_definition, decision, comment, _] = places;
    if decision.is_none() || comment.is_none() {
        let what = "the review sheet has lost its column “decision” or “comment”; give it back its name";
        return Err(TableError::whole(what));
    }
    let mut reviews = Reviews::default();
    let findings = &mut reviews.findings;
    for (line, row) in (1..).zip(rows).skip(head + 1) {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let [_, name, _, _, decision, comment, component] = places.map(cell);
        let reference = cell(reference);
        let is_blank = decision.is_empty() && comment.is_empty() && component.is_empty();
        if reference.is_empty() && is_blank {
            continue;
        }
        if reference.is_empty() {
            let what = "this row says nothing of which code it is about; write into the rows that are there";
            findings.cell(line, REVIEW_COLUMNS[0], what);
            continue;
        }
        let decided = Decision::parse(decision);
        if decided.is_none() && !decision.is_empty() {
            let what = format!("“{}” is no decision; write agree, question or propose", short(decision));
            findings.cell(line, "decision", what);
        }
        reviews.rows.push(ReviewRow {
            line,
            reference: reference.to_owned(),
            name: name.to_owned(),
            shown_component: shown_component.map(|at| cell(Some(at)).to_owned()),
            shown_definition: shown_definition.map(|at| cell(Some(at)).to_owned()),
            decision: decided,
            comment: comment.to_owned(),
            component: component.to_owned(),
        });
    }
    Ok(reviews)
}

/// A word as a message shows it: somebody may have written a page into the wrong column.
fn short(word: &str) -> String {
    const MOST: usize = 30;
    match word.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", word.get(..at).unwrap_or_default()),
        None => word.to_owned(),
    }
}

/// The cells of all tables of a document, one row below the other; lines of a cell are joined.
fn cells_of(document: &Document) -> Vec<Vec<String>> {
    let mut rows: Vec<((usize, usize), Vec<String>)> = Vec::new();
    for line in &document.lines {
        let Some(cell) = line.cell else { continue };
        let here = (cell.table, cell.row);
        if rows.last().is_none_or(|(at, _)| *at != here) {
            rows.push((here, Vec::new()));
        }
        let Some((_, cells)) = rows.last_mut() else { continue };
        if cells.len() <= cell.column {
            cells.resize(cell.column + 1, String::new());
        }
        let held = &mut cells[cell.column];
        if !held.is_empty() {
            held.push('\n');
        }
        held.push_str(&line.text);
    }
    rows.into_iter().map(|(_, cells)| cells).collect()
}
