//! The list of codings into the study: each row is checked against the text before any of them is made.

use std::collections::{BTreeMap, BTreeSet};

use super::super::nearest;
use super::super::tables::{CodingRow, Codings, Findings};
use super::refusal::Refusal;
use super::{Doubt, Planner};
use crate::study::{
    Change, Code, CodeId, Coder, CoderId, Coding, Memo, MemoKind, MemoOn, Passage, PassageError, QuoteId,
    Side, Transcript, TranscriptId, Valence, fresh, lies_in_tombstones,
};
use crate::text::{CodePoints, Span, fold_name, on_grapheme_boundary};

pub(super) fn take(planner: &mut Planner<'_>, list: &Codings) -> Result<Vec<Doubt>, Refusal> {
    let mut findings = Findings::default();
    let passages = passages(planner, list, &mut findings)?;
    check_codes(planner, list, &mut findings);
    findings.or(())?;
    make_codes(planner, list)?;
    let mut doubts = Vec::new();
    for (row, passage) in list.codings.iter().zip(passages) {
        if let Some(passage) = passage {
            make(planner, row, passage, &mut doubts)?;
        }
    }
    Ok(doubts)
}

/// The passage of each row; `None` where that is wrong, which is then among the findings.
fn passages<'l>(
    planner: &Planner<'_>,
    list: &'l Codings,
    findings: &mut Findings,
) -> Result<Vec<Option<Passage<'l>>>, Refusal> {
    let mut found = vec![None; list.codings.len()];
    let mut rows_of: BTreeMap<TranscriptId, Vec<usize>> = BTreeMap::new();
    for (at, row) in list.codings.iter().enumerate() {
        match planner.study.transcript_named(&row.transcript) {
            Some(transcript) => rows_of.entry(transcript.id).or_default().push(at),
            None => {
                let known = planner.study.transcripts().iter().map(|held| held.name.as_str());
                let near = nearest::hint(&row.transcript, known);
                let what = format!("no transcript is called “{}”; import it first{near}", row.transcript);
                findings.cell(row.line, "transcript", what);
            }
        }
    }
    for (transcript, rows) in rows_of {
        let Some(transcript) = planner.study.transcripts().get(&transcript) else { continue };
        let page =
            planner.text(transcript.revision).ok_or_else(|| Refusal::NoText(transcript.name.clone()))?;
        let points = CodePoints::new(&page);
        for at in rows {
            let Some(row) = list.codings.get(at) else { continue };
            match span_of(planner, transcript, &page, &points, row) {
                Ok(span) if lies_in_tombstones(&page, span) => {
                    findings.cell(row.line, "quote", PassageError::Erased.to_string());
                }
                Ok(span) => {
                    let (transcript, revision) = (transcript.id, transcript.revision);
                    if let Some(slot) = found.get_mut(at) {
                        *slot = Some(Passage { transcript, revision, span, words: &row.quote });
                    }
                }
                Err((column, what)) => findings.cell(row.line, column, what),
            }
        }
    }
    Ok(found)
}

/// The span of a row, or the column that is wrong and why.
fn span_of(
    planner: &Planner<'_>,
    transcript: &Transcript,
    text: &str,
    points: &CodePoints<'_>,
    row: &CodingRow,
) -> Result<Span, (&'static str, String)> {
    let name = &transcript.name;
    let Some(span) = points.to_span(row.start, row.end).filter(|span| !span.is_empty()) else {
        let last = points.at_byte(text.len());
        let what = format!(
            "{} to {} is no stretch of {name}, which goes from 0 to {last}; count code points of the text as imported",
            row.start, row.end
        );
        return Err(("start", what));
    };
    if span.slice(text) != Some(row.quote.as_str()) {
        let what = format!(
            "it is not word for word what stands from {} to {} in {name}; {}",
            row.start,
            row.end,
            elsewhere(text, points, &row.quote)
        );
        return Err(("quote", what));
    }
    for (column, byte) in [("start", span.start), ("end", span.end)] {
        if !on_grapheme_boundary(text, byte as usize) {
            return Err((
                column,
                "it cuts a character from its accent; move it to where the character ends".into(),
            ));
        }
    }
    let speech = planner.study.turns_of(transcript.revision).is_some_and(|turns| turns.holds_speech(span));
    if !speech {
        let what = "these are no words that anybody says, only labels or what stands before the first turn; mark speech";
        return Err(("quote", what.into()));
    }
    Ok(span)
}

fn elsewhere(text: &str, points: &CodePoints<'_>, quote: &str) -> String {
    let mut found = text.match_indices(quote).map(|(at, _)| Span::new(at, at + quote.len()));
    match (found.next(), found.next()) {
        (Some(span), None) => {
            let (start, end) = points.of_span(span);
            format!("it stands from {start} to {end}")
        }
        (Some(_), Some(_)) => {
            "it stands in several other places; count code points of the text as imported".into()
        }
        (None, _) => "it stands nowhere in this text; copy it anew".into(),
    }
}

/// Codes must be known, and no valence may speak against the side of its code.
fn check_codes(planner: &Planner<'_>, list: &Codings, findings: &mut Findings) {
    for row in &list.codings {
        match planner.study.code_named(&row.code) {
            Some(code) => {
                let against =
                    |side: &Side| row.valence.is_some_and(|valence| valence != Valence::from(*side));
                if let Some(side) = code.side.filter(against) {
                    let what = format!(
                        "it speaks against the side of “{}”, which is {}; leave it empty",
                        code.name,
                        side.name()
                    );
                    findings.cell(row.line, "valence", what);
                }
            }
            None if planner.options.new_codes => {}
            None => {
                let near = nearest::hint(&row.code, planner.code_names());
                let what = format!(
                    "no code is called “{}”; add it to the codebook or import with new codes{near}",
                    row.code
                );
                findings.cell(row.line, "code", what);
            }
        }
    }
}

fn make_codes(planner: &mut Planner<'_>, list: &Codings) -> Result<(), Refusal> {
    let mut position = planner.study.codes().iter().map(|code| code.position + 1).max().unwrap_or(0);
    let mut seen = BTreeSet::new();
    for row in &list.codings {
        if !seen.insert(fold_name(&row.code)) || planner.study.code_named(&row.code).is_some() {
            continue;
        }
        let code = Code { position, ..Code::new(fresh(planner.source), &row.code) };
        position += 1;
        planner.make(vec![Change::create(code)])?;
    }
    Ok(())
}

fn make(
    planner: &mut Planner<'_>,
    row: &CodingRow,
    passage: Passage<'_>,
    doubts: &mut Vec<Doubt>,
) -> Result<(), Refusal> {
    let Some(code) = planner.study.code_named(&row.code) else { return Ok(()) };
    let (code, side) = (code.id, code.side);
    let coder = coder(planner, row)?;
    // The transcripts do not change while codings are taken in, so there is a quote.
    let Ok((quote, mut changes)) = planner.study.quote_on(coder, passage, planner.source) else {
        return Ok(());
    };
    let blind = planner.study.is_blind(coder, quote.transcript);
    let quote = quote.id;
    let valence = row.valence.filter(|_| side.is_none());
    changes.extend(coding(planner, row, quote, (code, valence, blind), doubts));
    if let Some(text) = &row.memo {
        let on = MemoOn::Quote(quote);
        let mut memos = planner.study.memos_on(on.clone());
        if !memos.any(|memo| memo.coder == coder && memo.text == *text) {
            changes.push(Change::create(Memo {
                id: fresh(planner.source),
                on,
                kind: MemoKind::default(),
                coder,
                at: planner.now,
                text: text.clone(),
            }));
        }
    }
    planner.make(changes)
}

/// Who coded: the one who imports, where the row does not say.
fn coder(planner: &mut Planner<'_>, row: &CodingRow) -> Result<CoderId, Refusal> {
    let Some(name) = &row.coder else { return Ok(planner.coder) };
    if let Some(held) = planner.study.coder_named(name) {
        return Ok(held.id);
    }
    let made = Coder { id: fresh(planner.source), name: name.clone() };
    let id = made.id;
    planner.make(vec![Change::create(made)])?;
    Ok(id)
}

/// The coding of a row, unless it is there already.
fn coding(
    planner: &Planner<'_>,
    row: &CodingRow,
    quote: QuoteId,
    (code, valence, blind): (CodeId, Option<Valence>, bool),
    doubts: &mut Vec<Doubt>,
) -> Option<Change> {
    if let Some(held) = planner.study.codings_on(quote).find(|held| held.code == code) {
        if held.valence != valence {
            let what = format!("this passage has “{}” already, with another valence, which stays", row.code);
            doubts.push(Doubt { line: Some(row.line), what });
        }
        return None;
    }
    Some(Change::create(Coding { id: fresh(planner.source), quote, code, valence, at: planner.now, blind }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_is_elsewhere_is_said_where() {
        let text = "ŷ one. two. one.";
        let points = CodePoints::new(text);
        assert_eq!(elsewhere(text, &points, "two."), "it stands from 7 to 11");
        assert!(elsewhere(text, &points, "one.").starts_with("it stands in several other places"));
        assert!(elsewhere(text, &points, "three").starts_with("it stands nowhere"));
    }
}
