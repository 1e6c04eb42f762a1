//! What a search found, in the order in which it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::study::{ParticipantId, RevisionId, Study, TranscriptId, TurnNumber, Voice};
use crate::text::Span;

/// What a search found, or why nothing could be.
pub type Outcome = Result<Answer, Failed>;

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

/// One turn that answers a query. What it says is read when it is looked at: see [`HitText`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the corpus that was searched: what its text is asked for by.
    pub place: u32,
    /// In which transcript.
    pub transcript: TranscriptId,
    /// In which revision of it.
    pub revision: RevisionId,
    /// Index of the turn among [`Turns::turns`](crate::study::Turns::turns).
    pub turn: usize,
    /// The turn's number.
    pub number: TurnNumber,
    /// The speech of the turn: bytes of the transcript's text.
    pub speech: Span,
}

/// A hit by what stays the same when it is found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HitKey(pub TranscriptId, pub TurnNumber);

impl Hit {
    /// What it is known by when it is found again.
    #[must_use]
    pub fn key(&self) -> HitKey {
        HitKey(self.transcript, self.number)
    }
}

/// What a hit says, and what in it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitText {
    /// The text of the speech.
    pub text: Arc<str>,
    /// What matched, in order: bytes of the transcript's text, inside the speech. Empty if a filter alone was asked.
    pub matches: Vec<Span>,
}

impl HitText {
    /// Part of the speech of `hit`, by bytes of the transcript's text.
    #[must_use]
    pub fn slice(&self, hit: &Hit, span: Span) -> Option<&str> {
        let from = span.start.checked_sub(hit.speech.start)?;
        let to = span.end.checked_sub(hit.speech.start)?;
        self.text.get(from as usize..to as usize)
    }
}

/// All hits by transcript in the order of the study, or the most alike first where a passage was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The hits.
    pub hits: Vec<Hit>,
    /// Hits of one transcript that stand together, in order.
    pub groups: Vec<Group>,
    /// How many transcripts they are in.
    pub transcripts: usize,
    /// Whether the most alike comes first.
    pub by_likeness: bool,
    /// Participants who speak in the hits, with how many each.
    pub heard: BTreeMap<ParticipantId, u32>,
}

/// Hits of one transcript that stand together: all of them where they are in the order of the study.
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
    /// Sums up hits in their order: that of the study, or the most alike first.
    #[must_use]
    pub fn of(study: &Study, hits: Vec<Hit>, by_likeness: bool) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for (index, hit) in hits.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if group.transcript == hit.transcript => group.count += 1,
                _ => groups.push(Group { transcript: hit.transcript, first: index, count: 1 }),
            }
        }
        let mut heard: BTreeMap<ParticipantId, u32> = BTreeMap::new();
        for group in &groups {
            let Some((turns, voices)) = study.turns(group.transcript).zip(study.voices_in(group.transcript))
            else {
                continue;
            };
            for hit in hits.iter().skip(group.first).take(group.count) {
                let voice = turns.turns.get(hit.turn).map(|turn| voices.of(turn));
                if let Some(person) = voice.and_then(Voice::participant) {
                    *heard.entry(person).or_default() += 1;
                }
            }
        }
        let transcripts = groups.iter().map(|group| group.transcript).collect::<BTreeSet<_>>().len();
        Self { hits, groups, transcripts, by_likeness, heard }
    }

    /// The hits of the transcript that this hit is in.
    #[must_use]
    pub fn group_of(&self, hit: usize) -> Option<&Group> {
        self.groups.get(self.groups.partition_point(|group| group.first <= hit).checked_sub(1)?)
    }

    /// The hit known by that key.
    #[must_use]
    pub fn index_of(&self, key: HitKey) -> Option<usize> {
        self.hits.iter().position(|hit| hit.key() == key)
    }

    /// The hits of a transcript, by their places among all.
    pub fn hits_in(&self, transcript: TranscriptId) -> impl Iterator<Item = usize> {
        let groups = self.groups.iter().filter(move |group| group.transcript == transcript);
        groups.flat_map(|group| group.first..group.first + group.count)
    }

    /// The hit whose speech holds the start of a span.
    #[must_use]
    pub fn index_at(&self, transcript: TranscriptId, span: Span) -> Option<usize> {
        let holds = |hit: &Hit| hit.speech.start <= span.start && span.start < hit.speech.end;
        self.hits_in(transcript).find(|index| self.hits.get(*index).is_some_and(holds))
    }
}
