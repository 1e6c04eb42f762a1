//! The framework matrix as a printed table: cases down, topics across, in each cell its summary or what it holds.

use std::collections::BTreeSet;

use super::{Cell, CellSize, Contents, Grid, GridRow, Holds};
use crate::analysis::{CellState, Group, Matrix, MatrixCell, MatrixPlan, MatrixRow};
use crate::study::{Case, ParticipantId, Study, Summary};

/// What stands in the cells of a printed matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InCells {
    /// The word of its state; nothing where nothing is said.
    #[default]
    States,
    /// The summary, with a mark where it is stale; where several coders wrote one, each with its coder and state; the word of the
    /// state where none is written.
    Summaries,
}

/// A matrix as a table. Rows of persons below their focus group are printed if `people` says so.
#[must_use]
pub fn matrix_grid(study: &Study, matrix: &Matrix, plan: &MatrixPlan, people: bool, cells: InCells) -> Grid {
    let sorted: Vec<String> = plan.sort.iter().map(|name| name.replace('_', " ")).collect();
    let grouped = usize::from(plan.group.is_some());
    let mut head = vec![String::from("case")];
    head.extend(sorted);
    head.extend(matrix.columns.iter().map(|column| column.name.clone()));
    let mut rows = Vec::new();
    let mut group = None;
    for (at, row) in printed_rows(matrix, people) {
        if row.group != group {
            group = row.group;
            let label = group.and_then(|group| matrix.groups.get(group)).map_or("", Group::label);
            rows.push(GridRow::heading(label.replace('_', " ")));
        }
        let indent = if row.depth > 0 { "  " } else { "" };
        let mut line = vec![Cell::text(format!("{indent}{}", row.name))];
        line.extend(row.values.iter().skip(grouped).map(|value| Cell::text(value.replace('_', " "))));
        line.extend(
            (0..matrix.columns.len()).map(|column| {
                matrix.cell(at, column).map_or(Cell::Blank, |cell| printed(study, cell, cells))
            }),
        );
        rows.push(GridRow::of(line));
    }
    let notes = match cells {
        InCells::States => vec![String::from(
            "nothing: an empty cell; evidence: quotes without a summary; stale: the evidence changed after the summary was \
             written.",
        )],
        InCells::Summaries => Vec::new(),
    };
    Grid { title: String::from("Framework matrix"), head, rows, notes }
}

/// The rows that are printed, each with its place.
fn printed_rows(matrix: &Matrix, people: bool) -> impl Iterator<Item = (usize, &MatrixRow)> {
    matrix.rows.iter().enumerate().filter(move |(_, row)| people || row.depth == 0)
}

/// What such a table holds, for its manifest: the cases, and how many people stand behind each cell that says something. A
/// summary of a focus group may hold words of everybody in it.
#[must_use]
pub fn matrix_contents(
    study: &Study,
    matrix: &Matrix,
    plan: &MatrixPlan,
    people: bool,
    cells: InCells,
) -> Contents {
    let mut contents = Contents::default();
    contents.holds.insert(if cells == InCells::Summaries { Holds::Memos } else { Holds::Counts });
    if plan.group.is_some() || !plan.sort.is_empty() {
        contents.holds.insert(Holds::Attributes);
    }
    for (at, row) in printed_rows(matrix, people) {
        match row.case {
            Case::Participant(person) => {
                contents.people.insert(person);
                contents.by_name = true;
            }
            Case::Group(transcript) => {
                contents.transcripts.insert(transcript);
            }
        }
        for (nth, column) in matrix.columns.iter().enumerate() {
            let Some(cell) = matrix.cell(at, nth) else { continue };
            if let (InCells::Summaries, Some(_), Case::Group(transcript)) = (cells, cell.summary, row.case) {
                contents.people.extend(study.speech_in(transcript).keys());
            }
            if !cell.evidence.is_empty() {
                let participants = people_behind(study, cell, row.case).len();
                contents
                    .cells
                    .push(CellSize { cell: format!("{}, {}", row.name, column.name), participants });
            }
        }
    }
    contents
}

/// Who says what a cell stands on.
fn people_behind(study: &Study, cell: &MatrixCell, case: Case) -> BTreeSet<ParticipantId> {
    match case {
        Case::Participant(person) => BTreeSet::from([person]),
        Case::Group(_) => {
            let quotes = cell.evidence.iter().filter_map(|id| study.quotes().get(id));
            quotes.flat_map(|quote| study.people_of_quote(quote)).collect()
        }
    }
}

fn printed(study: &Study, cell: &MatrixCell, cells: InCells) -> Cell {
    let written: Vec<(&Summary, CellState)> =
        cell.summaries().filter_map(|(id, makes)| Some((study.summaries().get(&id)?, makes))).collect();
    match (cells, written.as_slice(), cell.state) {
        (InCells::Summaries, [(summary, CellState::Stale)], _) => {
            Cell::text(format!("[stale] {}", summary.text))
        }
        (InCells::Summaries, [(summary, _)], _) => Cell::text(summary.text.clone()),
        (InCells::Summaries, [_, _, ..], _) => {
            let each = written.iter().map(|(summary, makes)| {
                format!("[{}, {}] {}", study.coder_name(summary.coder), makes.name(), summary.text)
            });
            Cell::text(each.collect::<Vec<_>>().join("\n\n"))
        }
        (_, _, CellState::Nothing) => Cell::Blank,
        (_, _, state) => Cell::text(state.name()),
    }
}
