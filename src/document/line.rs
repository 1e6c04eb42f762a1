//! What a file is after reading: lines with the features that tell a label from speech.

use std::ops::Range;

/// A file, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it turned out to be, whatever its name says.
    pub format: Format,
    /// Its lines in order. For word-processor files a line break inside a paragraph ends a line too.
    pub lines: Vec<Line>,
    /// For plain text: the text as it is stored if its layout can be kept as it is (decoded, one byte-order mark off, CR LF
    /// and CR to LF, NUL and undecodable bytes to U+FFFD, nothing else changed). Lines then say where in it they are.
    /// `None` for all other formats: import composes a text from the lines.
    pub as_is: Option<String>,
    /// How the bytes were decoded.
    pub bytes: Bytes,
    /// Footnotes and endnotes of word-processor files: they are no part of the lines.
    pub notes: Vec<Note>,
    /// What a person should know: a line number, if there is one, and a sentence without any speech.
    pub marks: Vec<Mark>,
}

/// A footnote or an endnote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// What it is called, with its number in order of the text: `footnote 3`.
    pub name: String,
    /// Its lines; none where it cannot be read.
    pub lines: Vec<Line>,
}

/// A remark of the reader of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Line of the file, from 1.
    pub line: Option<usize>,
    /// A sentence.
    pub what: String,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// Word (Office Open XML).
    Docx,
    /// OpenDocument text.
    Odt,
    /// WebVTT captions.
    Vtt,
    /// SubRip captions.
    Srt,
}

/// How bytes became text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes {
    /// The encoding in words (`UTF-8`, `Windows-1252`, `UTF-16 LE`).
    pub encoding: String,
    /// Bytes that no character stands for, now U+FFFD.
    pub undecodable: usize,
    /// NULs, now U+FFFD.
    pub nuls: usize,
    /// Other control characters, kept (tabs and line ends do not count).
    pub controls: usize,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its text, without the line end.
    pub text: String,
    /// Line of the file, from 1 (paragraph, row or cue for formats without lines).
    pub number: usize,
    /// Bytes of [`Document::as_is`] that are this line, without its end; `None` for composed formats.
    pub place: Option<Range<usize>>,
    /// How many bytes at its start are bold (markdown stars are not removed: they stay in `text`, and this counts them).
    pub bold: usize,
    /// Which bytes of it stand in italics, in order. Empty for formats without runs.
    pub italic: Vec<Range<usize>>,
    /// Which bytes of it are raised, in order. Empty for formats without runs.
    pub raised: Vec<Range<usize>>,
    /// The rank of the heading style on its paragraph, if there is one; 1 is the highest.
    pub heading: Option<u8>,
    /// Whether a style for block quotations is on its paragraph.
    pub quotation: bool,
    /// Whether its paragraph stands in from the margin as a whole, by its own formatting, and is no item of a list.
    pub indented: bool,
    /// Whether it goes on the paragraph of the line before (a line break inside a paragraph).
    pub continues: bool,
    /// The table cell it stands in.
    pub cell: Option<Cell>,
    /// The caption cue it belongs to.
    pub cue: Option<Cue>,
}

impl Line {
    /// Whether nothing is in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Place in a table, each from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Which table.
    pub table: usize,
    /// Which row of it.
    pub row: usize,
    /// Which column of that row.
    pub column: usize,
}

/// A caption cue. Times in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Counts the cues of the file from 0; lines of one cue share it.
    pub index: usize,
    /// When it begins.
    pub start_ms: u32,
    /// When it ends.
    pub end_ms: u32,
    /// The voice that the format itself names (`<v Name>`).
    pub voice: Option<String>,
}
