//! What a sequence can go on with, as soon as its first key is pressed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{View, paint};
use crate::app::FOOTER_ROWS;

/// Paints the popup above the footer, if a sequence is pending.
pub(super) fn draw(view: &View<'_>, buffer: &mut Buffer) {
    if view.model.pending.is_empty() {
        return;
    }
    let hints = view.model.continuations();
    let area = buffer.area;
    let keys = hints.iter().map(|hint| paint::width(&hint.keys)).max().unwrap_or(0);
    let texts = hints.iter().map(|hint| paint::width(&hint.text)).max().unwrap_or(0);
    let columns = (keys + texts + 4).min(area.width);
    let room = area.height.saturating_sub(FOOTER_ROWS + 1);
    let rows = u16::try_from(hints.len()).unwrap_or(u16::MAX).min(room);
    let inner =
        Rect { x: area.right() - columns, y: area.height - FOOTER_ROWS - rows, width: columns, height: rows };
    paint::popup(view, buffer, inner);
    for (y, hint) in (inner.y..inner.bottom()).zip(&hints) {
        let row = Rect { x: inner.x + 1, y, width: columns - 1, height: 1 };
        let (key, text) =
            if hint.live { (view.theme.hint_key, view.theme.text) } else { (view.theme.dim, view.theme.dim) };
        paint::text(view, buffer, row, &hint.keys, key);
        let text_at = Rect { x: row.x + keys + 1, width: row.width.saturating_sub(keys + 1), ..row };
        paint::text(view, buffer, text_at, &hint.text, text);
    }
}
