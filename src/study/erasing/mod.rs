//! Erasing: what goes when a person withdraws, or a passage must not stay.
//!
//! This says what is cut out of texts ([`Cut`]), where spans lie afterwards, and how words that were cited elsewhere are
//! found again ([`Sweep`]). The store does it to the database, and to its snapshots.

mod comparison;
mod cut;
mod name;
mod passed;
mod sweep;
mod voices;

use super::{ParticipantId, Study, TranscriptId, Voice};
use crate::text::Span;

pub use comparison::Edition;
pub use cut::Cut;
pub use name::{Name, NotAName};
pub use passed::{Passed, Unplaced};
pub use sweep::Sweep;

/// What is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// All that a person says, in all transcripts and revisions.
    Participant(ParticipantId),
    /// A passage of one transcript.
    Passage(Passed),
    /// A real name, wherever it stands.
    Name(Name),
}

impl Erasure {
    /// What stands in the place of the words.
    #[must_use]
    pub fn tombstone(&self) -> &'static str {
        match self {
            Erasure::Participant(_) => super::WITHDRAWN,
            Erasure::Passage(_) | Erasure::Name(_) => super::ERASED,
        }
    }

    /// Transcripts that it may touch.
    #[must_use]
    pub fn transcripts(&self, study: &Study) -> Vec<TranscriptId> {
        match self {
            Erasure::Passage(passed) => vec![passed.transcript],
            Erasure::Name(_) => study.transcripts().iter().map(|held| held.id).collect(),
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

    /// The stretches that go from each of the editions of a transcript, which are in order of their numbers; in the order of
    /// the text, none a tombstone already.
    ///
    /// # Errors
    /// If a passage stands in one of them, and nothing says where.
    pub fn stretches(
        &self,
        study: &Study,
        transcript: TranscriptId,
        editions: &[Edition],
    ) -> Result<Vec<Vec<Span>>, Unplaced> {
        match self {
            Erasure::Participant(person) => Ok(voices::spoken_by(study, transcript, editions, *person)),
            Erasure::Passage(passed) => passed.stretches(editions),
            Erasure::Name(name) => Ok(editions.iter().map(|edition| name.stretches(edition)).collect()),
        }
    }

    /// The name that goes from names and labels too, if it is one.
    #[must_use]
    pub fn name(&self) -> Option<&Name> {
        match self {
            Erasure::Name(name) => Some(name),
            _ => None,
        }
    }

    /// A sweep that finds what is erased where it is cited: a name at once, other words when it is taught them.
    #[must_use]
    pub fn sweep(&self) -> Sweep {
        match self {
            Erasure::Name(name) => Sweep::of_name(name.clone()),
            _ => Sweep::new(self.tombstone()),
        }
    }

    /// Lets a sweep find words that went from a text where they are cited.
    pub fn teach(&self, sweep: &mut Sweep, words: &str) {
        match self {
            Erasure::Passage(passed) if passed.reads_like(words) => sweep.add_passage(words),
            _ => sweep.add_speech(words),
        }
    }
}
