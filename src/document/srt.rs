//! SubRip captions, as found in the wild: numbers missing or repeated, blank lines inside cues, comma or dot.

use super::captions::{self, Caption, is_timing, read_timing};
use super::text::Plain;
use super::{Document, Format, Mark};
use crate::text::counted;

/// Lines of the cues.
pub(super) fn read(plain: Plain) -> Document {
    let Plain { text, bytes, mut marks } = plain;
    let (cues, stray) = find_cues(&text);
    if let Some(first) = stray.first() {
        let what = format!("{} before the first cue left out", counted(stray.len(), "line", "lines"));
        marks.push(Mark { line: Some(*first), what });
    }
    captions::document(Format::Srt, cues, false, bytes, marks)
}

/// A cue is a timing line and all that follows up to the next one or to the number above it. So a blank line in the
/// middle of a cue loses nothing.
fn find_cues(text: &str) -> (Vec<Caption<'_>>, Vec<usize>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let timings: Vec<usize> = (0..lines.len()).filter(|at| is_timing(lines[*at])).collect();
    let mut cues = Vec::new();
    for (index, at) in timings.iter().enumerate() {
        let end = timings
            .get(index + 1)
            .map_or(lines.len(), |next| before_number(&lines, *at + 1, *next, index + 2));
        if let Some((start_ms, end_ms)) = read_timing(lines[*at]) {
            cues.push(Caption { number: at + 2, start_ms, end_ms, text: lines[at + 1..end].to_vec() });
        }
    }
    let first = timings.first().map_or(0, |first| before_number(&lines, 0, *first, 1));
    let stray = (0..first).filter(|at| !lines[*at].trim().is_empty()).map(|at| at + 1).collect();
    (cues, stray)
}

/// Where the text before the timing at `next` ends: above its number, if there is one. A number is alone between blanks,
/// or is the one that is due (`due`), should the blank line be missing.
fn before_number(lines: &[&str], start: usize, next: usize, due: usize) -> usize {
    let Some(number) = next.checked_sub(1).filter(|number| *number >= start) else { return next };
    let word =
        lines[number].trim_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}');
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let stands_alone = number == start || lines[number - 1].trim().is_empty() || word.parse() == Ok(due);
    if is_number && stands_alone { number } else { next }
}
