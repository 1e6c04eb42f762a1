//! A question with yes or no.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{View, paint};
use crate::app::layer::Ask;

pub(super) fn draw(view: &View<'_>, ask: &Ask, area: Rect, buffer: &mut Buffer) {
    let row = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: area.height.min(1), ..area };
    paint::text(view, buffer, row, &format!("{} y/n", ask.question), view.theme.strong);
}
