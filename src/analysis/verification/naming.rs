//! Who is named in words: by the number as the study writes it or as authors do (`P049`, `P49`, `Participant 49`).

use super::descriptors::{Descriptors, is_number};
use super::saying::says_so;
use crate::study::ParticipantId;

/// Words and signs before the number of a participant.
const TITLES: [&str; 6] = ["participant", "interviewee", "respondent", "resp", "pt", "r"];

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
                    match self.numbered("", digits) {
                        Some(name) => out.push_str(name),
                        None => out.extend([word, " ", digits]),
                    }
                    rest = beyond;
                }
                _ => {
                    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
                    let digits = word.get(letters.len()..).unwrap_or_default();
                    let is_name = self.names.values().any(|name| name.eq_ignore_ascii_case(word));
                    let is_sign = letters.is_empty() && before.ends_with('#');
                    let is_title = letters.starts_with(char::is_uppercase)
                        && TITLES.contains(&letters.to_lowercase().as_str());
                    let meant = match digits.is_empty() || is_name {
                        true => None,
                        false if is_sign || is_title => self.numbered("", digits),
                        false if letters.is_empty() => None,
                        false => self.numbered(letters, digits),
                    };
                    out.push_str(meant.unwrap_or(word));
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The one name that is these letters, or any, and that number.
    fn numbered(&self, letters: &str, digits: &str) -> Option<&str> {
        let number = digits.trim_start_matches('0');
        let is_it = |name: &&String| {
            let head = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let held = name.get(head.len()..).unwrap_or_default();
            !held.is_empty()
                && held.trim_start_matches('0') == number
                && match letters {
                    "" => head.chars().all(char::is_alphabetic),
                    // Of pages, `p49` is written small.
                    _ => letters.starts_with(char::is_uppercase) && head.eq_ignore_ascii_case(letters),
                }
        };
        let mut found = self.names.values().filter(is_it);
        found.next().filter(|_| found.next().is_none()).map(String::as_str)
    }

    /// The participants whose names stand among words, in the order of these, whatever else is said there. A name is told from
    /// a word by a number in it (`P12`, `p12`) or by its capital letter (`Rhian`).
    #[must_use]
    pub fn named_in(&self, words: &str) -> Vec<ParticipantId> {
        let folded = words.to_lowercase();
        let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
        let stands = |name: &str, words: &str| {
            words.match_indices(name).map(|(at, _)| at).find(|at| {
                let after = words.get(at + name.len()..).unwrap_or_default();
                !words.get(..*at).unwrap_or_default().ends_with(is_of_word) && !after.starts_with(is_of_word)
            })
        };
        let place = |name: &str| match name.chars().any(|c| c.is_ascii_digit()) {
            true if is_number(name) => None,
            true => stands(&name.to_lowercase(), &folded),
            false if name.starts_with(char::is_uppercase) => stands(name, words),
            false => None,
        };
        let mut found: Vec<(usize, ParticipantId)> =
            self.names.iter().filter_map(|(person, name)| Some((place(name)?, *person))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, person)| person).collect()
    }

    /// Those of `people` of whom words around a quotation say plainly that they said it.
    #[must_use]
    pub fn said_by(&self, words: &str, people: &[ParticipantId]) -> Vec<ParticipantId> {
        let name = |person: &ParticipantId| self.names.get(person).map(String::as_str);
        let says = |person: &&ParticipantId| {
            let others: Vec<&str> = people.iter().filter(|other| other != person).filter_map(name).collect();
            name(person).is_some_and(|name| says_so(words, name, &others))
        };
        people.iter().filter(says).copied().collect()
    }
}
