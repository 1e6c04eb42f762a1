//! Panels.

use super::{Command, Family, PLAIN, When};
use crate::app::panels::RowOrder;
use crate::app::{LayerName, Model};

const HERE: &[LayerName] = &[LayerName::Panels];

pub(super) const FAMILY: Family = Family { title: "Panels", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "open_behind",
        title: "What stands behind this number",
        help: "From the overview to the panel, from a number to its quotes, from a quote to its place in the \
               transcript. Back again one step at a time.",
        layers: HERE,
        when: &[When::Complete],
        hint: Some((10, "open")),
        run: |model, _| model.open_behind(),
        ..PLAIN
    },
    Command {
        name: "choose_left",
        title: "Barriers; among quotes, the group before",
        layers: HERE,
        run: |model, _| {
            model.step_hand(-1);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "choose_right",
        title: "Facilitators; among quotes, the next group",
        layers: HERE,
        hint: Some((20, "other side")),
        run: |model, _| {
            model.step_hand(1);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "open_quotes",
        title: "The quotes behind this number",
        help: "From a number of the overview straight to its quotes.",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| model.open_quotes(),
        ..PLAIN
    },
    Command {
        name: "next_part",
        title: "The next code of this side by itself",
        help: "Where a theme has several codes on a side: the number of one of them, and its quotes.",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| model.step_part(1),
        ..PLAIN
    },
    Command {
        name: "previous_part",
        title: "The code of this side before it",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| model.step_part(-1),
        ..PLAIN
    },
    Command {
        name: "filter_panels",
        title: "Count only some people or transcripts",
        help: "By any attribute, kind or language. Another value of the same attribute takes the place of the first one;                a filter of the query language can be typed. Esc counts all again.",
        layers: HERE,
        when: &[When::Complete],
        hint: Some((30, "filter")),
        run: |model, _| model.ask_panel_filter(),
        ..PLAIN
    },
    Command {
        name: "edit_panel_filter",
        title: "Type the filter",
        help: "In the terms of a search: group:clinician -place:Cardiff (kind:interview OR in:FG06).",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| model.ask_panel_filter_text(),
        ..PLAIN
    },
    Command {
        name: "sort_rows_as_printed",
        title: "In print order",
        layers: HERE,
        run: |model, _| model.sort_panels(RowOrder::Print),
        ..PLAIN
    },
    Command {
        name: "sort_rows_by_people",
        title: "By people, most first",
        layers: HERE,
        run: |model, _| model.sort_panels(RowOrder::People),
        ..PLAIN
    },
    Command {
        name: "sort_rows_by_codings",
        title: "By codings, most first",
        layers: HERE,
        run: |model, _| model.sort_panels(RowOrder::Codings),
        ..PLAIN
    },
    Command {
        name: "open_unclassified",
        title: "What is not classified yet",
        help: "A panel of its own: mark its rows and put them under components.",
        layers: &[LayerName::Global],
        run: |model, _| model.open_unclassified(),
        ..PLAIN
    },
    Command {
        name: "mark_row",
        title: "Mark the row, or take its mark away",
        help: "Keys that classify then act on all marked rows, in one step.",
        layers: HERE,
        when: &[When::Complete],
        hint: Some((40, "mark")),
        run: |model, _| model.toggle_row_mark(),
        ..PLAIN
    },
    Command {
        name: "mark_all_rows",
        title: "Mark all rows",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| model.mark_all_rows(true),
        ..PLAIN
    },
    Command {
        name: "unmark_rows",
        title: "Take all marks away",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| model.mark_all_rows(false),
        ..PLAIN
    },
    Command {
        name: "choose_component",
        title: "Classify under a component from a list",
        layers: HERE,
        when: &[When::Complete, When::Writable],
        hint: Some((41, "classify")),
        run: |model, _| model.choose_component(false),
        ..PLAIN
    },
    Command {
        name: "choose_component_and_say_why",
        title: "Classify from a list, and say why",
        layers: HERE,
        when: &[When::Complete, When::Writable],
        run: |model, _| model.choose_component(true),
        ..PLAIN
    },
    Command {
        name: "classify_and_say_why",
        title: "Classify under a component, and say why",
        help: "The reason stands in the history.",
        takes: Some("the number of a component; 0 for none"),
        layers: HERE,
        when: &[When::Complete, When::Writable],
        run: |model, args| match args.argument.map(str::parse) {
            Some(Ok(number)) => model.ask_reason(number),
            _ => refuse(model),
        },
        ..PLAIN
    },
    Command {
        name: "classify",
        title: "Classify under a component",
        help: "Puts the marked rows, else the chosen theme or code, under the component of that number, its codings and the codes below it with \
               it. 0 takes its own classification away. Nothing is recoded.",
        takes: Some("the number of a component; 0 for none"),
        layers: HERE,
        when: &[When::Complete, When::Writable],
        run: |model, args| match args.argument.map(str::parse) {
            Some(Ok(number)) => model.classify(number),
            _ => refuse(model),
        },
        ..PLAIN
    },
];

fn refuse(model: &mut Model) -> Vec<crate::app::Effect> {
    model.refuse(
        "A component is a number: 1 is the first one of the framework, 0 takes the classification away.",
    );
    Vec::new()
}
