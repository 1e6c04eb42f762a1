//! Commands.

use super::{Command, Family};

pub(super) const FAMILY: Family = Family { title: "transcripts", commands: COMMANDS };

const COMMANDS: &[Command] = &[];
