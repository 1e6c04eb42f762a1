//! Filling in a form.

use super::{Command, Family, PLAIN};
use crate::app::LayerName;

const FORM: &[LayerName] = &[LayerName::Form];

pub(super) const FAMILY: Family = Family {
    title: "Forms",
    commands: &[
        Command {
            name: "save_form",
            title: "Save what the form says",
            layers: FORM,
            hint: Some((10, "save")),
            run: |model, _| model.save_form(),
            ..PLAIN
        },
        Command {
            name: "next_field",
            title: "The next field",
            layers: FORM,
            hint: Some((20, "next field")),
            run: |model, _| model.step_field(1),
            ..PLAIN
        },
        Command {
            name: "previous_field",
            title: "The field before",
            layers: FORM,
            run: |model, _| model.step_field(-1),
            ..PLAIN
        },
        Command {
            name: "field_below",
            title: "A line down; from the last one, the next field",
            layers: FORM,
            run: |model, _| model.step_form(true),
            ..PLAIN
        },
        Command {
            name: "field_above",
            title: "A line up; from the first one, the field before",
            layers: FORM,
            run: |model, _| model.step_form(false),
            ..PLAIN
        },
        Command {
            name: "enter_in_form",
            title: "Begin a new line; where there is only one, the next field",
            layers: FORM,
            run: |model, _| model.enter_in_form(),
            ..PLAIN
        },
        Command {
            name: "next_option",
            title: "The next option; in a text, one character on",
            layers: FORM,
            run: |model, _| model.step_option(true),
            ..PLAIN
        },
        Command {
            name: "previous_option",
            title: "The option before; in a text, one character back",
            layers: FORM,
            run: |model, _| model.step_option(false),
            ..PLAIN
        },
    ],
};
