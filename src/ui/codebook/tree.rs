//! The tree of codes, a row each, and beside it what is known of the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{advice, inset, sign};
use crate::app::LayerName;
use crate::app::codebook::{TreeRow, is_narrow};
use crate::app::keymap::say_keys;
use crate::app::wrap::wrap;
use crate::study::{Code, CodeState, Origin};
use crate::ui::read::{colour, shape};
use crate::ui::{View, paint};

/// A column: its heading, its width, whether its words stand at the right, and what it says of a code.
struct Column {
    heading: &'static str,
    width: u16,
    right: bool,
    says: fn(&View<'_>, &Code) -> String,
}

const COMPONENT: Column = Column { heading: "under", width: 6, right: false, says: component };
const STATE: Column =
    Column { heading: "state", width: 8, right: false, says: |_, code| code.state.name().to_owned() };
const ORIGIN: Column = Column {
    heading: "from",
    width: 7,
    right: false,
    says: |_, code| {
        String::from(match code.origin {
            Origin::Deductive => "theory",
            Origin::Inductive => "data",
        })
    },
};
const CODINGS: Column = Column {
    heading: "codings",
    width: 8,
    right: true,
    says: |view, code| count(view, code, |figures| figures.codings),
};
const PEOPLE: Column =
    Column { heading: "people", width: 7, right: true, says: |view, code| count(view, code, |f| f.people) };

/// The name of a code, if there is room.
const WIDEST_NAME: u16 = 70;
/// Columns behind the name: the mark of names that look alike, the sign.
const SIGNS: u16 = 4;

fn component(view: &View<'_>, code: &Code) -> String {
    let study = &view.model.study;
    let component = study.component_of(code.id, &study.settings.framework);
    component.map(|component| component.abbreviation.clone()).unwrap_or_default()
}

fn count(view: &View<'_>, code: &Code, of: fn(&crate::analysis::Figures) -> u32) -> String {
    match view.model.codebook.counts.get(&code.id).map(of) {
        Some(0) | None => String::from("-"),
        Some(count) => count.to_string(),
    }
}

fn columns(width: u16) -> Vec<Column> {
    if is_narrow(width) { vec![CODINGS, PEOPLE] } else { vec![COMPONENT, STATE, ORIGIN, CODINGS, PEOPLE] }
}

/// How many codes, and the filter. Gives back where the terminal's cursor belongs while it is typed.
pub(super) fn header(view: &View<'_>, row: Rect, buffer: &mut Buffer) -> Option<Position> {
    let book = &view.model.codebook;
    let mut used = super::header(view, row, &view.model.codebook_title(), buffer);
    let row = inset(row);
    if !book.filtering && book.filter.is_empty() {
        return None;
    }
    let rest = |used: u16| Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    used += paint::text(view, buffer, rest(used), &format!(" {} filter: ", view.glyphs.dot), view.theme.dim);
    let cursor = paint::field(view, buffer, rest(used), &book.filter, "name, definition, state, component");
    cursor.filter(|_| book.filtering)
}

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let book = &view.model.codebook;
    if book.rows.is_empty() {
        return empty(view, body, buffer);
    }
    let columns = columns(body.width);
    let taken: u16 = columns.iter().map(|column| column.width).sum();
    let name = body.width.saturating_sub(taken + SIGNS + 2).min(WIDEST_NAME);
    let heading = Rect { height: 1, ..body };
    paint::text(view, buffer, Rect { x: body.x + 1, width: name, ..heading }, "code", view.theme.column_head);
    each(&columns, name, heading, |column, area| {
        say(view, buffer, column, area, column.heading, view.theme.column_head);
    });
    for (y, (at, row)) in (body.y + 1..body.bottom()).zip(book.rows.iter().enumerate().skip(book.tree.top)) {
        let Some(code) = view.model.study.codes().get(&row.code) else { continue };
        let area = Rect { y, height: 1, ..body };
        let width = (1 + name + SIGNS + taken + 1).min(area.width);
        let style = paint::list_row(view, area, width.saturating_sub(1), at == book.tree.chosen, buffer);
        // What is there for one below it, or is not in use any more, stands back.
        let back = !row.matches || code.state == CodeState::Retired;
        let style = if back && at != book.tree.chosen { view.theme.dim } else { style };
        code_name(view, row, code, Rect { x: area.x + 1, width: name, ..area }, style, buffer);
        let signs = Rect { x: area.x + 1 + name, width: SIGNS, ..area };
        let alike = if book.alike.contains_key(&code.id) { "~" } else { " " };
        paint::text(view, buffer, Rect { width: 1, ..signs }, alike, style.patch(view.theme.warning));
        let (glyph, side) = sign(view, code.side);
        let glyph_at = Rect { x: signs.x + 2, width: 1, ..signs };
        paint::text(view, buffer, glyph_at.intersection(area), glyph, style.patch(side));
        each(&columns, name, area, |column, area| {
            let words = (column.says)(view, code);
            say(view, buffer, column, area, &words, style);
        });
    }
}

fn each<'c>(columns: &'c [Column], name: u16, row: Rect, mut paint: impl FnMut(&'c Column, Rect)) {
    let mut x = row.x + 1 + name + SIGNS;
    for column in columns {
        paint(column, Rect { x, width: column.width, ..row }.intersection(row));
        x += column.width;
    }
}

fn say(view: &View<'_>, buffer: &mut Buffer, column: &Column, area: Rect, words: &str, style: Style) {
    if column.right {
        paint::text_right(view, buffer, area, words, style);
    } else {
        let area = Rect { width: area.width.saturating_sub(1), ..area };
        paint::text(view, buffer, area, words, style);
    }
}

/// The name of a code with its place in the tree in front of it.
fn code_name(view: &View<'_>, row: &TreeRow, code: &Code, area: Rect, style: Style, buffer: &mut Buffer) {
    // A deep tree in a narrow window leaves room for names.
    let indent = u16::try_from(row.depth * 2).unwrap_or(u16::MAX).min(area.width / 3);
    let branch = match (row.has_children, row.folded) {
        (false, _) => " ",
        (true, true) => view.glyphs.closed,
        (true, false) => view.glyphs.open,
    };
    let at = |skip: u16| Rect { x: area.x + skip, width: area.width.saturating_sub(skip), ..area };
    paint::text(view, buffer, Rect { width: 1, ..at(indent) }, branch, style);
    let stripe = style.patch(colour(view, code.id));
    paint::text(view, buffer, Rect { width: 1, ..at(indent + 1) }, shape(view, code.id), stripe);
    if let Some(letter) = view.model.code_looks.letter(code.id) {
        paint::text(
            view,
            buffer,
            Rect { width: 1, ..at(indent + 2) },
            letter.encode_utf8(&mut [0; 4]),
            stripe,
        );
    }
    paint::text(view, buffer, at(indent + 4), &code.name, style);
}

fn empty(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let model = view.model;
    let picker = model.keymap.binding_of(&[LayerName::Read], "pick_code");
    let picker = picker.map_or_else(|| String::from(":pick_code"), |binding| say_keys(&binding.keys));
    let said = match (model.complete, model.codebook.filter.is_empty()) {
        (false, _) => vec![String::from("reading the study …")],
        (true, true) => vec![
            format!(
                "There are no codes yet. {} makes one here; while you read, it is quicker:",
                model.keys_of("add_code")
            ),
            format!("go to a passage, press {picker} and type the name of a new code."),
            String::from("A codebook in TOML or CSV is brought in by `combe import`."),
        ],
        (true, false) => vec![String::from("No code matches. Esc leaves the filter, Esc again empties it.")],
    };
    advice(view, body, &said, buffer);
}

/// What is known of the chosen code.
pub(super) fn definition(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    for y in area.y..area.bottom() {
        let rule = Rect { y, width: 1, height: 1, ..area };
        paint::text(view, buffer, rule, view.glyphs.vertical, view.theme.border);
    }
    let study = &view.model.study;
    let Some(code) = view.model.codebook.code().and_then(|id| study.codes().get(&id)) else { return };
    let area = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let framework = &study.settings.framework;
    let component = study.component_of(code.id, framework).map_or("", |component| &component.label);
    let themes: Vec<&str> = study.themes_with(code.id).into_iter().map(|theme| theme.name.as_str()).collect();
    let themes = themes.join(", ");
    let path = study.code_path(code.id);
    let alike = view.model.names_alike(code.id).join(", ");
    let parts = [
        ("", path.as_str()),
        ("definition", &code.definition),
        ("include", &code.include),
        ("exclude", &code.exclude),
        ("example", &code.example),
        ("component", component),
        ("themes", &themes),
        ("looks like", &alike),
    ];
    let mut y = area.y;
    for (name, words) in parts.into_iter().filter(|(_, words)| !words.trim().is_empty()) {
        let style = if name.is_empty() { view.theme.heading } else { view.theme.text };
        if !name.is_empty() {
            y += 1;
            if y >= area.bottom() {
                return;
            }
            paint::text(view, buffer, Rect { y, height: 1, ..area }, name, view.theme.dim);
            y += 1;
        }
        for range in wrap(words, usize::from(area.width)) {
            if y >= area.bottom() {
                return;
            }
            let words = words.get(range).unwrap_or_default().trim_end();
            paint::text(view, buffer, Rect { y, height: 1, ..area }, words, style);
            y += 1;
        }
    }
}
