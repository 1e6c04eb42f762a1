//! `combe check --identifiers`: words that may tell who somebody is, listed by place and without the words, since output
//! may be logged.

use std::sync::Arc;

use serde::Serialize;

use super::error::CliError;
use super::lines::TurnLabel;
use super::output::say_aside;
use super::preferences::Preferences;
use super::world::{Opened, World, paths};
use crate::analysis::identifiers::{
    Found, Kept, Patterns, Place, Scanner, Severity, scan_records, scan_transcript,
};
use crate::run::NamesFile;
use crate::study::{HIDDEN, MemoOn, Study, TranscriptId};
use crate::text::{CodePoints, counted};

/// What the patterns do not find.
const LIMITS: &str = "no pattern finds bare first names, nicknames, small villages, or what tells only together; the \
                      watch list finds the names in it";

#[derive(Serialize)]
struct Line<'a> {
    pattern: &'a str,
    severity: Severity,
    place: String,
    transcript: Option<&'a str>,
    turn: Option<TurnLabel>,
    start: usize,
    end: usize,
    kept: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
}

/// The file of names of the study that is open.
pub(super) fn names_file(world: &World, opened: &Opened) -> Result<NamesFile, CliError> {
    let paths = paths()?;
    let preferences = Preferences::read(&paths.config, &world.wishes);
    let identity = opened.store.identity()?;
    NamesFile::of(&paths.config, &identity, preferences.names().as_deref(), opened.store.folder())
        .map_err(CliError::refused)
}

/// Lists all findings. 1 if one of the gravest is open.
pub(super) fn run(world: &mut World, show_words: bool) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let file = names_file(world, &opened)?;
    let held = file.read().map_err(CliError::refused)?;
    if let Some(warning) = &held.warning {
        say_aside(warning);
    }
    let patterns = Patterns::shipped().map_err(|wrong| CliError::refused(wrong.to_string()))?;
    let mut scan = Scan {
        scanner: Scanner::new(&held.names, &patterns),
        kept: Kept::of(&opened.study),
        show_words,
        open: [0; 3],
        kept_ones: 0,
    };
    for transcript in opened.study.transcripts_by_name() {
        let text = opened.store.text(transcript.revision)?;
        let Some(turns) = opened.study.turns(transcript.id) else { continue };
        let found = scan_transcript(&scan.scanner, transcript.id, turns, &text);
        let points = CodePoints::new(&text);
        for found in found {
            scan.print(world, &opened.study, &found, &points)?;
        }
    }
    for found in scan_records(&scan.scanner, &opened.study) {
        let text = text_at(&opened.study, found.place);
        scan.print(world, &opened.study, &found, &CodePoints::new(&text))?;
    }
    let [high, medium, low] = scan.open;
    world.out.remark(&format!(
        "{} open: {high} high, {medium} medium, {low} low; {} kept",
        counted(high + medium + low, "finding", "findings"),
        scan.kept_ones
    ))?;
    if !world.out.json {
        say_aside(LIMITS);
    }
    Ok(u8::from(high > 0))
}

struct Scan {
    scanner: Scanner,
    kept: Kept,
    show_words: bool,
    /// Open findings: high, medium, low.
    open: [usize; 3],
    kept_ones: usize,
}

impl Scan {
    fn print(
        &mut self,
        world: &mut World,
        study: &Study,
        found: &Found,
        points: &CodePoints<'_>,
    ) -> Result<(), CliError> {
        let kept = self.kept.decision(found).is_some();
        let counter = match found.severity {
            _ if kept => &mut self.kept_ones,
            Severity::High => &mut self.open[0],
            Severity::Medium => &mut self.open[1],
            Severity::Low => &mut self.open[2],
        };
        *counter += 1;
        let (start, end) = points.of_span(found.span);
        let transcript = transcript_of(study, found.place).and_then(|id| study.transcripts().get(&id));
        let turn = match found.place {
            Place::Turn(_, number) => Some(TurnLabel(number)),
            _ => None,
        };
        let words = if found.is_hidden(study) { HIDDEN } else { found.words.as_str() };
        let line = Line {
            pattern: &found.pattern,
            severity: found.severity,
            place: place_words(study, found),
            transcript: transcript.map(|held| held.name.as_str()),
            turn,
            start,
            end,
            kept,
            words: self.show_words.then_some(words),
        };
        world.out.result(&line, || {
            let address = match (line.transcript, found.place) {
                (Some(name), Place::Turn(_, number)) => format!("{name}:{number}"),
                (Some(name), _) => name.to_owned(),
                (None, _) => String::new(),
            };
            let words =
                line.words.map_or_else(String::new, |words| format!("  {}", words.replace('\n', " ")));
            let kept = if kept { "kept" } else { found.severity.name() };
            format!("{kept:<7} {:<24} {address:<10} {} {start}-{end}{words}", line.pattern, line.place)
        })
    }
}

/// The transcript of a place, also of what a memo is on.
fn transcript_of(study: &Study, place: Place) -> Option<TranscriptId> {
    let Place::Memo(id) = place else { return place.transcript() };
    match study.memos().get(&id)?.on {
        MemoOn::Transcript(id) => Some(id),
        MemoOn::Quote(id) => study.quotes().get(&id).map(|quote| quote.transcript),
        _ => None,
    }
}

/// Where a finding stands: `speech`, `label`, `preamble`, or the record that holds it.
fn place_words(study: &Study, found: &Found) -> String {
    let kind = found.place.name();
    match found.place {
        Place::Turn(..) if found.label => String::from("label"),
        Place::Preamble(_) | Place::Turn(..) => kind.to_owned(),
        Place::Memo(id) => format!("{kind}:{id}"),
        Place::Summary(id) => format!("{kind}:{id}"),
        Place::Example(id) => {
            format!("{kind}:{}", study.codes().get(&id).map_or("", |code| code.name.as_str()))
        }
    }
}

/// The text of a record.
fn text_at(study: &Study, place: Place) -> Arc<str> {
    let text = match place {
        Place::Memo(id) => study.memos().get(&id).map(|memo| memo.text.as_str()),
        Place::Summary(id) => study.summaries().get(&id).map(|summary| summary.text.as_str()),
        Place::Example(id) => study.codes().get(&id).map(|code| code.example.as_str()),
        Place::Preamble(_) | Place::Turn(..) => None,
    };
    text.unwrap_or_default().into()
}
