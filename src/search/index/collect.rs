//! Running a plan over the index: all turns it finds, and the best of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::Score;
use tantivy::query::{EnableScoring, MoreLikeThisQuery, Query};
use tantivy::schema::OwnedValue;

use super::compile::Compiler;
use super::view::{Placement, Placer};
use super::{Index, IndexError};
use crate::search::plan::{Part, Plan};
use crate::search::{Cancel, Corpus, SearchError, TurnSet};
use crate::study::TranscriptId;
use crate::text::Language;

/// What an index says to a plan, at one moment.
pub(in crate::search) struct Look {
    placement: Arc<Placement>,
    query: Box<dyn Query>,
}

/// A turn with its score: the better one is greater, and of equals the one that stands first in the study.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct Scored {
    pub(in crate::search) score: Score,
    pub(in crate::search) place: u32,
}

impl Ord for Scored {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score.total_cmp(&other.score).then(other.place.cmp(&self.place))
    }
}

impl PartialOrd for Scored {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Scored {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Scored {}

impl Index {
    /// Prepares to ask for `part`, a part of `plan` without regular expressions.
    pub(in crate::search) fn look(&self, plan: &Plan, part: &Part) -> Look {
        let placement = self.placement(&plan.corpus);
        let compiler = Compiler {
            fields: self.fields,
            corpus: &plan.corpus,
            placement: &placement,
            patterns: &plan.patterns,
        };
        let query = compiler.part(part);
        Look { placement, query }
    }

    /// The `limit` turns of `among` whose words are most like these, in no order. Words of two letters, and those that
    /// more than one turn in ten has, tell nothing and are passed over.
    pub(in crate::search) fn alike(
        &self,
        corpus: &Arc<Corpus>,
        words: &str,
        language: Language,
        among: &TurnSet,
        limit: usize,
        cancel: &Cancel,
    ) -> Result<Vec<Scored>, SearchError> {
        let placement = self.placement(corpus);
        // Of English turns there are stems: “pressed” is like “pressing”.
        let field = if language == Language::English { self.fields.stems } else { self.fields.exact };
        let common = (u64::from(corpus.size()) / 10).max(5);
        let query = MoreLikeThisQuery::builder()
            .with_min_doc_frequency(1)
            .with_max_doc_frequency(common)
            .with_min_term_frequency(1)
            .with_min_word_length(3)
            .with_document_fields(vec![(field, vec![OwnedValue::Str(words.to_owned())])]);
        Look { placement, query: Box::new(query) }.best(among, limit, cancel)
    }
}

impl Look {
    /// Transcripts of which the index says nothing, or nothing true.
    pub(in crate::search) fn missing(&self) -> &[TranscriptId] {
        &self.placement.missing
    }

    /// Adds all turns that it finds to `found`.
    pub(in crate::search) fn find(&self, found: &mut TurnSet, cancel: &Cancel) -> Result<(), SearchError> {
        let searcher = &self.placement.view.searcher;
        let weight =
            self.query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(IndexError::from)?;
        for reader in searcher.segment_readers() {
            cancel.check()?;
            let mut placer = Placer::new(self.placement.of_segment(reader));
            let mut collect = |docs: &[u32]| {
                docs.iter().filter_map(|doc| placer.place(*doc)).for_each(|place| found.insert(place));
            };
            weight.for_each_no_score(reader, &mut collect).map_err(IndexError::from)?;
        }
        Ok(())
    }

    /// The `limit` best of the turns it finds that are in `found`, in no order. Of turns with the same score,
    /// those that stand first in the study.
    pub(in crate::search) fn best(
        &self,
        found: &TurnSet,
        limit: usize,
        cancel: &Cancel,
    ) -> Result<Vec<Scored>, SearchError> {
        let searcher = &self.placement.view.searcher;
        let weight =
            self.query.weight(EnableScoring::enabled_from_searcher(searcher)).map_err(IndexError::from)?;
        let mut best: BinaryHeap<Reverse<Scored>> = BinaryHeap::new();
        for reader in searcher.segment_readers() {
            cancel.check()?;
            let mut placer = Placer::new(self.placement.of_segment(reader));
            let start = threshold(&best, limit);
            let mut collect = |doc, score| {
                if let Some(place) = placer.place(doc).filter(|place| found.has(*place)) {
                    let scored = Scored { score, place };
                    if best.len() < limit {
                        best.push(Reverse(scored));
                    } else if let Some(mut worst) = best.peek_mut()
                        && worst.0 < scored
                    {
                        *worst = Reverse(scored);
                    }
                }
                threshold(&best, limit)
            };
            weight.for_each_pruning(start, reader, &mut collect).map_err(IndexError::from)?;
        }
        Ok(best.into_iter().map(|Reverse(scored)| scored).collect())
    }
}

/// The score that a turn must exceed to be looked at: a little less than the worst one kept, since of equal
/// scores the one that stands first in the study is the better.
fn threshold(best: &BinaryHeap<Reverse<Scored>>, limit: usize) -> Score {
    if best.len() < limit {
        Score::MIN
    } else {
        best.peek().map_or(Score::MIN, |worst| worst.0.score.next_down())
    }
}
