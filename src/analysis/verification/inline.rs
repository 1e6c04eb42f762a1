//! Quotations in marks in running text: the outermost of nested ones, for what is quoted inside one belongs to its words, with what
//! stands around each.

use super::beside::{
    Candidate, above, is_cited, label, leading, leading_paragraph, parenthesis_before, what_follows,
};
use super::pairs::{Pair, Spot};
use super::quotation::{Label, Part, Quotation, Set, Shared};
use crate::document::{Block, BlockKind};
use crate::text::one_line;

/// Pairs that stand in no other.
pub(super) fn outermost(pairs: &[Pair]) -> impl Iterator<Item = &Pair> {
    let mut end = Spot { block: 0, at: 0 };
    pairs.iter().filter(move |pair| {
        let is_outer = end <= pair.open;
        if is_outer {
            end = pair.end;
        }
        is_outer
    })
}

/// The outermost quotations in running text.
pub(super) fn inline(blocks: &[Block], pairs: &[Pair]) -> Vec<(Spot, Quotation)> {
    let outer: Vec<&Pair> = outermost(pairs).collect();
    let mut found: Vec<(Spot, Quotation)> = Vec::with_capacity(outer.len());
    // Up to where the text before belongs to the quotation before.
    let mut taken = Spot { block: 0, at: 0 };
    // Where the quotation before ends, if nothing behind it says whose it is.
    let mut open_end: Option<Spot> = None;
    for (number, pair) in outer.iter().enumerate() {
        let Some(block) = blocks.get(pair.open.block) else { continue };
        let next = outer.get(number + 1).map(|next| next.open);
        let after = what_follows(blocks, pair.end, next);
        let mut behind = after.candidates;
        let is_followed = behind.first().is_some_and(|first| first.plain);
        let from = if taken.block == pair.open.block { taken.at } else { 0 };
        let before = block.text.get(from..pair.open.at).unwrap_or_default();
        // What leads to the first words of a paragraph may stand in the one before.
        let led = match before.contains(char::is_alphanumeric) {
            true => leading(before),
            false if from == 0 => leading_paragraph(blocks, pair.open.block, taken),
            false => None,
        };
        let in_lead = parenthesis_before(before).or_else(|| led.and_then(parenthesis_before));
        behind.extend(in_lead.as_deref().map(Candidate::plain));
        let label = label(before);
        let goes_on = open_end.is_some_and(|end| goes_on(blocks, end, pair.open, before, label));
        open_end = (!is_followed).then_some(pair.end);
        let around = [led, after.following];
        taken = Spot { at: pair.end.at + after.length, ..pair.end };
        let place = block.place_of(pair.open.at);
        let is_translation = !found.is_empty() && opens_translation(before);
        found.push((
            pair.open,
            Quotation {
                parts: vec![Part {
                    label: label.map(|name| Label { name: name.to_owned(), within: false }),
                    text: words_of(blocks, pair),
                    place,
                }],
                place,
                behind,
                above: above(blocks, pair.open.block).filter(|_| before.trim().is_empty() && from == 0),
                shared: None,
                around: around.into_iter().flatten().map(one_line).collect(),
                comments: comments_behind(blocks, pair.end, next),
                set: match block.kind {
                    BlockKind::Heading => Set::Title,
                    _ if is_translation => Set::Translation,
                    _ => Set::Marks,
                },
                goes_on,
                cited: is_cited(before, after.text),
            },
        ));
    }
    share(blocks, &outer, &mut found);
    // Behind a translation in brackets stands whose both are.
    for number in 1..found.len() {
        let behind = found.get(number).filter(|(_, held)| held.set == Set::Translation);
        let behind = behind.map(|(_, held)| held.behind.clone()).unwrap_or_default();
        if let Some((_, before)) = found.get_mut(number - 1) {
            before.behind.extend(behind);
        }
    }
    found
}

/// Whether nothing but its label parts a quotation from the one that ends before it.
fn goes_on(blocks: &[Block], end: Spot, open: Spot, before: &str, label: Option<&str>) -> bool {
    let is_over = |block: &Block| {
        block.text.get(end.at..).is_some_and(|rest| !rest.contains(char::is_alphanumeric))
            && blocks.get(open.block).is_some_and(|next| next.cell == block.cell)
    };
    let is_next_line = end.block + 1 == open.block && blocks.get(end.block).is_some_and(is_over);
    let alone = label.is_some_and(|label| {
        before.trim_start_matches(['.', ',', ';']).trim().strip_suffix(':').map(str::trim_end) == Some(label)
    });
    alone && (end.block == open.block || is_next_line)
}

/// What may stand between a bracket and the translation in it.
const TRANSLATIONS: [&str; 6] = ["", "translation", "translated", "english", "in english", "welsh"];

/// Whether what leads to a quotation is a bracket that opens right behind another one.
fn opens_translation(before: &str) -> bool {
    let Some(open) = before.rfind(['[', '(']) else { return false };
    let (left, inside) = before.split_at(open);
    let label = inside.get(1..).unwrap_or_default().trim().trim_end_matches([':', ',']);
    !left.contains(char::is_alphanumeric) && TRANSLATIONS.contains(&crate::text::fold_name(label).as_str())
}

/// The comments that stand between the end of a quotation and the next one in the same paragraph.
fn comments_behind(blocks: &[Block], end: Spot, next: Option<Spot>) -> Vec<String> {
    let Some(block) = blocks.get(end.block) else { return Vec::new() };
    let stop = next.filter(|next| next.block == end.block).map_or(usize::MAX, |next| next.at);
    let behind = block.comments.iter().filter(|(at, _)| *at >= end.at && *at <= stop);
    behind.map(|(_, comment)| comment.clone()).collect()
}

/// Gives quotations without an attribution what stands behind a later one of the same sentence.
fn share(blocks: &[Block], outer: &[&Pair], found: &mut [(Spot, Quotation)]) {
    let is_one_sentence = |one: &Pair, next: &Pair| {
        let between = (one.end.block == next.open.block)
            .then(|| blocks.get(one.end.block)?.text.get(one.end.at..next.open.at))
            .flatten();
        between.is_some_and(|between| {
            let ends = |mark| between.split(mark).skip(1).any(|rest| rest.starts_with(char::is_whitespace));
            !between.contains(['(', ')', '\n']) && !['.', '!', '?', ';'].into_iter().any(ends)
        })
    };
    let mut start = 0;
    for number in 0..outer.len() {
        let goes_on = outer
            .get(number..number + 2)
            .is_some_and(|pair| matches!(pair, [one, next] if is_one_sentence(one, next)));
        if goes_on {
            continue;
        }
        let of = number + 1 - start;
        let behind = found.get(number).and_then(|(_, last)| last.behind.first()).filter(|first| first.plain);
        if let Some(text) = behind.map(|first| first.text.clone()).filter(|_| of > 1) {
            for (nth, (_, quotation)) in found.iter_mut().skip(start).take(of).enumerate() {
                quotation.shared = Some(Shared { text: text.clone(), number: nth, of });
            }
        }
        start = number + 1;
    }
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
