//! The screen of what `study.toml` says, and where to change it.

use super::Model;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Model {
    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_settings(&mut self) {}

    /// Moves the choice.
    pub(super) fn step_settings(&mut self, by: isize) {
        self.settings.chosen = self.settings.chosen.saturating_add_signed(by);
    }
}
