//! Rows and cells of a CSV file, whichever delimiter it has.

use csv::ReaderBuilder;

use super::{TableError, TableKind};
use crate::study::fold_short_name;

/// A table with a known header, whose rows are all as long as it.
#[derive(Debug)]
pub(super) struct Grid {
    /// Which table the header says it is.
    pub(super) kind: TableKind,
    /// The header, blanks trimmed.
    pub(super) columns: Vec<String>,
    /// The line of the header.
    pub(super) header_line: usize,
    /// Rows that are not blank.
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// The line it begins on, from 1.
    pub(super) line: usize,
    cells: Vec<String>,
}

impl Row {
    /// A cell as it stands in the file.
    pub(super) fn raw(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// A cell without the blanks around it; empty where there is no such column.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| self.raw(column).trim())
    }
}

impl Grid {
    /// Reads a table. `None` if its first line is no header of a known table.
    pub(super) fn read(text: &str) -> Option<Result<Grid, (TableKind, TableError)>> {
        // Excel writes the delimiter into a first line of its own for those who set another one than their country's.
        let (body, skipped) = match text.split_once('\n') {
            Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => (rest, 1),
            _ => (text, 0),
        };
        let (kind, delimiter) = recognise(body)?;
        Some(Self::read_rows(body, skipped, kind, delimiter).map_err(|error| (kind, error)))
    }

    fn read_rows(body: &str, skipped: usize, kind: TableKind, delimiter: u8) -> Result<Grid, TableError> {
        let mut grid = Grid { kind, columns: Vec::new(), header_line: skipped + 1, rows: Vec::new() };
        let mut reader = reader(body, delimiter);
        for record in reader.records() {
            // Flexible records of text that is UTF-8 already: nothing is left to fail.
            let Ok(record) = record else {
                return Err(TableError::whole("it is no table of cells; save it as CSV UTF-8"));
            };
            let line = skipped + record.position().map_or(1, |at| line_of(body, at));
            if grid.columns.is_empty() {
                grid.columns = record.iter().map(|cell| cell.trim().to_owned()).collect();
                grid.header_line = line;
                check_header(&grid)?;
                continue;
            }
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            check_row(&grid, &record, line)?;
            if reader_is_open(body, &record) {
                return Err(TableError::row(line, "a quotation mark is opened and never closed; close it"));
            }
            grid.rows.push(Row { line, cells: record.iter().map(String::from).collect() });
        }
        Ok(grid)
    }

    /// The index of a column; case, blanks, `-` and `_` do not matter.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let name = fold_short_name(name);
        self.columns.iter().position(|column| fold_short_name(column) == name)
    }

    /// The index of a column that must be there.
    pub(super) fn required(&self, name: &str, all: &str) -> Result<usize, TableError> {
        self.column(name).ok_or_else(|| {
            let kind = self.kind.name();
            let what = format!("the column '{name}' is missing; a table of {kind} needs {all}");
            TableError::row(self.header_line, what)
        })
    }
}

fn reader(body: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(body.as_bytes())
}

/// The delimiter under which the first line is a known header, with the most columns.
fn recognise(body: &str) -> Option<(TableKind, u8)> {
    let headers = [b',', b';', b'\t'].into_iter().filter_map(|delimiter| {
        let first = reader(body, delimiter).into_records().next()?.ok()?;
        let columns: Vec<String> = first.iter().map(|cell| cell.trim().to_owned()).collect();
        Some((columns.len(), TableKind::of_header(&columns)?, delimiter))
    });
    headers.max_by_key(|(columns, ..)| *columns).map(|(_, kind, delimiter)| (kind, delimiter))
}

/// The line that a record begins on. The reader counts from where the last record ended, before blank lines.
fn line_of(body: &str, at: &csv::Position) -> usize {
    let byte = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let blank = body.as_bytes().get(byte..).unwrap_or_default().iter();
    let blank = blank.take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    usize::try_from(at.line()).unwrap_or(usize::MAX) + blank
}

/// Whether a record swallowed the rest of the file after a quotation mark that nothing closes.
fn reader_is_open(body: &str, record: &csv::StringRecord) -> bool {
    let runs_on = record.iter().any(|cell| cell.contains('\n'));
    let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
    let rest = body.get(start..).unwrap_or_default();
    runs_on
        && record.iter().next_back().is_some_and(|cell| rest.ends_with(cell))
        && rest.matches('"').count() % 2 == 1
}

fn check_header(grid: &Grid) -> Result<(), TableError> {
    for (at, column) in grid.columns.iter().enumerate() {
        if !column.is_empty() && grid.column(column) != Some(at) {
            let what = format!("the column '{column}' stands twice in the header; rename or delete one");
            return Err(TableError::row(grid.header_line, what));
        }
    }
    Ok(())
}

fn check_row(grid: &Grid, record: &csv::StringRecord, line: usize) -> Result<(), TableError> {
    let (found, wanted) = (record.len(), grid.columns.len());
    if found != wanted {
        let open = record.iter().any(|cell| cell.contains('\n'));
        let hint =
            if open { "a quotation mark may not be closed" } else { "a cell may need quotation marks" };
        let cells = if found == 1 { "cell" } else { "cells" };
        let what = format!("{found} {cells} where the header has {wanted}; {hint}");
        return Err(TableError::row(line, what));
    }
    let nameless = grid
        .columns
        .iter()
        .zip(record.iter())
        .position(|(column, cell)| column.is_empty() && !cell.trim().is_empty());
    match nameless {
        Some(at) => Err(TableError::row(
            line,
            format!("cell {} stands under no name in the header; name that column or delete it", at + 1),
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Grid::read(text).unwrap().unwrap_err().1.to_string()
    }

    #[test]
    fn comma_semicolon_and_tab_are_told_apart_and_excels_first_line_is_skipped() {
        for text in [
            "participant_id,place\nP1,\"a, b\"\n",
            "participant_id;place\nP1;a, b\n",
            "participant_id\tplace\r\nP1\ta, b\r\n",
            "sep=;\nparticipant_id;place\nP1;a, b\n",
        ] {
            let grid = Grid::read(text).unwrap().unwrap();
            assert_eq!(grid.rows[0].raw(grid.column("Place").unwrap()), "a, b", "{text}");
        }
    }

    #[test]
    fn lines_are_counted_over_blank_rows_and_cells_of_several_lines() {
        let text = "participant_id,note\n\nP1,\"a\nb\"\n,\n\nP2,x\nP3\n";
        assert_eq!(refused(text), "line 8: 1 cell where the header has 2; a cell may need quotation marks");
        let text = "sep=,\nparticipant_id,note\n\nP1,\"a\nb\"\n,\nP2,x\n";
        let grid = Grid::read(text).unwrap().unwrap();
        assert_eq!(grid.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 7]);
    }

    #[test]
    fn rows_that_do_not_fit_the_header_are_named_by_their_line() {
        assert_eq!(
            refused("participant_id,note\nP1,\"open\nP2,x\n"),
            "line 2: a quotation mark is opened and never closed; close it"
        );
        assert_eq!(
            refused("participant_id,note,more\nP1,\"open\nP2,x,y\n"),
            "line 2: 2 cells where the header has 3; a quotation mark may not be closed"
        );
        assert_eq!(
            refused("participant_id,gender,Gender\nP1,f,f\n"),
            "line 1: the column 'Gender' stands twice in the header; rename or delete one"
        );
        assert_eq!(
            refused("participant_id,gender,\nP1,f,\nP2,f,x\n"),
            "line 3: cell 3 stands under no name in the header; name that column or delete it"
        );
        assert_eq!(Grid::read("participant_id,gender,\nP1,f,\n").unwrap().unwrap().rows.len(), 1);
    }
}
