//! `combe export`: codings, codebook, people, in the shapes that import reads.

use std::path::PathBuf;

use clap::ValueEnum;

use super::error::CliError;
use super::output::say_aside;
use super::world::World;
use crate::export::{codebook_toml, codings_csv, participants_csv, sessions_csv};

/// Write codings, codebook or participants to stdout or a file, in the shape that import reads.
///
/// Offsets of codings are Unicode code points. codings.csv holds participants' words: mind where it goes.
#[derive(clap::Args)]
pub(super) struct Args {
    /// What to write
    what: What,
    /// File to write; stdout if not given
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Also write quotes of people who did not agree to be quoted, for a copy that stays with the study
    #[arg(long)]
    with_refused: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// codings.csv: transcript,start,end,quote,code,valence,coder,memo
    Codings,
    /// codebook.toml: codes and themes
    Codebook,
    /// participants.csv: who speaks where, consent, attributes
    Participants,
    /// sessions.csv: transcripts with their attributes
    Sessions,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let study = &opened.study;
    let bytes = match args.what {
        What::Codings => {
            let text = |revision| opened.store.text(revision).map_err(|error| error.to_string());
            let (bytes, left_out) = codings_csv(study, args.with_refused, text)
                .map_err(|error| CliError::refused(error.to_string()))?;
            if left_out > 0 {
                say_aside(&format!(
                    "{left_out} quotes of people who did not agree to be quoted are left out; --with-refused writes them too"
                ));
            }
            bytes
        }
        What::Codebook => codebook_toml(study, &study.settings.framework).into_bytes(),
        What::Participants => participants_csv(study),
        What::Sessions => sessions_csv(study),
    };
    match &args.output {
        None => world.out.bytes(&bytes)?,
        Some(path) => crate::store::write_private_file(path, &bytes)?,
    }
    Ok(0)
}
