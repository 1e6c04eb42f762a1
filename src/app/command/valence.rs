//! Commands.

use super::{Command, Family};

pub(super) const FAMILY: Family = Family { title: "valence", commands: COMMANDS };

const COMMANDS: &[Command] = &[];
