//! The screen of what an import would do, before it is done.

use super::Model;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct ImportPreview {
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Model {
    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_import_preview(&mut self) {}

    /// Moves the choice.
    pub(super) fn step_import_preview(&mut self, by: isize) {
        self.import_preview.chosen = self.import_preview.chosen.saturating_add_signed(by);
    }
}
