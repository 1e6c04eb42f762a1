//! A file's bytes to decoded lines with features. One format a file. Knows nothing of turns or studies.

mod line;

pub use line::{Bytes, Cell, Cue, Document, Format, Line, Mark};
