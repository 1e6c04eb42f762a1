//! The lines of a document as layouts see them: with what is no speech cut off the front, and what is around them.

use crate::document::{Document, Format, Line};

/// A line, or the rest of it after a line number or a cue's time.
#[derive(Clone, Debug)]
pub(super) struct Row<'d> {
    /// Index into [`Document::lines`].
    pub(super) line: usize,
    /// [`Line::number`].
    pub(super) number: usize,
    /// Byte of that line where `text` begins.
    pub(super) at: usize,
    /// What there is to read.
    pub(super) text: &'d str,
    /// How many bytes of `text` are bold, from its beginning.
    pub(super) bold: usize,
    /// Whether it is styled as a heading.
    pub(super) heading: bool,
    /// Whether it begins a paragraph: nothing before it, or a blank line, or a paragraph of a word processor.
    pub(super) opens: bool,
    /// Whether it can hold no label: front matter.
    pub(super) closed: bool,
}

/// A stretch of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index into [`Document::lines`].
    pub(super) line: usize,
    /// First byte of that line.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// What parts it from the piece before it when a text is composed.
    pub(super) joint: Joint,
}

/// What stands between two pieces of one turn in a composed text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Joint {
    /// A line break: another paragraph.
    #[default]
    Line,
    /// A blank: a wrapped line, the next cue.
    Blank,
    /// Nothing: a time between them was taken out.
    Nothing,
}

impl Joint {
    /// The characters it is written as.
    pub(super) fn between(self) -> &'static str {
        match self {
            Joint::Line => "\n",
            Joint::Blank => " ",
            Joint::Nothing => "",
        }
    }
}

impl<'d> Row<'d> {
    /// The row of `line` from its byte `at` on.
    pub(super) fn new(index: usize, line: &'d Line, at: usize) -> Self {
        let text = line.text.get(at..).unwrap_or_default();
        let bold = line.bold.saturating_sub(at);
        Self {
            line: index,
            number: line.number,
            at,
            text,
            bold,
            heading: line.heading.is_some(),
            opens: true,
            closed: false,
        }
    }

    /// Whether nothing is in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(is_blank)
    }

    /// Its bytes from `start` to `end` as a piece of the line.
    pub(super) fn piece(&self, start: usize, end: usize) -> Piece {
        Piece { line: self.line, start: self.at + start, end: self.at + end, joint: Joint::Line }
    }

    /// All of it but the blanks around it.
    pub(super) fn whole(&self) -> Piece {
        let start = self.text.len() - self.text.trim_start_matches(is_blank).len();
        self.piece(start, self.text.trim_end_matches(is_blank).len().max(start))
    }
}

/// Whether a character shows nothing: white space, and what a file may hold that has no width.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Soft hyphens, zero-width spaces and joiners, marks of direction, byte-order marks.
pub(super) fn is_invisible(c: char) -> bool {
    const RUNS: [(char, char); 4] = [
        ('\u{200b}', '\u{200f}'),
        ('\u{202a}', '\u{202e}'),
        ('\u{2060}', '\u{2060}'),
        ('\u{2066}', '\u{2069}'),
    ];
    matches!(c, '\u{ad}' | '\u{feff}') || RUNS.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// All lines of `document` that stand in no table, whole.
pub(super) fn rows(document: &Document) -> Vec<Row<'_>> {
    let wrapped = matches!(document.format, Format::Text | Format::Markdown);
    let mut opens = true;
    let mut found = Vec::new();
    for (index, line) in document.lines.iter().enumerate() {
        let mut row = Row::new(index, line, 0);
        row.opens = if wrapped { opens } else { !line.continues };
        opens = row.is_blank();
        found.push(row);
    }
    found
}
