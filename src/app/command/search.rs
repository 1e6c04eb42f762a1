//! Search.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;

const LIST: &[LayerName] = &[LayerName::Search, LayerName::Query];
const HITS: &[When] = &[When::Complete, When::Hits];

pub(super) const FAMILY: Family = Family { title: "Search", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "open_hit",
        title: "Go to the hit in its transcript",
        help: "The match is selected there. One key goes back to the same hit.",
        layers: LIST,
        when: HITS,
        hint: Some((10, "open")),
        run: |model, _| model.open_hit(),
        ..PLAIN
    },
    Command {
        name: "enter_list",
        title: "From the query to the hits",
        help: "In the list, letters are commands.",
        layers: &[LayerName::Query],
        when: HITS,
        hint: Some((20, "list")),
        run: |model, _| {
            model.search.leave_field();
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "next_hit",
        title: "The next hit of the last search",
        help: "While reading, goes there.",
        layers: &[LayerName::Search, LayerName::Read],
        when: HITS,
        run: |model, _| model.go_to_hit(1),
        ..PLAIN
    },
    Command {
        name: "previous_hit",
        title: "The hit before",
        help: "While reading, goes there.",
        layers: &[LayerName::Search, LayerName::Read],
        when: HITS,
        run: |model, _| model.go_to_hit(-1),
        ..PLAIN
    },
    Command {
        name: "grow_hit",
        title: "Take more around the matches",
        help: "What is coded from the list: the matches, the sentences around them, or the whole turn.",
        layers: &[LayerName::Search],
        when: HITS,
        hint: Some((40, "more")),
        run: |model, _| {
            model.resize_hit(true);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "shrink_hit",
        title: "Take less around the matches",
        layers: &[LayerName::Search],
        when: HITS,
        run: |model, _| {
            model.resize_hit(false);
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "repeat_code_on_hit",
        title: "Code the passage of the hit with the last code",
        help: "The passage is what is shown as selected: the sentences around the matches, unless you take more or less.",
        layers: &[LayerName::Search],
        when: &[When::Complete, When::Writable, When::Hits, When::LastCode],
        hint: Some((15, "last code")),
        run: |model, _| model.repeat_code(),
        ..PLAIN
    },
    Command {
        name: "pick_code_for_hit",
        title: "Choose a code for the passage of the hit",
        layers: &[LayerName::Search],
        when: &[When::Complete, When::Writable, When::Hits],
        hint: Some((20, "code")),
        run: |model, _| model.pick_code(""),
        ..PLAIN
    },
    Command {
        name: "show_hit_whole",
        title: "Show the whole turn of the hit, or less of it",
        layers: &[LayerName::Search],
        when: HITS,
        hint: Some((30, "whole")),
        run: |model, _| {
            model.search.whole = !model.search.whole;
            Vec::new()
        },
        ..PLAIN
    },
];
