//! Text within a paragraph of Markdown: emphasis, links, notes, code, raised marks and raw HTML.

use super::Reader;
use crate::document::draft::entities::entity;
use crate::document::draft::html::Tag;

/// Longest text that stands raised between two `^`, in bytes.
const LONGEST_RAISED: usize = 24;

/// What is said of a `<!--` that no `-->` follows.
const NEVER_ENDS: &str = "the comment that begins here never ends, and was read as text; close it with -->";

/// What opened the italics under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    /// This mark.
    Mark(char),
    /// A tag of HTML.
    Tag,
}

impl Reader {
    /// Adds text without its marks.
    pub(super) fn inline(&mut self, text: &str, line: usize) {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let next = rest.chars().next().unwrap_or_default();
            let before = text[..at].chars().next_back();
            if self.comment.is_some() {
                at += self.comment_text(rest);
                continue;
            }
            if let Some(behind) = rest.strip_prefix("<!--") {
                if behind.contains("-->") || self.comments_end > line {
                    self.comment = Some(String::new());
                } else {
                    // Text, as it is for Pandoc: else it would take the rest of the draft.
                    self.builder.push("<!--", line);
                    self.builder.remark(line, NEVER_ENDS);
                }
                at += 4;
                continue;
            }
            if let Some((character, length)) = entity(rest) {
                self.builder.push_char(character, line);
                at += length;
                continue;
            }
            at += match next {
                '\\' => match rest.chars().nth(1) {
                    Some(escaped) if escaped.is_ascii_punctuation() => {
                        self.builder.push_char(escaped, line);
                        1 + escaped.len_utf8()
                    }
                    _ => 1,
                },
                '<' => match tag(rest) {
                    Some(tag) => {
                        self.tag(&tag, line);
                        tag.text.len()
                    }
                    None => self.push(next, line),
                },
                '[' => match footnote_length(rest) {
                    Some(length) => length,
                    None => match link(rest) {
                        Some((label, length)) => {
                            self.inline(label, line);
                            length
                        }
                        None => self.push(next, line),
                    },
                },
                '!' if rest.starts_with("![") => match link(&rest[1..]) {
                    Some((_, length)) => 1 + length,
                    None => self.push(next, line),
                },
                // The words of code are nobody's.
                '`' => match code_length(rest) {
                    Some(length) => {
                        self.builder.push_char(' ', line);
                        length
                    }
                    None => 1,
                },
                '^' => match raised(rest) {
                    Some(raised) => {
                        self.builder.open_raised();
                        self.builder.push(raised, line);
                        self.builder.close_raised(line);
                        raised.len() + 2
                    }
                    None => self.push(next, line),
                },
                '*' | '_' => self.emphasis(before, next, rest, line),
                '~' => {
                    let after = rest.trim_start_matches(next).chars().next();
                    if before == Some('~') || after.is_some_and(|c| !c.is_whitespace()) {
                        1
                    } else {
                        self.push(next, line)
                    }
                }
                _ => self.push(next, line),
            };
        }
    }

    fn push(&mut self, character: char, line: usize) -> usize {
        self.builder.push_char(character, line);
        character.len_utf8()
    }

    /// Takes the text of the comment under way, which may end on a later line. Gives the bytes that it takes of this one.
    fn comment_text(&mut self, rest: &str) -> usize {
        let end = rest.find("-->");
        let mut text = self.comment.take().unwrap_or_default();
        text.push_str(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
        match end {
            Some(end) => {
                self.builder.comment(&text);
                end + 3
            }
            None => {
                text.push(' ');
                self.comment = Some(text);
                rest.len()
            }
        }
    }

    /// Takes marks of emphasis in a row, of which one or three stand for italics. Gives their length.
    fn emphasis(&mut self, before: Option<char>, mark: char, rest: &str, line: usize) -> usize {
        let length = rest.len() - rest.trim_start_matches(mark).len();
        let after = rest.chars().nth(length);
        if !is_emphasis(before, mark, after) {
            self.builder.push(rest.get(..length).unwrap_or_default(), line);
            return length;
        }
        let stands_at = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        if length == 1 || length == 3 {
            match self.italic {
                Some(Opener::Mark(open)) if open == mark && stands_at(before) => self.set_italic(None),
                None if stands_at(after) => self.set_italic(Some(Opener::Mark(mark))),
                _ => {}
            }
        }
        length
    }

    fn set_italic(&mut self, italic: Option<Opener>) {
        self.italic = italic;
        self.builder.set_italic(italic.is_some());
    }

    /// What the tags of HTML that are read mean.
    fn tag(&mut self, tag: &Tag<'_>, line: usize) {
        match (tag.name.as_str(), tag.closes) {
            ("br", _) => self.builder.push_char('\n', line),
            ("sup", false) => self.builder.open_raised(),
            ("sup", true) => self.builder.close_raised(line),
            ("em" | "i" | "cite", false) if self.italic.is_none() => self.set_italic(Some(Opener::Tag)),
            ("em" | "i" | "cite", true) if self.italic == Some(Opener::Tag) => self.set_italic(None),
            _ => {}
        }
    }
}

/// Whether marks stand at an edge of something rather than between blanks, or for underscores inside a word.
fn is_emphasis(before: Option<char>, mark: char, after: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match mark {
        '_' => !(word(before) && word(after)),
        _ => !(blank(before) && blank(after)),
    }
}

/// Longest tag, in bytes.
const LONGEST_TAG: usize = 200;

/// The tag of HTML that a text begins with.
fn tag(text: &str) -> Option<Tag<'_>> {
    let near = text.get(..text.floor_char_boundary(LONGEST_TAG))?;
    Tag::read(near).filter(|tag| !tag.name.is_empty())
}

/// The length of the code that a text begins with, from its first mark to behind its last. Marks that LaTeX closes with
/// apostrophes are none of code.
fn code_length(text: &str) -> Option<usize> {
    let marks = text.len() - text.trim_start_matches('`').len();
    let mut at = marks;
    loop {
        let found = text.get(at..)?.find('`')? + at;
        let run = text.get(found..)?.bytes().take_while(|byte| *byte == b'`').count();
        if run == marks {
            let code = text.get(marks..found)?;
            return (!code.contains("''")).then_some(found + run);
        }
        at = found + run;
    }
}

/// What stands raised between two `^`.
fn raised(text: &str) -> Option<&str> {
    let (raised, _) = text.strip_prefix('^')?.split_once('^')?;
    let is_short = (1..=LONGEST_RAISED).contains(&raised.len());
    (is_short && !raised.contains(char::is_whitespace)).then_some(raised)
}

/// The length of a mark `[^1]`.
fn footnote_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("[^")?;
    let end = inside.find(']')?;
    (end > 0 && !inside[..end].contains(char::is_whitespace)).then_some(end + 3)
}

/// The label of `[label](target)`, and the length of it all.
fn link(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find("](")?;
    let label = inside.get(..end)?;
    if label.contains([']', '[', '\n']) {
        return None;
    }
    let target = inside.get(end + 2..)?;
    let close = target.find(')')?;
    // What has blanks and no title behind it is no address but somebody in parentheses.
    let address = target.get(..close)?.split(['"', '\'']).next()?.trim();
    (!address.contains(' ')).then_some((label, 1 + end + 2 + close + 1))
}
