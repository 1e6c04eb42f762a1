//! Hiding: a person, a transcript or a passage is taken out of counts, retrieval and exports, and can be brought back.

use serde::{Deserialize, Serialize};

use super::{HiddenId, ParticipantId, RevisionId, TranscriptId};
use crate::text::Span;

/// What can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hideable {
    /// All that a person says.
    Participant(ParticipantId),
    /// A transcript.
    Transcript(TranscriptId),
    /// A passage.
    Passage {
        /// Of which transcript.
        transcript: TranscriptId,
        /// The revision that the span counts in.
        revision: RevisionId,
        /// The bytes, half-open.
        span: Span,
    },
}

/// One thing that is hidden, for as long as the record is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Identity.
    pub id: HiddenId,
    /// What is hidden.
    pub what: Hideable,
}
