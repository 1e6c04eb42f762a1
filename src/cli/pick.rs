//! `combe pick`: picks a quotation on the terminal and prints it, for editors and shells.

use std::env;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use clap::ValueEnum;
use serde::Serialize;

use super::error::CliError;
use super::preferences::Preferences;
use super::quotes::{attribution, find, listed_layers, unheard_attribution};
use super::world::{Opened, World, paths};
use crate::analysis::{Attribution, Quotation, QuoteOrder, each_passage_once, listed_quotes};
use crate::app::pick::{Offer, Over, PickRow, nearest_first};
use crate::run::{PickLook, Picked, SystemSource, pick, pick_in_lines};
use crate::search::Corpus;
use crate::search::query::{FilterNames, Query};
use crate::study::{Markup, Quote, QuoteId, RevisionId, Study, TranscriptId, fresh};
use crate::term::{Redirected, Surroundings, detect, detect_for_lines, forbid_core_dumps};
use crate::text::Span;
use crate::ui::glyphs::Glyphs;

/// Pick a quotation on the screen and print it with its attribution: for vim, emacs, helix, nano and the shell.
///
/// It draws on the terminal even where input and output are pipes, and prints nothing but what was picked. Offered are the quotes
/// of the layers of record and your own in the order of `combe quotes`, each passage once, whoever marked it; --all-layers, or by:
/// in the query, offers those of all coders. With a query, only quotes that it finds are offered, those first that have its words
/// one behind another, then those that have all of them; `combe search --help` has the language. Tab goes over all turns. Quotes of people who did not agree to be quoted are not offered; above the list stands how
/// many. With --linear it asks in lines: words narrow the list, the number of a row takes it.
///
/// Exit code 1 if nothing was picked.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A query; all quotes if not given
    query: Vec<String>,
    /// What to print; what study.toml says of the draft if not given
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Offer quotes of all coders, not only those of the layers of record and your own
    #[arg(long)]
    all_layers: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown, with the address as a comment
    Md,
    /// LaTeX, with the address as a comment
    Latex,
    /// Without markup; also called text
    #[value(alias = "text")]
    Plain,
    /// The address alone: I43:41
    Address,
}

/// What was picked, for programs.
#[derive(Serialize)]
struct Line {
    address: String,
    text: String,
    attribution: Option<String>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let no_terminal = |error: io::Error| {
        CliError::Usage(format!(
            "there is no terminal to pick on ({error}); see `combe quotes` or `combe search`"
        ))
    };
    let redirected = Redirected::to_terminal().map_err(no_terminal)?;
    let around = Surroundings::read(|name| env::var(name).ok(), true, true);
    let paths = paths()?;
    let mut preferences = Preferences::read(&paths.config, &world.wishes);
    let in_lines = preferences.linear();
    let judged = if in_lines { detect_for_lines(&around) } else { detect(&around) };
    let capability = judged.map_err(|refusal| CliError::Usage(refusal.to_string()))?;
    let (themes, theme) = preferences.themes(capability.colours)?;
    let look = PickLook {
        theme: themes.get(&theme).copied().unwrap_or_default(),
        glyphs: *Glyphs::of(capability.glyphs),
        esc_wait: capability.esc_wait,
    };
    // A crash would leave transcripts behind; that it cannot be forbidden is said where there is a place to say it.
    let _ = forbid_core_dumps();
    let query = args.query.join(" ");
    let source = world.source;
    let read = Arc::new(Mutex::new(Read::default()));
    // The thread owns all that it needs: leaving does not wait until the study is open.
    let (here, all_layers, to) = (world.another(), args.all_layers, Arc::clone(&read));
    let load = move |over, left: &AtomicBool| -> Result<Offer, CliError> {
        let mut read = to.lock().unwrap_or_else(PoisonError::into_inner);
        let Read { opened, quotes, turns } = &mut *read;
        let opened = match opened {
            Some(opened) => opened,
            None => opened.insert(here.open_to_read()?),
        };
        if left.load(Ordering::Relaxed) {
            return Ok(Offer::default());
        }
        let attribution = unheard_attribution(&opened.study)?;
        match over {
            Over::Quotes => {
                let (offered, refused) = offered(opened, &query, all_layers)?;
                let rows = until_left(offered, left);
                let rows = rows.map(|quote| Ok((quote.id, row(&opened.study, &attribution, quote)?)));
                let mut found = rows.collect::<Result<Vec<_>, CliError>>()?;
                let asked = Query::parse(&query, &FilterNames::of(&opened.study)).unwrap_or_default();
                nearest_first(&mut found, &asked.words());
                let rows;
                (*quotes, rows) = found.into_iter().unzip();
                Ok(Offer { rows, refused, query: query.trim().to_owned() })
            }
            Over::Turns => {
                let mut rows = Vec::new();
                let refused;
                (*turns, refused) = all_turns(opened, left, |spoken, text| {
                    let quote = spoken.as_quote(&source, opened, text);
                    rows.push(row(&opened.study, &attribution, &quote)?);
                    Ok(())
                })?;
                Ok(Offer { rows, refused, query: String::new() })
            }
        }
    };
    let picked = match in_lines {
        true => pick_in_lines(&look.glyphs, load, io::stdin().lock(), io::stdout()).map_err(|error| {
            CliError::refused(format!("the terminal can no longer be read or written: {error}"))
        }),
        false => pick(&look, load).map_err(|error| CliError::refused(error.to_string())),
    };
    drop(redirected);
    let picked = picked??;
    let (over, at) = match picked {
        Picked::Nothing => return Ok(1),
        Picked::Ended(code) => return Ok(code),
        Picked::Taken(over, at) => (over, at),
    };
    let read = read.lock().unwrap_or_else(PoisonError::into_inner);
    let Read { opened: Some(opened), quotes, turns } = &*read else { return Ok(1) };
    let quote = match over {
        Over::Quotes => quotes.get(at).and_then(|id| opened.study.quotes().get(id)).cloned(),
        Over::Turns => match turns.get(at) {
            Some(spoken) => Some(spoken.as_quote(&source, opened, &opened.store.text(spoken.revision)?)),
            None => None,
        },
    };
    let Some(quote) = &quote else { return Ok(1) };
    print(world, &opened.study, quote, args.format)?;
    Ok(0)
}

/// What the thread that reads has read.
#[derive(Default)]
struct Read {
    opened: Option<Opened>,
    quotes: Vec<QuoteId>,
    turns: Vec<Spoken>,
}

/// Those of some things that come before the picker is left: then nobody waits for the others.
fn until_left<T>(all: impl IntoIterator<Item = T>, left: &AtomicBool) -> impl Iterator<Item = T> {
    all.into_iter().take_while(|_| !left.load(Ordering::Relaxed))
}

/// The quotes to pick from, in the order of the lists, and how many of them were left out as they must not be quoted. Each
/// passage is there once, whoever marked it: the starred quote of it, else that of the layer of record.
fn offered<'o>(
    opened: &'o Opened,
    query: &str,
    all_layers: bool,
) -> Result<(Vec<&'o Quote>, usize), CliError> {
    let study = &opened.study;
    let search = || find(opened, &Arc::new(Corpus::of(study)), query);
    let asked = (!query.trim().is_empty()).then(search).transpose()?;
    let layers = listed_layers(opened, asked.as_ref(), all_layers);
    let found =
        |quote: &Quote| asked.as_ref().is_none_or(|(plan, turns)| plan.finds_quote(study, turns, quote));
    let listed = listed_quotes(study, &layers, found, QuoteOrder::default());
    let all = listed.len();
    let may = listed.into_iter().map(|placed| placed.quote).filter(|quote| !study.refuses_quoting(quote));
    let may: Vec<&Quote> = may.collect();
    let refused = all - may.len();
    Ok((each_passage_once(study, may, |quote| (quote.id, ())), refused))
}

/// The speech of a turn.
struct Spoken {
    transcript: TranscriptId,
    revision: RevisionId,
    span: Span,
}

impl Spoken {
    /// As if it were a quote.
    fn as_quote(&self, source: &SystemSource, opened: &Opened, text: &str) -> Quote {
        Quote {
            id: fresh(source),
            coder: opened.coder.id,
            transcript: self.transcript,
            revision: self.revision,
            span: self.span,
            text: self.span.slice(text).unwrap_or_default().to_owned(),
            starred: false,
        }
    }
}

/// Every turn in which a participant who may be quoted speaks, and how many there are of those who may not; `each` gets it with
/// the text of its transcript. It stops where it is when the picker was left.
fn all_turns(
    opened: &Opened,
    left: &AtomicBool,
    mut each: impl FnMut(&Spoken, &str) -> Result<(), CliError>,
) -> Result<(Vec<Spoken>, usize), CliError> {
    let study = &opened.study;
    let (mut found, mut refused) = (Vec::new(), 0);
    for transcript in until_left(study.transcripts_by_name(), left) {
        let (Some(held), Some(voices)) = (study.turns(transcript.id), study.voices_in(transcript.id)) else {
            continue;
        };
        let text = opened.store.text(transcript.revision)?;
        let shown = study.shown_speech(transcript.id);
        let turns = held.turns.iter().enumerate().filter(|(_, turn)| turn.words > 0);
        for (at, turn) in until_left(turns, left) {
            let speaker = voices.of(turn).participant();
            let Some(person) = speaker.filter(|_| shown.of(at, turn, &text).is_some()) else { continue };
            if study.may_quote(person) {
                let spoken =
                    Spoken { transcript: transcript.id, revision: transcript.revision, span: turn.speech };
                each(&spoken, &text)?;
                found.push(spoken);
            } else {
                refused += 1;
            }
        }
    }
    Ok((found, refused))
}

fn row(study: &Study, attribution: &Attribution<'_>, quote: &Quote) -> Result<PickRow, CliError> {
    let who = attribution.of_quote(quote).map_err(|error| CliError::refused(format!("{error}.")))?;
    let codes: Vec<&str> = study
        .codings_on(quote.id)
        .filter_map(|coding| study.codes().get(&coding.code))
        .map(|code| code.name.as_str())
        .collect();
    let mut row =
        PickRow::new(study.address_of(quote), who.unwrap_or_default(), codes.join("; "), &quote.text);
    row.starred = quote.starred;
    row.used_in = study.drafts_with(quote.id).map(str::to_owned).collect();
    Ok(row)
}

fn print(world: &mut World, study: &Study, quote: &Quote, format: Option<Format>) -> Result<(), CliError> {
    let attribution = attribution(study)?;
    let quotation =
        Quotation::of(study, quote, &attribution).map_err(|error| CliError::refused(format!("{error}.")))?;
    let style = &study.settings.quotation;
    let markup = match format {
        Some(Format::Md) => Some(Markup::Markdown),
        Some(Format::Latex) => Some(Markup::Latex),
        Some(Format::Plain) => Some(Markup::Plain),
        None => Some(style.markup()),
        Some(Format::Address) => None,
    };
    let written = match markup {
        None => quotation.address.clone(),
        // It stands between blank lines wherever it is put: two that touch are one for Markdown.
        Some(markup) if quotation.is_block(style) => format!("\n{}\n", quotation.write(style, markup)),
        Some(markup) => quotation.write(style, markup),
    };
    let line = Line {
        address: quotation.address.clone(),
        text: quote.text.clone(),
        attribution: quotation.attribution.clone(),
    };
    world.out.result(&line, || written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_more_is_read_once_the_picker_is_left() {
        let left = AtomicBool::new(false);
        let read = |row: u32| {
            left.store(row == 2, Ordering::Relaxed);
            row
        };
        assert_eq!(until_left(0..9, &left).map(read).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
