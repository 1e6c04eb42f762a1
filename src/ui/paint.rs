//! The few strokes that all views are painted with: clipped text, and text in pieces.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::View;
use super::glyphs::{GlyphSet, Glyphs};
use crate::app::wrap::{cells, wrap};

/// Columns that a text takes.
pub(super) fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// Paints text from the left of the first row of `area`, cut off with an ellipsis at its right. Gives back the columns
/// it took. Never paints controls: names and labels come from files.
pub(super) fn text(view: &View<'_>, buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return 0;
    }
    let shown = safe(view, text);
    let fitted = fit(view, &shown, area.width);
    let (end, _) = buffer.set_stringn(area.x, area.y, &fitted, usize::from(area.width), style);
    end - area.x
}

/// Paints pieces of text behind one another, cut off like [`text`].
pub(super) fn pieces(
    view: &View<'_>,
    buffer: &mut Buffer,
    area: Rect,
    pieces: &[(Cow<'_, str>, Style)],
) -> u16 {
    let mut used = 0;
    for (piece, style) in pieces {
        let rest = Rect { x: area.x + used, width: area.width - used, ..area };
        used += text(view, buffer, rest, piece, *style).min(rest.width);
    }
    used
}

/// Paints text that ends at the right of the first row of `area`. Gives back the column it begins in.
pub(super) fn text_right(view: &View<'_>, buffer: &mut Buffer, area: Rect, shown: &str, style: Style) -> u16 {
    let columns = width(&safe(view, shown)).min(area.width);
    let x = area.right() - columns;
    text(view, buffer, Rect { x, width: columns, ..area }, shown, style);
    x
}

/// A text cut to `columns`, with an ellipsis where something was cut off.
pub(super) fn fit<'t>(view: &View<'_>, text: &'t str, columns: u16) -> Cow<'t, str> {
    crate::app::wrap::fit(text, usize::from(columns), view.glyphs.ellipsis)
}

/// The beginning of a text on one row of `columns`, cut behind a word, with an ellipsis where more follows.
pub(super) fn fit_words(view: &View<'_>, text: &str, columns: u16) -> String {
    let most = usize::from(columns);
    let flat = |c: char| if matches!(c, '\n' | '\t') { ' ' } else { c };
    // No row is wider than this in characters.
    let begins: String = text.chars().take(most + 1).map(flat).collect();
    if begins.len() == text.len() && width(&begins) <= columns {
        return begins;
    }
    let room = columns.saturating_sub(width(view.glyphs.ellipsis));
    let first = wrap(&begins, usize::from(room)).into_iter().next().unwrap_or_default();
    let kept = begins.get(first).unwrap_or_default().trim_end();
    format!("{kept}{}", view.glyphs.ellipsis)
}

/// The row of a wrapped text that is in `range`, with an ellipsis if more follows unseen.
pub(super) fn wrapped_row(
    view: &View<'_>,
    buffer: &mut Buffer,
    area: Rect,
    text: &str,
    range: Option<&Range<usize>>,
    cut: bool,
) {
    let row = range.and_then(|range| text.get(range.clone())).unwrap_or_default();
    let mut shown: String = cells(row).map(|cell| cell.shown).collect();
    shown.truncate(shown.trim_end().len());
    if cut {
        shown.push_str(view.glyphs.ellipsis);
    }
    self::text(view, buffer, area, &shown, view.theme.text);
}

/// A text without anything that a terminal would obey, and in ASCII where that is all there is.
pub(super) fn safe<'t>(view: &View<'_>, text: &'t str) -> Cow<'t, str> {
    safe_in(view.glyphs, text)
}

/// The same for lines, each ended by `\n`.
pub(super) fn safe_lines(glyphs: &Glyphs, lines: &str) -> String {
    lines.split('\n').map(|line| safe_in(glyphs, line)).collect::<Vec<_>>().join("\n")
}

fn safe_in<'t>(glyphs: &Glyphs, text: &'t str) -> Cow<'t, str> {
    let ascii = glyphs.set == GlyphSet::Ascii;
    let plain = text.chars().all(|c| glyphs.control(c).is_none() && (c.is_ascii() || !ascii));
    if plain {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        match grapheme.chars().next().and_then(|first| glyphs.control(first)) {
            Some(picture) => shown.push_str(&picture),
            None if ascii && !grapheme.is_ascii() => shown.push_str(&in_ascii(grapheme, grapheme.width())),
            None => shown.push_str(grapheme),
        }
    }
    Cow::Owned(shown)
}

/// A grapheme in ASCII, in as many columns: typographic quotes and dashes as those of a typewriter, letters without
/// their marks, all else as `?`.
pub(super) fn in_ascii(grapheme: &str, columns: usize) -> String {
    use unicode_normalization::UnicodeNormalization;
    let one = match grapheme {
        "‘" | "’" | "‚" => '\'',
        "“" | "”" | "„" => '"',
        "–" | "—" | "−" | "‐" | "‑" => '-',
        "…" => '.',
        "·" => '-',
        "★" => '*',
        "✓" => 'x',
        _ if ('\u{2400}'..='\u{2421}').contains(&grapheme.chars().next().unwrap_or(' ')) => '^',
        _ => grapheme.nfkd().next().filter(|c| (' '..='~').contains(c)).unwrap_or('?'),
    };
    std::iter::repeat_n(one, columns).collect()
}

/// Empties a part of the window.
pub(super) fn clear(view: &View<'_>, buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(view.theme.text);
            }
        }
    }
}

/// Empties a part of the window for something that lies over it, with a rule above it where there is room.
pub(super) fn popup(view: &View<'_>, buffer: &mut Buffer, inner: Rect) {
    let over = Rect { y: inner.y.saturating_sub(1), height: inner.height + inner.y.min(1), ..inner };
    clear(view, buffer, over);
    if over.y < inner.y {
        rule(view, buffer, Rect { height: 1, ..over });
    }
}

/// A row of a list: the mark of the chosen one before it, and the style of its text, which `width` columns behind the mark
/// take.
pub(super) fn list_row(view: &View<'_>, row: Rect, width: u16, chosen: bool, buffer: &mut Buffer) -> Style {
    if !chosen {
        return view.theme.text;
    }
    text(view, buffer, Rect { width: 1, ..row }, view.glyphs.cursor, view.theme.strong);
    let behind = Rect { x: row.x + 1, width: width.min(row.width.saturating_sub(1)), ..row };
    buffer.set_style(behind, view.theme.cursor_line);
    view.theme.cursor_line
}

/// A level rule.
pub(super) fn rule(view: &View<'_>, buffer: &mut Buffer, row: Rect) {
    let line = view.glyphs.horizontal.repeat(usize::from(row.width));
    text(view, buffer, row, &line, view.theme.border);
}

/// Paints a text field of one line. Gives back where the cursor belongs.
pub(super) fn field(
    view: &View<'_>,
    buffer: &mut Buffer,
    row: Rect,
    field: &crate::app::TextField,
    placeholder: &str,
) -> Option<ratatui::layout::Position> {
    let row = row.intersection(buffer.area);
    if row.width < 2 {
        return None;
    }
    if field.is_empty() {
        text(view, buffer, row, placeholder, view.theme.placeholder);
    }
    // The end of what stands before the cursor is always in sight.
    let before = safe(view, field.text().get(..field.cursor()).unwrap_or_default());
    let mut hidden = 0;
    let mut columns = width(&before);
    for grapheme in before.graphemes(true) {
        if columns < row.width {
            break;
        }
        columns -= width(grapheme).min(columns);
        hidden += grapheme.len();
    }
    let after = safe(view, field.text().get(field.cursor()..).unwrap_or_default());
    let shown = format!("{}{after}", before.get(hidden..).unwrap_or_default());
    buffer.set_stringn(
        row.x,
        row.y,
        shown,
        usize::from(row.width),
        if field.is_offered() { view.theme.selection } else { view.theme.field },
    );
    Some(ratatui::layout::Position { x: row.x + columns, y: row.y })
}

/// Sentences one below the other, wrapped, with a blank line between them.
pub(super) fn paragraphs(view: &View<'_>, body: Rect, sentences: &[String], buffer: &mut Buffer) {
    let area = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
    let mut y = area.y + 1;
    for sentence in sentences {
        for range in wrap(sentence, usize::from(area.width.min(78))) {
            if y >= area.bottom() {
                return;
            }
            let text = sentence.get(range).unwrap_or_default().trim_end();
            self::text(view, buffer, Rect { y, height: 1, ..area }, text, view.theme.text);
            y += 1;
        }
        y += 1;
    }
}
