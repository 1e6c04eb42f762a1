//! Choosing how a file sets labels off from speech: every [`Shape`] reads the whole file, the best reading wins.
//!
//! The score of a reading is the number of turns it finds, times how few its labels are for so many turns, times how
//! often the speaker changes from one turn to the next, times how seldom the shape is met by accident.

use std::collections::{BTreeMap, BTreeSet};

use super::head::{self, Head, Shape};
use super::labels::{self, Labels};
use super::row::Row;
use crate::import::{roles, time};
use crate::text::fold_label;

/// A shape's reading of a file.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// By which shape.
    pub(super) shape: Shape,
    /// The heads that are labels, each with its row and its speaker's key.
    pub(super) heads: Vec<(usize, Head, String)>,
    /// How all labels were judged.
    pub(super) labels: Labels,
    /// How well it explains the file; 0 if not at all.
    pub(super) score: f64,
}

const SHAPES: [Shape; 7] =
    [Shape::Timed, Shape::Colon, Shape::Tab, Shape::Dot, Shape::Spaces, Shape::Dash, Shape::Alone];
/// Labels must make up at least this part of what they could at best.
const LEAST: f64 = 0.3;

/// A file of no more paragraphs is short.
const SHORT: usize = 12;

/// How seldom a shape is met by accident.
fn trust(shape: Shape) -> f64 {
    match shape {
        Shape::Timed => 1.1,
        Shape::Colon => 1.0,
        Shape::Tab | Shape::Dot => 0.95,
        Shape::Spaces => 0.8,
        Shape::Dash => 0.7,
        Shape::Alone => 0.75,
    }
}

/// The readings that explain anything, the best first.
pub(super) fn readings(rows: &[Row<'_>]) -> Vec<Reading> {
    let mut found: Vec<Reading> =
        SHAPES.into_iter().map(|shape| read(rows, shape)).filter(|reading| reading.score > 0.0).collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// Reads all rows by one shape.
pub(super) fn read(rows: &[Row<'_>], shape: Shape) -> Reading {
    let all: Vec<(usize, Head)> = rows
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((index, head::read(row, shape)?)))
        .filter(|(index, head)| shape != Shape::Alone || stands_alone(rows, *index, head))
        .collect();
    let paragraphs = rows.iter().filter(|row| !row.is_blank() && !row.closed);
    let paragraphs = paragraphs.filter(|row| time::whole_time(row.text).is_none()).count();
    let labels = labels::judge(all.iter().map(|(index, head)| (*index, head)), paragraphs);
    let heads: Vec<(usize, Head, String)> = all
        .into_iter()
        .filter_map(|(index, head)| {
            let speaker = labels.speakers.get(&fold_label(&head.label))?.clone();
            Some((index, head, speaker))
        })
        .collect();
    let heads = if shape == Shape::Alone { without_exclamations(heads) } else { heads };
    let score = if explains(&heads, paragraphs) { score(shape, &heads, paragraphs) } else { 0.0 };
    Reading { shape, heads, labels, score }
}

/// A label without colon or time needs a line of speech below it, and must begin a paragraph if nothing marks it.
fn stands_alone(rows: &[Row<'_>], index: usize, head: &Head) -> bool {
    let below = rows.get(index + 1).is_some_and(|row| !row.is_blank());
    let row = &rows[index];
    let below = below || (head.marked && rows[index + 1..].iter().any(|row| !row.is_blank()));
    below && (head.marked || row.opens)
}

/// Heads without those of one unmarked word that is no role and rare: `Lovely` alone on a line is an answer.
fn without_exclamations(mut heads: Vec<(usize, Head, String)>) -> Vec<(usize, Head, String)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, _, speaker) in &heads {
        *counts.entry(speaker.clone()).or_default() += 1;
    }
    let all = heads.len();
    heads.retain(|(_, head, speaker)| {
        let rare = counts.get(speaker).is_none_or(|count| count * 10 < all || *count < 4);
        head.marked || speaker.contains(' ') || roles::part_of(speaker).is_some() || !rare
    });
    heads
}

/// Whether labels are common enough: one in fifty paragraphs, or one in twenty if there is but one that tells no role.
fn explains(heads: &[(usize, Head, String)], paragraphs: usize) -> bool {
    let Some((_, _, first)) = heads.first() else { return false };
    let one = heads.iter().all(|(_, _, speaker)| speaker == first) && roles::part_of(first).is_none();
    heads.len() * if one { 20 } else { 50 } >= paragraphs
}

/// Turns explained, weighed by how much their labels look like speakers': few, recurring, taking turns. Where nearly every
/// paragraph has one, as in a short exchange, they need not recur.
fn score(shape: Shape, heads: &[(usize, Head, String)], paragraphs: usize) -> f64 {
    let turns = heads.len();
    if turns == 0 {
        return 0.0;
    }
    let distinct = heads.iter().map(|(_, _, speaker)| speaker).collect::<BTreeSet<_>>().len();
    let changes = heads.windows(2).filter(|pair| pair[0].2 != pair[1].2).count();
    let few = 1.0 - (ratio(distinct) - 1.0) / ratio(turns);
    // Where a few lines are all of the file and nearly each has a label, labels have had no time to recur.
    let few = if paragraphs <= SHORT && turns * 5 >= paragraphs * 4 { few.max(0.5) } else { few };
    let change = if turns > 1 { ratio(changes) / (ratio(turns) - 1.0) } else { 0.0 };
    let quality = few * (0.4 + 0.6 * change) * trust(shape);
    if turns < 2 || quality < LEAST { 0.0 } else { ratio(turns) * quality }
}

/// A count as a number to calculate with; counts of lines fit many times over.
fn ratio(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
