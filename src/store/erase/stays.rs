//! What an erasure leaves where it stands, and says so: names that are the analysis's own, the history, study.toml, and what only
//! a reader can tell.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::rewrite::Work;
use super::told::editions_of;
use crate::study::{MemoOn, Name, Record, Study};
use crate::text::counted;

/// What cites the words and is not rewritten: names are the analysis's own, and labels and reasons are part of the chain of the
/// history.
pub(super) fn what_stays(
    connection: &Connection,
    work: &mut Work<'_>,
    may_cite: &[Record],
) -> rusqlite::Result<Vec<String>> {
    let study = work.study;
    if let Some(name) = work.what.name() {
        return name_that_stays(connection, study, name);
    }
    let mut names: Vec<(&str, &str)> = Vec::new();
    names.extend(study.codes().iter().map(|code| ("code", code.name.as_str())));
    names.extend(study.themes().iter().map(|theme| ("theme", theme.name.as_str())));
    names.extend(study.saved_searches().iter().map(|search| ("saved search", search.name.as_str())));
    names.extend(study.attributes().iter().map(|attribute| ("attribute", attribute.name.as_str())));
    names.extend(study.points().iter().map(|point| ("point of the history", point.name.as_str())));
    names.extend(study.components().iter().map(|component| ("component", component.label.as_str())));
    let mut stays: Vec<String> = names
        .into_iter()
        .filter(|(_, name)| work.sweep.has_for_name(name))
        .map(|(kind, name)| {
            format!(
                "the {kind} “{name}” has their words for a name; rename it: the history keeps the former name"
            )
        })
        .collect();
    let mut statement = connection.prepare("SELECT seq, label, reason FROM actions ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut actions: Vec<String> = Vec::new();
    while let Some(row) = rows.next()? {
        let (seq, label, reason): (i64, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if work.sweep.cites(&label) || reason.is_some_and(|reason| work.sweep.cites(&reason)) {
            actions.push(seq.to_string());
        }
    }
    if !actions.is_empty() {
        stays.push(format!(
            "labels or reasons in the history cite them (action {}); nothing changes those: tell whoever withdrew, or \
             begin a new study from an export",
            actions.join(", ")
        ));
    }
    if !may_cite.is_empty() {
        let places: BTreeSet<String> = may_cite.iter().map(|record| place_of(study, record)).collect();
        stays.push(format!(
            "memos, summaries and saved searches that may cite them, with four or five of their words in a row ({}): read those, and take the \
             words out where they do",
            places.into_iter().collect::<Vec<_>>().join(", ")
        ));
    }
    let settings: Option<String> =
        connection.query_row("SELECT settings FROM facts", [], |row| row.get(0)).optional()?;
    if settings.is_some_and(|settings| work.sweep.cites(&settings)) {
        stays.push("study.toml cites them; take them out there, then open the study once".into());
    }
    Ok(stays)
}

/// Where a name stays that goes from all else: who works on the study is signed with theirs, and people write study.toml.
fn name_that_stays(connection: &Connection, study: &Study, name: &Name) -> rusqlite::Result<Vec<String>> {
    let mut stays = Vec::new();
    if study.coders().iter().any(|coder| name.clean(&coder.name, true).is_some()) {
        stays.push("a coder of the study has that name, and keeps it".into());
    }
    let settings: Option<String> =
        connection.query_row("SELECT settings FROM facts", [], |row| row.get(0)).optional()?;
    if settings.is_some_and(|settings| name.clean(&settings, true).is_some()) {
        stays.push("study.toml has it; take it out there, then open the study once".into());
    }
    let small = places_in_small_letters(connection, study, name)?;
    if small > 0 {
        stays.push(format!(
            "{} where it begins with a small letter and may be another word; `combe search` finds them",
            counted(small, "place", "places")
        ));
    }
    stays.push(
        "the names of folders and files outside the study, and your file of names and pseudonyms".into(),
    );
    Ok(stays)
}

/// In how many places of current texts, memos and summaries a name of one word stands in small letters.
fn places_in_small_letters(connection: &Connection, study: &Study, name: &Name) -> rusqlite::Result<usize> {
    let small = |text: &str| name.find(text, true).len().saturating_sub(name.find(text, false).len());
    let mut places: usize = study.memos().iter().map(|memo| small(&memo.text)).sum();
    places += study.summaries().iter().map(|summary| small(&summary.text)).sum::<usize>();
    for transcript in study.transcripts().iter() {
        let editions = editions_of(connection, study, transcript.id)?;
        let current = editions.iter().find(|edition| edition.turns.revision == transcript.revision);
        places += current.map_or(0, |edition| small(&edition.text));
    }
    Ok(places)
}

/// What a memo or a summary is on, or which search it is, in a few words.
fn place_of(study: &Study, record: &Record) -> String {
    let on = match record {
        Record::Memo(memo) => &memo.on,
        Record::Summary(_) => return "a summary of the matrix".into(),
        Record::SavedSearch(search) => return format!("the saved search “{}”", search.name),
        _ => return "elsewhere".into(),
    };
    let of_transcript = |id| study.transcripts().get(&id).map(|held| held.name.clone());
    let named = match on {
        MemoOn::Quote(id) => {
            let quote = study.quotes().get(id);
            quote.and_then(|quote| of_transcript(quote.transcript)).map(|name| format!("a quote of {name}"))
        }
        MemoOn::Code(id) => study.codes().get(id).map(|code| format!("“{}”", code.name)),
        MemoOn::Theme(id) => study.themes().get(id).map(|theme| format!("“{}”", theme.name)),
        MemoOn::Transcript(id) => of_transcript(*id),
        MemoOn::Participant(id) => study.participants().get(id).map(|held| held.name.clone()),
        MemoOn::Study => Some("the study".into()),
        _ => None,
    };
    named.map_or_else(|| "a memo".into(), |named| format!("memo on {named}"))
}
