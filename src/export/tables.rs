//! Tables of a paper as grids, for every format that a grid is written in, and as one JSON object a row.

use serde::ser::{Serialize, SerializeMap, Serializer};

use std::collections::BTreeSet;

use super::{Cell, CellSize, Contents, Grid, GridRow, Holds};
use crate::analysis::{Basis, CellValue, Counter, Evidence, PaperCell, PaperRow, PaperTable, Unit};

/// In front of a row that stands below another in a tree, for each level. Blanks that a format would not drop.
const INDENT: &str = "\u{2003}";

/// A table as a grid to be read: what a heading says is not said again in each row.
#[must_use]
pub fn table_grid(table: &PaperTable) -> Grid {
    let columns: Vec<usize> =
        table.head.iter().enumerate().filter(|(_, head)| !head.said_above).map(|(at, _)| at).collect();
    let dash = Cell::text(CellValue::OfNothing.shown());
    grid_of(table, &columns, &dash, |_| true)
}

/// A table as a grid for other programs: what the headings say stands in a column of its own, and there are none.
#[must_use]
pub fn table_sheet(table: &PaperTable) -> Grid {
    let columns: Vec<usize> = (0..table.head.len()).collect();
    let has_column = table.head.iter().any(|head| head.said_above);
    grid_of(table, &columns, &Cell::Blank, |row| !(has_column && row.heading)).with_titles_as("Section")
}

fn grid_of(
    table: &PaperTable,
    columns: &[usize],
    of_nothing: &Cell,
    takes: impl Fn(&PaperRow) -> bool,
) -> Grid {
    let titles = columns.iter().filter_map(|at| table.head.get(*at)).map(|head| head.title.clone());
    Grid {
        title: table.full_title(),
        head: titles.collect(),
        rows: table
            .rows
            .iter()
            .filter(|row| takes(row))
            .map(|row| grid_row(row, columns, of_nothing))
            .collect(),
        notes: table.notes.clone(),
    }
}

fn grid_row(row: &PaperRow, columns: &[usize], of_nothing: &Cell) -> GridRow {
    if row.heading {
        return GridRow::heading(row.cells.first().map(|cell| cell.value.shown()).unwrap_or_default());
    }
    let cells = columns.iter().filter_map(|at| row.cells.get(*at));
    let cells = cells.enumerate().map(|(at, cell)| match &cell.value {
        CellValue::Words(words) if at == 0 => Cell::text(format!("{}{words}", INDENT.repeat(row.indent))),
        CellValue::Words(words) => Cell::text(words.clone()),
        CellValue::Number(number) => Cell::from(*number),
        CellValue::Tenths(tenths) => {
            Cell::Decimal { value: f64::from(*tenths) / 10.0, places: u8::from(!tenths.is_multiple_of(10)) }
        }
        CellValue::OfNothing => of_nothing.clone(),
        CellValue::Blank => Cell::Blank,
    });
    GridRow::of(cells.collect())
}

/// What a table holds, for its manifest: how many participants stand behind each of its numbers, and of a table with quotes in
/// it whose words they are. Numbers that nobody stands behind (turns, codes, per cent) are no cells.
#[must_use]
pub fn table_contents(counter: &Counter<'_>, table: &PaperTable) -> Contents {
    let study = counter.study();
    let mut cells = Vec::new();
    let mut section = None;
    for row in &table.rows {
        if row.heading {
            section = row.cells.first().map(|cell| cell.value.shown());
            continue;
        }
        let words = row.cells.iter().zip(&table.head).filter(|(_, head)| head.unit.is_none());
        // Words behind the first number are remarks, or quotes.
        let names = words.map(|(cell, _)| cell).take_while(|cell| cell.basis.is_none()).take(2);
        let mut name: Vec<String> =
            names.map(|cell| cell.value.shown()).filter(|name| !name.is_empty()).collect();
        if let Some(section) = section.as_ref().filter(|section| name.first() != Some(section)) {
            name.insert(0, section.clone());
        }
        for (cell, head) in row.cells.iter().zip(&table.head) {
            if let Some(participants) = head.unit.and_then(|unit| people_behind(counter, cell, unit)) {
                let cell = format!("{}: {}", name.join(", "), head.title);
                cells.push(CellSize { cell, participants });
            }
        }
    }
    let mut contents = Contents::counts(cells);
    if !table.quoted.is_empty() {
        let quoted: BTreeSet<_> = table.quoted.iter().collect();
        let quotes = Contents::quotes(study, quoted.into_iter().filter_map(|id| study.quotes().get(id)));
        contents = contents.and(quotes);
        contents.holds.insert(Holds::VerbatimQuotes);
    }
    contents
}

/// How many participants stand behind a number; `None` if it is no number of people or of what they said.
fn people_behind(counter: &Counter<'_>, cell: &PaperCell, unit: Unit) -> Option<usize> {
    let CellValue::Number(number) = cell.value else { return None };
    let basis = cell.basis.as_ref()?;
    match (unit, basis) {
        (Unit::People, _) => usize::try_from(number).ok(),
        (Unit::Codings | Unit::Pairs | Unit::Mixed, _) if number == 0 => Some(0),
        // Everybody of a group, whatever they say.
        (Unit::Mixed, Basis::Quotes(Evidence { codes: None, people: Some(people), .. })) => {
            Some(people.len())
        }
        (Unit::Codings | Unit::Pairs | Unit::Mixed, Basis::Quotes(evidence)) => {
            let only = evidence.people.as_deref();
            let behind = counter.quotes_behind(evidence);
            let people: BTreeSet<_> = behind.iter().flat_map(|behind| &behind.people).collect();
            Some(people.into_iter().filter(|person| only.is_none_or(|only| only.contains(person))).count())
        }
        (Unit::Mixed, Basis::People(people)) => Some(people.len()),
        _ => None,
    }
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
                CellValue::OfNothing | CellValue::Blank => map.serialize_entry(&head.key, &())?,
            }
        }
        map.end()
    }
}
