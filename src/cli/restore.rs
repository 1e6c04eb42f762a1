//! `combe restore`: brings back a snapshot.

use serde::Serialize;

use super::error::CliError;
use super::world::{World, shown_path, signature};
use crate::store::{Opening, Snapshot, Store, StoreError};
use crate::study::Step;

/// List the snapshots, or take the study back to one.
///
/// A restore is an action of the history: what came after the snapshot is not lost, `combe undo NUMBER` brings it back.
/// If study.db is damaged and cannot be opened, the snapshot takes its place and the damaged file is kept beside it.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Name of a snapshot; without one they are listed
    snapshot: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    path: String,
    at: String,
    note: Option<&'a str>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let folder = world.study_folder()?;
    let Some(name) = &args.snapshot else {
        let snapshots = Store::snapshots_of(&folder)?;
        if snapshots.is_empty() {
            world.out.remark("There are no snapshots yet; `combe backup` makes one.")?;
            return Ok(1);
        }
        for snapshot in &snapshots {
            list(world, snapshot)?;
        }
        return Ok(0);
    };
    let name = name.strip_suffix(".db").unwrap_or(name);
    let opening = Opening { take_over: world.take_over, ..Opening::new(folder.clone(), signature()) };
    let mut opened = match world.open() {
        Err(CliError::Refused { .. }) if is_damaged(world, &folder) => {
            let kept = Store::replace_damaged(&opening, name, &world.source)?;
            world
                .out
                .remark(&format!("Restored {name}; the damaged file is kept as {}", shown_path(&kept)))?;
            return Ok(0);
        }
        opened => opened?,
    };
    let changes = opened.store.changes_to_restore(name)?;
    if changes.is_empty() {
        world.out.remark(&format!("The study is as in {name} already."))?;
        return Ok(0);
    }
    let texts = opened.store.texts_for(&changes)?;
    let count = changes.len();
    let label = format!("restore of {name}");
    let step = Step { command: "restore".into(), label, changes, ..Step::default() };
    let done = opened.commit_step(&world.source, step, &texts)?;
    world.out.remark(&format!(
        "Restored {name}: {count} records changed. `combe undo {}` brings back what was there.",
        done.seq
    ))?;
    Ok(0)
}

fn is_damaged(world: &World, folder: &std::path::Path) -> bool {
    let opening = Opening { read_only: true, ..Opening::new(folder.to_owned(), signature()) };
    matches!(Store::open(&opening, &world.source), Err(StoreError::Damaged { .. }))
}

fn list(world: &mut World, snapshot: &Snapshot) -> Result<(), CliError> {
    let line = Line {
        name: &snapshot.name,
        path: shown_path(&snapshot.path),
        at: snapshot.at.to_string(),
        note: snapshot.note.as_deref(),
    };
    world.out.result(&line, || snapshot.name.clone())
}
