//! Moving the ends of a quote, or of what is selected, by words or by characters.

use super::columns::speaker_name;
use super::open::Open;
use crate::app::{Effect, Model, Spot};
use crate::study::{Change, Quote, lies_in_tombstones};
use crate::text::{Span, Unit, graphemes};

/// One end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Edge {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// How far an end moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Stride {
    /// To the next place where a word begins (or ends).
    Word,
    /// By a character, as people count them.
    Grapheme,
}

impl Model {
    /// Moves one end of the quote that keys act on; without a quote there, of what is selected. A quote never loses its
    /// last word or character and never takes in a label.
    pub(in crate::app) fn nudge(&mut self, edge: Edge, stride: Stride, forward: bool) -> Vec<Effect> {
        let Some(spot) = self.target() else { return Vec::new() };
        let quote = self.own_quote(spot).or_else(|| {
            let free = self.read.open.as_ref().is_some_and(|open| !open.is_extending());
            self.coding_here().map(|here| here.quote).filter(|_| free)
        });
        let (before, quote) = quote.map_or((spot.span, None), |quote| (quote.span, Some(quote.clone())));
        let Some(open) = &mut self.read.open else { return Vec::new() };
        let turn_before = open.turn_at(before, edge);
        let Some(span) = open.nudged_span(before, edge, stride, forward) else {
            self.refuse(match edge {
                Edge::Start => "The start cannot move further there.",
                Edge::End => "The end cannot move further there.",
            });
            return Vec::new();
        };
        let turn = open.turn_at(span, edge);
        let by = match (stride, forward) {
            (Stride::Word, true) => "a word later",
            (Stride::Word, false) => "a word earlier",
            (Stride::Grapheme, true) => "a character later",
            (Stride::Grapheme, false) => "a character earlier",
        };
        let moved = format!("{} of the quote moved {by}", edge.word());
        let effects = match &quote {
            None => Vec::new(),
            Some(quote) => match self.move_quote(quote, span, &moved) {
                Some(effects) => effects,
                None => return Vec::new(),
            },
        };
        if let Some(open) = &mut self.read.open {
            open.select(span);
        }
        self.say_nudged(
            Spot { span, ..spot },
            quote.map(|_| moved),
            turn.filter(|_| turn != turn_before),
            edge,
        );
        effects
    }

    /// Says what was moved, and where the end came to another turn: who speaks decides whom the quote counts for.
    fn say_nudged(&mut self, spot: Spot, moved: Option<String>, came_to: Option<usize>, edge: Edge) {
        let turns = self.study.turns(spot.transcript);
        let came_to = came_to.zip(turns).and_then(|(turn, turns)| {
            let (turn, key) = turns.turns.get(turn).map(|turn| (turn, turns.speaker_of(turn)))?;
            let voice = self.study.voices_in(spot.transcript)?.of(turn);
            let (name, verb) = (speaker_name(&self.study, spot.transcript, key, voice), edge.verb());
            Some(format!("now {verb} turn {}, {name}", turn.number))
        });
        let said: Vec<String> = moved.into_iter().chain(came_to).collect();
        if !said.is_empty() {
            self.say(format!("{}: {}", self.address(spot), said.join("; ")));
        }
    }

    /// A quote takes another span; its codings, star and memos go with it. `moved` says what of it, for the history.
    fn move_quote(&mut self, quote: &Quote, span: Span, moved: &str) -> Option<Vec<Effect>> {
        let whole = self.read.open.as_ref()?.page.text();
        let text = span.slice(whole)?.to_owned();
        if lies_in_tombstones(whole, span) {
            self.refuse("Nothing but erased words would be left of it: take the quote away instead.");
            return None;
        }
        let spot = Spot { transcript: quote.transcript, span };
        if self.own_quote(spot).is_some() {
            self.refuse("Another quote of yours has exactly that span: take one of the two away first.");
            return None;
        }
        let address = self.address(spot);
        let changes = vec![Change::update(quote.clone(), Quote { span, text, ..quote.clone() })];
        let effects = self.commit("nudge_quote", format!("{address} {moved}"), changes);
        (!effects.is_empty()).then_some(effects)
    }
}

impl Edge {
    fn word(self) -> &'static str {
        match self {
            Edge::Start => "start",
            Edge::End => "end",
        }
    }

    /// What it does in the turn that it is moved to.
    fn verb(self) -> &'static str {
        match self {
            Edge::Start => "begins in",
            Edge::End => "ends in",
        }
    }
}

impl Open {
    /// Selects a span that need not be made of whole units. The next move lets go of it.
    pub(super) fn select(&mut self, span: Span) {
        let turn = self.page.turns().index_at(span.start as usize).unwrap_or(self.cursor.turn);
        let focus = self.focus;
        self.anchor = None;
        self.rest_on(turn, span.start);
        (self.exact, self.focus) = (Some(span), focus);
    }

    /// The turn that one end of a span is in: an end belongs to the turn whose last byte it follows.
    fn turn_at(&self, span: Span, edge: Edge) -> Option<usize> {
        let inside = if edge == Edge::Start { span.start } else { span.end.saturating_sub(1) };
        self.page.turns().index_at(inside as usize)
    }

    /// The span with one end moved; `None` if there is no further place for it.
    fn nudged_span(&mut self, span: Span, edge: Edge, stride: Stride, forward: bool) -> Option<Span> {
        let byte = if edge == Edge::Start { span.start } else { span.end };
        let turn = self.turn_at(span, edge)?;
        let here = self.edges(turn, edge, stride);
        let found = match forward {
            true => here.iter().copied().find(|edge| *edge > byte),
            false => here.iter().copied().rfind(|edge| *edge < byte),
        };
        let count = self.page.turns().turns.len();
        let found = match (found, forward) {
            (Some(found), _) => Some(found),
            (None, true) => {
                (turn + 1..count).find_map(|turn| self.edges(turn, edge, stride).first().copied())
            }
            (None, false) => (0..turn).rev().find_map(|turn| self.edges(turn, edge, stride).last().copied()),
        }?;
        let moved = match edge {
            Edge::Start => Span { start: found, ..span },
            Edge::End => Span { end: found, ..span },
        };
        (moved.start < moved.end).then_some(moved)
    }

    /// Places in the speech of a turn where such an end can be, in order.
    fn edges(&mut self, turn: usize, edge: Edge, stride: Stride) -> Vec<u32> {
        let units: Vec<Span> = match stride {
            Stride::Word => self.page.units(turn, Unit::Word).to_vec(),
            Stride::Grapheme => {
                let speech = self.page.turns().turns.get(turn).map(|turn| turn.speech).unwrap_or_default();
                let text = speech.slice(self.page.text()).unwrap_or_default();
                graphemes(text).map(|grapheme| grapheme.shifted(speech.start as usize)).collect()
            }
        };
        units.into_iter().map(|unit| if edge == Edge::Start { unit.start } else { unit.end }).collect()
    }
}
