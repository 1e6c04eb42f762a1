//! Hidden turns, from one revision to the next: what is hidden stays hidden, whatever its number becomes.
//!
//! Turns are known again by their words, three in a row, as well as by their order: a correction made elsewhere may have moved
//! hidden words into another turn. Where it put hidden and other words together it is refused, for neither may follow the other.

use std::collections::{BTreeMap, BTreeSet};

use super::CorrectionError;
use super::compare::Alignment;
use crate::study::{Change, Hidden, Hideable, Source, Study, TranscriptId, TurnNumber, Turns, fresh};
use crate::text::{Span, Unit, fold_name, units};

/// So many words in a row are known again.
const RUN: usize = 3;

/// A text with its turns.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    pub(super) turns: &'a Turns,
}

impl Side<'_> {
    fn words(&self, at: usize) -> Vec<String> {
        let speech = self.turns.turns.get(at).map(|turn| turn.speech).unwrap_or_default();
        words_of(speech.slice(self.text).unwrap_or_default())
    }
}

fn words_of(speech: &str) -> Vec<String> {
    let word = |span: Span| fold_name(span.slice(speech).unwrap_or_default());
    units(speech, Unit::Word).into_iter().map(word).collect()
}

impl Study {
    /// What hides single turns goes with them. What hides one that is gone stays with its number, for the sake of former texts.
    ///
    /// # Errors
    /// If the new text puts hidden words together with others, or another turn has the number of one that is gone.
    pub(super) fn carry_hidden(
        &self,
        transcript: TranscriptId,
        old: Side<'_>,
        new: Side<'_>,
        alignment: &Alignment,
        before: &[(TurnNumber, String)],
        source: &dyn Source,
    ) -> Result<Vec<Change>, CorrectionError> {
        let held: Vec<TurnNumber> = self.hidden_numbers(transcript).collect();
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let was = |at: usize| {
            old.turns.turns.get(at).is_some_and(|turn| self.is_number_hidden(transcript, turn.number))
        };
        let told = Telling::of(old, alignment, was);
        let returned = Returning::of(before, old);
        let mut now: Vec<bool> = Vec::with_capacity(new.turns.turns.len());
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for (at, pair) in alignment.pairs.iter().enumerate() {
            let pair = *pair;
            if pair.is_some() && alignment.is_same(at) {
                found.extend(pair);
                now.push(pair.is_some_and(was));
                continue;
            }
            let said = told.told_by(&new.words(at));
            let hidden: Vec<usize> = said.iter().copied().filter(|of| was(*of)).collect();
            if let (Some(first), true) = (hidden.first(), hidden.len() < said.len()) {
                let number = old.turns.turns.get(*first).map_or(TurnNumber::whole(0), |turn| turn.number);
                return Err(CorrectionError::HiddenTurn(number));
            }
            found.extend(said.iter().chain(&pair));
            if let Some(number) = returned.told_by(&new.words(at)) {
                if said.iter().any(|of| !was(*of)) {
                    return Err(CorrectionError::HiddenTurn(number));
                }
                now.push(true);
                continue;
            }
            now.push(match (said.is_empty(), pair) {
                (false, _) => !hidden.is_empty(),
                (true, Some(of)) => was(of),
                // A turn that came in takes after the one before it, of which it may be a part.
                (true, None) => now.last().copied().unwrap_or(false),
            });
        }
        if let Some(of) = strayed(old, new, alignment, was, &now) {
            let number = old.turns.turns.get(of).map_or(TurnNumber::whole(0), |turn| turn.number);
            return Err(CorrectionError::HiddenTurn(number));
        }
        let numbers: Vec<TurnNumber> = new.turns.turns.iter().map(|turn| turn.number).collect();
        let of_new = |number: TurnNumber| {
            numbers.iter().zip(&now).filter(move |(turn, _)| number.covers(**turn)).map(|(_, now)| *now)
        };
        let stays = |number: &&TurnNumber| of_new(**number).all(|hidden| hidden);
        let kept: BTreeSet<TurnNumber> = held.iter().filter(stays).copied().collect();
        let mut changes = Vec::new();
        for number in held.iter().filter(|number| !kept.contains(number)) {
            let mut before = (0..old.turns.turns.len())
                .filter(|at| old.turns.turns.get(*at).is_some_and(|turn| number.covers(turn.number)));
            if !before.any(|at| found.contains(&at)) {
                return Err(CorrectionError::HiddenGone(*number));
            }
            changes.extend(self.hidden_by(Hideable::Turn(transcript, *number)).cloned().map(Change::delete));
        }
        let hidden = numbers.iter().zip(&now).filter(|(_, now)| **now).map(|(number, _)| *number);
        let uncovered = hidden.filter(|number| !kept.iter().any(|held| held.covers(*number)));
        changes.extend(uncovered.map(|number| {
            Change::create(Hidden { id: fresh(source), what: Hideable::Turn(transcript, number) })
        }));
        Ok(changes)
    }

    /// A part of a turn that is split again is hidden like the part that it comes from.
    pub(super) fn hide_second_part(
        &self,
        transcript: TranscriptId,
        first: TurnNumber,
        second: TurnNumber,
        source: &dyn Source,
    ) -> Option<Change> {
        let hides = self.is_number_hidden(transcript, first) && !self.is_number_hidden(transcript, second);
        hides.then(|| Change::create(Hidden { id: fresh(source), what: Hideable::Turn(transcript, second) }))
    }
}

/// The hidden turn a word of which strayed into a turn that is shown: it was in hidden turns alone, is said there less often
/// than before, and now in a turn that changed. One or two words are too few for a run.
fn strayed(
    old: Side<'_>,
    new: Side<'_>,
    alignment: &Alignment,
    was: impl Fn(usize) -> bool,
    now: &[bool],
) -> Option<usize> {
    let mut lacking: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let former = 0..old.turns.turns.len();
    for at in former.clone().filter(|at| was(*at)) {
        for word in old.words(at) {
            lacking.entry(word).or_insert((0, at)).0 += 1;
        }
    }
    for at in former.filter(|at| !was(*at)) {
        for word in old.words(at) {
            lacking.remove(&word);
        }
    }
    for (at, _) in now.iter().enumerate().filter(|(_, hidden)| **hidden) {
        for word in new.words(at) {
            if let Some((count, _)) = lacking.get_mut(&word) {
                *count = count.saturating_sub(1);
            }
        }
    }
    let changed = now.iter().enumerate().filter(|(at, hidden)| !**hidden && !alignment.is_same(*at));
    let words = changed.flat_map(|(at, _)| new.words(at));
    words.filter_map(|word| lacking.get(&word)).find(|(count, _)| *count > 0).map(|(_, of)| *of)
}

/// Words by which turns are known again that are hidden and stand in former texts alone.
struct Returning {
    runs: BTreeMap<Vec<String>, TurnNumber>,
}

impl Returning {
    fn of(before: &[(TurnNumber, String)], old: Side<'_>) -> Returning {
        let mut runs = BTreeMap::new();
        for (number, said) in before {
            let words = words_of(said);
            for run in words.windows(RUN.min(words.len()).max(1)) {
                runs.insert(run.to_vec(), *number);
            }
        }
        // What is said in the current text as well tells of no turn.
        let current = if runs.is_empty() { 0 } else { old.turns.turns.len() };
        for words in (0..current).map(|at| old.words(at)) {
            for run in (1..=RUN).flat_map(|length| words.windows(length)) {
                runs.remove(run);
            }
        }
        Returning { runs }
    }

    /// The hidden turn that some words tell of. Fewer than a run of words are one only if there are no others.
    fn told_by(&self, words: &[String]) -> Option<TurnNumber> {
        let runs = words.windows(RUN.min(words.len()).max(1));
        runs.filter_map(|run| self.runs.get(run)).next().copied()
    }
}

/// Words by which former turns are known again that are not there word for word. Each stands in turns that are hidden, or in
/// turns that are not, but not in both.
struct Telling {
    /// Runs of words; a turn of fewer words is one.
    runs: BTreeMap<Vec<String>, BTreeSet<usize>>,
    /// Shorter ones, by which a turn is known that says no more than these.
    parts: BTreeMap<Vec<String>, BTreeSet<usize>>,
}

impl Telling {
    fn of(old: Side<'_>, alignment: &Alignment, was: impl Fn(usize) -> bool) -> Telling {
        let pairs = alignment.pairs.iter().enumerate();
        let whole: BTreeSet<usize> =
            pairs.filter(|(at, _)| alignment.is_same(*at)).filter_map(|(_, pair)| *pair).collect();
        let mut told = Telling { runs: BTreeMap::new(), parts: BTreeMap::new() };
        for at in (0..old.turns.turns.len()).filter(|at| !whole.contains(at)) {
            let words = old.words(at);
            for run in words.windows(RUN.min(words.len()).max(1)) {
                told.runs.entry(run.to_vec()).or_default().insert(at);
            }
            for part in (1..RUN).flat_map(|length| words.windows(length)) {
                told.parts.entry(part.to_vec()).or_default().insert(at);
            }
        }
        let is_clear = |of: &BTreeSet<usize>| of.iter().all(|at| was(*at)) || !of.iter().any(|at| was(*at));
        told.runs.retain(|_, of| is_clear(of));
        told.parts.retain(|_, of| is_clear(of));
        told
    }

    /// The former turns that some words tell of.
    fn told_by(&self, words: &[String]) -> BTreeSet<usize> {
        let runs = (1..=RUN).flat_map(|length| words.windows(length));
        let runs = runs.filter_map(|run| self.runs.get(run));
        runs.chain(self.parts.get(words)).flatten().copied().collect()
    }
}
