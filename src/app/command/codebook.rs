//! The screen of the tree of codes, and the themes.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "Codebook", commands: &[] };
