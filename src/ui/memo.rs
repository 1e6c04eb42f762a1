//! Writing a memo.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::read::MemoEditor;
use crate::app::wrap::cells;
use crate::app::{Rows, TextField};
use crate::study::MemoKind;

pub(super) fn draw(view: &View<'_>, memo: &MemoEditor, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.height < 2 {
        return None;
    }
    paint::popup(view, buffer, Rect { y: area.y + 1, height: area.height - 1, ..area });
    let title =
        format!(" {} memo on {} ", kind_words(memo.kind), view.model.target_words(&memo.writing.target));
    paint::text(view, buffer, Rect { x: area.x + 1, height: 1, ..area }, &title, view.theme.heading);
    let lines = Rect { y: area.y + 1, height: area.height - 1, ..area };
    text(view, (&memo.field, &memo.rows, memo.top), lines, buffer)
}

/// The rows of a text that is being written, from the one at `top` on. Gives back where the cursor belongs.
pub(super) fn text(
    view: &View<'_>,
    (field, rows, top): (&TextField, &Rows, usize),
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    for (y, row) in (area.y..area.bottom()).zip(rows.rows().iter().skip(top)) {
        let line = field.text().get(row.clone()).unwrap_or_default();
        let shown: String = cells(line).map(|cell| cell.shown).collect();
        let room = Rect { x: area.x + 1, y, width: area.width.saturating_sub(1), height: 1 };
        paint::text(view, buffer, room, &shown, view.theme.field);
    }
    let at = rows.row_of(field.cursor());
    let row = rows.rows().get(at)?;
    let before = field.text().get(row.start..field.cursor())?;
    let columns: usize = cells(before).map(|cell| cell.width).sum();
    let x = area.x + 1 + u16::try_from(columns).ok()?;
    let y = area.y + u16::try_from(at.checked_sub(top)?).ok()?;
    Some(Position { x: x.min(area.right().saturating_sub(1)), y: y.min(area.bottom().saturating_sub(1)) })
}

/// A kind of memo as it is shown.
pub(super) fn kind_words(kind: MemoKind) -> String {
    kind.name().replace('_', " ")
}
