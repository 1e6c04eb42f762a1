//! Codes first seen in each transcript, in order of collection.
//!
//! It is a frequency of new codes and proves nothing: a later transcript may say more of an old code than all before it.
//! Base size, run length and new-information ratio are those of Guest, Namey and Chen (2020), A simple method to assess
//! and report thematic saturation in qualitative research, PLoS ONE 15(5) e0232076: new codes in a run of the latest
//! transcripts, over the codes of the first ones.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::Counter;
use super::codes::NO_CODES;
use super::paper::{Head, PaperCell, PaperRow};
use super::{CurvePoint, Evidence, PaperTable, Picture, TableError, TableKind, TableOptions, Unit};
use crate::study::{Attribute, AttributeOf, CodeId, Subject, Transcript, TranscriptId};
use crate::text::{counted, fold_name, most_like, read_date};

/// Transcripts whose codes are the base, unless another number is asked for.
const BASE: usize = 4;
/// Transcripts of a run, unless another number is asked for.
const RUN: usize = 2;
/// New information, in per cent of the base, that counts as little.
const LITTLE: u32 = 5;
/// How the note begins where there are too few transcripts.
pub(super) const UNTOLD: &str = "New information cannot be told";
/// Attributes of transcripts that say an order, the first one that there is.
const ORDERS: [&str; 5] = ["order", "date", "date of collection", "collected", "day"];

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    let study = counter.study();
    let codes: BTreeSet<CodeId> = study.codes().iter().map(|code| code.id).collect();
    if codes.is_empty() {
        return Err(NO_CODES);
    }
    let order = order_of(counter, options.order.as_deref())?;
    let (base, run) = (options.base.unwrap_or(BASE).max(1), options.run.unwrap_or(RUN).max(1));
    let mut by_transcript: BTreeMap<usize, BTreeSet<CodeId>> = BTreeMap::new();
    for passage in counter.passages(&codes) {
        if counter.people_of(passage.quote).is_some() {
            by_transcript.entry(passage.transcript).or_default().insert(passage.coding.code);
        }
    }
    let dates = order.map(|order| Dates::of(counter, order)).unwrap_or_default();
    let (mut coded, mut undated) = (Vec::new(), 0);
    for (place, transcript) in counter.transcripts().enumerate() {
        let Some(codes) = by_transcript.remove(&place) else { continue };
        let when = order.and_then(|order| when(counter, order, transcript, dates.are_most));
        undated += u32::from(when.is_none());
        coded.push((when.is_none(), when.unwrap_or_default(), place, transcript, codes));
    }
    coded.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    let head = vec![
        Head::words("transcript", "Transcript"),
        Head::words("collected", order.map_or_else(|| "place".into(), |order| super::plain(&order.name))),
        Head::numbers("new", "new codes", Unit::Codes),
        Head::numbers("total", "codes so far", Unit::Codes),
        Head::numbers("in_run", format!("new in the last {run}"), Unit::Codes),
        Head::numbers("ratio", "% of base", Unit::Percent),
    ];
    let title = "Codes first seen in each transcript: a frequency of new codes, no proof of saturation";
    let mut table = PaperTable::new(TableKind::Saturation, title, head);
    let in_order: Arc<[TranscriptId]> = coded.iter().map(|(_, _, _, transcript, _)| transcript.id).collect();
    let mut seen: Arc<BTreeSet<CodeId>> = Arc::default();
    let (mut news, mut of_base): (Vec<(TranscriptId, BTreeSet<CodeId>)>, u32) = (Vec::new(), 0);
    let mut information: Vec<(u32, &str)> = Vec::new();
    let mut points = Vec::new();
    for (at, (_, when, _, transcript, codes)) in coded.iter().enumerate() {
        let new: BTreeSet<CodeId> = codes.difference(&seen).copied().collect();
        let number = u32::try_from(new.len()).unwrap_or(u32::MAX);
        if !new.is_empty() {
            seen = Arc::new(seen.union(&new).copied().collect());
        }
        let total = u32::try_from(seen.len()).unwrap_or(u32::MAX);
        if at + 1 == base {
            of_base = total;
        }
        news.push((transcript.id, new));
        let latest = || news.iter().rev().take(run);
        let in_run = (at + 1 >= base + run)
            .then(|| latest().map(|(_, new)| u32::try_from(new.len()).unwrap_or(u32::MAX)).sum::<u32>());
        let ratio = in_run.and_then(|new| (new * 2000 + of_base).checked_div(of_base * 2));
        information.extend(ratio.map(|ratio| (ratio, transcript.name.as_str())));
        let first_in = |latest: &mut dyn Iterator<Item = &(TranscriptId, BTreeSet<CodeId>)>| {
            let (mut transcripts, mut codes) = (BTreeSet::new(), BTreeSet::new());
            for (transcript, new) in latest {
                transcripts.insert(*transcript);
                codes.extend(new.iter().copied());
            }
            Evidence { transcripts: Some(Arc::new(transcripts)), ..Evidence::of(&Arc::new(codes)) }
        };
        let here = first_in(&mut latest().take(1));
        let run_of = first_in(&mut latest());
        let so_far = Evidence { first: Some((Arc::clone(&in_order), at + 1)), ..Evidence::of(&seen) };
        table.rows.push(PaperRow::of(vec![
            PaperCell::words(transcript.name.clone()),
            PaperCell::words(shown(when)),
            PaperCell::number(number, here),
            PaperCell::number(total, so_far),
            in_run.map_or_else(PaperCell::default, |new| PaperCell::number(new, run_of.clone())),
            ratio.map_or_else(PaperCell::default, |ratio| PaperCell::tenths(ratio, run_of)),
        ]));
        points.push(CurvePoint { label: transcript.name.clone(), new: number, total });
    }
    table.note(
        "A code counts where it is first used in a layer of record, by itself, without those below it. That new codes become few \
         does not show that nothing new would be said.",
    );
    table.note(format!(
        "Base: the codes of the first {base} transcripts. Run: the latest {run}. New information: new codes of the run in per \
         cent of the base (Guest, Namey and Chen 2020)."
    ));
    table.note(described(&information, base, run));
    let by = match order {
        Some(order) if dates.are_most || ORDERS.iter().any(|name| fold_name(&order.name) == *name) => {
            table.note(format!(
                "Order of collection: the attribute “{}” of transcripts; alike, by name.",
                order.name
            ));
            String::from("in order of collection")
        }
        Some(order) => {
            table.note(format!(
                "Order: the attribute “{}” of transcripts, which need not be that of collection; alike, by name.",
                order.name
            ));
            format!("in order of {}", super::plain(&order.name))
        }
        None => {
            table.note(
                "Transcripts have no attribute called order or date: they stand in the order of their names, which need not be \
                 that of collection. --order names another attribute.",
            );
            String::from("in order of their names")
        }
    };
    if let Some(example) = &dates.ambiguous {
        table.note(format!(
            "{} can be read in two ways ({example}): the day was taken first.",
            counted(dates.number_ambiguous, "date", "dates")
        ));
    }
    if undated > 0 && order.is_some() {
        let of_it = if dates.are_most { "a date in it" } else { "a value of it" };
        table.note(format!("{undated} of them without {of_it} come last."));
    }
    let heard = counter.transcripts_heard().len();
    let uncoded = heard.saturating_sub(coded.len());
    if uncoded > 0 {
        let why = match counter.scope().people {
            Some(_) => "without a coding of what those chosen say",
            None => "not coded",
        };
        table.note(format!("Left out as {why}: {uncoded} of {heard} transcripts."));
    }
    table.picture = (!points.is_empty()).then_some(Picture::Curve { points, order: by });
    Ok(table)
}

/// The attribute that says the order.
fn order_of<'s>(counter: &Counter<'s>, name: Option<&str>) -> Result<Option<&'s Attribute>, TableError> {
    let study = counter.study();
    let named = |name: &str| study.attribute_named(AttributeOf::Transcript, name);
    match name {
        None => Ok(ORDERS.into_iter().find_map(named)),
        Some(name) => named(name).map(Some).ok_or_else(|| {
            let known = study.attributes_of(AttributeOf::Transcript);
            let near = most_like(name, known.iter().map(|held| held.name.as_str()));
            let hint = near.map_or_else(
                || "transcripts have none yet: import a list of sessions".into(),
                |near| format!("the nearest name of one of transcripts is {near}"),
            );
            TableError::NoAttribute { name: name.into(), hint }
        }),
    }
}

/// What the ratios of new information say, each with the transcript that ends its run.
fn described(information: &[(u32, &str)], base: usize, run: usize) -> String {
    let is_little = |ratio: u32| ratio <= LITTLE * 10;
    if information.is_empty() {
        return format!("{UNTOLD}: that takes codes in the first {base} coded transcripts, and {run} more.");
    }
    let Some(first) = information.iter().position(|(ratio, _)| is_little(*ratio)) else {
        return format!("New information never falls to {LITTLE} % or less.");
    };
    let name = information.get(first).map_or("", |(_, name)| name);
    let said = format!(
        "New information first falls to {LITTLE} % or less after {}+{run} transcripts, with {name}",
        base + first
    );
    let later = information.iter().skip(first + 1).filter(|(ratio, _)| !is_little(*ratio));
    match later.max_by_key(|(ratio, _)| *ratio) {
        None => format!("{said}."),
        Some((most, with)) => {
            format!("{said}, but rises above that again later, to {}.{} % with {with}.", most / 10, most % 10)
        }
    }
}

/// Whether an attribute holds dates, and which of them can be read in two ways.
#[derive(Default)]
struct Dates {
    /// Whether most of its values are dates: then the others say no day.
    are_most: bool,
    number_ambiguous: usize,
    /// The first one that can be read in two ways.
    ambiguous: Option<String>,
}

impl Dates {
    fn of(counter: &Counter<'_>, order: &Attribute) -> Self {
        let values: Vec<&str> =
            counter.transcripts().filter_map(|transcript| value(counter, order, transcript)).collect();
        let read = values.iter().filter_map(|value| read_date(value));
        let are_most = read.clone().count() * 2 > values.len();
        let is_ambiguous = |value: &&&str| are_most && read_date(value).is_some_and(|read| read.is_ambiguous);
        let mut ambiguous = values.iter().filter(is_ambiguous);
        Self {
            are_most,
            number_ambiguous: ambiguous.clone().count(),
            ambiguous: ambiguous.next().map(|value| (*value).to_owned()),
        }
    }
}

fn value<'s>(counter: &Counter<'s>, order: &Attribute, transcript: &Transcript) -> Option<&'s str> {
    counter.study().value_of(Subject::Transcript(transcript.id), order)?.counted()
}

/// What sorts a transcript: its day, or its value with every run of digits so long that numbers sort by size.
fn when(counter: &Counter<'_>, order: &Attribute, transcript: &Transcript, by_date: bool) -> Option<String> {
    let value = value(counter, order, transcript)?;
    if by_date {
        return read_date(value).map(|read| format!("{}\0{value}", read.date));
    }
    let mut key = String::new();
    let mut digits = String::new();
    for c in fold_name(value).chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            key.push_str(&format!("{digits:0>20}"));
            digits.clear();
        }
        key.push(c);
    }
    // What is shown comes behind what sorts.
    Some(format!("{key}{value}"))
}

fn shown(when: &str) -> String {
    when.split_once('\0').map_or_else(String::new, |(_, value)| value.to_owned())
}
