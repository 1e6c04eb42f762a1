//! What stands behind a number: small values from which its quotes are found when somebody asks, so that a table of
//! thousands of numbers carries no quotes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::count::on_side;
use super::super::panel::behind;
use super::super::tally::Passage;
use super::super::{Behind, Counter};
use crate::study::{CodeId, Kind, ParticipantId, QuoteId, Side, TranscriptId};
use crate::text::Span;

/// What stands behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Quotes.
    Quotes(Evidence),
    /// One of these quotes, whose words stand in the cell.
    Quote(QuoteId, Evidence),
    /// A place in a transcript, to be read.
    Place(TranscriptId, Span),
    /// People of whom no quote says anything here.
    People(Arc<BTreeSet<ParticipantId>>),
}

impl Basis {
    /// Which quotes stand there, if quotes do.
    #[must_use]
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Basis::Quotes(evidence) | Basis::Quote(_, evidence) => Some(evidence),
            Basis::Place(..) | Basis::People(_) => None,
        }
    }
}

impl From<Evidence> for Basis {
    fn from(evidence: Evidence) -> Self {
        Basis::Quotes(evidence)
    }
}

/// Which quotes: those that meet all of it, under the scope of their [`Counter`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// With one of these codes (none below them); `None` for any code.
    pub codes: Option<Arc<BTreeSet<CodeId>>>,
    /// Beside one of these codes, in that sense.
    pub beside: Option<(Arc<BTreeSet<CodeId>>, Together)>,
    /// On that side; `Some(None)` for what has no side, `None` for all.
    pub side: Option<Option<Side>>,
    /// In which one of these speaks.
    pub people: Option<Arc<BTreeSet<ParticipantId>>>,
    /// In one of these transcripts.
    pub transcripts: Option<Arc<BTreeSet<TranscriptId>>>,
    /// In one of the first so many of these transcripts.
    pub first: Option<(Arc<[TranscriptId]>, usize)>,
    /// In transcripts of this kind.
    pub kind: Option<Kind>,
    /// In whose speech.
    pub voiced: Voiced,
}

/// In whose speech a quote stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voiced {
    /// Anybody's.
    #[default]
    Anybody,
    /// That of participants.
    Participants,
    /// That of several, of nobody knows whom, of interviewers or others: counted for nobody.
    Nobody,
}

/// When two codes occur together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Together {
    /// Their codings share a character.
    #[default]
    Overlap,
    /// Their codings share a turn.
    Turn,
    /// One participant says both, wherever.
    Participant,
}

impl Together {
    /// All of them.
    pub const ALL: [Together; 3] = [Together::Overlap, Together::Turn, Together::Participant];

    /// The word of the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Together::Overlap => "overlap",
            Together::Turn => "turn",
            Together::Participant => "participant",
        }
    }
}

impl Evidence {
    /// Quotes with one of these codes.
    pub(super) fn of(codes: &Arc<BTreeSet<CodeId>>) -> Self {
        Self { codes: Some(Arc::clone(codes)), ..Self::default() }
    }

    /// Quotes of these people.
    pub(super) fn by(people: &Arc<BTreeSet<ParticipantId>>) -> Self {
        Self { people: Some(Arc::clone(people)), ..Self::default() }
    }

    pub(super) fn on(self, side: Option<Side>) -> Self {
        Self { side: Some(side), ..self }
    }

    pub(super) fn in_kind(self, kind: Kind) -> Self {
        Self { kind: Some(kind), ..self }
    }

    pub(super) fn voiced(self, voiced: Voiced) -> Self {
        Self { voiced, ..self }
    }
}

impl<'s> Counter<'s> {
    /// The quotes behind a number, each once: starred first, then in the order of the study. Everybody in the scope who
    /// speaks in a quote is named with it, also who is not counted here.
    #[must_use]
    pub fn quotes_behind(&self, evidence: &Evidence) -> Vec<Behind> {
        let mut found = self.evident(evidence, evidence.codes.as_deref());
        if let Some((codes, together)) = &evidence.beside {
            let others = self.evident(evidence, Some(codes));
            let kept = |these: &[Passage<'s>], those: &[Passage<'s>]| -> Vec<Passage<'s>> {
                let near = Near::of(self, those, *together);
                these.iter().filter(|passage| near.has(self, passage)).copied().collect()
            };
            let (left, right) = (kept(&found, &others), kept(&others, &found));
            found = left;
            found.extend(right);
        }
        behind(self, &found)
    }

    /// Codings that meet all but `beside`, with these codes.
    fn evident(&self, evidence: &Evidence, codes: Option<&BTreeSet<CodeId>>) -> Vec<Passage<'s>> {
        let passages = match codes {
            Some(codes) => self.passages(codes),
            None => self.passages(&self.study().codes().iter().map(|code| code.id).collect()),
        };
        let passages = match evidence.side {
            Some(side) => on_side(&passages, side),
            None => passages,
        };
        let first: Option<BTreeSet<TranscriptId>> =
            evidence.first.as_ref().map(|(order, many)| order.iter().take(*many).copied().collect());
        let meets = |passage: &Passage<'s>| {
            if evidence.kind.is_some_and(|kind| kind != passage.kind) {
                return false;
            }
            let transcript = self.transcript(passage.transcript);
            let elsewhere = evidence
                .transcripts
                .as_ref()
                .is_some_and(|only| transcript.is_none_or(|held| !only.contains(&held.id)));
            let later =
                first.as_ref().is_some_and(|first| transcript.is_none_or(|held| !first.contains(&held.id)));
            if elsewhere || later {
                return false;
            }
            let Some(people) = self.people_of(passage.quote) else { return false };
            let by_them =
                evidence.people.as_ref().is_none_or(|only| people.iter().any(|person| only.contains(person)));
            by_them
                && match evidence.voiced {
                    Voiced::Anybody => true,
                    Voiced::Participants => !people.is_empty(),
                    Voiced::Nobody => people.is_empty(),
                }
        };
        passages.into_iter().filter(meets).collect()
    }
}

/// Places near which a coding is together with others.
enum Near {
    Spans(BTreeMap<usize, Vec<(crate::study::RevisionId, Span)>>),
    Turns(BTreeSet<(usize, usize)>),
    People(BTreeSet<ParticipantId>),
}

impl Near {
    fn of(counter: &Counter<'_>, passages: &[Passage<'_>], together: Together) -> Self {
        match together {
            Together::Overlap => {
                let mut spans: BTreeMap<usize, Vec<_>> = BTreeMap::new();
                for passage in passages {
                    let held = spans.entry(passage.transcript).or_default();
                    held.push((passage.quote.revision, passage.quote.span));
                }
                Near::Spans(spans)
            }
            Together::Turn => {
                Near::Turns(passages.iter().flat_map(|passage| counter.turns_under(passage)).collect())
            }
            Together::Participant => Near::People(
                passages
                    .iter()
                    .flat_map(|passage| counter.people_of(passage.quote).unwrap_or_default())
                    .collect(),
            ),
        }
    }

    fn has(&self, counter: &Counter<'_>, passage: &Passage<'_>) -> bool {
        match self {
            Near::Spans(spans) => {
                let shares = |(revision, span): &(_, Span)| {
                    *revision == passage.quote.revision
                        && span.intersection(passage.quote.span).is_some_and(|shared| !shared.is_empty())
                };
                spans.get(&passage.transcript).is_some_and(|held| held.iter().any(shares))
            }
            Near::Turns(turns) => counter.turns_under(passage).any(|turn| turns.contains(&turn)),
            Near::People(people) => counter
                .people_of(passage.quote)
                .is_some_and(|held| held.iter().any(|person| people.contains(person))),
        }
    }
}

impl Counter<'_> {
    /// The turns whose speech a coding touches: the place of the transcript and that of the turn. None in a revision that
    /// is not the current one.
    pub(super) fn turns_under(&self, passage: &Passage<'_>) -> impl Iterator<Item = (usize, usize)> + use<> {
        let transcript = self.transcript(passage.transcript);
        let turns = transcript.and_then(|held| self.study().turns(held.id));
        let turns = turns.filter(|turns| turns.revision == passage.quote.revision);
        let range = turns.map_or(0..0, |turns| turns.overlapping(passage.quote.span));
        let at = passage.transcript;
        range.map(move |turn| (at, turn))
    }
}
