//! A quote in what stands around it, as the desk of a cell shows the chosen one.

use std::ops::Range;

use crate::app::read::speaker_name;
use crate::app::wrap::wrap;
use crate::app::{Effect, Model};
use crate::study::{Quote, QuoteId, Turns, Voice, turns_of_span};

/// So many bytes around a quote are shown at most, on either side.
const AROUND: usize = 400;
/// Stands where it is cut.
const CUT: char = '…';

/// A quote in what stands around it.
#[derive(Clone, Debug)]
pub struct Around {
    /// Which quote.
    pub quote: QuoteId,
    /// The turn before it, and its own turns.
    pub text: String,
    /// Where it stands in that.
    pub own: Range<usize>,
    /// Rows of the text.
    pub rows: Vec<Range<usize>>,
    pub(super) width: u16,
}

impl Model {
    /// Finds what stands around the chosen quote: the turn before it unless that is hidden, and the rest of its own.
    pub(super) fn lay_context(&mut self, width: u16) -> Vec<Effect> {
        let Some(desk) = &self.matrix.desk else { return Vec::new() };
        let Some(quote) = desk.list.quote().and_then(|quote| self.study.quotes().get(&quote)).cloned() else {
            return Vec::new();
        };
        if desk.around.as_ref().is_some_and(|held| (held.quote, held.width) == (quote.id, width)) {
            return Vec::new();
        }
        let Some(text) = self.texts.get(quote.revision).cloned() else {
            let needed = self.texts.ask(quote.revision);
            return if needed { vec![Effect::LoadText(quote.revision)] } else { Vec::new() };
        };
        let around = || {
            let turns = self.study.turns_of(quote.revision)?;
            let (first, last) = turns_of_span(turns, quote.span)?;
            let shown = self.study.shown_speech(quote.transcript);
            let before = first.saturating_sub(1);
            let turn = turns.turns.get(if shown.hides(before) { first } else { before })?;
            let (own_start, own_end) = (quote.span.start as usize, quote.span.end as usize);
            let end = turns.turns.get(last)?.speech.end as usize;
            let begins = turn.begins();
            let mut start = begins.max(own_start.saturating_sub(AROUND)).min(own_start);
            let mut stop = end.min(own_end + AROUND).max(own_end);
            let (cut_before, cut_behind) = (begins < start, stop < end);
            // Between words.
            let is_blank = |at: usize| text.as_bytes().get(at).is_none_or(u8::is_ascii_whitespace);
            while cut_before && start < own_start && !is_blank(start - 1) {
                start += 1;
            }
            while cut_behind && stop > own_end && !is_blank(stop) {
                stop -= 1;
            }
            let (mut shown, mut own) = self.said_in(&quote, turns, start..stop, &text)?;
            if cut_before {
                shown.insert(0, CUT);
                own = own.start + CUT.len_utf8()..own.end + CUT.len_utf8();
            }
            if cut_behind {
                shown.push(CUT);
            }
            let rows = wrap(&shown, usize::from(width.saturating_sub(5)).clamp(6, 80));
            // Between turns stand blank lines; here every row counts.
            let rows = rows
                .into_iter()
                .filter(|row| shown.get(row.clone()).is_some_and(|row| !row.trim().is_empty()));
            Some(Around { quote: quote.id, rows: rows.collect(), own, text: shown, width })
        };
        let around = around();
        if let Some(desk) = &mut self.matrix.desk {
            desk.around = around;
        }
        Vec::new()
    }

    /// The words of `part` of a text, with who speaks in place of the labels of the file, and where the quote stands in them.
    fn said_in(
        &self,
        quote: &Quote,
        turns: &Turns,
        part: Range<usize>,
        text: &str,
    ) -> Option<(String, Range<usize>)> {
        let voices = self.study.voices_in(quote.transcript);
        let (mut said, mut from) = (String::new(), part.start);
        // Behind which byte by how many bytes the words moved.
        let mut moved: Vec<(usize, isize)> = Vec::new();
        for turn in &turns.turns {
            let label = turn.label.start as usize..turn.label.end as usize;
            if label.is_empty() || label.start < from || label.end > part.end {
                continue;
            }
            let voice = voices.as_ref().map_or(Voice::Unknown, |voices| voices.of(turn));
            let name = speaker_name(&self.study, quote.transcript, turns.speaker_of(turn), voice);
            let written = text.get(label.clone())?;
            let (label_only, behind) = written.split_at(written.trim_end_matches([':', ' ']).len());
            for words in [text.get(from..label.start)?, name, behind] {
                said.push_str(words);
            }
            moved.push((label.end, name.len().cast_signed() - label_only.len().cast_signed()));
            from = label.end;
        }
        said.push_str(text.get(from..part.end)?);
        let place = |byte: u32| {
            let byte = byte as usize;
            let before = moved.iter().filter(|(from, _)| *from <= byte);
            before.fold(byte - part.start, |at, (_, by)| at.saturating_add_signed(*by))
        };
        Some((said, place(quote.span.start)..place(quote.span.end)))
    }
}
