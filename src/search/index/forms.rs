//! All words that one slot of a pattern accepts, counted as one word: `commun*`, `colour~`.
//!
//! The index's own queries of that kind give every hit the same score. Here the forms are one term of BM25:
//! its frequency in a turn is that of all forms together, and it is as common as all of them.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::query::{
    BitSetDocSet, Bm25Weight, EnableScoring, Explanation, FuzzyTermQuery, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, Term};

use crate::search::pattern::Slot;

/// Holds of the documents that have any word which the slot accepts.
#[derive(Clone, Debug)]
pub(super) struct FormsQuery {
    pub(super) field: Field,
    pub(super) slot: Slot,
}

impl Query for FormsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = weigh(scoring, self.field, std::slice::from_ref(&self.slot))?;
        Ok(Box::new(FormsWeight { query: self.clone(), bm25 }))
    }
}

/// The words of a segment that a slot accepts.
pub(super) fn forms(
    words: &InvertedIndexReader,
    field: Field,
    slot: &Slot,
) -> tantivy::Result<Vec<TermInfo>> {
    let mut found = Vec::new();
    match slot {
        Slot::Stem(word) => found.extend(words.terms().get(word.stem())?),
        Slot::Exact(word) => found.extend(words.terms().get(word.exact())?),
        Slot::Prefix(word) => {
            let begin = word.exact().as_bytes();
            let mut stream = words.terms().range().ge(begin).into_stream()?;
            while stream.advance() && stream.key().starts_with(begin) {
                found.push(stream.value().clone());
            }
        }
        Slot::Fuzzy(word) => {
            let term = Term::from_field_text(field, word.exact());
            let automaton = FuzzyTermQuery::new(term, 1, true).automaton()?;
            let mut stream = words.terms().search(&automaton).into_stream()?;
            while stream.advance() {
                found.push(stream.value().clone());
            }
        }
    }
    Ok(found)
}

/// The weight of all `slots` together, each with all its forms as one word. `None` without scoring.
pub(super) fn weigh(
    scoring: EnableScoring<'_>,
    field: Field,
    slots: &[Slot],
) -> tantivy::Result<Option<Bm25Weight>> {
    let EnableScoring::Enabled { searcher, statistics_provider } = scoring else { return Ok(None) };
    let documents = statistics_provider.total_num_docs()?;
    if documents == 0 {
        return Ok(None);
    }
    let length = statistics_provider.total_num_tokens(field)? as Score / documents as Score;
    let mut rarest = documents;
    for slot in slots {
        let mut with = 0;
        for reader in searcher.segment_readers() {
            let forms = forms(reader.inverted_index(field)?.as_ref(), field, slot)?;
            with += forms.iter().map(|form| u64::from(form.doc_freq)).sum::<u64>();
        }
        rarest = rarest.min(with);
    }
    Ok(Some(Bm25Weight::for_one_term_without_explain(rarest, documents, length)))
}

struct FormsWeight {
    query: FormsQuery,
    bm25: Option<Bm25Weight>,
}

impl Weight for FormsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let FormsQuery { field, slot } = &self.query;
        let words = reader.inverted_index(*field)?;
        let mut docs = BitSet::with_max_value(reader.max_doc());
        let scoring = match &self.bm25 {
            Some(bm25) => Some((bm25.boost_by(boost), reader.get_fieldnorms_reader(*field)?)),
            None => None,
        };
        let mut times = vec![0u8; if scoring.is_some() { reader.max_doc() as usize } else { 0 }];
        let option = if scoring.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        for form in forms(&words, *field, slot)? {
            let mut block = words.read_block_postings_from_terminfo(&form, option)?;
            while !block.docs().is_empty() {
                for &doc in block.docs() {
                    docs.insert(doc);
                }
                for (&doc, &freq) in block.docs().iter().zip(block.freqs()) {
                    if let Some(times) = times.get_mut(doc as usize) {
                        *times = times.saturating_add(u8::try_from(freq).unwrap_or(u8::MAX));
                    }
                }
                block.advance();
            }
        }
        Ok(Box::new(FormsScorer { docs: BitSetDocSet::from(docs), times, scoring }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("all forms as one word", 0.0))
    }
}

struct FormsScorer {
    docs: BitSetDocSet,
    /// How often any of the forms stands in each document.
    times: Vec<u8>,
    scoring: Option<(Bm25Weight, FieldNormReader)>,
}

impl DocSet for FormsScorer {
    fn advance(&mut self) -> DocId {
        self.docs.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.docs.doc() { self.docs.doc() } else { self.docs.seek(target) }
    }

    fn doc(&self) -> DocId {
        self.docs.doc()
    }

    fn size_hint(&self) -> u32 {
        self.docs.size_hint()
    }
}

impl Scorer for FormsScorer {
    fn score(&mut self) -> Score {
        let Some((bm25, lengths)) = &self.scoring else { return 0.0 };
        let doc = self.docs.doc();
        let times = self.times.get(doc as usize).copied().unwrap_or(1);
        bm25.score(lengths.fieldnorm_id(doc), u32::from(times))
    }
}
