//! The tables of a paper, each number with the quotes behind it.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;
use crate::app::tables::TableQuestion;

const HERE: &[LayerName] = &[LayerName::Tables];
const COMPLETE: &[When] = &[When::Complete];
const OPENABLE: &[When] = &[When::Complete, When::WithCursor];
const TABLE: &[When] = &[When::Complete, When::Table];
const GROUPED: &[When] = &[When::Complete, When::Grouped];
const CROSSTAB: &[When] = &[When::Complete, When::Crosstab];
const COOCCURRENCE: &[When] = &[When::Complete, When::Cooccurrence];
const MEASURED: &[When] = &[When::Complete, When::Measured];
const PICTURED: &[When] = &[When::Complete, When::Pictured];

pub(super) const FAMILY: Family = Family { title: "The tables of a paper", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "open_in_tables",
        title: "Open the table; the quotes behind the number; the passage of the quote",
        help: "From the list to a table, from a number to its quotes, from a quote to its place in the transcript. Back \
               again one step at a time.",
        layers: HERE,
        when: OPENABLE,
        hint: Some((10, "open")),
        run: |model, _| model.open_in_tables(),
        ..PLAIN
    },
    Command {
        name: "cell_left",
        title: "The cell to the left",
        layers: HERE,
        run: |model, _| {
            model.tables.step_cell(-1);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "cell_right",
        title: "The cell to the right",
        layers: HERE,
        run: |model, _| {
            model.tables.step_cell(1);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "group_table",
        title: "Set the groups of an attribute side by side",
        help: "Any attribute of participants or transcripts, or kind: interviews against focus groups.",
        layers: HERE,
        when: GROUPED,
        hint: Some((12, "by")),
        run: |model, _| model.ask_table(TableQuestion::By),
        ..PLAIN
    },
    Command {
        name: "cross_table",
        title: "A second attribute across, in a crosstab",
        layers: HERE,
        when: CROSSTAB,
        hint: Some((13, "across")),
        run: |model, _| model.ask_table(TableQuestion::With),
        ..PLAIN
    },
    Command {
        name: "table_of_code",
        title: "Only one code, in a crosstab",
        layers: HERE,
        when: CROSSTAB,
        hint: Some((14, "code")),
        run: |model, _| model.ask_table(TableQuestion::Code),
        ..PLAIN
    },
    Command {
        name: "filter_table",
        title: "Count only some people or transcripts",
        help: "In the terms of a search: group:clinician -place:Cardiff. Esc counts all again.",
        layers: HERE,
        when: COMPLETE,
        hint: Some((15, "filter")),
        run: |model, _| model.ask_table(TableQuestion::Filter),
        ..PLAIN
    },
    Command {
        name: "count_people_or_codings",
        title: "Count codings in groups and sides, or people again",
        help: "The line above the table says so as long as codings are counted.",
        layers: HERE,
        when: MEASURED,
        hint: Some((16, "codings")),
        run: |model, _| model.turn_table_measure(),
        ..PLAIN
    },
    Command {
        name: "turn_together",
        title: "Another meaning of together: passage, turn, participant",
        layers: HERE,
        when: COOCCURRENCE,
        hint: Some((13, "together")),
        run: |model, _| model.turn_table_together(),
        ..PLAIN
    },
    Command {
        name: "show_picture",
        title: "The table as a picture, or its numbers again",
        layers: HERE,
        when: PICTURED,
        hint: Some((17, "picture")),
        run: |model, _| model.turn_table_picture(),
        ..PLAIN
    },
    Command {
        name: "show_table_notes",
        title: "How the table was counted and what it leaves out, or its numbers again",
        layers: HERE,
        when: TABLE,
        hint: Some((18, "notes")),
        run: |model, _| model.turn_table_notes(),
        ..PLAIN
    },
];
