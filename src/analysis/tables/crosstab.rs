//! Codes by the groups of an attribute, one code by groups, or one attribute by another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::Counter;
use super::super::count::on_side;
use super::codes::{NO_CODES, code_rows, layers_note, left_out_note};
use super::groups::{Groups, count_by};
use super::paper::{Head, PaperCell, PaperRow, key_of};
use super::themes::SIDES;
use super::{Evidence, Measure, PaperTable, TableError, TableKind, TableOptions, Unit, plain};
use crate::study::{CodeId, CodeState, ParticipantId};
use crate::text::most_like;

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    let by = options.by.as_deref().or(counter.study().settings.compare.as_deref());
    let rows = Groups::of(counter, by)?;
    let Some(name) = rows.name.clone() else { return Err(TableError::NoGroups) };
    if rows.groups.is_empty() {
        return Err(TableError::Nobody);
    }
    let codes = match &options.code {
        Some(code) => Some(wanted(counter, code)?),
        None => None,
    };
    let columns = Groups::of(counter, options.with.as_deref())?;
    match (&columns.name, codes) {
        (Some(_), None) if options.measure == Measure::Codings => Err(TableError::Nothing(
            "two attributes without a code count participants; choose a code, or count people",
        )),
        (Some(with), codes) => {
            Ok(two(counter, (&name, &rows), (with, &columns), codes.as_ref(), options.measure))
        }
        (None, Some((code, codes))) => Ok(one_code(counter, (&name, &rows), &code, &codes)),
        (None, None) => all_codes(counter, (&name, &rows), options.measure),
    }
}

/// A code by its name, with all that it counts.
fn wanted(counter: &Counter<'_>, name: &str) -> Result<(String, Arc<BTreeSet<CodeId>>), TableError> {
    let study = counter.study();
    let code = study.code_named(name).ok_or_else(|| {
        let near = most_like(name, study.codes().iter().map(|code| code.name.as_str()));
        let hint = near.map_or_else(String::new, |near| format!("; the nearest name is “{near}”"));
        TableError::NoCode { name: name.into(), hint }
    })?;
    Ok((code.name.clone(), Arc::new(study.descendants(code.id))))
}

/// Codes down, groups across.
fn all_codes(
    counter: &Counter<'_>,
    (name, groups): (&str, &Groups),
    measure: Measure,
) -> Result<PaperTable, TableError> {
    if counter.study().codes().is_empty() {
        return Err(NO_CODES);
    }
    let mut head = vec![Head::words("code", "Code")];
    for group in &groups.groups {
        head.push(Head::numbers(group.key(), group.title(measure), measure.unit()));
    }
    let title = format!("Codes by {}: {}", plain(name), measure.unit().word());
    let mut table = PaperTable::new(TableKind::Crosstab, title, head);
    for (depth, code, codes) in code_rows(counter) {
        let codes = Arc::new(codes);
        let passages = counter.passages(&codes);
        if code.state == CodeState::Retired && passages.is_empty() {
            continue;
        }
        let mut cells = vec![PaperCell::words(code.name.clone())];
        for (group, figures) in groups.groups.iter().zip(groups.count(counter, &passages)) {
            cells.push(PaperCell::number(measure.of(&figures), group.narrow(Evidence::of(&codes))));
        }
        table.rows.push(PaperRow { heading: false, indent: depth, cells });
    }
    let all = counter.count_codes(&counter.study().codes().iter().map(|code| code.id).collect()).all;
    layers_note(&mut table, counter.everybody().len());
    left_out_note(&mut table, counter, all.unclear + all.beside);
    Ok(table)
}

/// Groups down; who says it, of how many, and on which side.
fn one_code(
    counter: &Counter<'_>,
    (name, groups): (&str, &Groups),
    code: &str,
    codes: &Arc<BTreeSet<CodeId>>,
) -> PaperTable {
    let mut head = vec![
        Head::words(&key_of(name), plain(name)),
        Head::numbers("people", "people", Unit::People),
        Head::numbers("of", "of", Unit::People),
        Head::numbers("codings", "codings", Unit::Codings),
        Head::numbers("transcripts", "transcripts", Unit::Transcripts),
    ];
    for side in SIDES {
        head.push(Head::numbers(
            format!("{}_people", side.name()),
            format!("{} people", side.name()),
            Unit::People,
        ));
    }
    let mut table = PaperTable::new(TableKind::Crosstab, format!("{code} by {}", plain(name)), head);
    let passages = counter.passages(codes);
    let sides = SIDES.map(|side| groups.count(counter, &on_side(&passages, Some(side))));
    for (at, (group, figures)) in groups.groups.iter().zip(groups.count(counter, &passages)).enumerate() {
        let here = group.narrow(Evidence::of(codes));
        let mut cells = vec![
            PaperCell::words(group.wording.clone()),
            PaperCell::number(figures.people, here.clone()),
            PaperCell::number(group.of(), group.narrow(Evidence::default())),
            PaperCell::number(figures.codings, here.clone()),
            PaperCell::number(figures.transcripts, here.clone()),
        ];
        for (side, counts) in SIDES.into_iter().zip(&sides) {
            let people = counts.get(at).map_or(0, |figures| figures.people);
            cells.push(PaperCell::number(people, here.clone().on(Some(side))));
        }
        table.rows.push(PaperRow::of(cells));
    }
    let all = counter.count_passages(&passages).all;
    layers_note(&mut table, counter.everybody().len());
    left_out_note(&mut table, counter, all.unclear + all.beside);
    table
}

/// One attribute down, the other across. With codes: who says them; without: how many people there are.
fn two(
    counter: &Counter<'_>,
    (name, rows): (&str, &Groups),
    (with, columns): (&str, &Groups),
    codes: Option<&(String, Arc<BTreeSet<CodeId>>)>,
    measure: Measure,
) -> PaperTable {
    let wide = columns.groups.len();
    let place = |person, transcript| {
        Some(rows.place(person, transcript)? * wide + columns.place(person, transcript)?)
    };
    let mut members: BTreeMap<usize, BTreeSet<ParticipantId>> = BTreeMap::new();
    for (transcript, people) in counter.heard() {
        for person in people {
            if let Some(cell) = place(person, transcript) {
                members.entry(cell).or_default().insert(person);
            }
        }
    }
    let said = codes
        .as_ref()
        .map(|(_, codes)| count_by(counter, &counter.passages(codes), rows.groups.len() * wide, place));
    let unit = if said.is_some() { measure.unit() } else { Unit::People };
    // Beside codings an N of people would lie.
    let has_of = said.is_some() && measure == Measure::People;
    let mut head = vec![Head::words(&key_of(name), plain(name))];
    for group in &columns.groups {
        // With a code, each cell has an N of its own beside it.
        let title = if has_of { group.label() } else { group.title(measure) };
        head.push(Head::numbers(group.key(), title, unit));
        if has_of {
            head.push(Head::numbers(format!("{}_of", group.key()), "of", Unit::People));
        }
    }
    let what = codes.map_or("Participants", |(code, _)| code.as_str());
    let counted = if said.is_some() && !has_of { format!(": {}", unit.word()) } else { String::new() };
    let title = format!("{what} by {} and {}{counted}", plain(name), plain(with));
    let mut table = PaperTable::new(TableKind::Crosstab, title, head);
    for (at, row) in rows.groups.iter().enumerate() {
        let mut cells = vec![PaperCell::words(row.wording.clone())];
        for (across, column) in columns.groups.iter().enumerate() {
            let cell = at * wide + across;
            let of = members.get(&cell).map_or(0, |held| u32::try_from(held.len()).unwrap_or(u32::MAX));
            let everybody = row.narrow(column.narrow(Evidence::default()));
            match (&said, codes) {
                (Some(said), Some((_, codes))) => {
                    let number = said.get(cell).map_or(0, |figures| measure.of(figures));
                    let behind = row.narrow(column.narrow(Evidence::of(codes)));
                    cells.push(PaperCell::number(number, behind));
                    if has_of {
                        cells.push(PaperCell::number(of, everybody));
                    }
                }
                _ => cells.push(PaperCell::number(of, everybody)),
            }
        }
        table.rows.push(PaperRow::of(cells));
    }
    if said.is_some() && !has_of {
        table.note(
            "Counted are codings in layers of record; one in which people of two cells speak is in both.",
        );
    } else if said.is_some() {
        layers_note(&mut table, counter.everybody().len());
        table.note(
            "Beside each number stands how many participants with imported speech there are in that cell.",
        );
    } else {
        table.note("Counted are participants with imported speech.");
    }
    table
}
