//! Finds the quotations of a draft: in quotation marks of any kind, over several paragraphs, and as block quotations; with
//! what follows each in parentheses or behind a dash, or stands before it, and the words around it that may name who speaks.
//!
//! Only the outermost of nested quotations are given: what is quoted inside one belongs to its words. A mark without its
//! partner is a [`Doubt`] and ends nothing.

use std::collections::HashSet;

use super::beside::{
    Candidate, above, is_any_mark, is_cited, label, leading, leading_paragraph, one_line, parenthesis_before,
    what_follows,
};
use super::blocks::{block_quotations, label_of, lines_of};
use super::cells::Cells;
use super::pairs::{Finder, Pair, Spot};
use crate::document::{Block, BlockKind, Draft};

/// A quotation of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without the marks around them: one part, or one for each line behind the label of a speaker. Of a block, as
    /// long as nothing is known of the study, one for each line.
    pub parts: Vec<Part>,
    /// Line or paragraph of the draft it begins in, from 1.
    pub place: usize,
    /// What may say whose it is, most likely first.
    pub behind: Vec<Candidate>,
    /// What stands above it in a paragraph of its own, which says whose it is unless it belongs to the quotation before.
    pub above: Option<Candidate>,
    /// What stands behind a later quotation of its sentence, where nothing does behind this one: both may share it.
    pub shared: Option<Shared>,
    /// What leads to it in its sentence and what follows it there (`P001 said:`, `as P001 put it`), each where there is any:
    /// words of the draft's author, among which somebody may be named.
    pub around: Vec<String>,
    /// What comments behind it say, such as the address that Combe puts there.
    pub comments: Vec<String>,
    /// How it stands in the draft.
    pub set: Set,
    /// Whether nothing but its label parts it from the quotation before: of several speakers, one below the other, both may be
    /// one quotation.
    pub goes_on: bool,
    /// Whether a reference to the literature stands behind it.
    pub cited: bool,
}

/// How a quotation stands in a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Set {
    /// In quotation marks.
    #[default]
    Marks,
    /// In brackets right behind another, as translations do.
    Translation,
    /// In marks, in a heading or a column of themes: more likely what something is called.
    Title,
    /// As a paragraph without marks that begins with what may be a label or ends with what may be an attribution.
    Line,
    /// As a block without marks, of which the last lines may say whose it is.
    Block,
    /// As the text of a cell without marks, in a column whose head says that quotations stand in it, or not.
    Cell {
        /// Whether the head says so.
        headed: bool,
    },
}

/// An attribution that stands behind the last of several quotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What it says.
    pub text: String,
    /// The number of this quotation among those that share it, from 0, and how many these are.
    pub number: usize,
    /// How many they are.
    pub of: usize,
}

/// Words of a quotation, and the label before them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What stands right before them and a colon, as labels of speakers do (`Speaker 1`).
    pub label: Option<Label>,
    /// The words. Paragraphs are parted by line ends.
    pub text: String,
    /// Line or paragraph of the draft.
    pub place: usize,
}

/// What may be the label of a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Without the colon.
    pub name: String,
    /// Whether it stands among the words, in a block without quotation marks: if it is none, it is quoted.
    pub within: bool,
}

impl Part {
    /// Words without a label.
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
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
        if let [one] = several {
            return Some(one.clone());
        }
        let all = |of: fn(&Quotation) -> &Vec<String>| several.iter().flat_map(of).cloned().collect();
        Some(Quotation {
            parts: several.iter().flat_map(|one| one.parts.iter().cloned()).collect(),
            around: all(|one| &one.around),
            comments: all(|one| &one.comments),
            place: first.place,
            goes_on: first.goes_on,
            shared: None,
            ..last.clone()
        })
    }

    /// Each part as a quotation of its own. What stands behind them all they share.
    #[must_use]
    pub(super) fn apart(self) -> Vec<Quotation> {
        if self.parts.len() < 2 {
            return vec![self];
        }
        let (first, last) = (0, self.parts.len().saturating_sub(1));
        let of = self.parts.len();
        let shared = self.behind.first().filter(|first| first.plain).map(|first| first.text.clone());
        let whole = Quotation { parts: Vec::new(), goes_on: false, ..self };
        let quotation = |(number, part): (usize, Part)| Quotation {
            place: part.place,
            around: if number == first { whole.around.clone() } else { Vec::new() },
            behind: if number == last { whole.behind.clone() } else { Vec::new() },
            shared: shared.clone().map(|text| Shared { text, number, of }),
            parts: vec![part],
            ..whole.clone()
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

/// Pairs that stand in no other.
fn outermost(pairs: &[Pair]) -> impl Iterator<Item = &Pair> {
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
fn inline(blocks: &[Block], pairs: &[Pair]) -> Vec<(Spot, Quotation)> {
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
