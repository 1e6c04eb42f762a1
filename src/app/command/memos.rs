//! The screen of memos on anything, found and filtered.

use super::Family;

pub(super) const FAMILY: Family = Family { title: "Memos", commands: &[] };
