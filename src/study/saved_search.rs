//! Queries that were given a name.

use serde::{Deserialize, Serialize};

use super::SavedSearchId;

/// A query of the search language under a name.
///
/// It is a record of the study, not a habit of one coder: what was searched for is part of the method, a colleague runs the
/// same search, the history says when it changed, and the query means the same on the command line. The queries that
/// somebody merely typed stay with their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// Identity.
    pub id: SavedSearchId,
    /// What it is called. Unique in a study, case folded.
    pub name: String,
    /// The query as typed. It is read when it is run: what it names may have changed since.
    pub query: String,
}
