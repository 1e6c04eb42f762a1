//! The screen of memos on anything, found and filtered.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::memo::kind_words;
use super::{View, paint};
use crate::app::TextField;
use crate::app::memos::{MemoRow, Order};
use crate::app::wrap::cells;
use crate::study::{MemoKind, MemoOn};
use crate::text::clock_words;

/// Below this a window is narrow: what a memo is on, and how it begins.
const NARROW: u16 = 60;
/// From this on there is room for long names.
const WIDE: u16 = 120;

/// A column: its heading, its width with the gap behind it, and what is in it.
struct Column {
    heading: &'static str,
    width: u16,
    words: fn(&MemoRow) -> String,
}

const fn column(heading: &'static str, width: u16, words: fn(&MemoRow) -> String) -> Column {
    Column { heading, width, words }
}

const NARROW_COLUMNS: [Column; 1] = [column("on", 14, |row| row.thing.clone())];
const COLUMNS: [Column; 4] = [
    column("day", 11, |row| row.day.clone()),
    column("by", 7, |row| row.author.clone()),
    column("kind", 12, |row| kind_words(row.kind)),
    column("on", 18, |row| row.thing.clone()),
];
const WIDE_COLUMNS: [Column; 5] = [
    column("day", 12, |row| row.day.clone()),
    column("by", 12, |row| row.author.clone()),
    column("kind", 13, |row| kind_words(row.kind)),
    column("time", 10, time),
    column("on", 34, |row| row.thing.clone()),
];
/// Flags are sought by their time in the recording.
const FLAG_COLUMNS: [Column; 3] = [
    column("on", 12, |row| row.thing.clone()),
    column("time", 10, time),
    column("by", 7, |row| row.author.clone()),
];
const NARROW_FLAG_COLUMNS: [Column; 2] = [column("on", 9, |row| row.thing.clone()), column("time", 9, time)];

fn time(row: &MemoRow) -> String {
    row.time.map_or_else(String::new, clock_words)
}

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (memos, list) = (&view.model.memos, &view.model.memos.list);
    let cursor = header(view, Rect { y: body.y.saturating_sub(1), height: 1, ..body }, buffer);
    let only_flags = !list.rows.is_empty() && list.rows.iter().all(|row| row.kind == MemoKind::CheckAudio);
    let columns: &[Column] = match (only_flags, body.width) {
        (true, ..NARROW) => &NARROW_FLAG_COLUMNS,
        (true, ..WIDE) => &FLAG_COLUMNS,
        (false, ..NARROW) => &NARROW_COLUMNS,
        (false, ..WIDE) => &COLUMNS,
        _ => &WIDE_COLUMNS,
    };
    let rows = Rect { height: body.height.saturating_sub(memos.preview.height), ..body };
    headings(view, columns, Rect { height: 1, ..rows }, buffer);
    for (y, (at, row)) in (rows.y + 1..rows.bottom()).zip(list.rows.iter().enumerate().skip(list.roll.top)) {
        line(view, columns, row, at == list.roll.chosen, Rect { y, height: 1, ..rows }, buffer);
    }
    if list.rows.is_empty() {
        nothing(view, rows, buffer);
    } else {
        preview(view, Rect { y: rows.bottom(), height: memos.preview.height, ..body }, buffer);
    }
    cursor
}

/// What the chosen memo is, where the columns are too narrow to say so.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let Some(chosen) = view.model.memos.list.row() else { return };
    let dot = view.glyphs.dot;
    let drafted = view.model.drafts.contains_key(&format!("memo:{}", chosen.id));
    let draft = if drafted { format!(" {dot} changed, not saved") } else { String::new() };
    let words = format!(
        "{} {dot} {} {dot} {} {dot} on {}{draft}",
        kind_words(chosen.kind),
        chosen.author,
        chosen.day,
        chosen.thing
    );
    paint::text(view, buffer, row, &words, view.theme.dim);
}

fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) -> Option<Position> {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let (memos, list) = (&view.model.memos, &view.model.memos.list);
    let (rows, all) = (list.rows.len(), view.model.study.memos().len());
    let word = if all == 1 { "memo" } else { "memos" };
    let count = if rows == all { format!("{all} {word}") } else { format!("{rows} of {all} {word}") };
    let order = match memos.order {
        Order::Newest => "latest first",
        Order::Place => "by place",
        Order::Kind => "by kind",
        Order::Author => "by author",
    };
    let words = format!("{count} {} {order}", view.glyphs.dot);
    let used = paint::text(view, buffer, row, &words, view.theme.heading);
    filter_field(view, buffer, row, used, (&list.filter, list.filtering), "words, kind:, by:, on:")
}

/// The filter of a list behind `used` columns of its header, if there is one. Gives back where the terminal's cursor
/// belongs while it is typed.
pub(super) fn filter_field(
    view: &View<'_>,
    buffer: &mut Buffer,
    row: Rect,
    mut used: u16,
    (filter, typing): (&TextField, bool),
    hint: &str,
) -> Option<Position> {
    if !typing && filter.is_empty() {
        return None;
    }
    let rest = |used: u16| Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    used += paint::text(view, buffer, rest(used), &format!(" {} filter: ", view.glyphs.dot), view.theme.dim);
    paint::field(view, buffer, rest(used), filter, hint).filter(|_| typing)
}

fn headings(view: &View<'_>, columns: &[Column], row: Rect, buffer: &mut Buffer) {
    let mut x = row.x + 1;
    for column in columns {
        let area = Rect { x, width: column.width - 1, ..row };
        paint::text(view, buffer, area, column.heading, view.theme.column_head);
        x += column.width;
    }
    let rest = Rect { x, width: row.right().saturating_sub(x), ..row };
    paint::text(view, buffer, rest, "begins", view.theme.column_head);
}

fn line(view: &View<'_>, columns: &[Column], row: &MemoRow, chosen: bool, area: Rect, buffer: &mut Buffer) {
    let style = paint::list_row(view, area, area.width, chosen, buffer);
    let mut x = area.x + 1;
    for column in columns {
        let room = Rect { x, width: column.width - 1, ..area };
        let shown = if column.heading == "on" { style.patch(view.theme.speaker) } else { style };
        paint::text(view, buffer, room, &(column.words)(row), shown);
        x += column.width;
    }
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    paint::text(view, buffer, rest, &row.words, style);
}

fn nothing(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let filter = model.memos.list.filter.text();
    let said = match (model.complete, filter) {
        (false, _) => vec![String::from("reading the study …")],
        (true, "") => vec![
            format!("No memos yet: {} writes one on the study.", model.keys_of("write_study_memo")),
            String::from("In a transcript, m writes one on the passage."),
        ],
        (true, "kind:check_audio") => vec![
            String::from("No passage is flagged “check the audio”."),
            String::from("In a transcript, F flags the passage under the cursor."),
        ],
        (true, _) => vec![String::from("No memo matches.")],
    };
    for (y, line) in (area.y + 1..area.bottom()).zip(said) {
        paint::text(view, buffer, Rect { x: area.x + 1, y, ..area }, &line, view.theme.dim);
    }
}

/// The chosen memo: a rule, what it is on, and its text with its links.
fn preview(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let Some(memo) = model.memos.list.row().and_then(|row| model.study.memos().get(&row.id)) else { return };
    if area.height < 3 {
        return;
    }
    paint::rule(view, buffer, Rect { height: 1, ..area });
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let on = match &memo.on {
        MemoOn::Quote(id) => {
            let quote = model.study.quotes().get(id).map_or("", |quote| &quote.text);
            let words: String = quote.chars().take(usize::from(area.width)).collect();
            format!("{}: “{}”", model.thing_words(&memo.on), words.replace('\n', " "))
        }
        on => model.thing_words(on),
    };
    paint::text(view, buffer, Rect { y: area.y + 1, height: 1, ..inner }, &on, view.theme.dim);
    let preview = &model.memos.preview;
    let shown = preview.rows.rows().iter().skip(preview.top);
    for (y, row) in (area.y + 2..area.bottom()).zip(shown) {
        text_row(view, &memo.text, row.clone(), Rect { y, height: 1, ..inner }, buffer);
    }
}

fn text_row(view: &View<'_>, text: &str, row: Range<usize>, area: Rect, buffer: &mut Buffer) {
    let links = &view.model.memos.preview.links;
    let mut x = area.x;
    for cell in cells(text.get(row.clone()).unwrap_or_default()) {
        let width = u16::try_from(cell.width).unwrap_or(1);
        if x + width > area.right() {
            break;
        }
        let at = row.start + cell.at;
        let linked = links.iter().any(|link| link.at.contains(&at));
        let style = if linked { view.theme.text.add_modifier(Modifier::UNDERLINED) } else { view.theme.text };
        buffer.set_stringn(x, area.y, paint::safe(view, cell.shown), cell.width, style);
        x += width;
    }
}
