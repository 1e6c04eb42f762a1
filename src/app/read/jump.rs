//! Jumps within a transcript: to quotes, to what is not coded or seen yet, to memos, speakers and gaps in the record.

use std::cmp::Reverse;

use super::open::Open;
use crate::app::{Effect, Model};
use crate::study::{MemoOn, Quote};
use crate::text::Span;

/// What can be jumped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Landmark {
    /// A quote of this coder.
    Quote,
    /// A turn of a participant of which nothing is coded by this coder.
    Uncoded,
    /// A turn that this coder has neither seen nor marked as read.
    Unread,
    /// A passage with a memo of this coder.
    Memo,
    /// A turn of whoever speaks under the cursor.
    SameSpeaker,
    /// Where the transcriber could not hear: `[inaudible`, `[unclear`, in any case.
    Inaudible,
}

impl Landmark {
    /// The sentence for when there is none in that direction.
    fn none(self, forward: bool) -> &'static str {
        match (self, forward) {
            (Landmark::Quote, true) => "No quote of yours follows.",
            (Landmark::Quote, false) => "No quote of yours comes before.",
            (Landmark::Uncoded, true) => "Every turn of a participant from here on has a coding of yours.",
            (Landmark::Uncoded, false) => {
                "Every turn of a participant before this one has a coding of yours."
            }
            (Landmark::Unread, true) => "You have seen every turn from here on.",
            (Landmark::Unread, false) => "You have seen every turn before this one.",
            (Landmark::Memo, true) => "No memo of yours follows.",
            (Landmark::Memo, false) => "No memo of yours comes before.",
            (Landmark::SameSpeaker, true) => "This speaker does not speak again.",
            (Landmark::SameSpeaker, false) => "This speaker did not speak before.",
            (Landmark::Inaudible, true) => "Nothing inaudible follows.",
            (Landmark::Inaudible, false) => "Nothing inaudible comes before.",
        }
    }
}

impl Model {
    /// To the next landmark of a kind, or the one before.
    pub(in crate::app) fn go_to_landmark(&mut self, landmark: Landmark, forward: bool) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let there = match landmark {
            Landmark::Quote => span_beyond(open, &self.quote_spans(open, |_| true), forward),
            Landmark::Memo => {
                span_beyond(open, &self.quote_spans(open, |quote| self.has_own_memo(quote)), forward)
            }
            Landmark::Inaudible => span_beyond(open, &inaudible(open), forward),
            Landmark::Uncoded => turn_beyond(open, &self.uncoded_turns(open), forward),
            Landmark::Unread => turn_beyond(open, &self.unread_turns(open), forward),
            Landmark::SameSpeaker => turn_beyond(open, &turns_of_speaker(open), forward),
        };
        match (there, &mut self.read.open) {
            (Some(There::Span(span)), Some(open)) if landmark == Landmark::Inaudible => open.select(span),
            (Some(There::Span(span)), Some(open)) => open.go_to_span(span),
            (Some(There::Turn(turn)), Some(open)) => {
                open.clear_selection();
                let start = open.page.turns().turns.get(turn).map_or(0, |turn| turn.speech.start);
                open.rest_on(turn, start);
            }
            _ => self.refuse(landmark.none(forward)),
        }
        Vec::new()
    }

    fn has_own_memo(&self, quote: &Quote) -> bool {
        self.study.memos_on(MemoOn::Quote(quote.id)).any(|memo| memo.coder == self.me.id)
    }

    /// Spans of this coder's quotes that are wanted, in order of the text.
    fn quote_spans(&self, open: &Open, wanted: impl Fn(&Quote) -> bool) -> Vec<Span> {
        let mine = |quote: &&Quote| quote.coder == self.me.id && quote.revision == open.revision;
        let quotes = self.study.quotes_in(open.transcript).filter(mine);
        quotes.filter(|quote| wanted(quote)).map(|quote| quote.span).collect()
    }

    /// For each turn whether a participant speaks in it and nothing of it is coded by this coder.
    fn uncoded_turns(&self, open: &Open) -> Vec<bool> {
        let turns = open.page.turns();
        let voices = self.study.voices_in(open.transcript);
        let speaks = |turn| voices.as_ref().is_some_and(|voices| voices.of(turn).participant().is_some());
        let mut uncoded: Vec<bool> = turns.turns.iter().map(|turn| turn.words > 0 && speaks(turn)).collect();
        for quote in self.study.quotes_in(open.transcript) {
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

    /// For each turn whether this coder has not seen it.
    fn unread_turns(&self, open: &Open) -> Vec<bool> {
        let seen = self.read_marks.get(&open.transcript);
        let turns = &open.page.turns().turns;
        turns.iter().map(|turn| seen.is_none_or(|seen| !seen.contains(&turn.number))).collect()
    }
}

/// Where a jump goes.
enum There {
    Span(Span),
    Turn(usize),
}

/// The next span after what is selected, or the last one before it. Of spans that begin together the longer one comes
/// first.
fn span_beyond(open: &Open, spans: &[Span], forward: bool) -> Option<There> {
    let place = |span: &Span| (span.start, Reverse(span.end));
    let here = place(&open.selection());
    let found = match forward {
        true => spans.iter().find(|span| place(span) > here),
        false => spans.iter().rfind(|span| place(span) < here),
    };
    found.copied().map(There::Span)
}

/// The next turn after the one under the cursor that is wanted, or the last one before it.
fn turn_beyond(open: &Open, wanted: &[bool], forward: bool) -> Option<There> {
    let here = open.cursor.turn;
    let is_wanted = |turn: &usize| wanted.get(*turn) == Some(&true);
    let found = match forward {
        true => (here + 1..wanted.len()).find(is_wanted),
        false => (0..here.min(wanted.len())).rfind(is_wanted),
    };
    found.map(There::Turn)
}

fn turns_of_speaker(open: &Open) -> Vec<bool> {
    let turns = &open.page.turns().turns;
    let here = turns.get(open.cursor.turn).map(|turn| turn.speaker);
    turns.iter().map(|turn| Some(turn.speaker) == here && turn.words > 0).collect()
}

/// The words of transcribers for what they could not hear, in the speech of all turns.
fn inaudible(open: &Open) -> Vec<Span> {
    const WORDS: [&str; 4] = ["[inaudible", "[unclear", "[indistinct", "[crosstalk"];
    let text = open.page.text();
    let mut spans = Vec::new();
    let shown = open.page.turns().turns.iter().enumerate().filter(|(at, _)| !open.page.is_hidden(*at));
    for (_, turn) in shown {
        // Folding ASCII alone keeps the places of bytes.
        let speech = turn.speech.slice(text).unwrap_or_default().to_ascii_lowercase();
        let mut places: Vec<usize> =
            WORDS.iter().flat_map(|word| speech.match_indices(word).map(|(at, _)| at)).collect();
        places.sort_unstable();
        for at in places {
            let end = speech.get(at..).and_then(|rest| rest.find(']')).map_or(at + 1, |close| at + close + 1);
            spans.push(Span::new(at, end).shifted(turn.speech.start as usize));
        }
    }
    spans
}
