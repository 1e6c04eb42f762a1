//! Lines to transcripts and turns, tables to attributes, codings and codebook, with a report of doubts.

mod draft;

pub use draft::{Doubt, DraftSpeaker, DraftTranscript, DraftTurn};
