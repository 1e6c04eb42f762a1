//! Where a subcommand writes to, and the options that say so: the same ones wherever something can leave the study.

use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::leaving::refuse_existing;
use super::output::shown;
use super::world::{Opened, World};

/// The options.
#[derive(clap::Args)]
pub(super) struct Outlet {
    /// File to write; stdout if not given, or if it is called -
    #[arg(long, short, visible_alias = "out", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub(super) force: bool,
}

impl Outlet {
    /// The file; `None` for stdout.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != "-")
    }

    /// What the file's name ends in.
    pub(super) fn ending(&self) -> Option<&str> {
        self.file()?.extension()?.to_str()
    }

    /// Refuses a file that is there, before anything is made for it.
    pub(super) fn check(&self) -> Result<(), CliError> {
        self.file().map_or(Ok(()), |path| refuse_existing(path, self.force))
    }

    /// Files of Word and Excel are no text for stdout: they need a name, and have a manifest beside them.
    pub(super) fn refuse_unnamed(&self, is_office: bool) -> Result<(), CliError> {
        match is_office && self.file().is_none() {
            true => Err(CliError::Usage("a file of Word or Excel needs a name: add -o FILE".into())),
            false => Ok(()),
        }
    }

    /// Opens the study: a file that leaves is noted in its history, what is printed is not.
    pub(super) fn open(&self, world: &World) -> Result<Opened, CliError> {
        if self.file().is_some() { world.open_to_export() } else { world.open_to_read() }
    }
}

/// Prints what would else be a file. A terminal gets what an imported text may hold shown, a pipe gets it as it is.
pub(super) fn print_file(world: &mut World, bytes: &[u8]) -> Result<(), CliError> {
    match std::str::from_utf8(bytes) {
        Ok(text) if stdout().is_terminal() => world.out.bytes(shown(text).as_bytes()),
        _ => world.out.bytes(bytes),
    }
}
