//! One count: who said it, where, how often, and what is left out.

use std::collections::BTreeSet;

use super::sheet::{HeardCoding, HeardQuote};
use crate::study::{CodeId, Kind, ParticipantId, RevisionId, Transcript, TranscriptId, Valence};

/// What is counted at all. The default is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only transcripts of this kind.
    pub kind: Option<Kind>,
    /// Only these transcripts.
    pub transcripts: Option<BTreeSet<TranscriptId>>,
    /// Only what these participants say. Codings that are left without a person are then out as well.
    pub people: Option<BTreeSet<ParticipantId>>,
}

impl Scope {
    pub(super) fn has_transcript(&self, transcript: &Transcript) -> bool {
        self.kind.is_none_or(|kind| kind == transcript.kind)
            && self.transcripts.as_ref().is_none_or(|only| only.contains(&transcript.id))
    }

    pub(super) fn has_person(&self, person: ParticipantId) -> bool {
        self.people.as_ref().is_none_or(|only| only.contains(&person))
    }
}

/// The numbers of one count. `codings` is those with a person, `unclear` and `beside` together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Participants who say it.
    pub people: u32,
    /// Participants with imported speech in the scope: the N of "n of N".
    pub of: u32,
    /// Transcripts in which it is coded.
    pub transcripts: u32,
    /// Transcripts in the scope.
    pub of_transcripts: u32,
    /// Codings; overlapping ones of one code are one.
    pub codings: u32,
    /// Codings left without a person because several speak at once, or nobody knows who (or the quote stands in an earlier
    /// revision).
    pub unclear: u32,
    /// Codings in speech of interviewers and others alone, which counts for nobody.
    pub beside: u32,
}

/// A count, and the same for interviews and focus groups alone. A person heard in both is in both, so the two need not
/// add up to the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Both kinds together.
    pub all: Figures,
    /// Interviews.
    pub interviews: Figures,
    /// Focus groups.
    pub focus_groups: Figures,
}

impl Count {
    /// The figures of one kind of transcript.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> &Figures {
        match kind {
            Kind::Interview => &self.interviews,
            Kind::FocusGroup => &self.focus_groups,
        }
    }

    /// Whether there is no coding.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.codings == 0
    }

    pub(super) fn of_kind_mut(&mut self, kind: Kind) -> &mut Figures {
        match kind {
            Kind::Interview => &mut self.interviews,
            Kind::FocusGroup => &mut self.focus_groups,
        }
    }
}

/// A coding in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage<'s> {
    /// Place of the transcript in the order of the study.
    pub(super) transcript: usize,
    pub(super) kind: Kind,
    pub(super) coding: &'s HeardCoding,
    pub(super) quote: &'s HeardQuote,
    /// Effective valence.
    pub(super) valence: Option<Valence>,
}

/// Adds passages up. They come by transcript, then by code, then in order of the text.
pub(super) struct Tally<'c> {
    keep: &'c dyn Fn(ParticipantId) -> bool,
    /// Whether a coding without a person is counted.
    keep_nobody: bool,
    count: Count,
    people: Vec<(ParticipantId, Kind)>,
    last_transcript: Option<usize>,
    open: Option<Cluster>,
}

/// Overlapping passages of one code: one coding.
struct Cluster {
    transcript: usize,
    code: CodeId,
    revision: RevisionId,
    end: u32,
    kind: Kind,
    has_person: bool,
    is_unclear: bool,
}

impl<'c> Tally<'c> {
    /// `base` holds the denominators; `keep` says which people are counted.
    pub(super) fn new(base: Count, keep_nobody: bool, keep: &'c dyn Fn(ParticipantId) -> bool) -> Self {
        Self { keep, keep_nobody, count: base, people: Vec::new(), last_transcript: None, open: None }
    }

    pub(super) fn add(&mut self, passage: &Passage<'_>) {
        let people = self.people.len();
        let kept = passage.quote.people.iter().filter(|person| (self.keep)(**person));
        self.people.extend(kept.map(|person| (*person, passage.kind)));
        let has_person = self.people.len() > people;
        if !has_person && !self.keep_nobody {
            return;
        }
        let span = passage.quote.span;
        match &mut self.open {
            Some(open)
                if (open.transcript, open.code, open.revision)
                    == (passage.transcript, passage.coding.code, passage.quote.revision)
                    && span.start < open.end =>
            {
                open.end = open.end.max(span.end);
                open.has_person |= has_person;
                open.is_unclear |= passage.quote.unclear;
            }
            _ => {
                self.close();
                self.open = Some(Cluster {
                    transcript: passage.transcript,
                    code: passage.coding.code,
                    revision: passage.quote.revision,
                    end: span.end,
                    kind: passage.kind,
                    has_person,
                    is_unclear: passage.quote.unclear,
                });
            }
        }
    }

    pub(super) fn finish(mut self) -> Count {
        self.close();
        self.people.sort_unstable();
        self.people.dedup();
        for (_, kind) in &self.people {
            self.count.of_kind_mut(*kind).people += 1;
        }
        self.people.dedup_by_key(|(person, _)| *person);
        self.count.all.people = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.count
    }

    fn close(&mut self) {
        let Some(cluster) = self.open.take() else { return };
        let is_new = self.last_transcript.replace(cluster.transcript) != Some(cluster.transcript);
        let unclear = !cluster.has_person && cluster.is_unclear;
        let beside = !cluster.has_person && !cluster.is_unclear;
        let add = |figures: &mut Figures| {
            figures.transcripts += u32::from(is_new);
            figures.codings += 1;
            figures.unclear += u32::from(unclear);
            figures.beside += u32::from(beside);
        };
        add(&mut self.count.all);
        add(self.count.of_kind_mut(cluster.kind));
    }
}
