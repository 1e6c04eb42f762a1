//! `combe withdraw` and `combe erase`: words that must not stay.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::error::CliError;
use super::output::say_aside;
use super::show::find_transcript;
use super::world::{Opened, World, paths, shown_path};
use crate::store::{Asked, Touched};
use crate::study::{Erasure, Passed, Source, Withdrawal};
use crate::text::{CodePoints, counted};

/// What has to be typed before words go.
const WORD: &str = "erase";

/// Erase what somebody said who withdrew their consent: `combe withdraw P088`.
///
/// Shows first what it would touch, and asks once. The person's words go from the texts of all revisions, from quotes,
/// memos, summaries, drafts and history, from snapshots, and from your search index and saved place; turns keep their
/// numbers. What others said stays. It cannot be undone. To take somebody out of sight for the time being, see `combe hide`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Name of the participant
    #[arg(required_unless_present = "finish")]
    participant: Option<String>,
    /// How far the withdrawal goes, in the study's own words, for the consent record
    #[arg(long, default_value = "all")]
    scope: String,
    /// The day it reached the study (2026-11-29); today if not given
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Why, for the history; without any of the words
    #[arg(long)]
    reason: Option<String>,
    /// Only show what it would touch
    #[arg(long)]
    dry_run: bool,
    /// Do not ask: for scripts
    #[arg(long)]
    yes: bool,
    /// Go on with an erasure that stopped half way, as `combe check` says
    #[arg(long)]
    finish: bool,
}

/// Erase one passage, or a real name: `combe erase I43 2101 2188`.
///
/// START and END count Unicode code points of the stored text, as `combe show --json` prints them; END is one past the last.
/// The same words go from the same turn in earlier revisions, from quotes, and from memos and definitions that cite them. It
/// cannot be undone.
#[derive(clap::Args)]
pub(super) struct EraseArgs {
    /// Short name of the transcript
    transcript: String,
    /// First code point of the passage
    start: usize,
    /// One past its last code point
    end: usize,
    /// Why, for the history; without any of the words
    #[arg(long)]
    reason: Option<String>,
    /// Only show what it would touch
    #[arg(long)]
    dry_run: bool,
    /// Do not ask: for scripts
    #[arg(long)]
    yes: bool,
}

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
    others: usize,
    drafts: usize,
    changes: usize,
    snapshots_gone: Vec<String>,
    snapshots_made_anew: Vec<String>,
    exports: Vec<String>,
    stays: Vec<String>,
    beside_draft: Option<String>,
    unclear_turns: usize,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    if args.finish {
        return finish(world, &mut opened);
    }
    finish_first(&opened)?;
    let name = args.participant.as_deref().unwrap_or_default();
    let person = opened.study.participant_named(name).cloned().ok_or_else(|| {
        CliError::Usage(format!(
            "there is no participant {name}; `combe export participants` lists them, and nothing was changed"
        ))
    })?;
    let on = args.on.unwrap_or_else(|| world.source.now().to_zoned(TimeZone::system()).date());
    let withdrawn = opened.study.consents().get(&person.id).and_then(|consent| consent.withdrawn.clone());
    let asked = Asked {
        what: Erasure::Participant(person.id),
        coder: opened.coder.clone(),
        command: "withdraw",
        label: format!("{} withdrew ({}): their words were erased", person.name, args.scope.trim()),
        reason: args.reason.clone(),
        withdrawal: Some(Withdrawal { on, scope: args.scope.trim().to_owned() }),
    };
    let touched = opened.store.plan_erasure(&asked, &world.source)?;
    if let Some(withdrawn) = withdrawn.filter(|_| touched.is_empty()) {
        return Err(CliError::refused(format!(
            "{} withdrew on {} already, and nothing they said is left; nothing was changed",
            person.name, withdrawn.on
        )));
    }
    let doing =
        Doing { yes: args.yes, dry_run: args.dry_run, what: person.name, beside: shown_beside(&opened) };
    carry_out(world, &mut opened, &asked, &touched, &doing)
}

pub(super) fn erase(world: &mut World, args: &EraseArgs) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    finish_first(&opened)?;
    let transcript = find_transcript(&opened, &args.transcript)?.clone();
    let text = opened.store.text(transcript.revision)?;
    let place = format!("{} {}..{}", transcript.name, args.start, args.end);
    let span = CodePoints::new(&text).to_span(args.start, args.end).ok_or_else(|| {
        CliError::at(&place, "it does not lie in the text; give a start before an end, both inside it")
    })?;
    let turns = opened.study.turns(transcript.id).cloned();
    let passed = turns.and_then(|turns| Passed::of(transcript.id, &turns, span, &text)).ok_or_else(|| {
        CliError::at(&place, "nobody says a word there; `combe show --json` prints where turns begin and end")
    })?;
    let turns: Vec<String> =
        passed.parts.iter().map(|(turn, _)| format!("{}:{turn}", transcript.name)).collect();
    let what = turns.join(", ");
    let asked = Asked {
        what: Erasure::Passage(passed),
        coder: opened.coder.clone(),
        command: "erase",
        label: format!("a passage of {what} was erased"),
        reason: args.reason.clone(),
        withdrawal: None,
    };
    let touched = opened.store.plan_erasure(&asked, &world.source)?;
    if touched.is_empty() {
        return Err(CliError::at(&place, "its words are erased already; nothing was changed"));
    }
    let doing = Doing {
        yes: args.yes,
        dry_run: args.dry_run,
        what: format!("a passage of {what}"),
        beside: shown_beside(&opened),
    };
    carry_out(world, &mut opened, &asked, &touched, &doing)
}

fn shown_beside(opened: &Opened) -> Option<String> {
    beside_draft(opened).map(|path| shown_path(&path))
}

/// How it is to be done.
struct Doing {
    yes: bool,
    dry_run: bool,
    what: String,
    /// The file of quotations beside the draft, if it is there.
    beside: Option<String>,
}

/// The file of quotations beside the draft that study.toml names, if it is there.
pub(super) fn beside_draft(opened: &Opened) -> Option<PathBuf> {
    let file = opened.study.settings.quotation.beside_draft()?;
    Some(opened.store.folder().join(file)).filter(|path| path.is_file())
}

fn carry_out(
    world: &mut World,
    opened: &mut Opened,
    asked: &Asked,
    touched: &Touched,
    doing: &Doing,
) -> Result<u8, CliError> {
    say_touched(world, touched, doing)?;
    if doing.dry_run {
        world.out.result(&line(touched, doing, false), || "Nothing was changed.".into())?;
        return Ok(0);
    }
    if !doing.yes {
        say_aside(&format!(
            "this cannot be undone. Type {WORD} and Enter to go on, anything else to leave it"
        ));
        world.out.flush()?;
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
    world.out.result(&line(touched, doing, true), || {
        format!("Erased: {}; action {seq} of the history. `combe check` looks the study through.", doing.what)
    })?;
    Ok(0)
}

/// Says what goes, for people.
fn say_touched(world: &mut World, touched: &Touched, doing: &Doing) -> Result<(), CliError> {
    let mut lines = vec![format!("This erases {}:", doing.what)];
    let mut add = |line: String| lines.push(format!("  {line}"));
    add(format!(
        "{} in {}, in {}",
        counted(touched.turns, "turn", "turns"),
        or_none(&touched.transcripts),
        counted(touched.revisions, "revision", "revisions")
    ));
    add(format!(
        "{} wholly, with {}; {} in part",
        counted(touched.quotes, "quote", "quotes"),
        counted(touched.codings, "coding", "codings"),
        counted(touched.cut_quotes, "quote", "quotes")
    ));
    add(format!(
        "{}, {}, {} that cite the words, {}",
        counted(touched.memos, "memo", "memos"),
        counted(touched.summaries, "summary", "summaries"),
        counted(touched.others, "other text", "other texts"),
        counted(touched.drafts, "draft", "drafts")
    ));
    add(format!("the text of {} in the history", counted(touched.changes, "change", "changes")));
    add(format!(
        "{} deleted, {} made anew without the words",
        counted(touched.snapshots_gone.len(), "snapshot", "snapshots"),
        counted(touched.snapshots_made_anew.len(), "snapshot", "snapshots")
    ));
    if touched.unclear > 0 {
        add(format!(
            "not touched: {} there that several people speak, or nobody knows whom; look at them, and see `combe erase`",
            counted(touched.unclear, "turn", "turns")
        ));
    }
    if !touched.exports.is_empty() {
        lines.push(
            "Files that left the study with words of theirs, or from there, are not the study's to delete:"
                .into(),
        );
        lines.extend(touched.exports.iter().map(|export| {
            format!("  {} ({}, {})", export.file, export.kind, export.at.strftime("%Y-%m-%d"))
        }));
    }
    if let Some(file) = &doing.beside {
        lines.push(format!(
            "Nor is the file of quotations beside your draft, nor the draft: take them out of {file}"
        ));
    }
    if !touched.stays.is_empty() {
        lines.push("This stays:".into());
        lines.extend(touched.stays.iter().map(|line| format!("  {line}")));
    }
    if !touched.sources.is_empty() {
        lines.push(format!("Nor are the files that were imported: {}", touched.sources.join(", ")));
    }
    world.out.wrapped(&lines.join("\n"))
}

fn or_none(names: &[String]) -> String {
    if names.is_empty() { "no transcript".into() } else { names.join(", ") }
}

fn line(touched: &Touched, doing: &Doing, done: bool) -> Line {
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
        others: touched.others,
        drafts: touched.drafts,
        changes: touched.changes,
        snapshots_gone: touched.snapshots_gone.clone(),
        snapshots_made_anew: touched.snapshots_made_anew.clone(),
        exports: touched.exports.iter().map(|export| export.file.clone()).collect(),
        stays: touched.stays.clone(),
        beside_draft: doing.beside.clone(),
        unclear_turns: touched.unclear,
    }
}

fn finish_first(opened: &Opened) -> Result<(), CliError> {
    match opened.store.unfinished_erasure()? {
        Some(_) => Err(CliError::refused(
            "an earlier erasure stopped before all files were done; run `combe withdraw --finish` first",
        )),
        None => Ok(()),
    }
}

fn finish(world: &mut World, opened: &mut Opened) -> Result<u8, CliError> {
    let Some(seq) = opened.store.unfinished_erasure()? else {
        world.out.remark("No erasure is left half done.")?;
        return Ok(1);
    };
    opened.store.finish_erasure(&world.source)?;
    forget_outside(opened)?;
    opened.store.end_erasure()?;
    world.out.remark(&format!("The erasure of action {seq} is done."))?;
    Ok(0)
}

/// Deletes what lies outside the study and may hold its words: the search index and the saved place of whoever runs this.
fn forget_outside(opened: &Opened) -> Result<(), CliError> {
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
