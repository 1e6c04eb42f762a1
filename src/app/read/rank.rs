//! Fuzzy ranking: two or three letters find a name.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::text::fold_name;

/// The things whose names match what is typed, the best match first, equal ones in the order given. All of them, if
/// nothing is typed. Names that begin with it come before names with a word that does, and those before all others: who
/// types `com` means Complaints rather than a long name with `communication` in its midst.
pub(in crate::app) fn rank<T>(typed: &str, named: Vec<(T, String)>) -> Vec<T> {
    let typed = typed.trim();
    if typed.is_empty() {
        return named.into_iter().map(|(thing, _)| thing).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(&escape(typed), CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let wanted = fold_name(typed);
    let mut scored: Vec<(Place, Reverse<u32>, T)> = named
        .into_iter()
        .filter_map(|(thing, name)| {
            let score = pattern.score(Utf32Str::new(&name, &mut buffer), &mut matcher)?;
            Some((Place::of(&wanted, &fold_name(&name)), Reverse(score), thing))
        })
        .collect();
    scored.sort_by_key(|(place, score, _)| (*place, *score));
    scored.into_iter().map(|(_, _, thing)| thing).collect()
}

/// Letters from which on some of a word's letters are no accident.
const TELLING: usize = 4;

/// Whether a name is likely meant by what is typed: words of it begin so (`tim`; `ap t` and `apt` for “Appointment
/// time”), or its letters are most of those from the beginning of a word on (`workld`) or an abbreviation, without
/// vowels (`wkl`). Other letters in a row stand in half of all names by accident: `fit` in “first”, `ice` in “choice”,
/// `pain` in “playtesting”.
pub(in crate::app) fn is_meant(typed: &str, name: &str) -> bool {
    let name = fold_name(name);
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(at, c)| {
            c.is_alphanumeric() && !name.get(..*at).unwrap_or_default().ends_with(char::is_alphanumeric)
        })
        .map(|(at, _)| at)
        .collect();
    let rest = |at: &usize| name.get(*at..).unwrap_or_default();
    fold_name(typed).split_whitespace().all(|piece| {
        let letters = piece.chars().count();
        let abbreviates = piece.chars().skip(1).all(|c| !"aeiou".contains(c));
        let is_telling = |reach: usize| abbreviates || (letters >= TELLING && letters * 3 >= reach * 2);
        starts
            .iter()
            .any(|at| rest(at).starts_with(piece) || reach_in_order(rest(at), piece).is_some_and(is_telling))
            || begin_words(piece, &starts.iter().map(rest).collect::<Vec<_>>())
    })
}

/// Whether letters are beginnings of some of the words, in order; each of `words` reaches to the end of the name.
fn begin_words(letters: &str, words: &[&str]) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((word, others)) = words.split_first() else { return false };
    let common = letters.chars().zip(word.chars()).take_while(|(a, b)| a == b && a.is_alphanumeric());
    let ends = common.scan(0, |end, (letter, _)| {
        *end += letter.len_utf8();
        Some(*end)
    });
    ends.collect::<Vec<_>>()
        .into_iter()
        .rev()
        .any(|end| begin_words(letters.get(end..).unwrap_or_default(), others))
        || begin_words(letters, others)
}

/// How many letters of a name it takes to find all of these in order, if its first letter is the first of them.
fn reach_in_order(name: &str, letters: &str) -> Option<usize> {
    let mut names = (1..).zip(name.chars());
    let first = name.chars().next() == letters.chars().next();
    let mut reach = first.then_some(0)?;
    for letter in letters.chars() {
        reach = names.find(|(_, other)| *other == letter)?.0;
    }
    Some(reach)
}

/// Where in a name what is typed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// At its start.
    Name,
    /// At the start of a word.
    Word,
    /// Here and there.
    Anywhere,
}

impl Place {
    fn of(wanted: &str, name: &str) -> Place {
        let mut words = name.match_indices(wanted).map(|(at, _)| at);
        let begins = |at: usize| !name.get(..at).unwrap_or_default().ends_with(char::is_alphanumeric);
        if name.starts_with(wanted) {
            Place::Name
        } else if words.any(begins) {
            Place::Word
        } else {
            Place::Anywhere
        }
    }
}

/// What is typed is letters, never an operator of the matcher (`!`, `^`, `'`, `$`).
fn escape(typed: &str) -> String {
    let mut escaped = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        if word.starts_with(['!', '^', '\'']) {
            escaped.push('\\');
        }
        match word.strip_suffix('$') {
            Some(head) => escaped.extend([head, "\\$"]),
            None => escaped.push_str(word),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked<'n>(typed: &str, names: &[&'n str]) -> Vec<&'n str> {
        rank(typed, names.iter().map(|name| (*name, (*name).to_owned())).collect())
    }

    #[test]
    fn a_few_letters_find_a_name() {
        let names = ["Workload", "Appointment time", "Restructure time allocation", "Travel"];
        assert_eq!(ranked("tim", &names).len(), 2);
        assert_eq!(ranked("apt", &names), ["Appointment time"]);
        assert_eq!(ranked("", &names), names);
        assert_eq!(ranked("zzz", &names), [""; 0]);
    }

    #[test]
    fn what_begins_so_comes_first() {
        let names = ["Inadequate communication skills", "Coming home", "Change in practice", "Complaints"];
        assert_eq!(ranked("com", &names), ["Coming home", "Complaints", "Inadequate communication skills"]);
        assert_eq!(ranked("prac", &names), ["Change in practice"]);
    }

    #[test]
    fn a_name_is_meant_by_its_beginnings_and_not_by_letters_here_and_there() {
        for (typed, name) in [
            ("tim", "Appointment time"),
            ("apt", "Appointment time"),
            ("ti ap", "Appointment time"),
            ("workld", "Workload"),
            ("wkl", "Workload"),
            ("gp", "general practitioner"),
            ("c", "Coming home"),
        ] {
            assert!(is_meant(typed, name), "{typed} for {name}");
        }
        for (typed, name) in [
            ("fit", "Correlations first"),
            ("ice", "Choice of plot"),
            ("male", "female"),
            ("pain", "playtesting"),
            ("f", "prevents it"),
            ("tim", "Restricted"),
        ] {
            assert!(!is_meant(typed, name), "{typed} for {name}");
        }
    }

    #[test]
    fn signs_are_letters() {
        assert_eq!(ranked("!time", &["time", "!time"]), ["!time"]);
        assert_eq!(ranked("cost$", &["cost", "cost$"]), ["cost$"]);
    }
}
