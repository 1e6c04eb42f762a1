//! The quotes as a list: filtered, sorted, with as much around them as is wanted.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "The list of quotes", commands: &[] };
