//! A grid as a Word table below its caption.

use super::{Cell, Grid, GridError};
use crate::export::docx::{Docx, Inline, Style, Table, TableCell, TableRow};

/// More columns than this lie on the long side of the page.
const MOST_UPRIGHT: usize = 5;

/// A page on its long side has no room for more: not even one figure fits into a column, and LibreOffice breaks off.
const MOST: usize = 40;

pub(super) fn write(grid: &Grid) -> Result<Vec<u8>, GridError> {
    if grid.columns() > MOST {
        return Err(GridError::Docx(grid.columns()));
    }
    let docx = Docx::new(&grid.title);
    let mut docx = if grid.columns() > MOST_UPRIGHT { docx.landscape() } else { docx };
    add(grid, &mut docx);
    Ok(docx.finish())
}

pub(super) fn add(grid: &Grid, docx: &mut Docx) {
    if !grid.title.is_empty() {
        docx.text(Style::Caption, &grid.title);
    }
    let figures = grid.figures();
    let is_figure = |nth: usize| figures.get(nth).copied().unwrap_or(false);
    let cell = |(nth, text): (usize, String)| TableCell {
        paragraphs: text.split("\n\n").map(|text| vec![Inline::plain(text)]).collect(),
        right: is_figure(nth),
    };
    let rows = grid.rows.iter().map(|row| TableRow {
        heading: row.heading,
        cells: match row.title() {
            Some(title) => vec![TableCell::text(title)],
            None => row.cells.iter().map(Cell::shown).enumerate().map(cell).collect(),
        },
    });
    docx.table(&Table {
        weights: grid.weights(),
        head: grid.head.iter().cloned().enumerate().map(cell).collect(),
        rows: rows.collect(),
    });
    for note in &grid.notes {
        docx.text(Style::Note, note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::GridRow;

    #[test]
    fn our_reader_which_is_not_the_writer_finds_the_table() {
        let grid = Grid {
            title: "Sample & more".into(),
            head: vec!["who".into(), "n".into()],
            rows: vec![
                GridRow::heading("Sex"),
                GridRow::of(vec!["<female>\u{1b}".into(), Cell::Count(12)]),
                GridRow::of(vec!["two\nlines".into()]),
            ],
            notes: vec!["A note.".into()],
        };
        let read = crate::document::read("grid.docx", &write(&grid).unwrap()).unwrap();
        let found: Vec<_> = read
            .lines
            .iter()
            .filter(|line| !line.is_blank())
            .map(|line| (line.cell.map(|cell| (cell.row, cell.column)), line.text.as_str()))
            .collect();
        let expected = [
            (None, "Sample & more"),
            (Some((0, 0)), "who"),
            (Some((0, 1)), "n"),
            (Some((1, 0)), "Sex"),
            (Some((2, 0)), "<female>␛"),
            (Some((2, 1)), "12"),
            (Some((3, 0)), "two"),
            (Some((3, 0)), "lines"),
            (None, "A note."),
        ];
        assert_eq!(found, expected);
    }
}
