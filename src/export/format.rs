//! The formats that printed tables and lists are written in.

use std::path::Path;

use crate::text::fold_name;

/// A format of files for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text in columns, as a terminal shows it.
    Text,
    /// Markdown.
    Markdown,
    /// LaTeX.
    Latex,
    /// Comma-separated values.
    Csv,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Format; 6] =
        [Format::Text, Format::Markdown, Format::Latex, Format::Csv, Format::Docx, Format::Xlsx];

    /// The word for it on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "md",
            Format::Latex => "latex",
            Format::Csv => "csv",
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
        }
    }

    /// Reads that word, or another that people use for it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Format> {
        match fold_name(word).as_str() {
            "text" | "txt" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "latex" | "tex" => Some(Format::Latex),
            "csv" => Some(Format::Csv),
            "docx" | "word" => Some(Format::Docx),
            "xlsx" | "excel" => Some(Format::Xlsx),
            _ => None,
        }
    }

    /// Whether other programs compute with it: rows are alike, and each says all that is to be known of it.
    #[must_use]
    pub fn is_sheet(self) -> bool {
        matches!(self, Format::Csv | Format::Xlsx)
    }

    /// The format that a file's name ends in.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Format> {
        path.extension().and_then(|end| end.to_str()).and_then(Format::parse)
    }
}

/// Puts the byte-order mark by which Excel knows UTF-8 in front of a CSV file.
pub fn mark_utf8(bytes: &mut Vec<u8>) {
    bytes.splice(0..0, *b"\xEF\xBB\xBF");
}
