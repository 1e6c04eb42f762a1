//! The screen of the participants, by attributes, and the profile of one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    paint::text(view, buffer, Rect { x: body.x + 1, ..body }, "participants", view.theme.dim);
    None
}
