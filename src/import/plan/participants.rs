//! The list of participants into the study: people, consent, attributes, and where they sit.

use std::collections::BTreeMap;

use super::super::tables::{CONSENT, Participants, PersonRow, TableError};
use super::refusal::Refusal;
use super::{Doubt, Planner, enumerate, seat_key, speakers, values};
use crate::import::tables::Findings;
use crate::study::{AttributeOf, Change, Consent, ParticipantId, Seat, Subject, Voice, fold_short_name};
use crate::text::{fold_label, fold_name};

pub(super) fn take(planner: &mut Planner<'_>, list: &Participants) -> Result<Vec<Doubt>, Refusal> {
    check(list)?;
    let attributes = values::attributes(planner, AttributeOf::Participant, &list.attributes)?;
    let mut doubts = Vec::new();
    let mut seats = Vec::new();
    for row in list.people.iter().filter(|row| !says_nothing(planner, row)).collect::<Vec<_>>() {
        let id = person(planner, row)?;
        agree(planner, id, row, &mut doubts)?;
        let whose = (Subject::Participant(id), row.name.as_str(), row.line);
        values::set(planner, whose, &attributes, &row.values, &mut doubts)?;
        let own = row.seats.iter().map(|(transcript, label)| Seat {
            transcript: transcript.clone(),
            label: label.clone(),
            participant: id,
        });
        seats.extend(own.map(|seat| (row.line, seat)));
    }
    seat(planner, seats, &mut doubts)?;
    Ok(doubts)
}

/// Rows of one person must agree, and no two people may sit behind one label.
fn check(list: &Participants) -> Result<(), TableError> {
    let mut findings = Findings::default();
    let mut people: BTreeMap<String, Vec<&PersonRow>> = BTreeMap::new();
    let mut seats: BTreeMap<(String, String), &PersonRow> = BTreeMap::new();
    for row in &list.people {
        let earlier = people.entry(fold_name(&row.name)).or_default();
        for before in earlier.iter() {
            for (column, (old, new)) in list.attributes.iter().zip(before.values.iter().zip(&row.values)) {
                if old.is_some() && new.is_some() && old != new {
                    let what =
                        format!("“{}” has another value in line {}; make them agree", row.name, before.line);
                    findings.cell(row.line, column, what);
                }
            }
            let contradicts =
                |(old, new): (&Option<bool>, &Option<bool>)| old.is_some() && new.is_some() && old != new;
            if before.consent.iter().zip(&row.consent).any(contradicts) {
                let what = format!(
                    "“{}” agreed to something else in line {}; make them agree",
                    row.name, before.line
                );
                findings.row(row.line, what);
            }
        }
        earlier.push(row);
        for (transcript, label) in row.seats.iter().filter(|(_, label)| !label.is_empty()) {
            let taken = seats.insert((fold_short_name(transcript), fold_label(label)), row);
            if let Some(other) = taken.filter(|other| fold_name(&other.name) != fold_name(&row.name)) {
                let what = format!(
                    "“{}” speaks as “{label}” in {transcript}, and so does “{}” in line {}; give each a label of \
                     their own",
                    row.name, other.name, other.line
                );
                findings.cell(row.line, "speaker_label", what);
            }
        }
    }
    findings.or(())
}

/// Whether a row is as the program wrote it for somebody it made up: who they are has still to be said, and must stay open.
fn says_nothing(planner: &Planner<'_>, row: &PersonRow) -> bool {
    let study = &planner.study;
    let Some(held) = study.participant_named(&row.name).filter(|held| held.provisional) else { return false };
    let sits = |(transcript, label): &(String, String)| {
        let place = study.transcript_named(transcript).map(|found| (found.id, fold_label(label)));
        let bound = place.and_then(|place| study.bindings().get(&place));
        bound.is_some_and(|bound| bound.voice == Voice::Participant(held.id))
    };
    row.consent == [None; 3] && row.values.iter().all(Option::is_none) && row.seats.iter().all(sits)
}

/// The person of a row. One that import made up becomes real.
fn person(planner: &mut Planner<'_>, row: &PersonRow) -> Result<ParticipantId, Refusal> {
    let id = planner.participant(&row.name, false)?;
    if let Some(held) = planner.study.participants().get(&id).filter(|held| held.provisional).cloned() {
        let mut real = held.clone();
        real.provisional = false;
        real.name.clone_from(&row.name);
        planner.make(vec![Change::update(held, real)])?;
    }
    Ok(id)
}

fn agree(
    planner: &mut Planner<'_>,
    participant: ParticipantId,
    row: &PersonRow,
    doubts: &mut Vec<Doubt>,
) -> Result<(), Refusal> {
    if row.consent == [None; 3] {
        return Ok(());
    }
    let held = planner.study.consents().get(&participant).cloned();
    let mut wanted = held.clone().unwrap_or(Consent {
        participant,
        analyse: true,
        quote: true,
        archive: true,
        withdrawn: None,
    });
    if let Some(held) = &held {
        let flags = [held.analyse, held.quote, held.archive];
        for (column, (before, after)) in CONSENT.iter().zip(flags.into_iter().zip(row.consent)) {
            let word = |flag: bool| if flag { "yes" } else { "no" };
            if let Some(after) = after.filter(|after| *after != before) {
                let what = format!("{} {column}: {} -> {}", row.name, word(before), word(after));
                doubts.push(Doubt { line: Some(row.line), what });
            }
        }
    }
    let [analyse, quote, archive] = row.consent;
    wanted.analyse = analyse.unwrap_or(wanted.analyse);
    wanted.quote = quote.unwrap_or(wanted.quote);
    wanted.archive = archive.unwrap_or(wanted.archive);
    planner.set(held, wanted)
}

/// Keeps the seats, and binds the labels of transcripts that are there.
fn seat(
    planner: &mut Planner<'_>,
    seats: Vec<(usize, Seat)>,
    doubts: &mut Vec<Doubt>,
) -> Result<(), Refusal> {
    let mut unlabelled: BTreeMap<String, Vec<ParticipantId>> = BTreeMap::new();
    for (_, seat) in seats.iter().filter(|(_, seat)| seat.label.is_empty()) {
        unlabelled.entry(fold_short_name(&seat.transcript)).or_default().push(seat.participant);
    }
    for (line, seat) in seats {
        let shared = unlabelled.get(&fold_short_name(&seat.transcript));
        if seat.label.is_empty() && shared.is_some_and(|people| people.len() > 1) {
            continue;
        }
        let held = planner.seats.get(&seat_key(&seat)).cloned();
        let wanted = match &held {
            Some(held) => Seat { participant: seat.participant, ..held.clone() },
            None => seat,
        };
        planner.set(held, wanted.clone())?;
        planner.seats.insert(seat_key(&wanted), wanted.clone());
        let transcript = planner.study.transcript_named(&wanted.transcript).map(|found| found.id);
        if let Some(transcript) = transcript
            && let Some(what) = speakers::seat(planner, transcript, &wanted)?
        {
            doubts.push(Doubt { line: Some(line), what });
        }
    }
    for (transcript, people) in unlabelled.into_iter().filter(|(_, people)| people.len() > 1) {
        let names: Vec<&str> = people.iter().map(|id| planner.name_of(*id)).collect();
        let what = format!(
            "{} speak in “{transcript}” and have no speaker_label; give them labels and import the list again",
            enumerate(&names)
        );
        doubts.push(Doubt { line: None, what });
    }
    Ok(())
}
