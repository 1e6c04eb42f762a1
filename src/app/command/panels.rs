//! Panels.

use super::{Command, Family, PLAIN, When};
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
        name: "classify",
        title: "Classify under a component",
        help: "Puts the chosen theme or code under the component of that number, its codings and the codes below it with \
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
