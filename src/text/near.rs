//! Likeness of names: which known one a mistyped one was probably meant to be, by one rule for filters, commands and
//! files.

use super::fold_name;

/// Likeness from which on a name was probably meant: half of its letters are in their place, as in `I1` for `I2`.
const MEANT: f64 = 0.5;

/// The one of `known` most like `word`, however little that is; the first of several that are equally so.
///
/// Likeness is one less the edit distance (of Damerau and Levenshtein: neighbours swapped are one edit) by the length of
/// the longer name.
#[must_use]
pub fn most_like<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    ranked(word, known).map(|(_, name)| name)
}

/// The one of `known` that `word` was probably meant to be, if there is such a one.
#[must_use]
pub fn probably_meant<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    ranked(word, known).filter(|(likeness, _)| *likeness >= MEANT).map(|(_, name)| name)
}

fn ranked<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<(f64, &'k str)> {
    let word = fold_name(word);
    let likenesses =
        known.into_iter().map(|name| (strsim::normalized_damerau_levenshtein(&word, &fold_name(name)), name));
    likenesses.reduce(|best, next| if next.0 > best.0 { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_names_are_meant_and_unlikely_ones_are_not() {
        let names = ["Workload", "Time pressure"];
        assert_eq!(probably_meant("time presure", names), Some("Time pressure"));
        assert_eq!(probably_meant("WORKLAOD", names), Some("Workload"));
        assert_eq!(probably_meant("I2", ["FG1", "I1"]), Some("I1"));
        assert_eq!(probably_meant("Age", names), None);
        assert_eq!(probably_meant("Age", []), None);
        assert!(most_like("Age", names).is_some());
        assert_eq!(most_like("bem", ["Ann", "Ben", "BEN"]), Some("Ben"));
    }
}
