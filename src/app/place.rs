//! Where the coder is: saved all the time, and the first thing shown at the next start.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::codebook::CodebookPlace;
use super::marks::Marks;
use super::matrix::MatrixPlace;
use super::panels::{Hand, RowOrder};
use super::quotes::QuotesPlace;
use super::read::Writing;
use super::search::Review;
use super::tables::TablesPlace;
use super::transcripts::Order;
use super::{Model, Screen};
use crate::study::{ParticipantId, RevisionId, TranscriptId, TurnNumber};
use crate::text::Unit;

/// A place in the program. Kept outside the study, in the state directory of one coder.
///
/// Unknown and missing fields do no harm, so that an older version can read a newer file. What grows is shared: a place is
/// made for each key, and the trail holds many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The screen.
    pub screen: Screen,
    /// What the list of transcripts is sorted by.
    pub order: Order,
    /// The transcript that is open in Read.
    pub transcript: Option<TranscriptId>,
    /// The byte of its text that the cursor is on.
    pub caret: u32,
    /// The revision that these bytes count in, and the turn that the cursor is in: in another revision that is where it is.
    pub turn: Option<(RevisionId, TurnNumber)>,
    /// The size of the unit under the cursor: `word`, `sentence`, `turn`.
    pub unit: UnitName,
    /// The byte of its text that the topmost row begins with.
    pub top: u32,
    /// The memo that is being written.
    pub writing: Option<Writing>,
    /// What is typed in Search.
    pub query: String,
    /// Which hit is chosen there.
    pub hit: usize,
    /// Whether its hits are gone through one by one.
    pub reviewing: bool,
    /// Queries that were put to use, the last one at the end.
    pub queries: Arc<Vec<String>>,
    /// How far reviews have come.
    pub reviews: Arc<Vec<Review>>,
    /// Which panel is open: the place of its component in the framework, 0 for the overview.
    pub panel: u8,
    /// Which row is chosen there.
    pub panel_row: usize,
    /// Which side of it.
    pub panel_hand: Hand,
    /// Which quote is chosen behind it, if they are listed.
    pub panel_quote: Option<usize>,
    /// Which group they are of: the place of its column, if it is not all.
    pub panel_column: Option<usize>,
    /// Whose profile is open.
    pub person: Option<ParticipantId>,
    /// Which line of it is chosen.
    pub person_item: usize,
    /// Which code of the side is chosen, if it is not all of them.
    pub panel_part: Option<usize>,
    /// Only this is counted.
    pub panel_filter: String,
    /// The order of its rows.
    pub panel_order: RowOrder,
    /// The attribute that is compared, if one was chosen; empty for none.
    pub compare: Option<String>,
    /// What is shown of the tables.
    pub tables: TablesPlace,
    /// What is shown of the matrix.
    pub matrix: MatrixPlace,
    /// What is shown of the codebook.
    pub codebook: CodebookPlace,
    /// What is shown of the quotes.
    pub quotes: QuotesPlace,
    /// Places that were marked, by name.
    pub marks: Arc<Marks>,
}

/// A unit of text by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitName {
    /// See [`Unit::Word`].
    Word,
    /// See [`Unit::Sentence`].
    Sentence,
    /// See [`Unit::Turn`].
    #[default]
    Turn,
}

impl From<Unit> for UnitName {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Word => UnitName::Word,
            Unit::Sentence => UnitName::Sentence,
            Unit::Turn => UnitName::Turn,
        }
    }
}

impl From<UnitName> for Unit {
    fn from(unit: UnitName) -> Self {
        match unit {
            UnitName::Word => Unit::Word,
            UnitName::Sentence => Unit::Sentence,
            UnitName::Turn => Unit::Turn,
        }
    }
}

impl Place {
    /// Where the coder is now.
    #[must_use]
    pub fn of(model: &Model) -> Place {
        let screen = match model.screen {
            Screen::Import => model.import_preview.place(),
            screen => screen,
        };
        let mut place = Place { screen, ..Place::default() };
        model.transcripts.note_place(&mut place);
        model.read.note_place(&mut place);
        model.search.note_place(&mut place);
        model.panels.note_place(&mut place);
        model.people.note_place(&mut place);
        model.tables.note_place(&mut place);
        place.quotes = model.quotes.place();
        let writing = model.layers.iter().find_map(super::layer::Layer::writing);
        place.writing = writing.or_else(|| model.memo_to_reopen.clone());
        place.codebook = model.codebook.place();
        place.matrix = model.matrix.place();
        place.marks = Arc::clone(&model.marks);
        place
    }
}
