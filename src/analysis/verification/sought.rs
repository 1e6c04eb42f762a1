//! What is looked for: the words of a quotation, cut where something was left out or replaced.

use crate::text::Analyser;

/// What stands between two pieces of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `...`, `…` or `[...]`: words were left out.
    Ellipsis,
    /// `[community centre]`: other words were said, or none. Holds the words in the brackets; no words where nothing is said of
    /// them.
    Replaced(Piece),
    /// The next line of several speakers: nothing may stand between.
    NextLine,
}

/// Words in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Folded forms, as words are compared.
    pub(super) words: Vec<String>,
    /// The words as written.
    pub(super) written: Vec<String>,
    /// The text from the first word to the last.
    pub(super) text: String,
}

/// A quotation as it is looked for. Between each two pieces there is one joint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) pieces: Vec<Piece>,
    pub(super) joints: Vec<Joint>,
    /// Which part of the quotation each piece is of.
    pub(super) parts: Vec<usize>,
    /// What stands in square brackets before the first piece and behind the last.
    pub(super) before: Option<Piece>,
    pub(super) behind: Option<Piece>,
}

impl Sought {
    /// Cuts a quotation into pieces: its parts, and each where something was left out or replaced.
    pub(super) fn of<'t>(parts: impl IntoIterator<Item = &'t str>, analyser: &mut Analyser) -> Self {
        let mut sought = Self::default();
        let mut pending: Option<Joint> = None;
        for (number, text) in parts.into_iter().enumerate() {
            if number > 0 {
                pending.get_or_insert(Joint::NextLine);
            }
            for element in elements(text) {
                match element {
                    Element::Text(text) => {
                        let piece = piece_of(&text, analyser);
                        if !piece.words.is_empty() {
                            sought.push(number, pending.take(), piece);
                        }
                    }
                    Element::Ellipsis => pending = Some(Joint::Ellipsis),
                    // Of a reference nothing was said.
                    Element::Replaced(inside) if inside.starts_with('@') => {}
                    Element::Replaced(inside) => {
                        if pending != Some(Joint::Ellipsis) {
                            pending = Some(Joint::Replaced(piece_of(&inside, analyser)));
                        }
                    }
                }
            }
        }
        if let Some(Joint::Replaced(piece)) = pending {
            sought.behind = Some(piece).filter(|piece| !piece.words.is_empty() && !sought.pieces.is_empty());
        }
        sought
    }

    fn push(&mut self, part: usize, joint: Option<Joint>, piece: Piece) {
        match joint {
            Some(Joint::Replaced(piece)) if self.pieces.is_empty() => {
                self.before = Some(piece).filter(|piece| !piece.words.is_empty());
            }
            _ if self.pieces.is_empty() => {}
            joint => self.joints.push(joint.unwrap_or_else(|| Joint::Replaced(Piece::default()))),
        }
        self.pieces.push(piece);
        self.parts.push(part);
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.words.len()).sum()
    }
}

fn piece_of(text: &str, analyser: &mut Analyser) -> Piece {
    let mut piece = Piece::default();
    let (mut first, mut last) = (None, 0);
    for token in analyser.tokens(text) {
        first.get_or_insert(token.span.start as usize);
        last = token.span.end as usize;
        piece.words.push(token.word.exact().to_owned());
        piece.written.push(token.span.slice(text).unwrap_or_default().to_owned());
    }
    piece.text = first.and_then(|first| text.get(first..last)).unwrap_or_default().to_owned();
    piece
}

#[derive(Debug)]
enum Element {
    Text(String),
    Ellipsis,
    Replaced(String),
}

/// Longest text in square brackets, in bytes; beyond it a bracket is a stray one.
const LONGEST_BRACKET: usize = 200;

fn elements(text: &str) -> Vec<Element> {
    let mut found = Vec::new();
    let mut under_way = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let next = rest.chars().next().unwrap_or_default();
        if let Some(length) = ellipsis(rest) {
            found.push(Element::Text(std::mem::take(&mut under_way)));
            found.push(Element::Ellipsis);
            at += length;
        } else if let Some(inside) = bracket(rest) {
            at += inside.len() + 2;
            let after = text.get(at..).unwrap_or_default();
            let joined =
                under_way.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
            let letter = inside.chars().count() == 1 && inside.chars().all(char::is_alphanumeric);
            if joined && letter {
                // `[T]he`: a capital that was a small letter.
                under_way.push_str(inside);
            } else {
                // `tak[ing]`: the whole word is another than was said.
                let head = under_way.trim_end_matches(char::is_alphanumeric).len();
                let mut word = under_way.split_off(head);
                word.push_str(inside);
                let tail = after.len() - after.trim_start_matches(char::is_alphanumeric).len();
                word.push_str(after.get(..tail).unwrap_or_default());
                at += tail;
                found.push(Element::Text(std::mem::take(&mut under_way)));
                found.push(Element::Replaced(word));
            }
        } else {
            under_way.push(next);
            at += next.len_utf8();
        }
    }
    found.push(Element::Text(under_way));
    found
}

/// The length of an ellipsis that a text begins with, with the brackets around it.
fn ellipsis(text: &str) -> Option<usize> {
    let (inside, close) = match text.chars().next()? {
        '[' => (text.get(1..)?, Some(']')),
        '(' => (text.get(1..)?, Some(')')),
        _ => (text, None),
    };
    let trimmed = inside.trim_start();
    let mut rest = trimmed;
    let mut points = 0;
    loop {
        rest = match rest.chars().next() {
            Some('…') => {
                points += 3;
                &rest['…'.len_utf8()..]
            }
            Some('.') => {
                points += 1;
                &rest[1..]
            }
            // `. . .`, with blanks that break no line too.
            Some(' ' | '\u{a0}') if points > 0 => {
                let after = rest.trim_start_matches([' ', '\u{a0}']);
                if !after.starts_with(['.', '…']) {
                    break;
                }
                after
            }
            _ => break,
        };
    }
    if points < 3 {
        return None;
    }
    let end = match close {
        Some(close) => rest.trim_start().strip_prefix(close)?,
        None if trimmed.len() < inside.len() => return None,
        None => rest,
    };
    Some(text.len() - end.len())
}

/// What stands in square brackets at the start of a text.
fn bracket(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(['[', ']'])?;
    let inside = inside.get(..end).filter(|inside| inside.len() <= LONGEST_BRACKET)?;
    text.get(1 + end..)?.starts_with(']').then_some(inside)
}
