//! One output format a file. What leaves counts Unicode code points, and is in the shapes that import reads.

mod codebook;
mod codings;
mod people;

pub use codebook::codebook_toml;
pub use codings::{CodingsError, codings_csv};
pub use people::{participants_csv, sessions_csv};

/// Writes rows as CSV: UTF-8, a header row, RFC 4180 quoting.
fn csv_of<R: AsRef<[String]>>(header: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail, and every row has the length of the header.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row.as_ref());
    }
    writer.into_inner().unwrap_or_default()
}
