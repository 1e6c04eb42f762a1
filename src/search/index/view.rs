//! What the index holds at one moment, and where its documents belong in a corpus.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};

use super::schema::{HELD, Held, TURN};
use crate::search::Corpus;
use crate::study::TranscriptId;

/// The committed state that searches read.
pub(super) struct View {
    pub(super) searcher: Searcher,
    segments: HashMap<SegmentId, Arc<Vec<Run>>>,
}

/// Documents in a row that are turns in a row of one transcript.
#[derive(Clone, Debug)]
struct Run {
    docs: Range<DocId>,
    held: Held,
    /// Index of the first turn in its transcript.
    turn: u32,
}

impl View {
    /// Reads what `searcher` holds; what `before` knew of the same segments is not read again.
    pub(super) fn of(searcher: Searcher, before: Option<&View>) -> tantivy::Result<Self> {
        let mut segments = HashMap::new();
        for reader in searcher.segment_readers() {
            let id = reader.segment_id();
            let known = before.and_then(|before| before.segments.get(&id)).cloned();
            segments.insert(id, known.map_or_else(|| read_runs(reader).map(Arc::new), Ok)?);
        }
        Ok(Self { searcher, segments })
    }

    /// Runs of documents that are not deleted.
    fn alive<'v>(&'v self, reader: &'v SegmentReader) -> impl Iterator<Item = &'v Run> {
        // The turns of a transcript are deleted all together.
        let runs = self.segments.get(&reader.segment_id()).into_iter().flat_map(|runs| runs.iter());
        runs.filter(|run| !reader.is_deleted(run.docs.start))
    }

    /// Every transcript of which turns are held.
    pub(super) fn transcripts(&self) -> Vec<TranscriptId> {
        let readers = self.searcher.segment_readers().iter();
        let mut found: Vec<TranscriptId> =
            readers.flat_map(|reader| self.alive(reader)).map(|run| run.held.transcript).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn read_runs(reader: &SegmentReader) -> tantivy::Result<Vec<Run>> {
    let fields = reader.fast_fields();
    let (Some(held), turns) = (fields.bytes(HELD)?, fields.u64(TURN)?) else { return Ok(Vec::new()) };
    let mut runs: Vec<Run> = Vec::new();
    let (mut last, mut bytes) = (None, Vec::new());
    for doc in 0..reader.max_doc() {
        let (Some(ord), Some(turn)) = (held.ords().first(doc), turns.first(doc)) else { continue };
        let turn = u32::try_from(turn).unwrap_or(u32::MAX);
        if let (Some(run), true) = (runs.last_mut(), last == Some(ord))
            && run.docs.end == doc
            && run.turn + (doc - run.docs.start) == turn
        {
            run.docs.end = doc + 1;
            continue;
        }
        last = Some(ord);
        bytes.clear();
        held.ord_to_bytes(ord, &mut bytes)?;
        if let Some(held) = Held::from_bytes(&bytes) {
            runs.push(Run { docs: doc..doc + 1, held, turn });
        }
    }
    Ok(runs)
}

/// Where the documents of a view belong in a corpus.
pub(super) struct Placement {
    pub(super) view: Arc<View>,
    pub(super) corpus: Arc<Corpus>,
    segments: BTreeMap<SegmentId, Arc<Placed>>,
    /// Transcripts whose turns, or their present revision, the index does not hold.
    pub(super) missing: Vec<TranscriptId>,
}

/// Documents of one segment, in order, with the place of the first of each run.
pub(super) type Placed = Vec<(Range<DocId>, u32)>;

impl Placement {
    pub(super) fn of(view: Arc<View>, corpus: Arc<Corpus>) -> Self {
        let mut covered: HashMap<TranscriptId, u32> = HashMap::new();
        let mut segments = BTreeMap::new();
        for reader in view.searcher.segment_readers() {
            let mut placed = Placed::new();
            for run in view.alive(reader) {
                let Some(entry) = corpus.entry_of(run.held.transcript) else { continue };
                let place = entry.first.saturating_add(run.turn);
                let length = run.docs.end - run.docs.start;
                if Held::of(entry) == run.held && place.saturating_add(length) <= entry.range().end {
                    *covered.entry(entry.transcript).or_default() += length;
                    placed.push((run.docs.clone(), place));
                }
            }
            segments.insert(reader.segment_id(), Arc::new(placed));
        }
        let entries = corpus.entries().iter().filter(|entry| !entry.range().is_empty());
        let missing = entries
            .filter(|entry| {
                covered.get(&entry.transcript).copied().unwrap_or(0) != entry.range().len() as u32
            })
            .map(|entry| entry.transcript)
            .collect();
        Self { view, corpus, segments, missing }
    }

    /// Whether it is the one of that view and that corpus.
    pub(super) fn is_of(&self, view: &Arc<View>, corpus: &Arc<Corpus>) -> bool {
        Arc::ptr_eq(&self.view, view) && Arc::ptr_eq(&self.corpus, corpus)
    }

    pub(super) fn of_segment(&self, reader: &SegmentReader) -> Arc<Placed> {
        self.segments.get(&reader.segment_id()).cloned().unwrap_or_default()
    }
}

impl std::fmt::Debug for Placement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Placement").field("segments", &self.segments.len()).finish_non_exhaustive()
    }
}

/// Finds the places of documents that come in order.
pub(super) struct Placer {
    placed: Arc<Placed>,
    at: usize,
}

impl Placer {
    pub(super) fn new(placed: Arc<Placed>) -> Self {
        Self { placed, at: 0 }
    }

    /// The place of `doc`, unless it is no turn of the corpus. `doc` must not be less than the one asked
    /// before.
    pub(super) fn place(&mut self, doc: DocId) -> Option<u32> {
        let (mut docs, mut place) = self.placed.get(self.at)?.clone();
        if doc >= docs.end {
            let rest = self.placed.get(self.at..)?;
            self.at += rest.partition_point(|(docs, _)| docs.end <= doc);
            (docs, place) = self.placed.get(self.at)?.clone();
        }
        Some(place + doc.checked_sub(docs.start)?)
    }
}
