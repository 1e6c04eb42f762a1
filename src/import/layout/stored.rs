//! The text that is stored, and the places of turns in it.
//!
//! A text kept as it is gets spans into itself. Any other is composed here: front matter, then per turn
//! `Label: speech` and a blank line, then back matter.

use std::collections::BTreeMap;

use super::block::{Block, Laid};
use super::row::Piece;
use crate::document::Line;
use crate::import::{DraftSpeaker, DraftTurn};
use crate::study::TimeMark;
use crate::text::{Span, fold_label, on_grapheme_boundary};

/// A stored text with its turns.
#[derive(Debug, Default)]
pub(super) struct Stored {
    pub(super) text: String,
    pub(super) turns: Vec<DraftTurn>,
    pub(super) speakers: Vec<DraftSpeaker>,
    pub(super) times: Vec<TimeMark>,
}

/// Places `laid` in the text of the file as it is.
pub(super) fn keep(text: &str, lines: &[Line], laid: &Laid) -> Stored {
    let place = |line: usize, byte: usize| {
        let start = lines.get(line).and_then(|line| line.place.as_ref()).map_or(0, |place| place.start);
        (start + byte).min(text.len())
    };
    let mut stored = Stored { text: text.to_owned(), ..Stored::default() };
    let mut speakers = Speakers::new(laid);
    let mut from = 0;
    for block in &laid.blocks {
        let head = block.head.map(|head| (place(head.line, head.start), place(head.line, head.end)));
        let speech = block.speech.first().zip(block.speech.last());
        let speech = speech.map(|(first, last)| (place(first.line, first.start), place(last.line, last.end)));
        stored.turns.push(turn(text, from, head, speech, block, speakers.index(block)));
        from = stored.turns.last().map_or(from, |turn| turn.speech.end as usize);
        for &(line, byte, ms) in &block.times {
            stored.times.push(TimeMark { at: Span::new(place(line, byte), 0).start, ms });
        }
    }
    stored.speakers = speakers.found;
    stored
}

/// Writes a text for `laid`.
pub(super) fn compose(lines: &[Line], laid: &Laid) -> Stored {
    let slice = |piece: &Piece| {
        lines.get(piece.line).and_then(|line| line.text.get(piece.start..piece.end)).unwrap_or_default()
    };
    let mut stored = Stored::default();
    let mut speakers = Speakers::new(laid);
    let text = &mut stored.text;
    write_matter(text, laid.front.iter().map(slice));
    let mut drafts = Vec::new();
    for block in &laid.blocks {
        let head = (!block.label.is_empty()).then(|| {
            let start = text.len();
            text.push_str(&block.label);
            text.push(':');
            (start, text.len())
        });
        let mut speech = None;
        let mut times = block.times.iter().copied().peekable();
        for piece in &block.speech {
            match speech {
                None if head.is_some() => text.push(' '),
                None => {}
                Some(_) => text.push_str(piece.joint.between()),
            }
            let start = text.len();
            text.push_str(slice(piece));
            speech = Some((speech.map_or(start, |(first, _)| first), text.len()));
            while let Some((line, byte, ms)) =
                times.next_if(|time| (time.0, time.1) < (piece.line, piece.end))
            {
                let inside = if line == piece.line { byte.saturating_sub(piece.start) } else { 0 };
                stored.times.push(TimeMark { at: Span::new(start + inside, 0).start, ms });
            }
        }
        drafts.push((head, speech, text.len()));
        text.push_str("\n\n");
    }
    write_matter(text, laid.back.iter().map(slice));
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    let mut from = 0;
    for ((head, speech, end), block) in drafts.into_iter().zip(&laid.blocks) {
        let found = turn(
            &stored.text,
            from,
            head,
            speech.or(head.is_none().then_some((end, end))),
            block,
            speakers.index(block),
        );
        from = found.speech.end as usize;
        stored.turns.push(found);
    }
    stored.speakers = speakers.found;
    stored
}

/// Writes lines that are no turns, runs of blank ones as one, and a blank line after them.
fn write_matter<'l>(text: &mut String, pieces: impl Iterator<Item = &'l str>) {
    let start = text.len();
    for piece in pieces {
        let blank = piece.trim().is_empty();
        if !(blank && (text.len() == start || text.ends_with("\n\n"))) {
            text.push_str(if blank { "" } else { piece });
            text.push('\n');
        }
    }
    if text.len() > start && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

/// A turn whose spans cut no grapheme: a mark that combines with the blank before the speech takes that blank along.
fn turn(
    text: &str,
    from: usize,
    head: Option<(usize, usize)>,
    speech: Option<(usize, usize)>,
    block: &Block,
    speaker: usize,
) -> DraftTurn {
    let down = |mut byte: usize| {
        while byte > from && !on_grapheme_boundary(text, byte) {
            byte -= 1;
        }
        byte
    };
    let up = |mut byte: usize| {
        while byte < text.len() && !on_grapheme_boundary(text, byte) {
            byte += 1;
        }
        byte
    };
    let label = head.map(|(start, end)| (down(start), end));
    let after = label.map_or(from, |(_, end)| up(end));
    let (start, end) = speech.map_or((after, after), |(start, end)| (down(start), up(end)));
    let label = label.map_or((start, start), |(first, last)| (first, up(last).min(start).max(first)));
    DraftTurn {
        speaker,
        label: Span::new(label.0, label.1),
        speech: Span::new(start, end),
        start_ms: block.start_ms,
        end_ms: block.end_ms,
    }
}

/// Speakers in order of first appearance.
struct Speakers {
    found: Vec<DraftSpeaker>,
    /// Labels to show, by key.
    labels: BTreeMap<String, String>,
}

impl Speakers {
    fn new(laid: &Laid) -> Self {
        let mut labels: BTreeMap<String, String> = laid.named.iter().cloned().collect();
        for block in &laid.blocks {
            if !block.label.is_empty() && fold_label(&block.label) == block.speaker {
                labels.entry(block.speaker.clone()).or_insert_with(|| block.label.clone());
            }
        }
        Self { found: Vec::new(), labels }
    }

    fn index(&mut self, block: &Block) -> usize {
        if let Some(found) = self.found.iter().position(|speaker| speaker.key == block.speaker) {
            return found;
        }
        let label = self.labels.get(&block.speaker).unwrap_or(&block.label).clone();
        self.found.push(DraftSpeaker { label, key: block.speaker.clone() });
        self.found.len() - 1
    }
}
