//! The desk of a cell: its evidence, and the summary that is written of it.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::Area;
use crate::app::matrix::{Desk, desk_split};
use crate::app::panels::LaidQuote;
use crate::app::wrap::cells;
use crate::ui::memo;
use crate::ui::{View, paint, rect};

pub(super) fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let Some(desk) = &model.matrix.desk else { return };
    let way = if model.matrix.along { "along the row" } else { "down the column" };
    let way = format!("{way} ({})", model.keys_of("turn_reading"));
    let quotes = match desk.laid.len() {
        0 => String::from("nothing is said here"),
        all => format!("quote {} of {all}", desk.roll.chosen + 1),
    };
    let has_memo = model.matrix.memos.has_cell(desk.case, &desk.topic);
    let memo = if has_memo { format!(" {}", view.glyphs.memo) } else { String::new() };
    let name = format!("{}{memo}", model.cell_name(desk.case, &desk.topic));
    let pieces = [
        (Cow::Owned(name), view.theme.heading),
        (Cow::Owned(format!(" {0} {quotes} {0} {way}", view.glyphs.dot)), view.theme.dim),
    ];
    paint::pieces(view, buffer, row, &pieces);
}

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let desk = view.model.matrix.desk.as_ref()?;
    let body = Area { x: body.x, y: body.y, width: body.width, height: body.height };
    let (evidence, editor) = desk_split(body, desk.writing);
    quotes(view, desk, rect(evidence), buffer);
    if editor.x > 0 {
        for y in editor.y..editor.y + editor.height {
            let rule = Rect { x: editor.x - 1, y, width: 1, height: 1 };
            paint::text(view, buffer, rule, view.glyphs.vertical, view.theme.border);
        }
    }
    summary(view, desk, rect(editor), buffer)
}

/// The evidence, and below it what others wrote.
fn quotes(view: &View<'_>, desk: &Desk, area: Rect, buffer: &mut Buffer) {
    let mut line = 0;
    // A line of all there is, if it is in sight.
    let mut next = || {
        let at = line;
        line += 1;
        let at =
            u16::try_from(usize::from(area.y) + at).ok()?.checked_sub(u16::try_from(desk.roll.top).ok()?)?;
        (area.y..area.bottom()).contains(&at).then_some(Rect { y: at, height: 1, ..area })
    };
    for (index, quote) in desk.laid.iter().enumerate() {
        let chosen = index == desk.roll.chosen;
        if let Some(row) = next() {
            place(view, desk, quote, chosen, row, buffer);
        }
        let around = desk.around_chosen().filter(|_| chosen);
        let shown = desk.rows_shown(index);
        for at in 0..shown {
            let Some(row) = next() else { continue };
            match around {
                Some(around) => {
                    let range = around.rows.get(at).cloned().unwrap_or_default();
                    parted(view, &around.text, range, &around.own, row, buffer);
                }
                None => {
                    let text = view.model.study.quotes().get(&quote.quote).map_or("", |quote| &quote.text);
                    let range = quote.rows.get(at).cloned().unwrap_or_default();
                    let cut = at + 1 == shown && shown < quote.rows.len();
                    words(view, text, range, cut, row, buffer);
                }
            }
        }
    }
    for other in &desk.others {
        if let Some(row) = next() {
            let row = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
            paint::text(view, buffer, row, &format!("summary of {}", other.head), view.theme.heading);
        }
        let text = view.model.study.summaries().get(&other.id).map_or("", |summary| &summary.text);
        for range in &other.rows {
            if let Some(row) = next() {
                words(view, text, range.clone(), false, row, buffer);
            }
        }
    }
    if desk.laid.is_empty() && desk.others.is_empty() {
        let row = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        paint::text(view, buffer, row, "This case says nothing on it.", view.theme.dim);
    }
}

/// Where a quote stands, who speaks, its codes, its star, whether it must not be quoted, and whether the summary rests on it.
fn place(view: &View<'_>, desk: &Desk, quote: &LaidQuote, chosen: bool, row: Rect, buffer: &mut Buffer) {
    let mark = if chosen { view.glyphs.cursor } else { " " };
    paint::text(view, buffer, row, mark, view.theme.strong);
    let linked = if desk.is_linked(quote.quote) { view.glyphs.tick } else { " " };
    paint::text(view, buffer, Rect { x: row.x + 1, width: 1, ..row }, linked, view.theme.saved);
    let star = if quote.starred { view.glyphs.star } else { " " };
    paint::text(view, buffer, Rect { x: row.x + 2, width: 1, ..row }, star, view.theme.star);
    let refused = if quote.refused { "!" } else { " " };
    paint::text(view, buffer, Rect { x: row.x + 3, width: 1, ..row }, refused, view.theme.star);
    let style = if chosen && !desk.writing { view.theme.cursor_line } else { view.theme.speaker };
    let room = Rect { x: row.x + 4, width: row.width.saturating_sub(5), ..row };
    paint::text(view, buffer, room, &quote.place, style);
}

/// A row of words, with an ellipsis if more follows unseen.
fn words(view: &View<'_>, text: &str, range: Range<usize>, cut: bool, row: Rect, buffer: &mut Buffer) {
    let room = Rect { x: row.x + 4, width: row.width.saturating_sub(4), ..row };
    paint::wrapped_row(view, buffer, room, text, Some(&range), cut);
}

/// A row of a quote in what stands around it, which is dimmer than the quote.
fn parted(
    view: &View<'_>,
    text: &str,
    range: Range<usize>,
    own: &Range<usize>,
    row: Rect,
    buffer: &mut Buffer,
) {
    let shown = |part: Range<usize>| -> Cow<'_, str> {
        let part = text.get(part).unwrap_or_default();
        Cow::Owned(cells(part).map(|cell| cell.shown).collect())
    };
    let (start, end) = (own.start.clamp(range.start, range.end), own.end.clamp(range.start, range.end));
    let pieces = [
        (shown(range.start..start), view.theme.dim),
        (shown(start..end), view.theme.strong),
        (shown(end..range.end), view.theme.dim),
    ];
    let room = Rect { x: row.x + 4, width: row.width.saturating_sub(4), ..row };
    paint::pieces(view, buffer, room, &pieces);
}

/// The summary, below a line that says whose it is.
fn summary(view: &View<'_>, desk: &Desk, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let model = view.model;
    let held = model.study.summary_of(model.me.id, desk.case, &desk.topic);
    let dot = view.glyphs.dot;
    let unwritten = if model.is_kept_back(desk.case, &desk.topic) { "kept back" } else { "not written yet" };
    let state = held.map_or(unwritten, |held| held.state.name());
    let stale = held.is_some()
        && model.matrix.cell().is_some_and(|cell| cell.state == crate::analysis::CellState::Stale);
    let changed = if desk.field.text().trim_end() == desk.began.trim_end() { "" } else { ", changed" };
    // A link to a quote that is hidden meanwhile leads nowhere.
    let linked = match desk.linked.iter().filter(|quote| model.study.quotes().has(quote)).count() {
        0 => String::from("no quote linked"),
        1 => String::from("1 quote linked"),
        many => format!("{many} quotes linked"),
    };
    let stale = if stale { ", stale" } else { "" };
    let title = format!(" summary of {} {dot} {state}{stale}{changed} {dot} {linked} ", model.me.name);
    let row = Rect { height: 1, ..area };
    paint::rule(view, buffer, row);
    let style = if desk.writing { view.theme.heading } else { view.theme.dim };
    let saves = if desk.writing { format!(" {} saves ", model.keys_of("cancel")) } else { String::new() };
    let end = paint::text_right(view, buffer, row, &saves, view.theme.dim);
    let room = Rect { x: row.x + 1, width: end.saturating_sub(row.x + 1), ..row };
    paint::text(view, buffer, room, &title, style);
    let lines = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    memo::text(view, (&desk.field, &desk.rows, desk.top), lines, buffer).filter(|_| desk.writing)
}
