//! A set of turns as a query of the index: filters inside a query of words.

use std::sync::Arc;

use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::view::{Placed, Placement};
use crate::search::TurnSet;

/// Holds of the documents whose turns are in a set. It adds nothing to the score.
#[derive(Clone, Debug)]
pub(super) struct SetQuery {
    pub(super) set: Arc<TurnSet>,
    pub(super) placement: Arc<Placement>,
}

impl Query for SetQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for SetQuery {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let placed = self.placement.of_segment(reader);
        let size = u32::try_from(self.set.len()).unwrap_or(u32::MAX);
        let mut docs = TurnDocs { set: Arc::clone(&self.set), placed, at: 0, doc: 0, size };
        docs.go_to(0);
        Ok(Box::new(ConstScorer::new(docs, 0.0)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a set of turns", 0.0))
    }
}

/// The documents of one segment whose turns are in a set.
struct TurnDocs {
    set: Arc<TurnSet>,
    placed: Arc<Placed>,
    at: usize,
    doc: DocId,
    size: u32,
}

impl TurnDocs {
    /// Goes to the first document from `target` on.
    fn go_to(&mut self, target: DocId) -> DocId {
        let rest = self.placed.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(docs, _)| docs.end <= target);
        while let Some((docs, place)) = self.placed.get(self.at) {
            let skipped = target.saturating_sub(docs.start);
            let end = place + (docs.end - docs.start);
            if let Some(found) = self.set.next_in(place + skipped..end) {
                self.doc = docs.start + (found - place);
                return self.doc;
            }
            self.at += 1;
        }
        self.doc = TERMINATED;
        TERMINATED
    }
}

impl DocSet for TurnDocs {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc { self.doc } else { self.go_to(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}
