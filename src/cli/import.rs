//! `combe import`: files into the study.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use super::error::CliError;
use super::world::{Opened, World, shown_path};
use crate::import::{ImportOptions, ImportPlan, Layout, Status, Unread, classify, plan, render};
use crate::run::{FilesError, list_files, read_file};
use crate::study::{BothChanged, Kind, Source, Step};

const EXAMPLES: &str = "Examples:
  combe import 17_final_v2.docx --name 17_final_v2.docx=I17
  combe import in --bind Dan=interviewer --bind 'Speaker 2=P017' --only 17_final_v2.docx
  combe import in --rename 'Partcipant=Participant'";

/// Import transcripts, attributes, codings, codebooks and review sheets.
///
/// Give files or folders, in any order: they are told apart by their content. Transcripts: .txt .md .docx .odt .vtt .srt.
/// Tables by their header: participants (participant_id, session_id, speaker_label, ...), sessions (session_id, ...),
/// codings (transcript,start,end,quote,code,valence,coder,memo), codebook.toml. A review sheet (.xlsx, .docx or .odt, from
/// `combe export review`) becomes the decisions of whoever is named with --as.
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
    /// With --revise: where the file and the study changed the same words since the last file, take those of the file
    #[arg(long, requires = "revise", conflicts_with = "keep_corrections")]
    overwrite_corrections: bool,
    /// With --revise: where the file and the study changed the same words since the last file, keep those of the study
    #[arg(long, requires = "revise")]
    keep_corrections: bool,
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
            both_changed: match (self.overwrite_corrections, self.keep_corrections) {
                (true, _) => BothChanged::TakeFile,
                (false, true) => BothChanged::KeepStudy,
                (false, false) => BothChanged::Refuse,
            },
            new_codes: self.new_codes,
            names: self.name.iter().cloned().collect(),
            kind: self.kind,
            layout: self.layout,
            rename: self.rename.clone(),
            bind: self.bind.clone(),
            only: self.only.clone(),
            ..ImportOptions::default()
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
    plan(&opened.study, &opened.store, classified, options, &opened.coder, source)
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

fn read_files(paths: &[PathBuf]) -> Result<(Vec<NamedBytes>, Vec<Unread>), CliError> {
    let found = list_files(paths)?;
    let named = found.files.iter().map(|path| Ok((shown_path(path), read_file(path)?)));
    Ok((named.collect::<Result<_, FilesError>>()?, found.unread))
}

impl From<FilesError> for CliError {
    fn from(error: FilesError) -> Self {
        let sentence = error.to_string();
        match error {
            FilesError::Nothing(_) => CliError::Usage(sentence),
            FilesError::Unreadable { path, .. } => CliError::at(shown_path(&path), sentence),
        }
    }
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
