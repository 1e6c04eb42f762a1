//! The digest chain: each action's hash covers its row and the hash before it; its digest covers the digests of its
//! changes, which are salted.
//!
//! It shows accidents and edits by hand. It does not stop somebody who makes the whole chain anew.

use rusqlite::Row;
use sha2::{Digest, Sha256};

use crate::document::hex;

/// The hash before the first action.
pub(super) const BEGINNING: &str = "";

/// The parts of an action that its hash covers, in this order.
pub(super) struct Link<'a> {
    pub(super) seq: i64,
    pub(super) id: &'a str,
    pub(super) at: &'a str,
    pub(super) coder: &'a str,
    pub(super) os_user: &'a str,
    pub(super) host: &'a str,
    pub(super) command: &'a str,
    pub(super) label: &'a str,
    pub(super) reason: Option<&'a str>,
    pub(super) undoes: Option<&'a str>,
    pub(super) digest: &'a str,
    pub(super) prev_hash: &'a str,
}

impl Link<'_> {
    /// Lower-case hexadecimal SHA-256 over all parts, each with its length before it.
    pub(super) fn hash(&self) -> String {
        let seq = self.seq.to_string();
        let parts = [
            Some(self.prev_hash),
            Some(&seq),
            Some(self.id),
            Some(self.at),
            Some(self.coder),
            Some(self.os_user),
            Some(self.host),
            Some(self.command),
            Some(self.label),
            self.reason,
            self.undoes,
            Some(self.digest),
        ];
        hash_parts(parts)
    }
}

/// The columns of `actions` that a hash covers, besides the hash before it: as [`StoredLink::read`] takes them.
pub(super) const COLUMNS: &str = "seq, id, at, coder, os_user, host, command, label, reason, undoes, digest";

/// An action as it lies in the database, for its place in the chain.
pub(super) struct StoredLink {
    pub(super) seq: i64,
    id: String,
    at: String,
    coder: String,
    os_user: String,
    host: String,
    command: String,
    label: String,
    reason: Option<String>,
    undoes: Option<String>,
    digest: String,
}

impl StoredLink {
    /// From a row that begins with [`COLUMNS`].
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            id: row.get(1)?,
            at: row.get(2)?,
            coder: row.get(3)?,
            os_user: row.get(4)?,
            host: row.get(5)?,
            command: row.get(6)?,
            label: row.get(7)?,
            reason: row.get(8)?,
            undoes: row.get(9)?,
            digest: row.get(10)?,
        })
    }

    /// Its hash behind the one before it.
    pub(super) fn hash(&self, prev_hash: &str) -> String {
        let link = Link {
            seq: self.seq,
            id: &self.id,
            at: &self.at,
            coder: &self.coder,
            os_user: &self.os_user,
            host: &self.host,
            command: &self.command,
            label: &self.label,
            reason: self.reason.as_deref(),
            undoes: self.undoes.as_deref(),
            digest: &self.digest,
            prev_hash,
        };
        link.hash()
    }
}

/// The digest of one change.
pub(super) fn digest_change(
    salt: &[u8],
    kind: &str,
    key: &str,
    before: Option<&str>,
    after: Option<&str>,
) -> String {
    let salt = hex(salt);
    hash_parts([Some(salt.as_str()), Some(kind), Some(key), before, after])
}

/// The digest of an action's changes from their digests, in order.
pub(super) fn digest_changes<'a>(digests: impl IntoIterator<Item = &'a str>) -> String {
    hash_parts(digests.into_iter().map(Some))
}

fn hash_parts<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        match part {
            // Absent and empty must not look alike.
            None => hasher.update(b"-"),
            Some(part) => {
                hasher.update(part.len().to_string());
                hasher.update(b":");
                hasher.update(part);
            }
        }
    }
    hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_empty_and_shifted_parts_hash_apart() {
        let of = |before, after| digest_change(b"salt", "codes", "k", before, after);
        assert_ne!(of(None, Some("")), of(Some(""), None));
        assert_ne!(of(Some("a"), Some("bc")), of(Some("ab"), Some("c")));
        assert_ne!(of(None, None), of(None, Some("-")));
    }
}
