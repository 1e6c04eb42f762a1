//! A text field: one line, or several.

use unicode_segmentation::UnicodeSegmentation;

/// Text being typed, with a cursor between two graphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    text: String,
    /// Byte of the text; always between two graphemes.
    cursor: usize,
    /// What is typed next takes the place of the text.
    offered: bool,
}

impl TextField {
    /// A field with this text, the cursor behind it.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text, offered: false }
    }

    /// Offers the text: typing takes its place, unless it is kept first.
    pub fn offer(&mut self) {
        self.offered = !self.text.is_empty();
    }

    /// Keeps the text that was offered: what is typed next joins it.
    pub fn keep(&mut self) {
        self.offered = false;
    }

    /// Whether what is typed next takes the place of the text.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte before which the cursor stands.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts text before the cursor. A combining mark joins the grapheme before it.
    pub fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.offered) {
            self.clear();
        }
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        self.settle();
    }

    /// Takes away the grapheme before the cursor.
    pub fn rub_out(&mut self) {
        let from = self.before(1);
        self.remove(from, self.cursor);
    }

    /// Takes away the grapheme after the cursor.
    pub fn delete(&mut self) {
        let to = self.after();
        self.remove(self.cursor, to);
    }

    /// Takes away the word before the cursor, with the blanks behind it.
    pub fn rub_out_word(&mut self) {
        let from = self.word_before();
        self.remove(from, self.cursor);
    }

    /// Takes away what stands before the cursor in its line.
    pub fn rub_out_line(&mut self) {
        let from = self.line_start();
        self.remove(from, self.cursor);
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    /// Says something else, with the cursor as far from its start as it was.
    pub fn replace(&mut self, text: impl Into<String>) {
        let at = self.cursor;
        *self = Self::new(text);
        self.go_to(at);
    }

    /// The cursor stands at that byte, or in front of the grapheme that holds it; at the end if there is none.
    pub fn go_to(&mut self, byte: usize) {
        self.cursor = self.text.floor_char_boundary(byte);
        self.settle();
    }

    /// One grapheme to the left.
    pub fn left(&mut self) {
        self.cursor = self.before(1);
    }

    /// One grapheme to the right.
    pub fn right(&mut self) {
        self.cursor = self.after();
    }

    /// To the start of the word before the cursor.
    pub fn word_left(&mut self) {
        self.cursor = self.word_before();
        self.settle();
    }

    /// To the end of the word after the cursor.
    pub fn word_right(&mut self) {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        let end = rest.unicode_word_indices().next().map_or(rest.len(), |(at, word)| at + word.len());
        self.cursor += end;
        self.settle();
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        self.cursor = self.line_start();
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.cursor = self.line_end(self.cursor);
    }

    /// From one row of the text as it is shown to another, as many graphemes from its start.
    pub fn step_to_row(&mut self, from: std::ops::Range<usize>, to: std::ops::Range<usize>) {
        let before = self.text.get(from.start..self.cursor).unwrap_or_default();
        let column = before.graphemes(true).count();
        let row = self.text.get(to.clone()).unwrap_or_default();
        let shown = match row.strip_suffix('\n') {
            Some(line) => line,
            // Behind the last grapheme the cursor would be in the next row.
            None if to.end < self.text.len() => {
                row.grapheme_indices(true).next_back().map_or(row, |(at, _)| &row[..at])
            }
            None => row,
        };
        self.cursor = to.start + shown.graphemes(true).take(column).map(str::len).sum::<usize>();
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
        self.settle();
    }

    /// An edit may have made two graphemes one: the cursor goes behind it.
    fn settle(&mut self) {
        while !crate::text::on_grapheme_boundary(&self.text, self.cursor) {
            self.cursor += 1;
        }
    }

    fn before(&self, graphemes: usize) -> usize {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        head.grapheme_indices(true).rev().nth(graphemes - 1).map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + rest.graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        head.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn line_start(&self) -> usize {
        self.text.get(..self.cursor).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self, from: usize) -> usize {
        self.text.get(from..).unwrap_or_default().find('\n').map_or(self.text.len(), |at| from + at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_combining_mark_joins_the_letter_before_it() {
        let mut field = TextField::new("ty");
        field.insert("\u{302}");
        field.left();
        assert_eq!((field.text(), field.cursor()), ("ty\u{302}", 1));
        field.delete();
        assert_eq!(field.text(), "t");
    }

    #[test]
    fn words_and_lines_are_steps() {
        let mut field = TextField::new("time is\nkey, really");
        field.rub_out_word();
        assert_eq!(field.text(), "time is\nkey, ");
        field.step_to_row(8..13, 0..8);
        assert_eq!(field.cursor(), 5);
        field.end();
        assert_eq!(field.cursor(), 7);
        field.step_to_row(0..8, 8..13);
        assert_eq!(field.cursor(), 13);
        field.rub_out_line();
        assert_eq!(field.text(), "time is\n");
    }

    proptest! {
        #[test]
        fn no_edit_cuts_a_grapheme(start in "(\\PC|e\u{301}|👩🏽‍⚕️|\n){0,12}", steps in prop::collection::vec(0u8..12, 0..30)) {
            let mut field = TextField::new(start);
            for step in steps {
                match step {
                    0 => field.left(),
                    1 => field.right(),
                    2 => field.rub_out(),
                    3 => field.delete(),
                    4 => field.insert("\u{301}"),
                    5 => field.insert("ŵ"),
                    6 => field.word_left(),
                    7 => field.word_right(),
                    8 => field.home(),
                    9 => field.end(),
                    _ => {
                        let rows = crate::app::wrap::wrap(field.text(), 6);
                        let at = rows.partition_point(|row| row.start <= field.cursor()).saturating_sub(1);
                        let there = if step == 10 { (at + 1).min(rows.len() - 1) } else { at.saturating_sub(1) };
                        field.step_to_row(rows[at].clone(), rows[there].clone());
                    }
                }
                prop_assert!(crate::text::on_grapheme_boundary(field.text(), field.cursor()));
            }
        }
    }
}
