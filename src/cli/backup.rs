//! `combe backup`: a snapshot now.

use serde::Serialize;

use super::error::CliError;
use super::world::{World, shown_path};
use crate::study::Source;

/// Make a snapshot of the study now, checked and kept for good.
///
/// Snapshots lie in the folder snapshots/ of the study. Others are made by themselves and thinned out with time.
#[derive(clap::Args)]
pub(super) struct Args {}

#[derive(Serialize)]
struct Line {
    name: String,
    path: String,
    at: String,
}

pub(super) fn run(world: &mut World, _: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let snapshot = opened.store.snapshot(world.source.now(), "backup")?;
    let line = Line { name: snapshot.name, path: shown_path(&snapshot.path), at: snapshot.at.to_string() };
    world.out.result(&line, || format!("Made {}", line.path))?;
    Ok(0)
}
