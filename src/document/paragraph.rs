//! One paragraph of a word-processor file while it is read: its lines, how far each is bold from its start, and what stands in
//! italics or raised.

use std::ops::Range;

use super::{Cell, Line};

/// How a run looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunLook {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) raised: bool,
}

/// Lines under way.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    lines: Vec<Line>,
    /// Whether the line under way has shown something that is not bold.
    plain: bool,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self { lines: vec![Line::default()], plain: false }
    }
}

impl Paragraph {
    /// Adds text to the line under way. Characters that would end a line elsewhere become blanks, NUL becomes U+FFFD.
    pub(super) fn push(&mut self, text: &str, look: RunLook) {
        text.chars().for_each(|character| self.push_char(character, look));
    }

    /// Adds a character. Blanks between bold words need not be bold themselves, so a plain blank decides nothing.
    pub(super) fn push_char(&mut self, character: char, look: RunLook) {
        let character = match character {
            '\n' | '\r' => ' ',
            '\0' => char::REPLACEMENT_CHARACTER,
            other => other,
        };
        if let Some(line) = self.lines.last_mut() {
            let from = line.text.len();
            line.text.push(character);
            let added = from..line.text.len();
            if look.bold && !self.plain {
                line.bold = added.end;
            }
            self.plain |= !look.bold && !character.is_whitespace();
            if look.italic {
                extend(&mut line.italic, added.clone());
            }
            if look.raised {
                extend(&mut line.raised, added);
            }
        }
    }

    /// Ends the line under way and begins the next.
    pub(super) fn break_line(&mut self) {
        self.lines.push(Line::default());
        self.plain = false;
    }

    /// How many lines it has so far.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.len() == 1 && self.lines.iter().all(|line| line.text.is_empty())
    }

    /// Its lines, all with these features.
    pub(super) fn finish(
        self,
        number: usize,
        heading: Option<u8>,
        cell: Option<Cell>,
    ) -> impl Iterator<Item = Line> {
        self.lines.into_iter().enumerate().map(move |(index, line)| Line {
            number,
            heading,
            continues: index > 0,
            cell,
            ..line
        })
    }
}

/// Adds bytes to ranges, to the last one if they follow it.
fn extend(ranges: &mut Vec<Range<usize>>, added: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == added.start => last.end = added.end,
        _ => ranges.push(added),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(runs: &[(&str, bool)]) -> Vec<(String, usize)> {
        let mut paragraph = Paragraph::default();
        for (text, bold) in runs {
            paragraph.push(text, RunLook { bold: *bold, ..RunLook::default() });
        }
        paragraph.finish(1, None, None).map(|line| (line.text, line.bold)).collect()
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
