//! How much of a transcript is coded: words of participants in the union of a coder's coded quotes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::study::{CoderId, Quote, Study, Transcript, Turns, Voices};
use crate::text::{Span, count_words};

/// How much of one transcript is coded, by coder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Words that participants speak (UAX #29, current revision).
    pub words: u32,
    /// Whose layer is the one of record.
    pub layer: Option<CoderId>,
    by_coder: BTreeMap<CoderId, Coded>,
}

/// What one coder has coded of one transcript.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coded {
    /// Words of participants under at least one coding, each once; a word that a quote cuts in two counts.
    pub words: u32,
    /// Quotes, also those without a code.
    pub quotes: u32,
    /// Codings, each by itself: overlapping ones are not merged here.
    pub codings: u32,
}

impl Coverage {
    pub(super) fn of(
        study: &Study,
        transcript: &Transcript,
        layer: Option<CoderId>,
        heard: Option<(&Arc<Turns>, &Voices)>,
    ) -> Self {
        let words = study.speech_in(transcript.id).values().sum();
        let mut by_coder: BTreeMap<CoderId, Coded> = BTreeMap::new();
        let mut runs: BTreeMap<CoderId, Vec<Run>> = BTreeMap::new();
        for quote in study.quotes_in(transcript.id) {
            let codings = u32::try_from(study.codings_on(quote.id).count()).unwrap_or(u32::MAX);
            let coded = by_coder.entry(quote.coder).or_default();
            coded.quotes += 1;
            coded.codings += codings;
            if codings > 0 && quote.revision == transcript.revision {
                join(runs.entry(quote.coder).or_default(), quote);
            }
        }
        if let Some((turns, voices)) = heard {
            for (coder, runs) in &runs {
                by_coder.entry(*coder).or_default().words = words_under(runs, turns, voices);
            }
        }
        Self { words, layer, by_coder }
    }

    /// What that coder has coded.
    #[must_use]
    pub fn by(&self, coder: CoderId) -> Coded {
        self.by_coder.get(&coder).copied().unwrap_or_default()
    }

    /// Coders with quotes in the transcript.
    pub fn coders(&self) -> impl Iterator<Item = (CoderId, Coded)> {
        self.by_coder.iter().map(|(coder, coded)| (*coder, *coded))
    }

    /// Coded words in per cent of all, rounded down, but 1 as soon as there is a word: 0 means untouched and 100 means
    /// all. `None` where no participant speaks.
    #[must_use]
    pub fn percent(&self, coded: Coded) -> Option<u32> {
        let percent = (u64::from(coded.words) * 100).checked_div(u64::from(self.words))?;
        let percent = u32::try_from(percent).unwrap_or(100).min(100);
        Some(if coded.words > 0 { percent.max(1) } else { percent })
    }
}

/// Quotes that overlap or touch, as one stretch with its text.
struct Run<'q> {
    span: Span,
    text: Cow<'q, str>,
}

/// Adds a quote that starts no earlier than those before it.
fn join<'q>(runs: &mut Vec<Run<'q>>, quote: &'q Quote) {
    match runs.last_mut() {
        Some(run) if quote.span.start <= run.span.end => {
            let Some(beyond) = run.span.end.checked_sub(quote.span.start) else { return };
            if let Some(rest) = quote.text.get(beyond as usize..).filter(|rest| !rest.is_empty()) {
                run.text.to_mut().push_str(rest);
                run.span.end = quote.span.end;
            }
        }
        _ => runs.push(Run { span: quote.span, text: Cow::Borrowed(&quote.text) }),
    }
}

/// Words of participants in the runs, at most all of each turn.
fn words_under(runs: &[Run<'_>], turns: &Turns, voices: &Voices) -> u32 {
    let mut by_turn: BTreeMap<usize, u32> = BTreeMap::new();
    for run in runs {
        let range = turns.overlapping(run.span);
        for (index, turn) in range.clone().zip(turns.turns.get(range).unwrap_or_default()) {
            if turn.words == 0 || voices.of(turn).participant().is_none() {
                continue;
            }
            let shared = run.span.intersection(turn.speech);
            let words = if run.span.covers(turn.speech) {
                turn.words
            } else {
                let text = shared.and_then(|shared| shared.slice_of(&run.text, run.span));
                u32::try_from(text.map_or(0, count_words)).unwrap_or(u32::MAX)
            };
            let under = by_turn.entry(index).or_default();
            *under = under.saturating_add(words).min(turn.words);
        }
    }
    by_turn.values().sum()
}
