//! `combe check`: is everything as it should be?

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::CliError;
use super::output::say_aside;
use super::quotes::attribution;
use super::world::{World, paths, shown_path};
use crate::store::unfinished_in;

/// Check that the study is whole: file, references, history, texts and quotes.
///
/// Exit code 1 if something is wrong. What study.toml says that nobody can have meant is told on stderr. With --where, list instead
/// the files that hold participants' words: the study, its snapshots, the file of quotations beside the draft, your file of names,
/// what an export that was killed left in the folder of the study or in this one, and your own search index and saved place. Others
/// who opened the study have an index and a place of their
/// own, which cannot be seen from your account: each can list theirs. With --identifiers, list words of transcripts, memos,
/// summaries and examples of codes that may tell who somebody is; exit code 1 if a grave one is neither replaced nor kept.
#[derive(clap::Args)]
pub(super) struct Args {
    /// List the files that hold participants' words, as far as you can see them
    #[arg(long)]
    r#where: bool,
    /// List words that may tell who somebody is: names of the watch list, numbers, addresses, dates, names behind titles
    #[arg(long, conflicts_with = "where")]
    identifiers: bool,
    /// Print the words that are found, too; without it only where they stand, since output may be logged
    #[arg(long, requires = "identifiers")]
    show_words: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    check: &'a str,
    ok: bool,
    detail: &'a str,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    if args.r#where {
        return list_files(world);
    }
    if args.identifiers {
        return super::identifiers::run(world, args.show_words);
    }
    let mut opened = world.open_to_read()?;
    // A slip in study.toml harms no study: it is told, and is no answer.
    if let Err(error) = attribution(&opened.study) {
        say_aside(&error.sentence());
    }
    let findings = opened.store.check()?;
    for finding in &findings {
        let line = Line { check: finding.check, ok: finding.ok, detail: &finding.detail };
        world.out.result(&line, || {
            format!("{:<4}  {:<11} {}", if finding.ok { "ok" } else { "BAD" }, finding.check, finding.detail)
        })?;
    }
    Ok(u8::from(findings.iter().any(|finding| !finding.ok)))
}

fn list_files(world: &mut World) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let folder = opened.store.folder().to_owned();
    let identity = opened.store.identity()?;
    let paths = paths()?;
    let in_study = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("study.db")
            || name.starts_with(".study.db")
            || path.starts_with(folder.join("snapshots"))
    };
    let mut found: Vec<PathBuf> = files_below(&folder).into_iter().filter(in_study).collect();
    // What a killed export left, where one looks first.
    found.extend(unfinished_in(&folder));
    let same = |here: &PathBuf| here.canonicalize().ok() == folder.canonicalize().ok();
    if let Some(here) = std::env::current_dir().ok().filter(|here| !same(here)) {
        found.extend(unfinished_in(&here));
    }
    // The index holds every word; the place may hold words that were searched for.
    found.extend(files_below(&paths.cache.join(&identity)));
    found.extend(files_below(&paths.state.join(&identity)));
    found.extend(super::erasing::beside_draft(&opened));
    match super::identifiers::names_file(world, &opened) {
        Ok(names) => found.extend(Some(names.path().to_owned()).filter(|path| path.is_file())),
        Err(error) => say_aside(&error.sentence()),
    }
    found.sort();
    if !world.out.json {
        say_aside(
            "files that others made for themselves (search index, saved place) cannot be seen by you; each can list theirs",
        );
    }
    for path in found {
        let path = shown_path(&path);
        world.out.result(&Line { check: "where", ok: true, detail: &path }, || path.clone())?;
    }
    Ok(0)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .flatten()
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { files_below(&path) } else { vec![path] }
        })
        .collect()
}
