//! HTML: paragraphs by the elements that are blocks, `<q>` and `<blockquote>` as quotations, the rest of the markup dropped.
//!
//! Reads what browsers read: tags need not be closed, and nothing is an error.

use super::blocks::{Builder, Draft};
use super::entities::entity;
use super::grid::Grid;

/// Elements whose text nobody reads, or that was taken out.
const LEFT_OUT: [&str; 8] = ["script", "style", "head", "template", "del", "s", "svg", "noscript"];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 32] = [
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "section",
    "article", "aside", "header", "footer", "main", "nav", "figure", "pre", "hr", "body", "html", "form",
    "address", "details", "summary", "tbody", "thead", "title",
];

/// Classes of paragraphs and divisions that are block quotations.
const QUOTATION_CLASSES: [&str; 4] = ["quote", "blockquote", "quotation", "block-quote"];

pub(super) fn read(source: &str) -> Draft {
    let mut reader = Reader {
        builder: Builder::new("line"),
        tables: Grid::default(),
        quotations: Vec::new(),
        short: 0,
        italic: 0,
        line: 1,
    };
    let mut at = 0;
    // The element under way that is left out, how deep inside itself it is, and the line that it began at.
    let mut left_out: Option<(String, usize, usize)> = None;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let length;
        if let Some(tag) = Tag::read(rest) {
            length = tag.text.len();
            match &mut left_out {
                Some((name, depth, _)) if *name == tag.name && !tag.is_empty => {
                    *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
                    if *depth == 0 {
                        left_out = None;
                    }
                }
                Some(_) => {}
                None if LEFT_OUT.contains(&tag.name.as_str()) && !tag.closes && !tag.is_empty => {
                    left_out = Some((tag.name, 1, reader.line));
                }
                None => reader.tag(&tag, rest.get(length..).unwrap_or_default()),
            }
        } else if let Some((character, named)) = entity(rest) {
            length = named;
            if left_out.is_none() {
                reader.builder.push_char(character, reader.line);
            }
        } else {
            let character = rest.chars().next().unwrap_or_default();
            length = character.len_utf8();
            if left_out.is_none() {
                reader.builder.push_char(if character == '\n' { ' ' } else { character }, reader.line);
            }
        }
        reader.line += source.get(at..at + length).unwrap_or_default().matches('\n').count();
        at += length.max(1);
    }
    if let Some((name, _, line)) = left_out {
        let what = format!(
            "the <{name}> that begins here never ends, and nothing below it was read; close it with </{name}>"
        );
        reader.builder.remark(line, &what);
    }
    reader.builder.finish()
}

struct Reader {
    builder: Builder,
    tables: Grid,
    /// The elements under way that are block quotations by their class, and how deep each is inside itself.
    quotations: Vec<(String, usize)>,
    /// How deep short quotations are one in another: outer and inner marks differ.
    short: usize,
    /// How deep italics are one in another.
    italic: usize,
    line: usize,
}

impl Reader {
    /// Takes a tag; `rest` is what follows it.
    fn tag(&mut self, tag: &Tag<'_>, rest: &str) {
        if let Some(comment) = tag.comment() {
            self.builder.comment(comment);
            if !tag.text.ends_with("-->") {
                self.builder.remark(
                    self.line,
                    "the comment that begins here never ends, and nothing below it was read; close it with -->",
                );
            }
        }
        self.quotation_by_class(tag);
        match tag.name.as_str() {
            "blockquote" if tag.closes => self.builder.close_quotation(),
            "blockquote" => self.builder.open_quotation(),
            "q" if tag.closes => {
                self.short = self.short.saturating_sub(1);
                self.builder.push_char(if self.short.is_multiple_of(2) { '”' } else { '’' }, self.line);
            }
            "q" => {
                self.builder.push_char(if self.short.is_multiple_of(2) { '“' } else { '‘' }, self.line);
                self.short += 1;
            }
            "br" => self.builder.push_char('\n', self.line),
            "em" | "i" | "cite" => {
                let is_behind = self.builder.is_in_quotation() && self.builder.has_words();
                if tag.name == "cite" && !tag.closes && is_behind && ends_quotation(rest) {
                    self.builder.push_char('\n', self.line);
                }
                self.italic = if tag.closes { self.italic.saturating_sub(1) } else { self.italic + 1 };
                self.builder.set_italic(self.italic > 0);
            }
            "sup" if tag.closes => self.builder.close_raised(self.line),
            "sup" => self.builder.open_raised(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                if tag.closes {
                    let rank = tag.name.bytes().next_back().map_or(1, |digit| usize::from(digit - b'0'));
                    self.builder.set_heading(rank);
                }
                self.builder.end_paragraph();
            }
            "figcaption" => {
                if tag.closes {
                    self.builder.set_caption();
                }
                self.builder.end_paragraph();
            }
            name @ ("table" | "tr" | "td" | "th" | "dl" | "dt" | "dd") => {
                self.tables.take(name, tag);
                self.builder.set_cell(self.tables.cell());
            }
            name if BLOCKS.contains(&name) => self.builder.end_paragraph(),
            _ => {}
        }
    }

    /// Opens and closes block quotations that are so by the class of an element. Paragraphs need not be closed.
    fn quotation_by_class(&mut self, tag: &Tag<'_>) {
        let is_block = BLOCKS.contains(&tag.name.as_str());
        if let Some((name, depth)) = self.quotations.last_mut() {
            let ends_paragraph = name == "p" && is_block && !tag.closes;
            if *name == tag.name && !tag.is_empty {
                *depth = if tag.closes || ends_paragraph { *depth - 1 } else { *depth + 1 };
            } else if ends_paragraph {
                *depth = 0;
            }
            if *depth == 0 {
                self.quotations.pop();
                self.builder.close_quotation();
            }
        }
        let classes = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
        let is_quotation = classes.split_whitespace().any(|class| QUOTATION_CLASSES.contains(&class));
        if matches!(tag.name.as_str(), "p" | "div") && is_quotation && !tag.closes && !tag.is_empty {
            self.builder.open_quotation();
            self.quotations.push((tag.name.clone(), 1));
        }
    }
}

/// Bytes that are looked through for the end of a quotation.
const NEAR: usize = 400;

/// Whether nothing but the rest of this `cite` stands before the end of its block quotation.
fn ends_quotation(rest: &str) -> bool {
    let near = rest.get(..rest.floor_char_boundary(NEAR)).unwrap_or_default();
    let Some((_, mut after)) = near.split_once("</cite>") else { return false };
    loop {
        after = after.trim_start();
        match Tag::read(after) {
            Some(tag) if tag.closes && tag.name == "blockquote" => return true,
            Some(tag) => after = after.get(tag.text.len()..).unwrap_or_default(),
            None => return false,
        }
    }
}

/// A tag or a comment.
pub(super) struct Tag<'t> {
    /// Lower case; empty for comments and declarations.
    pub(super) name: String,
    pub(super) closes: bool,
    /// Whether it closes itself (`<br/>`).
    pub(super) is_empty: bool,
    /// From `<` to behind `>`.
    pub(super) text: &'t str,
}

impl<'t> Tag<'t> {
    /// The tag that a text begins with. A `<` that begins no name is text.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        if inside.starts_with("!--") {
            return Some(Self::nameless(text, text.find("-->").map_or(text.len(), |end| end + 3)));
        }
        if inside.starts_with(['!', '?']) {
            return Some(Self::nameless(text, text.find('>').map_or(text.len(), |end| end + 1)));
        }
        let (closes, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        if !inside.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next()?.to_ascii_lowercase();
        let end = end_of(text)?;
        let is_empty = text.get(..end).is_some_and(|tag| tag.ends_with('/'));
        Some(Tag { name, closes, is_empty, text: text.get(..=end)? })
    }

    fn nameless(text: &'t str, length: usize) -> Self {
        let text = text.get(..length).unwrap_or_default();
        Tag { name: String::new(), closes: false, is_empty: true, text }
    }

    /// What a comment says.
    fn comment(&self) -> Option<&'t str> {
        let inside = self.text.strip_prefix("<!--")?;
        Some(inside.strip_suffix("-->").unwrap_or(inside))
    }

    /// An attribute by its name in lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<&'t str> {
        let mut rest = self.text.trim_end_matches(['>', '/']);
        // Past the name of the element.
        rest = rest.get(rest.find(char::is_whitespace)?..)?.trim_start();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (found, behind) = rest.split_at_checked(end)?;
            let behind = behind.trim_start();
            let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
                rest = behind;
                continue;
            };
            let (value, behind) = match value.chars().next() {
                Some(mark @ ('"' | '\'')) => value.get(1..)?.split_once(mark)?,
                _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = behind.trim_start();
        }
        None
    }
}

/// Where the `>` of a tag stands, not one inside the quotation marks of an attribute.
fn end_of(text: &str) -> Option<usize> {
    let mut mark = None;
    for (at, byte) in text.bytes().enumerate() {
        match (mark, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => mark = Some(byte),
            (Some(open), byte) if open == byte => mark = None,
            _ => {}
        }
    }
    // An attribute that never ends: whatever the first `>` ends.
    text.find('>')
}
