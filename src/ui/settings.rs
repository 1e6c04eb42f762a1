//! The screen of what `study.toml` says, and where to change it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::settings::{SettingRow, label_width};

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let settings = &view.model.settings;
    let header =
        Rect { x: body.x + 1, y: body.y.saturating_sub(1), height: 1, width: body.width.saturating_sub(2) };
    match &settings.wrong {
        Some(wrong) => paint::text(view, buffer, header, wrong, view.theme.error),
        None => {
            let said =
                format!("Settings {} edit them in study.toml, the program never writes it", view.glyphs.dot);
            paint::text(view, buffer, header, &said, view.theme.heading)
        }
    };
    let chosen = settings.extent();
    for (y, (at, row)) in (body.y..body.bottom()).zip(settings.rows.iter().enumerate().skip(settings.top)) {
        line(view, row, chosen.contains(&at), Rect { y, height: 1, ..body }, buffer);
    }
    None
}

fn line(view: &View<'_>, row: &SettingRow, chosen: bool, area: Rect, buffer: &mut Buffer) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let (label, value, place) = match row {
        SettingRow::Heading(text) => {
            paint::text(view, buffer, inner, text, view.theme.heading);
            return;
        }
        SettingRow::Said { label, value, key, line } => {
            let place = match line {
                Some(line) => format!("{key}, line {line}"),
                None => format!("{key}, not set"),
            };
            (label.as_str(), value, place)
        }
        SettingRow::Fact { label, value, .. } => (*label, value, String::new()),
        SettingRow::FactGoesOn(value) => ("", value, String::new()),
        SettingRow::More { label, hidden } => (*label, &more(*hidden), String::new()),
    };
    let style = match row {
        // The mark stands before the first line alone.
        SettingRow::FactGoesOn(_) if chosen => {
            buffer.set_style(inner, view.theme.cursor_line);
            view.theme.cursor_line
        }
        _ => paint::list_row(view, area, inner.width, chosen, buffer),
    };
    let first = label_width(area.width);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
    paint::text(view, buffer, Rect { width: first.saturating_sub(1), ..inner }, label, style);
    let rest = Rect { x: inner.x + first, width: inner.width.saturating_sub(first), ..inner };
    // A key stands at the right where the value leaves room for it.
    let fits = paint::width(value) + paint::width(&place) + 2 <= rest.width;
    paint::text(view, buffer, rest, value, style.patch(view.theme.strong));
    if fits {
        let dim = if chosen { style } else { view.theme.dim };
        paint::text_right(view, buffer, rest, &place, dim);
    }
}

fn more(hidden: usize) -> String {
    match hidden {
        0 => "that is all; Enter shows the first ones alone".to_owned(),
        hidden => format!("and {hidden} more; Enter shows them all"),
    }
}

/// Key and line of the chosen row, where there may be no room for them in it.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let settings = &view.model.settings;
    let said = match settings.rows.get(settings.place()) {
        Some(SettingRow::Said { key, line: Some(line), .. }) => format!("`{key}`, study.toml line {line}"),
        Some(SettingRow::Said { key, line: None, value, .. }) => {
            format!("`{key}` is not set in study.toml: {value}")
        }
        Some(SettingRow::Fact { line: Some(line), .. }) => format!("study.toml line {line}"),
        Some(SettingRow::Fact { value, .. }) => value.clone(),
        Some(SettingRow::More { hidden, .. }) => more(*hidden),
        _ => return,
    };
    paint::text(view, buffer, row, &said, view.theme.dim);
}
