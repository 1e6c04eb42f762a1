//! A former text of a transcript, or what differs between it and the current one.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{View, paint};
use crate::app::read::{Former, FormerTone};

/// Columns for the number of a turn and the gap behind it.
const NUMBER: u16 = 6;

pub(super) fn draw(view: &View<'_>, former: &Former, body: Rect, buffer: &mut Buffer) {
    let inner = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
    paint::popup(view, buffer, inner);
    let row = |y: u16| Rect { x: inner.x + 1, y, width: inner.width.saturating_sub(2), height: 1 };
    let place = format!("{}/{}", former.top + 1, former.rows.len());
    let x = paint::text_right(view, buffer, row(inner.y), &place, view.theme.dim);
    let title = Rect { width: x.saturating_sub(inner.x + 2), ..row(inner.y) };
    paint::text(view, buffer, title, &former.title, view.theme.heading);
    for (y, held) in (inner.y + 1..inner.bottom()).zip(former.rows.iter().skip(former.top)) {
        let whole = row(y);
        if let Some(number) = held.number {
            let at = Rect { width: NUMBER - 1, ..whole };
            paint::text_right(view, buffer, at, &number.to_string(), view.theme.dim);
        }
        let at = Rect { x: whole.x + NUMBER, width: whole.width.saturating_sub(NUMBER), ..whole };
        let styled =
            held.pieces.iter().map(|(tone, words)| (Cow::Borrowed(words.as_str()), style(view, *tone)));
        paint::pieces(view, buffer, at, &styled.collect::<Vec<_>>());
    }
}

/// The signs tell words out from words in; style only helps.
fn style(view: &View<'_>, tone: FormerTone) -> Style {
    match tone {
        FormerTone::Same => view.theme.text,
        FormerTone::Out => view.theme.error.add_modifier(Modifier::CROSSED_OUT),
        FormerTone::In => view.theme.saved.add_modifier(Modifier::UNDERLINED),
    }
}
