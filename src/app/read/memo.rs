//! Writing a memo on a passage.

use crate::app::{Effect, Model, TextField};
use crate::study::{MemoId, RevisionId, TranscriptId};
use crate::text::Span;

/// What a memo is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoTarget {
    /// In which transcript.
    pub transcript: TranscriptId,
    /// In which of its texts.
    pub revision: RevisionId,
    /// Which passage.
    pub span: Span,
}

/// A memo being written.
#[derive(Clone, Debug)]
pub struct MemoEditor {
    /// What it is about.
    pub target: MemoTarget,
    /// The memo that is being changed, if it is not a new one.
    pub memo: Option<MemoId>,
    /// What it says.
    pub field: TextField,
}

impl Model {
    pub(in crate::app) fn write_memo(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    pub(in crate::app) fn save_memo(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    pub(in crate::app) fn memo_changed(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    pub(in crate::app) fn memo_closed(&mut self, _memo: &MemoEditor) -> Vec<Effect> {
        Vec::new()
    }

    pub(in crate::app) fn reopen_memo(&mut self) {}
}
