//! Memos as a table: `on,thing,transcript,start,end,quote,kind,coder,at,text`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Contents, Extract, Rows, TextsError};
use crate::study::{Case, Memo, MemoOn, Quote, RevisionId, Study, Topic, turns_of_span};
use crate::text::CodePoints;

const HEADER: [&str; 10] =
    ["on", "thing", "transcript", "start", "end", "quote", "kind", "coder", "at", "text"];

/// All memos of all coders, oldest first. `on` is what kind of thing a memo is about (`quote`, `code`, `theme`, `transcript`,
/// `participant`, `cell`, `study`) and `thing` its name: of a quote its place (`I43:41`), of a cell `P01 / Theme`. `start`
/// and `end` are code points of the stored text, half-open; empty for a quote of a former revision.
///
/// Memos on quotes with words of somebody who did not agree to be quoted are left out unless `with_refused`, and counted.
///
/// # Errors
/// If `text` cannot give the text of a quote's revision.
pub fn memos_table(
    study: &Study,
    with_refused: bool,
    mut text: impl FnMut(RevisionId) -> Result<Arc<str>, String>,
) -> Result<Extract, TextsError> {
    let mut memos: Vec<&Memo> = study.memos().iter().collect();
    memos.sort_by_key(|memo| (memo.at, memo.id));
    let (mut table, mut left_out) = (Rows::new(&HEADER), 0);
    let mut written: Vec<&Memo> = Vec::new();
    let mut texts: BTreeMap<RevisionId, Arc<str>> = BTreeMap::new();
    for memo in memos {
        let quote = match memo.on {
            MemoOn::Quote(id) => study.quotes().get(&id),
            _ => None,
        };
        if !with_refused && quote.is_some_and(|quote| study.refuses_quoting(quote)) {
            left_out += 1;
            continue;
        }
        written.push(memo);
        let mut ends = [String::new(), String::new()];
        if let Some(quote) = quote.filter(|quote| study.is_current(quote)) {
            let held = match texts.get(&quote.revision) {
                Some(held) => Arc::clone(held),
                None => text(quote.revision)
                    .map_err(|why| TextsError { transcript: name_of_transcript(study, quote), why })?,
            };
            let (start, end) = CodePoints::new(&held).of_span(quote.span);
            ends = [start.to_string(), end.to_string()];
            texts.insert(quote.revision, held);
        }
        let (on, thing) = named(study, &memo.on);
        let [start, end] = ends;
        let transcript = match memo.on {
            MemoOn::Transcript(_) => thing.clone(),
            _ => quote.map(|quote| name_of_transcript(study, quote)).unwrap_or_default(),
        };
        table.rows.push(vec![
            on.to_owned(),
            thing,
            transcript,
            start,
            end,
            quote.map(|quote| quote.text.clone()).unwrap_or_default(),
            memo.kind.name().to_owned(),
            study.coder_name(memo.coder).to_owned(),
            memo.at.to_string(),
            memo.text.clone(),
        ]);
    }
    Ok(Extract { rows: table, contents: Contents::memos(study, &written), left_out })
}

fn name_of_transcript(study: &Study, quote: &Quote) -> String {
    study.transcripts().get(&quote.transcript).map_or_else(String::new, |held| held.name.clone())
}

/// The kind of thing and its name.
fn named(study: &Study, on: &MemoOn) -> (&'static str, String) {
    let column = |of: &Topic| study.topic_name(of).unwrap_or_default().to_owned();
    let row = |case: Case| study.case_name(case).unwrap_or_default().to_owned();
    match on {
        MemoOn::Quote(id) => {
            ("quote", study.quotes().get(id).map_or_else(String::new, |quote| place(study, quote)))
        }
        MemoOn::Code(id) => {
            ("code", study.codes().get(id).map_or_else(String::new, |code| code.name.clone()))
        }
        MemoOn::Theme(id) => ("theme", column(&Topic::Theme(*id))),
        MemoOn::Component(of) => ("component", column(&Topic::Component(of.clone()))),
        MemoOn::Transcript(id) => ("transcript", row(Case::Group(*id))),
        MemoOn::Participant(id) => ("participant", row(Case::Participant(*id))),
        MemoOn::Cell(case, of) => ("cell", format!("{} / {}", row(*case), column(of))),
        MemoOn::Study => ("study", study.settings.name.clone()),
    }
}

/// `I43:41`.
fn place(study: &Study, quote: &Quote) -> String {
    let turns = study.turns_of(quote.revision);
    let first = turns.and_then(|turns| {
        turns_of_span(turns, quote.span).and_then(|(first, _)| turns.turns.get(first)).map(|turn| turn.number)
    });
    let turn = first.map_or_else(String::new, |number| format!(":{number}"));
    format!("{}{turn}", name_of_transcript(study, quote))
}
