//! One output format a file. What leaves counts Unicode code points.
//!
//! Two kinds of table leave: [`Rows`], in the shapes that import reads (but for memos), and [`Grid`], a table for people,
//! in the formats that people use.

mod codebook;
mod codings;
pub mod docx;
mod format;
mod grid;
mod matrix;
mod memos;
mod people;
mod rows;

pub use codebook::{codebook_table, codebook_toml};
pub use codings::codings_table;
pub use format::{BOM, Format};
pub use grid::{Cell, Grid, GridError, GridRow, guarded};
pub use matrix::{InCells, matrix_grid};
pub use memos::memos_table;
pub use people::{participants_table, sessions_table};
pub use rows::Rows;

/// A text that an export needs and cannot have.
#[derive(Debug, thiserror::Error)]
#[error("{transcript}: {why}; nothing was exported")]
pub struct TextsError {
    /// Short name of the transcript.
    pub transcript: String,
    /// Why not.
    pub why: String,
}
