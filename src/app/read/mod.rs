//! Reading and coding one transcript.

mod memo;
mod picker;
mod rank;
mod recent;

pub use memo::{MemoEditor, MemoTarget};
pub use picker::{PickRow, Picker};
pub(super) use rank::rank;
pub use recent::RecentCodes;

use super::{Effect, Model, Place, Screen, Spot};
use crate::study::TranscriptId;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What is to be read.
    pub transcript: Option<TranscriptId>,
}

impl Read {
    /// Whether a text is there to be read.
    #[must_use]
    pub fn is_open(&self) -> bool {
        false
    }

    /// Whether the text is on its way.
    #[must_use]
    pub fn is_coming(&self) -> bool {
        self.transcript.is_some()
    }

    /// Whether more than the unit under the cursor is selected.
    #[must_use]
    pub fn has_selection(&self) -> bool {
        false
    }

    pub(super) fn clear_selection(&mut self) {}

    pub(super) fn give_up(&mut self) {}

    pub(super) fn go_to(&mut self, spot: Spot) {
        self.transcript = Some(spot.transcript);
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.transcript = self.transcript;
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.transcript = place.transcript;
    }
}

impl Model {
    /// Opens a transcript where it was left, or at its start.
    pub fn open(&mut self, transcript: TranscriptId) {
        self.layers.clear();
        self.screen = Screen::Read;
        self.read.transcript = Some(transcript);
    }

    /// Whether a span is on the screen.
    #[must_use]
    pub fn shows(&self, _spot: Spot) -> bool {
        false
    }

    /// Whether the cursor is on a coding of this coder.
    #[must_use]
    pub fn has_coding_here(&self) -> bool {
        false
    }

    pub(super) fn arrange_read(&mut self) -> Vec<Effect> {
        Vec::new()
    }
}
