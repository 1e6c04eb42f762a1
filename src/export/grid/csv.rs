//! A grid as CSV: head and rows alone, title and notes have no place in it. UTF-8, RFC 4180 quoting.
//!
//! A block title is a row of its own. A text that a spreadsheet would take for a formula is guarded.

use std::borrow::Cow;

use super::{Cell, Grid};

pub(super) fn write(grid: &Grid) -> Vec<u8> {
    let columns = grid.columns();
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut record = |cells: &mut dyn Iterator<Item = String>| {
        let mut cells: Vec<String> = cells.collect();
        cells.resize(columns, String::new());
        // Writing into memory cannot fail.
        let _ = writer.write_record(&cells);
    };
    record(&mut grid.head.iter().map(|name| guarded(name).into_owned()));
    for row in &grid.rows {
        record(&mut row.cells.iter().map(cell));
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        other => other.shown(),
    }
}

/// Text with an apostrophe before it if a spreadsheet would take it for a formula: it begins with `=`, `+`, `-`, `@`, a tab
/// or a carriage return (OWASP, “CSV injection”). Numbers such as `-0.5` are numbers and stay.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if risky && text.parse::<f64>().is_err() { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::GridRow;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let guards = ["=1+1", "+44 1632", "-so", "@x", "\tx", "\rx"];
        for text in guards {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "a=b", "-0.5", "+3", "– so", " =1"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn every_row_has_all_columns() {
        let grid = Grid {
            title: "T".into(),
            head: vec!["a".into(), "b".into(), "c".into()],
            rows: vec![
                GridRow::heading("Block"),
                GridRow::of(vec!["=x, \"y\"".into(), Cell::Count(-2)]),
                GridRow::of(vec![Cell::Blank, Cell::Decimal { value: 1.25, places: 1 }, "two\nlines".into()]),
            ],
            notes: vec!["n".into()],
        };
        let written = String::from_utf8(write(&grid)).unwrap();
        assert_eq!(written, "a,b,c\nBlock,,\n\"'=x, \"\"y\"\"\",-2,\n,1.2,\"two\nlines\"\n");
    }
}
