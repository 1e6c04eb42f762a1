//! The rows of a panel: barriers beside facilitators.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::sign;
use crate::app::panels::{CellLine, Chosen, Hand, Line, stands_beside};
use crate::ui::{View, paint};

pub(super) fn draw(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let panels = &view.model.panels;
    headings(view, Rect { height: 1, ..area }, buffer);
    let lines = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for (y, line) in (lines.y..lines.bottom()).zip(panels.lines.iter().skip(panels.top)) {
        let at = Rect { y, height: 1, ..lines };
        match line {
            Line::Heading { row, indent, name, kind } => {
                if panels.is_marked(*row) {
                    let tick = Rect { x: at.right().saturating_sub(1), width: 1, ..at };
                    paint::text(view, buffer, tick, view.glyphs.tick, view.theme.strong);
                }
                let room = Rect { x: at.x + 1, width: at.width.saturating_sub(2), ..at };
                let x = paint::text_right(view, buffer, room, kind, view.theme.dim);
                let x = if paint::width(name) + indent + 2 > x - room.x { room.right() } else { x };
                let name_at =
                    Rect { x: room.x + indent, width: x.saturating_sub(room.x + indent + 1), ..room };
                paint::text(view, buffer, name_at, name, view.theme.strong);
            }
            Line::Pair { row, barrier, facilitator } => {
                let (left, right) = halves(at);
                cell(view, buffer, left, (*row, Hand::Barrier), barrier);
                between(view, buffer, right);
                cell(view, buffer, right, (*row, Hand::Facilitator), facilitator);
            }
            Line::Whole { row, hand, cell: line } => cell(view, buffer, at, (*row, *hand), line),
        }
    }
}

/// What stands on which side.
fn headings(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let named = |hand: Hand, word: &str| format!(" {} {word}", sign(view, hand).0);
    let (barrier, facilitator) = (named(Hand::Barrier, "barriers"), named(Hand::Facilitator, "facilitators"));
    let style = view.theme.dim;
    if stands_beside(row.width) {
        let (left, right) = halves(row);
        paint::text(view, buffer, left, &barrier, style);
        between(view, buffer, right);
        paint::text(view, buffer, right, &facilitator, style);
    } else {
        paint::text(view, buffer, row, &format!("{barrier}{facilitator}"), style);
    }
}

/// The rule in front of the right half.
fn between(view: &View<'_>, buffer: &mut Buffer, right: Rect) {
    let rule = Rect { x: right.x.saturating_sub(1), width: 1, ..right };
    paint::text(view, buffer, rule, view.glyphs.vertical, view.theme.border);
}

/// One line of one side. The chosen side has a mark in front of it and its first line is reversed.
fn cell(view: &View<'_>, buffer: &mut Buffer, at: Rect, (row, hand): (usize, Hand), line: &CellLine) {
    let panels = &view.model.panels;
    let part = panels.part.map_or(Chosen::Whole, Chosen::Part);
    let chosen = panels.row == row && panels.hand == hand && line.stands_for == Some(part);
    let text = Rect { x: at.x + 3, width: at.width.saturating_sub(3), ..at };
    let style = if line.name { view.theme.text } else { view.theme.dim };
    let style = if chosen { style.patch(view.theme.cursor_line) } else { style };
    paint::text(view, buffer, text, &line.text, style);
    if line.first {
        let (glyph, style) = sign(view, hand);
        paint::text(view, buffer, Rect { x: at.x + 1, width: 1, ..at }, glyph, style);
    }
    if chosen {
        paint::text(view, buffer, Rect { width: 1, ..at }, view.glyphs.cursor, view.theme.strong);
    }
}

fn halves(row: Rect) -> (Rect, Rect) {
    let half = row.width / 2;
    (Rect { width: half - 1, ..row }, Rect { x: row.x + half, width: row.width - half, ..row })
}
