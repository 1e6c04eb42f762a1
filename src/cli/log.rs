//! `combe log`: the history.

use serde::Serialize;

use super::error::CliError;
use super::world::World;

/// Print the history: what was done, by whom, and when.
///
/// Prints numbers, names and offsets, never text of a transcript, so that a data manager may read it. Who codes a
/// transcript blind is not told what others did there.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Only the last N actions
    #[arg(long, short = 'n', value_name = "N")]
    last: Option<usize>,
}

#[derive(Serialize)]
struct Line<'a> {
    seq: i64,
    id: String,
    at: String,
    coder: String,
    command: &'a str,
    label: &'a str,
    reason: Option<&'a str>,
    changes: usize,
    undoes: Option<String>,
    hash: &'a str,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    for mut entry in opened.store.log(args.last)? {
        if let Some(whole) = &opened.whole
            && entry.coder != opened.coder.id
            && whole.hides_any(opened.coder.id, &opened.store.changes_at(entry.seq)?)
        {
            entry.label = String::from("(hidden: you code there blind)");
            entry.reason = None;
        }
        let line = Line {
            seq: entry.seq,
            id: entry.id.to_string(),
            at: entry.at.to_string(),
            coder: opened.coder_name(entry.coder),
            command: &entry.command,
            label: &entry.label,
            reason: entry.reason.as_deref(),
            changes: entry.changes,
            undoes: entry.undoes.map(|id| id.to_string()),
            hash: &entry.hash,
        };
        world.out.result(&line, || {
            let reason = entry.reason.as_deref().map(|reason| format!("  ({reason})")).unwrap_or_default();
            let at = entry.at.strftime("%Y-%m-%d %H:%M:%S");
            format!(
                "{:>6}  {at}  {:<10}  {:<14}  {}{reason}",
                entry.seq, line.coder, entry.command, entry.label
            )
        })?;
    }
    Ok(0)
}
