//! The screen of what `study.toml` says, and where to change it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    paint::text(view, buffer, Rect { x: body.x + 1, ..body }, "settings", view.theme.dim);
    None
}
