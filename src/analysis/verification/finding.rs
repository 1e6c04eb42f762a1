//! Finds the quotations of a draft: in quotation marks, as block quotations, in cells of tables, and as paragraphs that begin
//! with what may be a label or end with what may be an attribution.
//!
//! Whether a label or an attribution is one, and with that whether some of these are quotations at all, is for who knows the study.

use std::collections::HashSet;

use super::beside::is_any_mark;
use super::blocks::{block_quotations, label_of, lines_of};
use super::cells::Cells;
use super::inline::{inline, outermost};
use super::pairs::{Finder, Pair, Spot};
use super::quotation::{Part, Quotation, Quotations, Set};
use crate::document::{Block, BlockKind, Draft};

/// Finds them.
#[must_use]
pub fn find_quotations(draft: &Draft) -> Quotations {
    let mut finder = Finder::new(&draft.blocks);
    let mut at = 0;
    let mut found: Vec<(Spot, Quotation)> = Vec::new();
    while let Some(block) = draft.blocks.get(at) {
        let group = at..at + group_length(&draft.blocks[at..]);
        match block.kind {
            BlockKind::Quotation(_) if !is_in_marks(draft.blocks.get(group.clone()).unwrap_or_default()) => {
                finder.end_all();
                let start = Spot { block: at, at: 0 };
                let held = block_quotations(&draft.blocks, group.clone());
                found.extend(held.into_iter().map(|quotation| (start, quotation)));
            }
            // What the literature is called is nobody's words.
            BlockKind::Reference => finder.end_all(),
            _ => group.clone().for_each(|index| finder.block(index)),
        }
        at = group.end;
    }
    let (pairs, doubts) = finder.finish();
    found.extend(inline(&draft.blocks, &pairs));
    let cells = Cells::of(&draft.blocks);
    found.extend(cells.without_marks(&pairs));
    found.extend(lines_without_marks(&draft.blocks, &pairs));
    found.sort_by_key(|(spot, _)| *spot);
    for (spot, quotation) in &mut found {
        quotation.behind.extend(cells.beside(spot.block));
        if cells.is_of_themes(spot.block) {
            quotation.set = Set::Title;
        }
    }
    let has_words =
        |quotation: &Quotation| quotation.parts.iter().any(|part| part.text.contains(char::is_alphanumeric));
    let found = found.into_iter().map(|(_, quotation)| quotation).filter(has_words).collect();
    Quotations { found, doubts }
}

/// How many blocks from the first on are one block quotation; 1 for running text.
fn group_length(blocks: &[Block]) -> usize {
    let Some(Block { kind: kind @ BlockKind::Quotation(_), .. }) = blocks.first() else { return 1 };
    blocks.iter().take_while(|block| block.kind == *kind).count()
}

/// Most words in a row outside the marks of a block in quotation marks, beside what is in brackets: more are quoted, and the marks
/// are of somebody whom the speaker quotes.
const MOST_OUTSIDE: usize = 8;

/// Whether a block quotation stands in quotation marks: it begins with one, and little stands between and behind them.
fn is_in_marks(blocks: &[Block]) -> bool {
    if !blocks.first().is_some_and(|block| block.text.trim_start().starts_with(is_any_mark)) {
        return false;
    }
    let mut finder = Finder::new(blocks);
    (0..blocks.len()).for_each(|index| finder.block(index));
    let (pairs, _) = finder.finish();
    let mut from = Spot { block: 0, at: 0 };
    let end = Spot { block: blocks.len() - 1, at: usize::MAX };
    for (open, close) in outermost(&pairs).map(|pair| (pair.open, pair.end)).chain([(end, end)]) {
        let mut outside = 0;
        for index in from.block..=open.block {
            let Some(block) = blocks.get(index) else { continue };
            let start = if index == from.block { from.at } else { 0 };
            let stop = if index == open.block { open.at } else { usize::MAX };
            outside +=
                words_outside_brackets(block.text.get(start..stop.min(block.text.len())).unwrap_or_default());
        }
        if outside > MOST_OUTSIDE {
            return false;
        }
        from = close;
    }
    true
}

fn words_outside_brackets(text: &str) -> usize {
    let mut depth = 0_usize;
    let outside: String = text
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect();
    outside.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Fewest words of a paragraph without marks that may be a quotation.
const FEWEST_WORDS: usize = 4;

/// Longest label of such a paragraph, in bytes: what is longer leads to something else.
const LONGEST_LINE_LABEL: usize = 30;

/// Paragraphs of running text without marks that begin with what may be a label, or end with what may be an attribution.
fn lines_without_marks(blocks: &[Block], pairs: &[Pair]) -> Vec<(Spot, Quotation)> {
    let marked: HashSet<usize> = pairs.iter().flat_map(|pair| pair.open.block..=pair.end.block).collect();
    let mut found: Vec<(Spot, Quotation)> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let is_plain = block.kind == BlockKind::Running && block.cell.is_none() && !marked.contains(&index);
        let text = block.text.trim_end().trim_end_matches('.');
        let is_labelled = label_of(text).is_some_and(|(label, said)| {
            label.len() <= LONGEST_LINE_LABEL && said.contains(char::is_alphanumeric)
        });
        let is_long = is_labelled || text.split_whitespace().count() >= FEWEST_WORDS;
        if !is_plain || !is_long || !(is_labelled || text.ends_with([')', ']'])) {
            continue;
        }
        let goes_on = is_labelled && found.last().is_some_and(|(spot, _)| spot.block + 1 == index);
        let part = |(at, line): (usize, &str)| Part { place: block.place_of(at), ..Part::of(line) };
        let quotation = Quotation {
            parts: lines_of(&block.text).map(part).collect(),
            place: block.place_of(0),
            comments: block.comments.iter().map(|(_, comment)| comment.clone()).collect(),
            set: Set::Line,
            goes_on,
            ..Quotation::default()
        };
        found.push((Spot { block: index, at: 0 }, quotation));
    }
    found
}
