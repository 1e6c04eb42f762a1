//! All keys of a screen, and the glossary.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::command::HelpTone;
use crate::app::layer::Help;

pub(super) fn draw(view: &View<'_>, help: &Help, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let inner = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    paint::popup(view, buffer, inner);
    let row = |y: u16| Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(2), height: 1 };
    let cursor = paint::field(view, buffer, row(inner.y), &help.field, "type to search in the help");
    let rows = view.model.help_rows(help, row(0).width);
    if rows.is_empty() {
        let said = "Nothing in the help says that: rub something out.";
        paint::text(view, buffer, row(inner.y + 1), said, view.theme.dim);
    }
    for (y, held) in (inner.y + 1..inner.bottom()).zip(rows.iter().skip(help.top)) {
        let row = row(y);
        let at = Rect { x: row.x + held.indent, width: row.width.saturating_sub(held.indent), ..row };
        let style = match held.tone {
            HelpTone::Heading => view.theme.heading,
            HelpTone::Entry => view.theme.text,
            HelpTone::More => view.theme.dim,
        };
        paint::text(view, buffer, at, &held.text, style);
    }
    cursor
}
