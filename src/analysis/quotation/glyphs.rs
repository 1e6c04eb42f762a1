//! Words as the house style has them, before any markup: dots, square brackets, and which mark is an apostrophe and which a
//! quotation mark.
//!
//! Whoever typed the transcript wrote `'yes doctor I'll do that'` with one key. A single mark between two letters is an
//! apostrophe; one in front of a word opens a quotation if a mark closes it further on, else it is an apostrophe too
//! (`'cause`). Where a mark stands decides, whatever its glyph, but for typographic ones that say more.

use crate::study::{Brackets, Ellipsis, QuotationSettings};
use crate::text::fold_name;

/// A stretch of dressed words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text; apostrophes in it are `’`.
    Text(String),
    /// An opening mark.
    Open(Mark),
    /// A closing mark.
    Close(Mark),
}

/// A quotation mark inside words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// How deep: 0 is the outermost of the quotation.
    pub(super) level: usize,
    /// Whether its other half is there too.
    pub(super) paired: bool,
}

/// Whether the words stand between marks already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// They do: marks inside are of the second kind.
    Marked,
    /// They do not.
    Bare,
}

/// Words in the glyphs of the style. Controls and soft hyphens go, blanks and line breaks become one blank.
pub(super) fn dress(words: &str, style: &QuotationSettings, depth: Depth) -> Vec<Piece> {
    let visible: String = words
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control() && *c != '\u{ad}').collect::<String>())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let bracketed = bracket(&visible, style);
    mark(&dotted(&bracketed, style.ellipsis), depth)
}

/// Three dots as the style has them. Dots behind them (the end of a sentence) stay.
///
/// Dots in square brackets say that words are left out, dots alone that somebody paused: a style that marks what is left out leaves
/// pauses as they were transcribed, else a reader would take them for the author's cuts.
fn dotted(text: &str, ellipsis: Ellipsis) -> String {
    let (left_out, pause) = match ellipsis {
        Ellipsis::AsSaid => return text.to_owned(),
        Ellipsis::Dots => ("...", Some("...")),
        Ellipsis::Character => ("…", Some("…")),
        Ellipsis::Spaced => (". . .", None),
        Ellipsis::Bracketed => ("[...]", None),
    };
    const LEFT_OUT: [&str; 3] = ["[...]", "[…]", "[. . .]"];
    const PAUSE: [&str; 3] = ["...", ". . .", "…"];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let found = |known: [&'static str; 3]| {
            known.into_iter().find_map(|dots| Some((dots, rest.strip_prefix(dots)?)))
        };
        if let Some((_, behind)) = found(LEFT_OUT) {
            // Dots with blanks between them would cling to the word before by the first alone.
            if ellipsis == Ellipsis::Spaced && out.ends_with(|c: char| !c.is_whitespace()) {
                out.push(' ');
            }
            out.push_str(left_out);
            rest = behind;
        } else if let Some((said, behind)) = found(PAUSE) {
            out.push_str(pause.unwrap_or(said));
            rest = behind;
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// Square brackets as the style has them; those around dots are no note.
fn bracket(text: &str, style: &QuotationSettings) -> String {
    if style.brackets == Brackets::Square {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('[') {
        out.push_str(before);
        let Some((note, behind)) = inside.split_once(']') else {
            rest = rest.get(before.len()..).unwrap_or_default();
            break;
        };
        let drops = || style.notes.iter().any(|named| fold_name(named) == fold_name(note));
        let is_note = note.chars().any(char::is_alphanumeric);
        match style.brackets {
            Brackets::Round if is_note => out.push_str(&format!("({note})")),
            Brackets::Drop if drops() => {
                let closes = behind.is_empty() || behind.starts_with([' ', '.', ',', ';', ':', '?', '!']);
                if closes {
                    out.truncate(out.trim_end().len());
                }
                // At the beginning the blank behind goes too.
                rest = if out.is_empty() { behind.trim_start() } else { behind };
                continue;
            }
            _ => out.push_str(&format!("[{note}]")),
        }
        rest = behind;
    }
    out.push_str(rest);
    if out.trim().is_empty() { text.to_owned() } else { out }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Apostrophe,
    Open,
    Close,
}

/// Tells marks apart and gives each its level.
fn mark(text: &str, depth: Depth) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let roles = roles(&chars);
    let mut paired = vec![false; chars.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, role) in roles.iter().enumerate() {
        match role {
            Some(Role::Open) => open.push(at),
            Some(Role::Close) => {
                // The nearest of the same kind; what opened behind it has no other half.
                let is_double = is_double(chars.get(at));
                if let Some(nth) =
                    open.iter().rposition(|from| self::is_double(chars.get(*from)) == is_double)
                {
                    for half in [open.get(nth).copied(), Some(at)].into_iter().flatten() {
                        if let Some(half) = paired.get_mut(half) {
                            *half = true;
                        }
                    }
                    open.truncate(nth);
                }
            }
            _ => {}
        }
    }
    let base = usize::from(depth == Depth::Marked);
    let (mut pieces, mut text, mut level) = (Vec::new(), String::new(), base);
    for ((c, role), paired) in chars.iter().zip(roles).zip(paired) {
        let piece = match role {
            None => {
                text.push(*c);
                continue;
            }
            Some(Role::Apostrophe) => {
                text.push('’');
                continue;
            }
            Some(Role::Open) => {
                let mark = Mark { level, paired };
                level += usize::from(paired);
                Piece::Open(mark)
            }
            Some(Role::Close) => {
                level -= usize::from(paired);
                Piece::Close(Mark { level, paired })
            }
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        pieces.push(piece);
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

fn is_double(c: Option<&char>) -> bool {
    matches!(c, Some('"' | '“' | '”' | '„'))
}

/// Whether the word behind a mark is one that begins with an apostrophe.
fn is_short_form(chars: &[char], at: usize) -> bool {
    const SHORT: [&str; 11] =
        ["cause", "cos", "em", "til", "till", "tis", "twas", "round", "bout", "n", "coz"];
    let word = chars.iter().skip(at + 1).take_while(|c| c.is_alphanumeric());
    let word: String = word.flat_map(|c| c.to_lowercase()).collect();
    SHORT.contains(&word.as_str())
}

fn roles(chars: &[char]) -> Vec<Option<Role>> {
    let before = |at: usize| at.checked_sub(1).and_then(|at| chars.get(at));
    let after = |at: usize| chars.get(at + 1);
    let is_letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    let leads = |at: usize| {
        before(at)
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '-' | '–' | '—' | '/'))
            && after(at).is_some_and(|c| !c.is_whitespace())
    };
    let mut roles: Vec<Option<Role>> = Vec::with_capacity(chars.len());
    for (at, c) in chars.iter().enumerate() {
        roles.push(match c {
            '“' | '„' => Some(Role::Open),
            '”' => Some(Role::Close),
            '"' if leads(at) => Some(Role::Open),
            '"' => Some(Role::Close),
            '\'' | '‘' | '’' if is_letter(before(at)) && is_letter(after(at)) => Some(Role::Apostrophe),
            '\'' | '‘' | '’' if leads(at) && is_short_form(chars, at) => Some(Role::Apostrophe),
            '‘' => Some(Role::Open),
            '\'' if leads(at) => Some(Role::Open),
            '\'' | '’' if before(at).is_some_and(|c| !c.is_whitespace()) => Some(Role::Close),
            '\'' | '’' => Some(Role::Apostrophe),
            _ => None,
        });
    }
    let singles: Vec<usize> = (0..chars.len())
        .filter(|at| matches!(chars.get(*at), Some('\'' | '‘' | '’')))
        .filter(|at| matches!(roles.get(*at), Some(Some(Role::Open | Role::Close))))
        .collect();
    settle_singles(chars, &singles, &mut roles);
    roles
}

/// Gives each single mark that may open the one that closes it; the rest are apostrophes.
fn settle_singles(chars: &[char], singles: &[usize], roles: &mut [Option<Role>]) {
    let role = |roles: &[Option<Role>], at: usize| roles.get(at).copied().flatten();
    let mut marks = singles.iter().copied().peekable();
    while let Some(at) = marks.next() {
        let mut closes = None;
        if role(roles, at) == Some(Role::Open) {
            let mut candidates = Vec::new();
            while let Some(next) = marks.next_if(|next| role(roles, *next) == Some(Role::Close)) {
                candidates.push(next);
            }
            // `the doctors' view'`: a mark behind an s may be a plural's.
            let ends_in_s =
                |at: &usize| matches!(at.checked_sub(1).and_then(|at| chars.get(at)), Some('s' | 'S'));
            closes = candidates.iter().copied().find(|at| !ends_in_s(at)).or(candidates.last().copied());
            for other in candidates.into_iter().filter(|other| Some(*other) != closes) {
                set(roles, other, Role::Apostrophe);
            }
        }
        if closes.is_none() {
            set(roles, at, Role::Apostrophe);
        }
    }
}

fn set(roles: &mut [Option<Role>], at: usize, role: Role) {
    if let Some(held) = roles.get_mut(at) {
        *held = Some(role);
    }
}
