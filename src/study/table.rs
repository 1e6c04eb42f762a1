//! A table of records of one kind, by identity.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::Keyed;

/// Records of one kind in the order of their keys (for those with an [id](super::CodeId): the order of their making).
#[derive(Clone, Debug)]
pub struct Table<T: Keyed> {
    rows: BTreeMap<T::Key, T>,
}

impl<T: Keyed> Default for Table<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new() }
    }
}

impl<T: Keyed> Table<T> {
    /// The record with that identity.
    pub fn get(&self, key: &T::Key) -> Option<&T> {
        self.rows.get(key)
    }

    /// Whether there is one.
    pub fn has(&self, key: &T::Key) -> bool {
        self.rows.contains_key(key)
    }

    /// All records in order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.rows.values()
    }

    /// The records from `key` on, in order.
    pub fn from(&self, key: T::Key) -> impl Iterator<Item = &T> {
        self.rows.range((Bound::Included(key), Bound::Unbounded)).map(|(_, record)| record)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn put(&mut self, record: T) {
        self.rows.insert(record.key(), record);
    }

    pub(super) fn take(&mut self, key: &T::Key) -> Option<T> {
        self.rows.remove(key)
    }
}
