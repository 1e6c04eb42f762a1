//! The quotes as a list: filtered, sorted, with as much around them as is wanted.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let header =
        Rect { x: body.x + 1, y: body.y.saturating_sub(1), height: 1, width: body.width.saturating_sub(2) };
    paint::text(view, buffer, header, "The list of quotes", view.theme.heading);
    None
}
