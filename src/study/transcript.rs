//! Transcripts, their revisions, turns and speakers.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ParticipantId, RevisionId, TranscriptId};
use crate::text::Span;

/// What a transcript records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One person interviewed (others may sit in).
    #[default]
    Interview,
    /// A group.
    FocusGroup,
}

impl Kind {
    /// The word used in files and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Interview => "interview",
            Kind::FocusGroup => "focus_group",
        }
    }

    /// Reads that word; `-`, `_`, blanks and case do not matter.
    #[must_use]
    pub fn parse(word: &str) -> Option<Kind> {
        match crate::text::fold_name(word).replace(['-', ' '], "_").as_str() {
            "interview" => Some(Kind::Interview),
            "focus_group" | "focusgroup" => Some(Kind::FocusGroup),
            _ => None,
        }
    }
}

/// One imported document, over all its revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// Identity.
    pub id: TranscriptId,
    /// Short name (`I43`, `FG06`). Unique in a study, case folded.
    pub name: String,
    /// Interview or focus group.
    pub kind: Kind,
    /// The revision that is read, coded and counted now.
    pub revision: RevisionId,
    /// Name of the file it came from, without its folders.
    pub source: String,
    /// SHA-256 of that file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Language of the speech as a BCP 47 tag (`en`, `cy`), if anybody said.
    pub language: Option<String>,
}

/// One text of a transcript. It never changes: a correction is a new revision.
///
/// The text is kept apart from records and history: `digest` stands for it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Identity.
    pub id: RevisionId,
    /// Of which transcript.
    pub transcript: TranscriptId,
    /// 1 for the text as imported.
    pub number: u32,
    /// When it came in.
    pub at: Timestamp,
    /// SHA-256 of the text, lower-case hexadecimal.
    pub digest: String,
    /// Encoding it was read as, how it was laid out: words of the import report.
    pub encoding: String,
    /// Layout found, in the words of the import report.
    pub layout: String,
}

/// The number of a turn. It never changes; a split of turn 41 gives 41a and 41b.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TurnNumber {
    /// From 1.
    pub number: u32,
    /// 0 for a whole turn, 1 for `a`, 2 for `b`.
    pub part: u8,
}

impl TurnNumber {
    /// A whole turn.
    #[must_use]
    pub fn whole(number: u32) -> Self {
        Self { number, part: 0 }
    }

    /// Whether a turn is this one, or a part of it.
    #[must_use]
    pub fn covers(self, turn: TurnNumber) -> bool {
        turn == self || (self.part == 0 && turn.number == self.number)
    }
}

impl fmt::Display for TurnNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number)?;
        match self.part {
            0 => Ok(()),
            part => write!(f, "{}", char::from(b'a' + (part - 1).min(25))),
        }
    }
}

impl From<TurnNumber> for String {
    fn from(turn: TurnNumber) -> Self {
        turn.to_string()
    }
}

impl TryFrom<String> for TurnNumber {
    type Error = NotATurnNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A word that is no turn number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a turn number; write a number from 1, with a letter for a part of a split turn (41 or 41a)"
)]
pub struct NotATurnNumber(pub String);

impl FromStr for TurnNumber {
    type Err = NotATurnNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (digits, part) = match text.as_bytes().last() {
            Some(letter @ b'a'..=b'z') => (&text[..text.len() - 1], letter - b'a' + 1),
            _ => (text, 0),
        };
        match digits.parse() {
            Ok(number) if number > 0 => Ok(Self { number, part }),
            _ => Err(NotATurnNumber(text.to_owned())),
        }
    }
}

/// One labelled block of speech of one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Its number, the same in every revision.
    pub number: TurnNumber,
    /// Index into [`Turns::speakers`].
    pub speaker: u16,
    /// The label in the text; empty where the text has none.
    pub label: Span,
    /// The speech in the text: what is coded, searched and counted.
    pub speech: Span,
    /// Start in milliseconds from the start of the recording.
    pub start_ms: Option<u32>,
    /// End in milliseconds.
    pub end_ms: Option<u32>,
    /// Words of the speech (UAX #29).
    pub words: u32,
}

/// A time that stood inside a turn: of a caption cue, or of a mark in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeMark {
    /// The byte of the text from which it holds.
    pub at: u32,
    /// Milliseconds from the start of the recording.
    pub ms: u32,
}

/// The turns of one revision, in order of the text, with no two overlapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turns {
    /// Whose turns.
    pub revision: RevisionId,
    /// Keys of the speakers ([`Speaker::key`]), by index.
    pub speakers: Vec<String>,
    /// The turns.
    pub turns: Vec<Turn>,
    /// Times inside turns, in order.
    pub times: Vec<TimeMark>,
}

/// The text and turns of a new revision, which an action beside it makes current.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewText {
    /// Of which revision.
    pub revision: RevisionId,
    /// The whole text.
    pub text: String,
    /// Its turns.
    pub turns: Turns,
}

impl Turns {
    /// Index of the turn whose label or speech holds `byte`; between two turns, the one before. `None` in the
    /// preamble or when there are no turns.
    #[must_use]
    pub fn index_at(&self, byte: usize) -> Option<usize> {
        let after = self.turns.partition_point(|turn| turn.begins() <= byte);
        after.checked_sub(1)
    }

    /// Index of the turn with that number.
    #[must_use]
    pub fn index_of(&self, number: TurnNumber) -> Option<usize> {
        self.turns.binary_search_by_key(&number, |turn| turn.number).ok()
    }

    /// Index of the turn with that number or, if there is none, of the nearest one before it; the first if there is none such.
    #[must_use]
    pub fn at_or_before(&self, number: TurnNumber) -> Option<usize> {
        let after = self.turns.partition_point(|turn| turn.number <= number);
        (!self.turns.is_empty()).then(|| after.saturating_sub(1))
    }

    /// Indexes of the turns whose speech shares a byte with `span`.
    #[must_use]
    pub fn overlapping(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.turns.partition_point(|turn| turn.speech.end <= span.start);
        let past = self.turns.partition_point(|turn| turn.speech.start < span.end);
        first..past.max(first)
    }

    /// The numbers of the turns whose speech shares a byte with `span`, as people write them: `41`, `41-43`. Empty without one.
    #[must_use]
    pub fn numbers_in(&self, span: Span) -> String {
        match self.turns.get(self.overlapping(span)).unwrap_or_default() {
            [] => String::new(),
            [only] => only.number.to_string(),
            [first, .., last] => format!("{}-{}", first.number, last.number),
        }
    }

    /// Whether a span shares a byte with what somebody says.
    #[must_use]
    pub fn holds_speech(&self, span: Span) -> bool {
        let range = self.overlapping(span);
        self.turns.get(range).unwrap_or_default().iter().any(|turn| turn.speech.overlaps(span))
    }

    /// The key of a turn's label.
    #[must_use]
    pub fn speaker_of(&self, turn: &Turn) -> &str {
        self.speakers.get(usize::from(turn.speaker)).map_or("", String::as_str)
    }

    /// Where the first turn begins: all before it is the preamble.
    #[must_use]
    pub fn preamble_end(&self) -> usize {
        self.turns.first().map_or(0, Turn::begins)
    }
}

impl Turn {
    /// The first byte of its label or, without one, of its speech.
    #[must_use]
    pub fn begins(&self) -> usize {
        let first =
            if self.label.is_empty() { self.speech.start } else { self.label.start.min(self.speech.start) };
        first as usize
    }
}

/// A label in one transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// In which transcript.
    pub transcript: TranscriptId,
    /// The label with case and blanks folded: its identity in that transcript.
    pub key: String,
    /// The label as first written, or as renamed.
    pub label: String,
}

/// Who speaks under a label, or in a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "role", content = "participant")]
pub enum Voice {
    /// A participant of the study.
    Participant(ParticipantId),
    /// Whoever asks: interviewers and moderators. Their speech counts for nobody.
    Interviewer,
    /// Somebody who is no participant: a partner, an interpreter.
    Other,
    /// More than one person at once.
    Several,
    /// Nobody can tell.
    #[default]
    Unknown,
}

impl Voice {
    /// The word used in files, filters and screens.
    #[must_use]
    pub fn role(self) -> &'static str {
        match self {
            Voice::Participant(_) => "participant",
            Voice::Interviewer => "interviewer",
            Voice::Other => "other",
            Voice::Several => "several",
            Voice::Unknown => "unknown",
        }
    }

    /// The participant, if it is one.
    #[must_use]
    pub fn participant(self) -> Option<ParticipantId> {
        match self {
            Voice::Participant(id) => Some(id),
            _ => None,
        }
    }
}

/// Who a speaker is: a row of its own, so that binding one label conflicts with nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// In which transcript.
    pub transcript: TranscriptId,
    /// Which speaker ([`Speaker::key`]).
    pub speaker: String,
    /// Who it is.
    pub voice: Voice,
}

/// One turn that somebody else spoke than its label says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnVoice {
    /// In which transcript.
    pub transcript: TranscriptId,
    /// Which turn.
    pub turn: TurnNumber,
    /// Who spoke.
    pub voice: Voice,
}
