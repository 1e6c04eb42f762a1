//! A review sheet as a Word table.

use super::{COLUMNS, HOW_TO, ReviewLine, ReviewSheet, shown};
use crate::export::docx::{Docx, Inline, Style, Table, TableCell, TableRow};

/// How wide the columns of [`COLUMNS`] are against each other.
const WEIGHTS: [u32; 10] = [9, 6, 12, 11, 20, 6, 38, 10, 18, 12];

pub(super) fn write(sheet: &ReviewSheet) -> Vec<u8> {
    let mut docx = Docx::new(&sheet.title).landscape();
    docx.text(Style::Title, &sheet.title);
    for line in HOW_TO {
        docx.text(Style::Normal, line);
    }
    if !sheet.components.is_empty() {
        docx.text(Style::Normal, &format!("Components: {}.", sheet.components.join("; ")));
    }
    docx.table(&Table {
        weights: WEIGHTS.to_vec(),
        head: COLUMNS.map(TableCell::text).to_vec(),
        rows: sheet.rows.iter().map(|line| TableRow { cells: cells(line), heading: false }).collect(),
    });
    docx.finish()
}

fn cells(line: &ReviewLine) -> Vec<TableCell> {
    let paragraphs = |texts: Vec<String>| TableCell {
        paragraphs: texts.into_iter().map(|text| vec![Inline::plain(text)]).collect(),
        right: false,
    };
    vec![
        TableCell { paragraphs: vec![vec![Inline::aside(&line.reference)]], right: false },
        TableCell::text(line.kind),
        TableCell { paragraphs: vec![vec![Inline::strong(&line.name)]], right: false },
        TableCell::text(&line.component),
        paragraphs(line.definition.lines().map(String::from).collect()),
        TableCell { right: true, ..TableCell::text(line.people.to_string()) },
        paragraphs(line.quotes.iter().map(shown).collect()),
        TableCell::default(),
        TableCell::default(),
        TableCell::default(),
    ]
}
