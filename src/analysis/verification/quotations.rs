//! Finds the quotations of a draft: in quotation marks of any kind, over several paragraphs, and as block quotations; with
//! what follows each in parentheses or behind a dash, or stands before it, and the words around it that may name who speaks.
//!
//! Only the outermost of nested quotations are given: what is quoted inside one belongs to its words. A mark without its
//! partner is a [`Doubt`] and ends nothing.

use super::marks::{Family, Mark, marks_of};
use super::saying::tells_of_saying;
use crate::document::{Block, BlockKind, Draft};

/// A quotation of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without the marks around them. Paragraphs are parted by line ends.
    pub text: String,
    /// Line or paragraph of the draft it begins in, from 1.
    pub place: usize,
    /// What stands in parentheses after it, or before it in its sentence: perhaps who said it.
    pub attribution: Option<String>,
    /// What leads to it in its sentence and what follows it there (`P001 said:`, `as P001 put it`), each where there is any:
    /// words of the draft's author, among which somebody may be named.
    pub around: Vec<String>,
    /// Whether it is set as a block.
    pub is_block: bool,
    /// What stands right before it and a colon, as labels of speakers do (`Speaker 1`).
    pub label: Option<String>,
    /// Whether nothing but that label parts it from the quotation before: of several speakers, one below the other, both may be
    /// one quotation.
    pub goes_on: bool,
}

impl Quotation {
    /// Several that are one, each with the label of who says it. What stands behind the last is said of all.
    #[must_use]
    pub fn joined(parts: &[Quotation]) -> Option<Quotation> {
        let (first, last) = (parts.first()?, parts.last()?);
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        let around = parts.iter().flat_map(|part| &part.around);
        Some(Quotation {
            text: texts.join("\n"),
            attribution: last.attribution.clone(),
            around: around.cloned().collect(),
            ..first.clone()
        })
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

const NEVER_CLOSED: &str = "a quotation mark opens here and nothing closes it: what it opens was not checked";
const NEVER_OPENED: &str = "a quotation mark closes here that nothing opened: what it closes was not checked";

/// Longest attribution in bytes; what is longer is a remark.
const LONGEST_ATTRIBUTION: usize = 200;

/// Finds them.
#[must_use]
pub fn find_quotations(draft: &Draft) -> Quotations {
    let mut quotations = Quotations::default();
    let mut finder =
        Finder { blocks: &draft.blocks, open: Vec::new(), pairs: Vec::new(), doubts: Vec::new() };
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
    finder.end_all();
    let mut pairs = std::mem::take(&mut finder.pairs);
    pairs.sort_by_key(|pair| pair.open);
    quotations.doubts = finder.doubts;
    quotations.doubts.sort_by_key(|doubt| doubt.place);
    let mut found: Vec<(Spot, Quotation)> = inline(&draft.blocks, &pairs);
    for range in blocks {
        let start = Spot { block: range.start, at: 0 };
        found.extend(block_quotations(&draft.blocks, range).into_iter().map(|quotation| (start, quotation)));
    }
    found.sort_by_key(|(spot, _)| *spot);
    quotations.found = found
        .into_iter()
        .map(|(_, quotation)| quotation)
        .filter(|quotation| quotation.text.contains(char::is_alphanumeric))
        .collect();
    quotations
}

/// How many blocks from the first on are one block quotation; 1 for running text.
fn group_length(blocks: &[Block]) -> usize {
    let Some(Block { kind: kind @ BlockKind::Quotation(_), .. }) = blocks.first() else { return 1 };
    blocks.iter().take_while(|block| block.kind == *kind).count()
}

fn is_any_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

/// A byte of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    block: usize,
    at: usize,
}

/// A quotation from behind its first mark to its last, with the marks that open its other paragraphs again.
#[derive(Clone, Debug)]
struct Pair {
    /// Where the first mark stands.
    open: Spot,
    /// Behind the first mark.
    from: Spot,
    /// Before the last mark.
    to: Spot,
    /// Behind the last mark.
    end: Spot,
    /// Bytes at the start of later paragraphs that are marks.
    again: Vec<Spot>,
}

struct Open {
    mark: Mark,
    block: usize,
    again: Vec<Spot>,
}

struct Finder<'d> {
    blocks: &'d [Block],
    open: Vec<Open>,
    pairs: Vec<Pair>,
    doubts: Vec<Doubt>,
}

/// A quotation that runs over more paragraphs is a mark forgotten.
const MOST_PARAGRAPHS: usize = 12;

impl Finder<'_> {
    fn block(&mut self, index: usize) {
        let Some(block) = self.blocks.get(index) else { return };
        let marks = marks_of(&block.text);
        let first = self.go_on(index, block, &marks);
        for (number, mark) in marks.iter().enumerate().skip(first) {
            self.mark(index, *mark, marks.get(number + 1..).unwrap_or_default(), block);
        }
        // Apostrophes end with their paragraph. What stays open is looked at when the next one begins.
        self.open.retain(|open| open.mark.family != Family::Single || open.block < index || open.mark.curly);
    }

    /// At the start of a paragraph: whether what is open goes on in it. Gives the number of marks that only say so.
    fn go_on(&mut self, index: usize, block: &Block, marks: &[Mark]) -> usize {
        let Some(outermost) = self.open.first() else { return 0 };
        let family = outermost.mark.family;
        let long = index - outermost.block > MOST_PARAGRAPHS || block.kind == BlockKind::Heading;
        let opens_again = marks
            .first()
            .filter(|mark| mark.family == family && mark.opens && block.text[..mark.at].trim().is_empty());
        let next = marks.iter().find(|mark| mark.family == family);
        let closes_first = next.is_some_and(|mark| mark.closes && !mark.opens);
        if long || !(opens_again.is_some() || closes_first) {
            self.end_all();
            return 0;
        }
        // Nested ones that are open end with their paragraph.
        self.open.truncate(1);
        let Some(again) = opens_again else { return 0 };
        if let Some(open) = self.open.first_mut() {
            open.again.push(Spot { block: index, at: again.at + again.length });
        }
        1
    }

    fn mark(&mut self, index: usize, mark: Mark, later: &[Mark], block: &Block) {
        // A single mark closes nothing beyond a double one that was opened since.
        let reach = match mark.family {
            Family::Single => {
                self.open.iter().rposition(|open| open.mark.family != Family::Single).map_or(0, |at| at + 1)
            }
            _ => 0,
        };
        let partner = self.open.iter().enumerate().skip(reach).rev();
        let partner = partner.filter(|(_, open)| open.mark.family == mark.family).map(|(at, _)| at).next();
        // Behind a blank and before a word, a mark opens even where something is open: that one was forgotten.
        let opens_anew = mark.opens && !mark.closes;
        match partner {
            Some(at) if mark.closes && !opens_anew => {
                if mark.family == Family::Single && self.is_possessive(at, index, mark, later, block) {
                    return;
                }
                self.close(at, index, mark);
            }
            Some(at) if opens_anew && !mark.curly && mark.family == Family::Double => {
                let forgotten = self.open.split_off(at);
                self.doubt(forgotten);
                self.open.push(Open { mark, block: index, again: Vec::new() });
            }
            _ if mark.opens => self.open.push(Open { mark, block: index, again: Vec::new() }),
            _ => {
                // An apostrophe, or a mark of inches behind a number.
                let inches = block.text[..mark.at].ends_with(|c: char| c.is_ascii_digit()) && !mark.curly;
                if mark.family != Family::Single && !inches {
                    self.doubts.push(Doubt { place: block.place_of(mark.at), what: NEVER_OPENED });
                }
            }
        }
    }

    /// Whether a single mark that might close is the apostrophe of a plural: behind an `s`, before a small letter, with
    /// another mark to close by after it. A quotation of one word is taken to end.
    fn is_possessive(&self, at: usize, index: usize, mark: Mark, later: &[Mark], block: &Block) -> bool {
        let Some(open) = self.open.get(at) else { return false };
        let after = &block.text[mark.at + mark.length..];
        let plural = block.text[..mark.at].ends_with(['s', 'S'])
            && after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let from = if open.block == index { open.mark.at } else { 0 };
        let words = block.text.get(from..mark.at).unwrap_or_default().split_whitespace().count();
        let next = later.iter().find(|next| next.family == Family::Single);
        plural && words > 1 && next.is_some_and(|next| next.closes && !next.opens)
    }

    fn close(&mut self, at: usize, index: usize, mark: Mark) {
        let inner = self.open.split_off(at + 1);
        self.doubt(inner);
        if let Some(open) = self.open.pop() {
            let block = open.block;
            self.pairs.push(Pair {
                open: Spot { block, at: open.mark.at },
                from: Spot { block, at: open.mark.at + open.mark.length },
                to: Spot { block: index, at: mark.at },
                end: Spot { block: index, at: mark.at + mark.length },
                again: open.again,
            });
        }
    }

    fn end_all(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.doubt(open);
    }

    /// Says of marks that nothing closes them. Straight single ones may be apostrophes.
    fn doubt(&mut self, open: Vec<Open>) {
        for open in open {
            let unsure = open.mark.family == Family::Single && !open.mark.curly;
            if let Some(block) = self.blocks.get(open.block).filter(|_| !unsure) {
                self.doubts.push(Doubt { place: block.place_of(open.mark.at), what: NEVER_CLOSED });
            }
        }
    }
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
        let is_block =
            blocks.get(pair.open.block).is_some_and(|block| matches!(block.kind, BlockKind::Quotation(_)));
        found.push((
            pair.open,
            Quotation {
                text: words_of(blocks, pair),
                place,
                attribution: attribution.map(one_line),
                around,
                is_block,
                label: label.map(str::to_owned),
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

/// What follows a place, up to the next quotation or the end of its paragraph. Behind a block that ends there, the paragraph
/// after it.
fn after(blocks: &[Block], end: Spot, next: Option<Spot>) -> &str {
    let Some(block) = blocks.get(end.block) else { return "" };
    let stop = next.filter(|next| next.block == end.block).map_or(block.text.len(), |next| next.at);
    let text = block.text.get(end.at..stop).unwrap_or_default();
    let is_over = !text.contains(char::is_alphanumeric) && stop == block.text.len();
    match blocks.get(end.block + 1) {
        Some(following) if is_over && following.kind != BlockKind::Heading => {
            let stop =
                next.filter(|next| next.block == end.block + 1).map_or(following.text.len(), |next| next.at);
            let text = following.text.get(..stop).unwrap_or_default();
            // A paragraph that is somebody in parentheses or behind a dash and nothing more, or that is short enough to be
            // nothing but a name.
            let alone = parenthesis_after(text)
                .is_some_and(|(_, length)| !text[length..].contains(char::is_alphanumeric));
            if alone || following.kind == BlockKind::Caption || is_caption(text) { text } else { "" }
        }
        _ => text,
    }
}

/// Longest line, in bytes, that can be nothing but an attribution.
const LONGEST_CAPTION: usize = 100;

/// Whether a paragraph looks like the line of an attribution below a quotation: short, and no sentence.
fn is_caption(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(char::is_alphanumeric)
        && text.len() <= LONGEST_CAPTION
        // What leads to the next quotation is none.
        && !text.ends_with([':', ','])
        && !text.contains(is_any_mark)
        && !text.trim_end_matches('.').contains(['.', '!', '?', ';'])
}

/// Whether a text begins with a dash behind which somebody may be named.
fn is_dash(text: &str) -> bool {
    text.starts_with(['—', '–', '―']) || text.starts_with("--")
}

/// What stands in parentheses at the start of a text, after punctuation, and how many bytes it takes with all before it; or
/// behind a dash, if nothing follows.
fn parenthesis_after(text: &str) -> Option<(&str, usize)> {
    let mut start = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '*' | '_')
    });
    // Numbers of references may stand between.
    while let Some(rest) = start.strip_prefix('[').and_then(|inside| {
        let (number, rest) = inside.split_once(']')?;
        (!number.contains(char::is_alphabetic) || number.starts_with(['@', '^'])).then_some(rest)
    }) {
        start = rest.trim_start();
    }
    if is_dash(start) {
        let who = start.trim_start_matches(['—', '–', '―', '-', ' ']);
        let is_alone =
            is_caption(who) && !who.trim_end().contains('\n') && who.contains(char::is_alphanumeric);
        return is_alone.then(|| (who.trim().trim_end_matches('.'), text.len()));
    }
    let close = match start.chars().next()? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let open = start.chars().next()?;
    let mut depth = 0_usize;
    for (at, c) in start.char_indices().take_while(|(at, _)| *at <= LONGEST_ATTRIBUTION) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                let inside = start.get(1..at)?;
                let length = text.len() - start.len() + at + 1;
                if is_remark(inside)
                    && let Some((behind, more)) = text.get(length..).and_then(parenthesis_after)
                {
                    return Some((behind, length + more));
                }
                return inside.contains(char::is_alphanumeric).then_some((inside, length));
            }
        }
    }
    None
}

/// What authors put in brackets behind a quotation before they say whose it is.
const REMARKS: [&str; 9] = [
    "translation",
    "translated",
    "our translation",
    "laughs",
    "laughter",
    "sic",
    "emphasis added",
    "our emphasis",
    "emphasis in the original",
];

/// Whether that is what stands in brackets.
fn is_remark(inside: &str) -> bool {
    REMARKS.contains(&crate::text::fold_name(inside).as_str())
}

/// Longest clause of saying, in bytes, between a quotation and the parentheses that say whose it is.
const LONGEST_SAYING: usize = 60;

/// What stands in parentheses behind a clause of saying that goes on from a quotation: `she said (P131)`.
fn parenthesis_of_saying(text: &str) -> Option<(&str, usize)> {
    let open = text.find(['(', '[']).filter(|at| *at <= LONGEST_SAYING)?;
    let clause = text.get(..open)?;
    if clause.contains(['.', '!', '?', ';', ':', '\n']) || !tells_of_saying(clause) {
        return None;
    }
    let (inside, length) = parenthesis_after(text.get(open..)?)?;
    Some((inside, open + length))
}

/// The sentence that leads to a quotation, if that is not too long to be one.
fn leading(text: &str) -> Option<&str> {
    let mut from = 0;
    for (at, _) in text.match_indices(['.', '!', '?', '\n']) {
        if text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
            from = at + 1;
        }
    }
    let sentence = text.get(from..)?.trim();
    (sentence.len() <= LONGEST_ATTRIBUTION && sentence.contains(char::is_alphanumeric)).then_some(sentence)
}

/// What stands right before a quotation and a colon, behind whatever ends before it.
fn label(before: &str) -> Option<&str> {
    let before = before.trim_end().strip_suffix(':')?;
    let label = before.rsplit(['\n', '.', '!', '?', ':', ';', ',']).next()?.trim();
    (label.len() <= LONGEST_LABEL && label.contains(char::is_alphanumeric)).then_some(label)
}

/// The end of the paragraph before a quotation, if it leads to it: `P001 said:`.
fn leading_paragraph(blocks: &[Block], block: usize, taken: Spot) -> Option<&str> {
    let before = blocks.get(block.checked_sub(1)?)?;
    let from = if taken.block + 1 == block { taken.at } else { 0 };
    let text = before.text.get(from..)?.trim_end();
    (before.kind != BlockKind::Heading && text.ends_with([':', ','])).then(|| leading(text))?
}

/// Words that begin what belongs to the next quotation.
const NEXT_BEGINS: [&str; 6] = ["and", "but", "while", "whereas", "whilst", "or"];

/// What goes on behind a quotation up to the next mark of its sentence: `said P001`. Nothing where that leads to another one.
fn following(text: &str, leads_on: bool) -> Option<&str> {
    let text = text.trim_start_matches([',', ' ', '—', '–', '―']);
    let end = text.find(['.', ',', ';', ':', '!', '?', '(', '[', '\n']);
    if end.is_none() && leads_on {
        return None;
    }
    let clause = text.get(..end.unwrap_or(text.len()))?.trim();
    let begins = clause.split_whitespace().next()?;
    let ok = clause.len() <= LONGEST_ATTRIBUTION && begins.chars().any(char::is_alphanumeric);
    (ok && !NEXT_BEGINS.contains(&begins.to_lowercase().as_str())).then_some(clause)
}

/// What stands in parentheses in the sentence that leads to a quotation: `A nurse (P12) said:`.
fn parenthesis_before(text: &str) -> Option<&str> {
    let close = text.rfind(')')?;
    let rest = text.get(close + 1..)?;
    if rest.len() > LONGEST_ATTRIBUTION || rest.contains(['.', '!', '?', '(']) {
        return None;
    }
    let open = text.get(..close)?.rfind('(')?;
    let inside = text.get(open + 1..close)?;
    (inside.len() <= LONGEST_ATTRIBUTION && inside.contains(char::is_alphanumeric)).then_some(inside)
}

/// What a block holds: quotations of several speakers each, one below the other, or one.
fn block_quotations(blocks: &[Block], range: std::ops::Range<usize>) -> Vec<Quotation> {
    let held = blocks.get(range.clone()).unwrap_or_default();
    let text = held.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    let labelled = labelled_lines(&text);
    if labelled.is_empty() {
        return vec![block_quotation(blocks, range)];
    }
    let place = |mut at: usize| {
        for block in held {
            if at <= block.text.len() {
                return block.place_of(at);
            }
            at -= block.text.len() + 1;
        }
        1
    };
    let led = leading_paragraph(blocks, range.start, Spot { block: 0, at: 0 });
    let end = Spot { block: range.end - 1, at: held.last().map_or(0, |block| block.text.len()) };
    let behind = |number: usize, said: &Labelled<'_>| {
        let below = || parenthesis_after(after(blocks, end, None)).filter(|_| number + 1 == labelled.len());
        parenthesis_after(said.behind).or_else(below).map(|(text, _)| one_line(text))
    };
    let quotation = |(number, said): (usize, &Labelled<'_>)| Quotation {
        text: said.words.clone(),
        place: place(said.start),
        attribution: behind(number, said),
        around: led.filter(|_| number == 0).into_iter().map(one_line).collect(),
        is_block: true,
        ..Quotation::default()
    };
    labelled.iter().enumerate().map(quotation).collect()
}

/// A block quotation: its words, and who said them if that ends it.
fn block_quotation(blocks: &[Block], range: std::ops::Range<usize>) -> Quotation {
    let held = blocks.get(range.clone()).unwrap_or_default();
    let text = held.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    let led = leading_paragraph(blocks, range.start, Spot { block: 0, at: 0 });
    let (words, attribution, below) = match ending(&text) {
        Some((words, attribution)) => (words, Some(attribution.to_owned()), None),
        None => {
            let end = Spot { block: range.end - 1, at: held.last().map_or(0, |block| block.text.len()) };
            let after = after(blocks, end, None);
            let attribution = parenthesis_after(after).map(|(text, _)| text.to_owned());
            (text.as_str(), attribution, following(after, false))
        }
    };
    Quotation {
        text: words.trim().to_owned(),
        place: held.first().map_or(1, |block| block.place_of(0)),
        attribution: attribution.as_deref().map(one_line),
        around: [led, below].into_iter().flatten().map(one_line).collect(),
        is_block: true,
        ..Quotation::default()
    }
}

/// Longest label of a speaker, in bytes.
const LONGEST_LABEL: usize = 60;

/// A quotation of several speakers.
struct Labelled<'t> {
    /// Where its first line begins in the block.
    start: usize,
    /// The words of each on a line, without labels and marks.
    words: String,
    /// What stands behind the last.
    behind: &'t str,
}

/// What several speakers say, each on a line of its own in quotation marks behind a label, as Combe writes it; what stands
/// behind one of them ends the quotation. Nothing for any other block.
fn labelled_lines(text: &str) -> Vec<Labelled<'_>> {
    // Where the lines and the words in them begin, and the mark that ends those.
    let mut begins: Vec<(usize, usize, char)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((label, said)) = line.split_once(':')
            && label.len() <= LONGEST_LABEL
            && label.contains(char::is_alphanumeric)
            && !label.contains(['.', '!', '?', ',', ';'])
            && let Some(mark) = said.trim_start().chars().next()
            && let Some(close) = closing(mark)
        {
            let from = line.len() - said.trim_start().len() + mark.len_utf8();
            begins.push((at, at + from, close));
        }
        at += line.len();
    }
    if begins.len() < 2 || begins.first().is_none_or(|(line, ..)| *line > 0) {
        return Vec::new();
    }
    let mut found: Vec<Labelled<'_>> = Vec::new();
    let mut is_over = true;
    for (number, (start, from, close)) in begins.iter().enumerate() {
        let next = begins.get(number + 1).map_or(text.len(), |(line, ..)| *line);
        let part = text.get(*from..next).unwrap_or_default();
        let ends_here = |end: &usize| {
            let rest = part.get(end + close.len_utf8()..).unwrap_or_default().trim_start();
            rest.is_empty() || rest.starts_with(['(', '[']) || is_dash(rest)
        };
        let end = part.match_indices(*close).map(|(end, _)| end).find(ends_here);
        let Some(end) = end.or_else(|| part.rfind(*close)) else { return Vec::new() };
        let (words, behind) = (part[..end].trim(), &part[end + close.len_utf8()..]);
        match found.last_mut().filter(|_| !is_over) {
            Some(under_way) => {
                under_way.words = format!("{}\n{words}", under_way.words);
                under_way.behind = behind;
            }
            None => found.push(Labelled { start: *start, words: words.to_owned(), behind }),
        }
        is_over = behind.contains(char::is_alphanumeric);
    }
    found
}

/// The mark that closes what one opens.
fn closing(mark: char) -> Option<char> {
    Some(match mark {
        '“' => '”',
        '‘' => '’',
        '«' => '»',
        '‹' => '›',
        '„' => '“',
        '"' | '\'' => mark,
        _ => return None,
    })
}

/// What ends a block: somebody in parentheses, or behind a dash on a line of its own or behind the end of a sentence.
fn ending(text: &str) -> Option<(&str, &str)> {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    if end.ends_with(')') {
        let mut depth = 0_usize;
        for (at, c) in end.char_indices().rev().take_while(|(at, _)| end.len() - at <= LONGEST_ATTRIBUTION) {
            match c {
                ')' => depth += 1,
                '(' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let words = end.get(..at)?;
                return (!words.trim().is_empty()).then_some((words, end.get(at + 1..end.len() - 1)?));
            }
        }
    }
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    let last = text.get(line..)?.trim_start();
    if line > 0 && is_dash(last) {
        let who = last.trim_start_matches(['—', '–', '―', '-', ' ']);
        return (who.len() <= LONGEST_ATTRIBUTION).then_some((text.get(..line)?, who));
    }
    let at = text.rfind(['—', '–', '―'])?;
    let (words, who) = text.split_at_checked(at)?;
    let sentence_over =
        words.trim_end().ends_with(['.', '!', '?', '…', '”', '"', '’', '\'']) && words.ends_with(' ');
    let who = who.trim_start_matches(['—', '–', '―', ' ']).trim();
    (sentence_over && who.len() <= 100 && !who.ends_with(['.', '?', '!'])).then_some((words, who))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
