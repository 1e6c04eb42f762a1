//! WebVTT captions. Source: W3C WebVTT, 4 (syntax) and 6 (parsing), read leniently.

use super::captions::{self, Caption, is_timing, read_timing};
use super::text::Plain;
use super::{Document, Format, Mark};
use crate::text::counted;

/// Lines of the cues. Header, comments, styles and regions are left out.
pub(super) fn read(plain: Plain) -> Document {
    let Plain { text, bytes, mut marks } = plain;
    let (cues, stray) = find_cues(&text);
    if let Some(first) = stray.first() {
        let what = format!("{} outside all cues left out", counted(stray.len(), "line", "lines"));
        marks.push(Mark { line: Some(*first), what });
    }
    captions::document(Format::Vtt, cues, true, bytes, marks)
}

/// The cues, and the numbers of lines that belong to nothing.
fn find_cues(text: &str) -> (Vec<Caption<'_>>, Vec<usize>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut cues: Vec<Caption<'_>> = Vec::new();
    let mut stray = Vec::new();
    let mut at = header_end(&lines);
    while at < lines.len() {
        if lines[at].is_empty() {
            at += 1;
            continue;
        }
        let end = block_end(&lines, at);
        let block = &lines[at..end];
        match block.iter().position(|line| is_timing(line)) {
            // The line before the timing is the cue's identifier.
            Some(timing @ (0 | 1)) => add_cue(&mut cues, block, timing, at),
            _ if is_comment(block) => {}
            _ => stray.extend(at + 1..=end),
        }
        at = end;
    }
    (cues, stray)
}

fn add_cue<'t>(cues: &mut Vec<Caption<'t>>, block: &[&'t str], timing: usize, at: usize) {
    if let Some((start_ms, end_ms)) = read_timing(block[timing]) {
        cues.push(Caption { number: at + timing + 2, start_ms, end_ms, text: block[timing + 1..].to_vec() });
    }
}

/// The header reaches to the first empty line, or to a timing that comes without one.
fn header_end(lines: &[&str]) -> usize {
    if !lines
        .first()
        .is_some_and(|line| line.trim_start_matches('\u{FEFF}').trim_start().starts_with("WEBVTT"))
    {
        return 0;
    }
    lines.iter().position(|line| line.is_empty() || is_timing(line)).unwrap_or(lines.len())
}

/// A block ends at an empty line, or before the next timing if the empty line is missing. A blank that is not empty
/// belongs to the text.
fn block_end(lines: &[&str], start: usize) -> usize {
    let mut seen_timing = false;
    for (at, line) in lines.iter().enumerate().skip(start) {
        if line.is_empty() || (seen_timing && is_timing(line)) {
            return at;
        }
        seen_timing |= is_timing(line);
    }
    lines.len()
}

fn is_comment(block: &[&str]) -> bool {
    block.first().is_some_and(|line| {
        ["NOTE", "STYLE", "REGION"].iter().any(|word| {
            line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
        })
    })
}
