//! Choosing a code: a few letters, and Enter.

use crate::app::{Effect, Model, TextField};
use crate::study::CodeId;

/// The list of codes for the passage.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    /// What is typed.
    pub field: TextField,
    /// What can be chosen.
    pub rows: Vec<PickRow>,
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row shown.
    pub top: usize,
}

/// One row of the picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickRow {
    /// A code.
    Code(CodeId),
    /// A code that is not there yet.
    New(String),
}

impl Picker {
    pub(in crate::app) fn step(&mut self, by: isize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
    }
}

impl Model {
    pub(in crate::app) fn picker_changed(&mut self) {}

    pub(in crate::app) fn accept_code(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    pub(in crate::app) fn apply_recent_code(&mut self, _number: usize) -> Vec<Effect> {
        Vec::new()
    }
}
