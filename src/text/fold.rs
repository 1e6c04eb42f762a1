//! Folding: when two ways of writing a name are the same name.

use unicode_normalization::UnicodeNormalization;

/// A name with case, Unicode form and runs of blanks folded: `" Time  Pressure"` and `"time pressure"` are one code.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // Most words are ASCII, which has one form alone.
        match word.is_ascii() {
            true => folded.extend(word.chars().map(|c| c.to_ascii_lowercase())),
            false => folded.extend(word.nfkc().flat_map(char::to_lowercase)),
        }
    }
    folded
}

/// A speaker's label folded like a name, with a closing colon or full stop dropped.
#[must_use]
pub fn fold_label(label: &str) -> String {
    let trimmed = label.trim().trim_end_matches([':', '.', '：']);
    fold_name(trimmed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_blanks_and_unicode_form_do_not_tell_names_apart() {
        assert_eq!(fold_name("  Time\u{a0} Pressure "), "time pressure");
        assert_eq!(fold_name("Ty\u{302} BACH"), fold_name("tŷ bach"));
        assert_eq!(fold_name("AT the Caf\u{c9}"), "at the café");
        assert_eq!(fold_label("INTERVIEWER :"), "interviewer");
        assert_eq!(fold_label("Participant  2:"), "participant 2");
    }
}
