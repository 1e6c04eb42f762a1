//! Quotations that are set as blocks, line by line, and the labels of several speakers in quotation marks.

use super::beside::{
    Candidate, LONGEST_LABEL, above, candidates_in, is_cited, is_dash, leading_paragraph, parenthesis_before,
    what_follows,
};
use super::pairs::Spot;
use super::quotation::{Label, Part, Quotation, Set};
use crate::document::Block;
use crate::text::one_line;

/// What a block holds: quotations of several speakers each, one below the other, or lines that are for who knows the study to
/// put together.
pub(super) fn block_quotations(blocks: &[Block], range: std::ops::Range<usize>) -> Vec<Quotation> {
    let held = blocks.get(range.clone()).unwrap_or_default();
    let text = held.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    let place = |mut at: usize| {
        for block in held {
            if at <= block.text.len() {
                return block.place_of(at);
            }
            at -= block.text.len() + 1;
        }
        1
    };
    let led = leading_paragraph(blocks, range.start, Spot { block: 0, at: 0 }).map(one_line);
    let end = Spot { block: range.end - 1, at: held.last().map_or(0, |block| block.text.len()) };
    let below = what_follows(blocks, end, None);
    let mut candidates = below.candidates;
    candidates.extend(led.as_deref().and_then(parenthesis_before).as_deref().map(Candidate::plain));
    let above = above(blocks, range.start);
    let comments: Vec<String> =
        held.iter().flat_map(|block| &block.comments).map(|(_, comment)| comment.clone()).collect();
    let labelled = labelled_lines(&text);
    if labelled.is_empty() {
        let part = |(at, line): (usize, &str)| Part { place: place(at), ..Part::of(line) };
        return vec![Quotation {
            parts: lines_of(&text).map(part).collect(),
            place: place(0),
            behind: candidates,
            above,
            comments,
            set: Set::Block,
            cited: is_cited(led.as_deref().unwrap_or_default(), below.text),
            around: led.into_iter().chain(below.following.map(one_line)).collect(),
            ..Quotation::default()
        }];
    }
    let quotation = |(number, said): (usize, &Labelled<'_>)| {
        let (mut behind, _) = candidates_in(said.behind);
        if number + 1 == labelled.len() {
            behind.extend(candidates.iter().cloned());
        }
        Quotation {
            parts: said.parts.iter().map(|(at, part)| Part { place: place(*at), ..part.clone() }).collect(),
            place: place(said.start),
            behind,
            above: above.clone().filter(|_| number == 0),
            around: led.clone().filter(|_| number == 0).into_iter().collect(),
            comments: comments.clone(),
            ..Quotation::default()
        }
    };
    labelled.iter().enumerate().map(quotation).collect()
}

/// The lines of a text that say something, each with the byte it begins at.
pub(super) fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim())
    });
    lines.filter(|(_, line)| !line.is_empty())
}

/// What may be the label of a speaker that a line begins with, and the words behind it.
pub(super) fn label_of(line: &str) -> Option<(&str, &str)> {
    let (label, said) = line.split_once(':')?;
    let is_short = label.len() <= LONGEST_LABEL && label.contains(char::is_alphanumeric);
    (is_short && !label.contains(['.', '!', '?', ',', ';'])).then_some((label, said))
}

/// A quotation of several speakers.
struct Labelled<'t> {
    /// Where its first line begins in the block.
    start: usize,
    /// What each says, without the marks, and where its line begins.
    parts: Vec<(usize, Part)>,
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
            (Part { label, ..Part::of(part[..end].trim()) }, &part[end + close.len_utf8()..]);
        let said = (*start, said);
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
