//! Where the texts of revisions come from.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::store::Store;
use crate::study::RevisionId;

/// Gives the text of a revision. Implement it over a cache: highlights ask for the same few texts again and
/// again.
pub trait TextSource {
    /// The text of a revision.
    ///
    /// # Errors
    /// Why it cannot be had; never any part of a text.
    fn text(&self, revision: RevisionId) -> Result<Arc<str>, NoText>;
}

/// A text that should be there and cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text of revision {revision} cannot be read: {why}")]
pub struct NoText {
    /// Which one.
    pub revision: RevisionId,
    /// The reason, as a clause.
    pub why: String,
}

impl TextSource for Store {
    fn text(&self, revision: RevisionId) -> Result<Arc<str>, NoText> {
        Store::text(self, revision).map_err(|error| NoText { revision, why: error.to_string() })
    }
}

/// Texts in memory.
impl TextSource for BTreeMap<RevisionId, Arc<str>> {
    fn text(&self, revision: RevisionId) -> Result<Arc<str>, NoText> {
        self.get(&revision).cloned().ok_or_else(|| NoText { revision, why: "it is not in memory".into() })
    }
}
