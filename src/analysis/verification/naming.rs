//! Who is named in words: by the number as the study writes it or as authors do (`P049`, `P49`, `Participant 49`).

use std::collections::{BTreeMap, HashMap};

use super::check::once;
use super::descriptors::{Descriptors, is_number};
use super::saying::{is_addressed, says_so};
use crate::study::ParticipantId;

/// Words before the number of a participant.
const TITLES: [&str; 4] = ["participant", "interviewee", "respondent", "pt"];

/// The same, written close to it: `R13`.
const INITIALS: [&str; 3] = ["r", "resp", "pt"];

/// The names of participants, and how they are found.
#[derive(Default)]
pub(super) struct Names {
    by_participant: BTreeMap<ParticipantId, String>,
    /// Names of one word, in small letters.
    by_word: HashMap<String, ParticipantId>,
    /// Names that are letters and a number, by both; and by the number alone. `None` where several have it.
    by_letters: HashMap<(String, String), Option<ParticipantId>>,
    by_number: HashMap<String, Option<ParticipantId>>,
    /// Names of several words.
    long: Vec<(ParticipantId, String)>,
}

impl Names {
    pub(super) fn insert(&mut self, person: ParticipantId, name: &str) {
        if self.by_participant.insert(person, name.to_owned()).is_some() {
            return;
        }
        if name.chars().all(is_of_word) {
            self.by_word.insert(name.to_lowercase(), person);
        } else {
            self.long.push((person, name.to_owned()));
        }
        let head = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name.get(head.len()..).unwrap_or_default();
        if !number.is_empty() {
            let number = number.trim_start_matches('0').to_owned();
            let several = |held: &mut Option<ParticipantId>| *held = None;
            let letters = (head.to_lowercase(), number.clone());
            self.by_letters.entry(letters).and_modify(several).or_insert(Some(person));
            if head.chars().all(char::is_alphabetic) {
                self.by_number.entry(number).and_modify(several).or_insert(Some(person));
            }
        }
    }

    pub(super) fn get(&self, person: ParticipantId) -> Option<&str> {
        self.by_participant.get(&person).map(String::as_str)
    }

    /// Whether somebody is called so, capitals aside.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_word.contains_key(&name.to_lowercase())
            || self.long.iter().any(|(_, held)| held.eq_ignore_ascii_case(name))
    }

    /// The one name that is that number behind these letters, or behind any.
    fn numbered(&self, letters: Option<&str>, digits: &str) -> Option<&str> {
        let number = digits.trim_start_matches('0').to_owned();
        let person = match letters {
            None => *self.by_number.get(&number)?,
            Some(letters) => *self.by_letters.get(&(letters.to_lowercase(), number))?,
        };
        self.get(person?)
    }
}

impl Descriptors {
    /// Words with the numbers of participants as the study writes them: `P49` and `Participant 49` are `P049`, where that is
    /// one person alone.
    #[must_use]
    pub fn spelled_out(&self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (before, from) = rest.split_at(start);
            out.push_str(before);
            let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            let number = after.strip_prefix([' ', '\u{a0}']).map(|number| {
                let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
                number.split_at(digits)
            });
            let is_title = TITLES.contains(&word.to_lowercase().as_str());
            match number {
                Some((digits, beyond)) if is_title && !digits.is_empty() => {
                    match self.names.numbered(None, digits) {
                        Some(name) => out.push_str(name),
                        None => out.extend([word, " ", digits]),
                    }
                    rest = beyond;
                }
                _ => {
                    out.push_str(self.spelled(word, before.ends_with('#')).unwrap_or(word));
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The name that a word with a number is another spelling of.
    fn spelled(&self, word: &str, behind_sign: bool) -> Option<&str> {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = word.get(letters.len()..)?;
        // Of pages, `p49` is written small.
        let is_small = !letters.is_empty() && !letters.starts_with(char::is_uppercase);
        if digits.is_empty() || is_small || letters.is_empty() && !behind_sign || self.names.has(word) {
            return None;
        }
        let is_initial = letters.is_empty() || INITIALS.contains(&letters.to_lowercase().as_str());
        self.names.numbered(if is_initial { None } else { Some(letters) }, digits)
    }

    /// The participants whose names stand among words, in the order of these, whatever else is said there. A name is told from
    /// a word by a number in it (`P12`, `p12`) or by its capital letter (`Rhian`).
    #[must_use]
    pub fn named_in(&self, words: &str) -> Vec<ParticipantId> {
        let is_name = |name: &str, written: &str| match name.chars().any(|c| c.is_ascii_digit()) {
            true => !is_number(name),
            false => name.starts_with(char::is_uppercase) && written == name,
        };
        let mut found: Vec<(usize, ParticipantId)> = Vec::new();
        let mut from = 0;
        while let Some(start) = words.get(from..).and_then(|rest| rest.find(is_of_word)).map(|at| from + at) {
            let rest = words.get(start..).unwrap_or_default();
            let word = rest.get(..rest.find(|c| !is_of_word(c)).unwrap_or(rest.len())).unwrap_or_default();
            from = start + word.len();
            let person = self.names.by_word.get(&word.to_lowercase()).copied();
            found.extend(
                person
                    .filter(|id| self.names.get(*id).is_some_and(|name| is_name(name, word)))
                    .map(|id| (start, id)),
            );
        }
        for (person, name) in &self.names.long {
            let at = words.match_indices(name.as_str()).map(|(at, _)| at).find(|at| {
                let after = words.get(at + name.len()..).unwrap_or_default();
                !words.get(..*at).unwrap_or_default().ends_with(is_of_word) && !after.starts_with(is_of_word)
            });
            found.extend(at.filter(|_| is_name(name, name)).map(|at| (at, *person)));
        }
        found.sort_unstable();
        once(found.into_iter().map(|(_, person)| person))
    }

    /// Those of `people` of whom words around a quotation say plainly that they said it.
    #[must_use]
    pub fn said_by(&self, words: &str, people: &[ParticipantId]) -> Vec<ParticipantId> {
        let says = |person: &&ParticipantId| {
            let others = people.iter().filter(|other| other != person);
            let others: Vec<&str> = others.filter_map(|other| self.names.get(*other)).collect();
            self.names.get(**person).is_some_and(|name| says_so(words, name, &others))
        };
        people.iter().filter(says).copied().collect()
    }

    /// Those of `people` whom words around a quotation say it was said to.
    #[must_use]
    pub(super) fn said_to(&self, words: &str, people: &[ParticipantId]) -> Vec<ParticipantId> {
        let hears =
            |person: &&ParticipantId| self.names.get(**person).is_some_and(|name| is_addressed(words, name));
        people.iter().filter(hears).copied().collect()
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
