//! What of a hit is coded: its matches, the sentences around them, or the turn; and its ends moved by hand.

use super::{Hit, HitText, Search};
use crate::app::read::{Edge, Stride};
use crate::app::{Effect, Model, Spot};
use crate::text::{Span, Unit, graphemes, units};

/// The rule in words, as the screen says it.
#[must_use]
pub(super) fn rule_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Turn => "the turn",
        Unit::Sentence => "the sentences around the matches",
        Unit::Word => "the matches",
    }
}

/// The part of a hit's speech that holds its matches, in whole units: from the first to the last of them. The whole
/// speech, if nothing but filters was asked.
pub(super) fn passage(hit: &Hit, text: &HitText, unit: Unit) -> Span {
    let Some(matched) = text.matches.iter().copied().reduce(Span::hull) else { return hit.speech };
    if unit == Unit::Word {
        return matched;
    }
    let at = hit.speech.start as usize;
    let whole = units(&text.text, unit).into_iter().map(|unit| unit.shifted(at));
    whole.filter(|unit| unit.overlaps(matched)).fold(matched, Span::hull)
}

impl Search {
    /// The part of the chosen hit that is coded.
    pub(super) fn passage(&self) -> Option<Span> {
        let (hit, text) = (self.hit()?, self.text_of(self.chosen)?);
        let edited = self.reviewing.as_ref().and_then(|reviewing| reviewing.span);
        Some(edited.unwrap_or_else(|| passage(hit, text, self.unit)))
    }
}

impl Model {
    /// Takes more or less around the matches to be coded. In a review this is for the one hit alone.
    pub(in crate::app) fn resize_hit(&mut self, grow: bool) -> Vec<Effect> {
        let rule = self.search.unit;
        let held = self.search.reviewing.as_ref().map_or(rule, |reviewing| reviewing.unit.unwrap_or(rule));
        let unit = if grow { held.grown() } else { held.shrunk() }.unwrap_or(held);
        let span = self.search.hit().zip(self.search.text_of(self.search.chosen));
        let span = span.map(|(hit, text)| passage(hit, text, unit));
        match &mut self.search.reviewing {
            Some(reviewing) => (reviewing.unit, reviewing.span) = (Some(unit), span),
            None => self.search.unit = unit,
        }
        Vec::new()
    }

    /// Goes on to the next span rule: turn, sentences, matches.
    pub(in crate::app) fn cycle_span_rule(&mut self) -> Vec<Effect> {
        self.search.unit = match self.search.unit {
            Unit::Turn => Unit::Sentence,
            Unit::Sentence => Unit::Word,
            Unit::Word => Unit::Turn,
        };
        if let Some(reviewing) = &mut self.search.reviewing {
            (reviewing.unit, reviewing.span) = (None, None);
        }
        self.say(format!("What is coded of a hit: {}.", rule_words(self.search.unit)));
        Vec::new()
    }

    /// Moves one end of the passage under review. It stays inside the turn and keeps its last word or character.
    pub(in crate::app) fn nudge_hit(&mut self, edge: Edge, stride: Stride, forward: bool) -> Vec<Effect> {
        let Some(span) = self.search.passage() else { return Vec::new() };
        let Some((hit, text)) = self.search.hit().zip(self.search.text_of(self.search.chosen)) else {
            return Vec::new();
        };
        let pieces: Vec<Span> = match stride {
            Stride::Word => units(&text.text, Unit::Word).into_iter().collect(),
            Stride::Grapheme => graphemes(&text.text).collect(),
        };
        let at = |piece: Span| {
            let piece = piece.shifted(hit.speech.start as usize);
            if edge == Edge::Start { piece.start } else { piece.end }
        };
        let byte = if edge == Edge::Start { span.start } else { span.end };
        let mut edges = pieces.into_iter().map(at);
        let found = match forward {
            true => edges.find(|edge| *edge > byte),
            false => edges.rfind(|edge| *edge < byte),
        };
        let moved = found.map(|found| match edge {
            Edge::Start => Span { start: found, ..span },
            Edge::End => Span { end: found, ..span },
        });
        match (moved.filter(|moved| moved.start < moved.end), &mut self.search.reviewing) {
            (Some(moved), Some(reviewing)) => reviewing.span = Some(moved),
            _ => self.refuse(match edge {
                Edge::Start => "The start cannot move further there.",
                Edge::End => "The end cannot move further there.",
            }),
        }
        Vec::new()
    }

    /// The passage of the chosen hit that would be coded, with its text.
    #[must_use]
    pub fn hit_passage(&self) -> Option<(Spot, String)> {
        let (hit, text) = (self.search.hit()?, self.search.text_of(self.search.chosen)?);
        let span = self.search.passage()?;
        let words = text.slice(hit, span)?.to_owned();
        Some((Spot { transcript: hit.transcript, span }, words))
    }
}
