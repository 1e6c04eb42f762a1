//! Excel (.xlsx): the cells of the first sheet, as text. Formulas give the value that was last worked out.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use zip::ZipArchive;

use super::{DocumentError, LARGEST_FILE};

/// A workbook may unpack to so much altogether; review sheets unpack to some hundred KiB.
const MOST_UNPACKED: u64 = 200 << 20;
/// Cells that are looked at, rows by columns.
const MOST_ROWS: usize = 100_000;

/// The rows of the first sheet. Blank rows in between are there, so that a row's number is its place and one.
///
/// # Errors
/// If it is no workbook, damaged, locked or beyond the limits.
pub fn first_sheet(bytes: &[u8]) -> Result<Vec<Vec<String>>, DocumentError> {
    if bytes.len() > LARGEST_FILE {
        return Err(DocumentError::Bomb);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocumentError::DamagedArchive)?;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| DocumentError::DamagedArchive)?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MOST_UNPACKED {
        return Err(DocumentError::Bomb);
    }
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| DocumentError::DamagedArchive)?;
    let Some(Ok(range)) = book.worksheet_range_at(0) else { return Err(DocumentError::DamagedArchive) };
    let (above, before) = range.start().unwrap_or_default();
    let text = |cell: &Data| match cell {
        Data::Empty | Data::Error(_) => String::new(),
        cell => cell.to_string(),
    };
    let blank = (0..above.min(1_000)).map(|_| Vec::new());
    let rows = range.rows().take(MOST_ROWS).map(|row| {
        let left = (0..before.min(1_000)).map(|_| String::new());
        left.chain(row.iter().map(text)).collect()
    });
    Ok(blank.chain(rows).collect())
}
