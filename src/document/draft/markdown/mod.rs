//! Markdown: paragraphs between blank lines, `>` for block quotations, tables by cells.
//!
//! Follows what CommonMark and Pandoc write for prose; raw HTML is dropped but for its text.

mod inline;
mod tables;

use super::blocks::{Builder, Draft};
use crate::document::Cell;
use inline::Opener;

/// A line of the file with its number, from 1.
type NumberedLine<'t> = (&'t str, usize);

pub(super) fn read(source: &str) -> Draft {
    let mut reader = Reader {
        builder: Builder::new("line"),
        fence: None,
        comment: None,
        comments_end: 0,
        italic: None,
        divisions: Vec::new(),
        tables: 0,
        row: None,
    };
    let lines: Vec<NumberedLine<'_>> = source.lines().zip(1..).collect();
    let last_end = lines.iter().rfind(|(line, _)| line.contains("-->"));
    reader.comments_end = last_end.map_or(0, |(_, number)| *number);
    let mut rest = without_metadata(&lines);
    while !rest.is_empty() {
        let taken = reader.lines(rest);
        rest = rest.get(taken..).unwrap_or_default();
    }
    if let Some((_, line)) = reader.fence {
        reader.builder.remark(
            line,
            "the code block that begins here never ends, and nothing below it was read; close it with the same marks",
        );
    }
    reader.end_paragraph();
    if reader.builder.is_in_quotation() {
        reader.builder.close_quotation();
    }
    reader.builder.finish()
}

/// The lines behind a head of metadata; if it never ends, it was a line across the page.
fn without_metadata<'l, 't>(lines: &'l [NumberedLine<'t>]) -> &'l [NumberedLine<'t>] {
    let [(first, _), rest @ ..] = lines else { return lines };
    if first.trim_end() != "---" {
        return lines;
    }
    let end = rest.iter().position(|(line, _)| matches!(line.trim_end(), "---" | "..."));
    end.and_then(|end| rest.get(end + 1..)).unwrap_or(lines)
}

/// A line without the `>` at its start, and whether there were any.
pub(super) fn without_quotation_marks(line: &str) -> (bool, &str) {
    let mut rest = line.trim_start();
    let quoted = rest.starts_with('>');
    while let Some(inner) = rest.strip_prefix('>') {
        rest = inner.trim_start();
    }
    (quoted, if quoted { rest } else { line })
}

struct Reader {
    builder: Builder,
    /// What closes the code block under way, and the line that it began at.
    fence: Option<(&'static str, usize)>,
    /// What the comment under way says so far.
    comment: Option<String>,
    /// The last line that ends a comment; 0 if none does.
    comments_end: usize,
    /// What opened the italics under way.
    italic: Option<Opener>,
    /// The divisions (`:::`) that are open, and whether each is a block quotation.
    divisions: Vec<bool>,
    /// How many tables there were.
    tables: usize,
    /// The next row of the table under way whose rows are lines.
    row: Option<usize>,
}

impl Reader {
    /// Reads the first of these lines, and those that belong to it. Gives how many.
    fn lines(&mut self, lines: &[NumberedLine<'_>]) -> usize {
        let Some((line, number)) = lines.first().copied() else { return 1 };
        let (marked, text) = without_quotation_marks(line);
        let trimmed = text.trim();
        if let Some((fence, _)) = self.fence {
            if trimmed.starts_with(fence) {
                self.fence = None;
            }
            return 1;
        }
        if self.comment.is_some() {
            self.inline(text, number);
            return 1;
        }
        if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence)) {
            self.end_paragraph();
            self.fence = Some((fence, number));
            return 1;
        }
        let quoted = marked || self.divisions.contains(&true);
        if quoted && !self.builder.is_in_quotation() {
            self.end_paragraph();
            self.builder.open_quotation();
        } else if !quoted && self.builder.is_in_quotation() && (trimmed.is_empty() || begins_anew(trimmed)) {
            self.end_paragraph();
            self.builder.close_quotation();
        }
        if let Some(division) = trimmed.strip_prefix(":::") {
            self.division(division.trim_start_matches(':').trim());
            return 1;
        }
        if let Some(taken) = self.table_of_lines(lines) {
            return taken;
        }
        // A line of nothing but marks: between paragraphs, or under the head of a table.
        let is_rule = trimmed.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '|' | ':' | ' '));
        if trimmed.is_empty() || is_rule {
            self.row = self.row.filter(|_| !trimmed.is_empty());
            self.end_paragraph();
            return 1;
        }
        let next = lines.get(1).map(|(line, _)| without_quotation_marks(line));
        let next = next.filter(|(next_marked, _)| *next_marked == marked).map(|(_, text)| text.trim());
        if let Some((rank, words)) = heading(trimmed) {
            self.heading(rank, words, number);
            return 1;
        }
        if self.row(trimmed, next, number) {
            return 1;
        }
        let item = without_item_mark(trimmed);
        if item.is_none()
            && self.builder.is_between()
            && let Some(rank) = underlined(trimmed, next)
        {
            self.heading(rank, trimmed, number);
            return 2;
        }
        match item {
            Some(_) if quoted => self.builder.push_char('\n', number),
            Some(_) => self.end_paragraph(),
            None => {}
        }
        self.inline(item.unwrap_or(trimmed), number);
        self.builder.push_char('\n', number);
        1
    }

    /// Marks of emphasis that nothing closes end with their paragraph, and were none.
    fn end_paragraph(&mut self) {
        if self.italic.take().is_some() {
            self.builder.forget_italic();
        }
        self.builder.end_paragraph();
    }

    fn heading(&mut self, rank: usize, words: &str, number: usize) {
        self.end_paragraph();
        self.inline(words, number);
        self.builder.set_heading(rank);
        self.end_paragraph();
    }

    /// Opens a division of this name, or closes the last one if there is none.
    fn division(&mut self, name: &str) {
        self.end_paragraph();
        if name.is_empty() {
            if self.divisions.pop() == Some(true) && self.builder.is_in_quotation() {
                self.builder.close_quotation();
            }
            return;
        }
        let mut classes = name.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        self.divisions.push(classes.any(|class| matches!(class, "quote" | "blockquote" | "quotation")));
    }
}

/// The rank and the words of a heading, without attributes behind it.
fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let signs = line.len() - rest.len();
    let words = rest.trim().trim_end_matches('#').trim_end();
    let words = match words.strip_suffix('}').and_then(|words| words.rsplit_once('{')) {
        Some((words, _)) => words.trim_end(),
        None => words,
    };
    ((1..=6).contains(&signs) && rest.starts_with([' ', '\t'])).then_some((signs, words))
}

/// Longest line, in bytes, that can be a heading by the line of signs below it.
const LONGEST_HEADING: usize = 100;

/// The rank that a line of signs makes a heading of the line above.
fn underlined(line: &str, next: Option<&str>) -> Option<usize> {
    let is_short = line.len() <= LONGEST_HEADING && !line.ends_with(['.', '!', '?', ')', '”', '"']);
    let signs = next.filter(|signs| signs.len() >= 2 && is_short)?;
    let is_all = |sign: char| signs.chars().all(|c| c == sign);
    if is_all('=') { Some(1) } else { is_all('-').then_some(2) }
}

/// Whether a line begins something that no paragraph runs on into.
fn begins_anew(line: &str) -> bool {
    heading(line).is_some() || without_item_mark(line).is_some() || line.starts_with(['|', '+'])
}

/// The text of an item of a list, or of a footnote, whose mark the line begins with.
pub(super) fn without_item_mark(line: &str) -> Option<&str> {
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
