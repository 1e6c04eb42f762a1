//! What of the page is in sight.
//!
//! The text stands still as long as it can: over a slow line a scrolled screen costs ten times a moved cursor. When the
//! cursor leaves the window, the text jumps by a good part of it.

use super::open::Open;
use super::page::{At, Row};
use crate::text::Span;

impl Open {
    /// Fits the page to the window and fills [`Open::rows`].
    pub(super) fn arrange(&mut self, width: u16, height: u16, narrow: bool) {
        self.page.fit(usize::from(width).max(6), narrow);
        if let Some(byte) = self.top_byte.take() {
            let at = self.page.row_of(byte);
            // Above the first row of a turn may stand its heading.
            self.top = if narrow && at.row == 1 { At { row: 0, ..at } } else { at };
        }
        let last = self.page.row_count(self.top.block).saturating_sub(1);
        self.top.row = self.top.row.min(last);
        if self.page.row_count(self.top.block) == 0 {
            self.top = self.page.first();
        }
        let height = usize::from(height);
        if std::mem::take(&mut self.follow) {
            self.reveal(height);
        }
        self.fill(height);
    }

    /// Keeps in mind what stood on top while something covers the lower rows. When it does not any more, and the cursor is
    /// where it was, so is the text: `true` then.
    pub(super) fn uncover(&mut self, covered: bool) -> bool {
        if covered {
            self.uncovered = self.uncovered.or_else(|| Some((self.top_byte(), self.cursor.span)));
            return false;
        }
        let Some((top, span)) = self.uncovered.take() else { return false };
        let back = span == self.cursor.span;
        if back {
            self.top_byte = Some(top);
            self.follow = false;
        }
        back
    }

    /// The byte that the topmost row begins with.
    pub(super) fn top_byte(&self) -> u32 {
        let top = self.rows.first().copied().unwrap_or(self.top);
        match self.page.row(top) {
            Some(Row::Text(span)) => span.start,
            Some(Row::Heading) => match self.page.row(At { row: top.row + 1, ..top }) {
                Some(Row::Text(span)) => span.start,
                _ => 0,
            },
            None => 0,
        }
    }

    /// Takes the rows from the topmost one on; there are no empty rows below the last one if others are above.
    fn fill(&mut self, height: usize) {
        self.collect(height);
        let missing = height.saturating_sub(self.rows.len());
        if missing > 0 && self.top > self.page.first() {
            self.top = self.page.stepped(self.top, -missing.cast_signed());
            self.collect(height);
        }
    }

    fn collect(&mut self, height: usize) {
        self.rows.clear();
        let mut next = Some(self.top);
        while let Some(at) = next.filter(|_| self.rows.len() < height) {
            self.page.row_count(at.block);
            self.rows.push(at);
            next = self.page.after(at);
        }
    }

    /// Scrolls as little as need be to have the cursor in sight with some rows around it.
    fn reveal(&mut self, height: usize) {
        let (mut first, last) = self.rows_of(self.cursor.span);
        if first.row == 1 && self.page.row(At { row: 0, ..first }) == Some(Row::Heading) {
            first.row = 0;
        }
        let margin = 3.min(height / 5).cast_signed();
        let third = (height / 3).cast_signed();
        self.collect(height);
        let bottom = self.rows.last().copied().unwrap_or(self.top);
        let low = self.page.stepped(last, margin);
        let high = self.page.stepped(first, -margin);
        if high < self.top {
            let back = self.page.stepped(first, -third);
            // A unit that ends below the window is seen from its start.
            self.top = back.min(first);
        } else if low > bottom {
            let two_thirds = (height.saturating_sub(1)).cast_signed() - third;
            let top = self.page.stepped(last, -two_thirds);
            self.top = top.min(high).max(self.top.min(high));
        }
    }

    /// The first and the last row of a span.
    fn rows_of(&mut self, span: Span) -> (At, At) {
        (self.page.row_of(span.start), self.page.row_of(span.end.saturating_sub(1).max(span.start)))
    }

    /// Scrolls on in a unit that does not end (or begin) in the window. `false` if it does.
    pub(super) fn scroll_within_unit(&mut self, by: isize) -> bool {
        let (first, last) = self.rows_of(self.cursor.span);
        let (Some(top), Some(bottom)) = (self.rows.first().copied(), self.rows.last().copied()) else {
            return false;
        };
        let hidden = if by > 0 { last > bottom } else { first < top };
        // A unit that is not in sight at all is gone to as usual.
        let in_sight = first <= bottom && last >= top;
        if hidden && in_sight {
            let half = (self.rows.len() / 2).max(1).cast_signed();
            self.top = self.page.stepped(top, by * half);
        }
        hidden && in_sight
    }

    /// Whether a span is in sight, at least where it begins.
    pub(super) fn shows(&mut self, span: Span) -> bool {
        let at = self.page.row_of(span.start);
        self.rows.contains(&at)
    }
}
