//! What a search found, in the order in which it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::study::{ParticipantId, RevisionId, Study, TranscriptId, Voice};
use crate::text::Span;

/// What a search found, or why nothing could be.
pub type Outcome = Result<Found, Failed>;

/// Why a search found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// The query says nothing that can be looked for.
    Query {
        /// What is wrong and what to do.
        sentence: String,
        /// Where: bytes of the query.
        at: Span,
    },
    /// The index or a text cannot be had.
    Search(String),
}

/// Hits in any order, as whoever searches gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The hits: all of them, or the best.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// One turn that answers a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// In which transcript.
    pub transcript: TranscriptId,
    /// In which revision of it.
    pub revision: RevisionId,
    /// Index of the turn among [`Turns::turns`](crate::study::Turns::turns).
    pub turn: usize,
    /// The speech of the turn: bytes of the transcript's text.
    pub speech: Span,
    /// The text of the speech.
    pub text: Arc<str>,
    /// What matched, in order: bytes of the transcript's text, inside the speech. Empty if a filter alone was asked.
    pub matches: Vec<Span>,
}

impl Hit {
    /// Part of the speech, by bytes of the transcript's text.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        let from = span.start.checked_sub(self.speech.start)?;
        let to = span.end.checked_sub(self.speech.start)?;
        self.text.get(from as usize..to as usize)
    }
}

/// Hits in the order of the study, by transcript.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The hits.
    pub hits: Vec<Hit>,
    /// Their transcripts, in order.
    pub groups: Vec<Group>,
    /// How many hits there are in all; more than listed if there were too many.
    pub total: usize,
    /// Participants who speak in the hits that are listed.
    pub people: usize,
}

/// The hits of one transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which transcript.
    pub transcript: TranscriptId,
    /// Index of its first hit.
    pub first: usize,
    /// How many hits.
    pub count: usize,
}

impl Answer {
    /// Sorts what was found. Hits of transcripts that are gone are dropped.
    #[must_use]
    pub fn of(study: &Study, found: Found) -> Self {
        let order: BTreeMap<TranscriptId, usize> =
            study.transcripts_by_name().into_iter().enumerate().map(|(at, held)| (held.id, at)).collect();
        let mut hits = found.hits;
        hits.retain(|hit| order.contains_key(&hit.transcript));
        hits.sort_by_key(|hit| (order.get(&hit.transcript).copied(), hit.turn));
        let mut groups: Vec<Group> = Vec::new();
        let mut people: BTreeSet<ParticipantId> = BTreeSet::new();
        for (index, hit) in hits.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if group.transcript == hit.transcript => group.count += 1,
                _ => groups.push(Group { transcript: hit.transcript, first: index, count: 1 }),
            }
        }
        for group in &groups {
            let of_group = hits.iter().skip(group.first).take(group.count);
            let (Some(turns), Some(voices)) =
                (study.turns(group.transcript), study.voices_in(group.transcript))
            else {
                continue;
            };
            let heard = of_group.filter_map(|hit| turns.turns.get(hit.turn)).map(|turn| voices.of(turn));
            people.extend(heard.filter_map(Voice::participant));
        }
        Self { total: found.total.max(hits.len()), hits, groups, people: people.len() }
    }
}
