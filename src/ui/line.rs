//! The `:` line with what it could become.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::command::{self, Line};

pub(super) fn draw(view: &View<'_>, line: &Line, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.height == 0 {
        return None;
    }
    paint::popup(view, buffer, Rect { y: area.y + 1, height: area.height - 1, ..area });
    let rows = usize::from(area.height.saturating_sub(2));
    let chosen = line.chosen.unwrap_or(0);
    let first = (chosen + 1).saturating_sub(rows);
    for (y, (at, name)) in (area.y + 1..).zip(line.candidates.iter().enumerate().skip(first).take(rows)) {
        let row = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        let style = if Some(at) == line.chosen { view.theme.cursor_line } else { view.theme.text };
        let used = paint::text(view, buffer, row, name, style);
        if let Some(command) = command::find(name) {
            let rest = Rect { x: row.x + used + 2, width: row.width.saturating_sub(used + 2), ..row };
            paint::text(view, buffer, rest, command.title, view.theme.dim);
        }
    }
    if let Some(takes) = line.takes.filter(|_| line.candidates.is_empty() && rows > 0) {
        let row = Rect { x: area.x + 1, y: area.y + 1, width: area.width.saturating_sub(2), height: 1 };
        paint::text(view, buffer, row, takes, view.theme.dim);
    }
    let row = Rect { x: area.x + 1, y: area.bottom() - 1, width: area.width.saturating_sub(2), height: 1 };
    paint::text(view, buffer, row, ":", view.theme.strong);
    let field = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
    paint::field(view, buffer, field, &line.field, "a command, or I43:41; Tab completes")
}
