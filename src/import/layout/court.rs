//! Transcripts of courts and inquiries: numbered lines, 25 or so a page, with a page number between.
//!
//! The numbers are cut off before labels are looked for. Lines are wrapped: those of a turn become one paragraph.

use super::row::{Row, is_blank};
use crate::document::Document;

/// The highest line number of a page.
const MOST: u32 = 60;

/// The rows without line numbers and page numbers, if at least seven in ten lines are numbered and the numbers rise by
/// one or begin again.
pub(super) fn rows<'d>(all: &[Row<'d>], document: &'d Document) -> Option<Vec<Row<'d>>> {
    let shown: Vec<&Row<'d>> = all.iter().filter(|row| !row.is_blank()).collect();
    let numbers: Vec<Option<(u32, usize)>> = shown.iter().map(|row| number(row.text)).collect();
    let found: Vec<u32> = numbers.iter().flatten().map(|(number, _)| *number).collect();
    let steps = found.windows(2).filter(|pair| pair[1] == pair[0] + 1 || pair[1] == 1).count();
    if found.len() < 10 || found.len() * 10 < shown.len() * 7 || steps * 10 < found.len() * 8 {
        return None;
    }
    let rows = shown.iter().zip(numbers).filter_map(|(row, number)| match number {
        Some((_, end)) => Some(Row::new(row.line, document.lines.get(row.line)?, row.at + end)),
        // A number alone in the middle of a line is the page's.
        None => (!row.text.trim().chars().all(|c| c.is_ascii_digit())).then(|| (*row).clone()),
    });
    Some(rows.collect())
}

/// The number that a line begins with, and the byte where its words begin.
fn number(text: &str) -> Option<(u32, usize)> {
    let indent = text.len() - text.trim_start_matches(is_blank).len();
    let digits = text[indent..].bytes().take_while(u8::is_ascii_digit).count();
    let value: u32 = text.get(indent..indent + digits)?.parse().ok()?;
    let rest = &text[indent + digits..];
    let numbered =
        (1..=MOST).contains(&value) && indent <= 8 && (rest.starts_with("  ") || rest.starts_with('\t'));
    let empty = rest.chars().all(is_blank) && indent <= 3;
    (numbered || (empty && (1..=MOST).contains(&value)))
        .then(|| (value, indent + digits + (rest.len() - rest.trim_start_matches(is_blank).len())))
}
