//! The screen of memos on anything, found and filtered.

use super::Model;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Memos {
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Model {
    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_memos(&mut self) {}

    /// Moves the choice.
    pub(super) fn step_memos(&mut self, by: isize) {
        self.memos.chosen = self.memos.chosen.saturating_add_signed(by);
    }
}
