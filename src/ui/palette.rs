//! The list of all commands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::command::Palette;

pub(super) fn draw(view: &View<'_>, palette: &Palette, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let inner = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    paint::popup(view, buffer, inner);
    let row = |y: u16| Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(2), height: 1 };
    let cursor = paint::field(view, buffer, row(inner.y), &palette.field, "type to search all commands");
    let rows = usize::from(inner.height.saturating_sub(1));
    let first = (palette.chosen + 1).saturating_sub(rows);
    let keys = palette.rows.iter().map(|row| paint::width(&row.keys)).max().unwrap_or(0).min(inner.width / 3);
    for (y, (at, entry)) in (inner.y + 1..).zip(palette.rows.iter().enumerate().skip(first).take(rows)) {
        let row = row(y);
        let chosen = at == palette.chosen;
        let style = match (chosen, entry.live) {
            (true, _) => view.theme.cursor_line,
            (false, true) => view.theme.text,
            (false, false) => view.theme.dim,
        };
        if chosen {
            buffer.set_style(row, style);
        }
        paint::text(
            view,
            buffer,
            Rect { width: keys, ..row },
            &entry.keys,
            if chosen { style } else { view.theme.hint_key },
        );
        let rest = Rect { x: row.x + keys + 2, width: row.width.saturating_sub(keys + 2), ..row };
        let name = paint::width(entry.command.name) + 2;
        let room = rest.width.checked_sub(name).filter(|room| *room >= 24);
        let title = Rect { width: room.unwrap_or(rest.width), ..rest };
        paint::text(view, buffer, title, entry.command.title, style);
        if room.is_none() {
            continue;
        }
        paint::text_right(
            view,
            buffer,
            rest,
            entry.command.name,
            if chosen { style } else { view.theme.dim },
        );
    }
    cursor
}
