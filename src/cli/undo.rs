//! `combe undo`: takes an action back.

use super::error::CliError;
use super::world::{Opened, World};
use crate::store::{Entry, is_final};
use crate::study::{Action, ActionId, Record, Step, sizes};

/// Take back your last action, or the one with a number of the history.
///
/// An undo is an action like any other: it is in the history, and can itself be taken back. Imports and restores are
/// taken back only by their number, which `combe log` prints.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Number of the action in the history (or its id); your own last one if not given
    action: Option<String>,
    /// Why, for the history
    #[arg(long)]
    reason: Option<String>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    let id: ActionId = match &args.action {
        Some(given) => find(&opened.store, given)?,
        None => match opened.store.undo_stacks(opened.coder.id)?.undo.last() {
            Some(id) => *id,
            None => {
                world.out.remark("There is nothing of yours to undo.")?;
                return Ok(1);
            }
        },
    };
    let action = opened.store.action(id)?;
    if is_hidden(&opened, &action) {
        return Err(CliError::refused("that is somebody else's step in a transcript that you code blind"));
    }
    if is_final(&action.command) {
        return Err(CliError::refused(
            "what was erased or has left the study cannot be taken back, and the record of it stays",
        ));
    }
    // A coder that the action created stays: what they did since is signed with it.
    let mut changes = action.inverse_changes();
    changes.retain(|change| !matches!(change.record(), Some(Record::Coder(_))));
    let texts = opened.store.texts_for(&changes)?;
    let size = match sizes(&changes) {
        size if size.is_empty() => size,
        size => format!("{size}; "),
    };
    let step = Step {
        command: "undo".into(),
        label: format!("undo: {}", action.label),
        reason: args.reason.clone(),
        undoes: Some(id),
        changes,
    };
    let undone = opened.commit_step(&world.source, step, &texts);
    if let Err(CliError::Refused { sentence, .. }) = undone {
        let standing = opened.store.standing_on(id)?;
        return Err(CliError::refused(match standing.as_slice() {
            [] => format!("{} cannot be undone: {sentence}", action.label),
            later => format!("{} cannot be undone: {}", action.label, built_on_it(&opened, later)),
        }));
    }
    let done = undone?;
    let stays = action.what_stays();
    world
        .out
        .remark(&format!("Undone: {} ({size}action {} of the history){stays}", action.label, done.seq))?;
    Ok(0)
}

/// Who built on an action, and what has to be undone before it: `later`, newest first.
fn built_on_it(opened: &Opened, later: &[Entry]) -> String {
    const SHOWN: usize = 6;
    if let Some(erasure) = later.iter().find(|entry| is_final(&entry.command)) {
        return match erasure.command.as_str() {
            "export" => format!(
                "action {} rests on it, an export: what left the study has left, and its record stays. Put right what is wrong \
                 by a new step",
                erasure.seq
            ),
            _ => format!("action {} rests on it, which erased words, and is never undone", erasure.seq),
        };
    }
    let shown = later.get(..SHOWN.min(later.len())).unwrap_or_default();
    let actions: Vec<String> = shown
        .iter()
        .map(|entry| {
            let told = opened.store.action(entry.id).map_or(true, |action| !is_hidden(opened, &action));
            let label = if told { entry.label.as_str() } else { "hidden, you code there blind" };
            format!("action {} of {}: {label}", entry.seq, opened.coder_name(entry.coder))
        })
        .collect();
    let undo: Vec<String> = shown.iter().map(|entry| format!("combe undo {}", entry.seq)).collect();
    let more = match later.len() - shown.len() {
        0 => String::new(),
        more => format!("; and {more} more before that"),
    };
    format!("later work rests on it ({}). First: {}{more}", actions.join("; "), undo.join("; "))
}

/// Whether somebody else did it in a transcript that this coder codes blind.
fn is_hidden(opened: &Opened, action: &Action) -> bool {
    let me = opened.coder.id;
    action.coder != me && opened.study.hides_any(me, &action.changes)
}

fn find(store: &crate::store::Store, given: &str) -> Result<ActionId, CliError> {
    if let Ok(seq) = given.parse() {
        return Ok(store.entry(seq)?.id);
    }
    given.parse().map_err(|_| {
        CliError::Usage(format!(
            "'{given}' is no number of an action; `combe log` prints them in the first column"
        ))
    })
}
