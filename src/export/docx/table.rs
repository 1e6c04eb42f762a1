//! Tables of a Word file: a head that comes again on each page, rows that stay whole unless they are long.

use super::markup::Markup;
use super::page::Type;
use super::{Inline, Style, write_paragraph};

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// How wide each column is against the others, where their words leave a choice. As many as there are columns.
    pub weights: Vec<u32>,
    /// The head.
    pub head: Vec<TableCell>,
    /// The rows below.
    pub rows: Vec<TableRow>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct TableRow {
    /// Its cells. Fewer than columns leaves the rest blank.
    pub cells: Vec<TableCell>,
    /// Its first cell stands across all columns and heads the rows below.
    pub heading: bool,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct TableCell {
    /// Its paragraphs.
    pub paragraphs: Vec<Vec<Inline>>,
    /// Figures stand to the right.
    pub right: bool,
}

impl TableCell {
    /// One paragraph of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { paragraphs: vec![vec![Inline::plain(text)]], right: false }
    }
}

impl Table {
    /// Writes it `width` wide, in twentieths of a point.
    pub(super) fn write(&self, xml: &mut Markup, width: u32, type_size: Type) {
        let widths: Vec<String> = self.widths(width, type_size).iter().map(u32::to_string).collect();
        let (cell, head) = match type_size {
            Type::Usual => (Style::Cell, Style::CellHead),
            Type::Small => (Style::SmallCell, Style::SmallCellHead),
        };
        let look = Grid { widths: &widths, full: width.to_string(), cell, head };
        xml.open("w:tbl", &[]);
        xml.raw("<w:tblPr><w:tblStyle w:val=\"TableGrid\"/>");
        xml.empty("w:tblW", &[("w:w", &look.full), ("w:type", "dxa")]);
        xml.raw("<w:tblLayout w:type=\"fixed\"/>");
        xml.raw("<w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" ");
        xml.raw("w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/></w:tblPr>");
        xml.open("w:tblGrid", &[]);
        for width in &widths {
            xml.empty("w:gridCol", &[("w:w", width)]);
        }
        xml.close("w:tblGrid");
        if !self.head.is_empty() {
            look.row(xml, &self.head, true, false);
        }
        for row in &self.rows {
            look.row(xml, &row.cells, false, row.heading);
        }
        xml.close("w:tbl");
        write_paragraph(xml, Style::Note, false, &[]);
    }
}

/// The columns of one table.
struct Grid<'w> {
    widths: &'w [String],
    full: String,
    /// The style of its text.
    cell: Style,
    /// The style of its heads.
    head: Style,
}

/// Characters of a cell from which on its row may go over the end of a page: kept whole, it would leave half a page blank.
const LONG: usize = 400;

fn is_long(cell: &TableCell) -> bool {
    let texts = cell.paragraphs.iter().flatten().map(|piece| match piece {
        Inline::Text(text, _) => text.chars().count(),
        Inline::CommentStart(_) | Inline::CommentEnd(_) => 0,
    });
    texts.sum::<usize>() >= LONG
}

impl Grid<'_> {
    fn row(&self, xml: &mut Markup, cells: &[TableCell], head: bool, across: bool) {
        xml.open("w:tr", &[]);
        let whole = !cells.iter().any(is_long);
        // Properties with nothing in them are none.
        if whole || head {
            xml.open("w:trPr", &[]);
            if whole {
                xml.empty("w:cantSplit", &[]);
            }
            if head {
                xml.empty("w:tblHeader", &[]);
            }
            xml.close("w:trPr");
        }
        let blank = TableCell::default();
        if across {
            let span = self.widths.len().to_string();
            self.cell(xml, cells.first().unwrap_or(&blank), &self.full, Some(&span), self.head);
        } else {
            let style = if head { self.head } else { self.cell };
            for (nth, width) in self.widths.iter().enumerate() {
                self.cell(xml, cells.get(nth).unwrap_or(&blank), width, None, style);
            }
        }
        xml.close("w:tr");
    }

    fn cell(&self, xml: &mut Markup, cell: &TableCell, width: &str, span: Option<&str>, style: Style) {
        xml.open("w:tc", &[]);
        xml.open("w:tcPr", &[]);
        xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
        if let Some(span) = span {
            xml.empty("w:gridSpan", &[("w:val", span)]);
        }
        xml.close("w:tcPr");
        for pieces in &cell.paragraphs {
            write_paragraph(xml, style, cell.right, pieces);
        }
        // A cell without a paragraph is damage to Word.
        if cell.paragraphs.is_empty() {
            write_paragraph(xml, style, false, &[]);
        }
        xml.close("w:tc");
    }
}
