//! Search.

use super::{Command, Family};

pub(super) const FAMILY: Family = Family { title: "Search", commands: COMMANDS };

const COMMANDS: &[Command] = &[];
