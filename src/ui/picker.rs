//! Choosing a code: the field, the codes with their sides and counts, and what the chosen one means.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{View, paint};
use crate::app::read::{PickRow, Picker};
use crate::study::{Code, CodeId, CodeState};
use crate::text::counted;

/// Columns of a row at the most: what is known of a code stays in sight of its name.
const WIDEST: u16 = 100;
/// Below this only the number of codings is said of a code.
const NARROW: u16 = 50;

pub(super) fn draw(view: &View<'_>, picker: &Picker, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.height < 2 {
        return None;
    }
    paint::popup(view, buffer, Rect { y: area.y + 1, height: area.height - 1, ..area });
    let width = area.width.saturating_sub(2).min(WIDEST);
    let line = |y: u16| Rect { x: area.x + 1, y, width, height: 1 };
    let cursor = typed(view, picker, line(area.y), buffer);
    let last = area.bottom() - 1;
    let rows = picker.rows.iter().enumerate().skip(picker.roll.top);
    for (y, (at, row)) in (area.y + 1..last).zip(rows) {
        entry(view, picker, row, at == picker.roll.chosen, line(y), buffer);
    }
    definition(view, picker, line(last), buffer);
    cursor
}

/// The field takes the place of the rule that parts the drawer from the text.
fn typed(view: &View<'_>, picker: &Picker, row: Rect, buffer: &mut Buffer) -> Option<Position> {
    paint::clear(view, buffer, Rect { x: row.x - 1, width: row.width + 2, ..row });
    let used = paint::text(view, buffer, row, &view.model.picker_prompt(picker), view.theme.strong);
    let field = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    paint::field(view, buffer, field, &picker.field, "a few letters, a digit, or the name of a new code")
}

fn entry(view: &View<'_>, picker: &Picker, row: &PickRow, chosen: bool, area: Rect, buffer: &mut Buffer) {
    let style = if chosen { view.theme.cursor_line } else { view.theme.text };
    if chosen {
        buffer.set_style(area, style);
    }
    match row {
        PickRow::New(name) => {
            let words = format!("  new code {}{name}{}", view.glyphs.quote_open, view.glyphs.quote_close);
            paint::text(view, buffer, area, &words, style);
        }
        PickRow::Code { code, .. } if !view.model.study.codes().has(code) => {
            let words = format!("  {}", view.model.gone_code_words(*code));
            paint::text(view, buffer, area, &words, dim(view, chosen));
        }
        PickRow::Code { code, digit, here } => {
            let lead = match (digit, here) {
                (Some(digit), _) => format!("{digit} "),
                (None, _) => String::from("  "),
            };
            let used =
                paint::text(view, buffer, area, &lead, if chosen { style } else { view.theme.hint_key });
            let rest = Rect { x: area.x + used, width: area.width.saturating_sub(used), ..area };
            let facts = facts(view, picker, *code, *here, rest.width < NARROW);
            let x = paint::text_right(view, buffer, rest, &facts, dim(view, chosen));
            let Some(code) = view.model.study.codes().get(code) else { return };
            named(view, code, Rect { width: x.saturating_sub(rest.x + 1), ..rest }, style, buffer);
        }
    }
}

fn dim(view: &View<'_>, chosen: bool) -> Style {
    if chosen { view.theme.cursor_line } else { view.theme.dim }
}

/// The name of a code and the sign of its side.
fn named(view: &View<'_>, code: &Code, area: Rect, style: Style, buffer: &mut Buffer) {
    let sign = match code.side {
        None => "",
        Some(crate::study::Side::Barrier) => view.glyphs.barrier,
        Some(crate::study::Side::Facilitator) => view.glyphs.facilitator,
    };
    let room = area.width.saturating_sub(paint::width(sign) + 1);
    let used = paint::text(view, buffer, Rect { width: room, ..area }, &code.name, style);
    let rest = Rect { x: area.x + used + 1, width: area.width.saturating_sub(used + 1), ..area };
    paint::text(view, buffer, rest, sign, style);
}

/// What is known of a code: on the passage already, codings, people, component.
fn facts(view: &View<'_>, picker: &Picker, id: CodeId, here: bool, narrow: bool) -> String {
    let study = &view.model.study;
    let dot = format!(" {} ", view.glyphs.dot);
    let figures = picker.counts.get(&id);
    if narrow {
        let mark = if here { view.glyphs.tick } else { "" };
        return format!("{mark} {}", figures.map_or(0, |figures| figures.codings));
    }
    let mut facts = Vec::new();
    if here {
        facts.push(format!("{} here", view.glyphs.tick));
    }
    if study.codes().get(&id).is_some_and(|code| code.state == CodeState::Retired) {
        facts.push(String::from("retired"));
    }
    if let Some(figures) = figures {
        facts.push(counted(figures.codings as usize, "coding", "codings"));
        facts.push(counted(figures.people as usize, "person", "people"));
    }
    if let Some(component) = study.component_of(id, &study.settings.framework) {
        facts.push(component.abbreviation.clone());
    }
    facts.join(&dot)
}

fn definition(view: &View<'_>, picker: &Picker, row: Rect, buffer: &mut Buffer) {
    let code = picker.code().and_then(|code| view.model.study.codes().get(&code));
    let words = match code {
        Some(code) if !code.definition.is_empty() => code.definition.as_str(),
        Some(_) => "This code has no definition yet.",
        None => return,
    };
    paint::text(view, buffer, row, words, view.theme.dim);
}
