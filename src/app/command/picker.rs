//! Choosing a code for the passage.

use super::{Args, Command, Family, PLAIN, When};
use crate::app::LayerName;

const PICKER: &[LayerName] = &[LayerName::Picker];

pub(super) const FAMILY: Family = Family {
    title: "Choosing a code",
    commands: &[
        Command {
            name: "accept_code",
            title: "Code the passage with the chosen code",
            help: "Takes the chosen row: a match if there is one. A new code is a row of its own, the last one.",
            layers: PICKER,
            hint: Some((10, "code it")),
            run: |model, _| model.accept_code(),
            ..PLAIN
        },
        Command {
            name: "apply_recent_code",
            title: "Code with a recent code",
            help: "Recent codes are numbered in the picker while nothing is typed.",
            takes: Some("a number from 1 to 9"),
            layers: PICKER,
            when: &[When::FieldEmpty],
            run: |model, args: Args<'_>| {
                let number = args.argument.and_then(|number| number.parse().ok()).unwrap_or(1);
                model.apply_recent_code(number)
            },
            ..PLAIN
        },
    ],
};
