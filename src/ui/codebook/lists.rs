//! Quotes of a code, transcripts listed for it, and a split.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{advice, inset};
use crate::app::codebook::{LaidCoding, Page, SplitDesk};
use crate::study::Valence;
use crate::ui::{View, paint};

pub(super) fn quotes(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.codings.is_empty() {
        let said = match (book.is_coming(), book.page) {
            (true, _) => String::from("reading the history …"),
            (_, Page::Older) => {
                String::from("Nothing to review: every coding is younger than the definition.")
            }
            _ => String::from("Nothing is coded with it yet."),
        };
        return advice(view, body, &[said], buffer);
    }
    each_line(view, body, |index, laid, line, row| match line.checked_sub(1) {
        None => place(view, buffer, row, laid, index == book.list.chosen, ""),
        Some(line) => text(view, buffer, row, laid, line, line + 1 == book.rows_shown(index)),
    });
}

/// Calls with every line in sight: the quote, its place in the list, and which of its lines.
fn each_line<'v>(view: &View<'v>, area: Rect, mut paint: impl FnMut(usize, &'v LaidCoding, usize, Rect)) {
    let book = &view.model.codebook;
    let mut y = 0;
    for (index, laid) in book.codings.iter().enumerate() {
        for line in 0..=book.rows_shown(index) {
            let at = y;
            y += 1;
            let Some(offset) = usize::checked_sub(at, book.list.top) else { continue };
            let Some(at) = u16::try_from(offset).ok().map(|offset| area.y + offset) else { return };
            if at >= area.bottom() {
                return;
            }
            paint(index, laid, line, Rect { y: at, height: 1, ..area });
        }
    }
}

/// Where a quote stands and who speaks, with its star, whether it must not be quoted and, at the right, what becomes of it.
fn place(view: &View<'_>, buffer: &mut Buffer, row: Rect, laid: &LaidCoding, chosen: bool, fate: &str) {
    let mark = if chosen { view.glyphs.cursor } else { " " };
    paint::text(view, buffer, row, mark, view.theme.strong);
    let star = if laid.starred { view.glyphs.star } else { " " };
    paint::text(view, buffer, Rect { x: row.x + 1, width: 1, ..row }, star, view.theme.star);
    let (glyph, style) = match laid.valence {
        Some(Valence::Barrier) => (view.glyphs.barrier, view.theme.barrier),
        Some(Valence::Facilitator) => (view.glyphs.facilitator, view.theme.facilitator),
        Some(Valence::Both) => (view.glyphs.both, view.theme.both),
        None => (" ", view.theme.text),
    };
    paint::text(view, buffer, Rect { x: row.x + 2, width: 1, ..row }, glyph, style);
    let refused = if laid.refused { "!" } else { " " };
    paint::text(view, buffer, Rect { x: row.x + 3, width: 1, ..row }, refused, view.theme.star);
    let room = Rect { x: row.x + 4, width: row.width.saturating_sub(5), ..row };
    let fate = paint::fit(view, fate, room.width / 2);
    let x = paint::text_right(view, buffer, room, &fate, view.theme.strong);
    let room = Rect { width: x.saturating_sub(room.x + 1), ..room };
    let style = if chosen { view.theme.cursor_line } else { view.theme.speaker };
    paint::text(view, buffer, room, &laid.place, style);
}

/// One row of a quote's text, with an ellipsis if more follows unseen.
fn text(view: &View<'_>, buffer: &mut Buffer, row: Rect, laid: &LaidCoding, line: usize, last: bool) {
    let Some(held) = view.model.study.quotes().get(&laid.quote) else { return };
    let cut = last && line + 1 < laid.rows.len();
    let room = Rect { x: row.x + 4, width: row.width.saturating_sub(4), ..row };
    paint::wrapped_row(view, buffer, room, &held.text, laid.rows.get(line), cut);
}

pub(super) fn transcripts(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.finished.is_empty() {
        let mut said = vec![match book.is_coming() {
            true => String::from("reading the history …"),
            false => String::from("No transcript was finished before there was this code."),
        }];
        if !book.is_coming() {
            said.push(String::from(
                "One is finished when every turn of a participant is coded by you or marked as read.",
            ));
        }
        return advice(view, body, &said, buffer);
    }
    let widest = book.finished.iter().map(|row| paint::width(&row.name)).max().unwrap_or(0).clamp(6, 30);
    for (y, (at, row)) in (body.y..body.bottom()).zip(book.finished.iter().enumerate().skip(book.list.top)) {
        let area = Rect { y, height: 1, ..body };
        let style = paint::list_row(view, area, area.width, at == book.list.chosen, buffer);
        let name = Rect { x: area.x + 1, width: widest, ..area };
        paint::text(view, buffer, name, &row.name, style.patch(view.theme.speaker));
        let room = Rect { x: name.right() + 2, width: area.width.saturating_sub(widest + 4), ..area };
        let style = if row.has_code && at != book.list.chosen { view.theme.dim } else { style };
        paint::text(view, buffer, room, &row.detail, style);
    }
}

pub(super) fn split(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    let Some(split) = &book.split else { return };
    let head = u16::try_from(split.head_rows()).unwrap_or(1).min(body.height);
    targets(view, split, Rect { height: head, ..body }, buffer);
    let list = Rect { y: body.y + head, height: body.height - head, ..body };
    each_line(view, list, |index, laid, line, row| match line.checked_sub(1) {
        None => {
            let fate = match split.deals.get(&laid.coding) {
                None => Cow::Borrowed("stays"),
                Some(to) => {
                    let names =
                        to.iter().filter_map(|at| split.targets.get(*at).map(|target| (at + 1, target)));
                    let names: Vec<String> =
                        names.map(|(n, target)| format!("{n} {}", target.name)).collect();
                    Cow::Owned(format!("{} {}", view.glyphs.arrow, names.join(", ")))
                }
            };
            place(view, buffer, row, laid, index == book.list.chosen, &fate);
        }
        Some(line) => text(view, buffer, row, laid, line, line + 1 == book.rows_shown(index)),
    });
}

/// The codes that are dealt to with their digits, two beside each other, and a rule below them.
fn targets(view: &View<'_>, split: &SplitDesk, area: Rect, buffer: &mut Buffer) {
    let room = inset(area);
    let half = room.width / 2;
    for (at, target) in split.targets.iter().enumerate() {
        let Ok(line) = u16::try_from(at / 2) else { return };
        let right = at % 2 == 1;
        let x = if right { room.x + half } else { room.x };
        let cell = Rect { x, y: area.y + line, width: half.saturating_sub(1), height: 1 }.intersection(area);
        let used = paint::text(view, buffer, cell, &format!("{} ", at + 1), view.theme.hint_key);
        let count = match split.dealt_to(at) {
            0 => String::new(),
            count => format!(" ({count})"),
        };
        let new = if target.code.is_none() { "new: " } else { "" };
        let words = format!("{new}{}{count}", target.name);
        let rest = Rect { x: cell.x + used, width: cell.width.saturating_sub(used), ..cell };
        paint::text(view, buffer, rest, &words, view.theme.text);
    }
    if area.height > 1 {
        paint::rule(view, buffer, Rect { y: area.bottom() - 1, height: 1, ..area });
    }
}
