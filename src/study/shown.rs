//! Speech as it may be shown: whoever paints or prints what is said in a turn asks here, and gets nothing of a hidden one.

use super::{Study, TranscriptId, Turn};

/// What stands on screens and in the shell for the speech of a hidden turn.
pub const HIDDEN: &str = "(hidden)";

/// What of a transcript's current text may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownSpeech {
    /// Which turns are hidden, by index; empty where none is.
    hidden: Vec<bool>,
}

impl Study {
    /// What may be shown of a transcript's current text.
    #[must_use]
    pub fn shown_speech(&self, transcript: TranscriptId) -> ShownSpeech {
        ShownSpeech { hidden: self.hidden_turns(transcript).unwrap_or_default() }
    }
}

impl ShownSpeech {
    /// Whether the turn of that index is hidden.
    #[must_use]
    pub fn hides(&self, index: usize) -> bool {
        self.hidden.get(index).copied().unwrap_or(false)
    }

    /// Whether one of some turns is hidden, by their indexes.
    #[must_use]
    pub fn hides_one_of(&self, mut indexes: impl Iterator<Item = usize>) -> bool {
        indexes.any(|index| self.hides(index))
    }

    /// What is said in a turn of that index, cut from the `text` of its transcript. `None` if it is hidden.
    #[must_use]
    pub fn of<'t>(&self, index: usize, turn: &Turn, text: &'t str) -> Option<&'t str> {
        if self.hides(index) { None } else { turn.speech.slice(text) }
    }
}
