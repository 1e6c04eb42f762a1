//! The items of COREQ, filled in as far as the study knows: facts and figures to write from, never a claim of quality.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::super::{Counter, placement::Placement};
use super::paper::{Head, PaperCell, PaperRow};
use super::saturation::UNTOLD;
use super::{PaperTable, TableError, TableKind, TableOptions};
use crate::study::{
    Attribute, AttributeOf, CodeId, Kind, MemoKind, Origin, ParticipantId, QuoteId, Study, Subject,
    Transcript,
};
use crate::text::counted;

/// The items as they ship.
const ITEMS: &str = include_str!("coreq.toml");

#[derive(Deserialize)]
struct File {
    item: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    number: u32,
    domain: String,
    topic: String,
    question: String,
    help: String,
}

pub(super) fn table(counter: &Counter<'_>) -> Result<PaperTable, TableError> {
    let file: File =
        toml::from_str(ITEMS).map_err(|_| TableError::Nothing("the list of COREQ items cannot be read"))?;
    let head = vec![
        Head::words("item", "Item"),
        Head::words("topic", "Topic"),
        Head::words("question", "Question"),
        Head::words("answer", "What the study knows"),
        Head::words("help", "Filled in"),
    ];
    let mut table = PaperTable::new(TableKind::Coreq, "COREQ, as far as the study can fill it in", head);
    let mut domain = String::new();
    for item in file.item {
        if item.domain != domain {
            let heading = match item.domain.as_str() {
                "team" => "Research team and reflexivity",
                "design" => "Study design",
                _ => "Analysis and findings",
            };
            table.rows.push(PaperRow::heading(heading, table.head.len()));
            domain = item.domain;
        }
        let answer = answer(counter, item.number);
        let filled = match (&answer, item.help.as_str()) {
            (Some(_), "auto") => "yes",
            (Some(_), _) => "partly",
            (None, _) => "by hand",
        };
        table.rows.push(PaperRow::of(vec![
            PaperCell::words(item.number.to_string()),
            PaperCell::words(item.topic),
            PaperCell::words(item.question),
            PaperCell::words(answer.unwrap_or_default()),
            PaperCell::words(filled),
        ]));
    }
    table.note(
        "Items after Tong, Sainsbury and Craig 2007 (doi 10.1093/intqhc/mzm042), in our own words. “By hand” is what only people \
         know, or what the study holds nothing on yet.",
    );
    Ok(table)
}

/// What the study knows on an item; `None` if nothing.
fn answer(counter: &Counter<'_>, item: u32) -> Option<String> {
    let study = counter.study();
    match item {
        1 => values(counter, &["interviewer", "moderator", "facilitator"]),
        8 => memos(study, MemoKind::Reflexive, "reflexive memo", "reflexive memos"),
        9 => {
            let framework = study.frameworks().get(&study.settings.framework)?;
            Some(format!("framework of the analysis: {}", framework.title))
        }
        10 => (!study.settings.frame.is_empty()).then(|| {
            let cells = study.settings.frame.iter().map(|(filter, wanted)| format!("{filter}: {wanted}"));
            format!("sampling frame: {}", cells.collect::<Vec<_>>().join("; "))
        }),
        12 => sample_size(counter),
        14 => values(counter, &["place", "setting", "location"]),
        16 => {
            let names = study.attributes_of(AttributeOf::Participant).into_iter();
            let names: Vec<String> = names.map(|held| super::plain(&held.name)).collect();
            (!names.is_empty()).then(|| format!("{} (combe table sample)", names.join(", ")))
        }
        18 => repeats(counter),
        20 => memos(study, MemoKind::FieldNote, "field note", "field notes"),
        21 => duration(counter),
        22 => saturation(counter),
        24 => coders(counter),
        25 => (!study.codes().is_empty()).then(|| {
            let defined = study.codes().iter().filter(|code| !code.definition.is_empty()).count();
            let codes = counted(study.codes().len(), "code", "codes");
            format!(
                "{codes}, {defined} with a definition; {}",
                counted(study.themes().len(), "theme", "themes")
            )
        }),
        26 => (!study.codes().is_empty()).then(|| {
            let deductive = study.codes().iter().filter(|code| code.origin == Origin::Deductive).count();
            format!("{deductive} codes in advance, {} from the data", study.codes().len() - deductive)
        }),
        27 => Some(format!("Combe {}", env!("CARGO_PKG_VERSION"))),
        29 => quotations(study),
        30 => {
            let all = counter.count_codes(&study.codes().iter().map(|code| code.id).collect()).all;
            (all.codings > 0).then(|| {
                format!(
                    "{} codings of {} of {} participants stand behind the codes",
                    all.codings, all.people, all.of
                )
            })
        }
        31 => themes(counter),
        32 => rare(counter),
        _ => None,
    }
}

/// The attribute of transcripts of the first of these names that there is.
fn attribute<'s>(study: &'s Study, names: &[&str]) -> Option<&'s Attribute> {
    names.iter().find_map(|name| study.attribute_named(AttributeOf::Transcript, name))
}

fn value<'s>(study: &'s Study, attribute: &Attribute, transcript: &Transcript) -> Option<&'s str> {
    study.value_of(Subject::Transcript(transcript.id), attribute)?.counted()
}

/// How many transcripts have each value of an attribute.
fn values(counter: &Counter<'_>, names: &[&str]) -> Option<String> {
    let study = counter.study();
    let attribute = attribute(study, names)?;
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, transcript) in counter.transcripts_heard() {
        if let Some(value) = value(study, attribute, transcript) {
            *found.entry(value).or_default() += 1;
        }
    }
    let said: Vec<String> = found.into_iter().map(|(value, number)| format!("{value}: {number}")).collect();
    (!said.is_empty()).then(|| format!("{} (transcripts)", said.join("; ")))
}

fn memos(study: &Study, kind: MemoKind, one: &str, many: &str) -> Option<String> {
    let number = study.memos().iter().filter(|memo| memo.kind == kind).count();
    (number > 0).then(|| counted(number, one, many))
}

fn sample_size(counter: &Counter<'_>) -> Option<String> {
    let people = counter.everybody().len();
    let heard = counter.transcripts_heard();
    let of = |kind: Kind| heard.iter().filter(|(_, held)| held.kind == kind).count();
    (people > 0).then(|| {
        format!(
            "{} in {} and {}",
            counted(people, "participant", "participants"),
            counted(of(Kind::Interview), "interview", "interviews"),
            counted(of(Kind::FocusGroup), "focus group", "focus groups")
        )
    })
}

fn repeats(counter: &Counter<'_>) -> Option<String> {
    let mut heard: BTreeMap<ParticipantId, usize> = BTreeMap::new();
    for (_, people) in counter.heard() {
        people.into_iter().for_each(|person| *heard.entry(person).or_default() += 1);
    }
    let repeated = heard.values().filter(|times| **times > 1).count();
    (!heard.is_empty()).then(|| match repeated {
        0 => String::from("nobody speaks in more than one transcript"),
        some => format!(
            "{} in more than one transcript",
            counted(some, "participant speaks", "participants speak")
        ),
    })
}

/// Minutes of transcripts, and words of participants.
fn duration(counter: &Counter<'_>) -> Option<String> {
    let study = counter.study();
    let attribute = attribute(study, &["duration", "duration_minutes", "minutes"])?;
    let minutes = |transcript: &Transcript| value(study, attribute, transcript)?.trim().parse::<u32>().ok();
    let mut found: Vec<u32> =
        counter.transcripts_heard().into_iter().filter_map(|(_, held)| minutes(held)).collect();
    found.sort_unstable();
    let (first, last) = (found.first()?, found.last()?);
    let middle = found.get(found.len() / 2)?;
    Some(format!("{first} to {last} minutes, median {middle} ({} transcripts)", found.len()))
}

fn saturation(counter: &Counter<'_>) -> Option<String> {
    let curve = super::saturation::table(counter, &TableOptions::default()).ok()?;
    let is_told = |note: &String| note.starts_with("New information") && !note.starts_with(UNTOLD);
    let said = curve.notes.into_iter().find(is_told)?;
    (!curve.rows.is_empty())
        .then(|| format!("{said} A frequency of new codes, no proof (combe table saturation)."))
}

fn coders(counter: &Counter<'_>) -> Option<String> {
    let study = counter.study();
    let mut coders: BTreeSet<&str> = BTreeSet::new();
    let (mut coded, mut twice) = (0, 0);
    for (_, transcript) in counter.transcripts_heard() {
        let with_codings = study.quotes_in(transcript.id).filter(|q| study.codings_on(q.id).next().is_some());
        let here: BTreeSet<&str> = with_codings.map(|quote| study.coder_name(quote.coder)).collect();
        coded += usize::from(!here.is_empty());
        twice += usize::from(here.len() > 1);
        coders.extend(here);
    }
    (!coders.is_empty()).then(|| {
        format!(
            "{}; {twice} of {coded} coded transcripts by more than one",
            counted(coders.len(), "coder", "coders")
        )
    })
}

fn quotations(study: &Study) -> Option<String> {
    let used: BTreeSet<QuoteId> = study.usages().iter().map(|usage| usage.quote).collect();
    let speakers: BTreeSet<ParticipantId> = used
        .iter()
        .filter_map(|id| study.quotes().get(id))
        .flat_map(|quote| study.voices_of_quote(quote))
        .filter_map(crate::study::Voice::participant)
        .collect();
    (!used.is_empty()).then(|| {
        format!(
            "{} in drafts, of {}",
            counted(used.len(), "quote", "quotes"),
            counted(speakers.len(), "participant", "participants")
        )
    })
}

fn themes(counter: &Counter<'_>) -> Option<String> {
    let study = counter.study();
    let placement = Placement::of(study);
    let said: Vec<String> = study
        .themes_in_order()
        .into_iter()
        .map(|theme| {
            let people = counter.count_codes(&placement.codes_of_theme(theme.id)).all.people;
            format!("{} ({people})", theme.name)
        })
        .collect();
    (!said.is_empty()).then(|| format!("themes and participants: {}", said.join("; ")))
}

/// Codes that few people say anything on.
fn rare(counter: &Counter<'_>) -> Option<String> {
    /// People that make a code a rare one at most.
    const FEW: u32 = 3;
    let is_rare = |code: &CodeId| (1..=FEW).contains(&counter.count(*code).all.people);
    let rare = counter.study().codes().iter().map(|code| code.id).filter(is_rare).count();
    (rare > 0).then(|| {
        format!(
            "{} said by {FEW} participants or fewer (combe table codes)",
            counted(rare, "code is", "codes are")
        )
    })
}
