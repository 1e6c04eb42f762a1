//! The framework matrix: cases by topics, and the summaries in its cells.

use super::{Args, Command, Count, Family, PLAIN, When};
use crate::app::matrix::{CellWanted, MatrixPart, MatrixQuestion};
use crate::app::{Effect, LayerName, Model};

const GRID: &[LayerName] = &[LayerName::Matrix];
const CELL: &[LayerName] = &[LayerName::Cell];
const BOTH: &[LayerName] = &[LayerName::Matrix, LayerName::Cell];
const SUMMARY: &[LayerName] = &[LayerName::Summary];
const DESK: &[LayerName] = &[LayerName::Cell, LayerName::Summary];
const ALL: &[LayerName] = &[LayerName::Matrix, LayerName::Cell, LayerName::Summary];
const HERE: &[When] = &[When::Complete];
const WRITE: &[When] = &[When::Complete, When::Writable];

pub(super) const FAMILY: Family = Family { title: "The matrix of cases by themes", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "open_cell",
        title: "Open the desk of the cell: its quotes, and the summary to be written",
        layers: GRID,
        when: HERE,
        hint: Some((10, "open")),
        run: |model, _| model.open_cell(),
        ..PLAIN
    },
    Command {
        name: "next_column",
        title: "The next column",
        layers: GRID,
        count: Count::Times,
        run: |model, _| model.step_column(1),
        ..PLAIN
    },
    Command {
        name: "previous_column",
        title: "The column before",
        layers: GRID,
        count: Count::Times,
        run: |model, _| model.step_column(-1),
        ..PLAIN
    },
    Command {
        name: "next_undrafted_cell",
        title: "The next cell with evidence and no summary",
        help: "Down the column and on at the top of the next one; along the row where cells are read so.",
        layers: BOTH,
        when: HERE,
        hint: Some((20, "next undrafted")),
        run: |model, _| model.find_cell(CellWanted::Undrafted, true),
        ..PLAIN
    },
    Command {
        name: "previous_undrafted_cell",
        title: "The cell before with evidence and no summary",
        layers: BOTH,
        when: HERE,
        run: |model, _| model.find_cell(CellWanted::Undrafted, false),
        ..PLAIN
    },
    Command {
        name: "next_stale_cell",
        title: "The next stale cell",
        help: "Stale is a summary whose evidence is another one than it was written on: a coding or a text changed, or codes \
               were merged. Writing or checking it again takes the evidence as it is.",
        layers: BOTH,
        when: HERE,
        hint: Some((21, "next stale")),
        run: |model, _| model.find_cell(CellWanted::Stale, true),
        ..PLAIN
    },
    Command {
        name: "previous_stale_cell",
        title: "The stale cell before",
        layers: BOTH,
        when: HERE,
        run: |model, _| model.find_cell(CellWanted::Stale, false),
        ..PLAIN
    },
    Command {
        name: "next_cell_with_evidence",
        title: "The next cell with evidence",
        layers: BOTH,
        when: HERE,
        run: |model, _| model.find_cell(CellWanted::Evidence, true),
        ..PLAIN
    },
    Command {
        name: "previous_cell_with_evidence",
        title: "The cell before with evidence",
        layers: BOTH,
        when: HERE,
        run: |model, _| model.find_cell(CellWanted::Evidence, false),
        ..PLAIN
    },
    Command {
        name: "choose_columns",
        title: "Choose the columns: themes, codes, components of a framework",
        layers: GRID,
        when: HERE,
        hint: Some((23, "columns")),
        run: |model, _| model.ask_matrix(MatrixQuestion::Columns),
        ..PLAIN
    },
    Command {
        name: "open_column",
        title: "The codes below this one as columns",
        help: "Esc goes back to the columns above.",
        layers: GRID,
        when: HERE,
        run: |model, _| model.open_column(),
        ..PLAIN
    },
    Command {
        name: "choose_rows",
        title: "Choose the rows: people and groups, participants, transcripts",
        help: "At first, who speaks in interviews is a row by person, and a focus group is one as a group, with its people \
               below it.",
        layers: GRID,
        when: HERE,
        hint: Some((24, "rows")),
        run: |model, _| model.ask_matrix(MatrixQuestion::Rows),
        ..PLAIN
    },
    Command {
        name: "unfold_case",
        title: "List the people of a focus group below it, or no longer",
        layers: GRID,
        when: HERE,
        run: |model, _| model.unfold_case(),
        ..PLAIN
    },
    Command {
        name: "group_rows",
        title: "Group the rows by an attribute",
        layers: GRID,
        when: HERE,
        hint: Some((27, "group")),
        run: |model, _| model.ask_matrix(MatrixQuestion::Group),
        ..PLAIN
    },
    Command {
        name: "sort_rows",
        title: "Sort the rows by an attribute",
        help: "Another attribute comes first then, and the one before second.",
        layers: GRID,
        when: HERE,
        hint: Some((28, "sort")),
        run: |model, _| model.ask_matrix(MatrixQuestion::Sort),
        ..PLAIN
    },
    Command {
        name: "filter_matrix",
        title: "Only some cases as rows",
        help: "By attributes, kind: and in:, as panels are filtered. The evidence of a case stays all there is.",
        layers: GRID,
        when: HERE,
        run: |model, _| model.ask_matrix(MatrixQuestion::Filter),
        ..PLAIN
    },
    Command {
        name: "write_summary",
        title: "Write the summary, or go back to its evidence",
        layers: DESK,
        when: &[When::Writable],
        hint: Some((15, "quotes / summary")),
        run: |model, _| model.turn_desk(),
        ..PLAIN
    },
    Command {
        name: "open_quote_of_cell",
        title: "Go to the quote in its transcript",
        help: "One key comes back. What is written of the cell is a draft meanwhile.",
        layers: CELL,
        when: HERE,
        hint: Some((10, "read")),
        run: |model, _| model.open_quote_of_cell(),
        ..PLAIN
    },
    Command {
        name: "next_quote_of_cell",
        title: "The next quote of the cell, while its summary is written",
        layers: SUMMARY,
        hint: Some((12, "quote")),
        run: |model, _| {
            model.step_matrix(1);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "previous_quote_of_cell",
        title: "The quote of the cell before, while its summary is written",
        layers: SUMMARY,
        run: |model, _| {
            model.step_matrix(-1);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "scroll_evidence_down",
        title: "On in a quote that is longer than its part of the window, and in what others wrote",
        layers: DESK,
        run: |model, _| model.scroll_evidence(true),
        ..PLAIN
    },
    Command {
        name: "scroll_evidence_up",
        title: "Back in a quote that is longer than its part of the window",
        layers: DESK,
        run: |model, _| model.scroll_evidence(false),
        ..PLAIN
    },
    Command {
        name: "link_quote",
        title: "Link the chosen quote into the summary, or take its link out",
        help: "Its address, such as I43:41, goes into the text, and the summary rests on the quote from then on. A quote that \
               was only looked at is not linked.",
        layers: DESK,
        when: WRITE,
        hint: Some((11, "link")),
        run: |model, _| model.link_quote(),
        ..PLAIN
    },
    Command {
        name: "save_summary",
        title: "Save the summary and go on with it",
        help: "Leaving the desk saves it as well. Every cell is one step that can be undone.",
        layers: DESK,
        when: WRITE,
        run: |model, _| model.save_summary(),
        ..PLAIN
    },
    Command {
        name: "check_summary",
        title: "The summary is checked against the quotes, or a draft again",
        help: "A colleague's as well. A stale one that still holds is checked on the evidence as it is now.",
        layers: ALL,
        when: WRITE,
        hint: Some((22, "checked")),
        run: |model, _| model.check_summary(),
        ..PLAIN
    },
    Command {
        name: "next_case",
        title: "The next case on the same column, with the desk open",
        layers: CELL,
        when: HERE,
        count: Count::Times,
        hint: Some((25, "down the column")),
        run: |model, _| model.step_cell(1, 0),
        ..PLAIN
    },
    Command {
        name: "previous_case",
        title: "The case before on the same column, with the desk open",
        layers: CELL,
        when: HERE,
        count: Count::Times,
        run: |model, _| model.step_cell(-1, 0),
        ..PLAIN
    },
    Command {
        name: "next_topic",
        title: "The next column of the same case, with the desk open",
        layers: CELL,
        when: HERE,
        count: Count::Times,
        hint: Some((26, "along the row")),
        run: |model, _| model.step_cell(0, 1),
        ..PLAIN
    },
    Command {
        name: "previous_topic",
        title: "The column before of the same case, with the desk open",
        layers: CELL,
        when: HERE,
        count: Count::Times,
        run: |model, _| model.step_cell(0, -1),
        ..PLAIN
    },
    Command {
        name: "next_cell",
        title: "Save, and on to the next cell as cells are read",
        layers: ALL,
        when: HERE,
        hint: Some((13, "next cell")),
        run: |model, _| model.step_reading(1),
        ..PLAIN
    },
    Command {
        name: "previous_cell",
        title: "Save, and back to the cell before as cells are read",
        layers: ALL,
        when: HERE,
        run: |model, _| model.step_reading(-1),
        ..PLAIN
    },
    Command {
        name: "turn_reading",
        title: "Read cells along rows, or down columns again",
        layers: ALL,
        hint: Some((29, "down or along")),
        run: |model, _| model.turn_reading(),
        ..PLAIN
    },
    Command {
        name: "write_matrix_memo",
        title: "Write a memo on the cell, its case or its column",
        takes: Some("cell, row or column"),
        layers: BOTH,
        when: WRITE,
        run: write_memo,
        ..PLAIN
    },
    Command {
        name: "remove_summary",
        title: "Take your summary of the cell away",
        help: "Undo brings it back.",
        layers: BOTH,
        when: WRITE,
        run: |model, _| model.remove_summary(),
        ..PLAIN
    },
];

fn write_memo(model: &mut Model, args: Args<'_>) -> Vec<Effect> {
    let part = match args.argument.unwrap_or_default() {
        "cell" => MatrixPart::Cell,
        "row" | "case" => MatrixPart::Row,
        "column" | "topic" => MatrixPart::Column,
        other => {
            model.refuse(format!("“{other}” is no part of the matrix: cell, row or column."));
            return Vec::new();
        }
    };
    model.write_matrix_memo(part)
}
