//! The quotes as a list: filtered, sorted, with as much around them as is wanted.

use super::Model;
use super::listed::Roll;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// The choice among its rows.
    pub roll: Roll,
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_quotes(&mut self, by: isize) {
        self.quotes.roll.step(by, 0);
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_quotes(&mut self) {
        let height = usize::from(self.body().height);
        self.quotes.roll.settle(0, height);
    }
}
