//! What was done, by whom and when.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::memos::filter_field;
use super::{View, paint};
use crate::app::timeline::TimelineRow;
use crate::text::counted;

/// Below this a window is narrow: when, and what was done.
const NARROW: u16 = 60;

/// A column: its heading, its width with the gap behind it, and what is in it.
type Column = (&'static str, u16, fn(&TimelineRow) -> String);

const COLUMNS: [Column; 4] = [
    ("number", 8, |row| row.entry.seq.to_string()),
    ("day", 11, |row| row.day.clone()),
    ("time", 6, |row| row.time.clone()),
    ("by", 9, |row| row.author.clone()),
];
const NARROW_COLUMNS: [Column; 2] = [("day", 11, |row| row.day.clone()), ("by", 6, |row| row.author.clone())];

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let timeline = &view.model.timeline;
    let cursor = header(view, Rect { y: body.y.saturating_sub(1), height: 1, ..body }, buffer);
    let columns: &[Column] = if body.width < NARROW { &NARROW_COLUMNS } else { &COLUMNS };
    let details = view.model.details_height();
    let list = Rect { height: body.height.saturating_sub(details), ..body };
    headings(view, columns, Rect { height: 1, ..list }, buffer);
    let rows = timeline.list.rows.iter().enumerate().skip(timeline.list.roll.top);
    for (y, (at, row)) in (list.y + 1..list.bottom()).zip(rows) {
        let area = Rect { y, height: 1, ..list };
        line(view, columns, row, at == timeline.list.roll.chosen, area, buffer);
    }
    if timeline.list.rows.is_empty() {
        let said = match (timeline.is_whole, timeline.list.filter.is_empty()) {
            (false, _) => "reading the history …",
            (true, true) => "Nothing was done yet.",
            (true, false) => {
                "No action matches: words of it, by:NAME, day:2026-11-29, day:2026-11 or day:today."
            }
        };
        paint::text(
            view,
            buffer,
            Rect { x: list.x + 1, y: list.y + 1, height: 1, ..list },
            said,
            view.theme.dim,
        );
    }
    if details > 0 {
        changes(view, Rect { y: list.bottom(), height: details, ..body }, buffer);
    }
    cursor
}

/// How many, and the filter. Gives back where the terminal's cursor belongs while it is typed.
fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) -> Option<Position> {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let timeline = &view.model.timeline;
    let mut words = counted(timeline.list.rows.len(), "action", "actions");
    if !timeline.is_whole {
        words.push_str(" so far");
    }
    let words = format!("{words} {} latest first", view.glyphs.dot);
    let used = paint::text(view, buffer, row, &words, view.theme.heading);
    let list = &timeline.list;
    filter_field(view, buffer, row, used, (&list.filter, list.filtering), "words, by:, day:, on:")
}

fn headings(view: &View<'_>, columns: &[Column], row: Rect, buffer: &mut Buffer) {
    let mut x = row.x + 1;
    for (heading, width, _) in columns {
        paint::text(
            view,
            buffer,
            Rect { x, width: width - 1, ..row }.intersection(row),
            heading,
            view.theme.column_head,
        );
        x += width;
    }
    let rest = Rect { x, width: row.right().saturating_sub(x), ..row };
    paint::text(view, buffer, rest, "what was done", view.theme.column_head);
}

fn line(
    view: &View<'_>,
    columns: &[Column],
    row: &TimelineRow,
    chosen: bool,
    area: Rect,
    buffer: &mut Buffer,
) {
    let style = paint::list_row(view, area, area.width, chosen, buffer);
    let mut x = area.x + 1;
    for (heading, width, words) in columns {
        let room = Rect { x, width: width - 1, ..area }.intersection(area);
        let shown = if *heading == "by" { style.patch(view.theme.speaker) } else { style };
        paint::text(view, buffer, room, &words(row), shown);
        x += width;
    }
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    let reason = row.entry.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    let undone = if row.undone { "taken back: " } else { "" };
    let style = if row.undone { style.patch(view.theme.dim) } else { style };
    paint::text(view, buffer, rest, &format!("{undone}{}{reason}", arrows(view, &row.entry.label)), style);
}

/// From what to what, with the arrow that this terminal has.
fn arrows(view: &View<'_>, words: &str) -> String {
    words.replace('→', view.glyphs.arrow)
}

/// What the chosen action changed.
fn changes(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let Some(details) = &view.model.timeline.details else { return };
    paint::rule(view, buffer, Rect { height: 1, ..area });
    if details.passage.is_some() {
        let words = format!(" {} goes to the passage ", view.model.keys_of("open_chosen"));
        let room = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        paint::text(view, buffer, room, &words, view.theme.dim);
    }
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
    let room = usize::from(area.height.saturating_sub(1));
    let hidden = details.lines.len().saturating_sub(room);
    let shown = if hidden > 0 { room.saturating_sub(1) } else { room };
    for (y, line) in (area.y + 1..area.bottom()).zip(details.lines.iter().take(shown)) {
        paint::text(view, buffer, Rect { y, ..inner }, &arrows(view, line), view.theme.text);
    }
    if hidden > 0 {
        let more = format!("and {} more", details.lines.len() - shown);
        paint::text(view, buffer, Rect { y: area.bottom() - 1, ..inner }, &more, view.theme.dim);
    }
    if details.lines.is_empty() {
        paint::text(view, buffer, Rect { y: area.y + 1, ..inner }, "reading …", view.theme.dim);
    }
}
