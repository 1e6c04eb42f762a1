//! The body of a Word file: paragraphs, runs, tables, tracked changes.

use std::collections::HashMap;

use super::properties::{ParagraphProperties, RunProperties, each_child, read_paragraph, read_run};
use super::styles::Styles;
use crate::document::paragraph::{Paragraph, RunLook};
use crate::document::tables::Tables;
use crate::document::text::MOST_LINES;
use crate::document::xml::{Space, Tag, Token, Xml};
use crate::document::{DocumentError, Line, Mark};
use crate::text::counted;

/// Reads the lines of a body, and what there is to say about it.
///
/// # Errors
/// When the XML is damaged or beyond the limits.
pub(super) fn read(part: &str, source: &str, styles: &Styles) -> Result<Read, DocumentError> {
    let mut body = Body::new(styles);
    let mut xml = Xml::new(part, source);
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(tag) => body.open(&mut xml, &tag)?,
            Token::Close(space, end) => body.close(space, end.local_name().into_inner()),
            Token::Text(text) => body.text(&text),
        }
        if body.lines.len() + body.open.last().map_or(0, |open| open.paragraph.len()) > MOST_LINES {
            return Err(DocumentError::TooManyLines(MOST_LINES));
        }
    }
    body.flush();
    let marks = body.seen.marks();
    Ok(Read { lines: body.lines, notes: body.seen.notes, marks })
}

/// A body, read.
pub(super) struct Read {
    pub(super) lines: Vec<Line>,
    /// The notes that it refers to, in order.
    pub(super) notes: Vec<Reference>,
    pub(super) marks: Vec<Mark>,
}

/// A place of a body from which a note hangs, with the note's identifier.
pub(super) enum Reference {
    Footnote(String),
    Endnote(String),
}

/// Reads a part of notes, `footnote` or `endnote` by `kind`: the lines of each by its identifier. Lines between text and notes
/// are no notes.
///
/// # Errors
/// When the XML is damaged or beyond the limits.
pub(super) fn read_notes(
    part: &str,
    source: &str,
    kind: &str,
    styles: &Styles,
) -> Result<HashMap<String, Vec<Line>>, DocumentError> {
    let mut notes = HashMap::new();
    let mut under_way: Option<(String, Body<'_>)> = None;
    let mut lines = 0;
    let mut xml = Xml::new(part, source);
    while let Some(token) = xml.next()? {
        match (token, &mut under_way) {
            (Token::Open(tag), None) if tag.space == Space::Word && tag.name() == kind => {
                match tag
                    .attribute("id")
                    .filter(|_| tag.attribute("type").is_none_or(|kind| kind == "normal"))
                {
                    Some(id) => under_way = Some((id, Body::new(styles))),
                    None => xml.skip()?,
                }
            }
            (Token::Close(Space::Word, end), Some(_)) if end.local_name().into_inner() == kind => {
                if let Some((id, mut body)) = under_way.take() {
                    body.flush();
                    lines += body.lines.len();
                    notes.insert(id, body.lines);
                }
            }
            (Token::Open(tag), Some((_, body))) => body.open(&mut xml, &tag)?,
            (Token::Close(space, end), Some((_, body))) => {
                body.close(space, end.local_name().into_inner());
            }
            (Token::Text(text), Some((_, body))) => body.text(&text),
            (_, None) => {}
        }
        if lines > MOST_LINES {
            return Err(DocumentError::TooManyLines(MOST_LINES));
        }
    }
    Ok(notes)
}

/// A paragraph whose end has not come, with the run under way. A text box inside a run opens one within another.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    properties: ParagraphProperties,
    number: usize,
    run: RunProperties,
    /// Lines of text boxes in it: they come after it.
    boxes: Vec<Line>,
}

impl Open {
    /// Bold and italics as Word's toggles have it: what the run says, else either style but not both (ECMA-376 17.7.3).
    fn look(&self) -> RunLook {
        let (paragraph, run) = (self.properties.style, &self.run);
        RunLook {
            bold: run.bold.unwrap_or(paragraph.bold != run.style.bold),
            italic: run.italic.unwrap_or(paragraph.italic != run.style.italic),
            raised: run.raised,
        }
    }
}

/// Things left out or odd.
#[derive(Default)]
struct Seen {
    changes: usize,
    comments: usize,
    notes: Vec<Reference>,
    hidden: usize,
    symbols: usize,
}

struct Body<'s> {
    styles: &'s Styles,
    lines: Vec<Line>,
    paragraphs: usize,
    open: Vec<Open>,
    /// The start of a paragraph whose mark is deleted: the next one goes on.
    unfinished: Option<Paragraph>,
    tables: Tables,
    /// Inside `w:t`: whether its blanks at the ends count.
    text: Option<bool>,
    /// Text of the `w:t` under way.
    pieces: String,
    seen: Seen,
}

impl<'s> Body<'s> {
    fn new(styles: &'s Styles) -> Self {
        Self {
            styles,
            lines: Vec::new(),
            paragraphs: 0,
            open: Vec::new(),
            unfinished: None,
            tables: Tables::default(),
            text: None,
            pieces: String::new(),
            seen: Seen::default(),
        }
    }

    fn open(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), DocumentError> {
        match (tag.space, tag.name()) {
            (Space::Word, "p") => self.open_paragraph(),
            (Space::Word, "pPr") => {
                let properties = read_paragraph(xml, self.styles)?;
                if let Some(open) = self.open.last_mut() {
                    open.properties = properties;
                }
            }
            (Space::Word, "r") => self.set_run(RunProperties::default()),
            (Space::Word, "rPr") => {
                let run = read_run(xml, self.styles)?;
                self.set_run(run);
            }
            (Space::Word | Space::Math, "t") => {
                self.text =
                    Some(tag.space == Space::Math || tag.attribute("space").as_deref() == Some("preserve"));
            }
            (Space::Word, "tbl" | "tr" | "tc" | "trPr" | "tcPr") => self.open_table(xml, tag)?,
            (Space::Compatibility, "Fallback") => xml.skip()?,
            (Space::Word, name) if is_left_out(name) => {
                self.seen.changes += usize::from(matches!(name, "del" | "moveFrom"));
                xml.skip()?;
            }
            (Space::Word, name) => self.mark_or_character(name, tag),
            _ => {}
        }
        Ok(())
    }

    /// Elements that stand for one character, and those that are only counted.
    fn mark_or_character(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "br" | "cr" => {
                if let Some(open) = self.open.last_mut() {
                    open.paragraph.break_line();
                }
            }
            "tab" | "ptab" => self.push("\t"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{AD}"),
            "sym" => {
                let symbol = symbol(tag);
                self.seen.symbols += usize::from(symbol == char::REPLACEMENT_CHARACTER);
                self.push(symbol.encode_utf8(&mut [0; 4]));
            }
            "ins" | "moveTo" => self.seen.changes += 1,
            "commentReference" => self.seen.comments += 1,
            "footnoteReference" => {
                self.seen.notes.push(Reference::Footnote(tag.attribute("id").unwrap_or_default()));
            }
            "endnoteReference" => {
                self.seen.notes.push(Reference::Endnote(tag.attribute("id").unwrap_or_default()));
            }
            _ => {}
        }
    }

    fn open_paragraph(&mut self) {
        self.paragraphs += 1;
        self.open.push(Open {
            paragraph: self.unfinished.take().unwrap_or_default(),
            number: self.paragraphs,
            properties: ParagraphProperties {
                style: self.styles.default_paragraph().run,
                ..ParagraphProperties::default()
            },
            ..Open::default()
        });
    }

    fn open_table(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), DocumentError> {
        match tag.name() {
            "tbl" => {
                self.flush();
                self.tables.open_table();
            }
            "tr" => self.tables.open_row(),
            "tc" => self.tables.open_cell(),
            "trPr" => each_child(xml, |xml, tag| {
                match tag.name() {
                    "gridBefore" => self.tables.skip_columns(number(tag)),
                    "del" => self.tables.drop_row(),
                    _ => {}
                }
                xml.skip()
            })?,
            _ => each_child(xml, |xml, tag| {
                if tag.name() == "gridSpan" {
                    self.tables.set_span(number(tag));
                }
                xml.skip()
            })?,
        }
        Ok(())
    }

    fn close(&mut self, space: Space, name: &str) {
        match (space, name) {
            (Space::Word, "p") => self.close_paragraph(),
            (Space::Word | Space::Math, "t") => self.close_text(),
            (Space::Word, "tc") => {
                self.flush();
                self.tables.close_cell();
            }
            (Space::Word, "tbl") => self.tables.close_table(),
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let mut lines = Vec::new();
        if open.properties.mark_deleted {
            self.unfinished = Some(open.paragraph).filter(|paragraph| !paragraph.is_empty());
        } else if !self.tables.is_dropped() {
            let ParagraphProperties { quotation, indented, .. } = open.properties;
            let finished = open.paragraph.finish(open.number, open.properties.heading, self.tables.cell());
            lines.extend(finished.map(|line| Line { quotation, indented, ..line }));
        }
        lines.extend(open.boxes);
        match self.open.last_mut() {
            Some(outer) => outer.boxes.extend(lines),
            None => self.lines.extend(lines),
        }
    }

    /// Ends a paragraph that has no next one to run on into.
    fn flush(&mut self) {
        if let Some(paragraph) = self.unfinished.take() {
            self.lines.extend(paragraph.finish(self.paragraphs, None, self.tables.cell()));
        }
    }

    fn text(&mut self, text: &str) {
        if self.text.is_some() {
            self.pieces.push_str(text);
        }
    }

    /// Without `xml:space="preserve"` Word drops blanks at both ends.
    fn close_text(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        match self.text.take() {
            Some(true) => self.push(&pieces),
            Some(false) => self.push(pieces.trim_matches([' ', '\t', '\n', '\r'])),
            None => {}
        }
    }

    fn push(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        if open.run.hidden {
            self.seen.hidden += 1;
            return;
        }
        let look = open.look();
        open.paragraph.push(text, look);
    }

    fn set_run(&mut self, run: RunProperties) {
        if let Some(open) = self.open.last_mut() {
            open.run = run;
        }
    }
}

/// Deleted text, field codes, phonetic guides, and properties whose own runs are not text.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "instrText"
            | "delInstrText"
            | "rt"
            | "sdtPr"
            | "sdtEndPr"
            | "tblPr"
            | "sectPr"
            | "tblGrid"
            | "tblPrEx"
    )
}

fn number(tag: &Tag<'_>) -> usize {
    tag.val().and_then(|value| value.parse().ok()).unwrap_or(1)
}

/// A character of a symbol font. Word puts them at U+F000 and up; the few that transcripts have are translated.
fn symbol(tag: &Tag<'_>) -> char {
    let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or_default();
    let wingdings = tag.attribute("font").is_some_and(|font| font.eq_ignore_ascii_case("Wingdings"));
    match (code, wingdings) {
        (0xF04A | 0x4A, true) => '☺',
        (0xF04C | 0x4C, true) => '☹',
        (0xF0E0 | 0xE0, true) => '→',
        (0xF0FC | 0xFC, true) => '✓',
        (0xF0B7, false) => '•',
        (0xF0AE, false) => '→',
        (0 | 0xE000..=0xF8FF, _) => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

impl Seen {
    fn marks(&self) -> Vec<Mark> {
        let said = [
            (
                self.changes,
                "tracked change: insertions taken, deletions left out",
                "tracked changes: insertions taken, deletions left out",
            ),
            (self.comments, "comment left out", "comments left out"),
            (self.hidden, "piece of hidden text left out", "pieces of hidden text left out"),
            (
                self.symbols,
                "symbol of a special font shown as \u{FFFD}",
                "symbols of a special font shown as \u{FFFD}",
            ),
        ];
        said.into_iter()
            .filter(|(number, ..)| *number > 0)
            .map(|(number, one, many)| Mark { line: None, what: counted(number, one, many) })
            .collect()
    }
}
