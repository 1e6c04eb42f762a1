//! The screen of what an import would do, before it is done.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    paint::text(view, buffer, Rect { x: body.x + 1, ..body }, "files", view.theme.dim);
    None
}
