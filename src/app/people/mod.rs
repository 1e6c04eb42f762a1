//! The screen of the participants, by attributes, and the profile of one.

use super::Model;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Model {
    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_people(&mut self) {}

    /// Moves the choice.
    pub(super) fn step_people(&mut self, by: isize) {
        self.people.chosen = self.people.chosen.saturating_add_signed(by);
    }
}
