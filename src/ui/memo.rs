//! Writing a memo.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::read::MemoEditor;

pub(super) fn draw(view: &View<'_>, memo: &MemoEditor, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    paint::field(view, buffer, Rect { height: 1, ..area }, &memo.field, "a memo")
}
