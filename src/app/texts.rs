//! The few texts that are in memory.

use std::sync::Arc;

use crate::study::{RevisionId, Turns};

/// How many texts are kept: the one being read and the last few before it. An hour's transcript is about 60 kB.
const KEPT: usize = 8;

/// A small cache of texts, the last one used first.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    held: Vec<(RevisionId, Arc<str>)>,
    /// Turns of former texts, which the study does not hold.
    turns: Vec<Arc<Turns>>,
    asked: Vec<RevisionId>,
}

impl Texts {
    /// The text of a revision, if it is here.
    #[must_use]
    pub fn get(&self, revision: RevisionId) -> Option<&Arc<str>> {
        self.held.iter().find(|(held, _)| *held == revision).map(|(_, text)| text)
    }

    /// Takes in a text.
    pub fn put(&mut self, revision: RevisionId, text: Arc<str>) {
        self.asked.retain(|asked| *asked != revision);
        self.held.retain(|(held, _)| *held != revision);
        self.held.insert(0, (revision, text));
        self.held.truncate(KEPT);
    }

    /// Takes in the turns of a former text.
    pub(super) fn put_turns(&mut self, turns: Option<Arc<Turns>>) {
        if let Some(turns) = turns {
            self.turns.retain(|held| held.revision != turns.revision);
            self.turns.insert(0, turns);
            self.turns.truncate(KEPT);
        }
    }

    /// The turns of a former text, if they came with it.
    #[must_use]
    pub fn turns(&self, revision: RevisionId) -> Option<&Arc<Turns>> {
        self.turns.iter().find(|held| held.revision == revision)
    }

    /// Notes that a text will not come.
    pub fn give_up(&mut self, revision: RevisionId) {
        self.asked.retain(|asked| *asked != revision);
    }

    /// Whether the text must be asked for now: it is not here, and nobody asked yet. Notes that somebody did.
    pub fn ask(&mut self, revision: RevisionId) -> bool {
        let needed = self.get(revision).is_none() && !self.asked.contains(&revision);
        if needed {
            self.asked.push(revision);
        }
        needed
    }

    /// Whether a text is on its way.
    #[must_use]
    pub fn is_coming(&self, revision: RevisionId) -> bool {
        self.asked.contains(&revision)
    }
}
