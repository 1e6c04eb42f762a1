//! The letter of each code: what tells stripes apart before their colour does.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::study::{CodeId, Study};

/// A letter for each code, the same on every screen. A code keeps its letter when others are added.
///
/// The older code has the first choice: initials of its name, other letters of it, any letter, then the same in upper case.
/// Codes beyond those share the initial of their name.
#[must_use]
pub fn code_letters(study: &Study) -> BTreeMap<CodeId, char> {
    let mut taken = BTreeSet::new();
    let mut letters = BTreeMap::new();
    for code in study.codes().iter() {
        let letter = free_letter(&code.name, &taken);
        taken.insert(letter);
        letters.insert(code.id, letter);
    }
    letters
}

fn free_letter(name: &str, taken: &BTreeSet<char>) -> char {
    let plain: String = name.nfkd().filter(char::is_ascii).collect::<String>().to_ascii_lowercase();
    let initials = plain.split_whitespace().filter_map(|word| word.chars().next());
    let wanted: Vec<char> =
        initials.chain(plain.chars()).chain('a'..='z').filter(char::is_ascii_alphabetic).collect();
    let upper = wanted.iter().map(char::to_ascii_uppercase);
    let free = wanted.iter().copied().chain(upper).find(|letter| !taken.contains(letter));
    free.or_else(|| wanted.first().copied()).unwrap_or('x')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_code_has_the_first_choice() {
        let mut taken = BTreeSet::new();
        let letters: Vec<char> = ["Time pressure", "Travel", "Tŷ", "Travel time", "時間"]
            .into_iter()
            .map(|name| {
                let letter = free_letter(name, &taken);
                taken.insert(letter);
                letter
            })
            .collect();
        assert_eq!(letters, ['t', 'r', 'y', 'a', 'b']);
        assert_eq!(free_letter("Zeal", &('a'..='z').collect()), 'Z');
        assert_eq!(free_letter("Zeal", &('A'..='z').collect()), 'z', "there are no more: letters are shared");
    }
}
