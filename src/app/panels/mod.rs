//! The panels: barriers and facilitators by component, who said them, and the quotes behind every number.

mod classify;
mod quotes;
mod rows;
mod words;

use serde::{Deserialize, Serialize};

pub use quotes::{LaidQuote, Quotes};
pub use rows::{CellLine, Line};

use super::{Effect, Model, Place, Screen, Spot};
use crate::analysis::{Column, Overview, Panel, PanelOf, PanelRow, Scope};
use crate::study::{Component, Side};

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
    /// What the board was made of.
    made_of: Option<(u64, u8)>,
    /// The width that the lines were laid for.
    laid_for: Option<u16>,
}

impl Panels {
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

    /// The chosen row of the panel on the board.
    #[must_use]
    pub fn chosen_row(&self) -> Option<&PanelRow> {
        self.shown()?.rows.get(self.row)
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
        place.panel_quote = self.quotes.open.then_some(self.quotes.chosen);
        place.panel_column = self.quotes.column;
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.panel = place.panel;
        self.row = place.panel_row;
        self.hand = place.panel_hand;
        self.quotes.open = place.panel_quote.is_some();
        self.quotes.chosen = place.panel_quote.unwrap_or_default();
        self.quotes.column = place.panel_column;
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
            self.panels = Panels { panel: number, hand: self.panels.hand, board: None, ..Panels::default() };
        }
        self.panels.quotes = Quotes::default();
        Vec::new()
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
            panels.quotes.step(by);
            return;
        }
        let last = panels.board.as_ref().map_or(0, Board::len).saturating_sub(1);
        let row = if by.abs() > 1 && !panels.lines.is_empty() {
            rows::row_from(&panels.lines, panels.row, by)
        } else {
            panels.row.saturating_add_signed(by)
        };
        panels.row = row.min(last);
        panels.quotes.rewind();
    }

    /// Moves the choice to the left or right: among the sides of a row; in the quotes, among the groups.
    pub(super) fn step_hand(&mut self, by: isize) {
        if self.panels.quotes.open {
            let columns = self.panels.shown().map_or(0, |panel| panel.columns.columns.len());
            self.panels.quotes.step_column(by, columns);
            return;
        }
        let has_unsided = self.panels.chosen_row().is_some_and(|row| !row.split.unsided.count.is_empty());
        let hands = if has_unsided { 3 } else { 2 };
        let here = Hand::ALL.iter().position(|hand| *hand == self.panels.hand).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(hands - 1);
        self.panels.hand = Hand::ALL.get(there).copied().unwrap_or_default();
        self.panels.quotes.rewind();
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
                if self.panels.quotes.laid.is_empty() {
                    self.refuse("No quotes stand behind this number.");
                } else {
                    self.leave_mark();
                    self.panels.quotes.open = true;
                }
                Vec::new()
            }
            Some(Board::Panel(_)) => match self.chosen_quote_spot() {
                Some(spot) => self.visit(spot),
                None => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    fn chosen_quote_spot(&mut self) -> Option<Spot> {
        let laid = self.panels.quotes.laid.get(self.panels.quotes.chosen)?;
        let quote = self.study.quotes().get(&laid.quote)?;
        let current = self.study.transcripts().get(&quote.transcript)?.revision;
        let spot = Spot { transcript: quote.transcript, span: quote.span };
        if quote.revision != current {
            self.refuse("This quote stands in an earlier revision of its transcript.");
            return None;
        }
        Some(spot)
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
        self.lay_quotes(width, height.saturating_sub(1));
        Vec::new()
    }

    /// Counts anew, if the study or the panel is another than what was counted.
    fn make_board(&mut self) {
        let made_of = (self.sheets.version(), self.panels.panel);
        if self.panels.board.is_some() && self.panels.made_of == Some(made_of) {
            return;
        }
        let of = match self.panel_component() {
            Some(component) => Some(PanelOf::Component(component.id.clone())),
            None => (self.panels.panel == UNCLASSIFIED).then_some(PanelOf::Unclassified),
        };
        let scope = Scope::default();
        let counter = self.sheets.counter(&self.study, &scope);
        let board = match of {
            Some(place) => Board::Panel(Box::new(Panel::of(&counter, place))),
            None => Board::Overview(Box::new(Overview::of(&counter))),
        };
        self.panels.board = Some(board);
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
