//! Markdown, and plain text, which is Markdown without marks of emphasis: paragraphs between blank lines, `>` for block
//! quotations.
//!
//! Follows what CommonMark and Pandoc write for prose; raw HTML is dropped but for its text.

use std::collections::BTreeSet;

use super::blocks::{Builder, Draft};
use super::entities::entity;

pub(super) fn read(source: &str) -> Draft {
    let mut reader = Reader { builder: Builder::new("line"), fence: None, in_comment: false };
    let mut lines = source.lines().zip(1..).peekable();
    if lines.next_if(|(line, _)| line.trim_end() == "---").is_some() {
        // A head of metadata; if it never ends, it was a line across the page.
        let ends = |line: &str| matches!(line.trim_end(), "---" | "...");
        if source.lines().skip(1).any(ends) {
            for (line, _) in lines.by_ref() {
                if ends(line) {
                    break;
                }
            }
        }
    }
    for (line, number) in lines {
        reader.line(line, number);
    }
    if reader.builder.is_in_quotation() {
        reader.builder.close_quotation();
    }
    reader.builder.finish()
}

/// Plain text. Without a blank line between any two, every line is a paragraph. Paragraphs that stand in from the margin are
/// block quotations, as are those behind `>`.
pub(super) fn read_plain(source: &str) -> Draft {
    let mut builder = Builder::new("line");
    let each_line = !source.trim().contains("\n\n") && !source.trim().contains("\n \n");
    let indented = indented_lines(source);
    for (line, number) in source.lines().zip(1..) {
        let (marked, text) = without_quotation_marks(line);
        let quoted = marked || indented.contains(&number);
        if quoted && !builder.is_in_quotation() {
            builder.open_quotation();
        } else if !quoted && builder.is_in_quotation() {
            builder.close_quotation();
        }
        if text.trim().is_empty() || (each_line && !quoted) {
            builder.end_paragraph();
        }
        builder.push(text, number);
        builder.push_char('\n', number);
    }
    if builder.is_in_quotation() {
        builder.close_quotation();
    }
    builder.finish()
}

/// The numbers of the lines of paragraphs of which every line stands in from the margin, and which are no items of a list. None
/// where most paragraphs do: then it is how that text is set.
fn indented_lines(source: &str) -> BTreeSet<usize> {
    let (mut found, mut paragraphs, mut indented) = (BTreeSet::new(), 0, 0);
    let lines: Vec<(&str, usize)> = source.lines().zip(1..).collect();
    for paragraph in lines.split(|(line, _)| line.trim().is_empty()).filter(|lines| !lines.is_empty()) {
        paragraphs += 1;
        let stands_in = |line: &str| line.starts_with('\t') || line.starts_with("  ");
        let is_item = paragraph.first().is_some_and(|(line, _)| without_item_mark(line.trim()).is_some());
        if !is_item && paragraph.iter().all(|(line, _)| stands_in(line)) {
            indented += 1;
            found.extend(paragraph.iter().map(|(_, number)| *number));
        }
    }
    if indented * 2 > paragraphs { BTreeSet::new() } else { found }
}

/// A line without the `>` at its start, and whether there were any.
fn without_quotation_marks(line: &str) -> (bool, &str) {
    let mut rest = line.trim_start();
    let quoted = rest.starts_with('>');
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.trim_start();
    }
    (quoted, if quoted { rest } else { line })
}

struct Reader {
    builder: Builder,
    /// What closes the code block under way.
    fence: Option<String>,
    in_comment: bool,
}

impl Reader {
    fn line(&mut self, line: &str, number: usize) {
        let (quoted, text) = without_quotation_marks(line);
        let trimmed = text.trim();
        if let Some(fence) = &self.fence {
            if trimmed.starts_with(fence.as_str()) {
                self.fence = None;
            }
            return;
        }
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence)) {
            self.builder.end_paragraph();
            self.fence = Some(fence.to_owned());
            return;
        }
        if quoted && !self.builder.is_in_quotation() {
            self.builder.open_quotation();
        } else if !quoted && self.builder.is_in_quotation() && (trimmed.is_empty() || begins_anew(trimmed)) {
            self.builder.close_quotation();
        }
        // A line of nothing but marks: between paragraphs, or under a heading or the head of a table.
        let is_rule = !trimmed.is_empty()
            && trimmed.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '|' | ':' | ' '));
        if trimmed.is_empty() || is_rule || trimmed.starts_with(":::") {
            self.builder.end_paragraph();
            return;
        }
        if let Some(heading) = heading(trimmed) {
            self.builder.end_paragraph();
            self.builder.set_heading(true);
            self.inline(heading, number);
            self.builder.end_paragraph();
            return;
        }
        if trimmed.starts_with('|') && trimmed.len() > 1 {
            for cell in trimmed.split('|') {
                self.builder.end_paragraph();
                self.inline(cell, number);
            }
            self.builder.end_paragraph();
            return;
        }
        let text = match without_item_mark(trimmed) {
            Some(text) => {
                self.builder.end_paragraph();
                text
            }
            None => trimmed,
        };
        self.inline(text, number);
        self.builder.push_char('\n', number);
    }

    /// Adds text without its marks.
    fn inline(&mut self, text: &str, line: usize) {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let next = rest.chars().next().unwrap_or_default();
            let before = text[..at].chars().next_back();
            if self.in_comment {
                let end = rest.find("-->");
                self.in_comment = end.is_none();
                at += end.map_or(rest.len(), |end| end + 3);
                continue;
            }
            if rest.starts_with("<!--") {
                self.in_comment = true;
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
                '<' => match tag_length(rest) {
                    Some(length) => length,
                    None => self.push(next, line),
                },
                '[' => match footnote_length(rest) {
                    Some(length) => length,
                    None => match link(rest) {
                        Some((label, length)) => {
                            let label = label.to_owned();
                            self.inline(&label, line);
                            length
                        }
                        None => self.push(next, line),
                    },
                },
                '!' if rest.starts_with("![") => match link(&rest[1..]) {
                    Some((_, length)) => 1 + length,
                    None => self.push(next, line),
                },
                '`' => 1,
                '*' | '_' | '~' => {
                    let after = rest.trim_start_matches(next).chars().next();
                    if is_emphasis(before, next, after) { 1 } else { self.push(next, line) }
                }
                _ => self.push(next, line),
            };
        }
    }

    fn push(&mut self, character: char, line: usize) -> usize {
        self.builder.push_char(character, line);
        character.len_utf8()
    }
}

/// Whether a mark stands at an edge of something rather than between blanks, or for underscores inside a word.
fn is_emphasis(before: Option<char>, mark: char, after: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match mark {
        '_' => !(word(before) && word(after)),
        '~' => before == Some('~') || after.is_some_and(|c| !c.is_whitespace()),
        _ => !(blank(before) && blank(after)),
    }
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let signs = line.len() - rest.len();
    ((1..=6).contains(&signs) && rest.starts_with([' ', '\t'])).then(|| rest.trim().trim_end_matches('#'))
}

/// Whether a line begins something that no paragraph runs on into.
fn begins_anew(line: &str) -> bool {
    heading(line).is_some() || without_item_mark(line).is_some() || line.starts_with('|')
}

/// The text of an item of a list, or of a footnote, whose mark the line begins with.
fn without_item_mark(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("[^") {
        return rest.split_once("]:").map(|(_, text)| text.trim_start());
    }
    if let Some(rest) = line.strip_prefix(['-', '*', '+']) {
        return rest.starts_with([' ', '\t']).then(|| rest.trim_start());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
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

/// The length of a tag of HTML.
fn tag_length(text: &str) -> Option<usize> {
    let name = text.strip_prefix('<')?.trim_start_matches('/');
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let end = text.find('>')?;
    (is_tag && end < 200).then_some(end + 1)
}
