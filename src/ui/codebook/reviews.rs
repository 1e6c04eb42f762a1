//! The queue of a coauthor's review: a row each, and below the chosen one all there is to know of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{advice, sign};
use crate::app::codebook::ReviewRow;
use crate::study::Decision;
use crate::ui::{View, paint};

/// Columns of what this coder decided.
const DECISION: u16 = 8;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.reviews.is_empty() {
        let said = "There is no theme and no code yet to review. Codes are made while coding, or here in the codebook.";
        return advice(view, body, &[said.to_owned()], buffer);
    }
    let mut line = 0;
    for (index, row) in book.reviews.iter().enumerate() {
        let chosen = index == book.list.chosen;
        let more = if chosen { book.told_of_review(index) } else { &[] };
        for part in 0..=more.len() {
            let at = line;
            line += 1;
            let Some(y) = usize::checked_sub(at, book.list.top).and_then(|at| u16::try_from(at).ok()) else {
                continue;
            };
            if y >= body.height {
                return;
            }
            let area = Rect { y: body.y + y, height: 1, ..body };
            match part.checked_sub(1).and_then(|part| more.get(part)) {
                None => head(view, area, row, chosen, buffer),
                Some(words) => {
                    let room = Rect { x: area.x + 4, width: area.width.saturating_sub(5), ..area };
                    paint::text(view, buffer, room, words, view.theme.text);
                }
            }
        }
    }
}

fn head(view: &View<'_>, area: Rect, row: &ReviewRow, chosen: bool, buffer: &mut Buffer) {
    let style = paint::list_row(view, area, area.width, chosen, buffer);
    let (glyph, sign_style) = sign(view, row.side);
    paint::text(view, buffer, Rect { x: area.x + 1, width: 1, ..area }, glyph, style.patch(sign_style));
    let own = row.own.map_or("", Decision::name);
    let right = Rect { x: area.x, width: area.width.saturating_sub(1), ..area };
    let own_room = Rect { x: right.right().saturating_sub(DECISION), width: DECISION, ..area };
    if !own.is_empty() {
        let mark = Rect { x: own_room.x.saturating_sub(2), width: 1, ..area };
        paint::text(view, buffer, mark, view.glyphs.vertical, style.patch(view.theme.border));
    }
    paint::text(view, buffer, own_room, own, style.patch(view.theme.strong));
    let others = [row.component.as_str(), row.others.as_str()];
    let others: Vec<&str> = others.into_iter().filter(|words| !words.is_empty()).collect();
    let others = others.join(&format!(" {} ", view.glyphs.dot));
    let room = Rect { x: area.x + 3, width: own_room.x.saturating_sub(area.x + 6), ..area };
    let others = paint::fit(view, &others, room.width * 3 / 5);
    let x = paint::text_right(view, buffer, room, &others, style.patch(view.theme.dim));
    let room = Rect { width: x.saturating_sub(room.x + 1), ..room };
    paint::text(view, buffer, room, &row.name, style);
}
