//! The one way by which a file leaves: nothing overwritten unless asked, nothing half written.

use std::collections::BTreeSet;
use std::io::{IsTerminal, stdout};
use std::path::Path;

use serde::Serialize;

use super::super::error::CliError;
use super::super::world::{Opened, World, shown_path};
use crate::study::{ParticipantId, TranscriptId};

/// Where something is to go.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Destination<'a> {
    /// The file; stdout if `None`.
    pub(in crate::cli) output: Option<&'a Path>,
    /// Whether a file that is there may be written over.
    pub(in crate::cli) force: bool,
}

/// What is to go, and what a manifest must know of it.
pub(in crate::cli) struct Parcel {
    /// What it holds, in the words of the command line.
    pub(in crate::cli) kind: &'static str,
    /// The bytes of the file.
    pub(in crate::cli) bytes: Vec<u8>,
    /// Whether a terminal can show it.
    pub(in crate::cli) is_text: bool,
    /// Rows or quotes, where that means something.
    pub(in crate::cli) rows: Option<usize>,
    /// How people say that: `12 rows`.
    pub(in crate::cli) said: String,
    /// Whose words are in it.
    pub(in crate::cli) people: BTreeSet<ParticipantId>,
    /// From which transcripts.
    pub(in crate::cli) transcripts: BTreeSet<TranscriptId>,
}

/// What was written, where somebody asked for a file and for JSON.
#[derive(Serialize)]
struct Line {
    file: String,
    rows: Option<usize>,
}

impl Destination<'_> {
    /// Refuses a file that is there, before anything is made for it.
    pub(in crate::cli) fn check(&self) -> Result<(), CliError> {
        match self.output.filter(|path| !self.force && path.symlink_metadata().is_ok()) {
            Some(path) => Err(CliError::at(
                shown_path(path),
                "it is there already and was not touched; give another name, or --force to write over it",
            )),
            None => Ok(()),
        }
    }
}

impl Parcel {
    /// Sends it on its way, and says so if it became a file.
    pub(in crate::cli) fn deliver(
        self,
        world: &mut World,
        _opened: &Opened,
        to: Destination<'_>,
    ) -> Result<u8, CliError> {
        let Some(path) = to.output else {
            if !self.is_text && stdout().is_terminal() {
                return Err(CliError::Usage("this is no text for a terminal; name a file with -o".into()));
            }
            world.out.bytes(&self.bytes)?;
            return Ok(0);
        };
        if to.force {
            crate::store::write_private_file(path, &self.bytes)?;
        } else {
            crate::store::write_new_private_file(path, &self.bytes)?;
        }
        let line = Line { file: shown_path(path), rows: self.rows };
        world.out.result(&line, || match self.said.as_str() {
            "" => format!("Wrote {}", line.file),
            said => format!("Wrote {}: {said}", line.file),
        })?;
        Ok(0)
    }
}
