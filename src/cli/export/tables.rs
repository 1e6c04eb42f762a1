//! Exports for import: codings, codebook, people; and memos.

use std::collections::BTreeSet;

use super::super::error::CliError;
use super::super::output::say_aside;
use super::super::world::{Opened, World};
use super::deliver::Parcel;
use super::printed::{no_json, say_left_out};
use super::{Args, Wanted, What};
use crate::export::{
    Contents, Extract, Format, Reach, TextsError, codebook_table, codebook_toml, codings_table,
    framework_toml, mark_utf8, memos_table, participants_table, sessions_table,
};
use crate::text::counted;

/// Whether a codebook is wanted in a shape that import reads, and not one for people.
pub(super) fn is_for_import(args: &Args) -> Result<bool, CliError> {
    Ok(match args.wanted() {
        None | Some(Wanted::Toml | Wanted::Print(Format::Csv)) => true,
        Some(_) => false,
    })
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let as_toml = match args.what {
        What::Codebook => args.choose(&[Wanted::Toml, Wanted::Print(Format::Csv)])? == Wanted::Toml,
        _ if args.is_json() => false,
        _ => args.choose(&[Wanted::Print(Format::Csv)])? == Wanted::Toml,
    };
    if as_toml && world.out.json {
        return Err(CliError::Usage(
            "the whole codebook is TOML: leave --json out, add --csv for its codes alone, or see `combe codes --json`".into(),
        ));
    }
    let mut opened = args.outlet.open(world)?;
    let cited = match args.what {
        What::Codebook => args.keep_words_back(&mut opened, Reach::All)?,
        What::Codings | What::Memos => {
            // Whose words they cite is for those who read the codebook.
            args.keep_words_back(&mut opened, Reach::Written)?;
            BTreeSet::new()
        }
        _ => BTreeSet::new(),
    };
    let study = &opened.study;
    if as_toml {
        let contents = Contents::codebook().citing(cited);
        let file = codebook_toml(study, &study.settings.framework);
        return Parcel::of_toml("codebook", file, contents).deliver(world, &mut opened, args.destination());
    }
    let (kind, Extract { mut rows, contents, left_out }) = table(&opened, args)?;
    let contents = contents.citing(cited);
    if args.what == What::Memos && left_out > 0 {
        let memos = counted(left_out, "memo on a quote", "memos on quotes");
        say_aside(&format!(
            "left out: {memos} of people who did not agree to be quoted; --with-refused writes them too"
        ));
    } else if args.what == What::Participants && left_out > 0 {
        let people = counted(left_out, "participant", "participants");
        say_aside(&format!("left out: {people} who withdrew"));
    } else {
        say_left_out(left_out);
    }
    // Where a file is named, its name says what it holds, and --json how that is told.
    let as_json = args.is_json() || (world.out.json && args.ending().is_none());
    if args.what == What::Codebook && !as_json {
        rows.guard();
    }
    let mut bytes = if as_json { rows.to_json_lines() } else { rows.to_csv() };
    if args.bom && !as_json {
        mark_utf8(&mut bytes);
    }
    let count = rows.rows.len();
    let said = counted(count, "row", "rows");
    let parcel = Parcel { kind, bytes, words: None, rows: Some(count), said, note: None, contents };
    parcel.deliver(world, &mut opened, args.destination())
}

/// The framework that the study was made with, as `combe new` reads it.
pub(super) fn framework(world: &mut World, args: &Args) -> Result<u8, CliError> {
    no_json(world, args, "the framework is TOML, as `combe new --framework` reads it")?;
    args.choose(&[Wanted::Toml])?;
    let mut opened = args.outlet.open(world)?;
    let study = &opened.study;
    let Some(file) = framework_toml(study, &study.settings.framework) else {
        return Err(CliError::Nothing(study.no_framework_words()));
    };
    Parcel::of_toml("framework", file, Contents::codebook()).deliver(world, &mut opened, args.destination())
}

/// The rows asked for.
fn table(opened: &Opened, args: &Args) -> Result<(&'static str, Extract), CliError> {
    let study = &opened.study;
    let text = |revision| opened.store.text(revision).map_err(|error| error.to_string());
    let refused = |error: TextsError| CliError::refused(error.to_string());
    Ok(match args.what {
        What::Codings => ("codings", codings_table(study, args.with_refused, text).map_err(refused)?),
        What::Memos => ("memos", memos_table(study, args.with_refused, text).map_err(refused)?),
        What::Sessions => ("sessions", sessions_table(study)),
        What::Participants => ("participants", participants_table(study)),
        _ => {
            if !study.themes().is_empty() {
                say_aside(
                    "themes have no place in a table of codes and are left out; as TOML the codebook has them",
                );
            }
            let rows = codebook_table(study, &study.settings.framework);
            ("codebook", Extract { rows, contents: Contents::codebook(), left_out: 0 })
        }
    })
}
