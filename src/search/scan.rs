//! Reading turns one by one: for what the index does not hold yet, and for regular expressions.
//!
//! It finds what the index would find. Its scores are those of BM25 too, but with the statistics of the turns
//! it read, and every form of a pattern counts as one word.

use super::index::Scored;
use super::matcher::Matcher;
use super::plan::Plan;
use super::{Cancel, Entry, SearchError, TextSource, TurnSet};

/// Saturation of frequency and weight of length in BM25: the values that the index uses.
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Hits with what their scores are made of.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    hits: Vec<Read>,
    /// Turns read, and their words.
    turns: usize,
    words: usize,
    /// In how many of them each scored pattern matches.
    with: Vec<usize>,
}

#[derive(Debug)]
struct Read {
    place: u32,
    words: usize,
    /// How often each scored pattern matches.
    times: Vec<u32>,
}

/// Reads the turns of `entries` that are in `candidates`, and adds the hits to `found`.
pub(super) fn scan<'e>(
    plan: &Plan,
    entries: impl Iterator<Item = &'e Entry>,
    candidates: Option<&TurnSet>,
    texts: &dyn TextSource,
    found: &mut TurnSet,
    cancel: &Cancel,
) -> Result<Scanned, SearchError> {
    let mut matcher = Matcher::new(plan);
    let mut scored = Vec::new();
    plan.part.scored(&mut scored);
    let mut scanned = Scanned { with: vec![0; scored.len()], ..Scanned::default() };
    let mut matches = Vec::new();
    for entry in entries {
        cancel.check()?;
        if candidates.is_some_and(|candidates| candidates.next_in(entry.range()).is_none()) {
            continue;
        }
        let text = texts.text(entry.revision)?;
        for (place, turn) in (entry.first..).zip(&entry.turns.turns) {
            if candidates.is_some_and(|candidates| !candidates.has(place)) {
                continue;
            }
            cancel.check()?;
            let speech = turn.speech.slice(&text).unwrap_or_default();
            let is_hit = matcher.read(place, speech, entry.language, &mut matches);
            scanned.turns += 1;
            scanned.words += matcher.length();
            let times: Vec<u32> = scored.iter().map(|pattern| matcher.occurrences(*pattern)).collect();
            for (with, times) in scanned.with.iter_mut().zip(&times) {
                *with += usize::from(*times > 0);
            }
            if is_hit {
                found.insert(place);
                scanned.hits.push(Read { place, words: matcher.length(), times });
            }
        }
    }
    Ok(scanned)
}

impl Scanned {
    /// The hits with their scores, in order of the study.
    pub(super) fn scores(&self) -> impl Iterator<Item = Scored> + '_ {
        let turns = self.turns as f32;
        let average = self.words as f32 / turns.max(1.0);
        let rarity: Vec<f32> = self
            .with
            .iter()
            .map(|with| (1.0 + (turns - *with as f32 + 0.5) / (*with as f32 + 0.5)).ln())
            .collect();
        self.hits.iter().map(move |hit| {
            let norm = K1 * (1.0 - B + B * hit.words as f32 / average.max(1.0));
            let score = hit.times.iter().zip(&rarity).map(|(times, rarity)| {
                let times = *times as f32;
                rarity * (1.0 + K1) * times / (times + norm)
            });
            Scored { score: score.sum(), place: hit.place }
        })
    }
}
