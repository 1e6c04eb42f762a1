//! One paragraph of a word-processor file while it is read: its lines and how far each is bold from its start.

use super::{Cell, Line};

/// Lines under way.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    lines: Vec<(String, usize)>,
    /// Whether the line under way has shown something that is not bold.
    plain: bool,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self { lines: vec![(String::new(), 0)], plain: false }
    }
}

impl Paragraph {
    /// Adds text to the line under way. Characters that would end a line elsewhere become blanks, NUL becomes U+FFFD.
    pub(super) fn push(&mut self, text: &str, bold: bool) {
        text.chars().for_each(|character| self.push_char(character, bold));
    }

    /// Adds a character. Blanks between bold words need not be bold themselves, so a plain blank decides nothing.
    pub(super) fn push_char(&mut self, character: char, bold: bool) {
        let character = match character {
            '\n' | '\r' => ' ',
            '\0' => char::REPLACEMENT_CHARACTER,
            other => other,
        };
        if let Some((line, bold_until)) = self.lines.last_mut() {
            line.push(character);
            if bold && !self.plain {
                *bold_until = line.len();
            }
            self.plain |= !bold && !character.is_whitespace();
        }
    }

    /// Ends the line under way and begins the next.
    pub(super) fn break_line(&mut self) {
        self.lines.push((String::new(), 0));
        self.plain = false;
    }

    /// How many lines it has so far.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.len() == 1 && self.lines.iter().all(|(line, _)| line.is_empty())
    }

    /// Its lines, all with these features.
    pub(super) fn finish(
        self,
        number: usize,
        heading: bool,
        cell: Option<Cell>,
    ) -> impl Iterator<Item = Line> {
        self.lines.into_iter().enumerate().map(move |(index, (text, bold))| Line {
            text,
            number,
            bold,
            heading,
            continues: index > 0,
            cell,
            ..Line::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(runs: &[(&str, bool)]) -> Vec<(String, usize)> {
        let mut paragraph = Paragraph::default();
        for (text, bold) in runs {
            paragraph.push(text, *bold);
        }
        paragraph.finish(1, false, None).map(|line| (line.text, line.bold)).collect()
    }

    #[test]
    fn bold_reaches_from_the_start_to_the_last_bold_character() {
        assert_eq!(bold(&[("Name", true), ("   0:04", false)]), [("Name   0:04".into(), 4)]);
        assert_eq!(
            bold(&[("B", true), (" ", false), ("C: ", true), ("yes", false)]),
            [("B C: yes".into(), 5)]
        );
        assert_eq!(bold(&[("\t", false), ("I:", true)]), [("\tI:".into(), 3)]);
        assert_eq!(bold(&[("so ", false), ("very", true)]), [("so very".into(), 0)]);
    }

    #[test]
    fn a_line_end_in_the_markup_is_a_blank() {
        assert_eq!(bold(&[("a\nb\0", false)]), [("a b\u{FFFD}".into(), 0)]);
    }
}
