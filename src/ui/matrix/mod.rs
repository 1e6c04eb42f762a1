//! The framework matrix: a mark for every cell, or the desk of one.

mod desk;

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{View, paint};
use crate::analysis::{CellState, MatrixRow};
use crate::app::Model;
use crate::app::matrix::GridLine;

/// From this width on, the legend has whole words.
const WIDE: u16 = 76;

pub(super) fn draw(view: &View<'_>, body: Rect, buffer: &mut Buffer) -> Option<Position> {
    let header =
        Rect { x: body.x + 1, y: body.y.saturating_sub(1), height: 1, width: body.width.saturating_sub(2) };
    if view.model.matrix.desk.is_some() {
        desk::header(view, header, buffer);
        return desk::draw(view, body, buffer);
    }
    legend(view, header, buffer);
    if view.model.matrix.chosen().is_none() {
        paint::paragraphs(view, body, &[view.model.empty_matrix_words()], buffer);
        return None;
    }
    grid(view, body, buffer);
    None
}

/// What the chosen cell is and holds.
pub(super) fn detail(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let matrix = &view.model.matrix;
    // On the desk the rest is in sight already.
    let words = match (&matrix.desk, &matrix.why_stale) {
        (Some(_), Some(why)) => format!("stale: {why}"),
        _ => view.model.cell_words().unwrap_or_default(),
    };
    paint::text(view, buffer, row, &words, view.theme.dim);
}

/// The mark of a state and its style. Its shape says by itself which state it is.
fn mark<'v>(view: &View<'v>, state: CellState) -> (&'v str, Style) {
    let at = CellState::ALL.iter().position(|each| *each == state).unwrap_or_default();
    let style = match state {
        CellState::Nothing => view.theme.dim,
        CellState::Evidence => view.theme.text,
        CellState::Drafted => view.theme.speaker,
        CellState::Checked => view.theme.saved,
        CellState::Stale => view.theme.warning,
    };
    (view.glyphs.cells.get(at).copied().unwrap_or_default(), style)
}

/// What is shown, and what the marks mean.
fn legend(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    let wide = row.width >= WIDE;
    let mut pieces: Vec<(Cow<'_, str>, Style)> = Vec::new();
    if wide {
        pieces.push((Cow::Owned(format!("{}  ", view.model.matrix_words())), view.theme.heading));
    }
    for state in CellState::ALL {
        let (glyph, style) = mark(view, state);
        let word = match (wide, state) {
            (false, CellState::Nothing) => "none",
            (false, CellState::Evidence) => "said",
            (false, CellState::Drafted) => "draft",
            _ => state.name(),
        };
        pieces.push((glyph.into(), style));
        pieces.push((Cow::Owned(format!(" {word}{}", if wide { "  " } else { " " })), view.theme.dim));
    }
    paint::pieces(view, buffer, row, &pieces);
}

fn grid(view: &View<'_>, body: Rect, buffer: &mut Buffer) {
    let matrix = &view.model.matrix;
    heads(view, Rect { height: 1, ..body }, buffer);
    let below = matrix.preview_height + 2;
    let lines = Rect { y: body.y + 1, height: body.height.saturating_sub(1 + below), ..body };
    let chosen = matrix.row();
    let mut listed = matrix.rows_above(matrix.roll.top);
    for (y, line) in (lines.y..lines.bottom()).zip(matrix.lines.iter().skip(matrix.roll.top)) {
        let at = Rect { y, height: 1, ..lines };
        match line {
            GridLine::Group(group) => heading(view, *group, at, buffer),
            GridLine::Row(row) => {
                let is_chosen = listed == matrix.roll.chosen;
                listed += 1;
                line_of(view, *row, is_chosen, at, buffer);
            }
        }
    }
    let counts = Rect { y: lines.bottom(), height: 1, x: body.x + 1, width: body.width.saturating_sub(2) };
    if let Some((row, along)) = chosen.and_then(|at| matrix.grid.rows.get(at).zip(matrix.counts.rows.get(at)))
    {
        let memo = if matrix.memos.cases.contains(&row.case) { ", memo" } else { "" };
        let words = format!("{}: {}{memo}", row.name, Model::state_words(along));
        paint::text(view, buffer, counts, &words, view.theme.dim);
        // What is written elsewhere is looked for here first.
        let elsewhere = view.model.elsewhere_words().unwrap_or_default();
        if paint::width(&words) + 2 + paint::width(&elsewhere) <= counts.width {
            paint::text_right(view, buffer, counts, &elsewhere, view.theme.dim);
        }
    }
    let down = matrix.counts.columns.get(matrix.column);
    if let Some((column, down)) = matrix.grid.columns.get(matrix.column).zip(down) {
        let memo = if matrix.memos.topics.contains(&column.topic) { ", memo" } else { "" };
        let words = format!("{} {}: {}{memo}", matrix.column + 1, column.name, Model::state_words(down));
        paint::text(view, buffer, Rect { y: counts.y + 1, ..counts }, &words, view.theme.dim);
    }
    preview(view, Rect { y: counts.y + 2, height: matrix.preview_height, ..body }, buffer);
}

/// The part of a line that the cell of a column takes.
fn slot(view: &View<'_>, line: Rect, shown: usize) -> Rect {
    let columns = view.model.matrix.columns;
    let before = columns.width.saturating_mul(u16::try_from(shown).unwrap_or(u16::MAX));
    Rect { x: line.x + columns.label + before, width: columns.width.saturating_sub(1), ..line }
        .intersection(line)
}

/// Names of columns, or their numbers where names have no room.
fn heads(view: &View<'_>, row: Rect, buffer: &mut Buffer) {
    const NAMES: u16 = 9;
    let matrix = &view.model.matrix;
    let shown = matrix.grid.columns.iter().enumerate().skip(matrix.columns.left).take(matrix.columns.shown);
    let room = slot(view, row, 0).width;
    let is_short = |short: &str| !short.is_empty() && paint::width(short) <= room;
    // Numbers beside abbreviations would be read as abbreviations.
    let has_shorts = matrix.grid.columns.iter().all(|column| is_short(&column.short));
    for (place, (at, column)) in shown.enumerate() {
        let area = slot(view, row, place);
        let words = match room {
            NAMES.. => column.name.clone(),
            _ if has_shorts => column.short.clone(),
            _ => (at + 1).to_string(),
        };
        let style = if at == matrix.column { view.theme.heading } else { view.theme.dim };
        let memo = if matrix.memos.topics.contains(&column.topic) { view.glyphs.memo } else { "" };
        // The mark stands behind the name, and is not cut off with it.
        let words = paint::fit(view, &words, area.width.saturating_sub(paint::width(memo)));
        paint::text(view, buffer, area, &format!("{words}{memo}"), style);
    }
    let all = matrix.grid.columns.len();
    let last = (matrix.columns.left + matrix.columns.shown).min(all);
    let label = Rect { x: row.x + 1, width: matrix.columns.label.saturating_sub(2), ..row };
    let words = match (matrix.columns.left + 1, last) {
        (1, last) if last == all => String::new(),
        (first, last) => {
            let which = format!("{first}-{last} of {all}");
            let named = format!("columns {which}");
            if paint::width(&named) <= label.width { named } else { which }
        }
    };
    paint::text(view, buffer, label, &words, view.theme.dim);
    if matrix.columns.tail > 0 {
        paint::text_right(view, buffer, tail(view, row), "done", view.theme.dim);
    }
}

fn tail(view: &View<'_>, line: Rect) -> Rect {
    let width = view.model.matrix.columns.tail.saturating_sub(1);
    Rect { x: line.right().saturating_sub(width + 1), width, ..line }
}

/// The heading of a group, with what its cells hold.
fn heading(view: &View<'_>, group: usize, line: Rect, buffer: &mut Buffer) {
    let matrix = &view.model.matrix;
    let name = matrix.grid.groups.get(group).map_or("", |group| group.label());
    let attribute = matrix.layout.group.as_deref().unwrap_or_default().replace('_', " ");
    let Some((cases, states)) = matrix.counts.groups.get(group) else { return };
    let counts = Model::state_words(states);
    let pieces = [
        (Cow::Owned(format!(" {attribute}: {} ({cases}) ", name.replace('_', " "))), view.theme.heading),
        (Cow::Owned(counts), view.theme.dim),
    ];
    paint::pieces(view, buffer, line, &pieces);
}

/// One row: its label with its attributes, its cells, and how many that have evidence have a summary.
fn line_of(view: &View<'_>, at: usize, chosen: bool, line: Rect, buffer: &mut Buffer) {
    let matrix = &view.model.matrix;
    let Some(row) = matrix.grid.rows.get(at) else { return };
    let label = Rect { width: matrix.columns.label.saturating_sub(1), ..line };
    if chosen {
        paint::text(view, buffer, Rect { width: 1, ..label }, view.glyphs.cursor, view.theme.strong);
    }
    let room = Rect { x: label.x + 1, width: label.width.saturating_sub(1), ..label };
    let used = paint::text(view, buffer, room, &name_of(view, row), view.theme.speaker);
    let rest = Rect { x: room.x + used, width: room.width.saturating_sub(used), ..room };
    let values: Vec<String> = values_shown(view, row).iter().map(|value| value.replace('_', " ")).collect();
    if !values.is_empty() {
        paint::text(view, buffer, rest, &format!(" {}", values.join(", ")), view.theme.dim);
    }
    for place in 0..matrix.columns.shown {
        let column = matrix.columns.left + place;
        let Some(cell) = matrix.grid.cell(at, column) else { continue };
        let (glyph, style) = mark(view, cell.state);
        let area = slot(view, line, place);
        let style = match (chosen, column == matrix.column) {
            (true, true) => style.patch(view.theme.cursor_line),
            _ => style,
        };
        let has_memo =
            matrix.grid.columns.get(column).is_some_and(|held| matrix.memos.has_cell(row.case, &held.topic));
        // A second summary is told before a memo, where there is room for one mark alone.
        let mut behind = String::from(if cell.others.is_empty() { "" } else { "+" });
        if has_memo && (behind.is_empty() || area.width > 2) {
            behind.push_str(view.glyphs.memo);
        }
        if behind.is_empty() && chosen && column == matrix.column {
            behind.push(' ');
        }
        let shown = format!("{glyph}{behind}");
        paint::text(view, buffer, area, &shown, style);
    }
    if matrix.columns.tail > 0 {
        let counts = matrix.counts.rows.get(at).copied().unwrap_or_default();
        let written = counts.of(CellState::Drafted) + counts.of(CellState::Checked);
        let all = written + counts.of(CellState::Evidence) + counts.of(CellState::Stale);
        let words = if all == 0 { String::from("–") } else { format!("{written}/{all}") };
        paint::text_right(view, buffer, tail(view, line), &words, view.theme.dim);
    }
}

/// The label of a row: people below their group stand in, and a group that has people says whether they are listed.
fn name_of(view: &View<'_>, row: &MatrixRow) -> String {
    let has_memo = view.model.matrix.memos.cases.contains(&row.case);
    let memo = if has_memo { format!(" {}", view.glyphs.memo) } else { String::new() };
    let crate::study::Case::Group(transcript) = row.case else {
        return format!("{}{}{memo}", if row.depth > 0 { "   " } else { "  " }, row.name);
    };
    let open = view.model.matrix.unfolded.contains(&transcript);
    let sign = if open { view.glyphs.open } else { view.glyphs.closed };
    format!("{sign} {}{memo}", row.name)
}

/// The values that a row is sorted by; what it is grouped by stands in its heading.
fn values_shown<'r>(view: &View<'_>, row: &'r MatrixRow) -> &'r [String] {
    let grouped = usize::from(view.model.matrix.layout.group.is_some());
    row.values.get(grouped..).unwrap_or_default()
}

/// The summary of the chosen cell: moving down a column reads it.
fn preview(view: &View<'_>, area: Rect, buffer: &mut Buffer) {
    let model = view.model;
    if area.height < 2 {
        return;
    }
    paint::rule(view, buffer, Rect { height: 1, ..area });
    let summary = model.matrix.cell().and_then(|cell| cell.summary);
    let Some(summary) = summary.and_then(|id| model.study.summaries().get(&id)) else { return };
    let rows = model.matrix.preview.rows();
    let shown = usize::from(area.height - 1);
    for (at, (y, row)) in (area.y + 1..area.bottom()).zip(rows).enumerate() {
        let room = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        paint::wrapped_row(
            view,
            buffer,
            room,
            &summary.text,
            Some(row),
            at + 1 == shown && rows.len() > shown,
        );
    }
}
