//! Tables of quotations: who is named in another cell of a row, and cells that are quotations without marks.
//!
//! Whether a cell without marks is a quotation, and whether another names somebody, is for who knows the study.

use std::collections::{HashMap, HashSet};

use super::beside::Candidate;
use super::blocks::lines_of;
use super::pairs::{Pair, Spot};
use super::quotation::{Part, Quotation, Set};
use crate::document::{Block, Cell};
use crate::text::fold_name;

/// Longest text of a cell, in bytes, that can be an attribution.
const LONGEST: usize = 120;

/// Fewest words of a cell that can be a quotation though its column does not say so.
const FEWEST_WORDS: usize = 4;

/// Most rows that a merged cell holds for.
const MOST_ROWS: usize = 12;

/// Words in the head of a column of quotations.
const HEADS: [&str; 21] = [
    "said",
    "example",
    "examples",
    "evidence",
    "exemplar",
    "exemplars",
    "illustration",
    "illustrative",
    "response",
    "responses",
    "words",
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

/// Words in the head of a column that says who speaks.
const WHO: [&str; 12] = [
    "participant",
    "participants",
    "who",
    "source",
    "role",
    "group",
    "speaker",
    "respondent",
    "interviewee",
    "profession",
    "person",
    "id",
];

/// Words in the head of a column of themes.
const THEMES: [&str; 10] = [
    "theme",
    "themes",
    "subtheme",
    "subthemes",
    "code",
    "codes",
    "category",
    "categories",
    "domain",
    "component",
];

/// What the head of a column says stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Quotations,
    Who,
    Themes,
}

fn head_of(text: &str) -> Option<Head> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).map(fold_name).filter(|word| !word.is_empty()).collect();
    let has = |held: &[&str]| words.iter().any(|word| held.contains(&word.as_str()));
    // `Participants’ words` are quotations, `Said by` is who.
    [
        (has(&["by", "from"]), Head::Who),
        (has(&HEADS), Head::Quotations),
        (has(&THEMES), Head::Themes),
        (has(&WHO), Head::Who),
    ]
    .into_iter()
    .find_map(|(is_it, head)| is_it.then_some(head))
}

/// The cells of a draft, by their rows.
pub(super) struct Cells<'d> {
    blocks: &'d [Block],
    by_row: HashMap<(usize, usize), Vec<usize>>,
    /// What the heads of columns say.
    heads: HashMap<(usize, usize), Head>,
}

impl<'d> Cells<'d> {
    pub(super) fn of(blocks: &'d [Block]) -> Self {
        let mut cells = Self { blocks, by_row: HashMap::new(), heads: HashMap::new() };
        for (index, block) in blocks.iter().enumerate() {
            let Some(cell) = block.cell else { continue };
            cells.by_row.entry((cell.table, cell.row)).or_default().push(index);
            if let Some(head) = head_of(&block.text).filter(|_| cell.row == 0) {
                cells.heads.insert((cell.table, cell.column), head);
            }
        }
        cells
    }

    fn head(&self, cell: Cell) -> Option<Head> {
        self.heads.get(&(cell.table, cell.column)).copied()
    }

    /// Whether a block stands in a column of themes.
    pub(super) fn is_of_themes(&self, block: usize) -> bool {
        let cell = self.blocks.get(block).and_then(|block| block.cell);
        cell.is_some_and(|cell| cell.row > 0 && self.head(cell) == Some(Head::Themes))
    }

    /// What other cells of the row of a block say that may be an attribution: those to its right first, nearest first. A cell that
    /// says who speaks may hold for the rows below it.
    pub(super) fn beside(&self, block: usize) -> Vec<Candidate> {
        let Some(own) = self.blocks.get(block).and_then(|block| block.cell) else { return Vec::new() };
        let mut found: Vec<(bool, usize, Candidate)> = Vec::new();
        for row in (own.row.saturating_sub(MOST_ROWS)..=own.row).rev() {
            let cells = self.by_row.get(&(own.table, row)).into_iter().flatten();
            for block in cells.filter_map(|index| self.blocks.get(*index)) {
                let Some(cell) = block.cell.filter(|_| block.text.len() <= LONGEST) else { continue };
                let is_who = self.head(cell) == Some(Head::Who);
                let (is_left, distance) = (cell.column < own.column, cell.column.abs_diff(own.column));
                let is_taken = found.iter().any(|(left, held, _)| (*left, *held) == (is_left, distance));
                let is_above = cell.row < own.row;
                if distance == 0 || is_taken || is_above && (cell.row == 0 || !is_who) {
                    continue;
                }
                let text = block.text.trim_matches(['(', ')', '[', ']']);
                let candidate = if is_who { Candidate::plain(text) } else { Candidate::unsure(text) };
                found.push((is_left, distance, candidate));
            }
        }
        found.sort_by_key(|(is_left, distance, _)| (*is_left, *distance));
        found.into_iter().map(|(_, _, candidate)| candidate).collect()
    }

    /// Cells that may be quotations though they stand in no marks: of more than a few words, below the head of their table.
    pub(super) fn without_marks(&self, pairs: &[Pair]) -> Vec<(Spot, Quotation)> {
        let marked: HashSet<Cell> =
            pairs.iter().filter_map(|pair| self.blocks.get(pair.open.block)?.cell).collect();
        let is_long = |block: &Block| block.text.split_whitespace().count() >= FEWEST_WORDS;
        let cells = (0..).zip(self.blocks).filter_map(|(index, block)| Some((index, block, block.cell?)));
        let cells =
            cells.filter(|(_, block, cell)| is_long(block) || self.head(*cell) == Some(Head::Quotations));
        let cells = cells.filter(|(_, _, cell)| {
            cell.row > 0 && !marked.contains(cell) && self.head(*cell) != Some(Head::Themes)
        });
        let quotation = |(index, block, cell): (usize, &Block, Cell)| {
            let part = |(at, line): (usize, &str)| Part { place: block.place_of(at), ..Part::of(line) };
            let quotation = Quotation {
                parts: lines_of(&block.text).map(part).collect(),
                place: block.place_of(0),
                comments: block.comments.iter().map(|(_, comment)| comment.clone()).collect(),
                set: Set::Cell { headed: self.head(cell) == Some(Head::Quotations) },
                ..Quotation::default()
            };
            (Spot { block: index, at: 0 }, quotation)
        };
        cells.map(quotation).collect()
    }
}
