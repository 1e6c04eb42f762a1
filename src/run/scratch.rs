//! Private scratch on its way to disk: drafts, reading marks, the place. It waits a moment for more of its kind, and what
//! could not be written waits to be tried again.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::PlaceFile;
use super::drafts::Drafts;
use crate::app::{Place, Unwritten};
use crate::store::{Access, Store, StoreError};
use crate::study::{CoderId, TranscriptId, TurnNumber};

/// How long scratch may wait for more of its kind.
const WAIT: Duration = Duration::from_millis(300);
/// How long a draft may: what was typed and is not on disk is lost with a process that is killed.
const DRAFT_WAIT: Duration = Duration::from_millis(75);
/// How long it may wait at most where the disk is slow, so that drafts leave the store time for what was decided.
const SLOW_DRAFT_WAIT: Duration = Duration::from_secs(2);
/// How long to wait before what failed is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// What drafts are called where they are not on disk.
const DRAFTS: &str = "drafts";

/// Scratch that waits to be written.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) drafts: Drafts,
    /// Turns seen, and those marked as read (`true`).
    marks: BTreeMap<(TranscriptId, bool), BTreeSet<TurnNumber>>,
    place: Option<Box<Place>>,
    due: Option<Instant>,
    /// How long the last writing took.
    took: Duration,
}

impl Scratch {
    pub(super) fn draft(&mut self, key: String, text: Option<String>, now: Instant) {
        self.drafts.keep(key, text);
        // Three quarters of the time are for others.
        self.wait(now + (self.took * 3).clamp(DRAFT_WAIT, SLOW_DRAFT_WAIT));
    }

    pub(super) fn mark(
        &mut self,
        transcript: TranscriptId,
        turns: impl IntoIterator<Item = TurnNumber>,
        read: bool,
        now: Instant,
    ) {
        self.marks.entry((transcript, read)).or_default().extend(turns);
        self.wait(now + WAIT);
    }

    pub(super) fn place(&mut self, place: Box<Place>, now: Instant) {
        self.place = Some(place);
        self.wait(now + WAIT);
    }

    fn wait(&mut self, until: Instant) {
        self.due = Some(self.due.map_or(until, |due| due.min(until)));
    }

    /// How long it may still wait; `None` if there is nothing to write.
    pub(super) fn due_in(&self) -> Option<Duration> {
        self.due.map(|due| due.saturating_duration_since(Instant::now()))
    }

    /// The last writing is at hand.
    pub(super) fn end(&mut self) {
        self.drafts.join_unheard();
    }

    /// Writes what waits. Gives what could not be written and why; that is kept, to be tried again.
    pub(super) fn write(
        &mut self,
        store: &mut Store,
        coder: CoderId,
        place: &PlaceFile,
        now: Timestamp,
    ) -> Option<Unwritten> {
        let began = Instant::now();
        let (waiting_marks, waiting_place) = (mem::take(&mut self.marks), self.place.take());
        self.due = None;
        let (mut lost, mut why) = (Vec::new(), None);
        let mut failed = |what: &'static str, error: StoreError| {
            if !lost.contains(&what) {
                lost.push(what);
            }
            why.get_or_insert(error);
        };
        if let Err(error) = self.drafts.write(store, coder, now) {
            failed(DRAFTS, error);
        }
        // Who only reads knows that nothing of it is kept in the study.
        let marks = if *store.access() == Access::Write { waiting_marks } else { BTreeMap::new() };
        for ((transcript, read), turns) in marks {
            let marked: Vec<TurnNumber> = turns.iter().copied().collect();
            if let Err(error) = store.mark_turns(coder, transcript, &marked, read) {
                failed("which turns you had before you", error);
                self.marks.insert((transcript, read), turns);
            }
        }
        if let Some(at) = waiting_place
            && let Err(error) = place.write(&at)
        {
            failed("your place", error);
            self.place = Some(at);
        }
        self.took = began.elapsed();
        let why = why?;
        self.due = Some(Instant::now() + AGAIN);
        let sentence = format!("Not on disk ({}): {why}", lost.join(", "));
        Some(Unwritten { drafts: lost.contains(&DRAFTS), sentence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::SystemSource;
    use crate::store::{Opening, Signature};
    use crate::study::{Coder, Source, Step, Study, fresh};

    #[test]
    fn what_could_not_be_written_is_said_and_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let signature = Signature { os_user: "kim".into(), host: "here".into(), process: 1 };
        let mut store =
            Store::create(folder.path(), "schema = 1\n", signature.clone(), &SystemSource).unwrap();
        let me = Coder { id: fresh(&SystemSource), name: "kim".into() };
        let join = Study::default().act(&me, Step::default(), &SystemSource).unwrap();
        store.commit(&join, &[]).unwrap();
        let opening = Opening { read_only: true, ..Opening::new(folder.path().to_owned(), signature) };
        let mut reader = Store::open(&opening, &SystemSource).unwrap();
        // A file stands where the folder of the place should be.
        std::fs::File::create(folder.path().join("state")).unwrap();
        let place = PlaceFile::new(&folder.path().join("state"), "study", "kim");
        let mut scratch = Scratch::default();
        assert_eq!(scratch.due_in(), None);
        scratch.draft("memo:1".into(), Some("half".into()), Instant::now());
        scratch.place(Box::default(), Instant::now());
        let unwritten = scratch.write(&mut reader, me.id, &place, SystemSource.now()).unwrap();
        assert!(unwritten.drafts);
        let said = unwritten.sentence;
        assert!(
            said.starts_with("Not on disk (drafts, your place): the study is open for reading"),
            "{said}"
        );
        assert!(scratch.due_in().unwrap() > WAIT, "a disk that is full is not asked all the time");
        std::fs::remove_file(folder.path().join("state")).unwrap();
        assert_eq!(scratch.write(&mut store, me.id, &place, SystemSource.now()), None);
        assert_eq!(scratch.due_in(), None);
        assert_eq!(store.drafts(me.id).unwrap()["memo:1"], "half");
    }

    #[test]
    fn a_draft_waits_no_tenth_of_a_second_however_long_somebody_types() {
        let (mut scratch, now) = (Scratch::default(), Instant::now());
        for by in 0..5 {
            scratch.draft("memo".into(), Some("typed".into()), now + Duration::from_millis(by * 40));
        }
        assert!(scratch.due.unwrap() - now < Duration::from_millis(100));
    }

    #[test]
    fn where_the_disk_is_slow_drafts_leave_time_for_what_was_decided() {
        let now = Instant::now();
        let wait = |took: u64| {
            let mut scratch = Scratch { took: Duration::from_millis(took), ..Scratch::default() };
            scratch.draft("memo".into(), Some("typed".into()), now);
            scratch.due.unwrap() - now
        };
        assert_eq!(wait(100), Duration::from_millis(300));
        assert_eq!(wait(60_000), Duration::from_secs(2), "a draft is at most two seconds behind");
    }
}
