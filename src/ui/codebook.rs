//! The screen of the tree of codes, and the themes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    paint::text(view, buffer, Rect { x: body.x + 1, ..body }, "codes", view.theme.dim);
    None
}
