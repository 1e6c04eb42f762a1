//! Words that may tell who somebody is, to be kept or replaced.

use super::Model;
use super::listed::Roll;

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The choice among its rows.
    pub roll: Roll,
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_findings(&mut self, by: isize) {
        self.findings.roll.step(by, 0);
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_findings(&mut self) {
        let height = usize::from(self.body().height);
        self.findings.roll.settle(0, height);
    }
}
