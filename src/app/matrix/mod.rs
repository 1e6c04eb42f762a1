//! Cases by themes, and the summaries in its cells.

use super::Model;
use super::listed::Roll;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The choice among its rows.
    pub roll: Roll,
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_matrix(&mut self, by: isize) {
        self.matrix.roll.step(by, 0);
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_matrix(&mut self) {
        let height = usize::from(self.body().height);
        self.matrix.roll.settle(0, height);
    }
}
