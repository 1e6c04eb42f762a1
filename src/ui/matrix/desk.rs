//! The desk of a cell: its evidence, and the summary that is written of it.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::Area;
use crate::app::laid_quotes::LaidQuote;
use crate::app::matrix::{Desk, desk_split};
use crate::app::wrap::cells;
use crate::ui::laid_quotes::{self, Look, row_at};
use crate::ui::memo;
use crate::ui::{View, paint, rect};

pub(super) fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let Some(desk) = &model.matrix.desk else { return };
    let way = if model.matrix.along { "along the row" } else { "down the column" };
    let way = format!("{way} ({})", model.keys_of("turn_reading"));
    let quotes = match desk.list.len() {
        0 => String::from("nothing is said here"),
        all => format!("quote {} of {all}", desk.list.chosen + 1),
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
    if desk.list.is_empty() && desk.others.is_empty() {
        let row = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        paint::text(view, buffer, row, "This case says nothing on it.", view.theme.dim);
        return;
    }
    let linked = |quote: &LaidQuote| {
        let glyph = if desk.is_linked(quote.quote) { view.glyphs.tick } else { " " };
        (glyph, view.theme.saved)
    };
    let fate = |quote: &LaidQuote| desk.fate_of(quote.quote).to_owned();
    let around = desk.around_chosen();
    let paint_around = |line: usize, row: Rect, buffer: &mut Buffer| {
        if let Some(around) = around {
            let range = around.rows.get(line).cloned().unwrap_or_default();
            parted(view, &around.text, range, &around.own, row, buffer);
        }
    };
    let look = Look {
        chosen: true,
        active: !desk.writing,
        column: Some(&linked),
        fate: Some(&fate),
        around: around.map(|around| (around.rows.len(), &paint_around as &dyn Fn(usize, Rect, &mut Buffer))),
    };
    let mut y = laid_quotes::draw(view, area, &desk.list, look, buffer);
    // What follows stands in sight only if the last quote does.
    let (first, _) = desk.list.first();
    if first + desk.list.in_sight.len() < desk.list.len() {
        return;
    }
    for other in &desk.others {
        if let Some(row) = row_at(area, y) {
            let row = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
            paint::text(view, buffer, row, &format!("summary of {}", other.head), view.theme.heading);
        }
        y += 1;
        let text = view.model.study.summaries().get(&other.id).map_or("", |summary| &summary.text);
        for range in &other.rows {
            if let Some(row) = row_at(area, y) {
                let room = Rect { x: row.x + 4, width: row.width.saturating_sub(4), ..row };
                paint::wrapped_row(view, buffer, room, text, Some(range), false);
            }
            y += 1;
        }
    }
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
    paint::pieces(view, buffer, row, &pieces);
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
    let is_relinked = held.map_or(&[][..], |held| held.quotes.as_slice()) != desk.linked;
    let is_changed = is_relinked || desk.field.text().trim_end() != desk.began.trim_end();
    let changed = if is_changed { ", changed" } else { "" };
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
