//! The screen of what an import would do, before it is done.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "Import", commands: &[] };
