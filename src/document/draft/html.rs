//! HTML: paragraphs by the elements that are blocks, `<q>` and `<blockquote>` as quotations, the rest of the markup dropped.
//!
//! Reads what browsers read: tags need not be closed, and nothing is an error.

use super::blocks::{Builder, Draft};
use super::entities::entity;

/// Elements whose text nobody reads, or that was taken out.
const LEFT_OUT: [&str; 8] = ["script", "style", "head", "template", "del", "s", "svg", "noscript"];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 32] = [
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "section",
    "article", "aside", "header", "footer", "main", "nav", "figure", "pre", "hr", "body", "html", "form",
    "address", "details", "summary", "tbody", "thead", "title",
];

pub(super) fn read(source: &str) -> Draft {
    let mut builder = Builder::new("line");
    let (mut at, mut line) = (0, 1);
    // The element under way that is left out, and how deep inside itself it is.
    let mut left_out: Option<(String, usize)> = None;
    // How deep short quotations are one in another: outer and inner marks differ.
    let mut short = 0_usize;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let length;
        if let Some(tag) = Tag::read(rest) {
            length = tag.length;
            match &mut left_out {
                Some((name, depth)) if *name == tag.name => {
                    *depth = if tag.closes { *depth - 1 } else { *depth + 1 };
                    if *depth == 0 {
                        left_out = None;
                    }
                }
                Some(_) => {}
                None if LEFT_OUT.contains(&tag.name.as_str()) && !tag.closes && !tag.is_empty => {
                    left_out = Some((tag.name, 1));
                }
                None => take(&mut builder, &tag, &mut short, line),
            }
        } else if let Some((character, named)) = entity(rest) {
            length = named;
            if left_out.is_none() {
                builder.push_char(character, line);
            }
        } else {
            let character = rest.chars().next().unwrap_or_default();
            length = character.len_utf8();
            if left_out.is_none() {
                builder.push_char(if character == '\n' { ' ' } else { character }, line);
            }
        }
        line += source.get(at..at + length).unwrap_or_default().matches('\n').count();
        at += length.max(1);
    }
    builder.finish()
}

fn take(builder: &mut Builder, tag: &Tag, short: &mut usize, line: usize) {
    match tag.name.as_str() {
        "blockquote" if tag.closes => builder.close_quotation(),
        "blockquote" => builder.open_quotation(),
        "q" if tag.closes => {
            *short = short.saturating_sub(1);
            builder.push_char(if (*short).is_multiple_of(2) { '”' } else { '’' }, line);
        }
        "q" => {
            builder.push_char(if (*short).is_multiple_of(2) { '“' } else { '‘' }, line);
            *short += 1;
        }
        "br" => builder.push_char('\n', line),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            if tag.closes {
                builder.set_heading(true);
            }
            builder.end_paragraph();
        }
        "figcaption" => {
            if tag.closes {
                builder.set_caption();
            }
            builder.end_paragraph();
        }
        name if BLOCKS.contains(&name) => builder.end_paragraph(),
        _ => {}
    }
}

/// A tag or a comment.
struct Tag {
    /// Lower case; empty for comments and declarations.
    name: String,
    closes: bool,
    /// Whether it closes itself (`<br/>`).
    is_empty: bool,
    /// Bytes from `<` to behind `>`.
    length: usize,
}

impl Tag {
    /// The tag that a text begins with. A `<` that begins no name is text.
    fn read(text: &str) -> Option<Tag> {
        let inside = text.strip_prefix('<')?;
        if inside.starts_with("!--") {
            let length = text.find("-->").map_or(text.len(), |end| end + 3);
            return Some(Tag { name: String::new(), closes: false, is_empty: true, length });
        }
        if inside.starts_with(['!', '?']) {
            let length = text.find('>').map_or(text.len(), |end| end + 1);
            return Some(Tag { name: String::new(), closes: false, is_empty: true, length });
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
        Some(Tag { name, closes, is_empty, length: end + 1 })
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
