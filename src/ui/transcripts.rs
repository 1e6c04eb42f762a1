//! The list of transcripts.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::transcripts::{Order, TranscriptRow};

/// A column: its heading, its width, and whether it stands at the right of it.
type Column = (&'static str, u16, fn(&TranscriptRow) -> String);

const NUMBERS: [Column; 5] = [
    ("people", 7, |row| row.people.to_string()),
    ("turns", 7, |row| row.turns.to_string()),
    ("words", 8, |row| row.words.to_string()),
    ("coded", 7, |row| row.coded.map_or_else(|| String::from("-"), |coded| format!("{coded} %"))),
    ("read", 7, |row| format!("{} %", row.read)),
];

/// In narrow windows only these have room.
const NARROW_NUMBERS: [usize; 3] = [2, 3, 4];
/// Below this a window is narrow.
const NARROW: u16 = 60;
/// Columns of the kind.
const KIND: u16 = 12;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let list = &view.model.transcripts.list;
    let cursor = header(view, Rect { y: body.y.saturating_sub(1), height: 1, ..body }, buffer);
    let columns = Columns::of(view, body);
    headings(view, &columns, Rect { height: 1, ..body }, buffer);
    for (y, (at, row)) in (body.y + 1..body.bottom()).zip(list.rows.iter().enumerate().skip(list.roll.top)) {
        let area = Rect { y, height: 1, ..body };
        line(view, &columns, row, at == list.roll.chosen, area, buffer);
    }
    if list.rows.is_empty() {
        let said = match (view.model.complete, list.filter.is_empty()) {
            (false, _) => "reading the study …",
            (true, true) => "No transcripts yet: leave with q and bring some in with `combe import`.",
            (true, false) => "No transcript matches.",
        };
        paint::text(view, buffer, Rect { x: body.x + 1, y: body.y + 1, ..body }, said, view.theme.dim);
    }
    cursor
}

/// How many, in which order, and the filter. Gives back where the terminal's cursor belongs while it is typed.
fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) -> Option<Position> {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let list = &view.model.transcripts.list;
    let (rows, all) = (list.rows.len(), view.model.study.transcripts().len());
    let count =
        if rows == all { format!("{all} transcripts") } else { format!("{rows} of {all} transcripts") };
    let dot = view.glyphs.dot;
    let marked = match view.model.transcripts.marked.len() {
        0 => String::new(),
        n => format!(" {dot} {n} marked"),
    };
    let mut used = paint::text(
        view,
        buffer,
        row,
        &format!("{count} {dot} {}{marked}", order_words(view.model.transcripts.order)),
        view.theme.heading,
    );
    if !list.filtering && list.filter.is_empty() {
        return None;
    }
    let rest = |used: u16| Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    used += paint::text(view, buffer, rest(used), &format!(" {dot} filter: "), view.theme.dim);
    let cursor = paint::field(view, buffer, rest(used), &list.filter, "name, kind, person, attribute");
    cursor.filter(|_| list.filtering)
}

fn order_words(order: Order) -> &'static str {
    match order {
        Order::Name => "by name",
        Order::Kind => "by kind",
        Order::People => "by people",
        Order::Turns => "by turns",
        Order::Words => "by words",
        Order::Coded => "least coded first",
        Order::Read => "least read first",
    }
}

/// The columns that fit.
struct Columns {
    name: u16,
    kind: u16,
    numbers: Vec<Column>,
}

impl Columns {
    fn of(view: &View<'_>, body: Rect) -> Columns {
        let narrow = body.width < NARROW;
        let numbers: Vec<Column> = if narrow {
            NARROW_NUMBERS.iter().filter_map(|at| NUMBERS.get(*at).copied()).collect()
        } else {
            NUMBERS.to_vec()
        };
        let rows = view.model.transcripts.list.rows.iter();
        let widest = rows.map(|row| paint::width(&name_words(view, row))).max().unwrap_or(0);
        let kind = if narrow { 0 } else { KIND };
        let taken: u16 = numbers.iter().map(|(_, width, _)| width).sum::<u16>() + kind + 2;
        Columns { name: widest.clamp(10, 40).min(body.width.saturating_sub(taken)), kind, numbers }
    }

    fn each(&self, row: Rect, mut paint: impl FnMut(Option<usize>, Rect)) {
        let mut x = row.x + 1 + self.name + 1;
        paint(None, Rect { x, width: self.kind, ..row }.intersection(row));
        x += self.kind;
        for (at, (_, width, _)) in self.numbers.iter().enumerate() {
            paint(Some(at), Rect { x, width: *width, ..row }.intersection(row));
            x += width;
        }
    }
}

fn headings(view: &View<'_>, columns: &Columns, row: Rect, buffer: &mut Buffer) {
    let style = view.theme.column_head;
    paint::text(view, buffer, Rect { x: row.x + 1, width: columns.name, ..row }, "name", style);
    columns.each(row, |at, area| {
        match at.and_then(|at| columns.numbers.get(at)) {
            Some((heading, ..)) => paint::text_right(view, buffer, area, heading, style),
            None => paint::text(view, buffer, area, "kind", style),
        };
    });
}

/// The name of a transcript with what sets it apart, and the tick of one that is marked.
fn name_words(view: &View<'_>, row: &TranscriptRow) -> String {
    let tick = if view.model.transcripts.marked.contains(&row.id) { view.glyphs.tick } else { "" };
    let apart = if row.apart.is_empty() { String::new() } else { format!(" ({})", row.apart) };
    format!("{tick}{}{apart}", row.name)
}

fn line(
    view: &View<'_>,
    columns: &Columns,
    row: &TranscriptRow,
    chosen: bool,
    area: Rect,
    buffer: &mut Buffer,
) {
    let numbers: u16 = columns.numbers.iter().map(|(_, width, _)| width).sum();
    let style = paint::list_row(view, area, columns.name + 1 + columns.kind + numbers, chosen, buffer);
    let name = Rect { x: area.x + 1, width: columns.name, ..area };
    paint::text(view, buffer, name, &name_words(view, row), style.patch(view.theme.speaker));
    columns.each(area, |at, area| {
        match at.and_then(|at| columns.numbers.get(at)) {
            Some((_, _, words)) => paint::text_right(view, buffer, area, &words(row), style),
            None => paint::text(view, buffer, area, &row.kind.name().replace('_', " "), style),
        };
    });
}
