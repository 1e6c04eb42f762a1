//! One interview that comes under two names, as .docx and as .txt: told by what is said in it.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Planner;
use crate::import::DraftTranscript;
use crate::study::{Transcript, Turns};
use crate::text::{Analyser, Language};

/// Fewer words than this are alike by chance.
const FEWEST: usize = 50;

/// How many words in a row are compared.
const RUN: usize = 4;

/// The transcript that says nearly the same as a draft, under whatever labels and layout: nine in ten of the runs of four
/// words are in both. `None` if there is none, or too little is said to tell.
pub(super) fn find(planner: &Planner<'_>, draft: &DraftTranscript) -> Option<String> {
    let words = draft
        .turns
        .iter()
        .filter_map(|turn| turn.speech.slice(&draft.text))
        .map(crate::text::count_words)
        .sum();
    if words < FEWEST {
        return None;
    }
    // Texts are read only of those that are about as long.
    let as_long = |turns: &Turns| {
        let theirs: usize = turns.turns.iter().map(|turn| turn.words as usize).sum();
        theirs.abs_diff(words) * 10 <= words
    };
    let mut own = None;
    let says_the_same = |held: &&Transcript| {
        let Some(turns) = planner.study.turns(held.id).filter(|turns| as_long(turns)) else { return false };
        let Some(text) = planner.text(held.revision) else { return false };
        let own = own.get_or_insert_with(|| {
            runs(draft.turns.iter().filter_map(|turn| turn.speech.slice(&draft.text)))
        });
        let theirs = runs(turns.turns.iter().filter_map(|turn| turn.speech.slice(&text)));
        own.intersection(&theirs).count() * 10 >= own.len().max(theirs.len()) * 9
    };
    planner.study.transcripts().iter().find(says_the_same).map(|held| held.name.clone())
}

/// The runs of words in some speech, as numbers. Speech runs on from turn to turn: another layout may cut it elsewhere.
fn runs<'t>(speech: impl Iterator<Item = &'t str>) -> BTreeSet<u64> {
    let mut analyser = Analyser::new(Language::Other);
    let mut words: Vec<String> = Vec::new();
    for piece in speech {
        words.extend(analyser.tokens(piece).map(|token| token.word.exact().to_owned()));
    }
    let number = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(RUN).map(number).collect()
}
