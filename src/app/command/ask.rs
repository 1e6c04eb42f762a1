//! Answering questions.

use super::{Command, Family, PLAIN};
use crate::app::LayerName;

pub(super) const FAMILY: Family = Family {
    title: "Questions",
    commands: &[Command {
        name: "accept_answer",
        title: "Take this answer",
        layers: &[LayerName::Prompt, LayerName::Chooser],
        hint: Some((10, "take it")),
        run: |model, _| model.accept_answer(),
        ..PLAIN
    }],
};
