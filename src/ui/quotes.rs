//! The quotes as a list: filtered, sorted, with as much around the chosen one as is wanted.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::memos::filter_field;
use super::{View, paint};
use crate::analysis::LISTED_LAYERS;
use crate::app::quotes::{PreviewRow, QuoteRow};
use crate::app::search::Failed;
use crate::text::{counted, thousands};

/// Below this a window has no room for who speaks and what a quote is listed under.
const NARROW: u16 = 60;
/// Columns that are kept for a filter, however short it is.
const FILTER_ROOM: usize = 32;
/// Stands before a filter, behind a dot.
const FILTER: &str = " filter: ";
/// From this on there is room for long names.
const WIDE: u16 = 120;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let quotes = &view.model.quotes;
    let cursor = header(view, Rect { y: body.y.saturating_sub(1), height: 1, ..body }, buffer);
    let rows = Rect { height: body.height.saturating_sub(quotes.preview.height), ..body };
    let columns = columns(view, rows.width);
    headings(view, &columns, Rect { height: 1, ..rows }, buffer);
    let list = &quotes.list;
    for (y, (at, row)) in (rows.y + 1..rows.bottom()).zip(list.rows.iter().enumerate().skip(list.roll.top)) {
        line(view, &columns, row, at == list.roll.chosen, Rect { y, height: 1, ..rows }, buffer);
    }
    if list.rows.is_empty() {
        nothing(view, rows, buffer);
    } else {
        preview(view, Rect { y: rows.bottom(), height: quotes.preview.height, ..body }, buffer);
    }
    cursor
}

/// Marks, place, who speaks, heading: columns with the gap behind them; 0 where there is none.
struct Columns {
    marks: u16,
    place: u16,
    who: u16,
    heading: u16,
}

fn columns(view: &View<'_>, width: u16) -> Columns {
    let quotes = &view.model.quotes;
    let headed = !quotes.basket && quotes.list.rows.iter().any(|row| !row.heading.is_empty());
    match width {
        0..NARROW => Columns { marks: 6, place: 9, who: 0, heading: 0 },
        NARROW..WIDE => Columns { marks: 6, place: 10, who: 7, heading: if headed { 20 } else { 0 } },
        _ => Columns { marks: 6, place: 12, who: 12, heading: if headed { 36 } else { 0 } },
    }
}

fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) -> Option<Position> {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let quotes = &view.model.quotes;
    let dot = view.glyphs.dot;
    let count = match quotes.is_listed() {
        true => counted(quotes.list.rows.len(), "quote", "quotes"),
        false => String::from("searching …"),
    };
    let mut words = match quotes.basket {
        true => format!("your basket {dot} {count}"),
        false => format!("{count} {dot} by {}", quotes.order.name()),
    };
    if quotes.basket {
        // The basket is the same whatever was typed.
        paint::text(view, buffer, row, &paint::fit(view, &words, row.width), view.theme.heading);
        return None;
    }
    let filter = &quotes.list.filter;
    let filtered = quotes.list.filtering || !filter.is_empty();
    // What is typed comes first where the row is short, and what must not be quoted; then whose quotes these are; then of which
    // groups.
    let typed = match (quotes.list.filtering, filter.text().width()) {
        (true, columns) => FILTER_ROOM.max(columns + FILTER.len() + 3),
        (false, 0) => 0,
        (false, columns) => columns + FILTER.len() + 3,
    };
    let piece = |words: &str| format!(" {dot} {words}");
    let refused = match quotes.refused {
        0 => String::new(),
        some => piece(&format!("{} !", thousands(some))),
    };
    let has_room = |words: &str, more: &str| words.width() + more.width() + typed <= usize::from(row.width);
    let layers = piece(if quotes.of_all_layers { "all layers" } else { LISTED_LAYERS });
    let room_for_layers = has_room(&words, &format!("{layers}{refused}"));
    if room_for_layers {
        words.push_str(&layers);
    }
    words.push_str(&refused);
    let groups = quotes.counts.iter();
    let groups =
        groups.map(|(group, count)| piece(&format!("{} {}", group.replace('_', " "), thousands(*count))));
    for group in groups.take_while(|_| room_for_layers) {
        if !has_room(&words, &group) {
            break;
        }
        words.push_str(&group);
    }
    if quotes.list.filtering && row.width < NARROW {
        words = String::from("filter");
    }
    let used = paint::text(view, buffer, row, &paint::fit(view, &words, row.width), view.theme.heading);
    if quotes.list.filtering || !filtered {
        let typed = (filter, quotes.list.filtering);
        return filter_field(view, buffer, row, used, typed, "words, group:, code:, valence:");
    }
    let rest = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    let shown = format!(" {dot}{FILTER}{}", filter.text());
    paint::text(view, buffer, rest, &paint::fit(view, &shown, rest.width), view.theme.dim);
    None
}

fn headings(view: &View<'_>, columns: &Columns, row: Rect, buffer: &mut Buffer) {
    let order = view.model.quotes.order.name();
    let mut x = row.x + 1;
    for (heading, width) in
        [("", columns.marks), ("place", columns.place), ("who", columns.who), (order, columns.heading)]
    {
        let area = Rect { x, width: width.saturating_sub(1), ..row };
        paint::text(view, buffer, area, heading, view.theme.column_head);
        x += width;
    }
    paint::text(
        view,
        buffer,
        Rect { x, width: row.right().saturating_sub(x), ..row },
        "words",
        view.theme.column_head,
    );
}

/// `★ub!e`: starred, used in a draft, in the basket, not to be quoted, coded by an earlier definition.
fn marks(view: &View<'_>, row: &QuoteRow) -> String {
    let mark = |is: bool, glyph: &'static str| if is { glyph } else { " " };
    [
        mark(row.marks.starred, view.glyphs.star),
        mark(row.marks.used, "u"),
        mark(row.in_basket, "b"),
        mark(row.marks.refused, "!"),
        mark(row.marks.earlier, "e"),
    ]
    .concat()
}

fn line(view: &View<'_>, columns: &Columns, row: &QuoteRow, chosen: bool, area: Rect, buffer: &mut Buffer) {
    let style = paint::list_row(view, area, area.width, chosen, buffer);
    let mut x = area.x + 1;
    let cells = [
        (marks(view, row), columns.marks, style.patch(view.theme.star)),
        (row.address.clone(), columns.place, style),
        (row.who.clone(), columns.who, style.patch(view.theme.speaker)),
        (row.heading.replace('_', " "), columns.heading, style.patch(view.theme.dim)),
    ];
    for (words, width, style) in cells {
        let room = Rect { x, width: width.saturating_sub(1), ..area };
        paint::text(view, buffer, room, &paint::fit(view, &words, room.width), style);
        x += width;
    }
    let rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    let text = view.model.study.quotes().get(&row.id).map_or("", |quote| &quote.text);
    paint::text(view, buffer, rest, &paint::fit_words(view, text, rest.width), style);
}

fn nothing(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let said = match (&model.quotes.failed, model.complete, model.quotes.basket) {
        (_, false, _) => vec![String::from("reading the study …")],
        (_, _, true) => vec![
            String::from("Your basket is empty."),
            format!(
                "{} puts a quote or passage into it, here, in Read, Search and Panels.",
                model.keys_of("take_quote")
            ),
        ],
        (Some(Failed::Query { sentence, .. } | Failed::Search(sentence)), ..) => vec![sentence.clone()],
        (None, ..) if model.quotes.waiting => vec![String::from("searching …")],
        (None, ..) if model.quotes.list.filter.is_empty() => {
            vec![String::from("No quotes yet: coding a passage in Read makes one.")]
        }
        (None, ..) => vec![String::from("No quote is found.")],
    };
    paint::paragraphs(view, area, &said, buffer);
}

/// The chosen quote: a rule, its words with what stands around them, and what is known of it.
fn preview(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let preview = &view.model.quotes.preview;
    if area.height < 3 {
        return;
    }
    paint::rule(view, buffer, Rect { height: 1, ..area });
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let said = u16::try_from(preview.said.len()).unwrap_or(0).min(area.height - 2);
    let shown = preview.in_sight();
    for (y, row) in (area.y + 1..).zip(shown) {
        preview_row(view, row, Rect { y, height: 1, ..inner }, buffer);
    }
    let (above, below) = preview.is_cut();
    let ellipsis = view.glyphs.ellipsis;
    if above {
        // One column wide, it stands in front of the words; else over their beginning.
        let row = Rect { y: area.y + 1, width: paint::width(ellipsis), height: 1, ..area };
        paint::text(view, buffer, row, ellipsis, view.theme.dim);
    }
    if let Some(last) = shown.last().filter(|_| below) {
        let x = inner.x + paint::width(&last.text).min(inner.width.saturating_sub(1));
        let y = area.y + u16::try_from(shown.len()).unwrap_or(u16::MAX);
        let row = Rect { x, y, width: inner.right() + 1 - x, height: 1 };
        paint::text(view, buffer, row, ellipsis, view.theme.dim);
    }
    for (y, words) in (area.bottom() - said..).zip(&preview.said) {
        let row = Rect { y, height: 1, ..inner };
        paint::text(view, buffer, row, &paint::fit(view, words, row.width), view.theme.dim);
    }
}

fn preview_row(view: &View<'_>, row: &PreviewRow, area: Rect, buffer: &mut Buffer) {
    let piece = |range: std::ops::Range<usize>| row.text.get(range).unwrap_or_default();
    let (start, end) = (row.quoted.start.min(row.text.len()), row.quoted.end.min(row.text.len()));
    let pieces = match row.quoted.is_empty() {
        true => [(row.text.as_str(), view.theme.dim), ("", view.theme.dim), ("", view.theme.dim)],
        false => [
            (piece(0..start), view.theme.dim),
            (piece(start..end), view.theme.text),
            (piece(end..row.text.len()), view.theme.dim),
        ],
    };
    let mut x = area.x;
    for (words, style) in pieces {
        x += paint::text(
            view,
            buffer,
            Rect { x, width: area.right().saturating_sub(x), ..area },
            words,
            style,
        );
    }
}
