//! How a code looks: its letter and the place that gives its stripe a colour and a shape, the same on every screen.
//!
//! An eye learns these in a week and uses them for a year, so a code keeps what it got when others are made, merged or
//! deleted. Knows nothing of colours and glyphs.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::study::{CodeId, Study};

/// The looks of all codes of a study.
#[derive(Clone, Debug, Default)]
pub struct CodeLooks {
    places: BTreeMap<CodeId, usize>,
    letters: BTreeMap<CodeId, char>,
    followed: Option<u64>,
}

impl CodeLooks {
    /// Looks that know `made`: every code that the study ever had, the oldest first, those that are gone included. It is
    /// what keeps the place of a code from one session to the next.
    #[must_use]
    pub fn new(made: &[CodeId]) -> Self {
        let places = made.iter().enumerate().map(|(place, code)| (*code, place)).collect();
        Self { places, ..Self::default() }
    }

    /// Takes in which codes there are at `version` of the study. A code that it knows keeps its looks, whatever it is
    /// called by now; a new one gets the next place, and a letter as follows. The older code has the first choice:
    /// initials of its name, other letters of it, any letter, then the same in upper case. Codes beyond those share the
    /// initial of their name.
    pub fn follow(&mut self, study: &Study, version: u64) {
        if self.followed.replace(version) == Some(version) {
            return;
        }
        for code in study.codes().iter() {
            let next = self.places.len();
            self.places.entry(code.id).or_insert(next);
        }
        self.letters.retain(|code, _| study.codes().has(code));
        let mut taken: BTreeSet<char> = self.letters.values().copied().collect();
        for code in study.codes().iter() {
            self.letters.entry(code.id).or_insert_with(|| {
                let letter = free_letter(&code.name, &taken);
                taken.insert(letter);
                letter
            });
        }
    }

    /// The letter of a code; none if there is no such code.
    #[must_use]
    pub fn letter(&self, code: CodeId) -> Option<char> {
        self.letters.get(&code).copied()
    }

    /// The number, from 0, that its colour and its shape go by.
    #[must_use]
    pub fn place(&self, code: CodeId) -> usize {
        self.places.get(&code).copied().unwrap_or(0)
    }
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
    use crate::study::{Code, Record, Settings};

    fn study(codes: &[(u128, &str)]) -> Study {
        let records =
            codes.iter().map(|(id, name)| Record::Code(Code::new(uuid::Uuid::from_u128(*id).into(), name)));
        Study::load(Settings::default(), records.collect::<Vec<_>>(), [])
    }

    fn code(id: u128) -> CodeId {
        uuid::Uuid::from_u128(id).into()
    }

    #[test]
    fn the_older_code_has_the_first_choice() {
        let mut looks = CodeLooks::default();
        let names = ["Time pressure", "Travel", "Tŷ", "Travel time", "時間"];
        let codes: Vec<(u128, &str)> = (1..).zip(names).collect();
        looks.follow(&study(&codes), 1);
        let letters: Vec<char> = (1..=5).filter_map(|id| looks.letter(code(id))).collect();
        assert_eq!(letters, ['t', 'r', 'y', 'a', 'b']);
        assert_eq!(free_letter("Zeal", &('a'..='z').collect()), 'Z');
        assert_eq!(free_letter("Zeal", &('A'..='z').collect()), 'z', "there are no more: letters are shared");
    }

    #[test]
    fn a_code_keeps_its_looks_when_an_older_one_goes_and_others_come() {
        let mut looks = CodeLooks::default();
        looks.follow(&study(&[(1, "Time"), (2, "Travel")]), 1);
        assert_eq!((looks.letter(code(2)), looks.place(code(2))), (Some('r'), 1));
        looks.follow(&study(&[(2, "Getting there"), (3, "Trust")]), 2);
        assert_eq!((looks.letter(code(2)), looks.place(code(2))), (Some('r'), 1), "whatever it is called");
        assert_eq!(looks.letter(code(1)), None);
        assert_eq!((looks.letter(code(3)), looks.place(code(3))), (Some('t'), 2));
    }

    #[test]
    fn a_place_is_the_same_in_the_next_session() {
        let mut looks = CodeLooks::new(&[code(1), code(2)]);
        looks.follow(&study(&[(2, "Travel"), (3, "Trust")]), 1);
        assert_eq!(
            (looks.place(code(2)), looks.place(code(3))),
            (1, 2),
            "the first code is gone, its place is not free"
        );
    }
}
