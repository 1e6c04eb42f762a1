//! Tables of a paper as grids, for every format that a grid is written in, and as one JSON object a row.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Cell, Grid, GridRow};
use crate::analysis::{CellValue, PaperRow, PaperTable};

/// In front of a row that stands below another in a tree, for each level. Blanks that a format would not drop.
const INDENT: &str = "\u{2003}";

/// A table as a grid.
#[must_use]
pub fn table_grid(table: &PaperTable) -> Grid {
    Grid {
        title: table.title.clone(),
        head: table.head.iter().map(|head| head.title.clone()).collect(),
        rows: table.rows.iter().map(grid_row).collect(),
        notes: table.notes.clone(),
    }
}

fn grid_row(row: &PaperRow) -> GridRow {
    if row.heading {
        return GridRow::heading(row.cells.first().map(|cell| cell.value.shown()).unwrap_or_default());
    }
    let cells = row.cells.iter().enumerate().map(|(at, cell)| match &cell.value {
        CellValue::Words(words) if at == 0 => Cell::text(format!("{}{words}", INDENT.repeat(row.indent))),
        CellValue::Words(words) => Cell::text(words.clone()),
        CellValue::Number(number) => Cell::from(*number),
        CellValue::Tenths(tenths) => {
            Cell::Decimal { value: f64::from(*tenths) / 10.0, places: u8::from(!tenths.is_multiple_of(10)) }
        }
        CellValue::Blank => Cell::Blank,
    });
    GridRow::of(cells.collect())
}

/// One row of a table as JSON: the table, the heading it stands under (null without one), and a key for each column.
pub struct TableLine<'t> {
    table: &'t PaperTable,
    section: Option<String>,
    row: &'t PaperRow,
}

/// The rows of a table, headings aside.
#[must_use]
pub fn table_lines(table: &PaperTable) -> Vec<TableLine<'_>> {
    let mut section = None;
    let mut lines = Vec::new();
    for row in &table.rows {
        if row.heading {
            section = row.cells.first().map(|cell| cell.value.shown());
        } else {
            lines.push(TableLine { table, section: section.clone(), row });
        }
    }
    lines
}

impl Serialize for TableLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.table.head.len() + 2))?;
        map.serialize_entry("table", self.table.kind.name())?;
        map.serialize_entry("section", &self.section)?;
        for (head, cell) in self.table.head.iter().zip(&self.row.cells) {
            match &cell.value {
                CellValue::Words(words) => map.serialize_entry(&head.key, words)?,
                CellValue::Number(number) => map.serialize_entry(&head.key, number)?,
                CellValue::Tenths(tenths) => {
                    map.serialize_entry(&head.key, &(f64::from(*tenths) / 10.0))?;
                }
                CellValue::Blank => map.serialize_entry(&head.key, &())?,
            }
        }
        map.end()
    }
}
