//! The list of transcripts.

use super::{Model, TextField};

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Transcripts {
    /// Only transcripts that match this are listed.
    pub filter: TextField,
    /// Whether the filter takes what is typed.
    pub filtering: bool,
    /// Which row is chosen.
    pub chosen: usize,
}

impl Transcripts {
    pub(super) fn leave_filter(&mut self) {
        self.filtering = false;
    }

    pub(super) fn filter_changed(&mut self) {}

    pub(super) fn forget_rows(&mut self) {}

    pub(super) fn step(&mut self, by: isize) {
        self.chosen = self.chosen.saturating_add_signed(by);
    }
}

impl Model {
    /// Lays out the list for its part of the window.
    pub(super) fn arrange_transcripts(&mut self) {}
}
