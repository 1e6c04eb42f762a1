//! What was done, by whom and when.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;

const HERE: &[LayerName] = &[LayerName::History];

pub(super) const FAMILY: Family = Family {
    title: "What was done, by whom and when",
    commands: &[
        Command {
            name: "filter_history",
            title: "Type to list fewer actions",
            help: "Words of what was done, of the command or the reason; by:c1 for one coder, day:2026-11-24 or day:2026-11 \
                   for a day or month, on:I43 for a thing. Enter or Esc leaves the filter, Esc again empties it.",
            layers: HERE,
            hint: Some((20, "filter")),
            run: |model, _| {
                model.timeline.list.filtering = true;
                Vec::new()
            },
            ..PLAIN
        },
        Command {
            name: "undo_chosen",
            title: "Take back the chosen action",
            help: "Whoever did it. An import or a restore is named with its size first, and a second press takes it back. If \
                   later work rests on it, that is named. What was erased cannot come back.",
            layers: HERE,
            when: &[When::Writable, When::Complete],
            hint: Some((15, "undo")),
            run: |model, _| model.undo_chosen(),
            ..PLAIN
        },
    ],
};
