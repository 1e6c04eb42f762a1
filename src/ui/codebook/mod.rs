//! The codebook: the tree of codes, themes, quotes of a code, a split, versions.

mod lists;
mod reviews;
mod themes;
mod tree;
mod versions;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::codebook::{Page, tree_columns};
use crate::app::layer::Layer;
use crate::app::wrap::wrap;
use crate::study::Side;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let book = &view.model.codebook;
    let head = Rect { y: body.y.saturating_sub(1), height: 1, ..body };
    match book.page {
        Page::Tree => {
            let columns = tree_columns(body.width);
            let cursor = tree::header(view, head, buffer);
            tree::draw(view, Rect { width: columns, ..body }, buffer);
            if columns < body.width {
                let beside = Rect { x: body.x + columns, width: body.width - columns, ..body };
                tree::definition(view, beside, buffer);
            }
            cursor
        }
        Page::Themes => {
            header(view, head, &view.model.themes_title(), buffer);
            themes::draw(view, body, buffer);
            None
        }
        Page::Quotes | Page::Older => {
            header(view, head, &book.said, buffer);
            lists::quotes(view, body, buffer);
            None
        }
        Page::Finished => {
            header(view, head, &book.said, buffer);
            lists::transcripts(view, body, buffer);
            None
        }
        Page::Split => {
            header(view, head, &book.said, buffer);
            lists::split(view, body, buffer);
            None
        }
        Page::Versions | Page::Comparison => {
            header(view, head, &book.said, buffer);
            versions::draw(view, body, buffer);
            None
        }
        Page::Reviews => {
            header(view, head, &book.said, buffer);
            reviews::draw(view, body, buffer);
            None
        }
    }
}

/// What the chosen row leaves unsaid, in the line that answers keys.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    if matches!(view.model.layers.last(), Some(Layer::Form(_))) {
        return;
    }
    let detail = match view.model.codebook.page {
        Page::Tree => view.model.code_detail(),
        Page::Themes => view.model.theme_detail(),
        _ => None,
    };
    if let Some(detail) = detail {
        paint::text(view, buffer, row, &detail, view.theme.dim);
    }
}

/// What the page is of, and the reason that waits for the next change.
fn header(view: &View<'_>, row: Rect, title: &str, buffer: &mut Buffer) -> u16 {
    let row = inset(row);
    let mut room = row;
    if let Some(reason) = &view.model.codebook.reason {
        let words = format!("why: {reason}");
        let half = Rect { x: row.x + row.width / 2, width: row.width - row.width / 2, ..row };
        let x =
            paint::text_right(view, buffer, half, &paint::fit(view, &words, half.width), view.theme.warning);
        room.width = x.saturating_sub(row.x + 1);
    }
    paint::text(view, buffer, room, title, view.theme.heading)
}

/// Sentences one below the other, wrapped: what to do where there is nothing yet.
fn advice(view: &View<'_>, body: Rect, sentences: &[String], buffer: &mut Buffer) {
    let area = inset(body);
    let mut y = area.y + 1;
    for sentence in sentences {
        for range in wrap(sentence, usize::from(area.width.min(78))) {
            if y >= area.bottom() {
                return;
            }
            let text = sentence.get(range).unwrap_or_default().trim_end();
            paint::text(view, buffer, Rect { y, height: 1, ..area }, text, view.theme.text);
            y += 1;
        }
        y += 1;
    }
}

/// The sign of a side.
fn sign(view: &View<'_>, side: Option<Side>) -> (&'static str, ratatui::style::Style) {
    match side {
        Some(Side::Barrier) => (view.glyphs.barrier, view.theme.barrier),
        Some(Side::Facilitator) => (view.glyphs.facilitator, view.theme.facilitator),
        None => (" ", view.theme.text),
    }
}

/// Without a column at each end.
fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}
