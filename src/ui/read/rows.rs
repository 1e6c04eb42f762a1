//! The turns: number, time, label, and the speech beside them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::glyphs::GlyphSet;
use super::super::{View, paint};
use crate::app::read::{At, Open, Row, turn_speaker};
use crate::app::wrap::cells;
use crate::study::{HIDDEN, Turn, Voice, Voices};
use crate::text::{Span, Unit, clock_words};

pub(super) fn draw(view: &View<'_>, open: &Open, body: Rect, buffer: &mut Buffer) {
    let voices = view.model.study.voices_in(open.transcript);
    let marks = Marks::of(view, open);
    for (y, at) in (body.y..body.bottom()).zip(&open.rows) {
        let row = Rect { y, height: 1, ..body };
        let turn = at.turn().and_then(|turn| open.page.turns().turns.get(turn));
        let voice =
            turn.map(|turn| voices.as_ref().map_or(Voice::Unknown, |voices: &Voices| voices.of(turn)));
        if let Some(turn) = turn {
            beside(view, open, *at, turn, voice.unwrap_or_default(), row, buffer);
        }
        if let Some(Row::Text(span)) = open.page.row(*at) {
            let base = match voice {
                None => view.theme.dim,
                Some(voice) => speech_style(view, voice),
            };
            if at.turn().is_some_and(|turn| open.page.is_hidden(turn)) {
                let area = column(row, open.columns.text);
                paint::text(view, buffer, area, HIDDEN, view.theme.dim);
                continue;
            }
            let text = span.slice(open.page.text()).unwrap_or_default();
            speech(view, &marks, (text, span.start), base, column(row, open.columns.text), buffer);
        }
    }
}

fn column(row: Rect, (x, width): (u16, u16)) -> Rect {
    Rect { x: row.x + x, width, ..row }.intersection(row)
}

fn speech_style(view: &View<'_>, voice: Voice) -> Style {
    match voice {
        Voice::Interviewer | Voice::Other => view.theme.interviewer,
        Voice::Participant(_) | Voice::Several | Voice::Unknown => view.theme.text,
    }
}

/// What stands beside the speech: the mark of the cursor on each row of its turn, and number, time and label on the
/// first.
fn beside(view: &View<'_>, open: &Open, at: At, turn: &Turn, voice: Voice, row: Rect, buffer: &mut Buffer) {
    let here = at.turn() == Some(open.cursor.turn);
    if here {
        paint::text(view, buffer, Rect { width: 1, ..row }, view.glyphs.cursor, view.theme.strong);
    }
    if at.row > 0 {
        return;
    }
    let label_style = match voice {
        Voice::Interviewer | Voice::Other => view.theme.interviewer,
        _ => view.theme.speaker,
    };
    let number_style = match here && open.cursor.unit == Unit::Turn {
        true => view.theme.cursor,
        false => view.theme.dim,
    };
    let number = turn.number.to_string();
    let room = if open.columns.narrow { open.columns.text.1 } else { open.columns.label.1 };
    let of = (open.page.turns().speaker_of(turn), turn.number);
    let study = &view.model.study;
    let label = turn_speaker(study, open.transcript, of, voice, (view.glyphs.arrow, room));
    if open.columns.narrow {
        let used = paint::text(view, buffer, column(row, (1, row.width - 1)), &number, number_style);
        let rest = column(row, (used + 2, open.columns.text.1.saturating_sub(used)));
        paint::text(view, buffer, rest, &label, label_style);
        return;
    }
    paint::text_right(view, buffer, column(row, open.columns.number), &number, number_style);
    if let (Some(ms), true) = (turn.start_ms, open.columns.time.1 > 0) {
        paint::text(view, buffer, column(row, open.columns.time), &clock_words(ms), view.theme.dim);
    }
    paint::text(view, buffer, column(row, open.columns.label), &label, label_style);
}

/// One row of speech, which begins at that byte, grapheme by grapheme: what it is (found, selected, under the cursor) is said by its style.
fn speech(
    view: &View<'_>,
    marks: &Marks<'_>,
    (text, start): (&str, u32),
    base: Style,
    area: Rect,
    buffer: &mut Buffer,
) {
    let mut x = area.x;
    for cell in cells(text) {
        let columns = u16::try_from(cell.width).unwrap_or(1);
        if columns == 0 {
            continue;
        }
        if x + columns > area.right() {
            break;
        }
        let at = start as usize + cell.at;
        let style = marks.style(view, base, at);
        if view.glyphs.set == GlyphSet::Ascii && !cell.shown.is_ascii() {
            let ascii = paint::in_ascii(cell.shown, cell.width);
            buffer.set_stringn(x, area.y, ascii, cell.width, style);
        } else {
            buffer.set_stringn(x, area.y, cell.shown, cell.width, style);
        }
        x += columns;
    }
}

/// Spans that are shown otherwise than plain speech.
struct Marks<'m> {
    cursor: Span,
    selection: Span,
    /// The quote whose coding keys act on, where it is not what is selected anyway.
    quote: Span,
    found: &'m [Span],
}

impl<'m> Marks<'m> {
    /// A turn under the cursor is marked beside its rows, not by its letters: a page in reverse cannot be read.
    fn of(view: &View<'m>, open: &Open) -> Marks<'m> {
        let selection = if open.is_extending() { open.selection() } else { Span::default() };
        let cursor = if open.cursor.unit == Unit::Turn { Span::default() } else { open.cursor.span };
        let here = open.selection();
        let quote = view.model.coding_here().map(|here| here.quote.span).filter(|span| *span != here);
        Marks { cursor, selection, quote: quote.unwrap_or_default(), found: &view.model.read.found }
    }

    fn style(&self, view: &View<'_>, base: Style, at: usize) -> Style {
        let mut style = base;
        let after = self.found.partition_point(|span| span.end as usize <= at);
        if self.found.get(after).is_some_and(|span| span.contains(at)) {
            style = style.patch(view.theme.found);
        }
        if self.quote.contains(at) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        if self.selection.contains(at) {
            style = style.patch(view.theme.selection);
        } else if self.cursor.contains(at) {
            style = style.patch(view.theme.cursor);
        }
        style
    }
}
