//! The screen of the tree of codes, and the themes.

use super::Model;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Model {
    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_codebook(&mut self) {}

    /// Moves the choice.
    pub(super) fn step_codebook(&mut self, by: isize) {
        self.codebook.chosen = self.codebook.chosen.saturating_add_signed(by);
    }
}
