//! The panels: barriers and facilitators by component.

use super::{Effect, Model, Place};

/// The state of the panels.
#[derive(Clone, Debug, Default)]
pub struct Panels {
    /// Which panel is open: the place of its component in the framework, 0 for the overview.
    pub panel: u8,
}

impl Panels {
    /// Opens a panel.
    pub fn open(&mut self, panel: u8) {
        self.panel = panel;
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.panel = self.panel;
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.panel = place.panel;
    }
}

impl Model {
    /// Lays out the panels for their part of the window.
    pub(super) fn arrange_panels(&mut self) -> Vec<Effect> {
        Vec::new()
    }
}
