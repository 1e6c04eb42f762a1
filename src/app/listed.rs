//! Lists: a choice among rows with the first one in sight ([`Roll`]), and rows that typing filters ([`Listed`]).
//!
//! Knows nothing of what the rows are about; a screen says how they are made, which ones match, and in which order.

use std::sync::Arc;

use super::TextField;
use crate::text::fold_name;

/// A choice among rows, with the first one in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Roll {
    /// Moves the choice among `len` rows.
    pub(super) fn step(&mut self, by: isize, len: usize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(len.saturating_sub(1));
    }

    /// Keeps the choice among `len` rows, and in sight in `height` of them.
    pub(super) fn settle(&mut self, len: usize, height: usize) {
        self.chosen = self.chosen.min(len.saturating_sub(1));
        self.show(self.chosen, self.chosen + 1, height);
        self.top = self.top.min(len.saturating_sub(height.max(1)));
    }

    /// Moves as little as possible to show the lines from `first` to `end`, the first one above all.
    pub(super) fn show(&mut self, first: usize, end: usize, height: usize) {
        self.top = self.top.max(end.saturating_sub(height.max(1))).min(first);
    }
}

/// A row that is known again by its key when the list is made anew.
pub trait ListRow {
    /// What it is about.
    type Key: Copy + PartialEq;

    /// What it is about.
    fn key(&self) -> Self::Key;
}

/// Rows that typing filters. All of them are made once for each version of what they are made of; a filter or an order
/// only looks through them, and the choice stays on what it was on. What is listed shares its rows with all that there are,
/// so that a letter of a filter copies none of them.
#[derive(Clone, Debug)]
pub struct Listed<R: ListRow> {
    /// Only rows that match this are listed.
    pub filter: TextField,
    /// Whether the filter takes what is typed.
    pub filtering: bool,
    /// The rows that match, in order.
    pub rows: Vec<Arc<R>>,
    /// The choice among them.
    pub roll: Roll,
    /// All rows, whatever the filter says.
    all: Vec<Arc<R>>,
    /// The version that these were made of.
    made_of: Option<u64>,
    /// Whether the rows are what the filter and the order say.
    listed: bool,
    /// What is to be chosen when the rows are listed again.
    kept: Option<R::Key>,
}

impl<R: ListRow> Default for Listed<R> {
    fn default() -> Self {
        Self {
            filter: TextField::default(),
            filtering: false,
            rows: Vec::new(),
            roll: Roll::default(),
            all: Vec::new(),
            made_of: None,
            listed: false,
            kept: None,
        }
    }
}

impl<R: ListRow> Listed<R> {
    /// The chosen row.
    #[must_use]
    pub fn row(&self) -> Option<&R> {
        self.rows.get(self.roll.chosen).map(Arc::as_ref)
    }

    /// Which row is chosen, counted from 0, and how many are listed.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        (self.roll.chosen, self.rows.len())
    }

    pub(super) fn step(&mut self, by: isize) {
        self.roll.step(by, self.rows.len());
    }

    /// Keeps the choice in sight in so many rows of the window.
    pub(super) fn settle(&mut self, height: usize) {
        self.roll.settle(self.rows.len(), height);
    }

    /// Esc: the filter takes no more letters. `false` if it did not.
    pub(super) fn leave_filter(&mut self) -> bool {
        std::mem::take(&mut self.filtering)
    }

    /// Esc again: lists all rows.
    pub(super) fn clear_filter(&mut self) {
        if !self.filter.is_empty() {
            self.list_again();
            self.filter.clear();
        }
    }

    /// Something else is typed: the best match is the first row again.
    pub(super) fn filter_changed(&mut self) {
        self.listed = false;
        self.kept = None;
        self.roll = Roll::default();
    }

    /// The rows are listed again when they are next shown, and the choice stays where it is.
    pub(super) fn list_again(&mut self) {
        self.listed = false;
        self.kept = self.row().map(R::key).or(self.kept);
    }

    /// All rows are made again when they are next shown.
    pub(super) fn forget(&mut self) {
        self.made_of = None;
        self.list_again();
    }

    /// That is chosen when the rows are listed next; without it the choice stays where it is.
    pub(super) fn choose_when_listed(&mut self, key: Option<R::Key>) {
        self.list_again();
        self.kept = key.or(self.kept);
    }

    /// Whether the rows are those of this version, as the filter and the order say.
    pub(super) fn is_fresh(&self, version: u64) -> bool {
        self.listed && self.is_made_of(version)
    }

    /// Whether all rows are those of this version.
    pub(super) fn is_made_of(&self, version: u64) -> bool {
        self.made_of == Some(version)
    }

    /// All rows, made of this version.
    pub(super) fn put(&mut self, all: Vec<R>, version: u64) {
        self.all = all.into_iter().map(Arc::new).collect();
        self.made_of = Some(version);
    }

    /// All rows, whatever the filter says.
    pub(super) fn all(&self) -> &[Arc<R>] {
        &self.all
    }

    /// The rows in whose folded text every word of the filter stands.
    pub(super) fn matching(&self, searched: impl Fn(&R) -> &str) -> Vec<Arc<R>> {
        let wanted: Vec<String> = self.filter.text().split_whitespace().map(fold_name).collect();
        let matches = |row: &&Arc<R>| wanted.iter().all(|word| searched(row).contains(word.as_str()));
        self.all.iter().filter(matches).cloned().collect()
    }

    /// Lists these rows. What was chosen stays chosen if it is among them; without a choice before, `else_chosen` is.
    pub(super) fn list(&mut self, rows: Vec<Arc<R>>, else_chosen: Option<R::Key>) {
        let kept = self.kept.take().or_else(|| self.row().map(R::key)).or(else_chosen);
        self.rows = rows;
        self.listed = true;
        if let Some(at) = kept.and_then(|kept| self.rows.iter().position(|row| row.key() == kept)) {
            self.roll.chosen = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row that nothing can copy.
    struct Named(&'static str);

    impl ListRow for Named {
        type Key = &'static str;

        fn key(&self) -> &'static str {
            self.0
        }
    }

    /// All these rows, and those of them that the filter leaves.
    fn listed(rows: &[&'static str]) -> Listed<Named> {
        let mut list = Listed::default();
        list.put(rows.iter().map(|name| Named(name)).collect(), 1);
        list.list(list.matching(|row| row.0), None);
        list
    }

    fn named(rows: &[&'static str]) -> Vec<Arc<Named>> {
        rows.iter().map(|name| Arc::new(Named(name))).collect()
    }

    fn chosen(list: &Listed<Named>) -> Option<&'static str> {
        list.row().map(|row| row.0)
    }

    #[test]
    fn the_choice_stays_on_what_it_was_on() {
        let mut list = listed(&["a", "b", "c"]);
        list.step(1);
        list.list_again();
        list.list(named(&["c", "b", "a"]), None);
        assert_eq!(chosen(&list), Some("b"));
        list.choose_when_listed(Some("a"));
        list.list(named(&["a", "b"]), None);
        assert_eq!(chosen(&list), Some("a"));
        list.filter_changed();
        list.list(named(&["b"]), None);
        assert_eq!(chosen(&list), Some("b"));
    }

    #[test]
    fn a_filter_looks_through_rows_and_copies_none() {
        let mut list = listed(&["workload", "time", "part time"]);
        list.filter = TextField::new("TIME");
        list.filter_changed();
        list.list(list.matching(|row| row.0), None);
        let at = |row: &Arc<Named>| list.all().iter().position(|held| Arc::ptr_eq(held, row));
        assert_eq!(list.rows.iter().map(at).collect::<Vec<_>>(), [Some(1), Some(2)]);
    }

    #[test]
    fn a_roll_moves_as_little_as_it_must() {
        let mut roll = Roll { chosen: 9, top: 0 };
        roll.settle(20, 5);
        assert_eq!(roll, Roll { chosen: 9, top: 5 });
        roll.step(-3, 20);
        roll.settle(20, 5);
        assert_eq!(roll, Roll { chosen: 6, top: 5 });
        roll.step(-4, 20);
        roll.settle(20, 5);
        assert_eq!(roll, Roll { chosen: 2, top: 2 });
        roll.step(100, 3);
        roll.settle(3, 5);
        assert_eq!(roll, Roll { chosen: 2, top: 0 });
    }
}
