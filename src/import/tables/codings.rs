//! The list of codings: quotes by their place in the text, and the codes on them.

use super::TableError;
use super::grid::Grid;
use super::wrong::Findings;
use crate::study::Valence;

/// A list of codings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Codings {
    /// Rows.
    pub(in crate::import) codings: Vec<CodingRow>,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct CodingRow {
    /// Line of the file.
    pub(in crate::import) line: usize,
    /// Name of the transcript.
    pub(in crate::import) transcript: String,
    /// First code point of the quote, from 0.
    pub(in crate::import) start: usize,
    /// One past its last code point.
    pub(in crate::import) end: usize,
    /// The text between them, line ends LF.
    pub(in crate::import) quote: String,
    /// Name of the code.
    pub(in crate::import) code: String,
    /// Valence of the coding.
    pub(in crate::import) valence: Option<Valence>,
    /// Name of the coder; `None` where the cell is empty.
    pub(in crate::import) coder: Option<String>,
    /// A memo on the quote; `None` where the cell is empty.
    pub(in crate::import) memo: Option<String>,
}

/// What every such table has.
const NEEDS: &str = "transcript, start, end, quote and code";

/// Reads the list.
pub(super) fn read(grid: &Grid) -> Result<Codings, TableError> {
    let transcript = grid.required("transcript", NEEDS)?;
    let [start, end] = [grid.required("start", NEEDS)?, grid.required("end", NEEDS)?];
    let (quote, code) = (grid.required("quote", NEEDS)?, grid.required("code", NEEDS)?);
    let [valence, coder, memo] = ["valence", "coder", "memo"].map(|column| grid.column(column));
    let given = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    let mut findings = Findings::default();
    let mut codings = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        for (column, name) in [(transcript, "transcript"), (code, "code"), (quote, "quote")] {
            if row.cell(Some(column)).is_empty() {
                findings.cell(row.line, name, "it is empty; fill it in or delete the row");
            }
        }
        let mut offset = |column: usize, name: &str| {
            row.cell(Some(column)).parse::<usize>().unwrap_or_else(|_| {
                findings.cell(row.line, name, "it is no whole number; count code points from 0");
                0
            })
        };
        let (start, end) = (offset(start, "start"), offset(end, "end"));
        let valence = Valence::from_cell(row.cell(valence)).unwrap_or_else(|_| {
            let what = "write barrier, facilitator or barrier;facilitator, or leave it empty";
            findings.cell(row.line, "valence", what);
            None
        });
        codings.push(CodingRow {
            line: row.line,
            transcript: row.cell(Some(transcript)).to_owned(),
            start,
            end,
            quote: row.raw(quote).replace("\r\n", "\n"),
            code: row.cell(Some(code)).to_owned(),
            valence,
            coder: given(row.cell(coder)),
            memo: given(&row.cell(memo).replace("\r\n", "\n")),
        });
    }
    findings.or(Codings { codings })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Codings, TableError> {
        read(&Grid::read(text).unwrap().unwrap())
    }

    #[test]
    fn a_row_keeps_its_quote_to_the_letter() {
        let list = read_text(
            "transcript,start,end,quote,code,valence\nI1,3,9,\" a, \r\nb\",Time,barrier;facilitator\n",
        )
        .unwrap();
        let row = &list.codings[0];
        assert_eq!((row.start, row.end, row.quote.as_str()), (3, 9, " a, \nb"));
        assert_eq!((row.valence, &row.coder, &row.memo), (Some(Valence::Both), &None, &None));
    }

    #[test]
    fn a_missing_column_and_cells_of_the_wrong_kind_are_named() {
        assert_eq!(
            read_text("transcript,start,end,quote\nI1,0,2,ab\n").unwrap_err().to_string(),
            "line 1: the column 'code' is missing; a table of codings needs transcript, start, end, quote and code"
        );
        let refused = read_text("transcript,start,end,quote,code,valence\nI1,x,-1,ab,,good\n").unwrap_err();
        let TableError::Cells(cells) = refused else { panic!("whole") };
        let columns: Vec<_> = cells.iter().filter_map(|cell| cell.column.as_deref()).collect();
        assert_eq!(columns, ["code", "start", "end", "valence"]);
    }
}
