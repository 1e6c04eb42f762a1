//! The tables of a paper, each number with the quotes behind it.

use super::Model;
use super::listed::Roll;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// The choice among its rows.
    pub roll: Roll,
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_tables(&mut self, by: isize) {
        self.tables.roll.step(by, 0);
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_tables(&mut self) {
        let height = usize::from(self.body().height);
        self.tables.roll.settle(0, height);
    }
}
