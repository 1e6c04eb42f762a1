//! The body of an OpenDocument text: paragraphs, spans, tables.

use super::styles::Styles;
use crate::document::paragraph::Paragraph;
use crate::document::tables::Tables;
use crate::document::text::MOST_LINES;
use crate::document::xml::{Space, Tag, Token, Xml};
use crate::document::{DocumentError, Line, Mark};
use crate::text::counted;

/// Blanks that one `text:s` may stand for.
const MOST_BLANKS: usize = 1_000;

/// Reads the lines of the text, and what there is to say about it.
///
/// # Errors
/// When the XML is damaged or beyond the limits.
pub(super) fn read(
    part: &str,
    source: &str,
    styles: &Styles,
) -> Result<(Vec<Line>, Vec<Mark>), DocumentError> {
    let mut content = Content {
        styles,
        lines: Vec::new(),
        paragraphs: 0,
        open: Vec::new(),
        tables: Tables::default(),
        changes: 0,
        comments: 0,
        notes: 0,
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
    Ok((content.lines, marks))
}

/// A paragraph whose end has not come. A text box opens one within another.
struct Open {
    paragraph: Paragraph,
    number: usize,
    heading: bool,
    quotation: bool,
    /// Bold of the paragraph, then of each span under way.
    bold: Vec<bool>,
    /// Whether a blank now would be the second in a row, or the first of the paragraph: such blanks are markup.
    after_blank: bool,
    /// Lines of text boxes in it: they come after it.
    boxes: Vec<Line>,
}

struct Content<'s> {
    styles: &'s Styles,
    lines: Vec<Line>,
    paragraphs: usize,
    open: Vec<Open>,
    tables: Tables,
    changes: usize,
    comments: usize,
    notes: usize,
}

impl Content<'_> {
    fn open(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), DocumentError> {
        match (tag.space, tag.name()) {
            (Space::Text, "p" | "h") => self.open_paragraph(tag),
            (Space::Text, "span") => {
                let bold = tag.attribute("style-name").and_then(|name| self.styles.bold("text", &name));
                if let Some(open) = self.open.last_mut() {
                    let around = open.bold.last().copied().unwrap_or_default();
                    open.bold.push(bold.unwrap_or(around));
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

    /// Deleted text, notes, comments, phonetic guides; inside paragraphs also whatever is neither text nor a text box
    /// (descriptions of pictures, formulas, the pictures themselves).
    fn is_left_out(&mut self, tag: &Tag<'_>) -> bool {
        match (tag.space, tag.name()) {
            (Space::Text, "tracked-changes") => {
                self.changes += 1;
                true
            }
            (Space::Text, "note") => {
                self.notes += 1;
                true
            }
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
        self.paragraphs += 1;
        let style = tag.attribute("style-name");
        let style = style.as_deref().unwrap_or_default();
        self.open.push(Open {
            paragraph: Paragraph::default(),
            number: self.paragraphs,
            heading: tag.name() == "h" || self.styles.is_heading(style),
            quotation: self.styles.is_quotation(style),
            bold: vec![self.styles.bold("paragraph", style).unwrap_or_default()],
            after_blank: true,
            boxes: Vec::new(),
        });
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
            (Space::Text, "span") => {
                if let Some(open) = self.open.last_mut()
                    && open.bold.len() > 1
                {
                    open.bold.pop();
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
        lines.iter_mut().for_each(|line| line.quotation = open.quotation);
        lines.extend(open.boxes);
        match self.open.last_mut() {
            Some(outer) => outer.boxes.extend(lines),
            None => self.lines.extend(lines),
        }
    }

    /// Text of the markup, where blanks and line ends in a row are one blank (OpenDocument 1.3 part 3, 6.1.2).
    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let bold = open.bold.last().copied().unwrap_or_default();
        for character in text.chars() {
            let blank = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !blank || !open.after_blank {
                open.paragraph.push_char(if blank { ' ' } else { character }, bold);
            }
            open.after_blank = blank;
        }
    }

    /// Blanks that stand for themselves.
    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            let bold = open.bold.last().copied().unwrap_or_default();
            open.paragraph.push(text, bold);
            open.after_blank = false;
        }
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.changes > 0 {
            let what = "tracked changes: insertions taken, deletions left out".to_owned();
            marks.push(Mark { line: None, what });
        }
        let said = [
            (self.comments, "comment left out", "comments left out"),
            (self.notes, "footnote or endnote left out", "footnotes and endnotes left out"),
        ];
        marks.extend(
            said.into_iter()
                .filter(|(number, ..)| *number > 0)
                .map(|(number, one, many)| Mark { line: None, what: counted(number, one, many) }),
        );
        marks
    }
}
