//! Words that may tell who somebody is, to be kept or replaced.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let header =
        Rect { x: body.x + 1, y: body.y.saturating_sub(1), height: 1, width: body.width.saturating_sub(2) };
    paint::text(view, buffer, header, "Words that may tell who somebody is", view.theme.heading);
    None
}
