//! Hiding a person, a transcript or turns.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;

pub(super) const FAMILY: Family = Family {
    title: "Hiding",
    commands: &[Command {
        name: "toggle_hidden",
        title: "Hide the person, transcript or turn, or bring it back",
        help: "What is hidden stays in the study, but out of counts, search, quotes and exports; a quote that shares words \
               with it is hidden with it. To erase what somebody said who withdrew, leave and run `combe withdraw`.",
        layers: &[LayerName::People, LayerName::Transcripts, LayerName::Read],
        when: &[When::Complete, When::Writable],
        run: |model, _| model.toggle_hidden(),
        ..PLAIN
    }],
};
