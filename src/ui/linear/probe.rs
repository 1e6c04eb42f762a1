//! What the other views paint, read off the screen: the row that is chosen, or all that is there.
//!
//! A theme in which only chosen rows look otherwise finds them on every screen, also on one that is new.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::super::theme::Theme;
use super::super::{View, rect};
use crate::app::HEADER_ROWS;

/// A mark that no theme has.
const MARK: Modifier = Modifier::RAPID_BLINK;

/// The heading of the screen, in its second row.
pub(super) fn heading(view: &View<'_>) -> String {
    let buffer = paint(view);
    row(&buffer, HEADER_ROWS - 1, |_| true)
}

/// What is marked as chosen; nothing, if nothing is.
pub(super) fn chosen(view: &View<'_>) -> String {
    let buffer = paint(view);
    let marked = |cell: &ratatui::buffer::Cell| cell.modifier.contains(MARK);
    let rows = (0..buffer.area.height).map(|y| row(&buffer, y, marked));
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("; ")
}

/// All that the body of the screen says.
pub(super) fn body(view: &View<'_>) -> String {
    let buffer = paint(view);
    let body = rect(view.model.body());
    let rows = (body.top()..body.bottom()).map(|y| row(&buffer, y, |_| true));
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What the tour says; nothing, if there is none.
pub(super) fn tour(view: &View<'_>) -> String {
    let area = rect(view.model.tour_area());
    if area.is_empty() {
        return String::new();
    }
    let buffer = paint(view);
    let rows = (area.top()..area.bottom()).map(|y| row(&buffer, y, |_| true));
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join(" ")
}

fn paint(view: &View<'_>) -> Buffer {
    let size = view.model.size;
    let area = Rect { x: 0, y: 0, width: size.width, height: size.height };
    let mut buffer = Buffer::empty(area);
    let mut theme = Theme::default();
    theme.cursor_line = theme.cursor_line.add_modifier(MARK);
    super::super::draw(view.model, &theme, view.glyphs, area, &mut buffer);
    buffer
}

/// The text of a row: columns parted by commas, without lines and boxes.
fn row(buffer: &Buffer, y: u16, wanted: impl Fn(&ratatui::buffer::Cell) -> bool) -> String {
    let mut text = String::new();
    for x in 0..buffer.area.width {
        let Some(cell) = buffer.cell((x, y)) else { continue };
        // Box drawing and blocks (U+2500 to U+259F) say nothing.
        let drawn = cell.symbol().chars().all(|c| ('\u{2500}'..='\u{259f}').contains(&c));
        text.push_str(if wanted(cell) && !drawn { cell.symbol() } else { " " });
    }
    let columns: Vec<&str> = text.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect();
    columns.join(", ")
}
