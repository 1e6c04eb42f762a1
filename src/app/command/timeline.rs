//! What was done, by whom and when.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "What was done, by whom and when", commands: &[] };
