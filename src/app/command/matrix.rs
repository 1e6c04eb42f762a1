//! Cases by themes, and the summaries in its cells.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "The matrix of cases by themes", commands: &[] };
