//! Marks of references in the text, and the list of references below it.

use crate::text::fold_name;

/// What stands for the mark of a reference.
pub(super) const MARK: &str = "[@]";

/// Longest raised mark, in bytes.
const LONGEST_MARK: usize = 24;

/// Whether a raised text is the mark of a reference or of a note behind what stands before it: numbers, single letters or
/// signs. Ordinals (`1st`), powers (`m2`) and names of units are none.
pub(super) fn is_mark(raised: &str, before: &str) -> bool {
    let is_part = |part: &str| {
        let head = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = part.len() - head.len();
        digits <= 3
            && (head.is_empty() || (head.len() == 1 && head.starts_with(|c: char| c.is_ascii_lowercase())))
    };
    let parts =
        raised.split([',', ';', '-', '–', '—', '*', '†', '‡', '§', '¶', '#', '[', ']', '(', ')', ' ']);
    let is_all = raised.len() <= LONGEST_MARK
        && raised.contains(|c: char| !c.is_whitespace())
        && parts.map(str::trim).all(is_part);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_power = matches!(raised.trim(), "2" | "3")
        && (word.chars().count() == 1 || matches!(word, "cm" | "mm" | "km"));
    let stands_behind = before.chars().next_back().is_some_and(|c| !c.is_whitespace() && !c.is_numeric());
    is_all && stands_behind && !is_power
}

/// Whether a character is a mark of a note by itself where it stands close behind the end of something.
pub(super) fn is_raised_sign(sign: char, before: &str) -> bool {
    let is_raised = matches!(sign, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | 'ᵃ'..='ᵈ' | '†' | '‡');
    let ends = ['.', ',', ';', ':', '!', '?', '…', '"', '\'', '”', '’', '»', '›', ')', ']'];
    is_raised && before.ends_with(ends)
}

/// Whether a heading stands over the list of references, with or without a number.
pub(super) fn is_heading_of_list(heading: &str) -> bool {
    let bare = heading.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches([':', '.', ' ']);
    let name = fold_name(bare);
    matches!(
        name.as_str(),
        "references" | "bibliography" | "literature cited" | "works cited" | "reference list"
    )
}
