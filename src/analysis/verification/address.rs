//! Addresses in what stands behind a quotation: `I43:46`, `I43, turns 46–48`, `Interview 43`, `FG2`.
//!
//! Times (`I43, 00:12:31`), lines and pages are no turns and decide nothing.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use crate::study::{Kind, Study, TranscriptId, TurnNumber};

/// A transcript that is named, perhaps with turns of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) transcript: TranscriptId,
    /// Their numbers. `None` where the transcript alone is named.
    pub(super) turns: Option<RangeInclusive<u32>>,
    /// Bytes of the text it stands in.
    pub(super) at: Range<usize>,
    /// Whether it is a number alone, without the transcript's name: the first of somebody's interviews may be meant.
    pub(super) loose: bool,
}

impl Address {
    /// Whether words that lie in some turns of a transcript are at this address.
    pub(super) fn holds(&self, transcript: TranscriptId, turns: &[TurnNumber]) -> bool {
        let is_named = |turn: &TurnNumber| self.turns.as_ref().is_none_or(|held| held.contains(&turn.number));
        self.transcript == transcript && turns.iter().any(is_named)
    }
}

/// The transcripts of a study by what they are called.
#[derive(Default)]
pub(super) struct Addresses {
    /// Names in small letters by their first words, longest first.
    by_first_word: HashMap<String, Vec<(String, TranscriptId)>>,
    /// By what they are and the number their name ends in, where one alone has it.
    by_number: HashMap<(Kind, u32), Option<TranscriptId>>,
    /// By the letters before that number, too.
    by_letters: HashMap<(String, u32), Option<TranscriptId>>,
}

impl Addresses {
    pub(super) fn of(study: &Study) -> Self {
        let mut found = Self::default();
        for transcript in study.transcripts_by_name() {
            let name = transcript.name.to_lowercase();
            if let Some(word) = name.split(|c| !is_of_word(c)).find(|word| !word.is_empty()) {
                let named = found.by_first_word.entry(word.to_owned()).or_default();
                named.push((name.clone(), transcript.id));
            }
            let head = name.trim_end_matches(|c: char| c.is_ascii_digit());
            if let Ok(number) = name.get(head.len()..).unwrap_or_default().parse() {
                let first = |held: &mut Option<TranscriptId>| *held = None;
                let (kind, letters) = ((transcript.kind, number), (head.to_owned(), number));
                found.by_number.entry(kind).and_modify(first).or_insert(Some(transcript.id));
                found.by_letters.entry(letters).and_modify(first).or_insert(Some(transcript.id));
            }
        }
        for named in found.by_first_word.values_mut() {
            named.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        found
    }

    /// All addresses in a text. A name without a number in it is taken for one only before a colon and a turn.
    pub(super) fn within(&self, text: &str) -> Vec<Address> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = text.get(from..).and_then(|rest| rest.find(is_of_word)).map(|at| from + at) {
            let rest = text.get(start..).unwrap_or_default();
            let word = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
            from = start + word;
            let Some((transcript, length, loose)) = self.named(rest, word) else { continue };
            let (turns, more) = turns_behind(text.get(start + length..).unwrap_or_default());
            let has_number =
                rest.get(..length).is_some_and(|name| name.contains(|c: char| c.is_ascii_digit()));
            if has_number || turns.is_some() {
                let at = start..start + length + more;
                found.push(Address { transcript, turns, at, loose });
                from = start + length + more;
            }
        }
        found
    }

    /// The transcript that a text begins with, whose first word is of that length, the length of its name there, and whether that
    /// is loose.
    fn named(&self, text: &str, word: usize) -> Option<(TranscriptId, usize, bool)> {
        let first = text.get(..word)?.to_lowercase();
        let is_name = |name: &str| {
            let held = text.get(..name.len()).is_some_and(|held| held.to_lowercase() == name);
            held && !text.get(name.len()..).unwrap_or_default().starts_with(is_of_word)
        };
        let named = self.by_first_word.get(&first).into_iter().flatten();
        if let Some((name, transcript)) = named.into_iter().find(|(name, _)| is_name(name)) {
            return Some((*transcript, name.len(), false));
        }
        let head = first.trim_end_matches(|c: char| c.is_ascii_digit());
        // Of pages, `p7` is written small.
        if text.starts_with(char::is_uppercase)
            && let Ok(number) = first.get(head.len()..)?.parse::<u32>()
        {
            let held = self.by_letters.get(&(head.to_owned(), number)).copied().flatten();
            return held.map(|id| (id, word, false));
        }
        let kind = match first.as_str() {
            "interview" | "int" | "idi" => Kind::Interview,
            "group" | "fg" => Kind::FocusGroup,
            _ => return None,
        };
        let behind = text.get(word..)?;
        let number = behind.trim_start_matches([' ', '\u{a0}', '.', '-']);
        let blanks = behind.len() - number.len();
        let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let held = self.by_number.get(&(kind, number.get(..digits)?.parse().ok()?)).copied().flatten();
        held.filter(|_| blanks > 0).map(|id| (id, word + blanks + digits, true))
    }
}

/// The turns that stand behind the name of a transcript (`:46`, `, turns 46–48`), and how many bytes they take.
fn turns_behind(text: &str) -> (Option<RangeInclusive<u32>>, usize) {
    let none = (None, 0);
    let separator = text.trim_start_matches([' ', '\u{a0}']);
    let plain = separator.trim_start_matches([':', ',', ' ', '\u{a0}']);
    let word = ["turns", "turn"].into_iter().find(|word| {
        plain.get(..word.len()).is_some_and(|held| held.eq_ignore_ascii_case(word))
            && !plain.get(word.len()..).unwrap_or_default().starts_with(char::is_alphabetic)
    });
    let numbers = match word {
        Some(word) => plain.get(word.len()..).unwrap_or_default().trim_start_matches([' ', '\u{a0}']),
        None if separator.starts_with(':') => plain,
        None => return none,
    };
    let Some((first, rest)) = number(numbers) else { return none };
    // A time.
    if rest.starts_with(':') {
        return none;
    }
    let beyond = rest.trim_start_matches([' ', '\u{a0}']);
    let dash = beyond.strip_prefix(['-', '–', '—']).map(|more| more.trim_start_matches([' ', '\u{a0}']));
    let (last, rest) = dash.and_then(number).filter(|(last, _)| *last >= first).unwrap_or((first, rest));
    (Some(first..=last), text.len() - rest.len())
}

/// A number that a text begins with, with the letter of a part of a turn, and what is behind it.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(digits)?;
    let part = rest.strip_prefix(|c: char| c.is_ascii_lowercase());
    let rest = part.filter(|rest| !rest.starts_with(char::is_alphanumeric)).unwrap_or(rest);
    Some((number.parse().ok()?, rest))
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::small::Small;

    #[test]
    fn transcripts_are_named_with_their_turns_or_alone() {
        let mut small = Small::new();
        small.interview("I07", &["Int: What?", "P1: Nothing."]);
        small.focus_group("FG02", &["P3: We wait."]);
        let addresses = Addresses::of(&small.study);
        for (text, name, turns) in [
            ("I07", "I07", None),
            ("P1, i07", "I07", None),
            ("I7:46", "I07", Some(46..=46)),
            ("I07:46–48, GP", "I07", Some(46..=48)),
            ("I07, turn 46b", "I07", Some(46..=46)),
            ("I07, turns 46 - 48", "I07", Some(46..=48)),
            ("I07, 00:12:31", "I07", None),
            ("I07: 00:12:31", "I07", None),
            ("Interview 7", "I07", None),
            ("focus group 2, patient", "FG02", None),
            ("FG 2: 5", "FG02", Some(5..=5)),
        ] {
            let found = addresses.within(text);
            let named =
                |held: &Address| small.study.transcripts().get(&held.transcript).unwrap().name.clone();
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((named(&found[0]).as_str(), found[0].turns.clone()), (name, turns), "{text}");
        }
        for text in ["i7", "P07", "interview", "focus group", "FG20", "Interview 71", "group of 2"] {
            assert_eq!(addresses.within(text), [], "{text}");
        }
    }
}
