//! What a sequence can go on with, as soon as its first key is pressed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{View, paint};
use crate::app::FOOTER_ROWS;

/// Columns below which a key and what it does have no room.
const LEAST: u16 = 24;

/// Paints the popup above the footer, if a sequence is pending.
pub(super) fn draw(view: &View<'_>, buffer: &mut Buffer) {
    if view.model.pending.is_empty() {
        return;
    }
    let hints = view.model.continuations();
    let area = buffer.area;
    let keys = hints.iter().map(|hint| paint::width(&hint.keys)).max().unwrap_or(0);
    let texts = hints.iter().map(|hint| paint::width(&hint.text)).max().unwrap_or(0);
    let room = area.height.saturating_sub(FOOTER_ROWS + 1).max(1);
    let all = u16::try_from(hints.len()).unwrap_or(u16::MAX);
    // As many side by side as it takes to show them all, as long as there is room for what they do.
    let beside = all.div_ceil(room).clamp(1, (area.width / LEAST).max(1));
    let rows = all.div_ceil(beside).min(room);
    let width = (keys + texts + 4).min(area.width / beside);
    let inner = Rect {
        x: area.right() - width * beside,
        y: area.height - FOOTER_ROWS - rows,
        width: width * beside,
        height: rows,
    };
    paint::popup(view, buffer, inner);
    let hidden = all.saturating_sub(rows * beside);
    let shown = usize::from(if hidden > 0 { rows * beside - 1 } else { all });
    let columns = (0..beside).flat_map(|column| (0..rows).map(move |row| (column, row)));
    let mut places = columns.map(|(column, row)| Rect {
        x: inner.x + column * width + 1,
        y: inner.y + row,
        width: width - 1,
        height: 1,
    });
    for (hint, row) in hints.iter().take(shown).zip(places.by_ref()) {
        let (key, text) =
            if hint.live { (view.theme.hint_key, view.theme.text) } else { (view.theme.dim, view.theme.dim) };
        paint::text(view, buffer, row, &hint.keys, key);
        let text_at = Rect { x: row.x + keys + 1, width: row.width.saturating_sub(keys + 2), ..row };
        paint::text(view, buffer, text_at, &paint::fit(view, &hint.text, text_at.width), text);
    }
    if let Some(row) = places.next().filter(|_| hidden > 0) {
        let said = format!("{} {} more: ? in the help", view.glyphs.ellipsis, hidden + 1);
        paint::text(view, buffer, row, &paint::fit(view, &said, row.width), view.theme.dim);
    }
}
