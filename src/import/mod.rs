//! Lines to transcripts and turns, tables to attributes, codings and codebook, with a report of doubts.
//!
//! [`classify()`] reads a file; [`plan()`] says what a study would take from a set of files, as the changes of one action.
//! Nothing here touches a disk: whoever calls it reads the files and commits the plan.

mod batch;
mod classify;
mod draft;
mod glimpse;
mod layout;
mod nearest;
mod options;
mod plan;
mod proof;
mod read;
mod report;
mod roles;
mod tables;
mod time;
mod unread;

pub use batch::{Batch, Planned, PlannedFile};
pub use classify::{SourceContent, SourceFile, classify, is_importable};
pub use draft::{Doubt, DraftSpeaker, DraftTranscript, DraftTurn};
pub use glimpse::{Glimpse, GlimpseSpeaker, GlimpseTurn, renamed};
pub use layout::{Layout, LayoutOptions, lay_out};
pub use options::{FileOptions, ImportOptions};
pub use plan::{ImportPlan, Texts, plan};
pub use proof::{Anchor, Proof, ProofHeading, shielded};
pub use read::{ImportError, read_transcript};
pub use report::{FileReport, SpeakerReport, Status, render, summarise};
pub use tables::{CellError, REVIEW_COLUMNS, Table, TableError, TableKind};
pub use unread::Unread;
