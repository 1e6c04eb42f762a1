//! Addresses in memos: `I43:41`, `FG06:12-14`, `I43:41a` are links to what is said there.

use std::ops::Range;

use crate::app::Spot;
use crate::study::{Study, TranscriptId, TurnNumber};
use crate::text::Span;

/// An address that stands in a text and names turns of the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands: bytes of the text.
    pub at: Range<usize>,
    /// What it names.
    pub spot: Spot,
}

/// A name of a transcript has at most so many words.
const WORDS: usize = 4;

/// The links in a text, in order.
#[must_use]
pub fn links(study: &Study, text: &str) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let free = found.last().map_or(0, |link| link.at.end);
        if let Some(link) = link_at(study, text, free, colon) {
            found.push(link);
        }
    }
    found
}

/// The link whose colon stands there and which begins at `free` or later.
fn link_at(study: &Study, text: &str, free: usize, colon: usize) -> Option<Link> {
    let (first, length) = number(text.get(colon + 1..)?)?;
    let mut end = colon + 1 + length;
    let mut last = first;
    let rest = text.get(end..)?.strip_prefix(['-', '–']);
    if let Some((rest, (number, length))) = rest.and_then(|rest| Some((rest, number(rest)?))) {
        last = number;
        end = text.len() - rest.len() + length;
    }
    let (start, transcript) = name_before(study, text.get(free..colon)?)?;
    let turns = study.turns(transcript)?;
    let speech = |number| Some(turns.turns.get(turns.index_of(number)?)?.speech);
    let span: Span = speech(first)?.hull(speech(last)?);
    Some(Link { at: free + start..end, spot: Spot { transcript, span } })
}

/// The turn number that a text begins with, and its bytes.
fn number(text: &str) -> Option<(TurnNumber, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let letters = text.bytes().skip(digits).take_while(u8::is_ascii_alphanumeric).count();
    let length = digits + letters;
    // A time (10:30:05) is no address.
    let ends = text
        .get(length..)?
        .strip_prefix(':')
        .is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    Some((text.get(..length).filter(|_| ends)?.parse().ok()?, length))
}

/// The longest name of a transcript that a text ends with, and where it begins.
fn name_before(study: &Study, text: &str) -> Option<(usize, TranscriptId)> {
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let starts = text.get(line..)?.char_indices().rev().filter_map(|(at, c)| {
        let at = line + at;
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        (c.is_alphanumeric() && before.is_none_or(|before| !before.is_alphanumeric())).then_some(at)
    });
    // `-` and `_` part words here and stand inside names.
    let named = starts.take(WORDS).filter_map(|at| Some((at, study.transcript_named(text.get(at..)?)?.id)));
    named.last()
}
