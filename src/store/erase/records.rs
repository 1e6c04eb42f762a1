//! The records of an erasure: quotes that shrink, and those that would then lie on the same span and become one; texts that
//! rest on them; what cites the words.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::super::rows;
use super::rewrite::Work;
use super::{Stopped, Touched};
use crate::study::{
    Case, Change, Classified, CodeId, Coding, Memo, MemoOn, QuoteId, Record, Review, SavedSearch, Study,
    Summary, SummaryState, Theme, is_tombstone,
};

/// What becomes of records: rows that go, rows that come in their place, and the changes that the history tells of. None of
/// those holds a word that was erased: of a record that lost words both sides are what is left of it.
#[derive(Default)]
pub(super) struct Rewritten {
    pub(super) out: Vec<Record>,
    pub(super) put: Vec<Record>,
    pub(super) changes: Vec<Change>,
    /// Memos, summaries and saved searches that share fewer words in a row with what goes than make a citation.
    pub(super) may_cite: Vec<Record>,
}

impl Rewritten {
    pub(super) fn of(work: &mut Work<'_>, touched: &mut Touched) -> Result<Rewritten, Stopped> {
        let mut done = Rewritten::default();
        let merged = done.quotes(work, touched);
        done.codings(work, &merged, touched);
        done.others(work, &merged, touched);
        done.names(work, touched)?;
        Ok(done)
    }

    /// Shrinks and moves quotes. Gives those that became one with another, and which.
    fn quotes(&mut self, work: &Work<'_>, touched: &mut Touched) -> BTreeMap<QuoteId, QuoteId> {
        let mut places: BTreeMap<_, QuoteId> = BTreeMap::new();
        let mut merged = BTreeMap::new();
        let mut starred = BTreeSet::new();
        for quote in work.study.quotes().iter().filter(|quote| work.cuts.contains_key(&quote.revision)) {
            let after = work.cut_quote(quote).unwrap_or_else(|| quote.clone());
            let kept = *places.entry((after.revision, after.span, after.coder)).or_insert(quote.id);
            if kept != quote.id {
                merged.insert(quote.id, kept);
                starred.extend(quote.starred.then_some(kept));
            }
        }
        for quote in work.study.quotes().iter().filter(|quote| work.cuts.contains_key(&quote.revision)) {
            let lost = work.loses_words(quote);
            let mut after = work.cut_quote(quote).unwrap_or_else(|| quote.clone());
            touched.quotes += usize::from(lost && is_tombstone(&after.text));
            touched.cut_quotes += usize::from(lost && !is_tombstone(&after.text));
            if merged.contains_key(&quote.id) {
                self.out.push(quote.clone().into());
                self.changes.push(Change::delete(after));
                continue;
            }
            after.starred |= starred.contains(&quote.id);
            if after != *quote {
                self.replace(quote.clone().into(), after.into(), lost);
            }
        }
        merged
    }

    /// Codings of quotes that became one move to it. One with a code that is there already goes.
    fn codings(&mut self, work: &Work<'_>, merged: &BTreeMap<QuoteId, QuoteId>, touched: &mut Touched) {
        let there: Vec<&Coding> = work.gone.iter().flat_map(|quote| work.study.codings_on(*quote)).collect();
        touched.codings = there.len();
        let mut taken: BTreeSet<_> = merged
            .values()
            .flat_map(|kept| work.study.codings_on(*kept))
            .map(|coding| (coding.quote, coding.code))
            .collect();
        for (from, to) in merged {
            for coding in work.study.codings_on(*from) {
                if taken.insert((*to, coding.code)) {
                    self.replace(
                        coding.clone().into(),
                        Coding { quote: *to, ..coding.clone() }.into(),
                        false,
                    );
                } else {
                    self.out.push(coding.clone().into());
                    self.changes.push(Change::delete(coding.clone()));
                }
            }
        }
    }

    /// Everything else: memos and summaries that rest on what goes, whatever cites it, whatever refers to a quote that
    /// became one with another.
    fn others(&mut self, work: &mut Work<'_>, merged: &BTreeMap<QuoteId, QuoteId>, touched: &mut Touched) {
        let study = work.study;
        let mut records: Vec<Record> = Vec::new();
        records.extend(study.memos().iter().cloned().map(Record::from));
        records.extend(study.summaries().iter().cloned().map(Record::from));
        records.extend(study.codes().iter().cloned().map(Record::from));
        records.extend(study.themes().iter().cloned().map(Record::from));
        records.extend(study.reviews().iter().cloned().map(Record::from));
        records.extend(study.saved_searches().iter().cloned().map(Record::from));
        records.extend(study.attribute_values().iter().cloned().map(Record::from));
        records.extend(study.frameworks().iter().cloned().map(Record::from));
        records.extend(study.components().iter().cloned().map(Record::from));
        records.extend(study.consents().iter().cloned().map(Record::from));
        records.extend(study.basket_entries().iter().cloned().map(Record::from));
        records.extend(study.usages().iter().cloned().map(Record::from));
        let mut baskets = BTreeSet::new();
        for record in records {
            let clean = emptied(work, &record).or_else(|| work.sweep.clean_record(&record));
            let lost = clean.is_some();
            match &record {
                Record::Memo(_) => touched.memos += usize::from(lost),
                Record::Summary(_) if lost => touched.summaries += 1,
                Record::Summary(summary) => {
                    let unlinked = summary.quotes.iter().any(|quote| work.gone.contains(quote));
                    touched.unlinked += usize::from(unlinked);
                }
                _ => touched.others += usize::from(lost),
            }
            let (after, digests) =
                without_digests(work, repointed(clean.as_ref().unwrap_or(&record), merged));
            let lost = lost || digests;
            if let Record::Memo(Memo { text, .. })
            | Record::Summary(Summary { text, .. })
            | Record::SavedSearch(SavedSearch { query: text, .. }) = &after
                && work.sweep.may_cite(text)
            {
                self.may_cite.push(after.clone());
            }
            if let Record::BasketEntry(entry) = &after
                && !baskets.insert((entry.coder, entry.quote))
            {
                self.out.push(record.clone());
                self.changes.push(Change { before: Some(record), after: None });
                continue;
            }
            // What the draft uses of the quote that stays is noted already.
            if let Record::Usage(_) = &after
                && after != record
                && study.record_like(&after).is_some()
            {
                self.out.push(record.clone());
                self.changes.push(Change { before: Some(record), after: None });
                continue;
            }
            if after != record {
                self.replace(record, after, lost);
            }
        }
    }

    pub(super) fn replace(&mut self, before: Record, after: Record, lost: bool) {
        let same = before.same_thing(&after);
        self.out.push(before.clone());
        let there = self.put.iter().any(|put| put.same_thing(&after));
        match (same, lost) {
            // A key that had a name in it: the history says that it has always been so.
            (_, true) => {
                self.changes.push(Change { before: Some(after.clone()), after: Some(after.clone()) });
            }
            (true, false) => self.changes.push(Change { before: Some(before), after: Some(after.clone()) }),
            // The identity names the quote: a usage.
            (false, false) => {
                self.changes.push(Change { before: Some(before), after: None });
                if there {
                    return;
                }
                self.changes.push(Change { before: None, after: Some(after.clone()) });
            }
        }
        self.put.push(after);
    }

    /// Records whose last change lost its text although they did not change now are told of again, so that the history
    /// still says what they are.
    pub(super) fn keep_known(&mut self, study: &Study, nulled: &[Record]) {
        for record in nulled {
            let told = self.changes.iter().filter_map(Change::record).any(|told| told.same_thing(record));
            let gone = self.out.iter().any(|out| out.same_thing(record));
            if let Some(held) = study.record_like(record).filter(|_| !told && !gone) {
                self.changes.push(Change { before: Some(held.clone()), after: Some(held) });
            }
        }
    }

    /// Writes the rows: all that go before those that come, so that no place is taken twice on the way.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        self.out.iter().try_for_each(|record| rows::delete(connection, record))?;
        self.put.iter().try_for_each(|record| rows::insert(connection, record))
    }
}

/// Whether a memo or a summary rests on nothing but what goes.
pub(super) fn resting(work: &Work<'_>, record: &Record) -> bool {
    let person = |id| work.people.contains(&id);
    match record {
        Record::Memo(memo) => match &memo.on {
            MemoOn::Quote(quote) => work.gone.contains(quote),
            MemoOn::Participant(id) | MemoOn::Cell(Case::Participant(id), _) => person(*id),
            MemoOn::Transcript(id) | MemoOn::Cell(Case::Group(id), _) => work.sole.contains(id),
            MemoOn::Code(_) | MemoOn::Theme(_) | MemoOn::Component(_) | MemoOn::Study => false,
        },
        Record::Summary(summary) => {
            let case = match summary.case {
                Case::Participant(id) => person(id),
                Case::Group(id) => work.sole.contains(&id),
            };
            case || (!summary.quotes.is_empty() && summary.quotes.iter().all(|id| work.gone.contains(id)))
        }
        _ => false,
    }
}

/// A memo or summary that rests on what goes, with a tombstone for its text.
fn emptied(work: &Work<'_>, record: &Record) -> Option<Record> {
    if !resting(work, record) {
        return None;
    }
    let text = work.what.tombstone().to_owned();
    match record {
        Record::Memo(memo) if memo.text != text && !memo.text.is_empty() => {
            Some(Memo { text, ..memo.clone() }.into())
        }
        Record::Summary(summary) if summary.text != text && !summary.text.is_empty() => {
            Some(Summary { text, state: SummaryState::Drafted, checked_by: None, ..summary.clone() }.into())
        }
        _ => None,
    }
}

/// A summary or review without digests of words that go, and whether it had some: what it was written on is not known then.
fn without_digests(work: &mut Work<'_>, mut record: Record) -> (Record, bool) {
    let had = match &record {
        Record::Summary(summary) => holds_digests(work, summary),
        Record::Review(review) => holds_digest_of_definition(work, review),
        _ => false,
    };
    match &mut record {
        Record::Summary(summary) if had => summary.basis = None,
        Record::Review(review) => {
            let basis = review.basis.as_mut().filter(|_| had);
            basis.into_iter().for_each(|basis| basis.definition.clear());
        }
        _ => {}
    }
    (record, had)
}

/// Whether a review notes a digest of a definition that may have held words that go: all but that of a definition which stands
/// there now and loses nothing. Without it the review is one of before the definition changed, as it was or becomes.
pub(super) fn holds_digest_of_definition(work: &mut Work<'_>, review: &Review) -> bool {
    let study = work.study;
    let Some(basis) = review.basis.as_ref().filter(|basis| !basis.definition.is_empty()) else {
        return false;
    };
    if basis.definition != study.review_basis(review.id, review.of).definition {
        return true;
    }
    let (theme, codes): (Option<&Theme>, Vec<CodeId>) = match review.of {
        Classified::Code(id) => (None, vec![id]),
        Classified::Theme(id) => {
            let theme = study.themes().get(&id);
            (theme, theme.into_iter().flat_map(Theme::codes).collect())
        }
    };
    let theme = theme.cloned().map(Record::from);
    let codes = codes.iter().filter_map(|id| study.codes().get(id)).cloned().map(Record::from);
    theme.into_iter().chain(codes).any(|record| work.sweep.clean_record(&record).is_some())
}

/// Whether a summary notes digests of words that go.
pub(super) fn holds_digests(work: &Work<'_>, summary: &Summary) -> bool {
    let loses = |id: &QuoteId| {
        work.gone.contains(id) || work.study.quotes().get(id).is_some_and(|quote| work.loses_words(quote))
    };
    summary.basis.iter().flatten().any(|witness| loses(&witness.quote))
}

/// A record that refers to quotes, after some became one with others.
fn repointed(record: &Record, merged: &BTreeMap<QuoteId, QuoteId>) -> Record {
    let to = |id: QuoteId| merged.get(&id).copied().unwrap_or(id);
    let mut record = record.clone();
    match &mut record {
        Record::Memo(Memo { on: MemoOn::Quote(quote), .. }) => *quote = to(*quote),
        Record::Summary(summary) => {
            let mut seen = BTreeSet::new();
            summary.quotes.iter_mut().for_each(|quote| *quote = to(*quote));
            summary.quotes.retain(|quote| seen.insert(*quote));
        }
        Record::AttributeValue(value) => value.quote = value.quote.map(to),
        Record::BasketEntry(entry) => entry.quote = to(entry.quote),
        Record::Usage(usage) => usage.quote = to(usage.quote),
        _ => {}
    }
    record
}
