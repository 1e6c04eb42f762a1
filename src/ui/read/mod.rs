//! Reading and coding: the header, the turns, the margin, and what is under the cursor.

mod aside;
mod detail;
mod header;
mod margin;
mod rows;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::read::Stripes;

pub(super) use detail::detail;
pub(super) use margin::{colour, shape};

/// Paints the screen. It has no text field, so it never has the terminal's cursor.
pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let Some(open) = &view.model.read.open else {
        let said = match (view.model.read.is_coming(), view.model.complete) {
            (true, _) => "reading the transcript …",
            (false, true) => "No transcript is open. Choose one under Transcripts (g t).",
            (false, false) => "reading the study …",
        };
        paint::text(view, buffer, Rect { x: body.x + 1, ..body }, said, view.theme.dim);
        return None;
    };
    aside::draw(view, open, super::rect(view.model.aside()), buffer);
    header::draw(view, open, Rect { y: body.y.saturating_sub(1), height: 1, ..body }, buffer);
    rows::draw(view, open, body, buffer);
    if open.columns.margin.1 > 0 {
        margin::draw(view, open, &Stripes::of(view.model, open), body, buffer);
    }
    None
}
