//! The body of an OpenDocument text: paragraphs, spans, tables.

use super::styles::Styles;
use crate::document::paragraph::{Paragraph, RunLook};
use crate::document::tables::Tables;
use crate::document::text::MOST_LINES;
use crate::document::xml::{Space, Tag, Token, Xml};
use crate::document::{DocumentError, Line, Mark, Note};
use crate::text::counted;

/// Blanks that one `text:s` may stand for.
const MOST_BLANKS: usize = 1_000;

/// Reads the lines of the text, and what there is to say about it.
///
/// # Errors
/// When the XML is damaged or beyond the limits.
pub(super) fn read(part: &str, source: &str, styles: &Styles) -> Result<Read, DocumentError> {
    let mut content = Content {
        styles,
        lines: Vec::new(),
        paragraphs: 0,
        open: Vec::new(),
        tables: Tables::default(),
        changes: 0,
        comments: 0,
        note: None,
        footnotes: 0,
        notes: Vec::new(),
    };
    let mut xml = Xml::new(part, source);
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(tag) => content.open(&mut xml, &tag)?,
            Token::Close(space, end) => content.close(space, end.local_name().into_inner()),
            Token::Text(text) => content.text(&text),
        }
        if content.lines.len() + content.open.last().map_or(0, |open| open.paragraph.len()) > MOST_LINES {
            return Err(DocumentError::TooManyLines(MOST_LINES));
        }
    }
    let marks = content.marks();
    Ok(Read { lines: content.lines, notes: content.notes, marks })
}

/// A text, read.
pub(super) struct Read {
    pub(super) lines: Vec<Line>,
    pub(super) notes: Vec<Note>,
    pub(super) marks: Vec<Mark>,
}

/// A paragraph whose end has not come. A text box opens one within another.
struct Open {
    paragraph: Paragraph,
    number: usize,
    heading: Option<u8>,
    quotation: bool,
    indented: bool,
    /// How the paragraph looks, then each span under way.
    looks: Vec<RunLook>,
    /// Whether a blank now would be the second in a row, or the first of the paragraph: such blanks are markup.
    after_blank: bool,
    /// Lines of text boxes in it: they come after it.
    boxes: Vec<Line>,
}

impl Open {
    /// How what comes next looks.
    fn look(&self) -> RunLook {
        self.looks.last().copied().unwrap_or_default()
    }
}

struct Content<'s> {
    styles: &'s Styles,
    lines: Vec<Line>,
    paragraphs: usize,
    open: Vec<Open>,
    tables: Tables,
    changes: usize,
    comments: usize,
    /// The note under way, and how many paragraphs are open around it.
    note: Option<(Note, usize)>,
    footnotes: usize,
    notes: Vec<Note>,
}

impl Content<'_> {
    fn open(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), DocumentError> {
        match (tag.space, tag.name()) {
            (Space::Text, "p" | "h") => self.open_paragraph(tag),
            (Space::Text, "note") if self.note.is_none() => self.open_note(tag),
            (Space::Text, "span") => {
                let style = tag.attribute("style-name").unwrap_or_default();
                if let Some(open) = self.open.last_mut() {
                    let look = self.styles.run("text", &style, open.look());
                    open.looks.push(look);
                }
            }
            (Space::Text, "line-break") => {
                if let Some(open) = self.open.last_mut() {
                    open.paragraph.break_line();
                    open.after_blank = false;
                }
            }
            (Space::Text, "tab") => self.push("\t"),
            (Space::Text, "s") => {
                let blanks = tag.attribute("c").and_then(|number| number.parse().ok()).unwrap_or(1);
                self.push(&" ".repeat(blanks.min(MOST_BLANKS)));
            }
            (Space::Table, "table" | "table-row" | "table-cell" | "covered-table-cell") => {
                self.open_table(xml, tag)?;
            }
            _ if self.is_left_out(tag) => xml.skip()?,
            _ => {}
        }
        Ok(())
    }

    fn open_note(&mut self, tag: &Tag<'_>) {
        let is_endnote = tag.attribute("note-class").as_deref() == Some("endnote");
        self.footnotes += usize::from(!is_endnote);
        let endnotes = self.notes.len() + 1 - self.footnotes;
        let name = match is_endnote {
            true => format!("endnote {endnotes}"),
            false => format!("footnote {}", self.footnotes),
        };
        self.note = Some((Note { name, lines: Vec::new() }, self.open.len()));
    }

    /// Deleted text, the numbers of notes, comments, phonetic guides; inside paragraphs also whatever is neither text nor a text box
    /// (descriptions of pictures, formulas, the pictures themselves).
    fn is_left_out(&mut self, tag: &Tag<'_>) -> bool {
        match (tag.space, tag.name()) {
            (Space::Text, "tracked-changes") => {
                self.changes += 1;
                true
            }
            (Space::Text, "note-citation" | "note") => true,
            (Space::Office, "annotation") => {
                self.comments += 1;
                true
            }
            (Space::Text, "ruby-text" | "hidden-text" | "hidden-paragraph")
            | (Space::Office, "binary-data" | "automatic-styles" | "font-face-decls" | "scripts" | "forms") => {
                true
            }
            (Space::Other | Space::Math, _) => !self.open.is_empty(),
            _ => false,
        }
    }

    fn open_paragraph(&mut self, tag: &Tag<'_>) {
        // Paragraphs of notes are none of the text.
        self.paragraphs += usize::from(self.note.is_none());
        let style = tag.attribute("style-name");
        let style = style.as_deref().unwrap_or_default();
        self.open.push(Open {
            paragraph: Paragraph::default(),
            number: self.paragraphs,
            heading: self.heading(tag, style),
            quotation: self.styles.is_quotation(style),
            indented: self.styles.is_indented(style),
            looks: vec![self.styles.run("paragraph", style, RunLook::default())],
            after_blank: true,
            boxes: Vec::new(),
        });
    }

    /// The rank of a heading, from 1: what the paragraph says itself before its style.
    fn heading(&self, tag: &Tag<'_>, style: &str) -> Option<u8> {
        let level = tag.attribute("outline-level").and_then(|level| level.parse().ok());
        let by_style = || self.styles.heading(style);
        if tag.name() == "h" { level.or_else(by_style).or(Some(1)) } else { by_style() }
    }

    fn open_table(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), DocumentError> {
        let number = |name| tag.attribute(name).and_then(|number| number.parse().ok()).unwrap_or(1);
        match tag.name() {
            "table" => self.tables.open_table(),
            "table-row" => self.tables.open_row(),
            "table-cell" => {
                self.tables.open_cell();
                // What a spanning cell covers follows as covered cells, so the span itself is not counted.
                self.tables.set_span(number("number-columns-repeated"));
            }
            _ => {
                self.tables.skip_columns(number("number-columns-repeated"));
                xml.skip()?;
            }
        }
        Ok(())
    }

    fn close(&mut self, space: Space, name: &str) {
        match (space, name) {
            (Space::Text, "p" | "h") => self.close_paragraph(),
            (Space::Text, "note") => self.notes.extend(self.note.take().map(|(note, _)| note)),
            (Space::Text, "span") => {
                if let Some(open) = self.open.last_mut()
                    && open.looks.len() > 1
                {
                    open.looks.pop();
                }
            }
            (Space::Table, "table-cell") => self.tables.close_cell(),
            (Space::Table, "table") => self.tables.close_table(),
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let mut lines: Vec<Line> =
            open.paragraph.finish(open.number, open.heading, self.tables.cell()).collect();
        for line in &mut lines {
            (line.quotation, line.indented) = (open.quotation, open.indented);
        }
        lines.extend(open.boxes);
        let still_open = self.open.len();
        match (&mut self.note, self.open.last_mut()) {
            (Some((note, around)), _) if still_open == *around => note.lines.extend(lines),
            (_, Some(outer)) => outer.boxes.extend(lines),
            (_, None) => self.lines.extend(lines),
        }
    }

    /// Text of the markup, where blanks and line ends in a row are one blank (OpenDocument 1.3 part 3, 6.1.2).
    fn text(&mut self, text: &str) {
        // Between the elements of a note stands nothing but markup.
        if self.note.as_ref().is_some_and(|(_, around)| self.open.len() == *around) {
            return;
        }
        let Some(open) = self.open.last_mut() else { return };
        let look = open.look();
        for character in text.chars() {
            let blank = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !blank || !open.after_blank {
                open.paragraph.push_char(if blank { ' ' } else { character }, look);
            }
            open.after_blank = blank;
        }
    }

    /// Blanks that stand for themselves.
    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            let look = open.look();
            open.paragraph.push(text, look);
            open.after_blank = false;
        }
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.changes > 0 {
            let what = "tracked changes: insertions taken, deletions left out".to_owned();
            marks.push(Mark { line: None, what });
        }
        if self.comments > 0 {
            let what = counted(self.comments, "comment left out", "comments left out");
            marks.push(Mark { line: None, what });
        }
        marks
    }
}
