//! A screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::View;

pub(super) fn draw(_view: &View<'_>, _body: Rect, _buffer: &mut Buffer) -> Option<Position> {
    None
}

/// What is under the cursor, in a line.
pub(super) fn detail(_view: &View<'_>, _row: Rect, _buffer: &mut Buffer) {}
