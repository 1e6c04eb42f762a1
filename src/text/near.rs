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

/// Whether two names look like the same idea written twice: the same but for case, hyphens and blanks, the order of words, plurals, and
/// slips of a letter or two.
///
/// Words are compared one by one, so that `adequate` and `inadequate`, or `Round 1` and `Round 2`, are not alike: a slip is
/// looked for only behind the first letter of a word that has no digit in it, and is one edit in a word of four letters or
/// more, two in one of nine or more.
#[must_use]
pub fn look_alike(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (bare_words(one), bare_words(other));
    if one.concat() == other.concat() {
        return !one.is_empty();
    }
    if one.len() != other.len() {
        return false;
    }
    one.sort_unstable();
    other.sort_unstable();
    one == other || one.iter().zip(&other).all(|(a, b)| is_slip(a, b))
}

/// The words of a name folded, without marks between them and endings of plurals.
fn bare_words(name: &str) -> Vec<String> {
    let folded = fold_name(name).replace(['’', '\''], "");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(singular).collect()
}

/// A word without the ending of an English plural; near enough to compare names by, not to print.
fn singular(word: &str) -> String {
    /// Shorter words end in `s` by themselves: `gas`, `bus`.
    const SHORTEST: usize = 4;
    if word.chars().count() < SHORTEST || word.ends_with("ss") || word.ends_with("us") {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let hissing = ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending));
    let stem = if hissing { word.strip_suffix("es") } else { word.strip_suffix('s') };
    stem.unwrap_or(word).to_owned()
}

fn is_slip(one: &str, other: &str) -> bool {
    let letters = one.chars().count().min(other.chars().count());
    let allowed = match letters {
        0..4 => 0,
        4..9 => 1,
        _ => 2,
    };
    let digits = |word: &str| word.chars().any(char::is_numeric);
    one == other
        || (!digits(one)
            && !digits(other)
            && one.chars().next() == other.chars().next()
            && strsim::damerau_levenshtein(one, other) <= allowed)
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

    #[test]
    fn names_written_twice_look_alike() {
        for (one, other) in [
            ("Time pressure", "time  Pressures"),
            ("Follow-up", "follow up"),
            ("Workload", "Work-loads"),
            ("Pressure, time", "Time pressure"),
            ("Appointment time", "Apointment time"),
            ("Family’s role", "familys role"),
            ("Biases", "Biasses"),
            ("Policies", "Policy"),
        ] {
            assert!(look_alike(one, other), "{one} / {other}");
            assert!(look_alike(other, one), "{other} / {one}");
        }
    }

    #[test]
    fn opposites_and_numbers_do_not_look_alike() {
        for (one, other) in [
            ("Adequate time", "Inadequate time"),
            ("Usual care", "Unusual care"),
            ("Round 1", "Round 2"),
            ("Time", "Time pressure"),
            ("Workload", "Travel"),
            ("Cost", "Post"),
            ("", ""),
        ] {
            assert!(!look_alike(one, other), "{one} / {other}");
        }
    }
}
