//! How the cursor moves: by units within and across turns, by rows, by turns; and how it grows, shrinks and extends.

use super::open::{Anchor, Open};
use super::page::{At, Row};
use crate::text::{Span, Unit};

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Move {
    /// The next unit.
    Next,
    /// The unit before.
    Previous,
    /// The nearest unit on a row below.
    Down,
    /// The nearest unit on a row above.
    Up,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The first unit of the turn.
    TurnStart,
    /// The last unit of the turn.
    TurnEnd,
    /// The next turn.
    NextTurn,
    /// The turn before.
    PreviousTurn,
    /// The start of the transcript.
    Start,
    /// Its end.
    End,
}

impl Open {
    /// Moves the cursor. `extend` keeps hold of where it was; a plain move lets go of a selection made that way.
    pub(in crate::app) fn go(&mut self, to: Move, extend: bool) {
        match &self.anchor {
            None if extend => self.anchor = Some(Anchor { span: self.cursor.span, sticky: false }),
            Some(anchor) if !extend && !anchor.sticky => self.anchor = None,
            _ => {}
        }
        if !matches!(to, Move::Up | Move::Down | Move::PageUp | Move::PageDown) {
            self.cursor.goal = None;
        }
        match to {
            Move::Next => self.step_unit(1),
            Move::Previous => self.step_unit(-1),
            Move::Down => self.step_row(1),
            Move::Up => self.step_row(-1),
            Move::PageDown => self.step_page(1),
            Move::PageUp => self.step_page(-1),
            Move::TurnStart => self.go_within_turn(<[Span]>::first),
            Move::TurnEnd => self.go_within_turn(<[Span]>::last),
            Move::NextTurn => self.step_turn(1),
            Move::PreviousTurn => self.step_turn(-1),
            Move::Start => self.go_to_start(),
            Move::End => self.go_to_end(),
        }
    }

    /// The cursor rests on the next larger unit. `false` if it is the largest.
    pub(in crate::app) fn widen(&mut self) -> bool {
        self.resize(self.cursor.unit.grown())
    }

    /// The cursor rests on the next smaller unit. `false` if it is the smallest.
    pub(in crate::app) fn tighten(&mut self) -> bool {
        self.resize(self.cursor.unit.shrunk())
    }

    /// The cursor rests on a unit of that size. `false` if it did already, or the turn has none.
    pub(in crate::app) fn resize_to(&mut self, unit: Unit) -> bool {
        unit != self.cursor.unit && self.resize(Some(unit))
    }

    /// The cursor goes to the other end of the selection.
    pub(in crate::app) fn swap_ends(&mut self) {
        let Some(anchor) = self.anchor else { return };
        let here = self.cursor.span;
        let turn = self.page.turns().index_at(anchor.span.start as usize);
        if turn.is_some_and(|turn| self.rest_on(turn, anchor.span.start)) {
            self.anchor = Some(Anchor { span: here, ..anchor });
        }
    }

    fn resize(&mut self, unit: Option<Unit>) -> bool {
        let Some(unit) = unit else { return false };
        let before = self.cursor.unit;
        self.cursor.unit = unit;
        self.cursor.goal = None;
        let done = self.rest_on(self.cursor.turn, self.cursor.caret);
        if !done {
            self.cursor.unit = before;
        }
        done
    }

    /// Starts a selection that every move extends, or ends it.
    pub(in crate::app) fn toggle_extending(&mut self) {
        self.anchor = match self.anchor {
            Some(Anchor { sticky: true, .. }) => None,
            Some(anchor) => Some(Anchor { sticky: true, ..anchor }),
            None => Some(Anchor { span: self.cursor.span, sticky: true }),
        };
    }

    /// Lets go of the selection.
    pub(in crate::app) fn clear_selection(&mut self) {
        self.anchor = None;
        self.exact = None;
        self.focus = None;
    }

    pub(super) fn go_to_start(&mut self) {
        let first = (0..self.page.turns().turns.len()).find(|turn| self.rest_at_start(*turn));
        if first.is_some() {
            // The preamble is seen as well.
            self.top = At::default();
        }
    }

    fn go_to_end(&mut self) {
        let last = (0..self.page.turns().turns.len()).rev().find(|turn| self.rest_at_start(*turn));
        if last.is_some() {
            self.go_within_turn(<[Span]>::last);
        }
    }

    fn rest_at_start(&mut self, turn: usize) -> bool {
        let start = self.page.turns().turns.get(turn).map_or(0, |turn| turn.speech.start);
        self.rest_on(turn, start)
    }

    fn rest_at_end(&mut self, turn: usize) -> bool {
        let units = self.page.units(turn, self.cursor.unit);
        units.last().is_some_and(|last| self.rest_on(turn, last.start))
    }

    fn go_within_turn(&mut self, pick: impl FnOnce(&[Span]) -> Option<&Span>) {
        let units = self.page.units(self.cursor.turn, self.cursor.unit);
        if let Some(unit) = pick(&units) {
            self.rest_on(self.cursor.turn, unit.start);
        }
    }

    fn step_unit(&mut self, by: isize) {
        let units = self.page.units(self.cursor.turn, self.cursor.unit);
        let here = units.iter().position(|unit| *unit == self.cursor.span);
        let next = here.and_then(|here| here.checked_add_signed(by)).and_then(|next| units.get(next));
        match next {
            Some(next) => {
                self.rest_on(self.cursor.turn, next.start);
            }
            None if by > 0 => {
                self.next_turn_that(Self::rest_at_start);
            }
            None => {
                self.previous_turn_that(Self::rest_at_end);
            }
        }
    }

    /// The next turn; at its first unit.
    fn step_turn(&mut self, by: isize) {
        if by > 0 {
            self.next_turn_that(Self::rest_at_start);
        } else {
            self.previous_turn_that(Self::rest_at_start);
        }
    }

    fn next_turn_that(&mut self, rest: fn(&mut Self, usize) -> bool) -> bool {
        (self.cursor.turn + 1..self.page.turns().turns.len()).any(|turn| rest(self, turn))
    }

    fn previous_turn_that(&mut self, rest: fn(&mut Self, usize) -> bool) -> bool {
        (0..self.cursor.turn).rev().any(|turn| rest(self, turn))
    }

    /// To the nearest unit on a row below or above. A unit that goes on beyond the window is read to its end first.
    fn step_row(&mut self, by: isize) {
        if self.scroll_within_unit(by) {
            return;
        }
        let goal = self.goal();
        let edge = if by > 0 { self.cursor.span.end.saturating_sub(1) } else { self.cursor.span.start };
        let mut at = self.page.row_of(edge);
        loop {
            let next = if by > 0 { self.page.after(at) } else { self.page.before(at) };
            match next {
                Some(next) => at = next,
                None => return,
            }
            match self.nearest_on_row(at, goal) {
                Some((turn, caret, unit)) if unit != self.cursor.span => {
                    self.rest_on(turn, caret);
                    self.cursor.goal = Some(goal);
                    return;
                }
                _ => {}
            }
        }
    }

    /// The unit of a row nearest to a column, with its turn and the byte to rest on.
    fn nearest_on_row(&mut self, at: At, goal: usize) -> Option<(usize, u32, Span)> {
        let turn = at.turn()?;
        let row = self.page.span_at(at)?;
        let units = self.page.units(turn, self.cursor.unit);
        let from = units.partition_point(|unit| unit.end <= row.start);
        let on_row = units.iter().skip(from).take_while(|unit| unit.start < row.end);
        let distance = |unit: &&Span| {
            let shown = unit.intersection(row).unwrap_or(row);
            let (start, end) = (self.page.column_of(row, shown.start), self.page.column_of(row, shown.end));
            if goal < start { start - goal } else { goal.saturating_sub(end.saturating_sub(1)) }
        };
        let unit = on_row.min_by_key(distance).copied()?;
        Some((turn, unit.start.max(row.start), unit))
    }

    /// The column that moves up and down keep to.
    fn goal(&mut self) -> usize {
        if let Some(goal) = self.cursor.goal {
            return goal;
        }
        let at = self.page.row_of(self.cursor.caret);
        match self.page.row(at) {
            Some(Row::Text(row)) => self.page.column_of(row, self.cursor.caret.max(row.start)),
            _ => 0,
        }
    }

    /// A page down or up: the cursor goes with it, to the unit at the same height.
    fn step_page(&mut self, by: isize) {
        let page = self.rows.len().saturating_sub(2).max(1).cast_signed();
        let goal = self.goal();
        let here = self.page.row_of(self.cursor.caret);
        let height = self.rows.iter().position(|at| *at == here);
        let top = self.page.stepped(self.top, by * page);
        let reached_end = top == self.top || self.page.stepped(top, page) == self.page.last();
        self.top = top;
        let mut at = self.page.stepped(top, height.unwrap_or(0).cast_signed());
        if by < 0 && top == self.page.first() && self.rows.first() == Some(&top) {
            at = top;
        } else if by > 0 && reached_end && self.rows.contains(&self.page.last()) {
            at = self.page.last();
        }
        // A row without a unit (preamble, blank turn): the nearest one beyond it, else before it.
        let found = self.settle_near(at, goal, by) || self.settle_near(at, goal, -by);
        if found {
            self.cursor.goal = Some(goal);
            let (caret, height) = (self.page.row_of(self.cursor.caret), self.rows.len().max(1).cast_signed());
            // A page is where it was turned to, even if the unit is longer and begins above it.
            self.follow = caret < top || caret > self.page.stepped(top, height - 1);
        }
    }

    fn settle_near(&mut self, mut at: At, goal: usize, by: isize) -> bool {
        for _ in 0..self.rows.len().max(1) {
            if let Some((turn, caret, _)) = self.nearest_on_row(at, goal) {
                return self.rest_on(turn, caret);
            }
            let next = if by > 0 { self.page.after(at) } else { self.page.before(at) };
            match next {
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }
}
