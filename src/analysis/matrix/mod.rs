//! The framework matrix: cases by topics, the evidence of every cell and what was written of it.
//!
//! The evidence of a cell is counted as everything is here: quotes of the layer of record, for a person those that share a
//! word of their speech, in interviews and focus groups alike; for a transcript those in which a participant speaks, or
//! several at once. It depends on the case and the topic alone, not on how the matrix is laid out, so that a summary is
//! stale or not wherever it is looked at. Rows and columns are chosen by a [`MatrixPlan`].

mod basis;
mod columns;
mod elsewhere;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use basis::{Moved, basis_of, rests_on};
pub use columns::{ColumnsBy, MatrixColumn};
pub use elsewhere::{Elsewhere, Shows};
pub use rows::{MatrixRow, RowsBy};

use super::{Counter, Group, Scope};
use crate::study::{Case, CoderId, QuoteId, Study, Summary, SummaryId, SummaryState, Topic};

/// How the matrix is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixPlan {
    /// What the rows are.
    pub rows: RowsBy,
    /// What the columns are.
    pub columns: ColumnsBy,
    /// The attribute that rows are grouped by.
    pub group: Option<String>,
    /// Attributes that rows are sorted by, the first one above all; then by name.
    pub sort: Vec<String>,
    /// Only cases that this chooses are rows. The evidence in their cells is all there is.
    pub only: Scope,
}

/// Why there is no matrix of a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Columns by something that is not in the study.
    #[error("there is no framework “{name}” in the study; there is {known}")]
    NoFramework {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// An attribute that nothing has.
    #[error("neither participants nor transcripts have an attribute “{name}”; there is {known}")]
    NoAttribute {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellState {
    /// The case says nothing on the topic, and nobody wrote anything.
    #[default]
    Nothing,
    /// There is evidence, and nobody wrote of it.
    Evidence,
    /// A summary is written.
    Drafted,
    /// A summary is checked against the quotes.
    Checked,
    /// The evidence is another one than the summary was written on.
    Stale,
}

impl CellState {
    /// All of them, in the order of a legend.
    pub const ALL: [CellState; 5] =
        [CellState::Nothing, CellState::Evidence, CellState::Drafted, CellState::Checked, CellState::Stale];

    /// The word used on screens and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CellState::Nothing => "nothing",
            CellState::Evidence => "evidence",
            CellState::Drafted => "drafted",
            CellState::Checked => "checked",
            CellState::Stale => "stale",
        }
    }

    /// Reads that word in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<CellState> {
        let word = crate::text::fold_name(word);
        CellState::ALL.into_iter().find(|state| state.name() == word)
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixCell {
    /// What the case says on the topic, in the order of the study.
    pub evidence: Vec<QuoteId>,
    /// The summary that is shown: the viewer's own, else the one written last.
    pub summary: Option<SummaryId>,
    /// What it holds; with a summary, what that makes of it.
    pub state: CellState,
    /// What other coders wrote, the latest first, and what each makes of it.
    pub others: Vec<(SummaryId, CellState)>,
}

impl MatrixCell {
    /// All that was written of it, the one that is shown first, each with what it makes of the cell.
    pub fn summaries(&self) -> impl Iterator<Item = (SummaryId, CellState)> {
        self.summary.map(|shown| (shown, self.state)).into_iter().chain(self.others.iter().copied())
    }
}

/// How many cells hold what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    counts: [u32; 5],
}

impl StateCounts {
    /// Takes a cell in.
    pub fn add(&mut self, state: CellState) {
        for (count, each) in self.counts.iter_mut().zip(CellState::ALL) {
            *count += u32::from(each == state);
        }
    }

    /// Cells in a state.
    #[must_use]
    pub fn of(&self, state: CellState) -> u32 {
        let at = CellState::ALL.iter().position(|each| *each == state);
        at.and_then(|at| self.counts.get(at)).copied().unwrap_or(0)
    }
}

/// The matrix of a study.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// Its rows in order. Rows of persons below their focus group have a depth of 1.
    pub rows: Vec<MatrixRow>,
    /// The groups of rows in order, if they are grouped.
    pub groups: Vec<Group>,
    /// Its columns in order.
    pub columns: Vec<MatrixColumn>,
    /// The cells of each case that is a row, by the place that the row names.
    cells: Vec<Vec<MatrixCell>>,
}

impl Matrix {
    /// Makes the matrix of a plan as `viewer` sees it. The counter counts everything: [`MatrixPlan::only`] chooses rows.
    ///
    /// # Errors
    /// If the plan names what is not in the study.
    pub fn of(
        counter: &Counter<'_>,
        plan: &MatrixPlan,
        viewer: Option<CoderId>,
    ) -> Result<Matrix, PlanError> {
        let study = counter.study();
        let columns = columns::columns_of(study, &plan.columns)?;
        let (mut rows, groups) = rows::rows_of(study, plan)?;
        let mut places: BTreeMap<Case, usize> = BTreeMap::new();
        for row in &mut rows {
            let next = places.len();
            row.cells = *places.entry(row.case).or_insert(next);
        }
        let mut cells = vec![vec![MatrixCell::default(); columns.len()]; places.len()];
        for (at, column) in columns.iter().enumerate() {
            for (case, quote) in evidence_of(counter, column) {
                let cell = places.get(&case).and_then(|place| cells.get_mut(*place)?.get_mut(at));
                if let Some(cell) = cell {
                    cell.evidence.push(quote);
                    cell.state = CellState::Evidence;
                }
            }
        }
        let by_topic: BTreeMap<&Topic, usize> =
            columns.iter().enumerate().map(|(at, column)| (&column.topic, at)).collect();
        let mut summaries: Vec<&Summary> = study.summaries().iter().collect();
        // The viewer's own comes last of all, and is what is shown.
        summaries.sort_by_key(|summary| (Some(summary.coder) == viewer, summary.at, summary.id));
        for summary in summaries {
            let Some(at) = by_topic.get(&summary.topic) else { continue };
            let place = places.get(&summary.case).and_then(|place| cells.get_mut(*place));
            let (Some(cell), Some(column)) = (place.and_then(|row| row.get_mut(*at)), columns.get(*at))
            else {
                continue;
            };
            if let Some(before) = cell.summary.replace(summary.id) {
                cell.others.insert(0, (before, cell.state));
            }
            cell.state = state_of(study, summary, &cell.evidence, column);
        }
        Ok(Matrix { rows, groups, columns, cells })
    }

    /// A cell by its row and column.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&MatrixCell> {
        self.cells.get(self.rows.get(row)?.cells)?.get(column)
    }
}

/// What a summary makes of its cell.
fn state_of(study: &Study, summary: &Summary, evidence: &[QuoteId], column: &MatrixColumn) -> CellState {
    if !basis::still_holds(study, summary, evidence, &column.codes) {
        return CellState::Stale;
    }
    match summary.state {
        SummaryState::Drafted => CellState::Drafted,
        SummaryState::Checked => CellState::Checked,
    }
}

/// Who says what on a topic: the cases with their quotes, in the order of the study.
fn evidence_of(counter: &Counter<'_>, column: &MatrixColumn) -> Vec<(Case, QuoteId)> {
    let mut found: Vec<(usize, usize, Case, QuoteId)> = Vec::new();
    for passage in counter.passages(&column.codes) {
        let Some(transcript) = counter.transcript(passage.transcript) else { continue };
        let (at, quote) = (passage.coding.quote, passage.quote);
        let people = quote.people.iter().copied().map(Case::Participant);
        let group = (!quote.people.is_empty() || quote.unclear).then_some(Case::Group(transcript.id));
        found.extend(people.chain(group).map(|case| (passage.transcript, at, case, quote.id)));
    }
    // A quote with several codes of the topic stands in a cell once.
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, _, case, quote)| (case, quote)).collect()
}
