//! What WebVTT and SubRip have in common: timing lines, and cues that become lines.

use super::tags::read_pieces;
use super::{Bytes, Cue, Document, Format, Line, Mark, rolling};

/// One cue as found: its timing, and its text still with tags.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Caption<'t> {
    /// Line of the file of its first line of text, from 1.
    pub(super) number: usize,
    /// Milliseconds from the start of the recording.
    pub(super) start_ms: u32,
    /// Milliseconds from the start of the recording.
    pub(super) end_ms: u32,
    /// Its lines.
    pub(super) text: Vec<&'t str>,
}

/// A piece of one line of a cue: who speaks, and what, without tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Line within the cue, from 0.
    pub(super) line: usize,
    /// The voice that the format names.
    pub(super) voice: Option<String>,
    /// The words.
    pub(super) text: String,
}

/// Whether a line is the timing of a cue.
pub(super) fn is_timing(line: &str) -> bool {
    line.contains("-->") && read_timing(line).is_some()
}

/// Start and end of `00:01:02.500 --> 00:01:04.000 position:0%` in milliseconds. Hours may be missing, a comma may stand
/// for the dot, and what follows the end (settings, coordinates) is not looked at.
pub(super) fn read_timing(line: &str) -> Option<(u32, u32)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((read_time(start.trim())?, read_time(end)?))
}

/// Milliseconds of `[hours:]minutes:seconds[.,]fraction`.
fn read_time(time: &str) -> Option<u32> {
    let (whole, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let mut parts = whole.rsplit(':').map(digits);
    let (seconds, minutes) = (parts.next()??, parts.next()??);
    let hours = match parts.next() {
        Some(hours) => hours?,
        None => 0,
    };
    if parts.next().is_some() || fraction.len() > 9 {
        return None;
    }
    let thousandths = digits(format!("{fraction:0<3}").get(..3)?)?;
    let all = ((u64::from(hours) * 60 + u64::from(minutes)) * 60 + u64::from(seconds)) * 1000;
    u32::try_from(all + u64::from(thousandths)).ok()
}

fn digits(text: &str) -> Option<u32> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// A document of these captions. `entities` as in [`read_pieces`].
pub(super) fn document(
    format: Format,
    captions: Vec<Caption<'_>>,
    entities: bool,
    bytes: Bytes,
    mut marks: Vec<Mark>,
) -> Document {
    let mut cues: Vec<_> = captions
        .into_iter()
        .map(|caption| {
            let pieces = read_pieces(&caption.text, entities);
            (caption, pieces)
        })
        .collect();
    if rolling::take_once(&mut cues) {
        marks.push(Mark { line: None, what: "rolling captions: lines shown again were taken once".into() });
    }
    Document { format, lines: compose(cues), as_is: None, bytes, notes: Vec::new(), marks }
}

/// Lines from the pieces of each cue. Cues without words give none and are not counted.
fn compose<'t>(cues: impl IntoIterator<Item = (Caption<'t>, Vec<Piece>)>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut index = 0;
    for (caption, pieces) in cues {
        let before = lines.len();
        let mut last_voice = None;
        for piece in pieces {
            let goes_on = lines.len() > before && last_voice == Some(piece.voice.clone());
            last_voice = Some(piece.voice.clone());
            lines.push(Line {
                text: piece.text,
                number: caption.number + piece.line,
                continues: goes_on,
                cue: Some(Cue {
                    index,
                    start_ms: caption.start_ms,
                    end_ms: caption.end_ms,
                    voice: piece.voice,
                }),
                ..Line::default()
            });
        }
        index += usize::from(lines.len() > before);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_and_without_hours_with_dot_and_comma() {
        assert_eq!(read_timing("00:01.500 --> 00:02.000"), Some((1_500, 2_000)));
        assert_eq!(read_timing("01:00:01,5 --> 100:00:00,000"), Some((3_601_500, 360_000_000)));
        assert_eq!(read_timing(" 0:01:02.25-->0:01:03 align:start"), Some((62_250, 63_000)));
        assert_eq!(read_timing("00:00:01,000 --> 00:00:02,000 X1:40 X2:600"), Some((1_000, 2_000)));
    }

    #[test]
    fn what_only_looks_like_a_time_is_none() {
        for line in [
            "[00:43.810 --> 00:47.850]  Hi",
            "a --> b",
            "-->",
            "1:2:3:4 --> 1:2:3:5",
            "12 --> 13",
            "999999999:00:00 --> 1:00",
        ] {
            assert_eq!(read_timing(line), None, "{line}");
        }
    }
}
