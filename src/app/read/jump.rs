//! Jumps to quotes, and to what is not coded yet.

use super::open::Open;
use crate::app::{Effect, Model};
use crate::study::{Quote, TranscriptId};
use crate::text::Span;

impl Model {
    /// To the next quote of this coder in the transcript, or the one before.
    pub(in crate::app) fn go_to_quote(&mut self, forward: bool) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let here = open.selection();
        let mine = |quote: &&Quote| quote.coder == self.me.id && quote.revision == open.revision;
        let mut spans = self.study.quotes_in(open.transcript).filter(mine).map(|quote| quote.span);
        let beyond = |span: &Span| (span.start, std::cmp::Reverse(span.end));
        let next = if forward {
            spans.find(|span| beyond(span) > beyond(&here))
        } else {
            spans.rfind(|span| beyond(span) < beyond(&here))
        };
        drop(spans);
        match (next, &mut self.read.open) {
            (Some(span), Some(open)) => open.go_to_span(span),
            _ => self.refuse(if forward {
                "No quote of yours follows."
            } else {
                "No quote of yours comes before."
            }),
        }
        Vec::new()
    }

    /// To the next turn of a participant (or the one before) of which nothing is coded by this coder.
    pub(in crate::app) fn go_to_uncoded(&mut self, forward: bool) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let count = open.page.turns().turns.len();
        let here = open.cursor.turn;
        let uncoded = self.uncoded_turns(open.transcript, open);
        let next = if forward {
            (here + 1..count).find(|turn| uncoded.get(*turn) == Some(&true))
        } else {
            (0..here).rev().find(|turn| uncoded.get(*turn) == Some(&true))
        };
        match (next, &mut self.read.open) {
            (Some(turn), Some(open)) => {
                open.clear_selection();
                let start = open.page.turns().turns.get(turn).map_or(0, |turn| turn.speech.start);
                open.rest_on(turn, start);
            }
            _ => self.refuse(if forward {
                "Every turn of a participant from here on has a coding of yours."
            } else {
                "Every turn of a participant before this one has a coding of yours."
            }),
        }
        Vec::new()
    }

    /// For each turn whether a participant speaks in it and nothing of it is coded by this coder.
    fn uncoded_turns(&self, transcript: TranscriptId, open: &Open) -> Vec<bool> {
        let turns = open.page.turns();
        let voices = self.study.voices_in(transcript);
        let speaks = |turn| voices.as_ref().is_some_and(|voices| voices.of(turn).participant().is_some());
        let mut uncoded: Vec<bool> = turns.turns.iter().map(|turn| turn.words > 0 && speaks(turn)).collect();
        for quote in self.study.quotes_in(transcript) {
            let coded = self.study.codings_on(quote.id).next().is_some();
            if coded && quote.coder == self.me.id && quote.revision == open.revision {
                uncoded
                    .get_mut(turns.overlapping(quote.span))
                    .into_iter()
                    .flatten()
                    .for_each(|turn| *turn = false);
            }
        }
        uncoded
    }
}
