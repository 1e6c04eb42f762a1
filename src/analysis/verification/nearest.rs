//! The passage most like a quotation that was not said so, and what differs, word by word.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::sought::{Piece, Sought};
use super::spoken::{At, SpokenWords};

/// A passage like a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) stream: u32,
    pub(super) words: Range<u32>,
    /// Words to add, leave out or change until they are the same.
    pub(super) distance: usize,
}

/// Passages like all pieces of a quotation, of one transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Nearest {
    pub(super) stream: u32,
    /// One for each piece, in order of the quotation. None for a piece that nothing is like.
    pub(super) pieces: Vec<Option<Near>>,
    /// Words apart in all of them.
    pub(super) distance: usize,
}

/// At most this share of the words of a quotation may differ; beyond it a passage is like it by chance, and whoever said that
/// said something else.
const LIKE: f64 = 0.4;

/// A passage of somebody who is named counts before one that is nearer by at most this share of the words.
const NEARLY: f64 = 0.1;

/// Turns that alone are looked through: the index of a stream, and of a turn in it.
pub(super) type Turns = HashSet<(u32, u32)>;

/// The passages most like a quotation: those in `own` turns, of whoever is said to have said it, before others that are no
/// nearer. `None` if too much of it was said nowhere.
pub(super) fn nearest_of(spoken: &SpokenWords, sought: &Sought, own: &Turns) -> Option<Nearest> {
    let anybody = nearest(spoken, sought, None);
    let theirs = if own.is_empty() { None } else { nearest(spoken, sought, Some(own)) };
    match (theirs, anybody) {
        (Some(theirs), Some(anybody)) => {
            let slack = as_float(sought.len()) * NEARLY;
            let first = as_float(theirs.distance) <= as_float(anybody.distance) + slack;
            Some(if first { theirs } else { anybody })
        }
        (theirs, anybody) => theirs.or(anybody),
    }
}

/// Windows of words, in which common beginnings of words are counted.
const WINDOW: u32 = 16;

/// A word said more often tells too little about where.
const COMMON: usize = 3_000;

/// Passages that are compared word by word for one piece.
const CANDIDATES: usize = 3;

/// Pairs of words, and words, that vote on where a passage is: the rarest ones.
const VOTERS: usize = 10;

fn nearest(spoken: &SpokenWords, sought: &Sought, own: Option<&Turns>) -> Option<Nearest> {
    let longest = sought.pieces.iter().max_by_key(|piece| piece.words.len())?;
    let best = near(spoken, longest, Only { stream: None, own })?;
    let only = Only { stream: Some(best.stream), own };
    let pieces: Vec<Option<Near>> = sought.pieces.iter().map(|piece| near(spoken, piece, only)).collect();
    let apart: usize = pieces
        .iter()
        .zip(&sought.pieces)
        .map(|(near, piece)| near.as_ref().map_or(piece.words.len(), |near| near.distance))
        .sum();
    let is_like = as_float(apart) <= as_float(sought.len()) * LIKE;
    is_like.then_some(Nearest { stream: best.stream, pieces, distance: apart })
}

fn as_float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// Where alone is looked: in one transcript, in some turns.
#[derive(Clone, Copy)]
struct Only<'t> {
    stream: Option<u32>,
    own: Option<&'t Turns>,
}

impl Only<'_> {
    fn has(self, spoken: &SpokenWords, at: At) -> bool {
        let turn = || spoken.from(at).first().map(|said| said.turn);
        self.stream.is_none_or(|stream| stream == at.stream)
            && self.own.is_none_or(|own| turn().is_some_and(|turn| own.contains(&(at.stream, turn))))
    }
}

/// The passage most like one piece.
fn near(spoken: &SpokenWords, piece: &Piece, only: Only<'_>) -> Option<Near> {
    let ids: Vec<u32> = piece.words.iter().map(|word| spoken.id(word)).collect();
    let candidates = candidates(spoken, &ids, only);
    let compared = candidates.into_iter().filter_map(|start| align(spoken, &ids, start));
    let stays = |near: &Near| {
        let ends = [near.words.start, near.words.end.saturating_sub(1)];
        ends.into_iter().all(|word| only.has(spoken, At { stream: near.stream, word }))
    };
    compared.filter(stays).min_by_key(|near| near.distance)
}

/// Where windows begin that share most with the words, best first: pairs of neighbouring words count, and rare words.
fn candidates(spoken: &SpokenWords, ids: &[u32], only: Only<'_>) -> Vec<At> {
    let mut votes: HashMap<At, u32> = HashMap::new();
    let mut vote = |at: At, offset: u32, weight: u32| {
        if !only.has(spoken, at) {
            return;
        }
        let window = at.word.saturating_sub(offset) / WINDOW;
        *votes.entry(At { stream: at.stream, word: window }).or_default() += weight;
        // The passage may begin at the end of the window before.
        if window > 0 {
            *votes.entry(At { stream: at.stream, word: window - 1 }).or_default() += weight / 2;
        }
    };
    let rarity = |id: u32| spoken.places(id).len();
    let pairs = ids.windows(2).zip(0_u32..).filter_map(|(pair, offset)| match *pair {
        [first, second] => Some((rarity(first).min(rarity(second)), first, second, offset)),
        _ => None,
    });
    let mut pairs: Vec<_> = pairs.filter(|(times, ..)| (1..=COMMON).contains(times)).collect();
    pairs.sort_unstable();
    for (_, first, second, offset) in pairs.into_iter().take(VOTERS) {
        if rarity(first) <= rarity(second) {
            let next_is = |at: &&At| spoken.from(**at).get(1).is_some_and(|next| next.word == second);
            spoken.places(first).iter().filter(next_is).for_each(|at| vote(*at, offset, 4));
        } else {
            for at in spoken.places(second) {
                let Some(word) = at.word.checked_sub(1) else { continue };
                let before = At { word, ..*at };
                if spoken.from(before).first().is_some_and(|said| said.word == first) {
                    vote(before, offset, 4);
                }
            }
        }
    }
    let most = if ids.len() <= 3 { COMMON } else { COMMON / 30 };
    let mut words: Vec<_> = ids.iter().zip(0_u32..).map(|(id, offset)| (rarity(*id), *id, offset)).collect();
    words.retain(|(times, ..)| (1..=most).contains(times));
    words.sort_unstable();
    for (_, id, offset) in words.into_iter().take(VOTERS) {
        spoken.places(id).iter().for_each(|at| vote(*at, offset, 3));
    }
    let mut ranked: Vec<(At, u32)> = votes.into_iter().collect();
    ranked.sort_unstable_by_key(|(window, weight)| (std::cmp::Reverse(*weight), *window));
    let starts = ranked.into_iter().take(CANDIDATES);
    starts.map(|(window, _)| At { word: window.word * WINDOW, ..window }).collect()
}

/// The passage around a window that takes fewest changes to become the words: an alignment of all words with any part of the
/// text around (Sellers 1980, "The theory and computation of evolutionary distances").
fn align(spoken: &SpokenWords, ids: &[u32], window: At) -> Option<Near> {
    let length = u32::try_from(ids.len()).ok()?;
    let slack = WINDOW + length / 4;
    let start = At { word: window.word.saturating_sub(slack), ..window };
    let said = spoken.from(start);
    let said = said.get(..said.len().min((length + 2 * slack + WINDOW) as usize)).unwrap_or_default();
    // For each end of a passage: the changes so far, and where the passage began.
    let mut row: Vec<(usize, usize)> = (0..=said.len()).map(|at| (0, at)).collect();
    for (number, id) in ids.iter().enumerate() {
        let mut diagonal = *row.first()?;
        if let Some(first) = row.first_mut() {
            *first = (number + 1, 0);
        }
        for (at, word) in said.iter().enumerate() {
            let (above, left) = (*row.get(at + 1)?, *row.get(at)?);
            let kept = (diagonal.0 + usize::from(word.word != *id), diagonal.1);
            let best = kept.min((above.0 + 1, above.1)).min((left.0 + 1, left.1));
            diagonal = above;
            *row.get_mut(at + 1)? = best;
        }
    }
    let (end, (distance, begin)) = row.into_iter().enumerate().min_by_key(|(_, (distance, _))| *distance)?;
    let word = |at: usize| Some(start.word + u32::try_from(at).ok()?);
    (begin < end).then_some(Near { stream: window.stream, words: word(begin)?..word(end)?, distance })
}

/// What differs between words as written and words as said, as one clause after another; empty if nothing does.
pub(super) fn differences(spoken: &SpokenWords, near: &Near, piece: &Piece) -> Vec<String> {
    let Some(stream) = spoken.streams.get(near.stream as usize) else { return Vec::new() };
    let said = stream.words.get(near.words.start as usize..near.words.end as usize).unwrap_or_default();
    let said_ids: Vec<u32> = said.iter().map(|said| said.word).collect();
    // Words that nobody said are told apart by their place, so that no two of them are alike.
    let written_ids: Vec<u32> = piece.words.iter().map(|word| spoken.id(word)).collect();
    let said_text = |range: Range<usize>| {
        let words = said.get(range).unwrap_or_default();
        let words = words.iter().filter_map(|said| said.span.slice(&stream.text));
        words.collect::<Vec<_>>().join(" ")
    };
    let written_text = |range: Range<usize>| piece.written.get(range).unwrap_or_default().join(" ");
    let mut clauses = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, &said_ids, &written_ids) {
        match change {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                clauses
                    .push(format!("without “{}”, which was said", said_text(old_index..old_index + old_len)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                clauses.push(format!(
                    "with “{}”, which was not said",
                    written_text(new_index..new_index + new_len)
                ));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                clauses.push(format!(
                    "“{}” where “{}” was said",
                    written_text(new_index..new_index + new_len),
                    said_text(old_index..old_index + old_len)
                ));
            }
        }
    }
    clauses
}
