//! Lines to transcripts and turns, tables to attributes, codings and codebook, with a report of doubts.
//!
//! [`classify`] reads a file. Nothing here touches a disk.

mod classify;
mod draft;
mod options;
mod plain_stub;
mod report;
mod tables;

pub use classify::{SourceContent, SourceFile, classify, is_importable};
pub use draft::{Doubt, DraftSpeaker, DraftTranscript, DraftTurn};
pub use options::ImportOptions;
pub use plain_stub::{ImportError, read_transcript};
pub use report::{FileReport, SpeakerReport, Status, render, summarise};
pub use tables::{CellError, Table, TableError, TableKind};
