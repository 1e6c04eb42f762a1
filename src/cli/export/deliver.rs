//! From what was made to where it goes: stdout, or a file by the one way out (`cli/leaving.rs`).

use serde::Serialize;

use super::super::error::CliError;
use super::super::leaving::{Going, Sent, say_refused, send};
use super::super::outlet::{Outlet, print_file};
use super::super::world::{Opened, World};
use crate::export::Contents;

/// Where something is to go.
#[derive(Clone, Copy)]
pub(super) struct Destination<'a> {
    /// The file, or stdout.
    pub(super) outlet: &'a Outlet,
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
        say_refused(contents.refused.len());
        let Some(path) = to.outlet.file() else {
            print_file(world, &self.bytes)?;
            return Ok(0);
        };
        let Self { kind, bytes, words, rows, said, note, .. } = self;
        let text = words.as_deref();
        let sent = send(
            world,
            opened,
            &Going { kind, path, bytes: &bytes, text, contents, force: to.outlet.force },
        )?;
        let line = Line { sent, rows };
        world.out.result(&line, || match note {
            Some(note) => format!("{}; {note}", line.sent.wrote(&said)),
            None => line.sent.wrote(&said),
        })?;
        Ok(0)
    }
}
