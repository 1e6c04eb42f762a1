//! Patterns of several words that the index has no query for: words near each other, and rows with an open
//! word in them (`co-prod*`).

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::forms::{forms, weigh};
use crate::search::pattern::{Pattern, words_near};

/// Holds of the documents in which the pattern matches.
#[derive(Clone, Debug)]
pub(super) struct RowsQuery {
    pub(super) field: Field,
    pub(super) pattern: Pattern,
}

impl Query for RowsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = weigh(scoring, self.field, &self.pattern.slots)?;
        Ok(Box::new(RowsWeight { query: self.clone(), bm25 }))
    }
}

struct RowsWeight {
    query: RowsQuery,
    bm25: Option<Bm25Weight>,
}

impl Weight for RowsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let RowsQuery { field, pattern } = &self.query;
        let words = reader.inverted_index(*field)?;
        // A row asks for each of its words; nearness for each kind of word.
        let slots = match pattern.others {
            None => pattern.slots.iter().map(|slot| (slot, 1)).collect(),
            Some(_) => pattern.kinds(),
        };
        let (mut places, mut needed) = (Vec::new(), Vec::new());
        for (slot, times) in slots {
            let mut postings = Vec::new();
            for form in forms(&words, *field, slot)? {
                let option = IndexRecordOption::WithFreqsAndPositions;
                postings.push(words.read_postings_from_terminfo(&form, option)?);
            }
            if postings.is_empty() {
                return Ok(Box::new(EmptyScorer));
            }
            places.push(Places { postings });
            needed.push(times);
        }
        let scoring = match &self.bm25 {
            Some(bm25) => Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(*field)?)),
            None => None,
        };
        let rarest =
            (0..places.len()).min_by_key(|slot| places.get(*slot).map_or(0, Places::size)).unwrap_or(0);
        let positions = vec![Vec::new(); places.len()];
        let others = pattern.others;
        let mut scorer = RowsScorer { places, positions, needed, others, rarest, doc: 0, times: 0, scoring };
        let first = scorer.rarest_doc();
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a pattern of words", 0.0))
    }
}

/// The documents, and places in them, of all forms of one slot.
struct Places {
    postings: Vec<SegmentPostings>,
}

impl Places {
    fn doc(&self) -> DocId {
        self.postings.iter().map(DocSet::doc).min().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() < target) {
            postings.seek(target);
        }
        self.doc()
    }

    fn size(&self) -> u64 {
        self.postings.iter().map(|postings| u64::from(postings.size_hint())).sum()
    }

    fn read(&mut self, doc: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == doc) {
            postings.append_positions_with_offset(0, positions);
        }
        positions.sort_unstable();
    }
}

struct RowsScorer {
    places: Vec<Places>,
    /// Positions of each slot in the document looked at.
    positions: Vec<Vec<u32>>,
    needed: Vec<usize>,
    others: Option<u32>,
    /// The slot that leads.
    rarest: usize,
    doc: DocId,
    /// How often the pattern matches in `doc`.
    times: u32,
    scoring: Option<(Bm25Weight, FieldNormReader)>,
}

impl RowsScorer {
    fn rarest_doc(&self) -> DocId {
        self.places.get(self.rarest).map_or(TERMINATED, Places::doc)
    }

    /// Goes to the first document from `target` on in which the pattern matches.
    fn settle(&mut self, mut target: DocId) -> DocId {
        loop {
            target = self.align(target);
            self.doc = target;
            if target == TERMINATED {
                return TERMINATED;
            }
            self.times = self.count();
            if self.times > 0 {
                return target;
            }
            target += 1;
        }
    }

    /// The first document from `target` on that has all slots.
    fn align(&mut self, mut target: DocId) -> DocId {
        loop {
            let Some(lead) = self.places.get_mut(self.rarest) else { return TERMINATED };
            let doc = lead.seek(target);
            if doc == TERMINATED {
                return TERMINATED;
            }
            let furthest = self.places.iter_mut().map(|places| places.seek(doc)).max().unwrap_or(TERMINATED);
            if furthest == doc {
                return doc;
            }
            target = furthest;
        }
    }

    fn count(&mut self) -> u32 {
        for (places, positions) in self.places.iter_mut().zip(&mut self.positions) {
            places.read(self.doc, positions);
        }
        let found = match self.others {
            Some(others) => words_near(&self.positions, &self.needed, others).len(),
            None => {
                let (first, rest) = self.positions.split_first().unwrap_or((const { &Vec::new() }, &[]));
                let follows = |start: u32| {
                    (start + 1..).zip(rest).all(|(place, slot)| slot.binary_search(&place).is_ok())
                };
                first.iter().filter(|start| follows(**start)).count()
            }
        };
        u32::try_from(found).unwrap_or(u32::MAX)
    }
}

impl DocSet for RowsScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.settle(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc { self.doc } else { self.settle(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let size = self.places.get(self.rarest).map_or(0, Places::size);
        u32::try_from(size).unwrap_or(u32::MAX)
    }
}

impl Scorer for RowsScorer {
    fn score(&mut self) -> Score {
        let Some((bm25, lengths)) = &self.scoring else { return 0.0 };
        bm25.score(lengths.fieldnorm_id(self.doc), self.times)
    }
}
