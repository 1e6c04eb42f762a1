//! What stands around a quotation: who said it, in parentheses or behind a dash, before it or after; what leads to it in its
//! sentence, and what goes on behind it.
//!
//! Knows nothing of the study: whether somebody is named there is for who reads it.

use super::pairs::Spot;
use super::saying::tells_of_saying;
use crate::document::{Block, BlockKind};
use crate::text::one_line;

/// Longest attribution in bytes; what is longer is a remark.
pub(super) const LONGEST_ATTRIBUTION: usize = 200;

pub(super) fn is_any_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

/// What follows a place, up to the next quotation or the end of its paragraph. Behind a block that ends there, the paragraph
/// after it, if that may say whose it was.
fn after(blocks: &[Block], end: Spot, next: Option<Spot>) -> &str {
    let Some(block) = blocks.get(end.block) else { return "" };
    let stop = next.filter(|next| next.block == end.block).map_or(block.text.len(), |next| next.at);
    let text = block.text.get(end.at..stop).unwrap_or_default();
    let is_over = !text.contains(char::is_alphanumeric) && stop == block.text.len();
    match blocks.get(end.block + 1) {
        Some(following) if is_over && may_say_whose(following, block) => {
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

/// Whether a paragraph behind a quotation may say whose that is.
fn may_say_whose(following: &Block, quotation: &Block) -> bool {
    // The next block is of the next quotation, unless it is somebody in brackets alone.
    let is_next =
        matches!(following.kind, BlockKind::Quotation(_)) && !following.text.starts_with(['(', '[']);
    following.kind != BlockKind::Heading && following.cell == quotation.cell && !is_next
}

/// What may be the attribution of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The words.
    pub text: String,
    /// Whether it stands where attributions do. Elsewhere it is one only if it names somebody and says nothing else.
    pub plain: bool,
    /// The paragraph that is nothing else, if it is one.
    pub(super) paragraph: Option<usize>,
}

impl Candidate {
    pub(super) fn plain(text: &str) -> Self {
        Self { text: one_line(text), plain: true, paragraph: None }
    }

    pub(super) fn unsure(text: &str) -> Self {
        Self { text: one_line(text), plain: false, paragraph: None }
    }
}

/// The paragraph right before a block, if it is short enough to be nothing but a name: whose words follow it.
pub(super) fn above(blocks: &[Block], block: usize) -> Option<Candidate> {
    let before = blocks.get(block.checked_sub(1)?)?;
    let is_near = before.cell.is_none()
        && blocks.get(block)?.cell.is_none()
        && !matches!(before.kind, BlockKind::Quotation(_));
    let text = before.text.trim().trim_end_matches(':');
    (is_near && is_caption(text)).then(|| Candidate { paragraph: Some(block - 1), ..Candidate::unsure(text) })
}

/// What stands behind a quotation.
pub(super) struct Following<'d> {
    /// All that may be its attribution, nearest first.
    pub(super) candidates: Vec<Candidate>,
    /// How many bytes the brackets right behind it take.
    pub(super) length: usize,
    /// What goes on in its sentence.
    pub(super) following: Option<&'d str>,
    /// All of it.
    pub(super) text: &'d str,
}

/// Reads what stands behind a quotation, up to the next one.
pub(super) fn what_follows<'d>(blocks: &'d [Block], end: Spot, next: Option<Spot>) -> Following<'d> {
    let after = after(blocks, end, next);
    let (mut candidates, length) = candidates_in(after);
    let leads_on = next.is_some_and(|next| next.block == end.block);
    let own = blocks.get(end.block).and_then(|block| block.text.get(end.at..)).unwrap_or_default();
    let is_below = !after.is_empty() && !own.contains(char::is_alphanumeric);
    // On a line of its own, or behind a tab.
    let is_apart = is_below || after.trim_start().starts_with(char::is_uppercase);
    if !leads_on && is_apart && is_caption(after) {
        candidates.push(Candidate::unsure(after));
    }
    if is_below {
        candidates.iter_mut().for_each(|candidate| candidate.paragraph = Some(end.block + 1));
    }
    let following = if is_below { None } else { following(after, leads_on) };
    Following { candidates, length, following, text: after }
}

/// All that may be an attribution in a text, nearest first, and how many bytes the brackets it begins with take.
pub(super) fn candidates_in(after: &str) -> (Vec<Candidate>, usize) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut length = 0;
    // Behind a translation in brackets: `“…” (“…”; P1)`, `“…” [“…”] (P1)`.
    if let Some(close) = after.find([')', ']']).filter(|close| !after[..*close].contains(['(', '['])) {
        let inside = after.get(..close).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
        if !inside.is_empty() && inside.len() <= LONGEST_ATTRIBUTION {
            found.push(Candidate::unsure(inside));
        }
        length = close + 1;
    }
    // Remarks, references and translations may stand before it.
    while let Some((inside, more)) = after.get(length..).and_then(parenthesis_after) {
        found.push(Candidate::plain(inside));
        length += more;
    }
    if let Some((inside, more)) = parenthesis_of_saying(after).filter(|_| found.is_empty()) {
        found.push(Candidate::plain(inside));
        length = more;
    }
    let rest = after.get(length..).unwrap_or_default();
    found.extend(parenthesis_of_sentence(rest).map(Candidate::unsure));
    found.extend(line_below(rest).map(Candidate::unsure));
    (found, length)
}

/// What ends the sentence that goes on behind a quotation, in parentheses: `was how it was put (P1).`
fn parenthesis_of_sentence(text: &str) -> Option<&str> {
    let close = text.match_indices(')').map(|(at, _)| at).find(|at| {
        let behind = text.get(at + 1..).unwrap_or_default();
        behind.trim().is_empty() || behind.starts_with(['.', '\n'])
    })?;
    let open = text.get(..close)?.rfind('(')?;
    let is_one_sentence = !text.get(..open)?.contains(['.', '!', '?', '(', '\n']);
    let inside = text.get(open + 1..close)?;
    (is_one_sentence && inside.len() <= LONGEST_ATTRIBUTION).then_some(inside)
}

/// A short line right below a quotation, in the same paragraph.
fn line_below(text: &str) -> Option<&str> {
    let start = text.find(|c: char| c.is_alphanumeric() || is_dash_sign(c) || matches!(c, '(' | '['))?;
    if !text.get(..start)?.contains('\n') {
        return None;
    }
    let line = text.get(start..)?.lines().next()?.trim_start_matches(|c| is_dash_sign(c) || c == ' ').trim();
    is_caption(line).then_some(line)
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
        // A line of somebody who speaks next is none.
        && !text.contains(": ")
        && !text.contains(is_any_mark)
        && !text.trim_end_matches('.').contains(['.', '!', '?', ';'])
}

fn is_dash_sign(c: char) -> bool {
    matches!(c, '—' | '–' | '―' | '-')
}

/// Whether a text begins with a dash behind which somebody may be named.
pub(super) fn is_dash(text: &str) -> bool {
    text.starts_with(['—', '–', '―']) || text.starts_with("--") || text.starts_with("- ")
}

/// What stands in parentheses at the start of a text, after punctuation, and how many bytes it takes with all before it; or
/// behind a dash, if nothing follows.
fn parenthesis_after(text: &str) -> Option<(&str, usize)> {
    let mut start = without_marks(text);
    if is_dash(start) {
        let who = start.trim_start_matches(|c| is_dash_sign(c) || c == ' ');
        if !who.starts_with(['(', '[']) {
            let is_alone =
                is_caption(who) && !who.trim_end().contains('\n') && who.contains(char::is_alphanumeric);
            return is_alone.then(|| (who.trim().trim_end_matches('.'), text.len()));
        }
        start = who;
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
                return inside.contains(char::is_alphanumeric).then_some((inside, length));
            }
        }
    }
    None
}

/// What follows a quotation without the marks that may stand between it and its attribution: punctuation, and raised numbers,
/// letters and signs of notes and references.
fn without_marks(text: &str) -> &str {
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '*' | '_' | '†' | '‡' | '§')
                || matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | 'ᵃ' | 'ᵇ' | 'ᶜ')
        });
        // `[12]`, `[@smith2010]`, `[^3]`; `^a^`.
        let reference = bare.strip_prefix('[').and_then(|inside| {
            let (number, rest) = inside.split_once(']')?;
            (!number.contains(char::is_alphabetic) || number.starts_with(['@', '^'])).then_some(rest)
        });
        let raised = bare.strip_prefix('^').and_then(|inside| inside.split_once('^'));
        let raised = raised.filter(|(mark, _)| mark.len() <= 8).map(|(_, rest)| rest);
        match reference.or(raised) {
            Some(beyond) => rest = beyond,
            None => return bare,
        }
    }
}

/// Whether the sentence that a quotation stands in refers to the literature: `[12]`, `[@smith2010]`, `Smith et al. (2010)`,
/// `(ibid., p. 3)`, a raised number.
pub(super) fn is_cited(before: &str, after: &str) -> bool {
    let is_end = |text: &str, &at: &usize| {
        // Not behind an initial, `p.` or `al.`, nor before what goes on in small letters.
        let word = text.get(..at - 1).unwrap_or_default().rsplit(|c: char| !c.is_alphanumeric()).next();
        let next = text.get(at..).unwrap_or_default().trim_start();
        word.is_some_and(|word| word.is_empty() || word.len() > 3) && next.starts_with(char::is_uppercase)
    };
    let from = before.rmatch_indices('.').map(|(at, _)| at + 1).find(|at| is_end(before, at)).unwrap_or(0);
    let to =
        after.match_indices('.').map(|(at, _)| at + 1).find(|at| is_end(after, at)).unwrap_or(after.len());
    [before.get(from..), after.get(..to)].into_iter().flatten().any(refers)
}

/// Whether a text holds a reference to the literature.
pub(super) fn refers(text: &str) -> bool {
    let raised = ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let brackets = text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    let mut inside = brackets.map(|inside| (inside, crate::text::fold_name(inside)));
    let is_year = |number: &str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    text.contains(raised)
        || text.split_whitespace().any(|word| word.len() > 1 && word.starts_with('@'))
        || text.split('^').nth(1).is_some_and(|mark| mark.chars().all(|c| c.is_ascii_digit() || c == ','))
        || inside.any(|(written, folded)| {
            written.starts_with('@')
                || written.contains(|c: char| c.is_ascii_digit()) && !written.contains(char::is_alphabetic)
                || written.split(|c: char| !c.is_ascii_digit()).any(is_year)
                || ["ibid", "op. cit", "et al"].iter().any(|sign| folded.contains(sign))
                || folded.ends_with("n.d.")
                || folded.starts_with("p. ")
                || folded.starts_with("pp. ")
        })
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
fn following(text: &str, leads_on: bool) -> Option<&str> {
    let has_dash = text.trim_start().starts_with(['—', '–', '―']);
    let text = text.trim_start_matches([',', ' ', '—', '–', '―']);
    let end = text.find(['.', ',', ';', ':', '!', '?', '(', '[', '\n']);
    if end.is_none() && leads_on {
        return None;
    }
    let clause = text.get(..end.unwrap_or(text.len()))?.trim();
    // A name alone opens another sentence, or is a line of its own.
    if clause.split_whitespace().nth(1).is_none() && !has_dash {
        return None;
    }
    let begins = clause.split_whitespace().next()?;
    let ok = clause.len() <= LONGEST_ATTRIBUTION && begins.chars().any(char::is_alphanumeric);
    (ok && !NEXT_BEGINS.contains(&begins.to_lowercase().as_str())).then_some(clause)
}

/// What stands in parentheses in the sentence that leads to a quotation, with the word before it, which may be a name it goes
/// with: `A nurse (P12) said:`, `P12 (nurse) said:`. Nothing where the sentence has other parentheses: whose they are is unsure.
pub(super) fn parenthesis_before(text: &str) -> Option<String> {
    let close = text.rfind(')')?;
    let rest = text.get(close + 1..)?;
    if rest.len() > LONGEST_ATTRIBUTION || rest.contains(['.', '!', '?', '(', ';']) {
        return None;
    }
    let open = text.get(..close)?.rfind('(')?;
    let before = text.get(..open)?;
    let sentence = before.rfind(['.', '!', '?', '\n']).map_or(before, |at| &before[at..]);
    let inside = text.get(open + 1..close)?;
    let is_one = !sentence.contains(')') && inside.len() <= LONGEST_ATTRIBUTION;
    let word = before.trim_end().rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let name = Some(word).filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    (is_one && inside.contains(char::is_alphanumeric))
        .then(|| name.map_or_else(|| inside.to_owned(), |name| format!("{name}, {inside}")))
}
