//! Commands.

use super::{Command, Family};

pub(super) const FAMILY: Family = Family { title: "reading", commands: COMMANDS };

const COMMANDS: &[Command] = &[];
