//! What stands around a quotation: who said it, in parentheses or behind a dash, before it or after; what leads to it in its
//! sentence, and what goes on behind it.
//!
//! Knows nothing of the study: whether somebody is named there is for who reads it.

use super::pairs::Spot;
use super::saying::tells_of_saying;
use crate::document::{Block, BlockKind};

/// Longest attribution in bytes; what is longer is a remark.
pub(super) const LONGEST_ATTRIBUTION: usize = 200;

pub(super) fn is_any_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

/// What follows a place, up to the next quotation or the end of its paragraph. Behind a block that ends there, the paragraph
/// after it.
pub(super) fn after(blocks: &[Block], end: Spot, next: Option<Spot>) -> &str {
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
pub(super) fn is_dash(text: &str) -> bool {
    text.starts_with(['—', '–', '―']) || text.starts_with("--")
}

/// What stands in parentheses at the start of a text, after punctuation, and how many bytes it takes with all before it; or
/// behind a dash, if nothing follows.
pub(super) fn parenthesis_after(text: &str) -> Option<(&str, usize)> {
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
pub(super) fn parenthesis_of_saying(text: &str) -> Option<(&str, usize)> {
    let open = text.find(['(', '[']).filter(|at| *at <= LONGEST_SAYING)?;
    let clause = text.get(..open)?;
    if clause.contains(['.', '!', '?', ';', ':', '\n']) || !tells_of_saying(clause) {
        return None;
    }
    let (inside, length) = parenthesis_after(text.get(open..)?)?;
    Some((inside, open + length))
}

/// The sentence that leads to a quotation, if that is not too long to be one.
pub(super) fn leading(text: &str) -> Option<&str> {
    let mut from = 0;
    for (at, _) in text.match_indices(['.', '!', '?', '\n']) {
        if text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
            from = at + 1;
        }
    }
    let sentence = text.get(from..)?.trim();
    (sentence.len() <= LONGEST_ATTRIBUTION && sentence.contains(char::is_alphanumeric)).then_some(sentence)
}

/// Longest label of a speaker, in bytes.
pub(super) const LONGEST_LABEL: usize = 60;

/// What stands right before a quotation and a colon, behind whatever ends before it.
pub(super) fn label(before: &str) -> Option<&str> {
    let before = before.trim_end().strip_suffix(':')?;
    let label = before.rsplit(['\n', '.', '!', '?', ':', ';', ',']).next()?.trim();
    (label.len() <= LONGEST_LABEL && label.contains(char::is_alphanumeric)).then_some(label)
}

/// The end of the paragraph before a quotation, if it leads to it: `P001 said:`.
pub(super) fn leading_paragraph(blocks: &[Block], block: usize, taken: Spot) -> Option<&str> {
    let before = blocks.get(block.checked_sub(1)?)?;
    let from = if taken.block + 1 == block { taken.at } else { 0 };
    let text = before.text.get(from..)?.trim_end();
    (before.kind != BlockKind::Heading && text.ends_with([':', ','])).then(|| leading(text))?
}

/// Words that begin what belongs to the next quotation.
const NEXT_BEGINS: [&str; 6] = ["and", "but", "while", "whereas", "whilst", "or"];

/// What goes on behind a quotation up to the next mark of its sentence: `said P001`. Nothing where that leads to another one.
pub(super) fn following(text: &str, leads_on: bool) -> Option<&str> {
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
pub(super) fn parenthesis_before(text: &str) -> Option<&str> {
    let close = text.rfind(')')?;
    let rest = text.get(close + 1..)?;
    if rest.len() > LONGEST_ATTRIBUTION || rest.contains(['.', '!', '?', '(']) {
        return None;
    }
    let open = text.get(..close)?.rfind('(')?;
    let inside = text.get(open + 1..close)?;
    (inside.len() <= LONGEST_ATTRIBUTION && inside.contains(char::is_alphanumeric)).then_some(inside)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
