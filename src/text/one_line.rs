//! Text in one line.

/// A text without its line ends: runs of blanks are one blank, and none stands at its ends.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn lines_and_blanks_are_one_blank() {
        assert_eq!(one_line("  one \n\u{a0}two\t three\n"), "one two three");
        assert_eq!(one_line(" \n "), "");
    }
}
