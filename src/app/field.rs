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

    /// Offers the text: typing takes its place, moving the cursor keeps it.
    pub fn offer(&mut self) {
        self.offered = !self.text.is_empty();
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
        self.offered = false;
        let from = self.before(1);
        self.remove(from, self.cursor);
    }

    /// Takes away the grapheme after the cursor.
    pub fn delete(&mut self) {
        self.offered = false;
        let to = self.after();
        self.remove(self.cursor, to);
    }

    /// Takes away the word before the cursor, with the blanks behind it.
    pub fn rub_out_word(&mut self) {
        self.offered = false;
        let from = self.word_before();
        self.remove(from, self.cursor);
    }

    /// Takes away what stands before the cursor in its line.
    pub fn rub_out_line(&mut self) {
        self.offered = false;
        let from = self.line_start();
        self.remove(from, self.cursor);
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    /// One grapheme to the left.
    pub fn left(&mut self) {
        self.offered = false;
        self.cursor = self.before(1);
    }

    /// One grapheme to the right.
    pub fn right(&mut self) {
        self.offered = false;
        self.cursor = self.after();
    }

    /// To the start of the word before the cursor.
    pub fn word_left(&mut self) {
        self.offered = false;
        self.cursor = self.word_before();
        self.settle();
    }

    /// To the end of the word after the cursor.
    pub fn word_right(&mut self) {
        self.offered = false;
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        let end = rest.unicode_word_indices().next().map_or(rest.len(), |(at, word)| at + word.len());
        self.cursor += end;
        self.settle();
    }

    /// To the start of the line.
    pub fn home(&mut self) {
        self.offered = false;
        self.cursor = self.line_start();
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        self.offered = false;
        self.cursor = self.line_end(self.cursor);
    }

    /// One line up or down, as many graphemes from its start if it is that long. `false` where there is none.
    pub fn step_line(&mut self, down: bool) -> bool {
        let start = self.line_start();
        let column = self.text.get(start..self.cursor).unwrap_or_default().graphemes(true).count();
        let target = if down {
            let end = self.line_end(self.cursor);
            (end < self.text.len()).then_some(end + 1)
        } else {
            start
                .checked_sub(1)
                .map(|end| self.text.get(..end).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1))
        };
        let Some(target) = target else { return false };
        let line = self.text.get(target..self.line_end(target)).unwrap_or_default();
        self.cursor = target + line.graphemes(true).take(column).map(str::len).sum::<usize>();
        true
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
        assert!(field.step_line(false));
        assert_eq!(field.cursor(), 5);
        assert!(!field.step_line(false));
        field.end();
        assert_eq!(field.cursor(), 7);
        assert!(field.step_line(true));
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
                    10 => { field.step_line(true); }
                    _ => { field.step_line(false); }
                }
                prop_assert!(crate::text::on_grapheme_boundary(field.text(), field.cursor()));
            }
        }
    }
}
