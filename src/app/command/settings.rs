//! The screen of what `study.toml` says, and where to change it.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "Settings", commands: &[] };
