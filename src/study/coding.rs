//! Quotes and codings: what coders make.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CodeId, CoderId, CodingId, QuoteId, RevisionId, TranscriptId, Valence};
use crate::text::Span;

/// A span of a transcript, marked by one coder, who owns its boundaries and its star.
///
/// Unique by transcript, revision, span and coder: coding a colleague's quote makes your own over the same span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Identity.
    pub id: QuoteId,
    /// Whose it is.
    pub coder: CoderId,
    /// In which transcript.
    pub transcript: TranscriptId,
    /// The revision that the span counts in.
    pub revision: RevisionId,
    /// The bytes, on grapheme boundaries; may run over several turns.
    pub span: Span,
    /// The text between them, so that the quote outlives any change of the transcript.
    pub text: String,
    /// Worth printing.
    pub starred: bool,
}

/// One code on one quote; unique by both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// Identity.
    pub id: CodingId,
    /// On which quote.
    pub quote: QuoteId,
    /// Which code.
    pub code: CodeId,
    /// The coding's own valence: only where the code has no side.
    pub valence: Option<Valence>,
    /// When.
    pub at: Timestamp,
    /// Whether its coder was blind on the transcript: could not see what others did there.
    #[serde(default)]
    pub blind: bool,
}

/// Whose quotes and codings of a transcript are counted. Without this record it is the lead coder of the study, or
/// else whoever coded it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerOfRecord {
    /// Which transcript.
    pub transcript: TranscriptId,
    /// Whose layer counts.
    pub coder: CoderId,
}
