//! The versions of the codebook, and what differs between two of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::advice;
use crate::app::codebook::{Page, VersionLine};
use crate::ui::{View, paint};

/// The name of a version, if there is room.
const WIDEST_NAME: u16 = 40;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.versions.is_empty() {
        let said = match (book.lacks_past(), book.page) {
            (Some(said), _) => String::from(said),
            (_, Page::Comparison) => String::from("Nothing differs between them."),
            _ => String::from("No version yet."),
        };
        return advice(view, body, &[said], buffer);
    }
    let name = (body.width / 2).min(WIDEST_NAME);
    for (y, (at, line)) in (body.y..body.bottom()).zip(book.versions.iter().enumerate().skip(book.list.top)) {
        let area = Rect { y, height: 1, ..body };
        let style = paint::list_row(view, area, area.width, at == book.list.chosen, buffer);
        match line {
            VersionLine::Version { name: words, detail, .. } => {
                paint::text(view, buffer, Rect { x: area.x + 1, width: name, ..area }, words, style);
                let room = Rect { x: area.x + 2 + name, width: area.width.saturating_sub(name + 3), ..area };
                paint::text(view, buffer, room, detail, style);
            }
            VersionLine::Heading(words) => {
                let room = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
                paint::text(view, buffer, room, words, style.patch(view.theme.heading));
            }
            VersionLine::Difference { words, more } => {
                let indent = if *more { 5 } else { 3 };
                let room = Rect { x: area.x + indent, width: area.width.saturating_sub(indent + 1), ..area };
                paint::text(view, buffer, room, words, style);
            }
        }
    }
}
