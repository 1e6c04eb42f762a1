//! A screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::View;

pub(super) fn draw(_view: &View<'_>, _body: Rect, _buffer: &mut Buffer) -> Option<Position> {
    None
}
