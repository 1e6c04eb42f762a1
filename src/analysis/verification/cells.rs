//! Tables of quotations: who is named in another cell of a row, and cells that are quotations without marks.
//!
//! Whether a cell without marks is a quotation, and whether another names somebody, is for who knows the study.

use std::collections::{HashMap, HashSet};

use super::beside::Candidate;
use super::blocks::lines_of;
use super::pairs::{Pair, Spot};
use super::quotations::{Part, Quotation, Set};
use crate::document::{Block, Cell};
use crate::text::fold_name;

/// Longest text of a cell, in bytes, that can be an attribution.
const LONGEST: usize = 120;

/// Fewest words of a cell that can be a quotation.
const FEWEST_WORDS: usize = 4;

/// Words in the head of a column of quotations.
const HEADS: [&str; 10] = [
    "quote",
    "quotes",
    "quotation",
    "quotations",
    "extract",
    "extracts",
    "excerpt",
    "excerpts",
    "verbatim",
    "data",
];

/// The cells of a draft, by their rows.
pub(super) struct Cells<'d> {
    blocks: &'d [Block],
    by_row: HashMap<(usize, usize), Vec<usize>>,
    /// Columns whose heads say that quotations stand in them.
    headed: HashSet<(usize, usize)>,
}

impl<'d> Cells<'d> {
    pub(super) fn of(blocks: &'d [Block]) -> Self {
        let mut cells = Self { blocks, by_row: HashMap::new(), headed: HashSet::new() };
        for (index, block) in blocks.iter().enumerate() {
            let Some(cell) = block.cell else { continue };
            cells.by_row.entry((cell.table, cell.row)).or_default().push(index);
            let names_quotations = |word: &str| {
                HEADS.contains(&fold_name(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str())
            };
            if cell.row == 0 && block.text.split_whitespace().any(names_quotations) {
                cells.headed.insert((cell.table, cell.column));
            }
        }
        cells
    }

    /// What other cells of the row of a block say that may be an attribution: those to its right first, nearest first.
    pub(super) fn beside(&self, block: usize) -> Vec<Candidate> {
        let Some(own) = self.blocks.get(block).and_then(|block| block.cell) else { return Vec::new() };
        let row = self.by_row.get(&(own.table, own.row)).into_iter().flatten();
        let mut found: Vec<(bool, usize, &str)> = row
            .filter_map(|index| {
                let block = self.blocks.get(*index).filter(|block| block.text.len() <= LONGEST)?;
                let column = block.cell?.column;
                let is_other = column != own.column;
                is_other.then_some((column < own.column, column.abs_diff(own.column), block.text.as_str()))
            })
            .collect();
        found.sort_by_key(|(is_left, distance, _)| (*is_left, *distance));
        found
            .into_iter()
            .map(|(_, _, text)| Candidate::unsure(text.trim_matches(['(', ')', '[', ']'])))
            .collect()
    }

    /// Cells that may be quotations though they stand in no marks: of more than a few words, below the head of their table.
    pub(super) fn without_marks(&self, pairs: &[Pair]) -> Vec<(Spot, Quotation)> {
        let marked: HashSet<Cell> =
            pairs.iter().filter_map(|pair| self.blocks.get(pair.open.block)?.cell).collect();
        let is_long = |block: &Block| block.text.split_whitespace().count() >= FEWEST_WORDS;
        let blocks = (0..).zip(self.blocks).filter(|(_, block)| is_long(block));
        let cells = blocks.filter_map(|(index, block)| Some((index, block, block.cell?)));
        let cells = cells.filter(|(_, _, cell)| cell.row > 0 && !marked.contains(cell));
        let quotation = |(index, block, cell): (usize, &Block, Cell)| {
            let part = |(at, line): (usize, &str)| Part { place: block.place_of(at), ..Part::of(line) };
            let quotation = Quotation {
                parts: lines_of(&block.text).map(part).collect(),
                place: block.place_of(0),
                comments: block.comments.iter().map(|(_, comment)| comment.clone()).collect(),
                set: Set::Cell { headed: self.headed.contains(&(cell.table, cell.column)) },
                ..Quotation::default()
            };
            (Spot { block: index, at: 0 }, quotation)
        };
        cells.map(quotation).collect()
    }
}
