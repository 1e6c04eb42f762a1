//! The panels: barriers and facilitators by component, who said them, and the quotes behind every number.

mod classify;
mod narrow;
mod quotes;
mod rows;
mod words;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use narrow::RowOrder;
pub(in crate::app) use quotes::MARGIN;
pub use quotes::Quotes;
pub use rows::{CellLine, Chosen, Line};

use super::{Effect, Model, Place, Screen};
use crate::analysis::{Column, Overview, Panel, PanelOf, PanelRow, Scope};
use crate::study::{Classified, Component, Side};

/// The number of the panel of what is not classified. It has no key: it is the last row of the overview.
const UNCLASSIFIED: u8 = u8::MAX;
/// From this width on, the quotes stand beside the rows.
const WIDE: u16 = 110;
/// From this width on, facilitators stand beside barriers, not below them.
const BESIDE: u16 = 60;

/// Which side of a row the choice is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// Barriers.
    #[default]
    Barrier,
    /// Facilitators.
    Facilitator,
    /// What has no side yet.
    Unsided,
}

impl Hand {
    /// All of them, from left to right.
    pub const ALL: [Hand; 3] = [Hand::Barrier, Hand::Facilitator, Hand::Unsided];

    /// The side that it counts.
    #[must_use]
    pub fn side(self) -> Option<Side> {
        match self {
            Hand::Barrier => Some(Side::Barrier),
            Hand::Facilitator => Some(Side::Facilitator),
            Hand::Unsided => None,
        }
    }
}

/// What is on the board.
#[derive(Clone, Debug)]
pub enum Board {
    /// All components.
    Overview(Box<Overview>),
    /// One component, or what is not classified.
    Panel(Box<Panel>),
}

impl Board {
    /// How many rows can be chosen.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Board::Overview(overview) => overview.rows.len(),
            Board::Panel(panel) => panel.rows.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The state of the panels.
#[derive(Clone, Debug, Default)]
pub struct Panels {
    /// Which panel is open: the place of its component in the framework, 0 for the overview.
    pub panel: u8,
    /// Which row is chosen.
    pub row: usize,
    /// Which side of it.
    pub hand: Hand,
    /// The quotes behind the chosen side of the chosen row.
    pub quotes: Quotes,
    /// The counts, once they are made.
    pub board: Option<Board>,
    /// The rows of a panel as lines; of the overview, none.
    pub lines: Vec<Line>,
    /// The first line in sight.
    pub top: usize,
    /// Which code of the chosen side, if it is not all of them.
    pub part: Option<usize>,
    /// Only this is counted, in the terms of the query language; empty for everything.
    pub filter: String,
    /// The attribute that is compared, if another one than `study.toml` names was chosen; empty for none.
    pub compare: Option<String>,
    /// The order of rows.
    pub order: RowOrder,
    /// Rows that are marked, to be classified together.
    pub marked: BTreeSet<Classified>,
    /// What the board was made of.
    made_of: Option<MadeOf>,
    /// The width that the lines were laid for.
    laid_for: Option<u16>,
}

/// What a board holds for: the version of the counts, the panel, its filter, the compared attribute, the order.
type MadeOf = (u64, u8, String, Option<String>, RowOrder);

impl Panels {
    /// Esc: from the quotes to the rows, else to everything being counted, else no row marked.
    fn leave(&mut self) {
        if self.quotes.open {
            self.close_quotes();
        } else if self.filter.is_empty() {
            self.marked.clear();
        } else {
            self.filter.clear();
            self.quotes.list.rewind();
        }
    }

    /// Whether Esc does something.
    #[must_use]
    pub fn can_leave(&self) -> bool {
        self.quotes.open || !self.filter.is_empty() || !self.marked.is_empty()
    }

    /// Whether a row is marked.
    #[must_use]
    pub fn is_marked(&self, row: usize) -> bool {
        let row = self.shown().and_then(|panel| panel.rows.get(row));
        row.and_then(classify::classified).is_some_and(|of| self.marked.contains(&of))
    }

    /// Goes back from the quotes to the rows.
    pub(super) fn close_quotes(&mut self) {
        self.quotes.open = false;
    }

    /// The panel on the board.
    #[must_use]
    pub fn shown(&self) -> Option<&Panel> {
        match &self.board {
            Some(Board::Panel(panel)) => Some(panel),
            _ => None,
        }
    }

    /// Whether what is not classified yet is on the screen.
    #[must_use]
    pub fn is_of_unclassified(&self) -> bool {
        self.panel == UNCLASSIFIED && self.shown().is_some()
    }

    /// The chosen row of the panel on the board.
    #[must_use]
    pub fn chosen_row(&self) -> Option<&PanelRow> {
        self.shown()?.rows.get(self.row)
    }

    /// Whether groups are compared and some codings are left without a person.
    fn leaves_out(&self) -> bool {
        let left = |row: &PanelRow| row.quotes(self.hand.side(), None).any(|behind| behind.people.is_empty());
        self.shown().is_some_and(|panel| !panel.columns.columns.is_empty())
            && self.chosen_row().is_some_and(left)
    }

    /// Whether the quotes are those that are left out: the place behind the last group.
    #[must_use]
    pub fn shows_left_out(&self) -> bool {
        self.quotes
            .column
            .is_some_and(|column| Some(column) == self.shown().map(|panel| panel.columns.columns.len()))
    }

    /// The group that the quotes are of; `None` for all.
    #[must_use]
    pub fn column(&self) -> Option<&Column> {
        self.shown()?.columns.columns.get(self.quotes.column?)
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.panel = self.panel;
        place.panel_row = self.row;
        place.panel_hand = self.hand;
        place.panel_quote = self.quotes.open.then_some(self.quotes.list.chosen);
        place.panel_column = self.quotes.column;
        place.panel_part = self.part;
        place.panel_filter.clone_from(&self.filter);
        place.panel_order = self.order;
        place.compare.clone_from(&self.compare);
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.panel = place.panel;
        self.row = place.panel_row;
        self.hand = place.panel_hand;
        self.quotes.open = place.panel_quote.is_some();
        self.quotes.list.begin_at(place.panel_quote.unwrap_or_default());
        self.quotes.column = place.panel_column;
        self.part = place.panel_part;
        self.filter.clone_from(&place.panel_filter);
        self.order = place.panel_order;
        self.compare.clone_from(&place.compare);
    }
}

impl Model {
    /// Opens a panel by its number, the overview with 0.
    pub(super) fn open_panel(&mut self, number: u8) -> Vec<Effect> {
        let components = self.components().len();
        if self.complete && number != UNCLASSIFIED && usize::from(number) > components {
            let framework = self.study.settings.framework.clone();
            self.refuse(match components {
                0 => words::no_framework(&framework),
                _ => format!("There is no panel {number}: {framework} has {components} components."),
            });
            return Vec::new();
        }
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Panels;
        if self.panels.panel != number {
            let held = std::mem::take(&mut self.panels);
            let Panels { hand, filter, compare, order, .. } = held;
            self.panels = Panels { panel: number, hand, filter, compare, order, ..Panels::default() };
        }
        self.panels.part = None;
        self.panels.quotes = Quotes::default();
        Vec::new()
    }

    /// Opens the panel of what is not classified yet.
    pub(super) fn open_unclassified(&mut self) -> Vec<Effect> {
        self.open_panel(UNCLASSIFIED)
    }

    /// Components of the study's framework, in order.
    fn components(&self) -> Vec<&Component> {
        self.study.components_of(&self.study.settings.framework)
    }

    /// The component whose panel is open.
    #[must_use]
    pub fn panel_component(&self) -> Option<&Component> {
        let at = usize::from(self.panels.panel).checked_sub(1)?;
        self.components().get(at).copied()
    }

    /// Moves the choice by so many rows; a page is lines.
    pub(super) fn step_panels(&mut self, by: isize) {
        let panels = &mut self.panels;
        if panels.quotes.open {
            panels.quotes.list.step(by);
            return;
        }
        let last = panels.board.as_ref().map_or(0, Board::len).saturating_sub(1);
        let row = if by.abs() > 1 && !panels.lines.is_empty() {
            rows::row_from(&panels.lines, panels.row, by)
        } else {
            panels.row.saturating_add_signed(by)
        };
        panels.row = row.min(last);
        panels.part = None;
        panels.quotes.list.rewind();
    }

    /// Moves the choice to the left or right: among the sides of a row; in the quotes, among the groups.
    pub(super) fn step_hand(&mut self, by: isize) {
        if self.panels.quotes.open {
            let columns = self.panels.shown().map_or(0, |panel| panel.columns.columns.len());
            self.panels.quotes.step_column(by, columns + usize::from(self.panels.leaves_out()));
            return;
        }
        let has_unsided = match &self.panels.board {
            Some(Board::Overview(overview)) => {
                overview.rows.iter().any(|row| !row.split.unsided.count.is_empty())
            }
            _ => self.panels.chosen_row().is_some_and(|row| !row.split.unsided.count.is_empty()),
        };
        let hands = if has_unsided { 3 } else { 2 };
        let here = Hand::ALL.iter().position(|hand| *hand == self.panels.hand).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(hands - 1);
        self.panels.hand = Hand::ALL.get(there).copied().unwrap_or_default();
        self.panels.part = None;
        self.panels.quotes.list.rewind();
    }

    /// The next code of the chosen side by itself, or the one before; behind the last one come all together.
    pub(super) fn step_part(&mut self, by: isize) -> Vec<Effect> {
        let row = self.panels.chosen_row();
        let parts = row.map_or(0, |row| row.parts.of(self.panels.hand.side()).len());
        if parts < 2 {
            self.refuse("This number is of one code alone.");
            return Vec::new();
        }
        let here = self.panels.part.map_or(0, |part| part.min(parts - 1) + 1);
        let there = here.cast_signed().saturating_add(by).rem_euclid((parts + 1).cast_signed());
        self.panels.part = there.cast_unsigned().checked_sub(1);
        self.panels.quotes.list.rewind();
        Vec::new()
    }

    /// From a number of the overview straight to its quotes; in a panel, what Enter does.
    pub(super) fn open_quotes(&mut self) -> Vec<Effect> {
        let Some(Board::Overview(overview)) = &self.panels.board else {
            return if self.panels.quotes.open { Vec::new() } else { self.open_behind() };
        };
        let hand = self.panels.hand;
        let row = overview.rows.get(self.panels.row);
        if row.is_none_or(|row| row.split.of(hand.side()).count.is_empty()) {
            self.refuse("No quotes stand behind this number.");
            return Vec::new();
        }
        let effects = self.open_behind();
        self.panels.hand = hand;
        // The last row is all of the panel together, and is brought into bounds when the panel is made.
        self.panels.row = usize::MAX;
        self.panels.quotes.open = true;
        effects
    }

    /// Enter: from the overview to the panel, from a number to its quotes, from a quote to its place in the transcript.
    pub(super) fn open_behind(&mut self) -> Vec<Effect> {
        match &self.panels.board {
            Some(Board::Overview(overview)) => {
                let Some(row) = overview.rows.get(self.panels.row) else { return Vec::new() };
                let number = match &row.component {
                    Some(component) => u8::try_from(component.position).unwrap_or(UNCLASSIFIED),
                    None => UNCLASSIFIED,
                };
                self.open_panel(number)
            }
            Some(Board::Panel(_)) if !self.panels.quotes.open => {
                if self.panels.quotes.list.is_empty() {
                    self.refuse("No quotes stand behind this number.");
                } else {
                    self.leave_mark();
                    self.panels.quotes.open = true;
                }
                Vec::new()
            }
            Some(Board::Panel(_)) => {
                self.panels.quotes.list.quote().map_or_else(Vec::new, |quote| self.visit_quote(quote))
            }
            None => Vec::new(),
        }
    }

    /// Lays out the panels for their part of the window.
    pub(super) fn arrange_panels(&mut self) -> Vec<Effect> {
        if !self.complete {
            return Vec::new();
        }
        self.make_board();
        let body = self.body();
        let panels = &mut self.panels;
        let last = panels.board.as_ref().map_or(0, Board::len).saturating_sub(1);
        panels.row = panels.row.min(last);
        let (rows, quotes) = split_columns(body.width);
        if panels.laid_for != Some(rows) {
            panels.lines = match &panels.board {
                Some(Board::Panel(panel)) => rows::lay(&self.study, panel, rows),
                _ => Vec::new(),
            };
            panels.laid_for = Some(rows);
        }
        let height = usize::from(body.height.saturating_sub(1));
        let (first, end) = rows::lines_of_choice(&panels.lines, panels.row, panels.hand)
            .unwrap_or((panels.row, panels.row + 1));
        panels.top = keep_in_sight(panels.top, first, end, height);
        let open = panels.quotes.open;
        let width = if open || quotes == 0 { body.width } else { quotes };
        let effects = if self.panels.shown().is_some() { self.remember_definitions() } else { Vec::new() };
        self.lay_quotes(width, height);
        effects
    }

    /// Others did something: the numbers change, and the choice stays on its row and its quote.
    pub(super) fn recount_panels(&mut self) {
        if self.screen != Screen::Panels || !self.complete {
            return;
        }
        let row = self.panels.chosen_row().map(|row| row.of);
        self.make_board();
        let at =
            self.panels.shown().and_then(|panel| panel.rows.iter().position(|held| Some(held.of) == row));
        self.panels.row = at.unwrap_or(self.panels.row);
        self.arrange_panels();
    }

    /// Counts anew, if the study or the panel is another than what was counted.
    fn make_board(&mut self) {
        let (filter, compared) = (self.panels.filter.clone(), self.compared());
        let made_of = (self.sheets.version(), self.panels.panel, filter, compared, self.panels.order);
        if self.panels.board.is_some() && self.panels.made_of.as_ref() == Some(&made_of) {
            return;
        }
        let chosen = self.panels.chosen_row().and_then(classify::classified);
        let of = match self.panel_component() {
            Some(component) => Some(PanelOf::Component(component.id.clone())),
            None => (self.panels.panel == UNCLASSIFIED).then_some(PanelOf::Unclassified),
        };
        // What the filter names may be gone since; then all is counted, and the header says nothing of a filter.
        let scope = Scope::read(&self.panels.filter, &self.study).unwrap_or_else(|_| {
            self.panels.filter.clear();
            Scope::default()
        });
        let counter = self.sheets.counter_by(&self.study, &scope, made_of.3.as_deref());
        let mut board = match of {
            Some(place) => {
                let mut panel = Panel::of(&counter, place);
                // One row sums itself up.
                if panel.rows.len() > 1 {
                    panel.rows.push(panel.whole.clone());
                }
                Board::Panel(Box::new(panel))
            }
            None => Board::Overview(Box::new(Overview::of(&counter))),
        };
        board.sort(self.panels.order);
        let same = |order: Option<RowOrder>| order == Some(self.panels.order);
        let sorted = !same(self.panels.made_of.as_ref().map(|made| made.4));
        self.panels.board = Some(board);
        if let (true, Some(chosen)) = (sorted, chosen) {
            let rows = self.panels.shown().map(|panel| panel.rows.iter());
            let at = rows.and_then(|mut rows| rows.position(|row| classify::classified(row) == Some(chosen)));
            self.panels.row = at.unwrap_or(self.panels.row);
        }
        self.panels.made_of = Some(made_of);
        self.panels.laid_for = None;
        self.panels.quotes.forget();
    }
}

/// How many columns of a window go to the rows, and how many to the quotes beside them.
#[must_use]
pub fn split_columns(width: u16) -> (u16, u16) {
    if width < WIDE {
        return (width, 0);
    }
    let rows = (width / 5 * 3).max(70);
    (rows, width - rows)
}

/// Whether facilitators stand beside barriers in so many columns.
#[must_use]
pub fn stands_beside(width: u16) -> bool {
    width >= BESIDE
}

/// The first line in sight, moved as little as possible to show the lines from `first` to `end`, the first one above all.
fn keep_in_sight(top: usize, first: usize, end: usize, height: usize) -> usize {
    top.max(end.saturating_sub(height)).min(first)
}
