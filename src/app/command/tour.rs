//! The tour.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;

pub(super) const FAMILY: Family = Family {
    title: "Tour",
    commands: &[
        Command {
            name: "tour",
            title: "Two minutes in which you do each thing once",
            help: "A line at the bottom asks for one thing at a time and goes on when it was done. No key is taken away.",
            layers: &[LayerName::Global],
            when: &[When::Complete],
            run: |model, _| model.begin_tour(),
            ..PLAIN
        },
        Command {
            name: "leave_tour",
            title: "Leave the tour",
            layers: &[LayerName::Global],
            run: |model, _| model.leave_tour(),
            ..PLAIN
        },
    ],
};
