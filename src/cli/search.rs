//! `combe search`: passages that a query finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::error::CliError;
use super::lines::{SpeakerFields, Speech, TurnLabel};
use super::world::{Opened, World, paths};
use crate::run::open_index;
use crate::search::{Cancel, Corpus, FilterNames, Hit, Index, Plan, Query, TextSource, search};
use crate::study::{Quote, Study, TranscriptId, Turn};
use crate::text::CodePoints;

/// Search all transcripts.
///
/// Words must all be in one turn, in any form: `services` finds `service`. Also:
///
///   "exact phrase"          in this order            "time pressure"~5   near each other
///   commun*                 beginning                colour~             one letter off
///   /regular expression/    over the turn            cost OR money       either
///   cost -free              without `free`           NOT (a OR b)
///
/// Filters: code: theme: component: valence: in: kind: speaker: by: lang: like: used_in:
/// is:coded|uncoded|starred|memo|unread|record|used|unused, and any attribute of the study, as in group:clinician. Put
/// the query in single quotes so that the shell leaves it alone, and -- before one that begins with a minus.
///
/// Turns of people who did not agree to be quoted are marked `[refused]`. Exit code 1 if nothing was found.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Args {
    /// The query
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many hits, the best ones; all if not given
    #[arg(long)]
    limit: Option<usize>,
}

#[derive(Serialize)]
struct Line<'a> {
    transcript: &'a str,
    kind: &'static str,
    turn: TurnLabel,
    #[serde(flatten)]
    speaker: SpeakerFields,
    time: Option<f64>,
    start: usize,
    end: usize,
    text: &'a str,
    matches: Vec<[usize; 2]>,
    codes: Vec<&'a str>,
    /// Whoever speaks did not agree to be quoted. Programs rely on the keys of a line as they are: it is in the text alone.
    #[serde(skip)]
    refused: bool,
    score: f32,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let corpus = Arc::new(Corpus::of(&opened.study));
    let plan = plan(&opened, &corpus, &args.query.join(" "))?;
    let index = index_for(&opened, &corpus);
    let limit = args.limit.unwrap_or(usize::MAX);
    let results = search(&plan, index.as_deref(), &opened.store, limit, &Cancel::new())
        .map_err(|error| CliError::refused(error.to_string()))?;
    let mut speeches: BTreeMap<TranscriptId, Option<Speech<'_>>> = BTreeMap::new();
    for hit in &results.hits {
        let speech = speeches.entry(hit.transcript).or_insert_with(|| {
            let text = TextSource::text(&opened.store, hit.revision).ok()?;
            Speech::new(&opened.study, hit.transcript, text)
        });
        if let Some(speech) = speech {
            print(world, &opened.study, speech, hit)?;
        }
    }
    if results.total() == 0 {
        world.out.remark("Nothing found.")?;
    }
    Ok(u8::from(results.total() == 0))
}

/// The plan of a query as typed.
pub(super) fn plan(opened: &Opened, corpus: &Arc<Corpus>, text: &str) -> Result<Plan, CliError> {
    let unclear = |error: crate::search::QueryError| CliError::Usage(format!("query: {error}"));
    let query = Query::parse(text, &FilterNames::of(&opened.study)).map_err(unclear)?;
    Plan::new(&query, &opened.study, corpus, &opened.read_turns()?).map_err(unclear)
}

/// The study's index, if one is there that is up to date or can be brought so at once. Without it the texts are read,
/// which takes a little longer and finds the same.
pub(super) fn index_for(opened: &Opened, corpus: &Arc<Corpus>) -> Option<Arc<Index>> {
    if opened.store.is_past() {
        // The index holds the words of today.
        return None;
    }
    let folder = paths().ok()?.cache.join(opened.store.identity().ok()?);
    let index = open_index(Some(&folder))?;
    if !index.missing(corpus).is_empty()
        && let Ok(mut writer) = index.writer()
    {
        let _ = writer.catch_up(corpus, &opened.store, &Cancel::new(), |_| ());
    }
    Some(index)
}

fn print(world: &mut World, study: &Study, speech: &Speech<'_>, hit: &Hit) -> Result<(), CliError> {
    let (Some(turn), Some(transcript)) =
        (speech.turns.turns.get(hit.turn as usize), study.transcripts().get(&hit.transcript))
    else {
        return Ok(());
    };
    let points = CodePoints::new(&speech.text);
    let (start, end) = points.of_span(turn.speech);
    let text = turn.speech.slice(&speech.text).unwrap_or_default();
    let line = Line {
        transcript: &transcript.name,
        kind: transcript.kind.name(),
        turn: TurnLabel(turn.number),
        speaker: speech.speaker(turn),
        time: Speech::seconds(turn),
        start,
        end,
        text,
        matches: hit.matches.iter().map(|span| points.of_span(*span).into()).collect(),
        codes: codes_on(study, hit, turn),
        refused: speech.refuses(turn),
        score: hit.score,
    };
    world.out.result(&line, || {
        let who = line.speaker.participant.as_deref().or(line.speaker.speaker.as_deref()).unwrap_or("");
        let mark = if line.refused { " [refused]" } else { "" };
        format!("{}:{}  {who}{mark}: {}", line.transcript, turn.number, text.replace('\n', " "))
    })
}

/// Names of the codes on quotes that overlap a turn's speech, of all coders, each once.
fn codes_on<'s>(study: &'s Study, hit: &Hit, turn: &Turn) -> Vec<&'s str> {
    let mut names = Vec::new();
    let here = |quote: &&Quote| quote.revision == hit.revision && quote.span.overlaps(turn.speech);
    for quote in study.quotes_in(hit.transcript).filter(here) {
        for coding in study.codings_on(quote.id) {
            if let Some(code) = study.codes().get(&coding.code)
                && !names.contains(&code.name.as_str())
            {
                names.push(code.name.as_str());
            }
        }
    }
    names
}
