//! Barrier, facilitator, or both.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;
use crate::study::Side;

const READ: &[LayerName] = &[LayerName::Read];
const ON_CODING: &[When] = &[When::Text, When::Writable, When::Complete, When::OnCoding];

pub(super) const FAMILY: Family = Family {
    title: "Valence",
    commands: &[
        Command {
            name: "toggle_facilitator",
            title: "The coding here is a facilitator (or not)",
            help: "Both signs together are ambivalent. A code with a side decides for its codings: then this is refused.",
            layers: READ,
            when: ON_CODING,
            hint: Some((36, "facilitator")),
            run: |model, _| model.toggle_side(Side::Facilitator),
            ..PLAIN
        },
        Command {
            name: "toggle_barrier",
            title: "The coding here is a barrier (or not)",
            layers: READ,
            when: ON_CODING,
            hint: Some((37, "barrier")),
            run: |model, _| model.toggle_side(Side::Barrier),
            ..PLAIN
        },
    ],
};
