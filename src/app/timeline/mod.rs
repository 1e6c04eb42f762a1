//! What was done, by whom and when.

use super::Model;
use super::listed::Roll;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The choice among its rows.
    pub roll: Roll,
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_timeline(&mut self, by: isize) {
        self.timeline.roll.step(by, 0);
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_timeline(&mut self) {
        let height = usize::from(self.body().height);
        self.timeline.roll.settle(0, height);
    }
}
