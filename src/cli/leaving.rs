//! The one way by which exports go out. The quotations that a writer takes with `"` are none: they are added to a file beside
//! the draft (`run/draft_file.rs`) without a manifest, as a draft is work under way, but they stand in the history.
//!
//! Every export to a file calls [`send`]: it writes `NAME.manifest.json` beside the file (see
//! [`Manifest`]) and the file, both whole or neither, and notes the export in the history if the study may be written.
//! Nothing is overwritten without `--force`; ask [`refuse_existing`] before the work is done.
//!
//! How an export uses it:
//!
//! ```text
//! refuse_existing(&path, args.force)?;                 // before the study is opened
//! let opened = world.open_to_export()?;                // not open_to_read: the export goes into the history
//! let contents = Contents::quotes(&opened.study, written_quotes);   // or counts(cells), codebook() … of the rows written
//! let going = Going { kind: "quotes", path: &path, bytes: &bytes, text: None, contents, force: args.force };
//! send(world, &mut opened, &going)?;
//! ```
//!
//! `text` is what the identifier scan looks through: the words that were written without their form, so that the same words give
//! the same findings whichever format they go out in; `None` where the bytes are no more than those words. A folder of several files goes by [`send_all`], whose manifest lies beside that folder.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::CliError;
use super::folder::{said, write_folder};
use super::identifiers::names_file;
use super::output::{say_aside, say_once};
use super::own_files::refuse_own;
use super::world::{Opened, World, shown_path};
use crate::analysis::Attribution;
use crate::analysis::identifiers::{Patterns, Scanner};
use crate::analysis::verification::Descriptors;
use crate::export::{Contents, FileEntry, Head, Manifest, Origin, Scanned};
use crate::store::{Access, Staged, StoreError, clear_unfinished, folder_of};
use crate::study::{Change, Export, Source, fresh};
use crate::term::Unfinished;
use crate::text::{counted, size_of_file};

/// A file that is to go out.
pub(super) struct Going<'a> {
    /// What it is, in the words of the command line (`quotes`, `codings`, `table`).
    pub(super) kind: &'a str,
    /// Where it goes.
    pub(super) path: &'a Path,
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// Its words without their form; `None` where the bytes are no more than those.
    pub(super) text: Option<&'a str>,
    /// What is in it.
    pub(super) contents: Contents,
    /// Whether a file that is there may be replaced.
    pub(super) force: bool,
}

/// What went out, for whoever sent it.
#[derive(Serialize)]
pub(super) struct Sent {
    /// The file or folder, as it was asked for.
    file: String,
    /// How large it is, in bytes; all files together of a folder.
    bytes: usize,
    /// Of how many people there is something in it.
    participants: usize,
    /// The manifest beside it.
    manifest: String,
}

impl Sent {
    fn of(path: &Path, beside: &Path, bytes: usize, contents: &Contents) -> Self {
        let (file, manifest) = (shown_path(path), shown_path(beside));
        Self { file, bytes, participants: contents.people.len(), manifest }
    }

    /// What was written, in the one form of all exports; `held` is what is in it: `312 quotations`, or nothing.
    pub(super) fn wrote(&self, held: &str) -> String {
        let Self { file, bytes, participants, manifest } = self;
        let mut said = match (held, *participants) {
            ("", 0) => String::new(),
            ("", people) => counted(people, "participant, ", "participants, "),
            (held, 0) => format!("{held}, "),
            (held, people) => format!("{held} of {}, ", counted(people, "participant", "participants")),
        };
        said.push_str(&size_of_file(*bytes));
        format!("Wrote {file}: {said}, and {manifest}")
    }
}

/// Whether a file by its name is to hold JSON, an object a line as `--json` prints them.
pub(super) fn is_json(path: &Path) -> bool {
    let is =
        |ending: &str| ["json", "jsonl", "ndjson"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    path.extension().and_then(|ending| ending.to_str()).is_some_and(is)
}

/// Objects as the bytes of such a file.
pub(super) fn json_lines(objects: &[impl Serialize]) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    for object in objects {
        serde_json::to_writer(&mut bytes, object).map_err(|error| CliError::refused(error.to_string()))?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Says that a name's ending is that of a format in which `what` cannot be had, and which there are.
pub(super) fn not_written_as(what: &str, ending: &str, known: &str) -> CliError {
    CliError::Usage(format!(
        "{what} cannot be written as .{ending}, but as {known}: name the file so, or say which with --format"
    ))
}

/// Says that a file's name says one format and `--format` another.
pub(super) fn named_otherwise(ending: &str, format: &str) -> CliError {
    CliError::Usage(format!(
        "the name ends in .{ending} and --format says {format}: leave --format out, or give the file another name"
    ))
}

/// Where the manifest of a file lies.
pub(super) fn manifest_path(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{name}.manifest.json"))
}

/// Refuses a file that is there, unless it may be written over.
pub(super) fn refuse_existing(path: &Path, force: bool) -> Result<(), CliError> {
    // A link that leads nowhere is there, too.
    let is_there = |path: &PathBuf| path.symlink_metadata().is_ok();
    let there = [path.to_owned(), manifest_path(path)].into_iter().find(is_there);
    match there.filter(|_| !force) {
        Some(path) => Err(CliError::at(
            shown_path(&path),
            "it is there already and was not touched; give another name, or --force to write over it",
        )),
        None if path.is_dir() => {
            Err(CliError::at(shown_path(path), "this is a folder; name the file in it that is to be written"))
        }
        None if manifest_path(path).is_dir() => Err(CliError::at(
            shown_path(&manifest_path(path)),
            "this is a folder, and the manifest of the file must have that name; give the file another one",
        )),
        None => Ok(()),
    }
}

/// Writes one file with its manifest and notes it in the history: all of it or nothing. What it tells the user aside: small cells, rare descriptors,
/// findings.
pub(super) fn send(world: &World, opened: &mut Opened, going: &Going<'_>) -> Result<Sent, CliError> {
    refuse_existing(going.path, going.force)?;
    refuse_own(world, opened, going.path)?;
    clear_beside(going.path);
    let name = file_name(going.path);
    let text = going.text.or_else(|| std::str::from_utf8(going.bytes).ok());
    let entry = FileEntry::of(&name, going.bytes);
    let sha256 = entry.sha256.clone();
    let manifest = manifest(world, opened, going.kind, vec![entry], &going.contents, text)?;
    let beside = manifest_path(going.path);
    let json = manifest.to_json();
    let unfinished = Unfinished::begin()?;
    let staged = Staged::write(&[(&beside, &json), (going.path, going.bytes)])
        .map_err(|error| cannot_write(going.path, error))?;
    go_on(&unfinished)?;
    // The history first: it may find the disk full, and no file may leave without it.
    note(world, opened, going.kind, &name, sha256, &going.contents)?;
    staged.place(going.force).map_err(said)?;
    warn(&manifest, &beside);
    Ok(Sent::of(going.path, &beside, going.bytes.len(), &going.contents))
}

/// Writes several files as a folder, with a manifest of that folder's name beside it: all or nothing. With `force` a folder that
/// is there is replaced as a whole.
pub(super) fn send_all(
    world: &World,
    opened: &mut Opened,
    kind: &str,
    folder: &Path,
    files: &[(String, Vec<u8>)],
    contents: &Contents,
    force: bool,
) -> Result<Sent, CliError> {
    refuse_own(world, opened, folder)?;
    let beside = manifest_path(folder);
    if beside.exists() {
        refuse_existing(&beside, force)?;
    }
    let text: String = files
        .iter()
        .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
        .collect::<Vec<_>>()
        .join("\n\n");
    let entries = files.iter().map(|(name, bytes)| FileEntry::of(name, bytes)).collect();
    let manifest = manifest(world, opened, kind, entries, contents, Some(&text))?;
    clear_beside(folder);
    let unfinished = Unfinished::begin()?;
    let waiting = write_folder(folder, files)?;
    let json = manifest.to_json();
    let staged = Staged::write(&[(&beside, &json)]).map_err(|error| cannot_write(folder, error))?;
    go_on(&unfinished)?;
    note(world, opened, kind, &file_name(folder), String::new(), contents)?;
    let swapped = waiting.swap()?;
    if let Err(error) = staged.place(force) {
        swapped.undo();
        return Err(said(error));
    }
    warn(&manifest, &beside);
    swapped.keep()?;
    let bytes = files.iter().map(|(_, bytes)| bytes.len()).sum();
    Ok(Sent::of(folder, &beside, bytes, contents))
}

/// Whether nobody ended the process meanwhile; if somebody did, nothing of the export stays and the process ends by that signal
/// when `unfinished` goes.
fn go_on(unfinished: &Unfinished) -> Result<(), CliError> {
    match unfinished.is_to_end() {
        true => Err(CliError::refused("the export was stopped; nothing was written")),
        false => Ok(()),
    }
}

/// Removes what exports that were killed left beside this one.
fn clear_beside(path: &Path) {
    let gone = clear_unfinished(folder_of(path));
    if gone > 0 {
        say_aside(&format!(
            "{} removed, which an export that was killed had left there",
            counted(gone, "unfinished file or folder was", "unfinished files and folders were")
        ));
    }
}

/// That a file cannot be written, by the name that was asked for and not by that of what waits beside it.
fn cannot_write(asked: &Path, error: StoreError) -> CliError {
    match error {
        StoreError::File { why, .. } => CliError::at(
            shown_path(asked),
            format!("it cannot be written there: {why}; name a file in a folder where you may write"),
        ),
        StoreError::Full(_) => said(StoreError::Full(asked.to_owned())),
        other => said(other),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn manifest(
    world: &World,
    opened: &Opened,
    kind: &str,
    files: Vec<FileEntry>,
    contents: &Contents,
    text: Option<&str>,
) -> Result<Manifest, CliError> {
    let study = &opened.study;
    // A template that cannot be filled has been said by whoever composes attributions; the manifest goes without.
    let attribution = Attribution::of(study).ok();
    // Small groups of what nobody has are not looked for.
    if let Some(doubt) = attribution.as_ref().and_then(Attribution::compared_by_nothing) {
        say_once(&doubt.to_string());
    }
    let descriptors = attribution.and_then(|attribution| Descriptors::of(study, &attribution).ok());
    let last = opened.store.log(Some(1))?.pop();
    let origin = Origin {
        coder: opened.coder.name.clone(),
        at: world.source.now(),
        head: last.map(|entry| Head { seq: entry.seq, hash: entry.hash }),
    };
    let scanned = text.map(|text| scan(world, opened, text)).unwrap_or_default();
    Ok(Manifest::new(study, kind, files, contents, descriptors.as_ref(), scanned, origin))
}

/// What may tell who somebody is in words that go out. Where the list of names cannot be read, the patterns alone would look like
/// an answer, so that the manifest says that no scan was made.
fn scan(world: &World, opened: &Opened, text: &str) -> Scanned {
    let scanner = || {
        let held = names_file(world, opened).ok()?.read().ok()?;
        Some(Scanner::new(&held.names, &Patterns::shipped().ok()?))
    };
    let Some(scanner) = scanner() else {
        say_aside(
            "the list of names cannot be read, so that no identifiers were looked for; see `combe check --identifiers`",
        );
        return Scanned::default();
    };
    let mut scanned = Scanned { done: true, ..Scanned::default() };
    for finding in scanner.scan(text) {
        *scanned.by_severity.entry(finding.severity.name()).or_default() += 1;
        *scanned.by_pattern.entry(finding.pattern).or_default() += 1;
    }
    scanned
}

/// What the manifest holds that somebody should look at before the file goes on.
fn warn(manifest: &Manifest, path: &Path) {
    let mut said = Vec::new();
    if !manifest.cells_below.is_empty() {
        said.push(counted(manifest.cells_below.len(), "small cell", "small cells"));
    }
    if !manifest.rare_descriptors.is_empty() {
        let few = manifest.rare_descriptors.len();
        said.push(counted(few, "descriptor that few people fit", "descriptors that few people fit"));
    }
    if manifest.unclear_quotes > 0 {
        said.push(format!(
            "{} of several speakers or of nobody knows whom, where somebody speaks who did not agree to be quoted",
            counted(manifest.unclear_quotes, "quote", "quotes")
        ));
    }
    if let Some(high) = manifest.high_findings() {
        said.push(counted(high, "grave finding of identifiers", "grave findings of identifiers"));
    }
    if !said.is_empty() {
        say_aside(&format!("{} in it: see {} before it goes on", said.join(", "), shown_path(path)));
    }
}

/// What is said of words that somebody asked for though those who said them did not agree to be quoted.
fn refused_words(people: usize) -> String {
    format!("words of {} who did not agree to be quoted", counted(people, "participant", "participants"))
}

/// Says aside that such words are in what was asked for.
pub(super) fn say_refused(people: usize) {
    if people > 0 {
        say_aside(&format!("{} in it: it must stay with the study", refused_words(people)));
    }
}

/// Keeps in the history that a file left, so that a withdrawal can say where somebody's words went.
fn note(
    world: &World,
    opened: &mut Opened,
    kind: &str,
    file: &str,
    sha256: String,
    contents: &Contents,
) -> Result<(), CliError> {
    let mut present = world.present()?;
    let opened = present.as_mut().unwrap_or(opened);
    if let Access::ReadOnly(why) = opened.store.access() {
        say_aside(&format!("the export is not in the study's history: {why}"));
        return Ok(());
    }
    let export = Export {
        id: fresh(&world.source),
        file: file.to_owned(),
        kind: kind.to_owned(),
        at: world.source.now(),
        sha256,
        participants: contents.everybody().into_iter().collect(),
        transcripts: contents.transcripts.iter().copied().collect(),
    };
    let mut label = format!("Export {kind} to {file}");
    if let Some(point) = &world.at {
        label.push_str(&format!(", as the study was at {point}"));
    }
    if !contents.refused.is_empty() {
        label.push_str(&format!(", with {}", refused_words(contents.refused.len())));
    }
    opened.commit(&world.source, "export", label, vec![Change::create(export)]).map(|_| ())
}
