//! The profile of one participant.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{View, paint};
use crate::app::people::{Profile, ProfileLine};

pub(super) fn draw(view: &View<'_>, profile: &Profile, header: Rect, body: Rect, buffer: &mut Buffer) {
    title(view, profile, header, buffer);
    for (y, line) in (body.y..body.bottom()).zip(profile.lines.iter().skip(profile.top)) {
        draw_line(view, line, line.item == Some(profile.chosen), Rect { y, height: 1, ..body }, buffer);
    }
}

fn title(view: &View<'_>, profile: &Profile, row: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let row = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    let dot = view.glyphs.dot;
    let place = model.people.list.rows.iter().position(|held| held.id == profile.person);
    let place =
        place.map_or_else(String::new, |at| format!(" {dot} {} of {}", at + 1, model.people.list.rows.len()));
    let provisional = model.study.participants().get(&profile.person).is_some_and(|held| held.provisional);
    let note = if provisional { format!(" {dot} named by import") } else { String::new() };
    let hidden = model.study.is_participant_hidden(profile.person);
    let hidden = if hidden { format!(" {dot} hidden") } else { String::new() };
    let words = format!("{}{hidden}{place}{note}", model.person_name(profile.person));
    paint::text(view, buffer, row, &words, view.theme.heading);
}

fn draw_line(view: &View<'_>, line: &ProfileLine, chosen: bool, row: Rect, buffer: &mut Buffer) {
    let text = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
    if line.is_heading() {
        paint::text(view, buffer, text, &line.left, view.theme.strong);
        return;
    }
    let style = if chosen { view.theme.cursor_line } else { view.theme.text };
    if chosen {
        // A turn of several rows has one mark.
        if !line.left.is_empty() {
            paint::text(view, buffer, Rect { width: 1, ..row }, view.glyphs.cursor, view.theme.strong);
        }
        let width = (line.indent + paint::width(&line.text)).min(text.width);
        buffer.set_style(Rect { width, ..text }, style);
    }
    let left = Rect { width: line.indent.saturating_sub(2).min(text.width), ..text };
    paint::text(view, buffer, left, &line.left, style);
    let rest = Rect { x: row.x + line.indent, width: row.width.saturating_sub(line.indent), ..row };
    let said = if line.blank && !chosen { view.theme.dim } else { style };
    paint::text(view, buffer, rest, &line.text, said);
}
