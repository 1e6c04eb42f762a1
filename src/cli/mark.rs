//! `combe mark`: names a point of the history.

use super::error::CliError;
use super::world::World;
use crate::study::{Change, Point, Source, fresh};

/// Name this point of the history, and keep a snapshot of it for good.
#[derive(clap::Args)]
pub(super) struct Args {
    /// What to call it: "submitted", "before second round"
    name: String,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    let point = Point { id: fresh(&world.source), name: args.name.trim().to_owned() };
    if let Some(why) = Point::against_name(&point.name) {
        return Err(CliError::Usage(why.into()));
    }
    let label = format!("point “{}”", point.name);
    let done = opened.commit(&world.source, "mark", label, vec![Change::create(point.clone())])?;
    let snapshot = opened.store.snapshot(world.source.now(), &point.name)?;
    world.out.remark(&format!(
        "Marked “{}” at action {}; its snapshot is {}",
        point.name, done.seq, snapshot.name
    ))?;
    Ok(0)
}
