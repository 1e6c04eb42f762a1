//! The search screen: the query, what came of it, and the hits by transcript.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::search::{Hit, HitLine, HitText, ListLine, place_columns, within};
use crate::app::wrap::{cells, wrap};
use crate::text::Span;

/// In front of the query.
const LABEL: &str = " find ";

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let search = &view.model.search;
    let query = Rect { y: body.y.saturating_sub(1), height: 1, ..body };
    let style = if search.typing { view.theme.strong } else { view.theme.dim };
    let label = paint::text(view, buffer, query, LABEL, style);
    let field = Rect { x: body.x + label, width: body.width.saturating_sub(label + 1), ..query };
    let cursor = paint::field(view, buffer, field, &search.field, "a word, a \"phrase\", code:time …");
    let above = view.model.search_rows_above();
    let list = Rect { y: body.y + above, height: body.height.saturating_sub(above), ..body };
    if let Some((sentence, at)) = view.model.search_failure() {
        if let Some(at) = at {
            caret(view, buffer, Rect { y: body.y, ..field }, at.range());
        }
        sentences(view, buffer, list, sentence);
    } else {
        let summary = Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: 1, ..body };
        sums(view, buffer, summary, above);
        match &search.answer {
            None if search.field.is_empty() => advice(view, buffer, list),
            _ => hits(view, buffer, list),
        }
    }
    if search.typing { cursor } else { None }
}

/// What came of the query and who says it; in a review, how far it has come.
fn sums(view: &View<'_>, buffer: &mut Buffer, row: Rect, rows: u16) {
    let model = view.model;
    if model.search.reviewing.is_some() {
        let used = paint::text(view, buffer, row, "review ", view.theme.heading);
        let rest = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
        paint::text(view, buffer, rest, &model.review_summary(), view.theme.strong);
        let place = model.hit_address().unwrap_or_default();
        paint::text_right(view, buffer, row, &place, view.theme.dim);
        return;
    }
    paint::text(view, buffer, row, &model.search_summary(), view.theme.dim);
    let Some(groups) = model.groups_summary() else { return };
    if model.groups_fit_beside() {
        paint::text_right(view, buffer, row, &groups, view.theme.dim);
    } else if rows > 1 {
        paint::text(view, buffer, Rect { y: row.y + 1, ..row }, &groups, view.theme.dim);
    }
}

/// In the line that answers keys: what the chosen hit is coded with.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    if let Some(detail) = view.model.hit_detail() {
        paint::text(view, buffer, row, &detail, view.theme.dim);
    }
}

/// Marks below the part of the query that a sentence is about. `below` is the row below the field.
fn caret(view: &View<'_>, buffer: &mut Buffer, below: Rect, at: std::ops::Range<usize>) {
    let query = view.model.search.field.text();
    let before = paint::width(&paint::safe(view, query.get(..at.start).unwrap_or(query)));
    let marked = query.get(at).map_or(1, paint::width).max(1);
    if before < below.width {
        let room = Rect { x: below.x + before, width: below.width - before, ..below };
        let marks = "^".repeat(usize::from(marked.min(room.width)));
        paint::text(view, buffer, room, &marks, view.theme.error);
    }
}

fn sentences(view: &View<'_>, buffer: &mut Buffer, area: Rect, sentence: &str) {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let rows = wrap(sentence, usize::from(area.width));
    for (y, range) in (area.y..area.bottom()).zip(rows) {
        let text = sentence.get(range).unwrap_or_default().trim_end();
        paint::text(view, buffer, Rect { y, height: 1, ..area }, text, view.theme.warning);
    }
}

/// What can be typed.
fn advice(view: &View<'_>, buffer: &mut Buffer, area: Rect) {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    for (y, line) in (area.y..area.bottom()).zip(view.model.search_advice()) {
        paint::text(view, buffer, Rect { y, height: 1, ..area }, line, view.theme.dim);
    }
}

fn hits(view: &View<'_>, buffer: &mut Buffer, area: Rect) {
    let search = &view.model.search;
    let Some(answer) = &search.answer else { return };
    let passage = view.model.hit_passage().filter(|_| !search.typing).map(|(spot, _)| spot.span);
    for (y, line) in (area.y..area.bottom()).zip(&search.lines) {
        let row = Rect { y, height: 1, ..area };
        match line {
            ListLine::Transcript(heading) => {
                let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
                paint::text(view, buffer, row, heading, view.theme.heading);
            }
            ListLine::Hit(line) => {
                if let Some(hit) = answer.hits.get(line.hit) {
                    draw_hit(view, buffer, row, (hit, passage), line);
                }
            }
            ListLine::Around { place, text } => {
                let columns = place_columns(row.width);
                let at = Rect { x: row.x + 2, width: columns - 3, ..row };
                paint::text(view, buffer, at, place.as_deref().unwrap_or_default(), view.theme.dim);
                let at = Rect { x: row.x + columns, width: row.width.saturating_sub(columns), ..row };
                paint::text(view, buffer, at, text, view.theme.dim);
            }
        }
    }
}

/// One row of a hit: turn and speaker, then text with its matches. In the chosen one, the passage that would be coded is
/// shown as selected while the list has the keys.
fn draw_hit(
    view: &View<'_>,
    buffer: &mut Buffer,
    row: Rect,
    (hit, passage): (&Hit, Option<Span>),
    line: &HitLine,
) {
    let chosen = line.hit == view.model.search.chosen;
    let columns = place_columns(row.width);
    if let Some(place) = &line.place {
        let mark = if chosen { view.glyphs.cursor } else { " " };
        paint::text(view, buffer, row, mark, view.theme.strong);
        let style = if chosen { view.theme.cursor_line } else { view.theme.speaker };
        if view.model.search.is_marked(line.hit) {
            paint::text(
                view,
                buffer,
                Rect { x: row.x + 1, width: 1, ..row },
                view.glyphs.tick,
                view.theme.strong,
            );
        }
        let room = Rect { x: row.x + 2, width: columns - 3, ..row };
        paint::text(view, buffer, room, place, style);
    }
    let Some(HitText { text, matches }) = view.model.search.text_of(line.hit) else {
        let room = Rect { x: row.x + columns, width: 3, ..row };
        paint::text(
            view,
            buffer,
            room,
            if line.place.is_some() { view.glyphs.ellipsis } else { "" },
            view.theme.dim,
        );
        return;
    };
    let mut x = row.x + columns;
    if line.cut_before {
        paint::text(view, buffer, Rect { x: x - 1, width: 1, ..row }, cut(view), view.theme.dim);
    }
    for cell in cells(text.get(line.row.clone()).unwrap_or_default()) {
        let width = u16::try_from(cell.width).unwrap_or(1);
        if x + width > row.right() {
            break;
        }
        let at = line.row.start + cell.at;
        let selected = passage.filter(|_| chosen).is_some_and(|span| within(hit, span).contains(&at));
        let matched = matches.iter().any(|span| within(hit, *span).contains(&at));
        let style = match (matched, chosen) {
            (true, true) => view.theme.found_current,
            (true, false) => view.theme.found,
            (false, _) => view.theme.text,
        };
        let style = if selected { style.patch(view.theme.selection) } else { style };
        let shown = paint::safe(view, cell.shown);
        buffer.set_stringn(x, row.y, &shown, cell.width, style);
        x += width;
    }
    if line.cut_after && row.width > columns {
        let at = Rect { x: x.min(row.right() - 1), width: 1, ..row };
        paint::text(view, buffer, at, cut(view), view.theme.dim);
    }
}

/// One column that says that text is cut off there.
fn cut<'v>(view: &View<'v>) -> &'v str {
    if view.glyphs.ellipsis.len() == 3 && view.glyphs.ellipsis.is_ascii() {
        "."
    } else {
        view.glyphs.ellipsis
    }
}
