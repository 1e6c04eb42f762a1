//! A transcript as it was found in a file, before a study takes it in.

use super::proof::Proof;
use crate::study::{Kind, TimeMark};
use crate::text::Span;

/// What one file holds, laid out into turns. Nothing of a study is known yet: speakers have labels, not bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftTranscript {
    /// Short name that the file's name suggests (`I43`).
    pub name: String,
    /// Interview or focus group, as far as labels and header tell.
    pub kind: Kind,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Encoding of the file in words (`UTF-8`, `Windows-1252`, `UTF-16 LE`).
    pub encoding: String,
    /// Layout found, in words.
    pub layout: String,
    /// The text that is stored. All spans count its bytes.
    pub text: String,
    /// Turns in order.
    pub turns: Vec<DraftTurn>,
    /// Speakers in order of first appearance; turns point into it.
    pub speakers: Vec<DraftSpeaker>,
    /// Times that stood inside turns, in order.
    pub times: Vec<TimeMark>,
    /// Caption cues the file had; 0 if it is no caption file.
    pub cues: usize,
    /// `Key: value` lines of the preamble, in order.
    pub header: Vec<(String, String)>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
    /// What it says as a proof, if it is one: its words then belong into the text that it was written from.
    pub proof: Option<Box<Proof>>,
}

/// One labelled block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftTurn {
    /// Index into [`DraftTranscript::speakers`].
    pub speaker: usize,
    /// The label in the text; empty where the text has none.
    pub label: Span,
    /// The speech, from its first to its last character that is not blank; empty for a label without speech.
    pub speech: Span,
    /// Milliseconds from the start of the recording.
    pub start_ms: Option<u32>,
    /// Milliseconds from the start of the recording.
    pub end_ms: Option<u32>,
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSpeaker {
    /// The label as first written, without its separator.
    pub label: String,
    /// The label folded ([`fold_label`](crate::text::fold_label)): its identity in the transcript.
    pub key: String,
}

/// Something that a person should look at: what import took one way and might be another.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Doubt {
    /// Line of the file, from 1; `None` if it is about the whole file.
    pub line: Option<usize>,
    /// What, in a sentence; labels and numbers, never speech.
    pub what: String,
}
