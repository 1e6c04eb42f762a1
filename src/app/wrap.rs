//! Lines of text: where they break, and what is shown of each grapheme.
//!
//! A row is a range of bytes. Rows hold every byte of a text exactly once: blanks at the end of a row hang over its edge
//! unseen. Views paint [`cells`], never the text itself, so that a tab has a width and a control character a picture.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns between tab stops.
const TAB: usize = 4;

/// One grapheme as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// Its first byte in the text that was asked about.
    pub at: usize,
    /// Its bytes.
    pub len: usize,
    /// What to paint; empty for what cannot be seen.
    pub shown: &'t str,
    /// Columns it takes.
    pub width: usize,
}

/// The graphemes of one row, as they are shown. A line feed is shown as nothing.
///
/// Controls of C0 are their pictures (`␛`); what would make a terminal do something else than show (C1, marks of
/// direction) is U+FFFD; what has no width (soft hyphen, zero-width space) is not shown.
pub fn cells(row: &str) -> impl Iterator<Item = Cell<'_>> {
    let mut column = 0;
    graphemes(row).map(move |(at, grapheme)| {
        let (shown, width) = show(grapheme, column);
        column += width;
        Cell { at, len: grapheme.len(), shown, width }
    })
}

/// The graphemes of a text with their places. ASCII, which is most of it, needs no look at Unicode's tables: it joins
/// nothing but what is not ASCII behind it (and a line feed a carriage return).
fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let len = match rest.as_bytes() {
            [b'\r', ..] => rest.graphemes(true).next().map_or(1, str::len),
            [first, second, ..] if first.is_ascii() && second.is_ascii() => 1,
            _ => rest.graphemes(true).next().map_or(1, str::len),
        };
        let found = (at, rest.get(..len)?);
        at += len;
        Some(found)
    })
}

/// What is painted for a grapheme that begins in `column`.
fn show(grapheme: &str, column: usize) -> (&str, usize) {
    const BLANKS: &str = "    ";
    let first = grapheme.chars().next().unwrap_or(' ');
    match first {
        ' '..='~' if grapheme.len() == 1 => (grapheme, 1),
        '\n' => ("", 0),
        '\t' => {
            let width = TAB - column % TAB;
            (BLANKS.get(..width).unwrap_or(BLANKS), width)
        }
        '\0'..='\u{1f}' | '\u{7f}' => (picture(first), 1),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => ("\u{fffd}", 1),
        '\u{a0}' | '\u{202f}' if grapheme.chars().count() == 1 => (" ", 1),
        _ => match grapheme.width() {
            0 => ("", 0),
            width => (grapheme, width),
        },
    }
}

/// The picture of a C0 control or delete, from Unicode's block of Control Pictures: three bytes each.
fn picture(control: char) -> &'static str {
    const PICTURES: &str = "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟";
    match control {
        '\u{7f}' => "␡",
        _ => {
            let at = control as usize * 3;
            PICTURES.get(at..at + 3).unwrap_or("\u{fffd}")
        }
    }
}

/// The rows of `text`, none wider than `width` columns (of which there must be a few: one grapheme may take more than
/// a very narrow row). There is at least one row.
///
/// Lines break behind blanks, hyphens and dashes, between wide characters (Chinese, Japanese), and inside a word only
/// if the word is longer than a row. A no-break space does not break.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    wrap_first(text, width, usize::MAX).0
}

/// The first rows of `text`, at most so many, and whether more follow: no longer text takes longer.
#[must_use]
pub fn wrap_first(text: &str, width: usize, most: usize) -> (Vec<Range<usize>>, bool) {
    let mut rows = Vec::new();
    let mut row = Row::default();
    for cell in graphemes(text) {
        row.take(cell, width.max(1), &mut rows);
        if rows.len() > most {
            break;
        }
    }
    if rows.len() <= most {
        rows.push(row.start..text.len());
    }
    let more = rows.len() > most;
    rows.truncate(most);
    (rows, more)
}

/// A text in at most so many columns: cut between graphemes, with the ellipsis behind what is left of it.
#[must_use]
pub fn fit<'t>(text: &'t str, columns: usize, ellipsis: &str) -> Cow<'t, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(ellipsis.width());
    let mut kept = String::new();
    let mut used = 0;
    for (_, grapheme) in graphemes(text) {
        used += grapheme.width();
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.push_str(ellipsis);
    Cow::Owned(kept)
}

/// A text and what belongs behind it in at most so many columns: the text gives way, what is behind it stays whole if it can.
#[must_use]
pub fn fit_before(text: &str, behind: &str, columns: usize, ellipsis: &str) -> String {
    let room = columns.saturating_sub(behind.width()).max(columns / 3);
    fit(&format!("{}{behind}", fit(text, room, ellipsis)), columns, ellipsis).into_owned()
}

/// A row that is being filled.
#[derive(Default)]
struct Row {
    start: usize,
    /// Columns so far, without blanks that hang over.
    column: usize,
    /// Where it can be broken, and the columns that the rest would take on a row of its own.
    chance: Option<usize>,
    /// The columns in front of the chance.
    before_chance: usize,
    /// Whether a break is possible in front of the next grapheme.
    open: bool,
}

impl Row {
    fn take(&mut self, (at, grapheme): (usize, &str), width: usize, rows: &mut Vec<Range<usize>>) {
        let blank = is_blank(grapheme);
        let (_, columns) = show(grapheme, self.column);
        if self.open && !blank && at > self.start {
            (self.chance, self.before_chance) = (Some(at), self.column);
        }
        if !blank && self.column + columns > width && at > self.start {
            match self.chance.take() {
                Some(chance) => {
                    rows.push(self.start..chance);
                    self.start = chance;
                    // Tabs inside the moved word, of which there are none: blanks are never moved.
                    self.column -= self.before_chance;
                }
                None => {
                    rows.push(self.start..at);
                    self.start = at;
                    self.column = 0;
                }
            }
            // The moved word may itself fill the row.
            if self.column + columns > width && at > self.start {
                rows.push(self.start..at);
                self.start = at;
                self.column = 0;
            }
        }
        let (_, columns) = show(grapheme, self.column);
        self.column = self.column.saturating_add(columns);
        self.open = blank || ends_a_piece(grapheme) || columns > 1;
        if grapheme.ends_with('\n') {
            let end = at + grapheme.len();
            rows.push(self.start..end);
            *self = Row { start: end, ..Row::default() };
        }
    }
}

/// Whether a row may end behind it, and hides it there.
fn is_blank(grapheme: &str) -> bool {
    let breaking = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}');
    grapheme.chars().all(|c| breaking(c) || c == '\u{200b}')
}

/// Whether a row may end behind it, and shows it there.
fn ends_a_piece(grapheme: &str) -> bool {
    matches!(grapheme, "-" | "‐" | "–" | "—" | "\u{ad}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).into_iter().map(|row| &text[row]).collect()
    }

    fn shown(row: &str) -> String {
        cells(row).map(|cell| cell.shown).collect()
    }

    /// Columns of a row without what hangs over.
    fn columns(row: &str) -> usize {
        let hidden = row.len() - row.trim_end_matches(|c: char| is_blank(c.encode_utf8(&mut [0; 4]))).len();
        cells(row).take_while(|cell| cell.at < row.len() - hidden).map(|cell| cell.width).sum()
    }

    #[test]
    fn lines_break_behind_blanks_and_hyphens() {
        assert_eq!(rows("time is key", 6), ["time ", "is key"]);
        assert_eq!(rows("time is key", 7), ["time is ", "key"]);
        assert_eq!(rows("a self-employed man", 8), ["a self-", "employed ", "man"]);
        assert_eq!(rows("one\ntwo", 20), ["one\n", "two"]);
        assert_eq!(rows("", 20), [""]);
    }

    #[test]
    fn long_words_are_cut_and_no_break_spaces_hold() {
        assert_eq!(rows("extraordinarily so", 6), ["extrao", "rdinar", "ily so"]);
        assert_eq!(rows("at 10\u{a0}am we", 6), ["at ", "10\u{a0}am ", "we"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_break_anywhere() {
        assert_eq!(rows("時間が大事", 4), ["時間", "が大", "事"]);
    }

    #[test]
    fn what_cannot_be_seen_is_pictured_or_left_out() {
        assert_eq!(
            shown("a\tb\u{1b}[2J\u{7f}\u{9b}\u{202e}c\u{200b}d\u{ad}e"),
            "a   b␛[2J␡\u{fffd}\u{fffd}cde"
        );
        assert_eq!(shown("e\u{301}👩🏽‍⚕️"), "e\u{301}👩🏽‍⚕️");
    }

    proptest! {
        #[test]
        fn graphemes_are_those_of_unicode(text in "(\\PC|[a-z\r\n]|e\u{301}|👩🏽‍⚕️|\u{1f1ec}\u{1f1e7}|\u{200d}){0,40}") {
            let plain: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            prop_assert_eq!(graphemes(&text).collect::<Vec<_>>(), plain);
        }

        #[test]
        fn every_byte_is_in_one_row_and_rows_fit(
            text in "(\\PC|[a-z]{1,9}|[ \t\n\u{a0}\u{200b}-]|e\u{301}|👩🏽‍⚕️|時|\u{1b}|\u{202e}){0,60}",
            width in 6usize..30,
        ) {
            let rows = wrap(&text, width);
            prop_assert_eq!(rows.first().map(|row| row.start), Some(0));
            prop_assert_eq!(rows.last().map(|row| row.end), Some(text.len()));
            prop_assert!(rows.windows(2).all(|pair| pair[0].end == pair[1].start && !pair[0].is_empty()));
            for row in rows {
                let row = text.get(row).expect("a row ends between characters");
                prop_assert!(columns(row) <= width, "{:?} is wider than {}", row, width);
            }
        }
    }
}
