//! The quotes behind a number, with their text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::panels::Quotes;
use crate::ui::laid_quotes::{self, Look};
use crate::ui::{View, paint};

pub(super) fn draw(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    list(view, area, (&view.model.panels.quotes, &view.model.quotes_title()), buffer);
}

/// Quotes under a title.
pub(in crate::ui) fn list(
    view: &View<'_>,
    area: Rect,
    (quotes, title): (&Quotes, &str),
    buffer: &mut Buffer,
) {
    let beside = area.x > 0;
    if beside {
        for y in area.y..area.bottom() {
            let rule = Rect { y, width: 1, height: 1, ..area };
            paint::text(view, buffer, rule, view.glyphs.vertical, view.theme.border);
        }
    }
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
    paint::text(view, buffer, Rect { height: 1, ..area }, title, view.theme.heading);
    let lines = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if quotes.list.is_empty() {
        paint::text(view, buffer, lines, "no quotes in this group", view.theme.dim);
        return;
    }
    let look = Look { chosen: quotes.open, active: true, ..Look::default() };
    laid_quotes::draw(view, lines, &quotes.list, look, buffer);
}
