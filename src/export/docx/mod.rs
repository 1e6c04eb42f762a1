//! Word files (.docx): headings, paragraphs, quotes, tables and comments, in real styles that a template can restyle.
//!
//! Knows nothing of studies. The names are those of ECMA-376 part 1. The same content gives the same bytes: no clock, no
//! chance is in it. No macros, no links to elsewhere.

mod columns;
mod comments;
mod markup;
mod package;
mod page;
mod table;

pub use comments::Comment;
pub(in crate::export) use markup::{Markup, legal};
use page::Page;
pub use table::{Table, TableCell, TableRow};

/// The style of a paragraph, by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text.
    Normal,
    /// The document's title.
    Title,
    /// A heading, 1 to 3.
    Heading(u8),
    /// A quotation by itself.
    Quote,
    /// What stands above a table.
    Caption,
    /// What stands below one.
    Note,
    /// A turn of a transcript, hanging by its label.
    Turn,
    /// Text in a cell of a table.
    Cell,
    /// The same in a row that heads others.
    CellHead,
    /// Text in a cell of a table that is too wide for a page otherwise.
    SmallCell,
    /// The same in a row that heads others.
    SmallCellHead,
}

impl Style {
    fn id(self) -> &'static str {
        match self {
            Style::Normal => "Normal",
            Style::Title => "Title",
            Style::Heading(0 | 1) => "Heading1",
            Style::Heading(2) => "Heading2",
            Style::Heading(_) => "Heading3",
            Style::Quote => "Quote",
            Style::Caption => "Caption",
            Style::Note => "TableNote",
            Style::Turn => "Turn",
            Style::Cell => "TableText",
            Style::CellHead => "TableHead",
            Style::SmallCell => "SmallTableText",
            Style::SmallCellHead => "SmallTableHead",
        }
    }
}

/// How a run of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As its paragraph.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Grey and small: turn numbers, references.
    Aside,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text in one look. Line breaks and tabs in it are kept.
    Text(String, Look),
    /// From here the comment of this number holds.
    CommentStart(usize),
    /// To here.
    CommentEnd(usize),
}

impl Inline {
    /// Text as its paragraph has it.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Look::Plain)
    }

    /// Bold text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Look::Strong)
    }

    /// Small grey text.
    pub fn aside(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Look::Aside)
    }
}

/// A Word file being written, from its beginning to its end.
#[derive(Debug)]
pub struct Docx {
    title: String,
    page: Page,
    body: Markup,
    comments: Vec<Comment>,
}

impl Docx {
    /// An empty one. The title is the file's property, not yet a line in it.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), page: Page::default(), body: Markup::default(), comments: Vec::new() }
    }

    /// Lays the pages on their long side, for wide tables.
    #[must_use]
    pub fn landscape(mut self) -> Self {
        self.page = Page::LANDSCAPE;
        self
    }

    /// A paragraph of one text.
    pub fn text(&mut self, style: Style, text: &str) {
        self.paragraph(style, &[Inline::plain(text)]);
    }

    /// A paragraph.
    pub fn paragraph(&mut self, style: Style, pieces: &[Inline]) {
        write_paragraph(&mut self.body, style, false, pieces);
    }

    /// A table, and a small paragraph below it, so that two tables do not become one. If its words need more room than there is,
    /// the pages are laid on their long side, then their margins are narrowed, then its type is made smaller.
    pub fn table(&mut self, table: &Table) {
        let (page, type_size) = self.page.that_holds(|type_size| table.least_width(type_size));
        self.page = page;
        table.write(&mut self.body, page.text_width(), type_size);
    }

    /// Adds a comment and gives its number, for [`Inline::CommentStart`] and [`Inline::CommentEnd`].
    pub fn comment(&mut self, comment: Comment) -> usize {
        self.comments.push(comment);
        self.comments.len() - 1
    }

    /// The bytes of the file.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        package::write(self)
    }
}

/// A paragraph wherever one may stand.
fn write_paragraph(xml: &mut Markup, style: Style, right: bool, pieces: &[Inline]) {
    xml.open("w:p", &[]);
    if style != Style::Normal || right {
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", style.id())]);
        if right {
            xml.empty("w:jc", &[("w:val", "right")]);
        }
        xml.close("w:pPr");
    }
    for piece in pieces {
        match piece {
            Inline::Text(text, look) => write_run(xml, text, *look),
            Inline::CommentStart(id) => xml.empty("w:commentRangeStart", &[("w:id", &id.to_string())]),
            Inline::CommentEnd(id) => {
                let id = id.to_string();
                xml.empty("w:commentRangeEnd", &[("w:id", &id)]);
                xml.open("w:r", &[]);
                xml.raw("<w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr>");
                xml.empty("w:commentReference", &[("w:id", &id)]);
                xml.close("w:r");
            }
        }
    }
    xml.close("w:p");
}

fn write_run(xml: &mut Markup, text: &str, look: Look) {
    if text.is_empty() {
        return;
    }
    xml.open("w:r", &[]);
    match look {
        Look::Plain => {}
        Look::Strong => xml.raw("<w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr>"),
        Look::Emphasis => xml.raw("<w:rPr><w:rStyle w:val=\"Emphasis\"/></w:rPr>"),
        Look::Aside => xml.raw("<w:rPr><w:rStyle w:val=\"Aside\"/></w:rPr>"),
    }
    let text = legal(text);
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            xml.empty("w:br", &[]);
        }
        for (nth, piece) in line.split('\t').enumerate() {
            if nth > 0 {
                xml.empty("w:tab", &[]);
            }
            if !piece.is_empty() {
                xml.open("w:t", &[("xml:space", "preserve")]);
                xml.text(piece);
                xml.close("w:t");
            }
        }
    }
    xml.close("w:r");
}
