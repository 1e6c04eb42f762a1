//! Tombstones: what stands in a text where words were erased.

use std::borrow::Cow;

/// Where a person's words stood who withdrew.
pub const WITHDRAWN: &str = "[withdrawn]";
/// Where a passage stood that was erased.
pub const ERASED: &str = "[erased]";

/// Whether a text is nothing but tombstones.
#[must_use]
pub fn is_tombstone(text: &str) -> bool {
    let first = text.trim_start();
    (first.starts_with(WITHDRAWN) || first.starts_with(ERASED)) && without_tombstones(text).trim().is_empty()
}

/// A text without its tombstones, for counting what is still said.
#[must_use]
pub fn without_tombstones(text: &str) -> Cow<'_, str> {
    match text.contains(WITHDRAWN) || text.contains(ERASED) {
        true => Cow::Owned(text.replace(WITHDRAWN, " ").replace(ERASED, " ")),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tombstones_are_one() {
        assert!(is_tombstone("[withdrawn]"));
        assert!(is_tombstone(" [withdrawn] \n[erased]"));
        assert!(!is_tombstone("[withdrawn] but I stay"));
        assert!(!is_tombstone(""));
        assert_eq!(without_tombstones("I told [erased] so").split_whitespace().count(), 3);
    }
}
