//! `combe restore`: brings back a snapshot.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::error::CliError;
use super::world::{World, shown_path, signature};
use crate::store::{Opening, Snapshot, Store, StoreError};
use crate::study::Step;
use crate::text::counted;

/// List the snapshots with time, number of actions and size, or take the study back to one.
///
/// A restore is an action of the history: what came after the snapshot is not lost, `combe undo NUMBER` brings it back.
/// What people refused, what is hidden, who codes blind and what left the study stays as it is today.
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
    actions: Option<i64>,
    bytes: Option<u64>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let folder = world.study_folder()?;
    let Some(name) = &args.snapshot else {
        let snapshots = Store::snapshots_of(&folder)?;
        if snapshots.is_empty() {
            world.out.remark("There are no snapshots yet; `combe backup` makes one.")?;
            return Ok(1);
        }
        let widest = snapshots.iter().map(|snapshot| snapshot.name.width()).max().unwrap_or(0);
        for snapshot in &snapshots {
            list(world, snapshot, widest)?;
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

/// A line of the list, its name in `widest` columns. A snapshot that cannot be read is listed too.
fn list(world: &mut World, snapshot: &Snapshot, widest: usize) -> Result<(), CliError> {
    let size = snapshot.size();
    let line = Line {
        name: &snapshot.name,
        path: shown_path(&snapshot.path),
        at: snapshot.at.to_string(),
        note: snapshot.note.as_deref(),
        actions: size.as_ref().ok().map(|(actions, _)| *actions),
        bytes: size.as_ref().ok().map(|(_, bytes)| *bytes),
    };
    world.out.result(&line, || {
        let gap = " ".repeat(widest.saturating_sub(snapshot.name.width()));
        let at = snapshot.at.strftime("%Y-%m-%d %H:%M:%S");
        let size = match &size {
            Ok((actions, bytes)) => {
                let actions = counted(usize::try_from(*actions).unwrap_or(0), "action", "actions");
                format!("{actions:>15}  {:>9}", counted(kibibytes(*bytes), "KiB", "KiB"))
            }
            Err(_) => "cannot be read".into(),
        };
        format!("{}{gap}  {at}  {size}", snapshot.name)
    })
}

/// Rounded up, so that nothing is of no size.
fn kibibytes(bytes: u64) -> usize {
    usize::try_from(bytes.div_ceil(1024)).unwrap_or(usize::MAX)
}
