//! The panels: the overview of all components, the rows of one, and the quotes behind a number.

mod bars;
mod overview;
pub(super) mod quotes;
mod rows;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{View, paint};
use crate::app::panels::{Board, Hand, split_columns};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let panels = &view.model.panels;
    header(view, Rect { y: body.y.saturating_sub(1), height: 1, ..body }, buffer);
    let Some(board) = &panels.board else { return None };
    if let Some(advice) = view.model.panel_advice() {
        paint::paragraphs(view, body, &advice, buffer);
        return None;
    }
    match board {
        Board::Overview(overview) => overview::draw(view, overview, body, buffer),
        Board::Panel(_) if panels.quotes.open => quotes::draw(view, body, buffer),
        Board::Panel(_) => {
            let (columns, beside) = split_columns(body.width);
            rows::draw(view, Rect { width: columns, ..body }, buffer);
            if beside > 0 {
                quotes::draw(view, Rect { x: body.x + columns, width: beside, ..body }, buffer);
            }
        }
    }
    None
}

/// What the chosen number leaves unsaid, in the line that answers keys.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    if let Some(detail) = view.model.panel_detail().filter(|_| !view.model.panels.quotes.open) {
        paint::text(view, buffer, row, &detail, view.theme.dim);
    }
}

/// What the panel is of, and of whom it counts.
fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let row = inset(row);
    let x = paint::text_right(view, buffer, row, &view.model.panel_base(row.width), view.theme.dim);
    let room = Rect { width: x.saturating_sub(row.x + 1), ..row };
    paint::text(view, buffer, room, &view.model.panel_title(), view.theme.heading);
}

/// Without a column at each end.
fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

/// The sign of a side and its style. It says by itself which side it is.
fn sign<'v>(view: &View<'v>, hand: Hand) -> (&'v str, Style) {
    match hand {
        Hand::Barrier => (view.glyphs.barrier, view.theme.barrier),
        Hand::Facilitator => (view.glyphs.facilitator, view.theme.facilitator),
        Hand::Unsided => (view.glyphs.dot, view.theme.dim),
    }
}
