//! Counting codes under one scope.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::columns::{Columns, base, counts_transcript};
use super::sheet::HeardQuote;
use super::tally::{Count, Passage, Scope, Tally};
use super::{Sheet, Sheets};
use crate::study::{CodeId, ParticipantId, Side, Study, Transcript, Valence};

/// Answers counts under one [`Scope`]. Made by [`Sheets::counter`], cheap enough to make for each screenful.
pub struct Counter<'s> {
    study: &'s Study,
    scope: &'s Scope,
    /// Transcripts of the scope, in the order of the study.
    sheets: Vec<(&'s Transcript, &'s Sheet)>,
    base: Count,
    columns: Columns,
    /// Gathered once, when first asked: a table asks for every code, and looking each up in thousands of transcripts was most of
    /// its time.
    used: OnceCell<Uses>,
}

/// Where each code is used, in the order of the transcripts: the place of a transcript in [`Counter`]'s list, and which of its
/// codings are with the code.
type Uses = BTreeMap<CodeId, Vec<(usize, Range<usize>)>>;

/// Something for each side, and for what has no side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sided<T> {
    /// Of codings whose effective valence is barrier or both.
    pub barrier: T,
    /// Of codings whose effective valence is facilitator or both.
    pub facilitator: T,
    /// Of codings without a valence.
    pub unsided: T,
}

impl<T> Sided<T> {
    /// That of one side; `None` for what has no side.
    #[must_use]
    pub fn of(&self, side: Option<Side>) -> &T {
        match side {
            Some(Side::Barrier) => &self.barrier,
            Some(Side::Facilitator) => &self.facilitator,
            None => &self.unsided,
        }
    }

    /// One for each.
    pub(super) fn each(mut make: impl FnMut(Option<Side>) -> T) -> Self {
        Self {
            barrier: make(Some(Side::Barrier)),
            facilitator: make(Some(Side::Facilitator)),
            unsided: make(None),
        }
    }
}

/// A count with the same by columns. A quote of people of two groups is in both columns, so these need not add up to the
/// first; codings left without a person are in none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Everybody.
    pub count: Count,
    /// By the columns of [`Counter::columns`].
    pub columns: Vec<Count>,
}

impl<'s> Counter<'s> {
    /// `sheets` must be fresh.
    pub(super) fn new(study: &'s Study, sheets: &'s Sheets, scope: &'s Scope, compare: Option<&str>) -> Self {
        let transcripts = study.transcripts_by_name().into_iter();
        let counted = transcripts.filter(|transcript| scope.has_transcript(transcript));
        Self {
            study,
            scope,
            sheets: counted.filter_map(|t| Some((t, sheets.sheet(t.id)?))).collect(),
            base: base(study, scope),
            columns: Columns::of(study, scope, compare),
            used: OnceCell::new(),
        }
    }

    /// The columns of the compared attribute.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The study that is counted.
    #[must_use]
    pub fn study(&self) -> &'s Study {
        self.study
    }

    /// What is counted at all.
    pub(super) fn scope(&self) -> &'s Scope {
        self.scope
    }

    /// Transcripts of the scope, in the order of the study.
    pub(super) fn transcripts(&self) -> impl ExactSizeIterator<Item = &'s Transcript> {
        self.sheets.iter().map(|(transcript, _)| *transcript)
    }

    /// Those of them in which somebody who is counted can say something, each with its place among all.
    pub(super) fn transcripts_heard(&self) -> Vec<(usize, &'s Transcript)> {
        let heard = |(_, held): &(usize, &Transcript)| counts_transcript(self.study, self.scope, held);
        self.transcripts().enumerate().filter(heard).collect()
    }

    /// Those of them that count for nothing, as all that is said in them is hidden.
    pub(super) fn transcripts_hidden(&self) -> Vec<&'s Transcript> {
        self.transcripts().filter(|held| self.study.is_speech_hidden(held.id)).collect()
    }

    /// Counts a code with all codes below it, whatever their valence.
    #[must_use]
    pub fn count(&self, code: CodeId) -> Count {
        self.count_codes(&self.study.descendants(code))
    }

    /// Counts these codes together (none below them), whatever their valence.
    #[must_use]
    pub fn count_codes(&self, codes: &BTreeSet<CodeId>) -> Count {
        self.tally(&self.passages(codes))
    }

    /// Counts these codes together (none below them) by side and column. What is ambivalent counts once on each side.
    #[must_use]
    pub fn split(&self, codes: &BTreeSet<CodeId>) -> Sided<Split> {
        let passages = self.passages(codes);
        Sided::each(|side| self.split_of(&on_side(&passages, side)))
    }

    pub(super) fn split_of(&self, passages: &[Passage<'s>]) -> Split {
        let columns = self.columns.columns.iter().map(|column| {
            let keep = |person: ParticipantId| column.people.contains(&person);
            tally(column.base, false, &keep, passages)
        });
        Split { count: self.tally(passages), columns: columns.collect() }
    }

    /// Codings with these codes in the order of the study, for each transcript by code.
    pub(super) fn passages(&self, codes: &BTreeSet<CodeId>) -> Vec<Passage<'s>> {
        let used = self.used.get_or_init(|| uses(&self.sheets));
        let mut runs: Vec<(usize, &Range<usize>, Option<Side>)> = Vec::new();
        for code in codes.iter().filter_map(|code| self.study.codes().get(code)) {
            let uses = used.get(&code.id).into_iter().flatten();
            runs.extend(uses.map(|(transcript, codings)| (*transcript, codings, code.side)));
        }
        // Codings of a transcript lie by code already.
        runs.sort_by_key(|(transcript, codings, _)| (*transcript, codings.start));
        let mut found = Vec::with_capacity(runs.iter().map(|(_, codings, _)| codings.len()).sum());
        for (index, codings, side) in runs {
            let Some((transcript, sheet)) = self.sheets.get(index) else { continue };
            found.extend(sheet.codings_at(codings.clone()).map(|(coding, quote)| Passage {
                transcript: index,
                kind: transcript.kind,
                coding,
                quote,
                valence: side.map(Valence::from).or(coding.own),
            }));
        }
        found
    }

    /// A transcript by its place in the order of the study.
    pub(super) fn transcript(&self, place: usize) -> Option<&'s Transcript> {
        self.sheets.get(place).map(|(transcript, _)| *transcript)
    }

    /// A quote by the place of its transcript and its own place there.
    pub(super) fn quote(&self, transcript: usize, quote: usize) -> Option<&'s HeardQuote> {
        self.sheets.get(transcript)?.1.quotes.get(quote)
    }

    /// Participants of the scope who speak in a quote; `None` if the scope leaves the quote out.
    pub(super) fn people_of(&self, quote: &HeardQuote) -> Option<Vec<ParticipantId>> {
        let people: Vec<_> =
            quote.people.iter().copied().filter(|person| self.scope.has_person(*person)).collect();
        (self.scope.people.is_none() || !people.is_empty()).then_some(people)
    }

    /// Counts passages that [`Counter::passages`] gave, or some of them.
    pub(super) fn count_passages(&self, passages: &[Passage<'s>]) -> Count {
        self.tally(passages)
    }

    fn tally(&self, passages: &[Passage<'s>]) -> Count {
        let keep_nobody = self.scope.people.is_none();
        tally(self.base, keep_nobody, &|person| self.scope.has_person(person), passages)
    }
}

fn uses(sheets: &[(&Transcript, &Sheet)]) -> Uses {
    let mut used = Uses::new();
    for (place, (_, sheet)) in sheets.iter().enumerate() {
        for (code, codings) in sheet.codings_by_code() {
            used.entry(code).or_default().push((place, codings));
        }
    }
    used
}

/// Those of the passages that count on a side, or those without one.
pub(super) fn on_side<'s>(passages: &[Passage<'s>], side: Option<Side>) -> Vec<Passage<'s>> {
    let counts = |passage: &&Passage<'s>| match (side, passage.valence) {
        (Some(side), Some(valence)) => valence.has(side),
        (None, None) => true,
        _ => false,
    };
    passages.iter().filter(counts).copied().collect()
}

fn tally(
    base: Count,
    keep_nobody: bool,
    keep: &dyn Fn(ParticipantId) -> bool,
    passages: &[Passage<'_>],
) -> Count {
    let mut tally = Tally::new(base, keep_nobody, keep);
    for passage in passages {
        tally.add(passage);
    }
    tally.finish()
}
