//! The themes in printed order, each with its codes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{advice, sign};
use crate::app::codebook::{Missing, ThemeRow};
use crate::study::Side;
use crate::ui::{View, paint};

/// Columns of the counts.
const COUNTS: u16 = 16;
/// Below this there is no room for the component.
const NARROW: u16 = 60;
const COMPONENT: u16 = 7;
/// The name of a theme or code, if there is room.
const WIDEST_NAME: u16 = 80;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.themes.is_empty() {
        let keys = view.model.keys_of("add_theme");
        let said = [
            format!("There are no themes yet: {keys} makes a first one."),
            String::from(
                "A theme is a row of the analysis: barriers on one side, and the facilitators that answer them.",
            ),
        ];
        return advice(view, body, &said, buffer);
    }
    let component = if body.width < NARROW { 0 } else { COMPONENT };
    let name = body.width.saturating_sub(COUNTS + component + 2).min(WIDEST_NAME);
    for (y, (at, row)) in (body.y..body.bottom()).zip(book.themes.iter().enumerate().skip(book.theme.top)) {
        let area = Rect { y, width: (name + component + COUNTS + 2).min(body.width), height: 1, ..body };
        let chosen = at == book.theme.chosen;
        let style = paint::list_row(view, area, area.width, chosen, buffer);
        let words = Rect { x: area.x + 1, width: name, ..area };
        let study = &view.model.study;
        match row.code {
            None => {
                let Some(theme) = study.themes().get(&row.theme) else { continue };
                let number = book.themes.iter().take(at + 1).filter(|row| row.code.is_none()).count();
                let title = format!("{number} {}{}", theme.name, lack(row));
                let style = if chosen { style } else { view.theme.strong };
                paint::text(view, buffer, words, &title, style);
                let held = study.component_of_theme(theme, &study.settings.framework);
                let place = Rect { x: words.right() + 1, width: component.saturating_sub(1), ..area };
                let abbreviation = held.map_or("", |component| &component.abbreviation);
                paint::text(view, buffer, place.intersection(area), abbreviation, style);
            }
            Some((side, code)) => {
                let (glyph, style_of_side) = sign(view, Some(side));
                let at = Rect { x: words.x + 3, width: 1, ..words };
                paint::text(view, buffer, at, glyph, style.patch(style_of_side));
                let code = study.codes().get(&code).map_or("", |code| &code.name);
                let at = Rect { x: words.x + 5, width: words.width.saturating_sub(5), ..words };
                paint::text(view, buffer, at, code, style);
            }
        }
        let style = if chosen { style } else { view.theme.dim };
        let (people, codings) = row.counts;
        let counts = match (codings, people) {
            (0, _) => String::from("-"),
            (_, 1) => format!("1 person {codings:>4}"),
            _ => format!("{people} people {codings:>4}"),
        };
        let at = Rect { x: words.right() + 1 + component, width: COUNTS, ..area };
        paint::text_right(view, buffer, at.intersection(area), &counts, style);
    }
}

/// What a theme has not.
fn lack(row: &ThemeRow) -> &'static str {
    match row.missing {
        None => "",
        Some(Missing::Side(Side::Barrier)) => "  (no barrier)",
        Some(Missing::Side(Side::Facilitator)) => "  (no facilitator)",
        Some(Missing::Both) => "  (no codes)",
    }
}
