//! Erasing: what goes when a person withdraws, or a passage must not stay.
//!
//! This says what is cut out of texts ([`Cut`]), where spans lie afterwards, and how words that were cited elsewhere are
//! found again ([`Sweep`]). The store does it to the database, and to its snapshots.

mod cut;
mod sweep;

use super::{ParticipantId, RevisionId, Study, TranscriptId, Turn, TurnNumber, Turns, Voice};
use crate::text::Span;

pub use cut::Cut;
pub use sweep::Sweep;

/// What is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// All that a person says, in all transcripts and revisions.
    Participant(ParticipantId),
    /// A passage of one transcript.
    Passage(Passed),
}

/// A passage that is erased, in the revision in which it was chosen and, by its words, in the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Of which transcript.
    pub transcript: TranscriptId,
    /// The revision that the span counts in.
    pub revision: RevisionId,
    /// The bytes, half-open.
    pub span: Span,
    /// What it says in each turn that it touches.
    pub parts: Vec<(TurnNumber, String)>,
}

impl Passed {
    /// A passage of a revision. `None` if no turn says a word of it, or it does not lie in the text.
    #[must_use]
    pub fn of(transcript: TranscriptId, turns: &Turns, span: Span, text: &str) -> Option<Passed> {
        let touched = turns.turns.get(turns.overlapping(span)).unwrap_or_default();
        let part = |turn: &Turn| {
            let words = span.intersection(turn.speech)?.slice(text)?.trim().to_owned();
            (!words.is_empty()).then_some((turn.number, words))
        };
        let parts: Vec<(TurnNumber, String)> = touched.iter().filter_map(part).collect();
        (!parts.is_empty()).then_some(Passed { transcript, revision: turns.revision, span, parts })
    }
}

impl Erasure {
    /// What stands in the place of the words.
    #[must_use]
    pub fn tombstone(&self) -> &'static str {
        match self {
            Erasure::Participant(_) => super::WITHDRAWN,
            Erasure::Passage(_) => super::ERASED,
        }
    }

    /// Transcripts that it may touch.
    #[must_use]
    pub fn transcripts(&self, study: &Study) -> Vec<TranscriptId> {
        match self {
            Erasure::Passage(passed) => vec![passed.transcript],
            Erasure::Participant(person) => {
                let voice = Voice::Participant(*person);
                let bound = study.bindings().iter().filter(|held| held.voice == voice);
                let turns = study.turn_voices().iter().filter(|held| held.voice == voice);
                let mut found: Vec<TranscriptId> =
                    bound.map(|held| held.transcript).chain(turns.map(|held| held.transcript)).collect();
                found.sort_unstable();
                found.dedup();
                found
            }
        }
    }

    /// The stretches of a revision that go, in order; none that is a tombstone already.
    #[must_use]
    pub fn stretches(&self, study: &Study, transcript: TranscriptId, turns: &Turns, text: &str) -> Vec<Span> {
        let mut found: Vec<Span> = turns
            .turns
            .iter()
            .flat_map(|turn| match self {
                Erasure::Participant(person) => {
                    let theirs = speaks(study, transcript, turns, turn, *person);
                    theirs.then(|| trimmed(turn.speech, text)).into_iter().collect()
                }
                Erasure::Passage(passed) => passed.stretches(turns.revision, turn, text),
            })
            .filter(|span| {
                let words = span.slice(text).unwrap_or_default();
                !words.is_empty() && !super::is_tombstone(words)
            })
            .collect();
        found.sort_unstable_by_key(|span| span.start);
        found.dedup();
        found
    }
}

impl Passed {
    fn stretches(&self, revision: RevisionId, turn: &Turn, text: &str) -> Vec<Span> {
        let Some((_, words)) = self.parts.iter().find(|(number, _)| same_turn(*number, turn.number)) else {
            return Vec::new();
        };
        let here = self.span.intersection(turn.speech).map(|span| trimmed(span, text));
        if let Some(here) = here.filter(|here| revision == self.revision && here.slice(text) == Some(words)) {
            return vec![here];
        }
        let speech = turn.speech.slice(text).unwrap_or_default();
        let found = speech
            .match_indices(words.as_str())
            .map(|(at, held)| Span::new(at, at + held.len()).shifted(turn.speech.start as usize));
        let found: Vec<Span> = found.collect();
        // A revision that says it in other words: nobody reads it, so all of the turn goes rather than too little.
        if found.is_empty() && revision != self.revision { vec![trimmed(turn.speech, text)] } else { found }
    }
}

fn same_turn(one: TurnNumber, other: TurnNumber) -> bool {
    one.number == other.number && (one.part == other.part || one.part == 0 || other.part == 0)
}

/// Whether a turn of any revision is spoken by a person, as far as anybody said.
fn speaks(
    study: &Study,
    transcript: TranscriptId,
    turns: &Turns,
    turn: &Turn,
    person: ParticipantId,
) -> bool {
    let theirs = Voice::Participant(person);
    if let Some(held) = study.turn_voices().get(&(transcript, turn.number)) {
        return held.voice == theirs;
    }
    let first = (transcript, TurnNumber { part: 0, ..turn.number });
    // Parts that the turn has in another revision, or the turn whose part it is here.
    let related = study
        .turn_voices()
        .from(first)
        .take_while(|held| held.transcript == transcript && held.turn.number == turn.number.number);
    let mut related = related.filter(|held| same_turn(held.turn, turn.number));
    let key = (transcript, turns.speaker_of(turn).to_owned());
    if related.any(|held| held.voice == theirs) {
        return true;
    }
    match study.bindings().get(&key) {
        Some(held) => held.voice == theirs,
        None => spoke_under(study, transcript, turns, turn.speaker, theirs),
    }
}

/// Whether a label that was renamed since is that of a voice: some turn under it has the voice's label now.
fn spoke_under(study: &Study, transcript: TranscriptId, turns: &Turns, speaker: u16, voice: Voice) -> bool {
    let Some(now) = study.turns(transcript) else { return false };
    let bound = |turn: &Turn| {
        let key = (transcript, now.speaker_of(turn).to_owned());
        study.bindings().get(&key).is_some_and(|held| held.voice == voice)
    };
    turns
        .turns
        .iter()
        .filter(|turn| turn.speaker == speaker)
        .any(|turn| now.turns.iter().any(|other| same_turn(turn.number, other.number) && bound(other)))
}

/// A span without the blanks at its ends.
fn trimmed(span: Span, text: &str) -> Span {
    let words = span.slice(text).unwrap_or_default();
    let start = span.start as usize + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}
