//! One output format a file. What leaves counts Unicode code points.
//!
//! Two kinds of table leave: [`Rows`], in the shapes that import reads (but for memos), and [`Grid`], a table for people,
//! in the formats that people use.

mod archive;
mod cited;
mod codebook;
mod codebook_grid;
mod codings;
pub mod docx;
mod format;
mod framework;
mod grid;
mod manifest;
mod matrix;
mod memos;
mod paper;
mod people;
mod proof;
mod quotes;
mod report;
mod review;
mod rows;
mod svg;
mod tables;
mod transcript;

pub use archive::{ARCHIVED, Archive, archive};
pub use cited::{Agreement, CitedWords, Reach, cited_words, whose_words};
pub use codebook::{codebook_table, codebook_toml};
pub use codebook_grid::codebook_grid;
pub use codings::codings_table;
pub use format::{Format, mark_utf8};
pub use framework::framework_toml;
pub use grid::{Cell, Grid, GridError, GridRow, guarded};
pub use manifest::{CellSize, Contents, FileEntry, Head, Holds, Manifest, Origin, RareDescriptor, Scanned};
pub use matrix::{InCells, matrix_contents, matrix_grid};
pub use memos::memos_table;
pub use paper::{Laid, Sheet, on_paper};
pub use people::{participants_table, sessions_table};
pub use proof::{WrittenProof, write_proof};
pub use quotes::{By, Quotation, QuoteList, Section, Sides, quote_list};
pub use report::report;
pub use review::{ReviewLine, ReviewSheet, review_sheet};
pub use rows::{Extract, Rows};
pub use svg::table_svg;
pub use tables::{TableLine, table_contents, table_grid, table_lines, table_sheet};
pub use transcript::{CodedTranscript, coded_transcript};

/// A text that an export needs and cannot have.
#[derive(Debug, thiserror::Error)]
#[error("{transcript}: {why}; nothing was exported")]
pub struct TextsError {
    /// Short name of the transcript.
    pub transcript: String,
    /// Why not.
    pub why: String,
}
