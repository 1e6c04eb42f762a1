//! Commands.

use super::{Command, Family};

pub(super) const FAMILY: Family = Family { title: "coding", commands: COMMANDS };

const COMMANDS: &[Command] = &[];
