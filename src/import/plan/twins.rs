//! One interview that comes under two names, as .docx and as .txt: told by what is said in it.
//!
//! Every pair of about the same length would have to be compared. So a sketch is made of each transcript once, only
//! those whose sketches are alike are read in full, and an import of many costs what reading them once costs.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Planner;
use crate::study::{RevisionId, Transcript, TranscriptId, Turns};
use crate::text::{Analyser, Language};

/// Fewer words than this are alike by chance.
const FEWEST: usize = 50;

/// How many words in a row are compared.
const RUN: usize = 4;

/// How many runs a sketch holds.
const SKETCHED: usize = 64;

/// How many of them two twins share at least. Texts with nine in ten runs in common share 52 of 64 by expectation, with a
/// standard deviation of 3: so one in tens of thousands is overlooked.
const SHARED: usize = 40;

/// What was said in the transcripts of a study and of an import, as far as it was asked.
#[derive(Default)]
pub(super) struct Speeches(BTreeMap<TranscriptId, Speech>);

struct Speech {
    revision: RevisionId,
    words: usize,
    /// Made when something is as long.
    sketch: Option<Sketch>,
}

/// The smallest of the numbers of a text's runs, ascending: a sample that is the same for the same runs (bottom-k sketch,
/// Broder 1997, "On the resemblance and containment of documents").
struct Sketch(Vec<u64>);

/// The transcript that says nearly the same as a new one, under whatever labels and layout: nine in ten of the runs of
/// four words are in both. `None` if there is none, or too little is said to tell.
pub(super) fn find(planner: &mut Planner<'_>, of: TranscriptId, text: &str, turns: &Turns) -> Option<String> {
    let mut speeches = std::mem::take(&mut planner.speeches);
    let twin = speeches.find_twin(planner, of, text, turns);
    planner.speeches = speeches;
    twin
}

impl Speeches {
    fn find_twin(
        &mut self,
        planner: &Planner<'_>,
        of: TranscriptId,
        text: &str,
        turns: &Turns,
    ) -> Option<String> {
        let words = count_words(turns);
        if words < FEWEST {
            return None;
        }
        let sketch = Sketch::of(text, turns);
        let mut own = None;
        let twin = planner.study.transcripts().iter().find(|held| {
            let Some(speech) = self.of(planner, held) else { return false };
            // Texts are read only of those that are about as long.
            if speech.words.abs_diff(words) * 10 > words {
                return false;
            }
            let read = || Some((planner.text(held.revision)?, planner.study.turns(held.id)?));
            if speech.sketch.is_none() {
                speech.sketch = read().map(|(text, turns)| Sketch::of(&text, turns));
            }
            if !speech.sketch.as_ref().is_some_and(|theirs| theirs.is_like(&sketch)) {
                return false;
            }
            let Some((their_text, their_turns)) = read() else { return false };
            let (own, theirs) =
                (own.get_or_insert_with(|| runs(text, turns)), runs(&their_text, their_turns));
            own.intersection(&theirs).count() * 10 >= own.len().max(theirs.len()) * 9
        });
        let twin = twin.map(|held| held.name.clone());
        self.0.insert(of, Speech { revision: turns.revision, words, sketch: Some(sketch) });
        twin
    }

    /// What is known of a transcript's speech, in its current revision.
    fn of(&mut self, planner: &Planner<'_>, held: &Transcript) -> Option<&mut Speech> {
        let turns = planner.study.turns(held.id)?;
        let fresh = || Speech { revision: held.revision, words: count_words(turns), sketch: None };
        let speech = self.0.entry(held.id).or_insert_with(fresh);
        if speech.revision != held.revision {
            *speech = fresh();
        }
        Some(speech)
    }
}

impl Sketch {
    /// Words are cut more simply here than by the analyser: this runs over everything that is imported.
    fn of(text: &str, turns: &Turns) -> Self {
        let mut words: Vec<u64> = Vec::new();
        for piece in spoken(text, turns) {
            let cut = piece.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.extend(cut.map(|word| number(&word.to_lowercase())));
        }
        let mut runs: Vec<u64> = words.windows(RUN).map(number).collect();
        runs.sort_unstable();
        runs.dedup();
        runs.truncate(SKETCHED);
        Self(runs)
    }

    /// Whether the smallest runs of both together are mostly in both.
    fn is_like(&self, other: &Self) -> bool {
        let both: BTreeSet<u64> = self.0.iter().chain(&other.0).copied().collect();
        let shared = |run: &&u64| self.0.binary_search(run).is_ok() && other.0.binary_search(run).is_ok();
        let sample = both.len().min(SKETCHED);
        both.iter().take(sample).filter(shared).count() * SKETCHED >= sample * SHARED
    }
}

fn count_words(turns: &Turns) -> usize {
    turns.turns.iter().map(|turn| turn.words as usize).sum()
}

fn spoken<'t>(text: &'t str, turns: &'t Turns) -> impl Iterator<Item = &'t str> {
    turns.turns.iter().filter_map(|turn| turn.speech.slice(text))
}

/// The runs of words in some speech, as numbers. Speech runs on from turn to turn: another layout may cut it elsewhere.
fn runs(text: &str, turns: &Turns) -> BTreeSet<u64> {
    let mut analyser = Analyser::new(Language::Other);
    let mut words: Vec<String> = Vec::new();
    for piece in spoken(text, turns) {
        words.extend(analyser.tokens(piece).map(|token| token.word.exact().to_owned()));
    }
    words.windows(RUN).map(number).collect()
}

fn number<T: Hash + ?Sized>(of: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(words: impl Iterator<Item = usize>) -> Sketch {
        let mut runs: Vec<u64> = words.map(|word| number(&word)).collect();
        runs.sort_unstable();
        runs.truncate(SKETCHED);
        Sketch(runs)
    }

    #[test]
    fn sketches_tell_twins_from_others_that_share_a_good_deal() {
        let of = sketch(0..1000);
        assert!(of.is_like(&sketch(0..1000)));
        assert!(of.is_like(&sketch(50..1050)), "nineteen in twenty of each are in both");
        assert!(!of.is_like(&sketch(500..1500)), "half of each is in both");
        assert!(!of.is_like(&sketch(1000..2000)));
    }
}
