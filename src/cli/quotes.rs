//! `combe quotes`: quotes with their codings.

use std::sync::Arc;

use super::error::CliError;
use super::lines::QuoteLine;
use super::search::{index_for, plan};
use super::world::{Opened, World};
use crate::analysis::Attribution;
use crate::search::{Cancel, Corpus, Plan, TurnSet, search};
use crate::study::Quote;
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
        for quote in quotes {
            any = true;
            let line = QuoteLine::new(&opened.study, quote, &points, &attribution);
            world.out.result(&line, || line.for_people())?;
        }
    }
    Ok(u8::from(!any))
}

/// How the study attributes quotations. Templates that cannot be read are told before anything is printed.
fn attribution(study: &crate::study::Study) -> Result<Attribution<'_>, CliError> {
    Attribution::of(study).map_err(|error| CliError::refused(format!("{error}.")))
}

/// The plan of a query and the turns that it finds.
fn find(opened: &Opened, corpus: &Arc<Corpus>, query: &str) -> Result<(Plan, TurnSet), CliError> {
    let plan = plan(opened, corpus, query)?;
    let index = index_for(opened, corpus);
    let results = search(&plan, index.as_deref(), &opened.store, 0, &Cancel::new())
        .map_err(|error| CliError::refused(error.to_string()))?;
    Ok((plan, results.found))
}

/// Whether a quote shares a byte with one of these turns.
fn touches(corpus: &Corpus, turns: &TurnSet, quote: &Quote) -> bool {
    let Some(entry) = corpus.entry_of(quote.transcript) else { return false };
    let first = |index: usize| entry.first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
    let range = entry.turns.overlapping(quote.span);
    turns.count_in(first(range.start)..first(range.end)) > 0
}

impl QuoteLine {
    /// Place, speaker and codes on one line, the words below it.
    fn for_people(&self) -> String {
        let codes: Vec<String> = self
            .codings
            .iter()
            .map(|coding| match coding.valence.as_slice() {
                [] => coding.code.clone(),
                sides => format!("{} ({})", coding.code, sides.join(", ")),
            })
            .collect();
        let turn = self.turn.map(|turn| format!(":{}", turn.0)).unwrap_or_default();
        let star = if self.starred { " *" } else { "" };
        format!(
            "{}{turn}  {}  [{}]{star}  {}\n    {}",
            self.transcript,
            self.participants.join(", "),
            self.coder,
            codes.join("; "),
            self.text.replace('\n', "\n    ")
        )
    }
}
