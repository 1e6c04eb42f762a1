//! What `combe withdraw` and `combe erase` have in common: saying what goes, asking once, doing it.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::CliError;
use super::output::say_aside;
use super::world::{Opened, World, paths, shown_path};
use crate::store::{Asked, Touched};
use crate::study::Export;
use crate::text::counted;

/// What has to be typed before words go.
const WORD: &str = "erase";

/// What an erasure touches, as JSON.
#[derive(Serialize)]
struct Line {
    what: String,
    done: bool,
    transcripts: Vec<String>,
    turns: usize,
    revisions: usize,
    quotes: usize,
    cut_quotes: usize,
    codings: usize,
    memos: usize,
    summaries: usize,
    unlinked_summaries: usize,
    others: usize,
    drafts: usize,
    cut_drafts: usize,
    changes: usize,
    snapshots_gone: Vec<String>,
    snapshots_made_anew: Vec<String>,
    exports: Vec<String>,
    stays: Vec<String>,
    elsewhere: Vec<String>,
    undone_texts: usize,
    labels: usize,
    preambles: usize,
    names: usize,
    actions: Vec<i64>,
    beside_draft: Option<String>,
    unclear_turns: usize,
}

fn shown_beside(opened: &Opened) -> Option<String> {
    beside_draft(opened).map(|path| shown_path(&path))
}

/// How it is to be done, as somebody says on the command line.
#[derive(clap::Args)]
pub(super) struct How {
    /// Why, for the history; without any of the words
    #[arg(long)]
    pub(super) reason: Option<String>,
    /// Only show what it would touch
    #[arg(long)]
    dry_run: bool,
    /// Do not ask: for scripts
    #[arg(long)]
    yes: bool,
}

/// What is to be done.
pub(super) struct Doing<'h> {
    /// How.
    pub(super) how: &'h How,
    /// What goes, without any words.
    pub(super) what: String,
    /// What to know about how it is found elsewhere.
    pub(super) remark: Option<&'static str>,
}

/// The file of quotations beside the draft that study.toml names, if it is there.
pub(super) fn beside_draft(opened: &Opened) -> Option<PathBuf> {
    let file = opened.study.settings.quotation.beside_draft()?;
    Some(opened.store.folder().join(file)).filter(|path| path.is_file())
}

/// Says what an erasure would touch, asks once, and does it.
pub(super) fn carry_out(
    world: &mut World,
    opened: &mut Opened,
    asked: &Asked,
    touched: &Touched,
    doing: &Doing<'_>,
) -> Result<u8, CliError> {
    refuse_blind(opened, asked)?;
    let beside = shown_beside(opened);
    say_touched(world, touched, doing, beside.as_deref())?;
    if doing.how.dry_run {
        world
            .out
            .result(&line(touched, doing, beside.as_deref(), false), || "Nothing was changed.".into())?;
        return Ok(0);
    }
    if !doing.how.yes {
        // What goes is read before the question.
        world.out.flush()?;
        say_aside(&format!("cannot be undone; type {WORD} and Enter to go on, anything else leaves it"));
        let mut typed = String::new();
        std::io::stdin().lock().read_line(&mut typed)?;
        if typed.trim() != WORD {
            world.out.remark("Nothing was changed.")?;
            return Ok(1);
        }
    }
    let seq = opened.store.erase(asked, &world.source)?;
    forget_outside(opened)?;
    opened.store.end_erasure()?;
    world.out.result(&line(touched, doing, beside.as_deref(), true), || {
        format!("Erased: {}; action {seq} of the history. `combe check` looks the study through.", doing.what)
    })?;
    Ok(0)
}

/// Says for people what goes, then what it cannot reach.
fn say_touched(
    world: &mut World,
    touched: &Touched,
    doing: &Doing<'_>,
    beside: Option<&str>,
) -> Result<(), CliError> {
    let mut lines = vec![format!("This erases {}:", doing.what), String::new()];
    lines.extend(rows(touched).into_iter().map(|(name, what)| format!("  {name:<10}  {what}")));
    lines.extend(doing.remark.map(|remark| format!("\n{remark}")));
    lines.extend([String::new(), "It cannot reach these; look after them yourself:".into(), String::new()]);
    lines.extend(out_of_reach(touched, beside).into_iter().map(|line| format!("  {line}")));
    lines.push(String::new());
    world.out.wrapped(&lines.join("\n"))
}

/// What goes, a row for each kind of thing.
fn rows(touched: &Touched) -> Vec<(&'static str, String)> {
    let mut rows = vec![
        (
            "turns",
            format!(
                "{} in {}, in {}",
                touched.turns,
                or_none(&touched.transcripts),
                counted(touched.revisions, "revision", "revisions")
            ),
        ),
        ("quotes", format!("{} wholly, {} in part", touched.quotes, touched.cut_quotes)),
        ("codings", format!("{}, on the quotes that go wholly", touched.codings)),
        ("memos", touched.memos.to_string()),
        (
            "summaries",
            match touched.unlinked {
                0 => touched.summaries.to_string(),
                unlinked => format!(
                    "{}; {unlinked} more only lose a link, and are to be looked at again",
                    touched.summaries
                ),
            },
        ),
        (
            "snapshots",
            format!(
                "{} deleted, {} made anew without the words",
                touched.snapshots_gone.len(),
                touched.snapshots_made_anew.len()
            ),
        ),
        ("history", format!("the text of {}", counted(touched.changes, "change", "changes"))),
    ];
    let mut add = |name, count: usize, what: String| rows.extend((count > 0).then_some((name, what)));
    add("citations", touched.others, format!("{}, in definitions, notes and comments", touched.others));
    add("labels", touched.labels, format!("{} of speakers", touched.labels));
    add("preambles", touched.preambles, touched.preambles.to_string());
    add(
        "names",
        touched.names,
        format!("{}, of people, labels, transcripts, files and the like", touched.names),
    );
    if let Some(first) = touched.actions.first() {
        let told = counted(touched.actions.len(), "action", "actions");
        let what = format!("labels and reasons of {told}; its hashes are made anew from action {first} on");
        add("history", 1, what);
    }
    add(
        "drafts",
        touched.drafts + touched.cut_drafts,
        format!("{} wholly, {} in part", touched.drafts, touched.cut_drafts),
    );
    add(
        "undone",
        touched.undone,
        format!("{} of undone imports and corrections", counted(touched.undone, "text", "texts")),
    );
    add(
        "exports",
        touched.exports.len(),
        format!(
            "{} that may have held them: see below",
            counted(touched.exports.len(), "earlier one", "earlier ones")
        ),
    );
    rows
}

/// What has the words and is not the study's to change, a sentence each.
fn out_of_reach(touched: &Touched, beside: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    let day =
        |export: &Export| format!("{} ({}, {})", export.file, export.kind, export.at.strftime("%Y-%m-%d"));
    lines.extend(touched.exports.iter().map(|export| format!("a file that left the study: {}", day(export))));
    if !touched.sources.is_empty() {
        lines.push(format!("the imported files: {}", touched.sources.join(", ")));
    }
    lines.extend(
        beside.map(|file| format!("the file of quotations beside your draft, and the draft: {file}")),
    );
    if !touched.elsewhere.is_empty() {
        lines.push(format!(
            "turns that say the same words, of others or another time: {}",
            touched.elsewhere.join(", ")
        ));
    }
    if touched.unclear > 0 {
        lines.push(format!(
            "{} there that several people speak, or nobody knows whom; see `combe erase`",
            counted(touched.unclear, "turn", "turns")
        ));
    }
    lines.extend(touched.stays.iter().cloned());
    lines.push(
        "search indexes and saved places of colleagues: `combe check --where` lists theirs to each".into(),
    );
    lines
}

fn or_none(names: &[String]) -> String {
    if names.is_empty() { "no transcript".into() } else { names.join(", ") }
}

fn line(touched: &Touched, doing: &Doing<'_>, beside: Option<&str>, done: bool) -> Line {
    Line {
        what: doing.what.clone(),
        done,
        transcripts: touched.transcripts.clone(),
        turns: touched.turns,
        revisions: touched.revisions,
        quotes: touched.quotes,
        cut_quotes: touched.cut_quotes,
        codings: touched.codings,
        memos: touched.memos,
        summaries: touched.summaries,
        unlinked_summaries: touched.unlinked,
        others: touched.others,
        drafts: touched.drafts,
        cut_drafts: touched.cut_drafts,
        changes: touched.changes,
        snapshots_gone: touched.snapshots_gone.clone(),
        snapshots_made_anew: touched.snapshots_made_anew.clone(),
        exports: touched.exports.iter().map(|export| export.file.clone()).collect(),
        stays: touched.stays.clone(),
        elsewhere: touched.elsewhere.clone(),
        undone_texts: touched.undone,
        labels: touched.labels,
        preambles: touched.preambles,
        names: touched.names,
        actions: touched.actions.clone(),
        beside_draft: beside.map(str::to_owned),
        unclear_turns: touched.unclear,
    }
}

/// Who codes a transcript blind must not be told what others did there, as an erasure has to.
fn refuse_blind(opened: &Opened, asked: &Asked) -> Result<(), CliError> {
    let blind = opened.study.blind_transcripts(opened.coder.id);
    let touched = asked.what.transcripts(&opened.study);
    match touched.iter().filter(|id| blind.contains(id)).find_map(|id| opened.study.transcripts().get(id)) {
        Some(held) => Err(CliError::refused(format!(
            "you code {} blind, and an erasure tells what others did there; let a colleague erase, or end being blind there \
             first; nothing was changed",
            held.name
        ))),
        None => Ok(()),
    }
}

/// An erasure that is not finished is finished first.
pub(super) fn finish_first(opened: &Opened) -> Result<(), CliError> {
    match opened.store.unfinished_erasure()? {
        Some(_) => Err(CliError::refused(
            "an earlier erasure stopped before all files were done; run `combe withdraw --finish` first",
        )),
        None => Ok(()),
    }
}

/// Deletes what lies outside the study and may hold its words: the search index and the saved place of whoever runs this.
pub(super) fn forget_outside(opened: &Opened) -> Result<(), CliError> {
    let identity = opened.store.identity()?;
    let paths = paths()?;
    for folder in [paths.cache.join(&identity), paths.state.join(&identity)] {
        remove_folder(&folder)?;
    }
    say_aside(
        "whoever else opened this study has a search index and a saved place of their own, which only they can delete; \
         `combe check --where` lists theirs to each",
    );
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<(), CliError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            let folder: PathBuf = folder.to_owned();
            Err(CliError::at(
                shown_path(&folder),
                format!(
                    "it may hold erased words and cannot be deleted ({error}); then run `combe withdraw --finish`"
                ),
            ))
        }
        _ => Ok(()),
    }
}
