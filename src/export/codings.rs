//! `codings.csv`: `transcript,start,end,quote,code,valence,coder,memo`.

use std::sync::Arc;

use super::{Contents, Extract, Rows, TextsError};
use crate::study::{Coding, MemoOn, Quote, RevisionId, Study};
use crate::text::CodePoints;

const HEADER: [&str; 8] = ["transcript", "start", "end", "quote", "code", "valence", "coder", "memo"];

/// All codings of all coders, by transcript and place; `start` and `end` in code points of the stored text, half-open.
/// The valence is the effective one. Memos of a quote stand in the row of its first coding.
///
/// Quotes with words of somebody who did not agree to be quoted are left out unless `with_refused`, and counted.
///
/// # Errors
/// If `text` cannot give the text of a quote's revision.
pub fn codings_table(
    study: &Study,
    with_refused: bool,
    mut text: impl FnMut(RevisionId) -> Result<Arc<str>, String>,
) -> Result<Extract, TextsError> {
    let (mut table, mut left_out) = (Rows::new(&HEADER), 0);
    let mut written: Vec<&Quote> = Vec::new();
    for transcript in study.transcripts_by_name() {
        let fail = |why| TextsError { transcript: transcript.name.clone(), why };
        let quotes: Vec<_> =
            study.quotes_in(transcript.id).filter(|quote| quote.revision == transcript.revision).collect();
        if quotes.is_empty() {
            continue;
        }
        let text = text(transcript.revision).map_err(fail)?;
        let points = CodePoints::new(&text);
        for quote in quotes {
            let codings: Vec<&Coding> = study.codings_on(quote.id).collect();
            if codings.is_empty() {
                continue;
            }
            if !with_refused && study.refuses_quoting(quote) {
                left_out += 1;
                continue;
            }
            written.push(quote);
            let (start, end) = points.of_span(quote.span);
            let coder = study.coder_name(quote.coder);
            let memos: Vec<&str> = study
                .memos_on(MemoOn::Quote(quote.id))
                .filter(|memo| memo.coder == quote.coder)
                .map(|memo| memo.text.as_str())
                .collect();
            for (nth, coding) in codings.into_iter().enumerate() {
                table.rows.push(vec![
                    transcript.name.clone(),
                    start.to_string(),
                    end.to_string(),
                    quote.text.clone(),
                    study.codes().get(&coding.code).map_or_else(String::new, |code| code.name.clone()),
                    study.effective_valence(coding).map_or("", |valence| valence.to_cell()).to_owned(),
                    coder.to_owned(),
                    if nth == 0 { memos.join("\n\n") } else { String::new() },
                ]);
            }
        }
    }
    Ok(Extract { rows: table, contents: Contents::quotes(study, written), left_out })
}
