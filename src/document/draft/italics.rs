//! Paragraphs in italics: some journals set block quotations so, without quotation marks, with somebody in brackets behind.
//!
//! A paragraph is one if all its letters stand in italics but for who said it, and if something says that it is a quotation:
//! somebody in brackets or behind a dash at its end or in a paragraph of its own below, or a colon that leads to it. Headings
//! and captions in italics have none of that.

use std::ops::Range;

use super::blocks::{Block, BlockKind};

/// Words that a quotation must have: shorter ones are emphasis.
const FEWEST_WORDS: usize = 5;

/// Longest attribution behind a quotation, in bytes.
const LONGEST_ATTRIBUTION: usize = 200;

/// What stands in italics in the paragraph under way, and which paragraphs before were set in them.
#[derive(Debug, Default)]
pub(super) struct Italics {
    ranges: Vec<Range<usize>>,
    /// Where those under way begin.
    since: Option<usize>,
    found: Vec<Found>,
    /// Paragraphs of running text.
    running: usize,
    /// Those of them that hold nothing upright.
    whole: usize,
}

/// A paragraph whose words stand in italics.
#[derive(Clone, Copy, Debug)]
struct Found {
    block: usize,
    /// Whether all of it does, who said it too.
    whole: bool,
    /// Whether somebody is named at its end.
    attributed: bool,
}

impl Italics {
    /// Italics begin at this byte of the paragraph under way.
    pub(super) fn begin(&mut self, at: usize) {
        self.since.get_or_insert(at);
    }

    /// They end.
    pub(super) fn end(&mut self, at: usize) {
        self.ranges.extend(self.since.take().map(|since| since..at));
    }

    /// What was begun was a mark of something else.
    pub(super) fn forget(&mut self) {
        self.since = None;
    }

    /// Ends the paragraph under way; `block` is its number if it is one of running text. Italics that are not ended go on.
    pub(super) fn end_paragraph(&mut self, text: &str, block: Option<usize>) {
        let goes_on = self.since.is_some();
        self.end(text.len());
        let ranges = std::mem::take(&mut self.ranges);
        if goes_on {
            self.begin(0);
        }
        let Some(block) = block else { return };
        self.running += 1;
        let Some(end) = end_of_italics(text, &ranges) else { return };
        let (words, tail) = text.split_at(end);
        let whole = !tail.contains(char::is_alphanumeric);
        self.whole += usize::from(whole);
        let (words, bracket) = if whole { without_bracket(text) } else { (words, Some(tail)) };
        let enough = words.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        if enough < FEWEST_WORDS || begins_quoted(text) || is_figure(text) || !(whole || is_attribution(tail))
        {
            return;
        }
        // `Theme 1: listening (capability)` is no sentence and names nobody.
        let is_sentence = words.trim_end().ends_with(['.', '!', '?', '…']);
        let attributed =
            bracket.is_some_and(|bracket| !whole || is_sentence || bracket.contains(char::is_numeric));
        self.found.push(Found { block, whole, attributed });
    }

    /// The paragraphs that are block quotations. Where most are in italics, it is how that text is set.
    pub(super) fn quotations(&self, blocks: &[Block]) -> Vec<usize> {
        let is_set_so = self.whole * 2 > self.running;
        let is_led_to = |block: usize| {
            let before = block.checked_sub(1).and_then(|before| blocks.get(before));
            before.is_some_and(|before| before.kind == BlockKind::Running && before.text.ends_with(':'))
        };
        let is_named_below = |block: usize| {
            let below = blocks.get(block + 1);
            below.is_some_and(|below| below.kind == BlockKind::Running && is_attribution(&below.text))
        };
        let is_quotation = |found: &&Found| {
            !(found.whole && is_set_so)
                && (found.attributed || is_led_to(found.block) || is_named_below(found.block))
        };
        self.found.iter().filter(is_quotation).map(|found| found.block).collect()
    }
}

/// Where the italics end that a paragraph begins with. `None` if letters before that are upright, or there are none.
fn end_of_italics(text: &str, ranges: &[Range<usize>]) -> Option<usize> {
    let mut end = None;
    let mut upright = false;
    let mut ranges = ranges.iter().peekable();
    for (at, _) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        while ranges.next_if(|range| range.end <= at).is_some() {}
        let is_italic = ranges.peek().is_some_and(|range| range.contains(&at));
        if is_italic && upright {
            // Italics again behind the upright name: `(P016, *nurse*)`.
            return end.filter(|end| text.get(*end..).is_some_and(is_attribution));
        }
        match is_italic {
            true => end = Some(at + text.get(at..)?.chars().next()?.len_utf8()),
            false => upright = true,
        }
    }
    end
}

/// A text without what stands in brackets at its end, or behind a dash there.
fn without_bracket(text: &str) -> (&str, Option<&str>) {
    let start = match text.trim_end_matches(['.', ' ']).chars().next_back() {
        Some(')') => text.rfind('('),
        Some(']') => text.rfind('['),
        _ => text.rfind(['—', '–', '―']).filter(|at| text.get(*at..).is_some_and(is_attribution)),
    };
    match start.and_then(|start| text.split_at_checked(start)) {
        Some((words, bracket)) => (words, Some(bracket)),
        None => (text, None),
    }
}

/// Whether a text is nothing but somebody in brackets or behind a dash, with punctuation around.
fn is_attribution(text: &str) -> bool {
    let is_mark =
        |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '!' | '?' | '…' | '”' | '’' | '"');
    let bare = text.trim_matches(is_mark);
    let is_bracketed = bare.starts_with(['(', '[']) && bare.ends_with([')', ']']);
    let is_behind_dash = bare.starts_with(['—', '–', '―', '-']);
    (is_bracketed || is_behind_dash)
        && bare.len() <= LONGEST_ATTRIBUTION
        && bare.contains(char::is_alphanumeric)
}

/// Whether a paragraph begins with a quotation mark: then it is found by that.
fn begins_quoted(text: &str) -> bool {
    text.starts_with(['"', '\'', '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›'])
}

/// Whether a paragraph is the title of a figure or a table.
fn is_figure(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let what = words.next().unwrap_or_default().to_lowercase();
    matches!(what.as_str(), "table" | "figure" | "fig" | "box" | "appendix" | "supplement" | "file")
        && words.next().is_some_and(|number| number.len() <= 3)
}
