//! `combe hide` and `combe unhide`: takes things out of sight, and brings them back.

use super::error::CliError;
use super::world::{Opened, World};
use crate::study::{Change, Hidden, Hideable, fresh};

/// Hide a person, a transcript or a turn from counts, search, quotes and exports: `combe hide P088`, `I43`, `I43:41`.
///
/// Nothing is deleted, and `combe unhide` or `combe undo` brings it back. A quote that shares words with what is hidden is
/// hidden with it. Without a name, what is hidden is listed. To erase words for good, see `combe withdraw`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A participant, a transcript, or a turn of one (I43:41)
    what: Vec<String>,
}

/// Bring back what was hidden: `combe unhide P088`.
#[derive(clap::Args)]
pub(super) struct UnhideArgs {
    /// A participant, a transcript, or a turn of one (I43:41)
    #[arg(required = true)]
    what: Vec<String>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    if args.what.is_empty() {
        return list(world);
    }
    let mut opened = world.open()?;
    let mut changes = Vec::new();
    let things = find(&opened, &args.what)?;
    for what in &things {
        if opened.study.hidden_by(*what).is_some() {
            let name = opened.study.hideable_name(*what);
            return Err(CliError::refused(format!("{name} is hidden already; `combe hide` lists what is")));
        }
        changes.push(Change::create(Hidden { id: fresh(&world.source), what: *what }));
    }
    let names = names(&opened, &things);
    let label = format!("{names} hidden from counts, search, quotes and exports");
    let done = opened.commit(&world.source, "hide", label.clone(), changes)?;
    world.out.remark(&format!("Saved as action {}: {label}", done.seq))?;
    Ok(0)
}

pub(super) fn unhide(world: &mut World, args: &UnhideArgs) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    let mut changes = Vec::new();
    let things = find(&opened, &args.what)?;
    for what in &things {
        let Some(held) = opened.study.hidden_by(*what) else {
            let name = opened.study.hideable_name(*what);
            return Err(CliError::refused(format!("{name} is not hidden; `combe hide` lists what is")));
        };
        changes.push(Change::delete(held.clone()));
    }
    let label = format!("{} brought back", names(&opened, &things));
    let done = opened.commit(&world.source, "unhide", label.clone(), changes)?;
    world.out.remark(&format!("Saved as action {}: {label}", done.seq))?;
    Ok(0)
}

fn list(world: &mut World) -> Result<u8, CliError> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        hidden: &'a str,
    }
    let opened = world.open_to_read()?;
    let mut names: Vec<String> =
        opened.study.hidden().iter().map(|held| opened.study.hideable_name(held.what)).collect();
    names.sort();
    for name in &names {
        world.out.result(&Line { hidden: name }, || name.clone())?;
    }
    Ok(u8::from(names.is_empty()))
}

fn find(opened: &Opened, words: &[String]) -> Result<Vec<Hideable>, CliError> {
    let one = |word: &String| {
        opened.study.hideable_named(word).ok_or_else(|| {
            CliError::Usage(format!(
                "there is no participant, transcript or turn {word}; write P088, I43 or I43:41"
            ))
        })
    };
    words.iter().map(one).collect()
}

fn names(opened: &Opened, things: &[Hideable]) -> String {
    let names: Vec<String> = things.iter().map(|what| opened.study.hideable_name(*what)).collect();
    names.join(", ")
}
