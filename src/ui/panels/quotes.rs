//! The quotes behind a number, with their text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::panels::{LaidQuote, Quotes};
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
    if quotes.laid.is_empty() {
        paint::text(view, buffer, lines, "no quotes in this group", view.theme.dim);
        return;
    }
    let mut y = 0;
    for (index, quote) in quotes.laid.iter().enumerate() {
        let shown = quotes.rows_shown(index);
        for line in 0..=shown {
            let at = usize::from(lines.y) + y;
            y += 1;
            let Some(at) = at.checked_sub(quotes.top) else { continue };
            let Ok(at) = u16::try_from(at) else { return };
            if at < lines.y {
                continue;
            }
            if at >= lines.bottom() {
                return;
            }
            let row = Rect { y: at, height: 1, ..lines };
            match line.checked_sub(1) {
                None => place(view, buffer, row, quote, quotes.open && index == quotes.chosen),
                Some(line) => {
                    let cut = line + 1 == shown && shown < quote.rows.len();
                    text(view, buffer, row, quote, line, cut);
                }
            }
        }
    }
}

/// Where a quote stands and who speaks, with its star and whether it must not be quoted.
fn place(view: &View<'_>, buffer: &mut Buffer, row: Rect, quote: &LaidQuote, chosen: bool) {
    let mark = if chosen { view.glyphs.cursor } else { " " };
    paint::text(view, buffer, row, mark, view.theme.strong);
    let star = if quote.starred { view.glyphs.star } else { " " };
    paint::text(view, buffer, Rect { x: row.x + 1, width: 1, ..row }, star, view.theme.star);
    let refused = if quote.refused { "!" } else { " " };
    paint::text(view, buffer, Rect { x: row.x + 2, width: 1, ..row }, refused, view.theme.star);
    let style = if chosen { view.theme.cursor_line } else { view.theme.speaker };
    let room = Rect { x: row.x + 3, width: row.width.saturating_sub(4), ..row };
    paint::text(view, buffer, room, &quote.place, style);
}

/// One row of a quote's text, with an ellipsis if more follows unseen.
fn text(view: &View<'_>, buffer: &mut Buffer, row: Rect, quote: &LaidQuote, line: usize, cut: bool) {
    let Some(held) = view.model.study.quotes().get(&quote.quote) else { return };
    let room = Rect { x: row.x + 3, width: row.width.saturating_sub(3), ..row };
    paint::wrapped_row(view, buffer, room, &held.text, quote.rows.get(line), cut);
}
