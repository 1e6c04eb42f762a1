//! What happens to quotes once a study is written up: the basket they are kept in, the drafts that use them, and the
//! files in which participants' words or figures left.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{BasketEntryId, CoderId, ExportId, ParticipantId, QuoteId, TranscriptId};

/// A quote that a coder put aside for writing. At most one of a coder and quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketEntry {
    /// Identity. It sorts by the moment of putting aside, which is the order of the basket.
    pub id: BasketEntryId,
    /// Whose basket.
    pub coder: CoderId,
    /// Which quote.
    pub quote: QuoteId,
}

/// A quote that stands in a draft, as the draft was last verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Which quote.
    pub quote: QuoteId,
    /// Which draft: its file and the folder that it lies in, `thesis/paper.md`; the whole path would say too much of its writer. Of
    /// marks from before folders were kept, the file alone.
    pub draft: String,
}

/// A file, or the clipboard, by which something left the study: so that a withdrawal can say where a person's words went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Identity.
    pub id: ExportId,
    /// Name of the file or folder, without the folders above it; `clipboard` for the clipboard.
    pub file: String,
    /// What it holds: `codings`, `quotes`, `table`, in the words of the command line.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the file's bytes, lower-case hexadecimal; empty where there is no one file.
    pub sha256: String,
    /// Whose words are in it. Empty for counts.
    pub participants: Vec<ParticipantId>,
    /// From which transcripts.
    pub transcripts: Vec<TranscriptId>,
}
