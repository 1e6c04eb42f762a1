//! The search screen: the query, and what it found.

use super::{Effect, Model, Place, TextField};

/// What a search found, or why nothing could be.
pub type Outcome = Result<(), String>;

/// The state of the search screen.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The query.
    pub field: TextField,
    /// Whether the field takes what is typed.
    pub typing: bool,
    /// Counts the questions.
    pub generation: u64,
}

impl Search {
    /// Puts the cursor in the field.
    pub fn enter_field(&mut self) {
        self.typing = true;
    }

    /// Takes it out again.
    pub fn leave_field(&mut self) {
        self.typing = false;
    }

    /// Whether there are hits to step through.
    #[must_use]
    pub fn has_hits(&self) -> bool {
        false
    }

    /// Takes in an answer, unless a later question was asked.
    pub(super) fn take_outcome(&mut self, generation: u64, outcome: Outcome) {
        let _ = (generation, outcome);
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.query = self.field.text().to_owned();
    }

    pub(super) fn restore(&mut self, place: &Place) {
        if self.field.text() != place.query {
            self.field = TextField::new(place.query.clone());
        }
    }
}

impl Model {
    /// The query changed.
    pub(super) fn search_changed(&mut self) -> Vec<Effect> {
        self.search_again()
    }

    /// Asks anew, if there is a query.
    pub(super) fn search_again(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    /// Lays out the search screen for its part of the window.
    pub(super) fn arrange_search(&mut self) -> Vec<Effect> {
        Vec::new()
    }
}

impl Model {
    /// Moves the choice among the hits.
    pub(super) fn step_hits(&mut self, by: isize) {
        let _ = by;
    }
}
