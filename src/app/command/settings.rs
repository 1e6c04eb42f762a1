//! The screen of what `study.toml` says, and where to change it.

use super::{Command, Family, PLAIN};
use crate::app::LayerName;

pub(super) const FAMILY: Family = Family {
    title: "Settings",
    commands: &[Command {
        name: "edit_setting",
        title: "Open study.toml at this line in your editor",
        help: "On a row that says how many more there are, it shows them all. The editor is $VISUAL or $EDITOR; without one, path and line are said. The file is read again as soon as it \
               is saved. A broken one names its line, and the last good one holds.",
        layers: &[LayerName::Settings],
        hint: Some((10, "change it")),
        run: |model, _| model.edit_setting(),
        ..PLAIN
    }],
};
