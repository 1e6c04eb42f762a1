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
    /// Every code that the study ever had and the name it was made with, the oldest first.
    made: Vec<(CodeId, String)>,
    places: BTreeMap<CodeId, usize>,
    letters: BTreeMap<CodeId, char>,
    followed: Option<u64>,
}

impl CodeLooks {
    /// Looks that know `made`: every code that the study ever had with the name it was made with, the oldest first, those
    /// that are gone included. It is what keeps the looks of a code from one session to the next, whatever it is called by
    /// then.
    #[must_use]
    pub fn new(made: Vec<(CodeId, String)>) -> Self {
        let places = made.iter().enumerate().map(|(place, (code, _))| (*code, place)).collect();
        Self { made, places, ..Self::default() }
    }

    /// Takes in which codes there are at `version` of the study. A code that it knows keeps its looks; a new one gets the
    /// next place, and a letter as follows. The older code has the first choice: initials of its name, other letters of it,
    /// any letter, then the same in upper case. When all are given away, a code takes one that no code has any more, and
    /// those beyond that share the initial of their name.
    pub fn follow(&mut self, study: &Study, version: u64) {
        if self.followed.replace(version) == Some(version) {
            return;
        }
        for code in study.codes().iter() {
            if !self.places.contains_key(&code.id) {
                self.places.insert(code.id, self.made.len());
                self.made.push((code.id, code.name.clone()));
            }
        }
        let mut taken: BTreeSet<char> = self.letters.values().copied().collect();
        for (code, name) in &self.made {
            if self.letters.contains_key(code) {
                continue;
            }
            let letter = free_letter(name, &taken).or_else(|| {
                let living = study.codes().iter().filter_map(|held| self.letters.get(&held.id)).copied();
                study.codes().has(code).then(|| free_letter(name, &living.collect())).flatten()
            });
            let letter = letter.or_else(|| wanted_letters(name).next()).unwrap_or('x');
            taken.insert(letter);
            self.letters.insert(*code, letter);
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

fn free_letter(name: &str, taken: &BTreeSet<char>) -> Option<char> {
    let upper = wanted_letters(name).map(|letter| letter.to_ascii_uppercase());
    wanted_letters(name).chain(upper).find(|letter| !taken.contains(letter))
}

/// Letters for a name, the best first, in lower case.
fn wanted_letters(name: &str) -> impl Iterator<Item = char> {
    let plain: String = name.nfkd().filter(char::is_ascii).collect::<String>().to_ascii_lowercase();
    let initials: Vec<char> = plain.split_whitespace().filter_map(|word| word.chars().next()).collect();
    let letters: Vec<char> = plain.chars().collect();
    initials.into_iter().chain(letters).chain('a'..='z').filter(char::is_ascii_alphabetic)
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
        assert_eq!(free_letter("Zeal", &('a'..='z').collect()), Some('Z'));
        assert_eq!(free_letter("Zeal", &('A'..='z').collect()), None, "there are no more");
    }

    #[test]
    fn a_code_keeps_its_looks_when_an_older_one_goes_and_others_come() {
        let mut looks = CodeLooks::default();
        looks.follow(&study(&[(1, "Time"), (2, "Travel")]), 1);
        assert_eq!((looks.letter(code(2)), looks.place(code(2))), (Some('r'), 1));
        looks.follow(&study(&[(2, "Getting there"), (3, "Trust")]), 2);
        assert_eq!((looks.letter(code(2)), looks.place(code(2))), (Some('r'), 1), "whatever it is called");
        assert_eq!((looks.letter(code(3)), looks.place(code(3))), (Some('u'), 2), "“t” and “r” are not free");
    }

    #[test]
    fn looks_are_the_same_in_the_next_session() {
        let made = [(1, "Time"), (2, "Travel"), (3, "Trust")];
        let made = made.map(|(id, name): (u128, &str)| (code(id), name.to_owned()));
        let mut looks = CodeLooks::new(made.to_vec());
        looks.follow(&study(&[(2, "Getting there"), (3, "Trust"), (4, "Tired")]), 1);
        let shown = |id| (looks.letter(code(id)), looks.place(code(id)));
        assert_eq!([shown(2), shown(3), shown(4)], [(Some('r'), 1), (Some('u'), 2), (Some('i'), 3)]);
    }

    #[test]
    fn a_letter_that_no_code_has_any_more_is_given_away_last_and_then_shared() {
        let made: Vec<(CodeId, String)> = (1..=52).map(|id| (code(id), "Zeal".to_owned())).collect();
        let mut looks = CodeLooks::new(made);
        let living: Vec<(u128, String)> = (2..=53).map(|id| (id, format!("Zeal {id}"))).collect();
        let living: Vec<(u128, &str)> = living.iter().map(|(id, name)| (*id, name.as_str())).collect();
        looks.follow(&study(&living), 1);
        let letters: BTreeSet<char> = (2..=53).filter_map(|id| looks.letter(code(id))).collect();
        assert_eq!(letters.len(), 52, "the last one has that of the first, which is gone");
        looks.follow(&study(&[living, vec![(54, "Zest")]].concat()), 2);
        assert_eq!(looks.letter(code(54)), Some('z'));
    }
}
