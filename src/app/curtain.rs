//! The curtain: blanks the screen at once when somebody comes in. The next key draws it back and does nothing else.

use super::layer::Layer;
use super::{Effect, Model};

impl Model {
    /// Blanks the screen.
    pub(super) fn draw_curtain(&mut self) -> Vec<Effect> {
        self.layers.push(Layer::Curtain);
        Vec::new()
    }

    /// Draws the curtain back, if it is there.
    pub(super) fn open_curtain(&mut self) -> bool {
        let there = matches!(self.layers.last(), Some(Layer::Curtain));
        if there {
            self.layers.pop();
        }
        there
    }

    /// Whether nothing of the study may be shown.
    #[must_use]
    pub fn is_curtained(&self) -> bool {
        self.layers.iter().any(|layer| matches!(layer, Layer::Curtain))
    }
}
