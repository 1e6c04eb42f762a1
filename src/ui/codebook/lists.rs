//! Quotes of a code, transcripts listed for it, and a split.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{advice, inset};
use crate::app::codebook::{Page, SplitDesk};
use crate::app::laid_quotes::LaidQuote;
use crate::study::{CodingId, Valence};
use crate::ui::laid_quotes::{self, Look};
use crate::ui::{View, paint};

pub(super) fn quotes(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.codings.is_empty() {
        let said = match (book.lacks_past(), book.page) {
            (Some(said), _) => String::from(said),
            (_, Page::Older) => {
                String::from("Nothing to review: every coding is younger than the definition.")
            }
            _ => String::from("Nothing is coded with it yet."),
        };
        return advice(view, body, &[said], buffer);
    }
    list(view, body, None, buffer);
}

/// The quotes in sight with what each coding says itself and, in a split, what becomes of it.
fn list(view: &View<'_>, area: Rect, split: Option<&SplitDesk>, buffer: &mut Buffer) {
    let valence = |laid: &LaidQuote| match laid.valence {
        Some(Valence::Barrier) => (view.glyphs.barrier, view.theme.barrier),
        Some(Valence::Facilitator) => (view.glyphs.facilitator, view.theme.facilitator),
        Some(Valence::Both) => (view.glyphs.both, view.theme.both),
        None => (" ", view.theme.text),
    };
    let fate = |laid: &LaidQuote| split.map(|split| fate(view, split, laid.coding)).unwrap_or_default();
    let look =
        Look { chosen: true, active: true, column: Some(&valence), fate: Some(&fate), ..Look::default() };
    laid_quotes::draw(view, area, &view.model.codebook.codings, look, buffer);
}

/// To which codes a coding is dealt, by their digits.
fn fate(view: &View<'_>, split: &SplitDesk, coding: Option<CodingId>) -> String {
    let Some(to) = coding.and_then(|coding| split.deals.get(&coding)) else { return String::from("stays") };
    let names = to.iter().filter_map(|at| split.targets.get(*at).map(|target| (at + 1, target)));
    let names: Vec<String> = names.map(|(n, target)| format!("{n} {}", target.name)).collect();
    format!("{} {}", view.glyphs.arrow, names.join(", "))
}

pub(super) fn transcripts(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.finished.is_empty() {
        let said = match book.lacks_past() {
            Some(said) => vec![String::from(said)],
            None => vec![
                String::from("No transcript was finished before there was this code."),
                String::from(
                    "One is finished when every turn of a participant is coded by you or marked as read.",
                ),
            ],
        };
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
    let below = Rect { y: body.y + head, height: body.height - head, ..body };
    list(view, below, Some(split), buffer);
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
