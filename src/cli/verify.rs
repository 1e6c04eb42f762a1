//! `combe verify`: whether the quotations of a draft are what was said, and by whom.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::error::CliError;
use super::lines::TurnLabel;
use super::output::say_aside;
use super::quotes::attribution;
use super::world::{Opened, World, shown_path};
use crate::analysis::verification::{
    Check, Descriptors, Report, SpokenWords, Wanted, find_quotations, verify,
};
use crate::document::{Draft, read_draft};
use crate::store::Access;
use crate::study::{Change, Usage};
use crate::text::{counted, one_line};

/// Check the quotations of a draft against the transcripts: their words, and who is said to have said them.
///
/// Reads .docx and .odt (tracked changes as accepted, notes as well), .md, .tex, .html and plain text. Quotations stand in quotation
/// marks, as blocks, as paragraphs in italics with somebody in brackets behind, or in cells of a table. One may leave words out with
/// `...` and replace some in [square brackets]. What stands behind it in brackets, behind a dash, on a line of its own or beside it in
/// a table is compared with the study's attribution of the speaker, with or without a number, and so are addresses (I43:41), labels
/// before lines of several speakers (P001: …), and whoever is named or described as the speaker in its sentence (P001 said: “…”).
///
/// What nobody said is set aside, and listed, if its sentence refers to the literature (`[12]`, `(Smith 2010)`, `[@smith]`), if it translates
/// the quotation before it in brackets, if it is written as a title is or is the name of a code or theme, or if it stands in a heading.
///
/// Quotes of the study that stand in the draft are marked as used in it; marks of the same draft from before go. A draft is known by
/// its file and the folder that it lies in. `combe undo` takes that back, --no-mark leaves it out. Exit code 1 if anything differs.
///
/// With --json each quotation is an object: quotation, status (exact, pieces, differs, not_found), transcript, turn, participant,
/// attribution, attribution_ok, detail, line (from 1; the paragraph of .docx and .odt, none in their notes) and place (`footnote 3`).
#[derive(clap::Args)]
pub(super) struct Args {
    /// The draft; `-` reads Markdown from stdin, and marks nothing
    draft: PathBuf,
    /// Set quotations of fewer words aside, unless somebody is named behind them: most are words in scare quotes
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_words: usize,
    /// Do not mark in the study which quotes the draft uses
    #[arg(long)]
    no_mark: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    quotation: &'a str,
    status: &'static str,
    transcript: Option<&'a str>,
    turn: Option<TurnLabel>,
    participant: Option<String>,
    attribution: Option<&'a str>,
    attribution_ok: Option<bool>,
    detail: Option<String>,
    /// Line of the draft it begins in, from 1; of .docx and .odt the paragraph. None in a note of these.
    line: Option<usize>,
    /// The same in words: `line 12`, `paragraph 3`, `footnote 3`.
    place: String,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let piped = args.draft.as_os_str() == "-";
    let place = if piped { "the draft on stdin".to_owned() } else { shown_path(&args.draft) };
    let bytes = if piped { read_stdin() } else { std::fs::read(&args.draft) };
    let bytes = bytes.map_err(|error| CliError::at(&place, format!("the draft cannot be read: {error}")))?;
    let name = if piped { "draft.md".to_owned() } else { file_name(&args.draft) };
    let draft = read_draft(&name, &bytes).map_err(|error| CliError::at(&place, error.to_string()))?;
    for mark in draft.remarks() {
        let at = mark.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        say_aside(&format!("{place}: {at}{}", mark.what));
    }
    let no_mark = args.no_mark || piped;
    let mut opened = if no_mark { world.open_to_read()? } else { world.open()? };
    let report = check(&opened, &draft, args.min_words)?;
    print(world, &opened, &draft, &report, args.min_words)?;
    if !no_mark {
        mark_used(world, &mut opened, &draft_name(&args.draft), &report)?;
    }
    Ok(u8::from(!report.is_right()))
}

fn check(opened: &Opened, draft: &Draft, min_words: usize) -> Result<Report, CliError> {
    let study = &opened.study;
    let attribution = attribution(study)?;
    let descriptors =
        Descriptors::of(study, &attribution).map_err(|error| CliError::refused(error.to_string()))?;
    let mut spoken = SpokenWords::new();
    let mut analyser = SpokenWords::analyser();
    for transcript in study.transcripts_by_name() {
        if let Some(turns) = study.turns(transcript.id) {
            let text = opened.store.text(transcript.revision)?;
            spoken.add(transcript.id, transcript.revision, text, turns.clone(), &mut analyser);
        }
    }
    Ok(verify(
        find_quotations(draft),
        &spoken,
        study,
        &descriptors,
        Wanted { min_words, k: study.settings.attribution.k },
    ))
}

fn read_stdin() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn print(
    world: &mut World,
    opened: &Opened,
    draft: &Draft,
    report: &Report,
    min_words: usize,
) -> Result<(), CliError> {
    for check in &report.checks {
        let quotation = one_line(&check.quotation.text());
        let line = line_of(opened, draft, check, &quotation);
        world.out.result(&line, || for_people(check, &line))?;
    }
    for doubt in &report.doubts {
        let sentence = format!("{}: {}", draft.place_name(doubt.place), doubt.what);
        if world.out.json {
            say_aside(&sentence);
        } else {
            world.out.remark(&sentence)?;
        }
    }
    for sentence in summary(opened, report, min_words) {
        world.out.remark(&sentence)?;
    }
    Ok(())
}

fn line_of<'a>(opened: &'a Opened, draft: &Draft, check: &'a Check, quotation: &'a str) -> Line<'a> {
    let study = &opened.study;
    let transcript = check.place.as_ref().and_then(|place| study.transcripts().get(&place.transcript));
    let names: Vec<&str> = check
        .participants
        .iter()
        .filter_map(|id| study.participants().get(id))
        .map(|held| held.name.as_str())
        .collect();
    Line {
        quotation,
        status: check.status.name(),
        transcript: transcript.map(|held| held.name.as_str()),
        turn: check.turn.map(TurnLabel),
        participant: (!names.is_empty()).then(|| names.join("; ")),
        attribution: check.attribution.as_deref(),
        attribution_ok: check.attribution_ok,
        detail: (!check.detail.is_empty()).then(|| check.detail.join("; ")),
        line: draft.number_of(check.quotation.place),
        place: draft.place_name(check.quotation.place),
    }
}

/// Longest beginning of a quotation that is shown, in characters.
const SHOWN: usize = 60;

fn for_people(check: &Check, line: &Line<'_>) -> String {
    let sign = if check.is_right() { " " } else { "!" };
    let place = match (line.transcript, check.turn) {
        (Some(transcript), Some(turn)) => format!("{transcript}:{turn}"),
        _ => "nowhere".to_owned(),
    };
    let status = line.status.replace('_', " ");
    let attribution = match check.attribution_ok {
        Some(true) => "attribution right",
        Some(false) => "attribution wrong",
        None if line.attribution.is_some() => "attribution not checked: there is nobody to compare it with",
        None => "no attribution",
    };
    let who = line.participant.as_deref().map(|who| format!("  {who}")).unwrap_or_default();
    let mut shown = format!(
        "{sign} {}  {status}  {place}{who}  {attribution}\n    “{}”",
        line.place,
        beginning(line.quotation)
    );
    for clause in &check.detail {
        shown.push_str("\n    ");
        shown.push_str(clause);
    }
    shown
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn summary(opened: &Opened, report: &Report, min_words: usize) -> Vec<String> {
    let name = |id| opened.study.participants().get(&id).map_or("", |held| held.name.as_str());
    let with = |status: &str| report.checks.iter().filter(|check| check.status.name() == status).count();
    let right = report.checks.iter().filter(|check| check.attribution_ok == Some(true)).count();
    let wrong = report.checks.iter().filter(|check| check.attribution_ok == Some(false)).count();
    let without = report.checks.iter().filter(|check| check.attribution.is_none()).count();
    let unchecked = report.checks.len() - right - wrong - without;
    let unchecked = if unchecked > 0 { format!(", {unchecked} not checked") } else { String::new() };
    let mut said = vec![
        String::new(),
        format!(
            "{}: {} exact, {} in pieces, {}, {} not found. Attributions: {right} right, {wrong} wrong, {without} without one{unchecked}.",
            counted(report.checks.len(), "quotation", "quotations"),
            with("exact"),
            with("pieces"),
            counted(with("differs"), "that differs", "that differ"),
            with("not_found"),
        ),
    ];
    if !report.skipped.is_empty() {
        let listed = report.skipped.iter().map(|check| {
            let status = check.status.name().replace('_', " ");
            format!("“{}” ({status})", beginning(&one_line(&check.quotation.text())))
        });
        said.push(format!(
            "Set aside as shorter than {}, --min-words 1 checks them too: {}.",
            counted(min_words, "word", "words"),
            listed.collect::<Vec<_>>().join(", ")
        ));
    }
    if !report.elsewhere.is_empty() {
        let listed = report
            .elsewhere
            .iter()
            .map(|check| format!("“{}”", beginning(&one_line(&check.quotation.text()))));
        said.push(format!(
            "Set aside as from elsewhere, for nobody said it, and its sentence has a reference, or it translates the one before, is written as a title or is the name of a code: {}.",
            listed.collect::<Vec<_>>().join(", ")
        ));
    }
    if !report.quoted.is_empty() {
        let listed = report.quoted.iter().map(|held| {
            let name = name(held.participant);
            match (held.times, held.differing) {
                (1, 0) => name.to_owned(),
                (1, _) => format!("{name} (differs)"),
                (times, 0) => format!("{name} ({times})"),
                (times, differing) => format!("{name} ({times}, of which {differing} differ)"),
            }
        });
        said.push(format!(
            "Quoted: {}: {}.",
            counted(report.quoted.len(), "participant", "participants"),
            listed.collect::<Vec<_>>().join(", ")
        ));
    }
    if !report.silent_groups.is_empty() {
        said.push(format!("Nobody is quoted of: {}.", report.silent_groups.join(", ")));
    }
    for (descriptor, fit) in &report.rare {
        said.push(format!(
            "“{descriptor}” fits only {}: people may recognise them.",
            counted(*fit, "participant", "participants")
        ));
    }
    said
}

/// What tells a draft from others: its file and the folder that it really lies in, wherever one stands and whatever links to it.
fn draft_name(path: &Path) -> String {
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = real.parent().map(file_name).filter(|folder| !folder.is_empty());
    folder.into_iter().chain([file_name(&real)]).collect::<Vec<_>>().join("/")
}

/// Keeps in the study which quotes stand in the draft now, in one action; nothing if that is known already. Marks from before
/// folders were kept belong to whichever draft of that file name is verified first.
fn mark_used(world: &mut World, opened: &mut Opened, draft: &str, report: &Report) -> Result<(), CliError> {
    let study = &opened.study;
    let blind = study.blind_transcripts(opened.coder.id);
    let in_sight = |quote: &&crate::study::QuoteId| {
        let held = study.quotes().get(quote);
        held.is_some_and(|held| held.coder == opened.coder.id || !blind.contains(&held.transcript))
    };
    let used: BTreeSet<_> = report.used.iter().filter(in_sight).copied().collect();
    let bare = draft.rsplit('/').next().unwrap_or(draft);
    let held = || study.usages().iter().filter(|usage| usage.draft == draft || usage.draft == bare);
    let known: BTreeSet<_> = held().map(|usage| usage.quote).collect();
    let gone = held()
        .filter(|usage| in_sight(&&usage.quote) && (!used.contains(&usage.quote) || usage.draft != draft));
    let new = used.iter().map(|quote| Usage { quote: *quote, draft: draft.to_owned() });
    let new = new.filter(|usage| !study.usages().has(&(usage.quote, usage.draft.clone())));
    let changes: Vec<Change> = gone.cloned().map(Change::delete).chain(new.map(Change::create)).collect();
    if changes.is_empty() {
        return Ok(());
    }
    if let Access::ReadOnly(why) = opened.store.access() {
        say_aside(&format!("the quotes were not marked as used: {why}"));
        return Ok(());
    }
    let unmarked: BTreeSet<_> = known.difference(&used).filter(in_sight).collect();
    let (marked, unmarked) = (used.difference(&known).count(), unmarked.len());
    // Lists show one's own layer first, where colleagues' quotes of the same words are not counted.
    let is_others = |quote: &&crate::study::QuoteId| {
        study.quotes().get(quote).is_some_and(|held| held.coder != opened.coder.id)
    };
    let others = used.difference(&known).filter(is_others).count();
    let others = if others > 0 { format!(" ({others} of other coders)") } else { String::new() };
    let label = format!("Verify {draft}: it uses {}", counted(used.len(), "quote", "quotes"));
    opened.commit(&world.source, "verify", label, changes)?;
    let mut done = Vec::new();
    if marked > 0 {
        done.push(format!("marked {}{others} as used in this draft", counted(marked, "quote", "quotes")));
    }
    if unmarked > 0 {
        done.push(format!("took the mark from {} no longer in it", counted(unmarked, "quote", "quotes")));
    }
    if done.is_empty() {
        done.push(format!(
            "now known by its folder, uses {} as before",
            counted(used.len(), "quote", "quotes")
        ));
    }
    let done = done.join(" and ");
    world.out.remark(&format!("{draft}: {done}; `u` in Combe, or `combe undo`, takes it back."))
}
