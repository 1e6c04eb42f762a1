//! Coding.

use super::{Argument, Command, Family, PLAIN, When};
use crate::app::LayerName;

const READ: &[LayerName] = &[LayerName::Read];

/// What every command needs that codes.
const CODING: &[When] = &[When::Text, When::Writable, When::Complete];
/// What every command needs that changes a coding.
const ON_CODING: &[When] = &[When::Text, When::Writable, When::Complete, When::OnCoding];

pub(super) const FAMILY: Family = Family {
    title: "Coding",
    commands: &[
        Command {
            name: "repeat_code",
            title: "Code with the last code again",
            help: "Codes what is selected, else the unit under the cursor: one key, nothing to select first. Pressed twice \
                   it says so and changes nothing.",
            layers: READ,
            when: &[When::Text, When::Writable, When::Complete, When::LastCode],
            hint: Some((10, "last code")),
            run: |model, _| model.repeat_code(),
            ..PLAIN
        },
        Command {
            name: "pick_code",
            title: "Choose a code for the passage",
            help: "Two or three letters and Enter. A digit takes a recent code. A name that is not there becomes a new \
                   code. The passage stays selected for the next code.",
            layers: READ,
            when: CODING,
            hint: Some((20, "code")),
            run: |model, _| model.pick_code(""),
            ..PLAIN
        },
        Command {
            name: "apply_code",
            title: "Code the passage with a code by its name",
            help: "Bound in your own keymap, one key codes with one code: \"W\" = \"apply_code Workload\".",
            takes: Some("the name of a code"),
            argument: Argument::Code,
            layers: READ,
            when: CODING,
            run: |model, args| model.apply_code_named(args.argument.unwrap_or_default()),
            ..PLAIN
        },
        Command {
            name: "code_in_vivo",
            title: "New code in the words of the passage",
            layers: READ,
            when: CODING,
            run: |model, _| model.pick_in_vivo(),
            ..PLAIN
        },
        Command {
            name: "recode",
            title: "Another code in place of this one",
            help: "The quote stays as it is, with its star and memos.",
            layers: READ,
            when: ON_CODING,
            run: |model, _| model.pick_recode(),
            ..PLAIN
        },
        Command {
            name: "toggle_star",
            title: "Star the passage, or take its star away",
            help: "For passages worth printing.",
            layers: READ,
            when: CODING,
            hint: Some((45, "star")),
            run: |model, _| model.toggle_star(),
            ..PLAIN
        },
        Command {
            name: "cycle_codings",
            title: "The next of several codings here",
            help: "Keys that change a coding act on the one named first in the line below the text; this goes on to the \
                   next one.",
            layers: READ,
            when: &[When::Text, When::OnCoding],
            run: |model, _| model.cycle_codings(),
            ..PLAIN
        },
        Command {
            name: "remove_coding",
            title: "Take away the coding under the cursor",
            help: "Undo brings it back.",
            layers: READ,
            when: ON_CODING,
            run: |model, _| model.remove_codings(false),
            ..PLAIN
        },
        Command {
            name: "remove_codings",
            title: "Take away all your codings under the cursor",
            help: "Undo brings them back.",
            layers: READ,
            when: ON_CODING,
            run: |model, _| model.remove_codings(true),
            ..PLAIN
        },
    ],
};
