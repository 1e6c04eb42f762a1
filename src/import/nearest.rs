//! What is said beside a name that the study does not know.

use crate::text::probably_meant;

/// “; did you mean …?”, or nothing.
pub(super) fn hint<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    probably_meant(word, candidates).map_or_else(String::new, |name| format!("; did you mean “{name}”?"))
}
