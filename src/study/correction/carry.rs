//! Quotes, from one revision to the next.

use std::collections::BTreeSet;

use super::Step;
use super::rewriting::{Kind, Piece, Rewriting};
use crate::study::{Change, CoderId, Quote, QuoteId, Study, Turns};
use crate::text::{Span, Unit, count_words, fold_name, on_grapheme_boundary, units};

/// How far from where it should be a passage that was moved is looked for, in bytes: about two minutes of talk.
const NEAR: usize = 2_000;
/// From which likeness on a word is another spelling of a word, or of what was misheard: half of its letters stand.
const ALIKE: f64 = 0.5;

/// What became of the quotes of a transcript.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub(super) changes: Vec<Change>,
    pub(super) doubtful: Vec<QuoteId>,
    pub(super) carried: usize,
}

/// Carries quotes of all coders to the next revision. Quotes that are not surely the same passage there
/// stay on the revision they are on.
pub(super) fn carry(
    study: &Study,
    step: Step,
    rewriting: &Rewriting,
    old_text: &str,
    text: &str,
    turns: &Turns,
) -> Carried {
    let new = New { rewriting, old_text, text, turns };
    let quotes: Vec<&Quote> = study.quotes_in(step.transcript).collect();
    let mut places: Vec<(&Quote, Option<Span>)> = Vec::with_capacity(quotes.len());
    for quote in quotes {
        let place = match quote.revision == step.former {
            true => new.place(quote.span).or_else(|| {
                let expected = rewriting.byte(quote.span.start) as usize;
                new.moved(&quote.text, expected)
            }),
            false => new.moved(&quote.text, quote.span.start as usize),
        };
        places.push((quote, place));
    }
    // Two quotes of one coder may come to the same words: then the one whose words did not change has them.
    let reads =
        |quote: &Quote, place: &Option<Span>| place.and_then(|span| span.slice(text)) == Some(&quote.text);
    let mut taken: BTreeSet<(CoderId, Span)> = BTreeSet::new();
    let mut carried = Carried::default();
    let mut winners: BTreeSet<QuoteId> = BTreeSet::new();
    for unchanged in [true, false] {
        for (quote, place) in places.iter().filter(|(quote, place)| reads(quote, place) == unchanged) {
            if place.is_some_and(|span| taken.insert((quote.coder, span))) {
                winners.insert(quote.id);
            }
        }
    }
    for (quote, place) in places {
        match place.filter(|_| winners.contains(&quote.id)) {
            Some(span) => {
                let words = span.slice(text).unwrap_or_default().to_owned();
                let after = Quote { revision: step.next, span, text: words, ..quote.clone() };
                carried.changes.push(Change::update(quote.clone(), after));
                carried.carried += 1;
            }
            None => carried.doubtful.push(quote.id),
        }
    }
    carried
}

/// The new text, and how it came to be.
struct New<'a> {
    rewriting: &'a Rewriting,
    old_text: &'a str,
    text: &'a str,
    turns: &'a Turns,
}

impl New<'_> {
    /// Where a passage is now, if that is sure.
    fn place(&self, old: Span) -> Option<Span> {
        let place = self.rewriting.place(old)?;
        let pieces = self.rewriting.pieces_in(old);
        let place = match pieces {
            [only] if only.kind == Kind::Same => place,
            _ => self.sure(old, place, pieces)?,
        };
        self.fits(place).then_some(place)
    }

    /// The place of a passage whose words changed: its first and last word are still there or were put right one for one, and
    /// at least half of all its words are.
    fn sure(&self, old: Span, place: Span, pieces: &[Piece]) -> Option<Span> {
        let words = |text: &str, span: Span| span.slice(text).map_or(0, count_words);
        // Words of the passage, words of it that stand, words there now; and each stretch with words: whether it anchors.
        let (mut all, mut kept, mut now, mut anchors) = (0, 0, 0, Vec::new());
        for piece in pieces {
            let (before, after) = (piece.old.intersection(old), piece.new.intersection(place));
            let before = before.map_or(0, |span| words(self.old_text, span));
            let after = after.map_or(0, |span| words(self.text, span));
            let stands = match piece.kind {
                Kind::Same => true,
                Kind::Renamed => before > 0,
                Kind::Reworded => before > 0 && before == after && self.is_alike(piece),
            };
            all += before;
            kept += if stands { before } else { 0 };
            now += if piece.kind == Kind::Renamed { before } else { after };
            if before + after > 0 {
                // At an edge, one word for one is a word put right; several are another passage.
                anchors.push(stands || (before, after) == (1, 1));
            }
        }
        let anchored = anchors.first() == Some(&true) && anchors.last() == Some(&true);
        let is_sure = anchored && kept * 2 >= all.max(now);
        let blank_edges = |span: Span| span.trimmed(self.old_text) != span;
        let place = if blank_edges(old) { place } else { place.trimmed(self.text) };
        (is_sure && !place.is_empty()).then_some(place)
    }

    /// Whether each word of one side of a piece is a spelling of its neighbour on the other. Signs are no words: "ada" is not
    /// "bad," for its comma.
    fn is_alike(&self, piece: &Piece) -> bool {
        let words = |text, span: Span| {
            let held: &str = span.slice(text).unwrap_or_default();
            units(held, Unit::Word)
                .into_iter()
                .map(move |word| fold_name(word.slice(held).unwrap_or_default()))
        };
        let mut pairs = words(self.old_text, piece.old).zip(words(self.text, piece.new));
        pairs.all(|(before, after)| strsim::normalized_damerau_levenshtein(&before, &after) >= ALIKE)
    }

    /// The one place near `expected` where a passage was put that is not where it was: its words stand there once, and they
    /// are not those of another passage of the former text.
    fn moved(&self, words: &str, expected: usize) -> Option<Span> {
        if words.is_empty() {
            return None;
        }
        let spans = self.text.match_indices(words).map(|(at, _)| Span::new(at, at + words.len()));
        let near = |span: &Span| (span.start as usize).abs_diff(expected) <= NEAR;
        let mut near = spans.filter(near).filter(|span| self.fits(*span));
        let only = near.next().filter(|_| near.next().is_none())?;
        (!self.rewriting.was_there(only)).then_some(only)
    }

    /// Whether a quote may stand there: its edges cut no grapheme, and somebody speaks.
    fn fits(&self, span: Span) -> bool {
        on_grapheme_boundary(self.text, span.start as usize)
            && on_grapheme_boundary(self.text, span.end as usize)
            && self.turns.holds_speech(span)
    }
}
