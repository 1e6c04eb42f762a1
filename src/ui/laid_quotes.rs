//! A list of quotes under one another, wherever it stands: each with its place, its marks and its rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{View, paint};
use crate::app::laid_quotes::{LaidQuote, LaidQuotes, QuoteMarks};

/// The mark of a quote in a column of one list, with its style.
type ColumnMark<'l> = &'l dyn Fn(&LaidQuote) -> (&'static str, Style);
/// Paints one of the rows that are shown of a quote.
type PaintRow<'l> = &'l dyn Fn(usize, Rect, &mut Buffer);

/// What a list shows besides what all of them show.
#[derive(Clone, Copy, Default)]
pub(super) struct Look<'l> {
    /// Whether the choice is shown.
    pub chosen: bool,
    /// Whether the list has the keys.
    pub active: bool,
    /// A column of its own in front of the place.
    pub column: Option<ColumnMark<'l>>,
    /// What becomes of a quote, at the right.
    pub fate: Option<&'l dyn Fn(&LaidQuote) -> String>,
    /// Paints one of the rows of the chosen quote, where others than its own are shown; and how many there are.
    pub around: Option<(usize, PaintRow<'l>)>,
}

/// Paints the quotes in sight. Gives back the line behind the last one: it may be above the area, or below it.
pub(super) fn draw(
    view: &View<'_>,
    area: Rect,
    list: &LaidQuotes,
    look: Look<'_>,
    buffer: &mut Buffer,
) -> i32 {
    let (first, above) = list.first();
    let mut y = i32::from(area.y) - i32::try_from(above).unwrap_or(i32::MAX);
    for (index, quote) in (first..).zip(&list.in_sight) {
        let chosen = look.chosen && index == list.chosen;
        if let Some(row) = row_at(area, y) {
            place(view, row, quote, (chosen, look), buffer);
        }
        y += 1;
        let words = Words { chosen: index == list.chosen, look };
        for line in 0..words.rows(quote) {
            if let Some(row) = row_at(area, y) {
                words.paint(view, row, quote, line, buffer);
            }
            y += 1;
        }
    }
    y
}

/// The row of an area that is at that height of the window, if it has one.
pub(super) fn row_at(area: Rect, y: i32) -> Option<Rect> {
    let y = u16::try_from(y).ok().filter(|y| (area.y..area.bottom()).contains(y))?;
    Some(Rect { y, height: 1, ..area })
}

/// Columns in front of place and words.
fn margin(look: Look<'_>) -> u16 {
    3 + u16::from(look.column.is_some())
}

/// `>★!I43:41 · P088              used, earlier definition`: the choice, the star, what the list shows, whether it must not be
/// quoted; where it stands and who speaks; what becomes of it, and marks in words.
fn place(
    view: &View<'_>,
    row: Rect,
    quote: &LaidQuote,
    (chosen, look): (bool, Look<'_>),
    buffer: &mut Buffer,
) {
    let mark = |is: bool, glyph: &'static str| if is { glyph } else { " " };
    let marks = quote.marks;
    let mut columns = vec![
        (mark(chosen, view.glyphs.cursor), view.theme.strong),
        (mark(marks.starred, view.glyphs.star), view.theme.star),
    ];
    columns.extend(look.column.map(|column| column(quote)));
    columns.push((mark(marks.refused, "!"), view.theme.star));
    for (x, (glyph, style)) in (row.x..).zip(columns) {
        paint::text(view, buffer, Rect { x, width: 1, ..row }, glyph, style);
    }
    let margin = margin(look);
    let mut room = Rect { x: row.x + margin, width: row.width.saturating_sub(margin + 1), ..row };
    let fate = look.fate.map(|fate| fate(quote)).unwrap_or_default();
    for (words, style) in [(fate, view.theme.strong), (in_words(marks), view.theme.dim)] {
        if !words.is_empty() {
            let words = paint::fit(view, &words, room.width / 2);
            let x = paint::text_right(view, buffer, room, &words, style);
            room.width = x.saturating_sub(room.x + 1);
        }
    }
    let style = if chosen && look.active { view.theme.cursor_line } else { view.theme.speaker };
    paint::text(view, buffer, room, &quote.place, style);
}

/// The marks that have no glyph of their own.
fn in_words(marks: QuoteMarks) -> String {
    let others = QuoteMarks { starred: false, refused: false, ..marks };
    others.words().collect::<Vec<_>>().join(", ")
}

/// The words of a quote.
struct Words<'l> {
    chosen: bool,
    look: Look<'l>,
}

impl Words<'_> {
    fn rows(&self, quote: &LaidQuote) -> usize {
        self.look.around.filter(|_| self.chosen).map_or(quote.rows.len(), |(rows, _)| rows)
    }

    fn paint(&self, view: &View<'_>, row: Rect, quote: &LaidQuote, line: usize, buffer: &mut Buffer) {
        let margin = margin(self.look);
        let room = Rect { x: row.x + margin, width: row.width.saturating_sub(margin), ..row };
        if let Some((_, around)) = self.look.around.filter(|_| self.chosen) {
            return around(line, room, buffer);
        }
        let Some(held) = view.model.study.quotes().get(&quote.quote) else { return };
        let cut = quote.cut && line + 1 == quote.rows.len();
        paint::wrapped_row(view, buffer, room, &held.text, quote.rows.get(line), cut);
    }
}
