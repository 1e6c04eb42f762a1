//! Drafts on their way to disk, and what other windows of the same coder made of them meanwhile: none writes over what it does
//! not know of.
//!
//! The model is told what others wrote and puts it together with its own. What it sent before it knew of that is not written:
//! all of it is in what it sends then.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use jiff::Timestamp;

use crate::app::{DraftNews, join_drafts};
use crate::store::{DraftKept, Store, StoreError};
use crate::study::CoderId;

/// Drafts of one coder, as this window has them.
#[derive(Default)]
pub(super) struct Drafts {
    /// What waits to be written; `None` where a draft goes.
    waiting: BTreeMap<String, Option<String>>,
    /// What is on disk, as this window last read or wrote it.
    known: BTreeMap<String, String>,
    /// What others wrote, and the model is not told yet: with what this window knew before.
    news: BTreeMap<String, Option<String>>,
    /// What the model sent before it heard what others wrote.
    unheard: BTreeMap<String, Option<String>>,
    /// How often the model was told, how far it has heard, and when it was last told of each draft.
    tellings: u64,
    heard: u64,
    told: BTreeMap<String, u64>,
}

impl Drafts {
    /// These are on disk, and the model has them.
    pub(super) fn loaded(&mut self, drafts: BTreeMap<String, String>) {
        self.known = drafts;
    }

    /// A draft is to be written, unless the model sent it before it heard what another window made of it.
    pub(super) fn keep(&mut self, key: String, text: Option<String>) {
        let drafts = if self.is_heard(&key) { &mut self.waiting } else { &mut self.unheard };
        drafts.insert(key, text);
    }

    /// The model has heard what it was told up to here.
    pub(super) fn heard(&mut self, telling: u64) {
        self.heard = telling;
        let unheard = mem::take(&mut self.unheard);
        self.unheard = unheard.into_iter().filter(|(key, _)| !self.is_heard(key)).collect();
    }

    /// Whether the model knows all that others made of a draft.
    fn is_heard(&self, key: &str) -> bool {
        self.told.get(key).is_none_or(|told| *told <= self.heard) && !self.news.contains_key(key)
    }

    /// Looks at what other windows wrote or dropped. What waits here is not looked at: writing it finds out.
    pub(super) fn look(&mut self, store: &Store, coder: CoderId) -> Result<(), StoreError> {
        let held = store.drafts(coder)?;
        let keys: BTreeSet<String> = held.keys().chain(self.known.keys()).cloned().collect();
        for key in keys {
            let now = held.get(&key);
            if now != self.known.get(&key) && !self.waiting.contains_key(&key) {
                self.note(key, now.cloned());
            }
        }
        Ok(())
    }

    fn note(&mut self, key: String, now: Option<String>) {
        let before = match now {
            Some(now) => self.known.insert(key.clone(), now),
            None => self.known.remove(&key),
        };
        // Several changes that the model has not heard of are one to it.
        self.news.entry(key).or_insert(before);
    }

    /// Writes what waits. What another window wrote meanwhile stays, and is news for the model. What could not be written waits
    /// on.
    pub(super) fn write(
        &mut self,
        store: &mut Store,
        coder: CoderId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut failed = Ok(());
        for (key, text) in mem::take(&mut self.waiting) {
            let over = self.known.get(&key).map(String::as_str);
            match (store.save_draft(coder, &key, over, text.as_deref(), now), text) {
                (Ok(DraftKept::WrittenElsewhere(theirs)), text) => {
                    self.unheard.insert(key.clone(), text);
                    self.note(key, Some(theirs));
                }
                (Ok(DraftKept::Yes), Some(text)) => drop(self.known.insert(key, text)),
                (Ok(DraftKept::Yes), None) => drop(self.known.remove(&key)),
                (Err(error), text) => {
                    self.waiting.insert(key, text);
                    failed = Err(error);
                }
            }
        }
        failed
    }

    /// Nobody hears news any more: what waits for that is put together here, to be written.
    pub(super) fn join_unheard(&mut self) {
        self.news.clear();
        for (key, mine) in mem::take(&mut self.unheard) {
            let joined = match (self.known.get(&key), mine) {
                (Some(theirs), Some(mine)) => Some(join_drafts(&key, theirs, &mine)),
                (None, Some(mine)) => Some(mine),
                (_, None) => None,
            };
            if joined.is_some() {
                self.waiting.insert(key, joined);
            }
        }
    }

    /// What the model is to be told, with the number of this telling; `None` if nothing is new.
    pub(super) fn take_news(&mut self) -> Option<(u64, Vec<DraftNews>)> {
        if self.news.is_empty() {
            return None;
        }
        self.tellings += 1;
        let news = mem::take(&mut self.news).into_iter().map(|(key, before)| {
            self.told.insert(key.clone(), self.tellings);
            DraftNews { now: self.known.get(&key).cloned(), key, before }
        });
        Some((self.tellings, news.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::SystemSource;
    use crate::store::{Opening, Signature};
    use crate::study::{Coder, Source, Step, Study, fresh};

    /// Two windows of one coder on one study.
    struct Windows {
        _folder: tempfile::TempDir,
        me: CoderId,
        stores: [Store; 2],
        drafts: [Drafts; 2],
    }

    impl Windows {
        fn open() -> Windows {
            let folder = tempfile::tempdir().unwrap();
            let signature = Signature { os_user: "kim".into(), host: "here".into(), process: 1 };
            let mut first =
                Store::create(folder.path(), "schema = 1\n", signature.clone(), &SystemSource).unwrap();
            let me = Coder { id: fresh(&SystemSource), name: "kim".into() };
            let join = Study::default().act(&me, Step::default(), &SystemSource).unwrap();
            first.commit(&join, &[]).unwrap();
            let second =
                Store::open(&Opening::new(folder.path().to_owned(), signature), &SystemSource).unwrap();
            let drafts = [Drafts::default(), Drafts::default()];
            Windows { _folder: folder, me: me.id, stores: [first, second], drafts }
        }

        fn types(&mut self, window: usize, text: &str) {
            self.drafts[window].keep("memo:1".into(), Some(text.into()));
            self.writes(window);
        }

        fn writes(&mut self, window: usize) {
            let now = SystemSource.now();
            self.drafts[window].write(&mut self.stores[window], self.me, now).unwrap();
        }

        fn on_disk(&self) -> String {
            self.stores[0].drafts(self.me).unwrap()["memo:1"].clone()
        }
    }

    fn news(before: Option<&str>, now: Option<&str>) -> DraftNews {
        DraftNews { key: "memo:1".into(), before: before.map(str::to_owned), now: now.map(str::to_owned) }
    }

    #[test]
    fn a_draft_of_another_window_is_told_and_not_written_over() {
        let mut windows = Windows::open();
        windows.types(0, "AAA1");
        windows.types(1, "BBB1");
        assert_eq!(windows.on_disk(), "AAA1");
        assert_eq!(windows.drafts[1].take_news(), Some((1, vec![news(None, Some("AAA1"))])));
        // What was sent before it was heard is dropped, what comes behind it is built on it.
        windows.types(1, "BBB12");
        assert_eq!(windows.on_disk(), "AAA1");
        windows.drafts[1].heard(1);
        windows.types(1, "AAA1 and BBB12");
        assert_eq!(windows.on_disk(), "AAA1 and BBB12");
        let Windows { stores, drafts, me, .. } = &mut windows;
        drafts[0].look(&stores[0], *me).unwrap();
        assert_eq!(drafts[0].take_news(), Some((1, vec![news(Some("AAA1"), Some("AAA1 and BBB12"))])));
        assert_eq!(drafts[0].take_news(), None);
    }

    #[test]
    fn what_collides_when_a_window_ends_is_kept_with_the_other() {
        let mut windows = Windows::open();
        windows.types(0, "AAA1");
        windows.types(1, "BBB1");
        windows.types(1, "BBB12");
        windows.drafts[1].join_unheard();
        windows.writes(1);
        assert_eq!(windows.on_disk(), "AAA1\n\n--- written at the same time ---\n\nBBB12");
    }

    #[test]
    fn a_draft_that_another_window_dropped_is_news() {
        let mut windows = Windows::open();
        windows.types(0, "AAA1");
        let Windows { stores, drafts, me, .. } = &mut windows;
        drafts[1].look(&stores[1], *me).unwrap();
        assert_eq!(drafts[1].take_news(), Some((1, vec![news(None, Some("AAA1"))])));
        drafts[0].keep("memo:1".into(), None);
        drafts[0].write(&mut stores[0], *me, SystemSource.now()).unwrap();
        drafts[1].look(&stores[1], *me).unwrap();
        assert_eq!(drafts[1].take_news(), Some((2, vec![news(Some("AAA1"), None)])));
    }
}
