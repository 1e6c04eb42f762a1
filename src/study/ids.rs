//! Identifiers: UUIDs (version 7, so that they sort by the moment they were made), one type for each kind of
//! thing, so that one cannot be taken for another. They are made by the caller's [`Source`](super::Source).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A coder.
    CoderId,
    /// A participant.
    ParticipantId,
    /// An attribute of participants or of transcripts.
    AttributeId,
    /// A transcript, over all its revisions.
    TranscriptId,
    /// One immutable text of a transcript.
    RevisionId,
    /// A quote of one coder.
    QuoteId,
    /// One code on one quote.
    CodingId,
    /// A code of the codebook.
    CodeId,
    /// A theme.
    ThemeId,
    /// A memo.
    MemoId,
    /// A summary in the framework matrix.
    SummaryId,
    /// A named point of the history.
    PointId,
    /// A saved search.
    SavedSearchId,
    /// A quote put aside.
    BasketEntryId,
    /// A file that left.
    ExportId,
    /// Something hidden.
    HiddenId,
    /// A coauthor's decision.
    ReviewId,
    /// A finding that was kept.
    KeptFindingId,
    /// An action.
    ActionId,
}
