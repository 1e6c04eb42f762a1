//! `combe quotes`: quotes with their codings.

use std::sync::Arc;

use super::error::CliError;
use super::lines::{QuoteLine, Speech};
use super::search::{index_for, plan};
use super::world::{Opened, World};
use crate::analysis::Attribution;
use crate::search::{Cancel, Corpus, Plan, TurnSet, search};
use crate::study::{MemoOn, Quote, Turn};
use crate::text::CodePoints;

/// Print quotes with their codings, by transcript and place.
///
/// With a query, those of the turns that it finds; filters on codings (code: theme: component: valence: by:) must hold of
/// the quote itself. `combe search --help` has the language. Exit code 1 if there are none.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A query; all quotes if not given
    query: Vec<String>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let corpus = Arc::new(Corpus::of(&opened.study));
    let asked = match args.query.is_empty() {
        true => None,
        false => Some(find(&opened, &corpus, &args.query.join(" "))?),
    };
    let attribution = attribution(&opened.study)?;
    let mut any = false;
    for transcript in opened.study.transcripts_by_name() {
        let wanted = |quote: &&Quote| {
            quote.revision == transcript.revision
                && asked.as_ref().is_none_or(|(plan, turns)| {
                    plan.asks_for(&opened.study, quote) && touches(&corpus, turns, quote)
                })
        };
        let quotes: Vec<&Quote> = opened.study.quotes_in(transcript.id).filter(wanted).collect();
        if quotes.is_empty() {
            continue;
        }
        let text = opened.store.text(transcript.revision)?;
        let points = CodePoints::new(&text);
        let speech = Speech::new(&opened.study, transcript.id, Arc::clone(&text));
        for quote in quotes {
            any = true;
            let line = QuoteLine::new(&opened.study, quote, &points, &attribution);
            world.out.result(&line, || for_people(&opened, &line, quote, speech.as_ref()))?;
        }
    }
    Ok(u8::from(!any))
}

/// How the study attributes quotations. Templates that cannot be read are told before anything is printed.
pub(super) fn attribution(study: &crate::study::Study) -> Result<Attribution<'_>, CliError> {
    Attribution::of(study).map_err(|error| CliError::refused(format!("{error}.")))
}

/// The plan of a query and the turns that it finds.
pub(super) fn find(opened: &Opened, corpus: &Arc<Corpus>, query: &str) -> Result<(Plan, TurnSet), CliError> {
    let plan = plan(opened, corpus, query)?;
    let index = index_for(opened, corpus);
    let results = search(&plan, index.as_deref(), &opened.store, 0, &Cancel::new())
        .map_err(|error| CliError::refused(error.to_string()))?;
    Ok((plan, results.found))
}

/// Whether a quote shares a byte with one of these turns.
pub(super) fn touches(corpus: &Corpus, turns: &TurnSet, quote: &Quote) -> bool {
    let Some(entry) = corpus.entry_of(quote.transcript) else { return false };
    let first = |index: usize| entry.first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
    let range = entry.turns.overlapping(quote.span);
    turns.count_in(first(range.start)..first(range.end)) > 0
}

/// Place, speakers and codes on one line, below it the words and then the memos.
fn for_people(opened: &Opened, line: &QuoteLine, quote: &Quote, speech: Option<&Speech<'_>>) -> String {
    let codes: Vec<String> = line
        .codings
        .iter()
        .map(|coding| match coding.valence.as_slice() {
            [] => coding.code.clone(),
            sides => format!("{} ({})", coding.code, sides.join(", ")),
        })
        .collect();
    let turns = speech.and_then(|speech| speech.turns.turns.get(speech.turns.overlapping(quote.span)));
    let turns = turns.unwrap_or_default();
    let who = match (line.participants.as_slice(), speech) {
        ([], Some(speech)) => names(speech, turns).join(", "),
        (participants, _) => participants.join(", "),
    };
    let place = match (line.turn, line.end_turn) {
        (Some(first), Some(last)) if first.0 != last.0 => format!(":{}-{}", first.0, last.0),
        (Some(turn), _) => format!(":{}", turn.0),
        _ => String::new(),
    };
    let star = if line.starred { " *" } else { "" };
    let mut shown =
        format!("{}{place}  {who}  [{}]{star}  {}", line.transcript, line.coder, codes.join("; "));
    let mut add = |text: &str| {
        shown.push_str("\n    ");
        shown.push_str(&text.replace('\n', "\n    "));
    };
    match speech.filter(|_| turns.len() > 1) {
        Some(speech) => said_by_turn(speech, quote, turns).iter().for_each(|said| add(said)),
        None => add(&line.text),
    }
    for memo in opened.study.memos_on(MemoOn::Quote(quote.id)) {
        let kind = memo.kind.name().replace('_', " ");
        add(&format!("memo of {} ({kind}): {}", opened.coder_name(memo.coder), memo.text));
    }
    shown
}

/// Who speaks in some turns that are no participant's: those who ask by their role, others by their label.
fn names(speech: &Speech<'_>, turns: &[Turn]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for turn in turns {
        let fields = speech.speaker(turn);
        let name = match (fields.role, fields.speaker) {
            ("interviewer", _) | (_, None) => fields.role.to_owned(),
            (_, Some(label)) => label,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What a quote holds of each turn, behind the label of who says it.
fn said_by_turn(speech: &Speech<'_>, quote: &Quote, turns: &[Turn]) -> Vec<String> {
    let said = |turn: &Turn| {
        let words = quote.span.intersection(turn.speech)?.slice(&speech.text)?.trim();
        let fields = speech.speaker(turn);
        let label =
            fields.speaker.filter(|label| !label.is_empty()).unwrap_or_else(|| fields.role.to_owned());
        (!words.is_empty()).then(|| format!("{label}: {words}"))
    };
    turns.iter().filter_map(said).collect()
}
