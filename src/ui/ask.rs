//! Questions: with yes or no, answered by a line, answered by a row of a list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::ask::{Chooser, Prompt};
use crate::app::layer::{Ask, Confirm};

pub(super) fn yes_or_no(view: &View<'_>, ask: &Ask, area: Rect, buffer: &mut Buffer) {
    let row = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: area.height.min(1), ..area };
    paint::text(view, buffer, row, &format!("{} y/n", ask.question), view.theme.strong);
}

/// What would be done, at length, and what to press.
pub(super) fn confirm(view: &View<'_>, confirm: &Confirm, area: Rect, buffer: &mut Buffer) {
    paint::popup(view, buffer, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area });
    let question = format!("{} y/n", confirm.question);
    let width = area.width.saturating_sub(2);
    let rows = crate::app::wrap::wrap(&question, usize::from(width));
    for (y, range) in (area.y + 1..area.bottom()).zip(rows) {
        let words = question.get(range).unwrap_or_default().trim_end();
        paint::text(view, buffer, Rect { x: area.x + 1, y, width, height: 1 }, words, view.theme.strong);
    }
}

pub(super) fn prompt(view: &View<'_>, prompt: &Prompt, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let last = area.bottom().checked_sub(1).filter(|last| *last >= area.y)?;
    if area.height > 1 {
        paint::rule(view, buffer, Rect { height: 1, ..area });
    }
    question(view, &prompt.question, prompt.hint, &prompt.field, Rect { y: last, height: 1, ..area }, buffer)
}

pub(super) fn chooser(
    view: &View<'_>,
    chooser: &Chooser,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    if area.height < 2 {
        return None;
    }
    paint::popup(view, buffer, Rect { y: area.y + 1, height: area.height - 1, ..area });
    let line = Rect { height: 1, ..area };
    paint::clear(view, buffer, line);
    let cursor = question(view, &chooser.question, chooser.hint, &chooser.field, line, buffer);
    let rows = usize::from(area.height - 1);
    let first = (chooser.chosen + 1).saturating_sub(rows);
    let listed = chooser.rows.iter().filter_map(|at| chooser.choices.get(*at)).enumerate();
    for (y, (at, choice)) in (area.y + 1..area.bottom()).zip(listed.skip(first)) {
        let row = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        let chosen = at == chooser.chosen;
        let style = if chosen { view.theme.cursor_line } else { view.theme.text };
        if chosen {
            buffer.set_style(row, style);
        }
        let dim = if chosen { style } else { view.theme.dim };
        // The words are what is chosen; what is said of them has the room that is left, and a third of the row at least.
        let left = row.width.saturating_sub(paint::width(&choice.words) + 2).max(row.width / 3);
        let detail = paint::fit(view, &choice.detail, left);
        let x = paint::text_right(view, buffer, row, &detail, dim);
        let room = Rect { width: x.saturating_sub(row.x + 1), ..row };
        paint::text(view, buffer, room, &choice.words, style);
    }
    cursor
}

fn question(
    view: &View<'_>,
    question: &str,
    hint: &str,
    field: &crate::app::TextField,
    row: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let used = paint::text(view, buffer, row, &format!("{question} > "), view.theme.strong);
    let rest = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    paint::field(view, buffer, rest, field, hint)
}
