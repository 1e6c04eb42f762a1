//! The tables of a paper: the list of them, one with its cells, its picture, and the quotes behind a number.

mod picture;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::analysis::{CellValue, PaperTable, TableKind};
use crate::app::tables::{HEAD_ROWS, LaidColumn, parted_title, row_names};
use crate::app::wrap::wrap;
use crate::text::counted;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let tables = &view.model.tables;
    let header =
        Rect { x: body.x + 1, y: body.y.saturating_sub(1), height: 1, width: body.width.saturating_sub(2) };
    match (&tables.table, tables.place.open) {
        (_, None) => {
            paint::text(view, buffer, header, "The tables of a paper", view.theme.heading);
            list(view, body, buffer);
        }
        (Some(Ok(table)), Some(_)) => {
            title(view, header, table, buffer);
            match &table.picture {
                _ if tables.quotes.open => {
                    let title = view.model.table_quotes_title();
                    super::panels::quotes::list(view, body, (&tables.quotes, &title), buffer);
                }
                _ if tables.notes.open => notes(view, body, tables.notes.top, buffer),
                Some(held) if tables.place.picture => picture::draw(view, held, body, buffer),
                _ => cells(view, table, body, buffer),
            }
        }
        (Some(Err(sentence)), Some(kind)) => {
            paint::text(view, buffer, header, kind.name(), view.theme.heading);
            let mut sentence = sentence.clone();
            if let Some(first) = sentence.get(..1).map(str::to_uppercase) {
                sentence.replace_range(..1, &first);
            }
            paint::paragraphs(view, body, &[format!("{sentence}.")], buffer);
        }
        (None, Some(_)) => {
            paint::text(view, buffer, header, "reading the study …", view.theme.dim);
        }
    }
    None
}

/// The chosen cell in words, in the line that answers keys.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let tables = &view.model.tables;
    if let Some(detail) = view.model.table_detail().filter(|_| !tables.quotes.open && !tables.place.picture) {
        paint::text(view, buffer, row, &detail, view.theme.dim);
    }
}

fn list(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let roll = &view.model.tables.roll;
    for (y, (at, kind)) in (body.y..body.bottom()).zip(TableKind::ALL.into_iter().enumerate().skip(roll.top))
    {
        let row = Rect { y, height: 1, ..body };
        let style = paint::list_row(view, row, row.width, at == roll.chosen, buffer);
        paint::text(view, buffer, Rect { x: row.x + 2, width: 14.min(row.width), ..row }, kind.name(), style);
        let about = Rect { x: row.x + 17, width: row.width.saturating_sub(18), ..row };
        paint::text(view, buffer, about, kind.about(), style);
    }
}

/// What the table is, and of whom and what it counts. What is usual gives way to the title, and what is not never does.
fn title(view: &View<'_>, row: Rect, table: &PaperTable, buffer: &mut Buffer) {
    const USUAL: &str = "layers of record";
    let tables = &view.model.tables;
    let mut said = view.model.table_scope_words();
    let last = tables.columns.last().map_or(0, |last| last.column + 1);
    let is_read = tables.quotes.open || tables.notes.open || tables.place.picture;
    let beyond = table.head.len().saturating_sub(last);
    if beyond > 0 && last > 0 && !is_read {
        let keys = view.model.keys_of("cell_right");
        let more = format!("{} more ({keys})", counted(beyond, "column", "columns"));
        let more = if said.is_empty() { more } else { format!("{said} {} {more}", view.glyphs.dot) };
        if paint::width(&table.title) + 2 + paint::width(&more) <= row.width {
            said = more;
        }
    }
    if said.is_empty() && paint::width(&table.title) + 2 + paint::width(USUAL) <= row.width {
        USUAL.clone_into(&mut said);
    }
    let part = Rect { x: row.x + row.width / 3, width: row.width - row.width / 3, ..row };
    let x = match said.is_empty() {
        true => row.right(),
        false => paint::text_right(view, buffer, part, &said, view.theme.dim).saturating_sub(1),
    };
    let room = Rect { width: x.saturating_sub(row.x), ..row };
    paint::text(view, buffer, room, &table.title, view.theme.heading);
}

/// How the table was counted, and what it leaves out.
fn notes(view: &View<'_>, area: Rect, top: usize, buffer: &mut Buffer) {
    for (y, line) in (area.y..area.bottom()).zip(view.model.tables.notes.rows.iter().skip(top)) {
        let row = Rect { x: area.x + 1, y, width: area.width.saturating_sub(1), height: 1 };
        paint::text(view, buffer, row, line, view.theme.text);
    }
}

fn cells(view: &View<'_>, table: &PaperTable, body: Rect, buffer: &mut Buffer) {
    let tables = &view.model.tables;
    let more = tables.columns.last().is_some_and(|last| last.column + 1 < table.head.len());
    for laid in &tables.columns {
        head(view, table, *laid, body, buffer);
    }
    let names = row_names(table);
    let shown = table.rows.iter().enumerate().skip(tables.top);
    for (y, (at, row)) in (body.y + HEAD_ROWS..body.bottom()).zip(shown) {
        let line = Rect { y, height: 1, ..body };
        let chosen = at == tables.place.row;
        if row.heading {
            let name = row.cells.first().map(|cell| cell.value.shown()).unwrap_or_default();
            paint::text(view, buffer, Rect { x: line.x + 1, ..line }, &name, view.theme.strong);
            continue;
        }
        if chosen {
            paint::text(view, buffer, line, view.glyphs.cursor, view.theme.strong);
        }
        for laid in &tables.columns {
            let Some(cell) = row.cells.get(laid.column) else { continue };
            let here = chosen && (laid.column == tables.place.column || laid.column == names);
            let area = Rect { x: laid.x, width: laid.width, ..line };
            let style = match &cell.value {
                _ if here => view.theme.cursor_line,
                CellValue::Number(0) => view.theme.dim,
                _ => view.theme.text,
            };
            let words = cell.value.shown();
            if cell.value.is_number() {
                paint::text_right(view, buffer, area, &words, style);
            } else {
                let indent =
                    if laid.column == names { u16::try_from(row.indent * 2).unwrap_or(0) } else { 0 };
                let area = Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
                paint::text(view, buffer, area, &words, style);
            }
        }
    }
    // Where there is room below the rows, it holds the notes.
    let used =
        HEAD_ROWS + u16::try_from(table.rows.len() - tables.top.min(table.rows.len())).unwrap_or(u16::MAX);
    if let Some(height) = body.height.checked_sub(used.saturating_add(1)) {
        notes(view, Rect { y: body.y + used + 1, height, ..body }, 0, buffer);
    }
    if more {
        let edge = Rect { x: body.right().saturating_sub(1), width: 1, height: 1, ..body };
        paint::text(view, buffer, edge, view.glyphs.arrow, view.theme.dim);
    }
}

/// The title of a column, in as many rows as it needs and there are, the last one lowest. Its N has a row of its own and is
/// never cut.
fn head(view: &View<'_>, table: &PaperTable, laid: LaidColumn, body: Rect, buffer: &mut Buffer) {
    let Some(head) = table.head.get(laid.column) else { return };
    let (name, of) = parted_title(&head.title);
    let room = usize::from(HEAD_ROWS) - usize::from(!of.is_empty());
    let rows = wrap(name, usize::from(laid.width.max(1)));
    let mut lines: Vec<String> = rows
        .iter()
        .take(room)
        .map(|row| name.get(row.clone()).unwrap_or_default().trim().to_owned())
        .collect();
    if rows.len() > room
        && let Some(last) = lines.last_mut()
    {
        last.push_str(view.glyphs.ellipsis);
    }
    if !of.is_empty() {
        lines.push(of.to_owned());
    }
    let top = body.y + HEAD_ROWS - u16::try_from(lines.len()).unwrap_or(HEAD_ROWS).min(HEAD_ROWS);
    for (y, words) in (top..body.y + HEAD_ROWS).zip(&lines) {
        let area = Rect { x: laid.x, y, width: laid.width, height: 1 };
        if head.unit.is_some() {
            paint::text_right(view, buffer, area, words, view.theme.column_head);
        } else {
            paint::text(view, buffer, area, words, view.theme.column_head);
        }
    }
}
