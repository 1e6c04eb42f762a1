//! Quotations that are set as blocks: their words, who said them if that ends the block or stands below it, and the labels of
//! several speakers.

use super::beside::{
    LONGEST_ATTRIBUTION, LONGEST_LABEL, after, following, is_dash, leading_paragraph, one_line,
    parenthesis_after,
};
use super::pairs::Spot;
use super::quotations::{Label, Part, Quotation};
use crate::document::Block;

/// What a block holds: quotations of several speakers each, one below the other, or one.
pub(super) fn block_quotations(blocks: &[Block], range: std::ops::Range<usize>) -> Vec<Quotation> {
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
        parts: said.parts.clone(),
        place: place(said.start),
        attribution: behind(number, said),
        around: led.filter(|_| number == 0).into_iter().map(one_line).collect(),
        goes_on: false,
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
        parts: parts_of(words.trim()),
        place: held.first().map_or(1, |block| block.place_of(0)),
        attribution: attribution.as_deref().map(one_line),
        around: [led, below].into_iter().flatten().map(one_line).collect(),
        goes_on: false,
    }
}

/// The lines of a block without quotation marks, cut wherever one begins with what may be a label.
fn parts_of(words: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in words.lines() {
        match (label_of(line), parts.last_mut()) {
            (Some((label, said)), _) => {
                let label = Some(Label { name: label.trim().to_owned(), within: true });
                parts.push(Part { label, text: said.trim().to_owned() });
            }
            (None, Some(last)) => last.text = format!("{}\n{line}", last.text),
            (None, None) => parts.push(Part { label: None, text: line.to_owned() }),
        }
    }
    parts
}

/// What may be the label of a speaker that a line begins with, and the words behind it.
fn label_of(line: &str) -> Option<(&str, &str)> {
    let (label, said) = line.split_once(':')?;
    let is_short = label.len() <= LONGEST_LABEL && label.contains(char::is_alphanumeric);
    (is_short && !label.contains(['.', '!', '?', ',', ';'])).then_some((label, said))
}

/// A quotation of several speakers.
struct Labelled<'t> {
    /// Where its first line begins in the block.
    start: usize,
    /// What each says, without the marks.
    parts: Vec<Part>,
    /// What stands behind the last.
    behind: &'t str,
}

/// What several speakers say, each on a line of its own in quotation marks behind a label, as Combe writes it; what stands
/// behind one of them ends the quotation. Nothing for any other block.
fn labelled_lines(text: &str) -> Vec<Labelled<'_>> {
    // Where the lines and the words in them begin, the mark that ends those, and the label.
    let mut begins: Vec<(usize, usize, char, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((label, said)) = label_of(line)
            && let Some(mark) = said.trim_start().chars().next()
            && let Some(close) = closing(mark)
        {
            let from = line.len() - said.trim_start().len() + mark.len_utf8();
            begins.push((at, at + from, close, label.trim()));
        }
        at += line.len();
    }
    if begins.len() < 2 || begins.first().is_none_or(|(line, ..)| *line > 0) {
        return Vec::new();
    }
    let mut found: Vec<Labelled<'_>> = Vec::new();
    let mut is_over = true;
    for (number, (start, from, close, label)) in begins.iter().enumerate() {
        let next = begins.get(number + 1).map_or(text.len(), |(line, ..)| *line);
        let part = text.get(*from..next).unwrap_or_default();
        let ends_here = |end: &usize| {
            let rest = part.get(end + close.len_utf8()..).unwrap_or_default().trim_start();
            rest.is_empty() || rest.starts_with(['(', '[']) || is_dash(rest)
        };
        let end = part.match_indices(*close).map(|(end, _)| end).find(ends_here);
        let Some(end) = end.or_else(|| part.rfind(*close)) else { return Vec::new() };
        let label = Some(Label { name: (*label).to_owned(), within: false });
        let (said, behind) =
            (Part { label, text: part[..end].trim().to_owned() }, &part[end + close.len_utf8()..]);
        match found.last_mut().filter(|_| !is_over) {
            Some(under_way) => {
                under_way.parts.push(said);
                under_way.behind = behind;
            }
            None => found.push(Labelled { start: *start, parts: vec![said], behind }),
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
