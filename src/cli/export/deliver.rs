//! From what was made to where it goes: stdout, or a file by the one way out (`cli/leaving.rs`).

use std::io::{IsTerminal, stdout};
use std::path::Path;

use serde::Serialize;

use super::super::error::CliError;
use super::super::leaving::{Going, Sent, refuse_existing, refused_words, send};
use super::super::output::{say_aside, shown};
use super::super::world::{Opened, World};
use crate::export::Contents;

/// Where something is to go.
#[derive(Clone, Copy)]
pub(super) struct Destination<'a> {
    /// The file; stdout if `None`.
    pub(super) output: Option<&'a Path>,
    /// Whether a file that is there may be written over.
    pub(super) force: bool,
    /// Whether words of people were asked for who did not agree to be quoted.
    pub(super) with_refused: bool,
}

/// What is to go.
pub(super) struct Parcel {
    /// What it holds, in the words of the command line.
    pub(super) kind: &'static str,
    /// The bytes of the file.
    pub(super) bytes: Vec<u8>,
    /// Its words without their form, which the identifier scan looks through; `None` where the bytes are no more than those.
    pub(super) words: Option<String>,
    /// Rows or quotes, where that means something.
    pub(super) rows: Option<usize>,
    /// How people say that: `12 rows`.
    pub(super) said: String,
    /// What else is to be said of it once it is written; most have nothing.
    pub(super) note: Option<String>,
    /// What the manifest must know of it.
    pub(super) contents: Contents,
}

/// What was written, where somebody asked for a file and for JSON.
#[derive(Serialize)]
pub(super) struct Line {
    #[serde(flatten)]
    pub(super) sent: Sent,
    pub(super) rows: Option<usize>,
}

impl Destination<'_> {
    /// Refuses a file that is there, before anything is made for it.
    pub(super) fn check(&self) -> Result<(), CliError> {
        self.output.map_or(Ok(()), |path| refuse_existing(path, self.force))
    }

    /// Opens the study: a file that leaves is noted in its history, what is printed is not.
    pub(super) fn open(&self, world: &World) -> Result<Opened, CliError> {
        if self.output.is_some() { world.open_to_export() } else { world.open_to_read() }
    }
}

impl Parcel {
    /// A file of settings: the bytes are its words, and it has no rows.
    pub(super) fn of_toml(kind: &'static str, file: String, contents: Contents) -> Parcel {
        let (bytes, said) = (file.into_bytes(), String::new());
        Parcel { kind, bytes, words: None, rows: None, said, note: None, contents }
    }

    /// Sends it on its way, and says so if it became a file.
    pub(super) fn deliver(
        self,
        world: &mut World,
        opened: &mut Opened,
        to: Destination<'_>,
    ) -> Result<u8, CliError> {
        let contents = match to.with_refused {
            true => self.contents.with_refused(&opened.study),
            false => self.contents,
        };
        if !contents.refused.is_empty() {
            say_aside(&format!(
                "{} in it: it must stay with the study",
                refused_words(contents.refused.len())
            ));
        }
        let Some(path) = to.output else {
            // A terminal gets what an imported text may hold shown, a pipe or a file gets it as it is.
            match std::str::from_utf8(&self.bytes) {
                Ok(text) if stdout().is_terminal() => world.out.bytes(shown(text).as_bytes())?,
                Err(_) if stdout().is_terminal() => {
                    return Err(CliError::Usage(
                        "this is no text for a terminal; name a file with -o".into(),
                    ));
                }
                _ => world.out.bytes(&self.bytes)?,
            }
            return Ok(0);
        };
        let Self { kind, bytes, words, rows, said, note, .. } = self;
        let text = words.as_deref();
        let sent =
            send(world, opened, &Going { kind, path, bytes: &bytes, text, contents, force: to.force })?;
        let line = Line { sent, rows };
        world.out.result(&line, || match note {
            Some(note) => format!("{}; {note}", line.sent.wrote(&said)),
            None => line.sent.wrote(&said),
        })?;
        Ok(0)
    }
}
