//! Undo and redo.

use super::{Command, Count, Family, PLAIN, When};
use crate::app::history::Way;
use crate::app::{LayerName, Screen};

const EVERYWHERE: &[LayerName] = &[LayerName::Global];

pub(super) const FAMILY: Family = Family {
    title: "History",
    commands: &[
        Command {
            name: "undo",
            title: "Take back your last step",
            also: "undo",
            help: "It says what it took back. If that was elsewhere or on another day, the first press goes there and \
                   the second one undoes. There is no end to it, not even at the end of a session. Steps of other \
                   coders are never undone.",
            layers: EVERYWHERE,
            when: &[When::Writable, When::Complete],
            count: Count::Times,
            hint: Some((30, "undo")),
            run: |model, _| match model.screen {
                // Nothing is in the study yet of what is decided there.
                Screen::Import => model.unsay_of_import(),
                _ => model.take_back(Way::Back),
            },
            ..PLAIN
        },
        Command {
            name: "redo",
            title: "Do again what you undid",
            also: "redo",
            layers: EVERYWHERE,
            when: &[When::Writable, When::Complete],
            count: Count::Times,
            run: |model, _| model.take_back(Way::Forth),
            ..PLAIN
        },
    ],
};
