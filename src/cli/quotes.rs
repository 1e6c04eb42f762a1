//! `combe quotes`: quotes with their codings, sorted, with what stands around them, or as a draft has them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::CliError;
use super::lines::{QuoteLine, Speech};
use super::output::{say_aside, say_once};
use super::search::{index_for, plan};
use super::world::{Opened, World};
use crate::analysis::{Around, Attribution, ListedQuotes, Quotation, QuoteOrder, listed_quotes};
use crate::search::{Cancel, Corpus, Plan, TurnSet, search};
use crate::study::{HIDDEN, Markup, MemoOn, Quote, Study, Turn};
use crate::text::{CodePoints, counted, thousands};

/// Print quotes with their codings, by transcript and place, starred ones first.
///
/// Listed are the quotes of the layers of record, of which counts are made, and your own; --all-layers, or by: in the query, lists
/// those of all coders. With a query, those of the turns that it finds; filters on codings (code: theme: component: valence: by:)
/// must hold of the quote itself. `combe search --help` has the language. Exit code 1 if there are none. Quotes that stand in a
/// draft are marked `used`, those that must not be quoted `refused`, as turns around them are; with --format md or latex these are left out. As text and
/// with --json they are there as on the screen, for the analysis, in which they count: what is printed so is not for a paper. How
/// many they are is said at the end.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A query; all quotes if not given
    query: Vec<String>,
    /// What they are sorted by; under each code, theme, group, participant or transcript the starred ones come first
    #[arg(long, value_enum, default_value = "place")]
    sort: Sort,
    /// How much is printed around each: its words, its turns whole, or a turn more on either side; its words if not given
    #[arg(long, value_enum)]
    context: Option<Context>,
    /// Print the question before each: asked or volunteered
    #[arg(long)]
    question: bool,
    /// As lines to be read, or in the house style of study.toml, to be pasted into a draft
    #[arg(long, short, value_enum, default_value = "text")]
    format: Format,
    /// Only your basket, in the order of putting aside
    #[arg(long)]
    basket: bool,
    /// Quotes of all coders, not only those of the layers of record and your own
    #[arg(long)]
    all_layers: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Sort {
    Code,
    Theme,
    Group,
    Participant,
    Length,
    Place,
}

impl Sort {
    fn order(self) -> QuoteOrder {
        match self {
            Sort::Code => QuoteOrder::Code,
            Sort::Theme => QuoteOrder::Theme,
            Sort::Group => QuoteOrder::Group,
            Sort::Participant => QuoteOrder::Participant,
            Sort::Length => QuoteOrder::Length,
            Sort::Place => QuoteOrder::Place,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Context {
    Phrase,
    Turn,
    Around,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[value(alias = "plain")]
    Text,
    Md,
    Latex,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    if world.out.json && args.format != Format::Text {
        return Err(CliError::Usage(
            "--json prints objects, --format md and latex print a draft's words: leave one of them out"
                .into(),
        ));
    }
    // A draft and a program get the quote alone.
    if (args.context.is_some() || args.question) && (args.format != Format::Text || world.out.json) {
        return Err(CliError::Usage(
            "--context and --question are for quotes that are printed as text: leave them out, or --format and --json"
                .into(),
        ));
    }
    let opened = world.open_to_read()?;
    let study = &opened.study;
    let corpus = Arc::new(Corpus::of(study));
    let asked = match args.query.is_empty() {
        true => None,
        false => Some(find(&opened, &corpus, &args.query.join(" "))?),
    };
    let attribution = attribution(study)?;
    let found =
        |quote: &Quote| asked.as_ref().is_none_or(|(plan, turns)| plan.finds_quote(study, turns, quote));
    let quotes: Vec<&Quote> = match args.basket {
        true => {
            let entries = study.basket_entries().iter().filter(|entry| entry.coder == opened.coder.id);
            let quotes = entries.filter_map(|entry| study.quotes().get(&entry.quote));
            quotes.filter(|quote| study.is_current(quote) && found(quote)).collect()
        }
        false => {
            let layers = listed_layers(&opened, asked.as_ref(), args.all_layers);
            let listed = listed_quotes(study, &layers, found, args.sort.order());
            listed.into_iter().map(|placed| placed.quote).collect()
        }
    };
    let markup = match args.format {
        Format::Text => None,
        Format::Md => Some(Markup::Markdown),
        Format::Latex => Some(Markup::Latex),
    };
    let mut texts = BTreeMap::new();
    let refused = quotes.iter().filter(|quote| study.refuses_quoting(quote)).count();
    let mut written = 0;
    for quote in &quotes {
        if let Some(markup) = markup {
            if study.refuses_quoting(quote) {
                continue;
            }
            let quotation = Quotation::of(study, quote, &attribution)
                .map_err(|error| CliError::refused(format!("{error}.")))?;
            let blank = if written > 0 { "\n" } else { "" };
            let words = quotation.write(&study.settings.quotation, markup);
            world.out.remark(&format!("{blank}{words}"))?;
            written += 1;
            continue;
        }
        let text = match texts.get(&quote.revision) {
            Some(text) => Arc::clone(text),
            None => {
                let text: Arc<str> = opened.store.text(quote.revision)?;
                texts.insert(quote.revision, Arc::clone(&text));
                text
            }
        };
        let points = CodePoints::new(&text);
        let line = QuoteLine::new(study, quote, &points, &attribution);
        let speech = Speech::new(study, quote.transcript, Arc::clone(&text));
        world.out.result(&line, || for_people(&opened, args, &line, quote, speech.as_ref()))?;
    }
    if quotes.is_empty() {
        let said =
            if args.basket && asked.is_none() { "Your basket is empty." } else { "No quote is found." };
        // What goes into a draft is words alone.
        match markup {
            None => world.out.remark(said)?,
            Some(_) => say_aside(said),
        }
    }
    if refused > 0 && !world.out.json {
        // What is printed comes before what is said of it, also where both go to one terminal.
        world.out.flush()?;
        let done = if markup.is_some() { "left out" } else { "marked refused" };
        let is = if refused == 1 { "is" } else { "are" };
        say_aside(&format!(
            "{} of {} {is} {done}: somebody in them did not agree to be quoted",
            thousands(refused),
            counted(quotes.len(), "quote", "quotes")
        ));
    }
    Ok(u8::from(if markup.is_some() { written == 0 } else { quotes.is_empty() }))
}

/// How the study attributes quotations. What study.toml says of it that nobody can have meant is told before anything is
/// printed.
pub(super) fn attribution(study: &Study) -> Result<Attribution<'_>, CliError> {
    let attribution = unheard_attribution(study)?;
    for doubt in attribution.template_doubts().unwrap_or_default() {
        say_once(&doubt.to_string());
    }
    Ok(attribution)
}

/// The same while the terminal is a screen, on which nothing can be told.
pub(super) fn unheard_attribution(study: &Study) -> Result<Attribution<'_>, CliError> {
    Attribution::of(study).map_err(|error| CliError::refused(format!("{error}.")))
}

/// The layers whose quotes are listed: all, if those were asked for or the query names a coder.
pub(super) fn listed_layers(opened: &Opened, asked: Option<&(Plan, TurnSet)>, all: bool) -> ListedQuotes {
    match all || asked.is_some_and(|(plan, _)| plan.names_coder()) {
        true => ListedQuotes::of_all(),
        false => ListedQuotes::of(&opened.study, opened.coder.id),
    }
}

/// The plan of a query and the turns that it finds.
pub(super) fn find(opened: &Opened, corpus: &Arc<Corpus>, query: &str) -> Result<(Plan, TurnSet), CliError> {
    let plan = plan(opened, corpus, query)?;
    let index = index_for(opened, corpus);
    let results = search(&plan, index.as_deref(), &opened.store, 0, &Cancel::new())
        .map_err(|error| CliError::refused(error.to_string()))?;
    Ok((plan, results.found))
}

/// Place, speakers and codes on one line, below it the question, the words with what stands around them, and the memos.
fn for_people(
    opened: &Opened,
    args: &Args,
    line: &QuoteLine,
    quote: &Quote,
    speech: Option<&Speech<'_>>,
) -> String {
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
    let address = opened.study.address_of(quote);
    let marks = [(line.starred, "*"), (line.used, "used"), (line.refused, "refused")];
    let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| format!(" {mark}")).collect();
    let mut shown = format!("{address}  {who}  [{}]{marks}  {}", line.coder, codes.join("; "));
    let mut add = |text: &str| {
        shown.push_str("\n    ");
        shown.push_str(&text.replace('\n', "\n    "));
    };
    let around = Around::of(&opened.study, quote);
    if let (Some(speech), Some(around)) = (speech, &around) {
        let may_show = opened.study.shown_speech(quote.transcript);
        let whole = |index: usize| {
            let turn = speech.turns.turns.get(index)?;
            let words = may_show.of(index, turn, &speech.text);
            // Beside the quote may stand somebody who is not to be quoted.
            let mark = if words.is_some() && speech.refuses(turn) { " [refused]" } else { "" };
            Some(said(speech, turn, mark, words.unwrap_or(HIDDEN)))
        };
        let context = match args.context {
            Some(Context::Phrase) | None => None,
            Some(Context::Turn) => Some(around.widened(0, speech.turns.turns.len())),
            Some(Context::Around) => Some(around.widened(1, speech.turns.turns.len())),
        };
        let question = around.question.filter(|_| args.question);
        if let Some(question) = question.filter(|at| context.as_ref().is_none_or(|shown| !shown.contains(at)))
        {
            whole(question).into_iter().for_each(|words| add(&words));
            let between = around.quoted.start - question - 1;
            if between > 0 {
                add(&format!("({} between)", counted(between, "turn", "turns")));
            }
        }
        match context {
            Some(shown) => shown.filter_map(whole).for_each(|words| add(&words)),
            None if turns.len() > 1 => {
                let shared = |turn: &Turn| {
                    let span = quote.span.intersection(turn.speech)?;
                    let words = span.slice(&speech.text)?.trim();
                    (!words.is_empty()).then(|| said(speech, turn, "", words))
                };
                turns.iter().filter_map(shared).for_each(|words| add(&words));
            }
            None => add(&line.text),
        }
    } else {
        add(&line.text);
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

/// Words of a turn behind who says them, participants by their names as everywhere, and what marks it.
fn said(speech: &Speech<'_>, turn: &Turn, mark: &str, words: &str) -> String {
    let fields = speech.speaker(turn);
    let label = fields.speaker.filter(|label| !label.is_empty());
    let label = fields.participant.or(label).unwrap_or_else(|| fields.role.to_owned());
    format!("{label}{mark}: {}", words.trim())
}
