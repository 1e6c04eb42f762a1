//! The tour: what it asks for, below everything else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{View, paint};

pub(super) fn draw(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    for (y, line) in (area.y..area.bottom()).zip(view.model.tour_lines()) {
        let row = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        paint::text(view, buffer, row, &line, view.theme.heading);
    }
}
