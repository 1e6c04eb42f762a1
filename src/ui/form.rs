//! A form: a field each for what is known of a thing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::codebook::{Form, FormField, FormValue, LABEL};
use crate::app::wrap::cells;

pub(super) fn draw(view: &View<'_>, form: &Form, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let head = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
    paint::clear(view, buffer, Rect { y: head.y, height: area.height + 1, ..area });
    let title = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..head };
    paint::text(view, buffer, title, &form.title, view.theme.heading);
    let mut cursor = None;
    let mut line = 0;
    for (index, field) in form.fields.iter().enumerate() {
        for at in 0..field.height() {
            let range = field.rows.rows().get(at).cloned().unwrap_or_default();
            let y = row_of(form, area, line);
            line += 1;
            let Some(y) = y else { continue };
            let row = Rect { y, height: 1, ..area };
            let chosen = index == form.chosen;
            if at == 0 {
                label(view, field, chosen, row, buffer);
            }
            let value = Rect { x: row.x + 1 + LABEL, width: row.width.saturating_sub(LABEL + 2), ..row };
            show(view, field, range.clone(), chosen, value, buffer);
            if chosen && at == form.cursor_row() {
                cursor = column(form, range.start)
                    .map(|column| Position { x: (value.x + column).min(value.right()), y });
            }
        }
    }
    cursor
}

/// The row of the window that a line of the form stands in.
fn row_of(form: &Form, area: Rect, line: usize) -> Option<u16> {
    let offset = u16::try_from(line.checked_sub(form.top)?).ok()?;
    Some(area.y + offset).filter(|y| *y < area.bottom())
}

fn label(view: &View<'_>, field: &FormField, chosen: bool, row: Rect, buffer: &mut Buffer) {
    let style = if chosen { view.theme.strong } else { view.theme.dim };
    if chosen {
        paint::text(view, buffer, Rect { width: 1, ..row }, view.glyphs.cursor, view.theme.strong);
    }
    paint::text(view, buffer, Rect { x: row.x + 1, width: LABEL - 1, ..row }, field.name, style);
}

fn show(
    view: &View<'_>,
    field: &FormField,
    range: std::ops::Range<usize>,
    chosen: bool,
    row: Rect,
    buffer: &mut Buffer,
) {
    match &field.value {
        FormValue::Line(text) | FormValue::Text(text) if text.is_empty() => {
            paint::text(view, buffer, row, field.hint, view.theme.placeholder);
        }
        FormValue::Line(text) | FormValue::Text(text) => {
            let words = text.text().get(range).unwrap_or_default();
            let shown: String = cells(words).map(|cell| cell.shown).collect();
            paint::text(view, buffer, row, &shown, view.theme.field);
        }
        FormValue::Choice { options, chosen: at } => {
            let words = options.get(*at).map_or("", |(shown, _)| shown);
            let style = if chosen { view.theme.cursor_line } else { view.theme.field };
            let shown = if chosen { format!("< {words} >") } else { words.to_owned() };
            paint::text(view, buffer, row, &shown, style);
        }
    }
}

/// The column of the cursor in its row.
fn column(form: &Form, from: usize) -> Option<u16> {
    let field = form.field()?;
    let before = field.text().get(from..field.cursor())?;
    u16::try_from(cells(before).map(|cell| cell.width).sum::<usize>()).ok()
}
