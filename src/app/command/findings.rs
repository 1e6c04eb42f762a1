//! Words that may tell who somebody is, to be kept or replaced.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "Words that may tell who somebody is", commands: &[] };
