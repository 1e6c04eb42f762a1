//! What a codebook changes of the one that is there, in words, to be read before it is taken in.

use super::Planner;
use crate::study::{DifferenceKind, Record, Version};

/// A line for each code and theme that comes in or is put otherwise. A first codebook is all new: it changes nothing.
pub(super) fn describe_changes(planner: &Planner<'_>, before: &Version) -> Vec<String> {
    if before.codes.is_empty() {
        return Vec::new();
    }
    // To who codes blind a code of another coder is not there.
    let is_told = |name: &str| {
        let named = planner.study.code_named(name);
        !named.is_some_and(|code| planner.study.hides(planner.coder, &Record::Code(code.clone())))
    };
    let found = before.differences(&Version::of(&planner.study));
    let mut lines = Vec::new();
    for kind in DifferenceKind::ALL {
        for one in found.iter().filter(|one| one.kind == kind && (one.is_theme || is_told(&one.name))) {
            let what = if one.is_theme { "the theme " } else { "" };
            let how = if one.how.is_empty() { String::new() } else { format!(": {}", one.how) };
            lines.push(format!("{} {what}“{}”{how}", kind.name(), one.name));
        }
    }
    lines
}
