//! Exports that are more than a list: the review sheet, the report, the archive.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::cited::keep_words_back;
use super::super::error::CliError;
use super::super::leaving::{manifest_path, send_all};
use super::super::output::say_aside;
use super::super::quotes as listed;
use super::super::world::{World, shown_path};
use super::deliver::Parcel;
use super::printed::{no_json, say_cut, say_left_out, send};
use super::{Args, Wanted};
use crate::analysis::{ListedQuotes, Scope, Sheets};
use crate::export::{
    ARCHIVED, Agreement, By, Contents, Format, Holds, Reach, archive, mark_utf8, quote_list, report,
    review_sheet,
};
use crate::study::Quote;
use crate::text::counted;

/// How many quotes stand beside each code where nobody says.
const QUOTES: usize = 5;

pub(super) fn review(world: &mut World, args: &Args) -> Result<u8, CliError> {
    no_json(world, args, "combe codes --json prints codes as objects")?;
    let format = match args.choose(&[Wanted::Print(Format::Xlsx), Wanted::Print(Format::Docx)])? {
        Wanted::Print(format) => format,
        _ => Format::Xlsx,
    };
    let mut opened = args.outlet.open(world)?;
    args.keep_words_back(&mut opened, Reach::All)?;
    let study = &opened.study;
    let attribution = listed::attribution(study)?;
    let (mut sheets, scope) = (Sheets::default(), Scope::default());
    let counter = sheets.counter(study, &scope);
    let sheet = review_sheet(&counter, &attribution, args.quotes.unwrap_or(QUOTES), args.with_refused)
        .map_err(|error| CliError::refused(format!("{error}.")))?;
    say_left_out(sheet.left_out);
    let bytes = sheet.write(format).map_err(|error| CliError::refused(error.to_string()))?;
    say_cut(sheet.cut_cells(format));
    let cited = args.people_cited(&opened, &sheet.texts())?;
    let (words, contents) = (sheet.words(), sheet.contents(study).citing(cited));
    let rows = sheet.rows.len();
    let said = counted(rows, "code or theme", "codes and themes");
    let parcel =
        Parcel { kind: "review", bytes, words: Some(words), rows: Some(rows), said, note: None, contents };
    send(world, &mut opened, args, format, parcel)
}

pub(super) fn report_page(world: &mut World, args: &Args) -> Result<u8, CliError> {
    no_json(world, args, "combe quotes --json prints quotes as objects")?;
    args.choose(&[Wanted::Html])?;
    let mut opened = args.outlet.open(world)?;
    args.keep_words_back(&mut opened, Reach::All)?;
    let study = &opened.study;
    let attribution = listed::attribution(study)?;
    let (mut sheets, scope) = (Sheets::default(), Scope::default());
    let counter = sheets.counter(study, &scope);
    let of_record = ListedQuotes::of_record(study);
    let counts = |quote: &Quote| {
        study.is_current(quote) && of_record.has(quote) && study.codings_on(quote.id).next().is_some()
    };
    let list = quote_list(&counter, &attribution, By::Theme, &counts, args.with_refused)
        .map_err(|error| CliError::refused(format!("{error}.")))?;
    say_left_out(list.left_out);
    let (bytes, contents) = report(&counter, &list);
    let contents = contents.citing(args.people_cited(&opened, &list.texts(Format::Markdown))?);
    let rows = list.len();
    let said = counted(rows, "quotation", "quotations");
    let parcel = Parcel {
        kind: "report",
        bytes,
        words: Some(list.words()),
        rows: Some(rows),
        said,
        note: None,
        contents,
    };
    parcel.deliver(world, &mut opened, args.destination())
}

pub(super) fn archive_folder(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let folder = match (args.of.as_slice(), args.outlet.file()) {
        ([folder], None) if folder != "-" => PathBuf::from(folder),
        ([], Some(folder)) => folder.to_owned(),
        _ => return Err(CliError::Usage("name the folder to make: combe export archive DIR".into())),
    };
    if args.wanted().is_some() && args.format.is_some() {
        return Err(CliError::Usage("an archive is a folder of several files; leave --format out".into()));
    }
    if !args.outlet.force && folder.read_dir().is_ok_and(|mut held| held.next().is_some()) {
        let what = "the folder is there and has files in it, none of which was touched; name another";
        return Err(CliError::at(shown_path(&folder), what));
    }
    if let Some(stranger) = stranger_in(&folder)? {
        return Err(CliError::at(
            shown_path(&folder),
            format!("it holds {stranger}, which is of no archive, and was not touched; name another folder"),
        ));
    }
    let mut opened = world.open_to_export()?;
    let cited = keep_words_back(&mut opened, Agreement::Archiving, Reach::All, "")?;
    let study = &opened.study;
    let text = |revision| opened.store.text(revision).map_err(|error| error.to_string());
    let mut made = archive(study, text).map_err(|error| CliError::refused(error.to_string()))?;
    if made.transcripts.is_empty() {
        let what = "nobody agreed to archiving, so that there is nothing to archive";
        return Err(CliError::refused(what));
    }
    if study.consents().is_empty() {
        say_aside(
            "no consents are recorded, so that everybody is taken to agree to archiving; see `combe export participants`",
        );
    }
    if !cited.is_empty() {
        let people = counted(cited.len(), "participant", "participants");
        say_aside(&format!("the codebook cites the words of {people}: read it before the bundle goes on"));
    }
    if args.bom {
        let tables = made.files.iter_mut().filter(|(name, _)| name.ends_with(".csv"));
        tables.for_each(|(_, bytes)| mark_utf8(bytes));
    }
    let mut contents = Contents::attributes(study, made.people.clone()).and(Contents::codebook());
    contents.holds.insert(Holds::VerbatimQuotes);
    contents.transcripts = made.transcripts.iter().copied().collect();
    let contents = contents.citing(cited);
    let sent = send_all(world, &mut opened, "archive", &folder, &made.files, &contents, args.outlet.force)?;
    let left_out = counted(made.transcripts_left_out, "transcript", "transcripts");
    let turns = counted(made.turns_left_out, "turn", "turns");
    let line = super::deliver::Line { sent, rows: Some(made.transcripts.len()) };
    world.out.result(&line, || {
        format!(
            "{}; left out {left_out}, and the words of {turns} in the others",
            line.sent.wrote(&counted(made.transcripts.len(), "transcript", "transcripts"))
        )
    })?;
    Ok(0)
}

/// Something in a folder that no archive put there: `--force` must replace nothing but an earlier archive. What that was says the
/// manifest beside it; without one, names do.
fn stranger_in(folder: &Path) -> Result<Option<String>, CliError> {
    if !folder.exists() {
        return Ok(None);
    }
    let listed = files_listed(&manifest_path(folder));
    let is_known = |name: &str| match &listed {
        Some(listed) => listed.contains(name),
        None => name.strip_prefix("transcripts/").map_or_else(
            || ARCHIVED.contains(&name),
            |transcript| !transcript.contains('/') && transcript.ends_with(".txt"),
        ),
    };
    Ok(names_below(folder, "")?.into_iter().find(|name| !is_known(name)).map(|name| format!("“{name}”")))
}

/// Names of the files that a manifest lists; `None` if there is none to be read.
fn files_listed(manifest: &Path) -> Option<BTreeSet<String>> {
    let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(manifest).ok()?).ok()?;
    let files = manifest.get("files")?.as_array()?.iter();
    Some(files.filter_map(|file| Some(file.get("name")?.as_str()?.to_owned())).collect())
}

/// Names of all files in a folder and the folders in it, each behind `within`.
fn names_below(folder: &Path, within: &str) -> Result<Vec<String>, CliError> {
    let cannot = |error: std::io::Error| {
        CliError::at(shown_path(folder), format!("the folder cannot be looked into: {error}"))
    };
    let mut names = Vec::new();
    for held in folder.read_dir().map_err(cannot)? {
        let held = held.map_err(cannot)?;
        let name = format!("{within}{}", shown_path(Path::new(&held.file_name())));
        match held.file_type().map_err(cannot)?.is_dir() {
            true => names.extend(names_below(&held.path(), &format!("{name}/"))?),
            false => names.push(name),
        }
    }
    Ok(names)
}
