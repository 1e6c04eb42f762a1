//! Turns before they have places in a stored text: which pieces of which lines they are.

use super::row::{Joint, Piece, is_blank};
use crate::document::Line;
use crate::import::Doubt;
use crate::import::time;

/// One turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Key of the speaker.
    pub(super) speaker: String,
    /// The label as written; empty where the text has none.
    pub(super) label: String,
    /// Where the label stands with its markup, time and separator.
    pub(super) head: Option<Piece>,
    /// The speech, in order. In a text kept as it is, all from the first to the last.
    pub(super) speech: Vec<Piece>,
    /// Milliseconds.
    pub(super) start_ms: Option<u32>,
    /// Milliseconds.
    pub(super) end_ms: Option<u32>,
    /// Times inside, each as line, byte of it, milliseconds.
    pub(super) times: Vec<(usize, usize, u32)>,
}

impl Block {
    /// Takes the times that transcribers wrote into the speech out of it: `[00:12]` goes, `[inaudible 00:12]` stays
    /// without its time. For texts that are composed; `times` keeps them.
    pub(super) fn take_times_out(&mut self, lines: &[Line]) {
        let mut speech = Vec::with_capacity(self.speech.len());
        for mut piece in self.speech.drain(..) {
            let text = lines
                .get(piece.line)
                .and_then(|line| line.text.get(piece.start..piece.end))
                .unwrap_or_default();
            let base = piece.start;
            for time in time::times_inside(text).into_iter().filter(|time| time.sure) {
                let before = text[..time.at].trim_end_matches(is_blank);
                let after = &text[time.at + time.len..];
                let blanks = after.len() - after.trim_start_matches(is_blank).len();
                // One of the blanks around it stays, unless a bracket closes there.
                let (end, next) = match (blanks > 0 || after.is_empty(), after.starts_with([']', ')'])) {
                    (_, true) => (before.len(), time.at + time.len),
                    (true, _) => (time.at, time.at + time.len + blanks),
                    (false, _) => (time.at, time.at + time.len),
                };
                speech.push(Piece { end: base + end, ..piece });
                piece = Piece { start: base + next, joint: Joint::Nothing, ..piece };
            }
            speech.push(piece);
        }
        speech.retain(|piece| piece.start < piece.end);
        self.speech = speech;
    }
}

/// A file laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    /// The layout in words.
    pub(super) layout: String,
    /// Whether plain text is stored as it is; otherwise a text is composed.
    pub(super) as_is: bool,
    /// What stands before the first turn.
    pub(super) front: Vec<Piece>,
    /// The turns.
    pub(super) blocks: Vec<Block>,
    /// What stands after the last turn.
    pub(super) back: Vec<Piece>,
    /// Speakers' keys and labels where the text does not write them.
    pub(super) named: Vec<(String, String)>,
    /// Caption cues.
    pub(super) cues: usize,
    /// `Key: value` lines before the first turn.
    pub(super) header: Vec<(String, String)>,
    /// What a person should look at.
    pub(super) doubts: Vec<Doubt>,
}
