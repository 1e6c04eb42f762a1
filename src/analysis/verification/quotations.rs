//! Finds the quotations of a draft: in quotation marks of any kind, over several paragraphs, and as block quotations; with
//! what follows each in parentheses or behind a dash, or stands before it, and the words around it that may name who speaks.
//!
//! Only the outermost of nested quotations are given: what is quoted inside one belongs to its words. A mark without its
//! partner is a [`Doubt`] and ends nothing.

use super::beside::{
    after, following, is_any_mark, label, leading, leading_paragraph, one_line, parenthesis_after,
    parenthesis_before, parenthesis_of_saying,
};
use super::blocks::block_quotations;
use super::pairs::{Finder, Pair, Spot};
use crate::document::{Block, BlockKind, Draft};

/// A quotation of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without the marks around them: one part, or one for each line behind the label of a speaker.
    pub parts: Vec<Part>,
    /// Line or paragraph of the draft it begins in, from 1.
    pub place: usize,
    /// What stands in parentheses after it, or before it in its sentence: perhaps who said it.
    pub attribution: Option<String>,
    /// What leads to it in its sentence and what follows it there (`P001 said:`, `as P001 put it`), each where there is any:
    /// words of the draft's author, among which somebody may be named.
    pub around: Vec<String>,
    /// Whether nothing but its label parts it from the quotation before: of several speakers, one below the other, both may be
    /// one quotation.
    pub goes_on: bool,
}

/// Words of a quotation, and the label before them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What stands right before them and a colon, as labels of speakers do (`Speaker 1`).
    pub label: Option<Label>,
    /// The words. Paragraphs are parted by line ends.
    pub text: String,
}

/// What may be the label of a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Without the colon.
    pub name: String,
    /// Whether it stands among the words, in a block without quotation marks: if it is none, it is quoted.
    pub within: bool,
}

impl Quotation {
    /// Its words. Parts and paragraphs are parted by line ends.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Several that are one. What stands behind the last is said of all.
    #[must_use]
    pub(super) fn joined(several: &[Quotation]) -> Option<Quotation> {
        let (first, last) = (several.first()?, several.last()?);
        Some(Quotation {
            parts: several.iter().flat_map(|one| one.parts.iter().cloned()).collect(),
            attribution: last.attribution.clone(),
            around: several.iter().flat_map(|one| one.around.iter().cloned()).collect(),
            place: first.place,
            goes_on: first.goes_on,
        })
    }

    /// Each part as a quotation of its own. What stands behind them all is said of the last.
    #[must_use]
    pub(super) fn apart(self) -> Vec<Quotation> {
        let last = self.parts.len().saturating_sub(1);
        let (place, mut around, mut attribution) = (self.place, self.around, self.attribution);
        let quotation = |(number, part)| Quotation {
            parts: vec![part],
            place,
            around: if number == 0 { std::mem::take(&mut around) } else { Vec::new() },
            attribution: if number == last { attribution.take() } else { None },
            goes_on: false,
        };
        self.parts.into_iter().enumerate().map(quotation).collect()
    }
}

/// Something of a draft that cannot be read for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Line or paragraph, from 1.
    pub place: usize,
    /// A sentence without any of the draft's words.
    pub what: &'static str,
}

/// All quotations of a draft, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// The quotations.
    pub found: Vec<Quotation>,
    /// Marks without a partner.
    pub doubts: Vec<Doubt>,
}

/// Finds them.
#[must_use]
pub fn find_quotations(draft: &Draft) -> Quotations {
    let mut finder = Finder::new(&draft.blocks);
    let mut at = 0;
    let mut blocks = Vec::new();
    while let Some(block) = draft.blocks.get(at) {
        let group = group_length(&draft.blocks[at..]);
        match block.kind {
            BlockKind::Quotation(_) if !block.text.trim_start().starts_with(is_any_mark) => {
                finder.end_all();
                blocks.push(at..at + group);
            }
            _ => (at..at + group).for_each(|index| finder.block(index)),
        }
        at += group;
    }
    let (pairs, doubts) = finder.finish();
    let mut found: Vec<(Spot, Quotation)> = inline(&draft.blocks, &pairs);
    for range in blocks {
        let start = Spot { block: range.start, at: 0 };
        found.extend(block_quotations(&draft.blocks, range).into_iter().map(|quotation| (start, quotation)));
    }
    found.sort_by_key(|(spot, _)| *spot);
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

/// The outermost quotations in running text.
fn inline(blocks: &[Block], pairs: &[Pair]) -> Vec<(Spot, Quotation)> {
    let mut outer: Vec<&Pair> = Vec::new();
    for pair in pairs {
        if outer.last().is_none_or(|last| last.end <= pair.open) {
            outer.push(pair);
        }
    }
    let mut found = Vec::with_capacity(outer.len());
    // Up to where the text before belongs to the quotation before.
    let mut taken = Spot { block: 0, at: 0 };
    // Where the quotation before ends, if nothing behind it says whose it is.
    let mut open_end: Option<Spot> = None;
    for (number, pair) in outer.iter().enumerate() {
        let next = outer.get(number + 1).map(|next| next.open);
        let after = after(blocks, pair.end, next);
        let follows = parenthesis_after(after).or_else(|| parenthesis_of_saying(after));
        let from = if taken.block == pair.open.block { taken.at } else { 0 };
        let before = blocks.get(pair.open.block).and_then(|block| block.text.get(from..pair.open.at));
        let before = before.unwrap_or_default();
        let attribution = follows.map(|(text, _)| text).or_else(|| parenthesis_before(before));
        // What leads to the first words of a paragraph may stand in the one before.
        let led = match before.contains(char::is_alphanumeric) {
            true => leading(before),
            false if from == 0 => leading_paragraph(blocks, pair.open.block, taken),
            false => None,
        };
        let label = label(before);
        let goes_on = open_end.is_some_and(|end| {
            let is_next_line = end.block + 1 == pair.open.block
                && !blocks.get(end.block).is_some_and(|block| {
                    block.text.get(end.at..).is_some_and(|rest| rest.contains(char::is_alphanumeric))
                });
            let alone = label.is_some_and(|label| {
                before.trim_start_matches(['.', ',', ';']).trim().strip_suffix(':').map(str::trim_end)
                    == Some(label)
            });
            alone && (end.block == pair.open.block || is_next_line)
        });
        open_end = follows.is_none().then_some(pair.end);
        let around = [led, following(after, next.is_some_and(|next| next.block == pair.end.block))];
        let around = around.into_iter().flatten().map(one_line).collect();
        taken = Spot { at: pair.end.at + follows.map_or(0, |(_, length)| length), ..pair.end };
        let place = blocks.get(pair.open.block).map_or(1, |block| block.place_of(pair.open.at));
        found.push((
            pair.open,
            Quotation {
                parts: vec![Part {
                    label: label.map(|name| Label { name: name.to_owned(), within: false }),
                    text: words_of(blocks, pair),
                }],
                place,
                attribution: attribution.map(one_line),
                around,
                goes_on,
            },
        ));
    }
    found
}

fn words_of(blocks: &[Block], pair: &Pair) -> String {
    let mut parts = Vec::new();
    for index in pair.from.block..=pair.to.block {
        let Some(block) = blocks.get(index) else { continue };
        let again = pair.again.iter().find(|again| again.block == index).map_or(0, |again| again.at);
        let from = if index == pair.from.block { pair.from.at } else { again };
        let to = if index == pair.to.block { pair.to.at } else { block.text.len() };
        parts.push(block.text.get(from..to).unwrap_or_default().trim());
    }
    parts.join("\n")
}
