//! Passages alike: the turns that share with a passage the words that make it what it is.
//!
//! Which words these are says the index (tantivy's more-like-this: the rarer a stem is in the study and the more often it
//! stands in the passage, the more it weighs), so this is the one search that needs it. It finds words, not meanings.

use super::index::{Index, Scored};
use super::{Cancel, Plan, SearchError, TextSource, TurnSet};
use crate::study::TranscriptId;
use crate::text::{CodePoints, Span};

/// At most so many turns are alike: a queue that a person can go through.
pub(super) const MOST: usize = 50;

/// Turns of fewer words than this say too little to be like anything, and would come first for being short.
const LEAST_WORDS: u32 = 5;

/// The passage that turns are to be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alike {
    /// Of which transcript.
    pub(super) transcript: TranscriptId,
    /// Which words of it.
    pub(super) words: Words,
}

/// What of a transcript is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// The speech of the turn at that index.
    Turn(usize),
    /// Code points of the text, half-open.
    Points(usize, usize),
}

/// Of the turns `found` those most alike, at most [`MOST`], the best first. Turns that the passage itself lies in are not
/// among them.
pub(super) fn most_alike(
    plan: &Plan,
    alike: &Alike,
    index: Option<&Index>,
    texts: &dyn TextSource,
    mut found: TurnSet,
    cancel: &Cancel,
) -> Result<(TurnSet, Vec<Scored>), SearchError> {
    let corpus = &plan.corpus;
    let index = index.filter(|index| index.missing(corpus).is_empty()).ok_or(SearchError::NeedsIndex)?;
    let mut kept = TurnSet::none(corpus.size());
    let Some(entry) = corpus.entry_of(alike.transcript) else { return Ok((kept, Vec::new())) };
    let text = texts.text(entry.revision)?;
    let span = match alike.words {
        Words::Turn(turn) => entry.turns.turns.get(turn).map(|turn| turn.speech),
        Words::Points(start, end) => {
            let points = CodePoints::new(&text);
            points
                .to_byte(start)
                .zip(points.to_byte(end))
                .map(|(start, end)| Span::new(start, end.max(start)))
        }
    };
    let Some(span) = span else { return Err(SearchError::NoPassage) };
    let own = entry.turns.overlapping(span);
    let mut words = String::new();
    let places = (entry.first..).skip(own.start);
    for (place, turn) in places.zip(entry.turns.turns.get(own.clone()).unwrap_or_default()) {
        if corpus.hidden().is_some_and(|hidden| hidden.has(place)) {
            continue;
        }
        let part = Span { start: turn.speech.start.max(span.start), end: turn.speech.end.min(span.end) };
        words.push_str(part.slice(&text).unwrap_or_default());
        words.push('\n');
    }
    if words.trim().is_empty() {
        return Err(SearchError::NoPassage);
    }
    for (place, turn) in corpus.entries().iter().flat_map(|entry| (entry.first..).zip(&entry.turns.turns)) {
        if turn.words < LEAST_WORDS {
            found.remove(place);
        }
    }
    for turn in own {
        found.remove(entry.first + u32::try_from(turn).unwrap_or(u32::MAX));
    }
    let mut best = index.alike(corpus, &words, entry.language, &found, MOST, cancel)?;
    best.sort_unstable_by(|a, b| b.cmp(a));
    best.iter().for_each(|scored| kept.insert(scored.place));
    Ok((kept, best))
}
