//! The screen of the participants, by attributes, and the profile of one.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "People", commands: &[] };
