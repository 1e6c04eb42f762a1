//! Fuzzy ranking: two or three letters find a name.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The things whose names match what is typed, the best match first, equal ones in the order given. All of them, if
/// nothing is typed.
pub(in crate::app) fn rank<T>(typed: &str, named: Vec<(T, String)>) -> Vec<T> {
    let typed = typed.trim();
    if typed.is_empty() {
        return named.into_iter().map(|(thing, _)| thing).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(&escape(typed), CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, T)> = named
        .into_iter()
        .filter_map(|(thing, name)| {
            pattern.score(Utf32Str::new(&name, &mut buffer), &mut matcher).map(|score| (score, thing))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, thing)| thing).collect()
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
    fn signs_are_letters() {
        assert_eq!(ranked("!time", &["time", "!time"]), ["!time"]);
        assert_eq!(ranked("cost$", &["cost", "cost$"]), ["cost$"]);
    }
}
