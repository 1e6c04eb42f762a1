//! `combe import`: files into the study.

use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::CliError;
use super::world::{Opened, World, shown_path};
use crate::document::LARGEST_FILE;
use crate::import::{
    ImportOptions, ImportPlan, Layout, Status, Unread, classify, is_importable, plan, render,
};
use crate::study::{Kind, RevisionId, Source, Step};

const EXAMPLES: &str = "Examples:
  combe import 17_final_v2.docx --name 17_final_v2.docx=I17
  combe import in --bind Dan=interviewer --bind 'Speaker 2=P017' --only 17_final_v2.docx
  combe import in --rename 'Partcipant=Participant'";

/// Import transcripts, attributes, codings and codebooks.
///
/// Give files or folders, in any order: they are told apart by their content. Transcripts: .txt .md .docx .odt .vtt .srt.
/// Tables by their header: participants (participant_id, session_id, speaker_label, ...), sessions (session_id, ...),
/// codings (transcript,start,end,quote,code,valence,coder,memo), codebook.toml.
///
/// Try --dry-run first: it says what each file was taken for, and what is doubtful. Importing the same file again
/// changes nothing. All files of one call are one action: `combe undo NUMBER` takes it back. Text files are kept as
/// they are, marks of Markdown included. Files of a folder that are not read are listed.
///
/// A transcript is called as its file, without the ending; every quote shows that name, so choose short ones with --name.
/// A label is bound anew where nobody has said yet who it is; a table of participants does the same for many.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Say what would happen, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Take another text under a name that is there already as its next revision
    #[arg(long)]
    revise: bool,
    /// Make codes that a list of codings names and the codebook has not
    #[arg(long)]
    new_codes: bool,
    /// What the transcripts are: interview or focus_group
    #[arg(long, value_parser = parse_kind)]
    kind: Option<Kind>,
    /// The layout to read by, instead of the one that fits best: colon, tab, spaces, dash, dot, timed, line, captions,
    /// table, unlabelled
    #[arg(long, value_parser = parse_layout)]
    layout: Option<Layout>,
    /// What to call the transcript of a file, instead of the file's own name
    #[arg(long, value_name = "FILE=NAME", value_parser = parse_pair)]
    name: Vec<(String, String)>,
    /// Rename a label, or merge it with another
    #[arg(long, value_name = "LABEL=LABEL", value_parser = parse_pair)]
    rename: Vec<(String, String)>,
    /// Say who a label is: interviewer, other, several, unknown, participant, or a participant's name
    #[arg(long, value_name = "LABEL=WHO", value_parser = parse_pair)]
    bind: Vec<(String, String)>,
    /// The files or transcripts that --kind, --layout, --rename and --bind are for; all if not given
    #[arg(long, value_name = "FILE")]
    only: Vec<String>,
}

impl Args {
    fn options(&self) -> ImportOptions {
        ImportOptions {
            revise: self.revise,
            new_codes: self.new_codes,
            names: self.name.iter().cloned().collect(),
            kind: self.kind,
            layout: self.layout,
            rename: self.rename.clone(),
            bind: self.bind.clone(),
            only: self.only.clone(),
        }
    }
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let mut opened = if args.dry_run { world.open_to_read()? } else { world.open()? };
    let (files, unread) = read_files(&args.paths)?;
    let planned = prepare(&opened, &world.source, files, &args.options());
    for note in &planned.notes {
        super::output::say_aside(note);
    }
    let refused = planned.reports.iter().any(|report| report.status == Status::Refused);
    let reports = planned.reports.clone();
    let done = if args.dry_run { None } else { carry_out(&mut opened, world, planned)? };
    if world.out.json {
        for report in &reports {
            world.out.result(report, String::new)?;
        }
        for file in &unread {
            world.out.result(&file.report(), String::new)?;
        }
    } else {
        world.out.wrapped(render(&reports, &unread).trim_end())?;
        world.out.remark(&match (args.dry_run, done) {
            (true, _) => "Nothing was changed: this was a trial.".to_owned(),
            (false, Some(seq)) => format!("Saved as action {seq}; `combe undo {seq}` takes all of it back."),
            (false, None) => "Nothing was to be done.".to_owned(),
        })?;
    }
    Ok(if refused { 3 } else { 0 })
}

/// A file's name, as people know it, and its bytes.
pub(super) type NamedBytes = (String, Vec<u8>);

/// Reads files into a plan, with one progress line where somebody is looking.
pub(super) fn prepare(
    opened: &Opened,
    source: &dyn Source,
    files: Vec<NamedBytes>,
    options: &ImportOptions,
) -> ImportPlan {
    let mut progress = Progress::new(files.len());
    let mut classified = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        progress.step();
        classified.push(classify(&name, &bytes, options));
    }
    progress.clear();
    let text_of = |revision: RevisionId| -> Option<Arc<str>> { opened.store.text(revision).ok() };
    plan(&opened.study, &text_of, classified, options, &opened.coder, source)
}

/// Makes the one action of a plan. `None` if there is nothing to do.
pub(super) fn carry_out(
    opened: &mut Opened,
    world: &World,
    planned: ImportPlan,
) -> Result<Option<i64>, CliError> {
    if planned.changes.is_empty() {
        return Ok(None);
    }
    let texts = planned.texts;
    let step =
        Step { command: "import".into(), label: planned.label, changes: planned.changes, ..Step::default() };
    Ok(Some(opened.commit_step(&world.source, step, &texts)?.seq))
}

/// The files given, and the importable ones of the folders given, in the order of their names; and the others in those
/// folders.
fn read_files(paths: &[PathBuf]) -> Result<(Vec<NamedBytes>, Vec<Unread>), CliError> {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            list_folder(path, &mut found, &mut unread)?;
        } else {
            found.push(path.clone());
        }
    }
    if found.is_empty() {
        let unread: Vec<String> = unread.iter().take(5).map(|file| format!("; {file}")).collect();
        return Err(CliError::Usage(format!(
            "no file there can be imported; transcripts end in .txt .md .docx .odt .vtt or .srt, tables in .csv or \
             .toml{}",
            unread.concat()
        )));
    }
    let read: Result<Vec<NamedBytes>, CliError> =
        found.iter().map(|path| Ok((shown_path(path), read_file(path)?))).collect();
    Ok((read?, unread))
}

fn read_file(path: &Path) -> Result<Vec<u8>, CliError> {
    let fail = |error: &io::Error| CliError::at(shown_path(path), format!("it cannot be read: {error}"));
    // One byte more than is taken is enough to refuse it.
    let most = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| fail(&error))?;
    Ok(bytes)
}

fn list_folder(folder: &Path, found: &mut Vec<PathBuf>, unread: &mut Vec<Unread>) -> Result<(), CliError> {
    let fail = |error: io::Error| CliError::at(shown_path(folder), format!("it cannot be read: {error}"));
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        entries.push(entry.map_err(fail)?.path());
    }
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A study inside the folder is no source for itself.
        if path.is_dir() && !hidden && !path.join("study.db").exists() {
            list_folder(&path, found, unread)?;
        } else if path.is_file() && is_importable(&shown_path(&path)) {
            found.push(path);
        } else if path.is_file() {
            unread.extend(Unread::of_name(&shown_path(&path)));
        }
    }
    Ok(())
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((from, to)) if !from.trim().is_empty() && !to.trim().is_empty() => {
            Ok((from.trim().to_owned(), to.trim().to_owned()))
        }
        _ => Err("write it as ONE=OTHER".into()),
    }
}

fn parse_layout(text: &str) -> Result<Layout, String> {
    Layout::parse(text).ok_or_else(|| {
        let names: Vec<&str> = Layout::NAMES.iter().map(|(_, name)| *name).collect();
        format!("write one of {}", names.join(", "))
    })
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    Kind::parse(text).ok_or_else(|| "write interview or focus_group".into())
}

/// One line on stderr that counts files, where stderr is a terminal.
struct Progress {
    of: usize,
    done: usize,
    shown: bool,
}

impl Progress {
    fn new(of: usize) -> Self {
        Self { of, done: 0, shown: of > 1 && io::stderr().is_terminal() }
    }

    fn step(&mut self) {
        self.done += 1;
        if self.shown {
            let filled = self.done * 30 / self.of.max(1);
            let bar = format!("{}{}", "#".repeat(filled), "-".repeat(30 - filled));
            let _ = write!(io::stderr().lock(), "\r[{bar}] {} of {} files", self.done, self.of);
        }
    }

    fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r{}\r", " ".repeat(60));
        }
    }
}
