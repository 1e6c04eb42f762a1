//! The framework matrix on the screen: cases by topics at a glance, and the desk of one cell.
//!
//! Zoomed out, every cell is one mark. Zoomed in ([`Desk`]), the evidence of a cell stands beside the summary that is
//! written of it. What a cell holds is counted by [`crate::analysis::Matrix`].

mod around;
mod choosing;
mod desk;
mod grid;
mod words;
mod writing;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use around::Around;
pub use choosing::MatrixQuestion;
pub use desk::{Desk, OtherSummary, desk_split};
pub(in crate::app) use grid::Wanted as CellWanted;
pub use grid::{GridColumns, GridCounts, GridLine};
pub(in crate::app) use writing::{LINKS, MatrixPart, join_links};

use super::listed::Roll;
use super::{Effect, LayerName, Model, Place, Rows, Screen};
use crate::analysis::{self, ColumnsBy, RowsBy};
use crate::study::{Case, CodeId, MemoOn, Study, Topic, TranscriptId};

/// How the matrix is laid out, as it is chosen on the screen and remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatrixLayout {
    /// What the rows are.
    pub rows: RowsBy,
    /// What the columns are.
    pub columns: ColumnsChoice,
    /// The attribute that rows are grouped by.
    pub group: Option<String>,
    /// Attributes that rows are sorted by.
    pub sort: Vec<String>,
    /// Only these cases are rows, in the terms of the query language; empty for all.
    pub filter: String,
}

/// What the columns are, as it is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnsChoice {
    /// Themes.
    #[default]
    Themes,
    /// Codes at the top of the tree, or below one.
    Codes(Option<CodeId>),
    /// Components of a framework.
    Components(String),
}

impl From<&ColumnsChoice> for ColumnsBy {
    fn from(choice: &ColumnsChoice) -> Self {
        match choice {
            ColumnsChoice::Themes => ColumnsBy::Themes,
            ColumnsChoice::Codes(parent) => ColumnsBy::Codes(*parent),
            ColumnsChoice::Components(framework) => ColumnsBy::Components(framework.clone()),
        }
    }
}

/// Where the coder is in the matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatrixPlace {
    /// How it is laid out.
    pub layout: MatrixLayout,
    /// The chosen cell.
    pub cell: Option<(Case, Topic)>,
    /// Focus groups whose people are listed below them.
    pub unfolded: BTreeSet<TranscriptId>,
    /// Whether its desk is open.
    pub open: bool,
    /// Whether its summary is being written.
    pub writing: bool,
    /// Which of its quotes is chosen.
    pub quote: usize,
    /// Whether cells are read along the row.
    pub along: bool,
}

/// Cells, rows and columns with a memo.
#[derive(Clone, Debug, Default)]
pub struct MemoMarks {
    /// By their cases.
    cells: BTreeMap<Case, BTreeSet<Topic>>,
    /// Cases.
    pub cases: BTreeSet<Case>,
    /// Topics.
    pub topics: BTreeSet<Topic>,
}

impl MemoMarks {
    /// Whether a cell has one.
    #[must_use]
    pub fn has_cell(&self, case: Case, topic: &Topic) -> bool {
        self.cells.get(&case).is_some_and(|topics| topics.contains(topic))
    }

    fn of(study: &Study) -> Self {
        let mut marks = Self::default();
        for memo in study.memos().iter() {
            match &memo.on {
                MemoOn::Cell(case, topic) => {
                    marks.cells.entry(*case).or_default().insert(topic.clone());
                }
                MemoOn::Participant(id) => {
                    marks.cases.insert(Case::Participant(*id));
                }
                MemoOn::Transcript(id) => {
                    marks.cases.insert(Case::Group(*id));
                }
                MemoOn::Theme(id) => {
                    marks.topics.insert(Topic::Theme(*id));
                }
                MemoOn::Code(id) => {
                    marks.topics.insert(Topic::Code(*id));
                }
                MemoOn::Component(of) => {
                    marks.topics.insert(Topic::Component(of.clone()));
                }
                MemoOn::Quote(_) | MemoOn::Study => {}
            }
        }
        marks
    }
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// How it is laid out.
    pub layout: MatrixLayout,
    /// Rows, columns and cells, once they are made.
    pub grid: analysis::Matrix,
    /// What the cells hold.
    pub counts: GridCounts,
    /// Summaries on rows or columns that are none of it; 0 where a filter chooses cases.
    pub elsewhere: usize,
    /// What is on the lines below the headings: rows in sight, and headings of groups.
    pub lines: Vec<GridLine>,
    /// The lines that are rows.
    listed: Vec<usize>,
    /// The choice among the rows that are lines; `top` counts lines.
    pub roll: Roll,
    /// Which column is chosen.
    pub column: usize,
    /// Where the columns stand.
    pub columns: GridColumns,
    /// Focus groups whose people are listed below them.
    pub unfolded: BTreeSet<TranscriptId>,
    /// What of it has a memo.
    pub memos: MemoMarks,
    /// Why the chosen cell is stale, if it is.
    pub why_stale: Option<String>,
    /// The summary of the chosen cell, below the grid: its rows.
    pub preview: Rows,
    /// Rows of the window that it takes.
    pub preview_height: u16,
    /// The desk of the chosen cell, if it is open.
    pub desk: Option<Desk>,
    /// Whether cells are read along the row, and not down the column.
    pub along: bool,
    /// What the grid was made of.
    made_of: Option<(u64, MatrixLayout)>,
    /// The cell to be chosen when the grid is made.
    wanted: Option<(Case, Topic)>,
    /// The desk to be opened then: whether it is written in, and which quote is chosen.
    reopen: Option<(bool, usize)>,
}

impl Matrix {
    /// The key table of what is open.
    pub(super) fn layer(&self) -> LayerName {
        match &self.desk {
            Some(desk) if desk.writing => LayerName::Summary,
            Some(_) => LayerName::Cell,
            None => LayerName::Matrix,
        }
    }

    /// Whether Esc does something: leave the desk, go to the columns above, list all cases again.
    pub(super) fn can_leave(&self) -> bool {
        let is_below = matches!(self.layout.columns, ColumnsChoice::Codes(Some(_)));
        self.desk.is_some() || is_below || !self.layout.filter.is_empty()
    }

    /// Where the coder is, to come back to.
    pub(super) fn place(&self) -> MatrixPlace {
        let desk = self.desk.as_ref();
        let (writing, quote) = match desk {
            Some(desk) => (desk.writing, desk.list.chosen),
            None => self.reopen.unwrap_or_default(),
        };
        MatrixPlace {
            layout: self.layout.clone(),
            cell: self.wanted.clone().or_else(|| self.chosen()),
            unfolded: self.unfolded.clone(),
            open: desk.is_some() || self.reopen.is_some(),
            writing,
            quote,
            along: self.along,
        }
    }

    pub(super) fn restore(&mut self, place: &Place) {
        let place = &place.matrix;
        if *place == self.place() {
            return;
        }
        self.layout = place.layout.clone();
        self.unfolded = place.unfolded.clone();
        self.along = place.along;
        self.wanted = place.cell.clone();
        self.reopen = place.open.then_some((place.writing, place.quote));
        self.desk = None;
        self.made_of = None;
    }
}

impl Model {
    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_matrix(&mut self) -> Vec<Effect> {
        if !self.complete {
            return Vec::new();
        }
        self.make_grid();
        self.lay_grid();
        self.matrix.why_stale = self.stale_words();
        if let Some((writing, quote)) = self.matrix.reopen.take()
            && self.matrix.chosen().is_some()
        {
            self.open_desk(writing, quote);
        }
        self.arrange_desk()
    }

    /// Opens the desk of a cell, on rows and columns that have it.
    pub(super) fn go_to_cell(&mut self, case: Case, topic: Topic) -> Vec<Effect> {
        let effects = self.leave_desk();
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Matrix;
        self.matrix.wanted = Some((case, topic.clone()));
        self.make_grid();
        if self.matrix.chosen() != Some((case, topic.clone())) {
            let rows = match case {
                Case::Participant(_) => RowsBy::Participants,
                Case::Group(_) => RowsBy::Transcripts,
            };
            let columns = match &topic {
                Topic::Theme(_) => ColumnsChoice::Themes,
                Topic::Code(id) => {
                    ColumnsChoice::Codes(self.study.codes().get(id).and_then(|code| code.parent))
                }
                Topic::Component(of) => ColumnsChoice::Components(of.framework.clone()),
            };
            self.matrix.layout = MatrixLayout { rows, columns, ..MatrixLayout::default() };
            self.matrix.wanted = Some((case, topic.clone()));
            self.make_grid();
        }
        if self.matrix.chosen() == Some((case, topic)) {
            self.open_desk(false, 0);
        } else {
            self.refuse("That cell is not in the matrix any more.");
        }
        effects
    }
}
