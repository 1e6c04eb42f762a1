//! Which bytes of a former text are which of the new one.

use crate::text::{Span, Stretch, diff_words};

/// A text as it became another: stretches one behind the other, that read the same or do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewriting {
    pieces: Vec<Piece>,
}

/// A stretch of the former text and what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) old: Span,
    pub(super) new: Span,
    pub(super) kind: Kind,
}

/// How the two sides of a piece are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// They read the same.
    Same,
    /// Other words stand there.
    Reworded,
    /// The same thing stands there by another name.
    Renamed,
}

impl Rewriting {
    /// Compares two texts word by word.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Rewriting {
        let mut rewriting = Rewriting { pieces: Vec::new() };
        rewriting.compare(old, Span::new(0, old.len()), new, Span::new(0, new.len()));
        rewriting
    }

    /// What differs, with what does not between it.
    #[must_use]
    pub fn stretches(&self) -> Vec<Stretch> {
        let stretch =
            |piece: &Piece| Stretch { old: piece.old, new: piece.new, same: piece.kind == Kind::Same };
        self.pieces.iter().map(stretch).collect()
    }

    /// A text that reads as before.
    pub(super) fn none(text: &str) -> Rewriting {
        let all = Span::new(0, text.len());
        Rewriting { pieces: vec![Piece { old: all, new: all, kind: Kind::Same }] }
    }

    pub(super) fn empty() -> Rewriting {
        Rewriting { pieces: Vec::new() }
    }

    /// Adds a piece behind the others. Two that read the same become one.
    pub(super) fn push(&mut self, piece: Piece) {
        if piece.old.is_empty() && piece.new.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.kind == piece.kind && piece.kind != Kind::Renamed => {
                (last.old.end, last.new.end) = (piece.old.end, piece.new.end);
            }
            _ => self.pieces.push(piece),
        }
    }

    /// Adds what word by word differs between a stretch of each text.
    pub(super) fn compare(&mut self, old_text: &str, old: Span, new_text: &str, new: Span) {
        let slice = |text, span: Span| span.slice(text).unwrap_or_default();
        for stretch in diff_words(slice(old_text, old), slice(new_text, new)) {
            let kind = if stretch.same { Kind::Same } else { Kind::Reworded };
            let (old, new) =
                (stretch.old.shifted(old.start as usize), stretch.new.shifted(new.start as usize));
            self.push(Piece { old, new, kind });
        }
    }

    /// The pieces that share a byte with a span of the former text, or stand inside it.
    pub(super) fn pieces_in(&self, old: Span) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| piece.old.end <= old.start);
        let past = self.pieces.partition_point(|piece| piece.old.start < old.end);
        self.pieces.get(first..past.max(first)).unwrap_or_default()
    }

    /// Where a passage of the former text is now, with what came in between its words and without what came in at its
    /// edges. `None` where an edge falls inside words that changed as one, or nothing is left.
    pub(super) fn place(&self, old: Span) -> Option<Span> {
        let pieces = self.pieces_in(old);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let start = match first.kind {
            Kind::Same => first.new.start + (old.start - first.old.start),
            _ => (first.old.start == old.start).then_some(first.new.start)?,
        };
        let end = match last.kind {
            Kind::Same => last.new.start + (old.end - last.old.start),
            _ => (last.old.end == old.end).then_some(last.new.end)?,
        };
        (start < end).then_some(Span { start, end })
    }

    /// The least that surely holds what a passage became, with what came in at its edges if `with_edges`. It may be empty.
    pub(super) fn hull(&self, old: Span, with_edges: bool) -> Span {
        let first = match with_edges {
            true => self.pieces.partition_point(|piece| piece.old.end < old.start),
            false => self.pieces.partition_point(|piece| piece.old.end <= old.start),
        };
        let past = match with_edges {
            true => self.pieces.partition_point(|piece| piece.old.start <= old.end),
            false => self.pieces.partition_point(|piece| piece.old.start < old.end),
        };
        let end_of_all = self.pieces.last().map_or(0, |piece| piece.new.end);
        let start = self.pieces.get(first).map_or(end_of_all, |piece| match piece.kind {
            Kind::Same => {
                piece.new.start
                    + old.start.saturating_sub(piece.old.start).min(piece.old.end - piece.old.start)
            }
            _ if old.start <= piece.old.start => piece.new.start,
            _ if old.start >= piece.old.end => piece.new.end,
            _ => piece.new.start,
        });
        let end =
            past.checked_sub(1).and_then(|last| self.pieces.get(last)).map_or(0, |piece| match piece.kind {
                Kind::Same => piece.new.start + old.end.min(piece.old.end).saturating_sub(piece.old.start),
                _ if old.end >= piece.old.end => piece.new.end,
                _ if old.end <= piece.old.start => piece.new.start,
                _ => piece.new.end,
            });
        Span { start, end: end.max(start) }
    }

    /// Where a byte of the former text is now: the first place that it can be.
    pub(super) fn byte(&self, old: u32) -> u32 {
        self.hull(Span { start: old, end: old }, true).start
    }

    /// Whether a stretch of the new text stands there from before: another passage has its words already.
    pub(super) fn was_there(&self, new: Span) -> bool {
        let at = self.pieces.partition_point(|piece| piece.new.end <= new.start);
        self.pieces.get(at).is_some_and(|piece| piece.kind == Kind::Same && piece.new.covers(new))
    }
}
