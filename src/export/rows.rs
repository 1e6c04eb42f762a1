//! Rows under a header, as CSV or as lines of JSON.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Contents, guarded};

/// A table that leaves the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, as many in each row as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// Rows that leave, and what the manifest must say of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extract {
    /// The rows.
    pub rows: Rows,
    /// What is in those rows, and in no others.
    pub contents: Contents,
    /// How many rows or quotes would be in it, had everybody in them agreed to be quoted.
    pub left_out: usize,
}

/// Columns that are numbers: code points of the stored text.
const NUMBERS: [&str; 2] = ["start", "end"];

impl Rows {
    pub(super) fn new(header: &[&str]) -> Self {
        Self { header: header.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// Guards every cell that a spreadsheet would take for a formula.
    pub fn guard(&mut self) {
        for cell in self.header.iter_mut().chain(self.rows.iter_mut().flatten()) {
            if let Cow::Owned(safe) = guarded(cell) {
                *cell = safe;
            }
        }
    }

    /// As CSV: UTF-8, a header row, RFC 4180 quoting.
    #[must_use]
    pub fn to_csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing into memory cannot fail, and every row has the length of the header.
        let _ = writer.write_record(&self.header);
        for row in &self.rows {
            let _ = writer.write_record(row);
        }
        writer.into_inner().unwrap_or_default()
    }

    /// As one JSON object a row, its keys in the order of the columns: an empty cell is null, offsets are numbers.
    #[must_use]
    pub fn to_json_lines(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        for row in &self.rows {
            // Strings and numbers: nothing in it that JSON cannot say.
            let _ = serde_json::to_writer(&mut lines, &Row { header: &self.header, cells: row });
            lines.push(b'\n');
        }
        lines
    }
}

struct Row<'r> {
    header: &'r [String],
    cells: &'r [String],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.header.len()))?;
        for (name, cell) in self.header.iter().zip(self.cells) {
            match cell.parse::<u64>() {
                Ok(number) if NUMBERS.contains(&name.as_str()) => map.serialize_entry(name, &number)?,
                _ if cell.is_empty() => map.serialize_entry(name, &())?,
                _ => map.serialize_entry(name, cell)?,
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_csv_or_lines_of_json() {
        let mut rows = Rows::new(&["thing", "start", "note"]);
        rows.rows.push(["7", "12", "a \"b\""].map(String::from).to_vec());
        rows.rows.push(["x", "", ""].map(String::from).to_vec());
        assert_eq!(rows.to_csv(), b"thing,start,note\n7,12,\"a \"\"b\"\"\"\nx,,\n");
        let lines = String::from_utf8(rows.to_json_lines()).unwrap();
        assert_eq!(
            lines,
            "{\"thing\":\"7\",\"start\":12,\"note\":\"a \\\"b\\\"\"}\n{\"thing\":\"x\",\"start\":null,\"note\":null}\n"
        );
    }
}
