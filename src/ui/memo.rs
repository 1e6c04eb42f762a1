//! Writing a memo.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{View, paint};
use crate::app::read::{MemoEditor, MemoTarget};
use crate::app::wrap::cells;
use crate::study::MemoKind;

pub(super) fn draw(view: &View<'_>, memo: &MemoEditor, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.height < 2 {
        return None;
    }
    paint::popup(view, buffer, Rect { y: area.y + 1, height: area.height - 1, ..area });
    let on = view.model.target_words(memo.writing.target);
    let title = match memo.writing.target {
        MemoTarget::Speech { .. } => format!(" the words of {on} "),
        _ => format!(" {} memo on {on} ", kind_words(memo.kind)),
    };
    paint::text(view, buffer, Rect { x: area.x + 1, height: 1, ..area }, &title, view.theme.heading);
    let rows = memo.rows.rows();
    for (y, row) in (area.y + 1..area.bottom()).zip(rows.iter().skip(memo.top)) {
        let line = memo.field.text().get(row.clone()).unwrap_or_default();
        let shown: String = cells(line).map(|cell| cell.shown).collect();
        paint::text(
            view,
            buffer,
            Rect { x: area.x + 1, y, width: area.width - 1, height: 1 },
            &shown,
            view.theme.field,
        );
    }
    let at = memo.rows.row_of(memo.field.cursor());
    let row = rows.get(at)?;
    let before = memo.field.text().get(row.start..memo.field.cursor())?;
    let columns: usize = cells(before).map(|cell| cell.width).sum();
    let x = area.x + 1 + u16::try_from(columns).ok()?;
    let y = area.y + 1 + u16::try_from(at.checked_sub(memo.top)?).ok()?;
    Some(Position { x: x.min(area.right().saturating_sub(1)), y })
}

/// A kind of memo as it is shown.
pub(super) fn kind_words(kind: MemoKind) -> String {
    kind.name().replace('_', " ")
}
