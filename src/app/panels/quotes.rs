//! The quotes behind a number: which ones they are.

use std::collections::BTreeSet;

use crate::analysis::{Behind, PanelRow};
use crate::app::Model;
use crate::app::laid_quotes::{Fit, LaidQuotes, ListedQuote};
use crate::study::CodeId;

/// Columns beside a quote's words.
pub(in crate::app) const MARGIN: u16 = 5;

/// The quotes behind the chosen side of the chosen row.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// Whether they have the keys.
    pub open: bool,
    /// Of which group they are: the place of its column, if it is not all.
    pub column: Option<usize>,
    /// The quotes.
    pub list: LaidQuotes,
    found_for: Option<FoundFor>,
}

/// What the list holds for: row, hand, part and column of the panel.
type FoundFor = (usize, super::Hand, Option<usize>, Option<usize>);

impl Quotes {
    /// To the next group, or from the last one no further; before the first one stand all.
    pub(super) fn step_column(&mut self, by: isize, columns: usize) {
        let here = self.column.map_or(0, |column| column + 1);
        let there = here.saturating_add_signed(by).min(columns);
        if there != here {
            self.column = there.checked_sub(1);
            self.list.rewind();
        }
    }

    pub(super) fn forget(&mut self) {
        self.found_for = None;
    }
}

impl Model {
    /// Lays the quotes behind the chosen number out in so many columns and rows.
    pub(super) fn lay_quotes(&mut self, width: u16, height: usize) {
        let panels = &self.panels;
        let wanted = (panels.row, panels.hand, panels.part, panels.quotes.column);
        if panels.quotes.found_for != Some(wanted) {
            let behind = panels.chosen_row().map_or_else(Vec::new, |row| self.behind(row));
            let listed = behind.into_iter().map(ListedQuote::from).collect();
            if !self.panels.quotes.open {
                // Nobody chose one.
                self.panels.quotes.list.rewind();
            }
            self.panels.quotes.list.list(listed);
            self.panels.quotes.found_for = Some(wanted);
        }
        let mut list = std::mem::take(&mut self.panels.quotes.list);
        let width = usize::from(width.saturating_sub(MARGIN));
        let fit = Fit { width, height, opened: self.panels.quotes.open, ..Fit::default() };
        self.lay_in_sight(&mut list, fit, |_, _| Vec::new());
        self.panels.quotes.list = list;
    }

    /// The quotes behind the chosen number: of the side or, whatever its valence, of one code of it; of all, of one group,
    /// or of those that no person is counted for.
    fn behind<'p>(&'p self, row: &'p PanelRow) -> Vec<&'p Behind> {
        let panels = &self.panels;
        let side = panels.hand.side();
        let part = panels.part.and_then(|part| row.parts.of(side).get(part));
        let mut found: Vec<&Behind> = match part {
            None => row.quotes(side, panels.column()).collect(),
            Some(part) => {
                let codes: BTreeSet<CodeId> =
                    self.study.descendants(part.code).intersection(&row.codes).copied().collect();
                let has = |behind: &&Behind| {
                    self.study.codings_on(behind.quote).any(|coding| codes.contains(&coding.code))
                };
                let hands = super::Hand::ALL.into_iter();
                let mut seen = BTreeSet::new();
                hands
                    .flat_map(|hand| row.quotes(hand.side(), panels.column()).filter(has))
                    .filter(|behind| seen.insert(behind.quote))
                    .collect()
            }
        };
        if panels.shows_left_out() {
            found.retain(|behind| behind.people.is_empty());
        }
        found
    }
}
