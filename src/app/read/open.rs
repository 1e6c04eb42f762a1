//! The transcript that is open: its page, the cursor in it, and what of it is in sight.

use std::sync::Arc;

use super::columns::Columns;
use super::page::{At, Page};
use crate::study::{CodingId, RevisionId, ShownSpeech, TranscriptId, Turns};
use crate::text::{Span, Unit};

/// Where the cursor is. It always rests on a unit, if there is any speech at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Index of the turn.
    pub turn: usize,
    /// A byte of the text inside the unit. Growing and shrinking leave it alone, so that one undoes the other.
    pub caret: u32,
    /// The size of what it rests on.
    pub unit: Unit,
    /// The unit itself; empty where nobody says a word.
    pub span: Span,
    /// The column that moves up and down keep to.
    pub(super) goal: Option<usize>,
}

/// Where a selection began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) span: Span,
    /// Whether plain moves extend it too. A selection made with Shift ends with the next plain move.
    pub(super) sticky: bool,
}

/// The transcript that is open.
#[derive(Clone, Debug)]
pub struct Open {
    /// Which.
    pub transcript: TranscriptId,
    /// Which of its texts.
    pub revision: RevisionId,
    /// Its rows.
    pub page: Page,
    /// The cursor.
    pub cursor: Cursor,
    /// Which of several codings under the cursor keys act on, once one was chosen.
    pub focus: Option<CodingId>,
    /// The columns of the window.
    pub columns: Columns,
    /// The rows in sight, from above.
    pub rows: Vec<At>,
    pub(super) anchor: Option<Anchor>,
    /// A selection that is not made of whole units: ends were moved. The next move lets go of it.
    pub(super) exact: Option<Span>,
    pub(super) top: At,
    /// The byte that the topmost row began with: what stays in place when the width changes.
    pub(super) top_byte: Option<u32>,
    /// What stood on top, and what the cursor was on, before something covered the lower rows.
    pub(super) uncovered: Option<(u32, Span)>,
    /// The cursor moved: bring it in sight.
    pub(super) follow: bool,
    /// The width and kind of rows that it was last fitted to.
    pub(super) fitted: (u16, bool),
}

impl Open {
    /// A transcript with the cursor on its first word of speech.
    pub(super) fn new(transcript: TranscriptId, turns: Arc<Turns>, text: Arc<str>, unit: Unit) -> Open {
        let revision = turns.revision;
        let mut open = Open {
            transcript,
            revision,
            page: Page::new(text, turns),
            cursor: Cursor { turn: 0, caret: 0, unit, span: Span::default(), goal: None },
            focus: None,
            columns: Columns::default(),
            rows: Vec::new(),
            anchor: None,
            exact: None,
            top: At::default(),
            top_byte: None,
            uncovered: None,
            follow: true,
            fitted: (0, false),
        };
        open.go_to_start();
        open.top = At::default();
        open
    }

    /// Says which turns are hidden. A cursor or a selection in what is not shown any more rests on nothing.
    pub(super) fn hide(&mut self, shown: ShownSpeech) {
        if !self.page.hide(shown) {
            return;
        }
        (self.anchor, self.exact) = (None, None);
        let (turn, caret) = (self.cursor.turn, self.cursor.caret);
        if !self.rest_on(turn, caret) {
            let start = self.page.turns().turns.get(turn).map_or(caret, |turn| turn.speech.start);
            self.cursor = Cursor { caret: start, span: Span { start, end: start }, ..self.cursor };
            self.follow = true;
        }
    }

    /// What keys act on: the selection, or else the unit under the cursor.
    #[must_use]
    pub fn selection(&self) -> Span {
        let whole = self.anchor.map_or(self.cursor.span, |anchor| anchor.span.hull(self.cursor.span));
        self.exact.unwrap_or(whole)
    }

    /// Whether more than the unit under the cursor is selected, or will be by the next move.
    #[must_use]
    pub fn is_extending(&self) -> bool {
        self.anchor.is_some() || self.exact.is_some()
    }

    /// Rests the cursor on the unit that holds `caret`, or on the nearest one of that turn. `false` if the turn has none.
    pub(super) fn rest_on(&mut self, turn: usize, caret: u32) -> bool {
        let units = self.page.units(turn, self.cursor.unit);
        let after = units.partition_point(|unit| unit.start <= caret);
        let Some(span) = units.get(after.saturating_sub(1)) else { return false };
        self.cursor.turn = turn;
        self.cursor.span = *span;
        self.cursor.caret = caret.clamp(span.start, span.end.saturating_sub(1).max(span.start));
        self.focus = None;
        self.exact = None;
        self.follow = true;
        true
    }

    /// Goes to a span: selects it if it is made of whole units, else rests on the smallest unit that holds its start and,
    /// if there is one, all of it.
    pub(super) fn go_to_span(&mut self, span: Span) {
        self.anchor = None;
        self.cursor.goal = None;
        for unit in [Unit::Turn, Unit::Sentence, Unit::Word] {
            if let Some((first, (turn, last))) = self.whole_units(unit, span) {
                self.cursor.unit = unit;
                self.rest_on(turn, last.start);
                self.anchor = (first != last).then_some(Anchor { span: first, sticky: false });
                return;
            }
        }
        let Some(turn) = self.page.turns().index_at(span.start as usize) else { return self.go_to_start() };
        let holds = |open: &mut Self, unit| open.page.units(turn, unit).iter().any(|held| held.covers(span));
        let unit =
            [Unit::Word, Unit::Sentence].into_iter().find(|unit| holds(self, *unit)).unwrap_or(Unit::Turn);
        self.cursor.unit = unit;
        if !self.rest_on(turn, span.start) {
            self.cursor =
                Cursor { turn, caret: span.start, span: Span { end: span.start, ..span }, ..self.cursor };
            self.follow = true;
        }
    }

    /// The first and the last unit of a span that begins and ends with one; the last with its turn.
    fn whole_units(&mut self, unit: Unit, span: Span) -> Option<(Span, (usize, Span))> {
        let turns = self.page.turns().overlapping(span);
        let last_turn = turns.clone().next_back()?;
        let first = *self.page.units(turns.start, unit).iter().find(|held| held.start == span.start)?;
        let last = *self.page.units(last_turn, unit).iter().find(|held| held.end == span.end)?;
        Some((first, (last_turn, last)))
    }
}
