//! What was done, by whom and when.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let header =
        Rect { x: body.x + 1, y: body.y.saturating_sub(1), height: 1, width: body.width.saturating_sub(2) };
    paint::text(view, buffer, header, "What was done, by whom and when", view.theme.heading);
    None
}
