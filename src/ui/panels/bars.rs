//! Barriers against facilitators as two bars on one axis: barriers grow to the left, facilitators to the right.
//!
//! Direction and sign say which side a bar is; colour only repeats it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::sign;
use crate::analysis::{Overview, OverviewRow};
use crate::app::panels::{Hand, RowOrder};
use crate::ui::{View, paint};

/// Columns of one side at most: longer ones say no more.
const LONGEST: u16 = 40;
/// Columns of one side at least.
const SHORTEST: u16 = 3;

/// How long the bars of an overview are.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    /// Columns of one side.
    half: u16,
    /// The largest number of all.
    most: u32,
}

/// What a bar shows: people, or codings where rows are sorted by these.
fn number(view: &View<'_>, row: &OverviewRow, hand: Hand) -> u32 {
    let figures = row.split.of(hand.side()).count.all;
    match view.model.panels.order {
        RowOrder::Codings => figures.codings,
        RowOrder::Print | RowOrder::People => figures.people,
    }
}

impl Scale {
    /// Bars in so many columns; `None` if these are too few, or there is nothing to show.
    pub(super) fn of(view: &View<'_>, overview: &Overview, width: u16) -> Option<Scale> {
        let hands = [Hand::Barrier, Hand::Facilitator];
        let numbers = overview.rows.iter().flat_map(|row| hands.map(|hand| number(view, row, hand)));
        let most = numbers.max().filter(|most| *most > 0)?;
        // A sign at each end, and the axis.
        let half = (width.saturating_sub(3) / 2).min(LONGEST);
        (half >= SHORTEST).then_some(Scale { half, most })
    }

    /// Columns of both sides with the axis.
    pub(super) fn width(self) -> u16 {
        2 * self.half + 3
    }

    /// Columns of one number: at least one, if it is any.
    fn columns(self, number: u32) -> u16 {
        let full = u64::from(number) * u64::from(self.half);
        u16::try_from(full.div_ceil(u64::from(self.most.max(1)))).unwrap_or(self.half).min(self.half)
    }

    /// Paints the bars of a row from the left of `at`.
    pub(super) fn draw(self, view: &View<'_>, row: &OverviewRow, at: Rect, buffer: &mut Buffer) {
        let axis = at.x + 1 + self.half;
        for hand in [Hand::Barrier, Hand::Facilitator] {
            let columns = self.columns(number(view, row, hand));
            let (mark, style) = sign(view, hand);
            let bar = view.glyphs.bar.repeat(usize::from(columns));
            let words = match hand {
                Hand::Barrier => format!("{mark}{bar}"),
                Hand::Facilitator | Hand::Unsided => format!("{bar}{mark}"),
            };
            let x = if hand == Hand::Barrier { axis - columns - 1 } else { axis + 1 };
            if columns > 0 {
                paint::text(view, buffer, Rect { x, width: columns + 1, height: 1, ..at }, &words, style);
            }
        }
        let rule = Rect { x: axis, width: 1, height: 1, ..at };
        paint::text(view, buffer, rule, view.glyphs.vertical, view.theme.border);
    }
}
