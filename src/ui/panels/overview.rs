//! All components at a glance: a row each, with its bars below it where there is room, else beside its name.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::bars::Scale;
use super::sign;
use crate::analysis::{Overview, OverviewRow};
use crate::app::panels::Hand;
use crate::ui::{View, paint};

/// Columns of one number: as many as its heading needs, within these bounds.
const NARROWEST: u16 = 8;
const WIDEST: u16 = 21;
/// Columns of the name of a component, if there is room.
const NAME: u16 = 30;
/// Below this width names are abbreviated for the sake of the bars, in so many columns.
const NARROW: u16 = 60;
const SHORT_NAME: u16 = 8;
/// Columns in front of the name: the mark of the choice, and the number of the panel.
const FRONT: u16 = 5;

/// One number: its heading, which side it is of, and how it is read off.
struct Number {
    heading: String,
    /// First column, from the end of the name, and how many.
    at: u16,
    width: u16,
    hand: Hand,
    read: Box<dyn Fn(&OverviewRow) -> u32>,
}

pub(super) fn draw(view: &View<'_>, overview: &Overview, body: Rect, buffer: &mut Buffer) {
    let rows = u16::try_from(overview.rows.len()).unwrap_or(u16::MAX);
    let below = Scale::of(view, overview, body.width.saturating_sub(FRONT))
        .filter(|_| rows.saturating_mul(2) < body.height);
    let mut numbers = numbers(view, overview, body.width);
    let beside = if below.is_some() { None } else { bars_beside(view, overview, body.width, &mut numbers) };
    let taken = numbers.last().map_or(0, |last| last.at + last.width);
    let bars = beside.map_or(0, |scale| scale.width() + 1);
    let name = body.width.saturating_sub(FRONT + taken + bars + 1).min(NAME);
    let labels = overview.rows.iter().filter_map(|row| row.component.as_ref());
    let in_full = labels.map(|component| paint::width(&component.label)).max().is_some_and(|w| w < name);
    let row = |y: u16| Rect { y, height: 1, ..body };
    let column = |row: Rect, number: &Number| Rect {
        x: row.x + FRONT + name + bars + number.at,
        width: number.width,
        ..row
    };
    for number in &numbers {
        // A blank keeps a long heading from the one before it.
        let at = column(row(body.y), number);
        let at = Rect { x: at.x + 1, width: at.width - 1, ..at };
        paint::text_right(view, buffer, at, &number.heading, view.theme.dim);
    }
    let panels = &view.model.panels;
    let shown = overview.rows.iter().enumerate().skip(panels.top);
    let step = if below.is_some() { 2 } else { 1 };
    for (y, (index, held)) in (body.y + 1..body.bottom()).step_by(step).zip(shown) {
        let chosen = index == panels.row;
        let at = row(y);
        let style = if chosen { view.theme.cursor_line } else { view.theme.text };
        if chosen {
            paint::text(view, buffer, at, view.glyphs.cursor, view.theme.strong);
        }
        let number = held.component.as_ref().map(|component| component.position).filter(|n| *n < 10);
        let number = number.map_or_else(String::new, |number| number.to_string());
        paint::text_right(view, buffer, Rect { x: at.x + 1, width: 2, ..at }, &number, view.theme.hint_key);
        paint::text(
            view,
            buffer,
            Rect { x: at.x + FRONT - 1, width: name, ..at },
            name_of(held, in_full),
            style,
        );
        if let Some(scale) = beside {
            scale.draw(view, held, Rect { x: at.x + FRONT + name - 1, ..at }, buffer);
        }
        if let Some(scale) = below {
            scale.draw(view, held, Rect { x: at.x + FRONT - 2, y: y + 1, ..at }, buffer);
        }
        for number in &numbers {
            let value = (number.read)(held);
            let (text, style) = match value {
                0 => (String::from("–"), view.theme.dim),
                n => (
                    n.to_string(),
                    if number.hand == panels.hand { view.theme.strong } else { view.theme.text },
                ),
            };
            paint::text_right(view, buffer, column(at, number), &text, style);
        }
    }
}

/// Bars between names and numbers, where they have room beside the people of both sides. Numbers that bars take the room
/// of go.
fn bars_beside(view: &View<'_>, overview: &Overview, width: u16, numbers: &mut Vec<Number>) -> Option<Scale> {
    let name = if width < NARROW { SHORT_NAME } else { NAME };
    let two = numbers.get(1).map_or(0, |second| second.at + second.width);
    let room = width.saturating_sub(FRONT + name + two + 2);
    let scale = Scale::of(view, overview, room)?;
    numbers.truncate(2);
    Some(scale)
}

/// The name of a component, or its abbreviation where not all names have room.
fn name_of(row: &OverviewRow, in_full: bool) -> &str {
    match &row.component {
        Some(component) if in_full => &component.label,
        Some(component) => &component.abbreviation,
        None if in_full => "not classified",
        None => "none yet",
    }
}

/// The numbers that fit: people and codings of each side first, then what has no side, then people by group.
fn numbers(view: &View<'_>, overview: &Overview, width: u16) -> Vec<Number> {
    /// Columns of a name at least.
    const LEAST: u16 = 14;
    let mut numbers: Vec<Number> = Vec::new();
    let mut add = |hand: Hand, word: &str, read: Box<dyn Fn(&OverviewRow) -> u32>| {
        let mark = if hand == Hand::Unsided { "" } else { sign(view, hand).0 };
        let heading = format!("{mark}{word}");
        let width = (paint::width(&heading) + 1).clamp(NARROWEST, WIDEST);
        let at = numbers.last().map_or(0, |last| last.at + last.width);
        numbers.push(Number { heading, at, width, hand, read });
    };
    let all = |hand: Hand| move |row: &OverviewRow| row.split.of(hand.side()).count.all;
    let sides = [Hand::Barrier, Hand::Facilitator];
    for (hand, of) in sides.map(|hand| (hand, all(hand))) {
        add(hand, "people", Box::new(move |row| of(row).people));
    }
    for (hand, of) in sides.map(|hand| (hand, all(hand))) {
        add(hand, "coded", Box::new(move |row| of(row).codings));
    }
    let of = all(Hand::Unsided);
    add(Hand::Unsided, "no side", Box::new(move |row| of(row).codings));
    for (index, group) in overview.columns.columns.iter().enumerate() {
        for hand in sides {
            let read = move |row: &OverviewRow| {
                let columns = &row.split.of(hand.side()).columns;
                columns.get(index).map_or(0, |count| count.all.people)
            };
            add(hand, group.group.label(), Box::new(read));
        }
    }
    let base = 5;
    let room = width.saturating_sub(FRONT + LEAST + 1).max(2 * NARROWEST);
    // Groups come in only where names stay in full, and both sides of one or none.
    let groups = width.saturating_sub(FRONT + NAME + 1);
    let fits = |number: &Number, room: u16| number.at + number.width <= room;
    let mut kept = numbers.iter().take(base).filter(|number| fits(number, room)).count();
    if kept == base {
        kept += numbers.iter().skip(base).filter(|number| fits(number, groups)).count() / 2 * 2;
    }
    numbers.truncate(kept);
    numbers
}
