//! The screen of the participants, by attributes, and the profile of one.

mod profile;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{View, paint};
use crate::app::people::{Flag, Order, People, PersonRow};

/// A column of numbers or flags, at the right: its heading, its width, and what is in it.
type Column = (&'static str, u16, fn(&PersonRow) -> String);

const RIGHT: [Column; 5] = [
    ("tr.", 4, |row| row.transcripts.to_string()),
    ("words", 7, |row| row.words.to_string()),
    ("coded", 6, |row| row.codings.to_string()),
    ("memos", 6, |row| row.memos.to_string()),
    ("consent", 11, consent),
];
/// In narrow windows only these have room.
const NARROW_RIGHT: [usize; 3] = [1, 2, 4];
/// Below this a window is narrow.
const NARROW: u16 = 60;
/// The widest column of an attribute, and the narrowest that says something.
const WIDEST: u16 = 22;
const LEAST: u16 = 6;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let header = Rect { y: body.y.saturating_sub(1), height: 1, ..body };
    if let Some(profile) = &view.model.people.profile {
        profile::draw(view, profile, header, body, buffer);
        return None;
    }
    let (people, list) = (&view.model.people, &view.model.people.list);
    let cursor = header_row(view, header, buffer);
    let columns = Columns::of(people, body.width);
    columns.headings(view, Rect { height: 1, ..body }, buffer);
    for (y, (at, row)) in (body.y + 1..body.bottom()).zip(list.rows.iter().enumerate().skip(list.roll.top)) {
        columns.row(view, row, at == list.roll.chosen, Rect { y, height: 1, ..body }, buffer);
    }
    if list.rows.is_empty() {
        let said = match (view.model.complete, list.filter.is_empty()) {
            (false, _) => "reading the study …",
            (true, true) => "No participants yet.",
            (true, false) => "Nobody matches.",
        };
        paint::text(view, buffer, Rect { x: body.x + 1, y: body.y + 1, ..body }, said, view.theme.dim);
    }
    cursor
}

/// What the chosen participant agreed to, and the values that have no column.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let (people, list) = (&view.model.people, &view.model.people.list);
    let Some(person) = list.row().filter(|_| people.profile.is_none()) else { return };
    let dot = view.glyphs.dot;
    let said = people.attributes.iter().zip(&person.values).filter(|(_, value)| *value != "–");
    let values: Vec<String> =
        said.map(|((_, name), value)| format!("{} {value}", name.replace('_', " "))).collect();
    let words = format!("{}: {}", person.name, values.join(&format!(" {dot} ")));
    paint::text(view, buffer, row, &words, view.theme.dim);
}

fn consent(row: &PersonRow) -> String {
    if row.hidden {
        return String::from("hidden");
    }
    let Some(consent) = &row.consent else { return String::from("-") };
    if consent.withdrawn.is_some() {
        return String::from("withdrawn");
    }
    let refused: Vec<&str> =
        Flag::ALL.into_iter().filter(|flag| !flag.given(Some(consent))).map(Flag::name).collect();
    match refused.as_slice() {
        [] => String::from("all"),
        [one] => format!("no {one}"),
        _ if refused.len() == Flag::ALL.len() => String::from("none"),
        [first, ..] if *first == Flag::Analyse.name() => format!("no {first}"),
        _ => String::from("in part"),
    }
}

/// How many, in which order, and the filter. Gives back where the terminal's cursor belongs while it is typed.
fn header_row(view: &View<'_>, row: Rect, buffer: &mut Buffer) -> Option<Position> {
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let (people, list) = (&view.model.people, &view.model.people.list);
    let (rows, all) = (list.rows.len(), view.model.study.participants().len());
    let count =
        if rows == all { format!("{all} participants") } else { format!("{rows} of {all} participants") };
    let dot = view.glyphs.dot;
    let words = format!("{count} {dot} {}", order_words(people));
    let used = paint::text(view, buffer, row, &words, view.theme.heading);
    super::memos::filter_field(
        view,
        buffer,
        row,
        used,
        (&list.filter, list.filtering),
        "name, transcript, any value",
    )
}

fn order_words(people: &People) -> String {
    let word = match people.order {
        Order::Name => "by name",
        Order::Transcripts => "by transcripts",
        Order::Words => "by words",
        Order::Codings => "by codings",
        Order::Memos => "by memos",
        Order::Consent => "refusals first",
        Order::Attribute(id) => {
            let name = people.attributes.iter().find(|(held, _)| *held == id).map_or("?", |(_, name)| name);
            return format!("by {}", name.replace('_', " "));
        }
    };
    word.to_owned()
}

/// The columns that fit.
struct Columns {
    name: u16,
    /// Attributes that have a column: their place and width.
    attributes: Vec<(usize, String, u16)>,
    right: Vec<Column>,
}

impl Columns {
    fn of(people: &People, width: u16) -> Columns {
        let right: Vec<Column> = match width < NARROW {
            true => NARROW_RIGHT.iter().filter_map(|at| RIGHT.get(*at).copied()).collect(),
            false => RIGHT.to_vec(),
        };
        let widest = people.list.rows.iter().map(|row| paint::width(&row.name)).max().unwrap_or(0);
        let name = widest.clamp(5, 16);
        let taken = right.iter().map(|(_, width, _)| width).sum::<u16>() + name + 3;
        let mut room = width.saturating_sub(taken);
        let mut attributes = Vec::new();
        for (at, (_, name)) in people.attributes.iter().enumerate().skip(people.first_attribute) {
            let values =
                people.list.rows.iter().filter_map(|row| row.values.get(at)).map(|value| paint::width(value));
            let name = name.replace('_', " ");
            let wanted = values.chain([paint::width(&name)]).max().unwrap_or(0).clamp(LEAST, WIDEST) + 2;
            // The first one is cut rather than left out.
            let fits = wanted.min(if attributes.is_empty() { room } else { wanted });
            if fits < LEAST || fits > room {
                break;
            }
            room -= fits;
            attributes.push((at, name, fits));
        }
        Columns { name, attributes, right }
    }

    /// Calls `paint` with the area of each attribute and each column at the right.
    fn each(&self, row: Rect, mut paint: impl FnMut(Cell<'_>, Rect)) {
        let mut x = row.x + 1 + self.name + 2;
        for (at, name, width) in &self.attributes {
            paint(Cell::Attribute(*at, name), Rect { x, width: width - 1, ..row }.intersection(row));
            x += width;
        }
        for column in &self.right {
            paint(Cell::Right(column), Rect { x, width: column.1, ..row }.intersection(row));
            x += column.1;
        }
    }

    fn headings(&self, view: &View<'_>, row: Rect, buffer: &mut Buffer) {
        let style = view.theme.column_head;
        paint::text(view, buffer, Rect { x: row.x + 1, width: self.name, ..row }, "name", style);
        self.each(row, |cell, area| {
            match cell {
                Cell::Attribute(_, name) => paint::text(view, buffer, area, name, style),
                Cell::Right((heading, ..)) => paint::text_right(view, buffer, area, heading, style),
            };
        });
    }

    fn row(&self, view: &View<'_>, row: &PersonRow, chosen: bool, area: Rect, buffer: &mut Buffer) {
        let attributes: u16 = self.attributes.iter().map(|(_, _, width)| width).sum();
        let right: u16 = self.right.iter().map(|(_, width, _)| width).sum();
        let style = paint::list_row(view, area, self.name + 2 + attributes + right, chosen, buffer);
        let name = Rect { x: area.x + 1, width: self.name, ..area };
        paint::text(view, buffer, name, &row.name, style.patch(view.theme.speaker));
        self.each(area, |cell, area| {
            match cell {
                Cell::Attribute(at, _) => {
                    let value = row.values.get(at).map_or("", String::as_str);
                    paint::text(view, buffer, area, value, style)
                }
                Cell::Right((heading, _, words)) => {
                    let words = words(row);
                    let refused = *heading == "consent" && !matches!(words.as_str(), "all" | "-");
                    let style = if refused { style.patch(view.theme.warning) } else { Style { ..style } };
                    paint::text_right(view, buffer, area, &words, style)
                }
            };
        });
    }
}

enum Cell<'c> {
    Attribute(usize, &'c str),
    Right(&'c Column),
}
