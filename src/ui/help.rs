//! All keys of a screen, and the glossary.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{View, paint};
use crate::app::command::HelpLine;
use crate::app::layer::Help;

/// Columns for keys.
const KEYS: u16 = 16;

pub(super) fn draw(view: &View<'_>, help: &Help, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let inner = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    paint::popup(view, buffer, inner);
    let row = |y: u16| Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(2), height: 1 };
    let cursor = paint::field(view, buffer, row(inner.y), &help.field, "type to search in the help");
    let lines = lines(view, help, row(0).width);
    for (y, (indent, text, style)) in (inner.y + 1..inner.bottom()).zip(lines.iter().skip(help.top)) {
        let row = row(y);
        let at = Rect { x: row.x + indent, width: row.width.saturating_sub(*indent), ..row };
        paint::text(view, buffer, at, text, *style);
    }
    cursor
}

fn lines(view: &View<'_>, help: &Help, width: u16) -> Vec<(u16, String, Style)> {
    let theme = view.theme;
    let mut lines = Vec::new();
    for line in view.model.help_lines(&help.about, help.field.text()) {
        match line {
            HelpLine::Heading(text) => lines.push((0, text, theme.heading)),
            HelpLine::Keys { keys, title, help } => {
                let pad = usize::from(KEYS).saturating_sub(usize::from(paint::width(&keys))).max(1);
                lines.push((1, format!("{keys}{}{title}", " ".repeat(pad)), theme.text));
                wrap(&mut lines, help, width, theme.dim);
            }
            HelpLine::Term(term) => {
                lines.push((1, format!("{}: {}", term.ours, term.meaning), theme.text));
                let others = format!("NVivo {}; MAXQDA {}; ATLAS.ti {}", term.nvivo, term.maxqda, term.atlas);
                wrap(&mut lines, &others, width, theme.dim);
            }
        }
    }
    lines
}

fn wrap(lines: &mut Vec<(u16, String, Style)>, text: &str, width: u16, style: Style) {
    if text.is_empty() {
        return;
    }
    let indent = if width > 60 { KEYS + 1 } else { 3 };
    for row in crate::app::wrap::wrap(text, usize::from(width.saturating_sub(indent))) {
        if let Some(line) = text.get(row) {
            lines.push((indent, line.trim_end().to_owned(), style));
        }
    }
}
