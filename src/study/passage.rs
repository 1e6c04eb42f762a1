//! Quotes: what passage may become one, what changes put a code on it, and when one is left with nothing on it.

use std::collections::BTreeMap;

use super::{
    Change, Code, CoderId, Coding, Memo, MemoOn, Quote, QuoteId, Record, RevisionId, Source, Study,
    SummaryId, TranscriptId, Valence, fresh, is_tombstone, lies_in_tombstones,
};
use crate::text::{Span, on_grapheme_boundary};

/// A stretch of a transcript, before anybody made a quote of it. It begins and ends between graphemes.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'t> {
    /// Which transcript.
    pub transcript: TranscriptId,
    /// Which revision; it must be the current one.
    pub revision: RevisionId,
    /// Bytes of its text.
    pub span: Span,
    /// What stands there.
    pub words: &'t str,
}

impl<'t> Passage<'t> {
    /// The passage at a span that somebody gave, of the `text` of a revision.
    ///
    /// # Errors
    /// If the span does not lie in the text, is empty, cuts a character, or holds nothing but tombstones.
    pub fn at(
        transcript: TranscriptId,
        revision: RevisionId,
        span: Span,
        text: &'t str,
    ) -> Result<Self, PassageError> {
        if span.is_empty() || span.end as usize > text.len() {
            return Err(PassageError::Outside);
        }
        let whole = [span.start, span.end].iter().all(|byte| on_grapheme_boundary(text, *byte as usize));
        let words = span.slice(text).filter(|_| whole).ok_or(PassageError::CutsGrapheme)?;
        if lies_in_tombstones(text, span) {
            return Err(PassageError::Erased);
        }
        Ok(Self { transcript, revision, span, words })
    }
}

/// Why a passage cannot be coded so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassageError {
    /// The coder has that code there already.
    #[error("it has the code “{0}” already")]
    Already(String),
    /// The span does not lie in the text, or is empty.
    #[error("it does not lie in the text; give a start before an end, both inside the transcript")]
    Outside,
    /// A character would be cut in two.
    #[error("it would cut a character in two; move its start or end by one")]
    CutsGrapheme,
    /// It starts or ends in a label, between turns or in the preamble.
    #[error("it does not start and end in speech; only speech is coded")]
    NotSpeech,
    /// There is nothing but the place of words that were erased.
    #[error("its words were erased, so that nothing is said there any more")]
    Erased,
    /// A valence for a code that has a side.
    #[error("the code “{0}” has a side, which decides; leave the valence out")]
    Sided(String),
    /// It was marked in a text that has been corrected since.
    #[error("the transcript has been revised since; open it again")]
    Revised,
    /// There is no such transcript or code any more.
    #[error("the transcript or the code is not in the study any more")]
    Gone,
}

impl Study {
    /// The changes that put a code on a passage for a coder: the coder's own quote, if there is none yet on exactly that
    /// span, and the coding. The code may be one that is yet to be made.
    ///
    /// # Errors
    /// A [`PassageError`], if the passage is no speech, the code is there already, or the valence speaks against its side.
    pub fn changes_to_code(
        &self,
        coder: CoderId,
        passage: Passage<'_>,
        code: &Code,
        valence: Option<Valence>,
        source: &dyn Source,
    ) -> Result<Vec<Change>, PassageError> {
        if code.side.is_some() && valence.is_some() {
            return Err(PassageError::Sided(code.name.clone()));
        }
        let (quote, mut changes) = self.quote_on(coder, passage, source)?;
        if self.codings_on(quote.id).any(|coding| coding.code == code.id) {
            return Err(PassageError::Already(code.name.clone()));
        }
        if !changes.is_empty() {
            self.check_speech(passage)?;
        }
        let blind = self.is_blind(coder, passage.transcript);
        let (id, at) = (fresh(source), source.now());
        let coding = Coding { id, quote: quote.id, code: code.id, valence, at, blind };
        changes.push(Change::create(coding));
        Ok(changes)
    }

    /// The coder's quote over exactly that span of a transcript's current revision, if there is one.
    #[must_use]
    pub fn quote_of(&self, coder: CoderId, transcript: TranscriptId, span: Span) -> Option<&Quote> {
        let revision = self.transcripts().get(&transcript)?.revision;
        self.quotes_at(transcript, span).find(|quote| (quote.coder, quote.revision) == (coder, revision))
    }

    /// The coder's quote on exactly that span and no change, or a new one and the change that makes it. It is not asked
    /// whether somebody speaks there.
    ///
    /// # Errors
    /// If the passage is not of the current revision, or its words were erased: a quote of those is left out of all that is
    /// shown.
    pub fn quote_on(
        &self,
        coder: CoderId,
        passage: Passage<'_>,
        source: &dyn Source,
    ) -> Result<(Quote, Vec<Change>), PassageError> {
        let Passage { transcript, revision, span, words } = passage;
        if self.transcripts().get(&transcript).ok_or(PassageError::Gone)?.revision != revision {
            return Err(PassageError::Revised);
        }
        if self.is_erased(passage) {
            return Err(PassageError::Erased);
        }
        if let Some(held) = self.quote_of(coder, transcript, span) {
            return Ok((held.clone(), Vec::new()));
        }
        let text = words.to_owned();
        let quote = Quote { id: fresh(source), coder, transcript, revision, span, text, starred: false };
        Ok((quote.clone(), vec![Change::create(quote)]))
    }

    /// Whether nothing is said in a passage but tombstones, in all turns that it touches. In a turn of which nothing is left a
    /// part of its tombstone is one.
    fn is_erased(&self, passage: Passage<'_>) -> bool {
        let Some(turns) = self.turns(passage.transcript) else { return is_tombstone(passage.words) };
        let touched = turns.turns.get(turns.overlapping(passage.span)).unwrap_or_default();
        let mut said = touched.iter().filter_map(|turn| {
            let words = passage.span.intersection(turn.speech)?.slice_of(passage.words, passage.span)?;
            (!words.trim().is_empty()).then_some((turn, words))
        });
        let erased = |(turn, words): (&super::Turn, &str)| {
            is_tombstone(words) || (turn.words == 0 && crate::text::has_word(words))
        };
        said.by_ref().next().is_some_and(erased) && said.all(erased)
    }

    /// Whether a passage starts and ends in speech.
    fn check_speech(&self, passage: Passage<'_>) -> Result<(), PassageError> {
        let span = passage.span;
        let turns = self.turns(passage.transcript).ok_or(PassageError::Gone)?;
        let touched = turns.turns.get(turns.overlapping(span)).unwrap_or_default();
        let starts = touched.first().is_some_and(|turn| turn.speech.start <= span.start);
        let ends = touched.last().is_some_and(|turn| span.end <= turn.speech.end);
        if starts && ends { Ok(()) } else { Err(PassageError::NotSpeech) }
    }

    /// The changes that take away quotes which `changes` leave with nothing on them: no coding, no memo, no star, no
    /// place in a summary, a basket or a draft, and no value that rests on them. They belong to the same action, behind `changes`.
    #[must_use]
    pub fn changes_to_emptied(&self, changes: &[Change]) -> Vec<Change> {
        let gone = |record: &Record| {
            changes.iter().any(|change| change.after.is_none() && change.before.as_ref() == Some(record))
        };
        let touched = changes.iter().flat_map(|change| match (&change.before, &change.after) {
            (Some(Record::Quote(_)), Some(Record::Quote(after))) => vec![after],
            (Some(Record::Coding(coding)), None) => self.quotes().get(&coding.quote).into_iter().collect(),
            (Some(Record::Memo(Memo { on: MemoOn::Quote(quote), .. })), None) => {
                self.quotes().get(quote).into_iter().collect()
            }
            (Some(Record::BasketEntry(entry)), None) => self.quotes().get(&entry.quote).into_iter().collect(),
            (Some(Record::Usage(usage)), None) => self.quotes().get(&usage.quote).into_iter().collect(),
            (Some(Record::AttributeValue(value)), _) => {
                value.quote.and_then(|id| self.quotes().get(&id)).into_iter().collect()
            }
            (Some(Record::Summary(summary)), _) => {
                summary.quotes.iter().filter_map(|id| self.quotes().get(id)).collect()
            }
            _ => Vec::new(),
        });
        let stands_alone = |quote: &&Quote| {
            !quote.starred
                && self.codings_on(quote.id).all(|coding| gone(&coding.clone().into()))
                && self.memos_on(MemoOn::Quote(quote.id)).all(|memo| gone(&memo.clone().into()))
        };
        let mut emptied: BTreeMap<QuoteId, &Quote> =
            touched.filter(stands_alone).map(|quote| (quote.id, quote)).collect();
        if emptied.is_empty() {
            return Vec::new();
        }
        // What else may hold a quote has no index by quotes: each kind is looked through once, however many quotes there are.
        for entry in self.basket_entries().iter() {
            if emptied.contains_key(&entry.quote) && !gone(&entry.clone().into()) {
                emptied.remove(&entry.quote);
            }
        }
        for usage in self.usages().iter() {
            if emptied.contains_key(&usage.quote) && !gone(&usage.clone().into()) {
                emptied.remove(&usage.quote);
            }
        }
        self.keep_what_records_rest_on(&mut emptied, changes);
        emptied.into_values().cloned().map(Change::delete).collect()
    }

    /// Leaves out the quotes that a summary or the value of an attribute rests on once `changes` are made.
    fn keep_what_records_rest_on(&self, emptied: &mut BTreeMap<QuoteId, &Quote>, changes: &[Change]) {
        let changed: Vec<&Record> = changes.iter().filter_map(|change| change.before.as_ref()).collect();
        let is_changed_summary = |id: SummaryId| {
            changed.iter().any(|record| matches!(record, Record::Summary(held) if held.id == id))
        };
        for summary in self.summaries().iter() {
            let rests = summary.quotes.iter().any(|quote| emptied.contains_key(quote));
            if rests && !is_changed_summary(summary.id) {
                emptied.retain(|quote, _| !summary.quotes.contains(quote));
            }
        }
        for value in self.attribute_values().iter() {
            let Some(quote) = value.quote.filter(|quote| emptied.contains_key(quote)) else { continue };
            let record = value.clone().into();
            if !changed.contains(&&record) {
                emptied.remove(&quote);
            }
        }
        for record in changes.iter().filter_map(|change| change.after.as_ref()) {
            match record {
                Record::Summary(held) => emptied.retain(|quote, _| !held.quotes.contains(quote)),
                Record::AttributeValue(value) => emptied.retain(|quote, _| value.quote != Some(*quote)),
                _ => {}
            }
        }
    }
}
