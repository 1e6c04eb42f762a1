//! The form of a proof: a transcript written out as plain text, to be corrected elsewhere and to come back by `--revise`.
//!
//! A heading says from which revision it was written; before each turn stands a line with its number in brackets and who speaks:
//!
//! ```text
//! Combe transcript I43, revision 2 · 0198f3a2-7c00-7000-8000-00000000002a
//! [before the first turn]
//! Interview 43, 12 March
//!
//! [1 00:00:04] Interviewer
//! How does time come into it?
//!
//! [2 left out]
//! ```
//!
//! What is here reads and writes such lines; `layout/proof.rs` reads a file of them, `export/proof.rs` writes one, and
//! `plan/proofs.rs` puts it back into the text that it was written from.

use std::fmt;

use crate::study::{Proofed, RevisionId, TurnNumber};
use crate::text::clock_words;

/// A proof, as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What it says of itself.
    pub heading: ProofHeading,
    /// What it has before the first turn; `None` if it does not say.
    pub before: Option<String>,
    /// Its turns in order.
    pub turns: Vec<Proofed>,
}

/// From what a proof was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofHeading {
    /// Short name of the transcript, as it was then.
    pub transcript: String,
    /// Which of its texts.
    pub revision: RevisionId,
    /// The number of that revision, for people.
    pub number: u32,
    /// Turns whose words were left out.
    pub left_out: Vec<TurnNumber>,
}

const BEGINS: &str = "Combe transcript ";
const REVISION: &str = ", revision ";
const IDENTITY: &str = " · ";
const WITHOUT: &str = "Left out: ";

impl fmt::Display for ProofHeading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{BEGINS}{}{REVISION}{}{IDENTITY}{}", self.transcript, self.number, self.revision)?;
        if self.left_out.is_empty() {
            return Ok(());
        }
        let numbers: Vec<String> = self.left_out.iter().map(ToString::to_string).collect();
        writeln!(f, "{WITHOUT}{}.", numbers.join(", "))
    }
}

impl ProofHeading {
    /// Whether a heading may begin with this line.
    pub(super) fn may_begin(line: &str) -> bool {
        line.trim_start_matches(['\u{feff}', ' ']).starts_with(BEGINS)
    }

    /// Reads what stands above the first turn, however its lines were broken.
    pub(super) fn read(lines: &[&str]) -> Option<ProofHeading> {
        let said: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
        let said = said.join(" ");
        let (_, rest) = said.split_once(BEGINS)?;
        let (title, rest) = rest.split_once(IDENTITY)?;
        let (transcript, number) = title.rsplit_once(REVISION)?;
        let (identity, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let left_out = rest.split_once(WITHOUT).and_then(|(_, rest)| rest.split_once('.'));
        let numbers = left_out.map_or("", |(numbers, _)| numbers);
        Some(ProofHeading {
            transcript: transcript.to_owned(),
            revision: identity.parse().ok()?,
            number: number.parse().ok()?,
            left_out: numbers.split(',').filter_map(|number| number.trim().parse().ok()).collect(),
        })
    }
}

/// The brackets at the beginning of a line that say what stands below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// What precedes the first turn.
    Before,
    /// A turn, perhaps with the time at which it begins, in milliseconds.
    Turn(TurnNumber, Option<u32>),
    /// A turn whose words are not here.
    LeftOut(TurnNumber),
    /// A turn that came in.
    New,
}

const BEFORE: &str = "before the first turn";
const LEFT_OUT: &str = "left out";
const NEW: &str = "new";

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Anchor::Before => write!(f, "[{BEFORE}]"),
            Anchor::Turn(number, None) => write!(f, "[{number}]"),
            Anchor::Turn(number, Some(ms)) => write!(f, "[{number} {}]", clock_words(*ms)),
            Anchor::LeftOut(number) => write!(f, "[{number} {LEFT_OUT}]"),
            Anchor::New => write!(f, "[{NEW}]"),
        }
    }
}

impl Anchor {
    /// Reads the anchor that a line begins with, and what stands behind it. The time is no more than a help for the eye.
    pub(super) fn read(line: &str) -> Option<(Anchor, &str)> {
        let (inner, rest) =
            line.trim_start_matches(['\u{feff}', ' ', '\t', '\u{a0}']).strip_prefix('[')?.split_once(']')?;
        let words: Vec<&str> = inner.split_whitespace().collect();
        let said = words.join(" ").to_lowercase();
        let anchor = match (said.as_str(), words.as_slice()) {
            (BEFORE, _) => Anchor::Before,
            (NEW, _) => Anchor::New,
            (_, [number]) => Anchor::Turn(number.parse().ok()?, None),
            (_, [number, ..]) if said.split_once(' ').is_some_and(|(_, rest)| rest == LEFT_OUT) => {
                Anchor::LeftOut(number.parse().ok()?)
            }
            (_, [number, time]) if time.chars().all(|c| c.is_ascii_digit() || c == ':') => {
                Anchor::Turn(number.parse().ok()?, None)
            }
            _ => return None,
        };
        Some((anchor, rest.trim()))
    }
}

const ESCAPE: char = '\\';

/// A line of words as it stands in a proof: one that would be taken for an anchor has a sign before it.
#[must_use]
pub fn shielded(line: &str) -> String {
    match is_like_anchor(line) {
        true => format!("{ESCAPE}{line}"),
        false => line.to_owned(),
    }
}

/// How many bytes of a line of a proof are that sign.
pub(super) fn shield(line: &str) -> usize {
    match line.strip_prefix(ESCAPE) {
        Some(rest) if is_like_anchor(rest) => ESCAPE.len_utf8(),
        _ => 0,
    }
}

fn is_like_anchor(line: &str) -> bool {
    Anchor::read(line.trim_start_matches(ESCAPE)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_read_again_however_its_lines_are_broken() {
        let heading = ProofHeading {
            transcript: "I43, revision B · two".replace(" · ", " "),
            revision: "0198f3a2-7c00-7000-8000-00000000002a".parse().unwrap(),
            number: 12,
            left_out: vec!["2".parse().unwrap(), "41b".parse().unwrap()],
        };
        let written = heading.to_string();
        let read = |text: &str| ProofHeading::read(&text.lines().collect::<Vec<_>>());
        assert_eq!(read(&written), Some(heading.clone()));
        assert_eq!(read(&format!("Note to Ann\n{}", written.replace(' ', "\n"))), Some(heading));
        assert_eq!(read("Combe transcript of a talk"), None);
    }

    #[test]
    fn anchors_are_read_as_written_and_words_are_none() {
        let number: TurnNumber = "41a".parse().unwrap();
        for anchor in [Anchor::Before, Anchor::Turn(number, None), Anchor::LeftOut(number), Anchor::New] {
            assert_eq!(Anchor::read(&anchor.to_string()), Some((anchor, "")));
        }
        let timed = Anchor::Turn(number, Some(3_723_000)).to_string();
        assert_eq!(timed, "[41a 01:02:03]");
        assert_eq!(Anchor::read(" [41a 01:02:03]  Ann "), Some((Anchor::Turn(number, None), "Ann")));
        for words in ["[laughs] Yes", "[12 people] came", "[]", "[0]", "(12)", "12] Ann"] {
            assert_eq!(Anchor::read(words), None, "{words}");
        }
    }

    #[test]
    fn words_like_an_anchor_are_told_from_one() {
        for line in ["[12] as he said", "\\[12]", "\\\\ [new]", "\\n", "plain", ""] {
            let written = shielded(line);
            assert!(Anchor::read(&written).is_none(), "{written}");
            assert_eq!(&written[shield(&written)..], line);
        }
    }
}
