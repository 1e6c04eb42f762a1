//! The tables of a paper, each number with the quotes behind it.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "The tables of a paper", commands: &[] };
