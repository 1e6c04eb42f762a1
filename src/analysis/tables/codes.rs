//! How many say what each code names: people, transcripts and codings, sides, interviews apart from focus groups, and
//! groups of any attribute.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::count::on_side;
use super::super::tally::Passage;
use super::super::{Counter, Figures};
use super::groups::Groups;
use super::paper::{Head, PaperCell, PaperRow};
use super::themes::SIDES;
use super::{Evidence, Measure, PaperTable, Picture, TableError, TableKind, TableOptions, Unit, Voiced};
use crate::study::{Code, CodeId, CodeState, Kind, Study};
use crate::text::counted;

impl Measure {
    /// A heading of numbers, with the unit where it is not the usual one.
    pub(super) fn title(self, words: &str) -> String {
        match self {
            Measure::People => words.to_owned(),
            Measure::Codings => format!("{words}, codings"),
        }
    }

    /// Its number of a count.
    pub(super) fn of(self, figures: &Figures) -> u32 {
        match self {
            Measure::People => figures.people,
            Measure::Codings => figures.codings,
        }
    }
}

/// Interviews and focus groups, as columns.
const KINDS: [(Kind, &str, &str); 2] =
    [(Kind::Interview, "interviews", "interviews"), (Kind::FocusGroup, "focus_groups", "focus groups")];

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    if counter.study().codes().is_empty() {
        return Err(NO_CODES);
    }
    let groups = Groups::of(counter, options.by.as_deref())?;
    let of = counter.everybody().len();
    let unit = options.measure.unit();
    let mut head = vec![
        Head::words("code", "Code"),
        Head::words("component", "Component"),
        Head::numbers("people", "people", Unit::People),
        Head::numbers("transcripts", "transcripts", Unit::Transcripts),
        Head::numbers("codings", "codings", Unit::Codings),
    ];
    head.extend(SIDES.map(|side| Head::numbers(side.name(), options.measure.title(side.name()), unit)));
    head.extend(KINDS.map(|(_, key, title)| Head::numbers(key, options.measure.title(title), unit)));
    for group in &groups.groups {
        head.push(Head::numbers(group.key(), group.title(options.measure), unit));
    }
    head.push(Head::numbers("left_out", "left out", Unit::Codings));
    let transcripts = counter.transcripts_heard().len();
    let title = format!(
        "Codes, of {} in {}",
        counted(of, "participant", "participants"),
        counted(transcripts, "transcript", "transcripts")
    );
    let mut table = PaperTable::new(TableKind::Codes, title, head);
    let mut pairs = Vec::new();
    for (depth, code, codes) in code_rows(counter) {
        let count = counter.count_codes(&codes);
        if code.state == CodeState::Retired && count.is_empty() {
            continue;
        }
        let study = counter.study();
        let component = study.component_of(code.id, &study.settings.framework);
        let mut cells = vec![
            PaperCell::words(code.name.clone()),
            PaperCell::words(component.map_or("", |held| held.abbreviation.as_str())),
        ];
        let passages = counter.passages(&codes);
        let (sides, numbers) = row(counter, (&Arc::new(codes), &passages), &groups, options.measure);
        cells.extend(numbers);
        table.rows.push(PaperRow { heading: false, indent: depth, cells });
        if sides != [0, 0] {
            pairs.extend(groups.bars(counter, (&code.name, &passages), sides, options.measure));
        }
    }
    let all: BTreeSet<CodeId> = counter.study().codes().iter().map(|code| code.id).collect();
    let left_out = counter.count_codes(&all).all;
    let mut cells = vec![PaperCell::words("All codes"), PaperCell::words("")];
    let passages = counter.passages(&all);
    cells.extend(row(counter, (&Arc::new(all), &passages), &groups, options.measure).1);
    table.rows.push(PaperRow::of(cells));
    layers_note(&mut table, of);
    table.note("A code counts with those below it, as the union of people. What is ambivalent counts once on each side.");
    if let Some(name) = &groups.name {
        table.note(format!("Groups by {}: {}.", super::plain(name), options.measure.unit().word()));
    }
    left_out_note(&mut table, counter, left_out.unclear + left_out.beside);
    table.picture = (!pairs.is_empty()).then_some(Picture::Bars { measure: options.measure, pairs });
    Ok(table)
}

/// Codes in the order of the codebook tree, each with its depth and all that it counts: itself and what is below it.
pub(super) fn code_rows<'s>(counter: &Counter<'s>) -> Vec<(usize, &'s Code, BTreeSet<CodeId>)> {
    let order = counter.study().codes_in_tree_order();
    let with_those_below = |(at, (depth, code)): (usize, &(usize, &'s Code))| {
        let below = order.iter().skip(at + 1).take_while(|(below, _)| below > depth);
        (*depth, *code, below.map(|(_, code)| code.id).chain([code.id]).collect())
    };
    order.iter().enumerate().map(with_those_below).collect()
}

/// The numbers of one row, and those of both sides.
fn row(
    counter: &Counter<'_>,
    (codes, passages): (&Arc<BTreeSet<CodeId>>, &[Passage<'_>]),
    groups: &Groups,
    measure: Measure,
) -> ([u32; 2], Vec<PaperCell>) {
    let count = counter.count_passages(passages);
    let evidence = Evidence::of(codes);
    let spoken = evidence.clone().voiced(Voiced::Participants);
    let measured = match measure {
        Measure::People => spoken.clone(),
        Measure::Codings => evidence.clone(),
    };
    let mut cells = vec![
        PaperCell::number(count.all.people, spoken),
        PaperCell::number(count.all.transcripts, evidence.clone()),
        PaperCell::number(count.all.codings, evidence.clone()),
    ];
    let sides = SIDES.map(|side| {
        let of_side = counter.count_passages(&on_side(passages, Some(side))).all;
        let number = measure.of(&of_side);
        cells.push(PaperCell::number(number, measured.clone().on(Some(side))));
        number
    });
    for (kind, ..) in KINDS {
        cells.push(PaperCell::number(measure.of(count.of_kind(kind)), measured.clone().in_kind(kind)));
    }
    for (group, figures) in groups.groups.iter().zip(groups.count(counter, passages)) {
        cells.push(PaperCell::number(measure.of(&figures), group.narrow(evidence.clone())));
    }
    cells.push(PaperCell::number(count.all.unclear + count.all.beside, evidence.voiced(Voiced::Nobody)));
    (sides, cells)
}

/// Why there are no codes to count.
pub(super) const NO_CODES: TableError =
    TableError::Nothing("there are no codes yet: code some passages, or import a codebook");

/// Whose codings, and of how many people.
pub(super) fn layers_note(table: &mut PaperTable, of: usize) {
    table.note(format!(
        "Layers of record only. Participants are counted of N = {of} with imported speech; a person counts who speaks a word \
         of the passage, a person of two groups in both."
    ));
}

/// What counts for nobody.
pub(super) fn left_out_note(table: &mut PaperTable, counter: &Counter<'_>, codings: u32) {
    if codings == 0 {
        return;
    }
    table.note(format!(
            "{} without a participant: spoken by several at once, by nobody knows whom, by interviewers or others, or on \
             quotes in doubt; in no count of people and in no group.",
            counted(codings as usize, "coding is", "codings are")
        ));
    let doubtful = codings_in_doubt(counter.study());
    if doubtful > 0 {
        table.note(format!(
            "The study has {} in doubt: their transcript was corrected since. They count for nobody until somebody says where \
             they stand now.",
            counted(doubtful, "coding on a quote", "codings on quotes")
        ));
    }
}

/// Codings of the layers of record whose quote stands in a former text.
fn codings_in_doubt(study: &Study) -> usize {
    let doubtful = study.quotes().iter().filter(|quote| {
        !study.is_current(quote) && study.layer_of_record(quote.transcript) == Some(quote.coder)
    });
    doubtful.map(|quote| study.codings_on(quote.id).count()).sum()
}
