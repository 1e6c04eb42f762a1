//! Rolling captions: each cue shows again what the last one showed. Their lines are taken once.

use super::captions::{Caption, Piece};

/// Takes the lines already shown out of rolling captions; says whether they were any. Captions count as rolling when at
/// least half of the cues begin with the end of the cue before: people repeat themselves, but never that often.
pub(super) fn take_once(cues: &mut [(Caption<'_>, Vec<Piece>)]) -> bool {
    let repeats: Vec<usize> =
        std::iter::once(0).chain(cues.windows(2).map(|pair| shared(&pair[0].1, &pair[1].1))).collect();
    let rolling = repeats.iter().filter(|repeat| **repeat > 0).count();
    if cues.len() < 3 || rolling * 2 < cues.len() - 1 {
        return false;
    }
    for ((_, pieces), repeat) in cues.iter_mut().zip(repeats) {
        pieces.drain(..repeat);
    }
    true
}

/// How many lines the second cue begins with that the first ends with.
fn shared(first: &[Piece], second: &[Piece]) -> usize {
    let same = |one: &Piece, other: &Piece| one.text.split_whitespace().eq(other.text.split_whitespace());
    (1..=first.len().min(second.len()))
        .rev()
        .find(|length| first[first.len() - length..].iter().zip(second).all(|(one, other)| same(one, other)))
        .unwrap_or(0)
}
