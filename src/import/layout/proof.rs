//! Proofs: transcripts that were written out to be corrected, with the number of each turn in brackets.

use super::block::{Block, Laid};
use super::row::{Row, is_blank};
use super::unlabelled::{KEY, SPEAKER};
use crate::import::proof::{Anchor, Proof, ProofHeading, shield};
use crate::study::Proofed;
use crate::text::fold_label;

/// How far down the heading may begin, below notes for whoever corrects it.
const TOP: usize = 40;

/// Reads a proof, and lays it out as a transcript of its own too.
pub(super) fn of(rows: &[Row<'_>]) -> Option<(Laid, Proof)> {
    rows.iter().take(TOP).position(|row| ProofHeading::may_begin(row.text))?;
    let anchors: Vec<(usize, Anchor, &str)> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Anchor::read(row.text).map(|(anchor, label)| (at, anchor, label)))
        .collect();
    let (first, ..) = *anchors.first()?;
    let above: Vec<&str> = rows.get(..first)?.iter().map(|row| row.text).collect();
    let mut proof = Proof { heading: ProofHeading::read(&above)?, before: None, turns: Vec::new() };
    let mut laid = Laid { layout: "turn numbers in brackets".into(), ..Laid::default() };
    laid.named.push((KEY.to_owned(), SPEAKER.to_owned()));
    for (nth, (at, anchor, label)) in anchors.iter().enumerate() {
        let next = anchors.get(nth + 1).map_or(rows.len(), |(next, ..)| *next);
        let below = spoken(rows.get(at + 1..next).unwrap_or_default());
        let words = words(below);
        let number = match anchor {
            Anchor::Before => {
                laid.front = below.iter().map(|row| row.piece(shield(row.text), row.text.len())).collect();
                laid.header = super::margins::header(below);
                proof.before = Some(words);
                continue;
            }
            Anchor::Turn(number, _) | Anchor::LeftOut(number) => Some(*number),
            Anchor::New => None,
        };
        // Words below the line of a turn that was left out are told from none.
        let is_left_out = matches!(anchor, Anchor::LeftOut(_)) && words.is_empty();
        // One that came in and says nothing is none.
        if words.is_empty() && number.is_none() {
            continue;
        }
        if !is_left_out {
            laid.blocks.push(block(label, below));
        }
        let words = (!is_left_out).then_some(words);
        proof.turns.push(Proofed { number, label: (*label).to_owned(), words });
    }
    (!proof.turns.is_empty()).then_some((laid, proof))
}

/// Rows without the blank ones around them.
fn spoken<'r, 'd>(rows: &'r [Row<'d>]) -> &'r [Row<'d>] {
    // Here a soft hyphen is as good as a word: nothing is to be lost.
    let is_said = |row: &Row<'_>| !row.text.trim().is_empty();
    let first = rows.iter().position(is_said).unwrap_or(rows.len());
    let end = rows.iter().rposition(is_said).map_or(first, |last| last + 1);
    rows.get(first..end).unwrap_or_default()
}

fn words(rows: &[Row<'_>]) -> String {
    let lines: Vec<&str> = rows.iter().filter_map(|row| row.text.get(shield(row.text)..)).collect();
    lines.join("\n").trim().to_owned()
}

fn block(label: &str, rows: &[Row<'_>]) -> Block {
    let key = if label.is_empty() { KEY.to_owned() } else { fold_label(label) };
    let piece = |row: &Row<'_>| {
        let end = row.text.trim_end_matches(is_blank).len();
        row.piece(shield(row.text).min(end), end)
    };
    let mut block = Block { speaker: key, label: label.to_owned(), ..Block::default() };
    block.speech = rows.iter().map(piece).filter(|piece| piece.start < piece.end).collect();
    block
}
