//! Plain text and markdown: decoded, line ends made one, nothing else changed.

use super::encoding::Decoded;
use super::{Bytes, Document, Format, Line, Mark};
use crate::text::counted;

/// Lines that one file may have. A day of speech has some thousands.
pub(super) const MOST_LINES: usize = 1_000_000;

/// Text as it is kept: line ends made LF, NULs replaced, with what there is to say about it.
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) bytes: Bytes,
    pub(super) marks: Vec<Mark>,
}

/// Makes line ends LF and NULs U+FFFD, and counts what is odd.
pub(super) fn settle(decoded: Decoded) -> Plain {
    let Decoded { text, mut bytes, first_undecodable, guessed } = decoded;
    let mut marks = Vec::new();
    if guessed {
        let what = format!(
            "read as {}, since it is not UTF-8; look whether accents, quotation marks and £ are right",
            bytes.encoding
        );
        marks.push(Mark { line: None, what });
    }
    if let Some(first) = first_undecodable {
        let what = format!(
            "{}, shown as \u{FFFD}",
            counted(bytes.undecodable, "place that could not be decoded", "places that could not be decoded")
        );
        marks.push(Mark { line: Some(line_of(&text, first)), what });
    }
    if let Some(first) = text.find('\0') {
        bytes.nuls = text.matches('\0').count();
        let what = format!("{}, shown as \u{FFFD}", counted(bytes.nuls, "NUL", "NULs"));
        marks.push(Mark { line: Some(line_of(&text, first)), what });
    }
    let text = one_line_end(text).replace('\0', "\u{FFFD}");
    if let Some(first) = text.find(is_odd_control) {
        bytes.controls = text.chars().filter(|character| is_odd_control(*character)).count();
        let what = format!(
            "{}, kept and shown as symbols",
            counted(bytes.controls, "control character", "control characters")
        );
        marks.push(Mark { line: Some(line_of(&text, first)), what });
    }
    Plain { text, bytes, marks }
}

/// A control character that is neither a tab nor the end of a line or page.
fn is_odd_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\x0C')
}

/// The line, from 1, that a byte of a text with any line ends stands on.
fn line_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    let ends = before.matches(['\n', '\r']).count();
    ends - before.matches("\r\n").count() + 1
}

/// CR LF and CR to LF.
fn one_line_end(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// Lines of plain text or markdown.
pub(super) fn read(plain: Plain, format: Format) -> Document {
    let Plain { text, bytes, marks } = plain;
    let mut lines = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        lines.push(Line {
            text: line.to_owned(),
            number: lines.len() + 1,
            place: Some(start..start + line.len()),
            bold: starred(line),
            heading: if format == Format::Markdown { heading_rank(line) } else { None },
            ..Line::default()
        });
        start += whole.len();
    }
    Document { format, lines, as_is: Some(text), bytes, notes: Vec::new(), marks }
}

/// Bytes at the start of a line that markdown shows bold, with the stars: `**Name:** text` has 9. A blank inside the
/// stars' edge is let pass, since converters write `**Name: **`. Text files of inquiries are starred the same way.
fn starred(line: &str) -> usize {
    let mut bold = 0;
    loop {
        let rest = &line[bold..];
        let inner = rest.trim_start();
        let Some(marker) = ["**", "__"].into_iter().find(|marker| inner.starts_with(marker)) else {
            return bold;
        };
        let inside = &inner[2..];
        match inside.find(marker) {
            Some(length) if !inside[..length].trim().is_empty() && !inside.starts_with([' ', '*', '_']) => {
                bold += rest.len() - inner.len() + 2 + length + 2;
            }
            _ => return bold,
        }
    }
}

/// The rank of `# Heading`: one to six signs and a blank.
fn heading_rank(line: &str) -> Option<u8> {
    let signs = line.len() - line.trim_start_matches('#').len();
    let is_heading = (1..=6).contains(&signs) && line[signs..].starts_with([' ', '\t']);
    u8::try_from(signs).ok().filter(|_| is_heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_at_the_start_are_counted_with_what_they_hold() {
        for (line, bold) in [
            ("**Kyla:** Yes.", 9),
            ("**Kyla**: Yes.", 8),
            ("__Kyla:__ Yes.", 9),
            ("  **Kyla:** Yes.", 11),
            ("**Kyla: **Yes.", 10),
            ("**A** **B** c", 11),
            ("Yes **really**", 0),
            ("**never closed", 0),
            ("** not bold **", 0),
            ("****", 0),
            ("*** Kyla", 0),
            ("", 0),
        ] {
            assert_eq!(starred(line), bold, "{line}");
        }
    }

    #[test]
    fn headings_need_a_blank_after_their_signs() {
        assert_eq!(["# Part 1", "###### x"].map(heading_rank), [Some(1), Some(6)]);
        assert_eq!(["#00:00:12-3#", "####### x", "Part"].map(heading_rank), [None; 3]);
    }

    #[test]
    fn lines_are_counted_over_any_line_ends() {
        assert_eq!(line_of("a\r\nb\rc\nd", 7), 4);
        assert_eq!(line_of("a", 0), 1);
    }
}
