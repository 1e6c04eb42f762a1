//! Panels.

use super::{Command, Family};

pub(super) const FAMILY: Family = Family { title: "Panels", commands: COMMANDS };

const COMMANDS: &[Command] = &[];
