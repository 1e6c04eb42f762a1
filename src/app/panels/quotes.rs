//! The quotes behind a number, laid out to be read.

use std::collections::BTreeSet;
use std::ops::Range;

use super::keep_in_sight;
use crate::analysis::{Behind, PanelRow};
use crate::app::Model;
use crate::app::wrap::wrap;
use crate::study::{CodeId, QuoteId, Study, turns_of_span};

/// Rows that a quote shows which is not the chosen one.
const SHOWN: usize = 3;
/// Columns in front of a quote's text.
const MARGIN: u16 = 4;

/// The quotes behind the chosen side of the chosen row.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// Whether they have the keys.
    pub open: bool,
    /// Which one is chosen.
    pub chosen: usize,
    /// Of which group they are: the place of its column, if it is not all.
    pub column: Option<usize>,
    /// The quotes.
    pub laid: Vec<LaidQuote>,
    /// The first of their lines in sight.
    pub top: usize,
    laid_for: Option<LaidFor>,
}

/// What a layout holds for: row, hand, part and column of the panel, and the width.
type LaidFor = (usize, super::Hand, Option<usize>, Option<usize>, u16);

/// A quote cut into rows.
#[derive(Clone, Debug)]
pub struct LaidQuote {
    /// Which.
    pub quote: QuoteId,
    /// Its coder starred it.
    pub starred: bool,
    /// Somebody in it did not agree to be quoted.
    pub refused: bool,
    /// Where it stands and who speaks: `I43:41 · P088`.
    pub place: String,
    /// Bytes of its text, a row each.
    pub rows: Vec<Range<usize>>,
}

impl Quotes {
    /// Rows that a quote shows below its place: all of the chosen one.
    #[must_use]
    pub fn rows_shown(&self, index: usize) -> usize {
        let rows = self.laid.get(index).map_or(0, |quote| quote.rows.len());
        if self.open && index == self.chosen { rows } else { rows.min(SHOWN) }
    }

    pub(in crate::app) fn step(&mut self, by: isize) {
        // A page of lines is about so many quotes.
        let by = if by.abs() > 1 && by.abs() < 1000 { by / (SHOWN.cast_signed() + 1) } else { by };
        self.chosen = self.chosen.saturating_add_signed(by).min(self.laid.len().saturating_sub(1));
    }

    /// To the next group, or from the last one no further; before the first one stand all.
    pub(super) fn step_column(&mut self, by: isize, columns: usize) {
        let here = self.column.map_or(0, |column| column + 1);
        let there = here.saturating_add_signed(by).min(columns);
        self.column = there.checked_sub(1);
        self.rewind();
    }

    pub(super) fn rewind(&mut self) {
        (self.chosen, self.top) = (0, 0);
    }

    pub(super) fn forget(&mut self) {
        self.laid_for = None;
    }

    /// Keeps the choice among the quotes, and in sight in so many rows.
    pub(in crate::app) fn keep_in_sight(&mut self, height: usize) {
        self.chosen = self.chosen.min(self.laid.len().saturating_sub(1));
        let (first, end) = self.lines_of(self.chosen);
        self.top = keep_in_sight(self.top, first, end, height);
    }

    /// The first line of a quote, and one past its last.
    fn lines_of(&self, index: usize) -> (usize, usize) {
        let first: usize = (0..index).map(|before| self.rows_shown(before) + 1).sum();
        (first, first + self.rows_shown(index) + 1)
    }
}

impl Model {
    /// Lays the quotes behind the chosen number out in so many columns and rows.
    pub(super) fn lay_quotes(&mut self, width: u16, height: usize) {
        let panels = &self.panels;
        let wanted = (panels.row, panels.hand, panels.part, panels.quotes.column, width);
        if panels.quotes.laid_for != Some(wanted) {
            let laid = match (panels.shown(), panels.chosen_row()) {
                (Some(_), Some(row)) => {
                    let behind = self.behind(row).into_iter();
                    behind.filter_map(|behind| lay(&self.study, behind, width)).collect()
                }
                _ => Vec::new(),
            };
            self.panels.quotes.laid = laid;
            self.panels.quotes.laid_for = Some(wanted);
        }
        self.panels.quotes.keep_in_sight(height);
    }
}

impl Model {
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

/// Lays a quote out in so many columns, its margin included.
pub(in crate::app) fn lay(study: &Study, behind: &Behind, width: u16) -> Option<LaidQuote> {
    let quote = study.quotes().get(&behind.quote)?;
    let transcript = study.transcripts().get(&quote.transcript)?;
    let mut place = transcript.name.clone();
    if let Some(turns) = study.turns_of(quote.revision)
        && let Some((first, last)) = turns_of_span(turns, quote.span)
        && let (Some(first), Some(last)) = (turns.turns.get(first), turns.turns.get(last))
    {
        place.push_str(&format!(":{}", first.number));
        if first.number != last.number {
            place.push_str(&format!("–{}", last.number));
        }
    }
    let names: Vec<&str> = behind
        .people
        .iter()
        .filter_map(|person| study.participants().get(person).map(|held| held.name.as_str()))
        .collect();
    let who = if names.is_empty() { String::from("no participant") } else { names.join(", ") };
    Some(LaidQuote {
        quote: quote.id,
        starred: behind.starred,
        refused: study.refuses_quoting(quote),
        place: format!("{place} · {who}"),
        rows: wrap(&quote.text, usize::from(width.saturating_sub(MARGIN + 1))),
    })
}
