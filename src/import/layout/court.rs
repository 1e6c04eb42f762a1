//! Transcripts of courts and inquiries: numbered lines, 25 or so a page, with a page number between.
//!
//! The numbers are cut off before labels are looked for. Lines are wrapped: those of a turn become one paragraph.

use super::row::{Row, is_blank};
use crate::document::Document;

/// The highest line number of a page.
const MOST: u32 = 60;
/// How far a higher one may be from that before it, as in a transcript whose turns are numbered through.
const NEAR: u32 = 9;

/// A number at the beginning of a line.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    /// The letter behind it, as of a turn that was split (`41a`).
    part: Option<u8>,
    /// The byte where the words of the line begin.
    end: usize,
}

/// The rows without line numbers and page numbers, if at least seven in ten lines are numbered and the numbers rise by
/// one or begin again.
pub(super) fn rows<'d>(all: &[Row<'d>], document: &'d Document) -> Option<Vec<Row<'d>>> {
    let shown: Vec<&Row<'d>> = all.iter().filter(|row| !row.is_blank()).collect();
    let mut before = 0;
    let mut numbers: Vec<Option<Number>> = Vec::with_capacity(shown.len());
    for row in &shown {
        let goes_on = |value: u32| value <= MOST || (before..=before + NEAR).contains(&value);
        let found = number(row.text).filter(|number| goes_on(number.value));
        before = found.map_or(before, |number| number.value);
        numbers.push(found);
    }
    let found: Vec<Number> = numbers.iter().flatten().copied().collect();
    let rises = |pair: &&[Number]| match pair {
        [one, next] => {
            next.value == one.value + 1
                || next.value == 1
                || (next.value == one.value && next.part > one.part)
        }
        _ => false,
    };
    let steps = found.windows(2).filter(rises).count();
    if found.len() < 10 || found.len() * 10 < shown.len() * 7 || steps * 10 < found.len() * 8 {
        return None;
    }
    let rows = shown.iter().zip(numbers).filter_map(|(row, number)| match number {
        Some(Number { end, .. }) => Some(Row::new(row.line, document.lines.get(row.line)?, row.at + end)),
        // A number alone in the middle of a line is the page's.
        None => (!row.text.trim().chars().all(|c| c.is_ascii_digit())).then(|| (*row).clone()),
    });
    Some(rows.collect())
}

/// The number that a line begins with.
fn number(text: &str) -> Option<Number> {
    let indent = text.len() - text.trim_start_matches(is_blank).len();
    let digits = text[indent..].bytes().take_while(u8::is_ascii_digit).count();
    let value: u32 = text.get(indent..indent + digits)?.parse().ok()?;
    let rest = &text[indent + digits..];
    let part = rest.bytes().next().filter(u8::is_ascii_lowercase);
    let rest = &rest[usize::from(part.is_some())..];
    let numbered = value > 0 && indent <= 8 && (rest.starts_with("  ") || rest.starts_with('\t'));
    let empty = part.is_none() && rest.chars().all(is_blank) && indent <= 3 && (1..=MOST).contains(&value);
    let end = text.len() - rest.trim_start_matches(is_blank).len();
    (numbered || empty).then_some(Number { value, part, end })
}
