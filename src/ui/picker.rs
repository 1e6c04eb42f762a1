//! Choosing a code.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::read::Picker;

pub(super) fn draw(view: &View<'_>, picker: &Picker, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    paint::field(view, buffer, Rect { height: 1, ..area }, &picker.field, "a code")
}
