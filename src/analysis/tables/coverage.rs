//! What is not read, not coded, not said and not recruited yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::placement::Placement;
use super::super::{Counter, NarrowError, Scope};
use super::paper::{Head, PaperCell, PaperRow};
use super::{Basis, Evidence, PaperTable, TableError, TableKind, Unit, Voiced};
use crate::search::ReadTurns;
use crate::study::{CodeId, ParticipantId, Study, Transcript};

pub(super) fn table(counter: &Counter<'_>, read: Option<&ReadTurns>) -> Result<PaperTable, TableError> {
    let everybody = counter.everybody();
    if everybody.is_empty() {
        return Err(TableError::Nobody);
    }
    let head = vec![
        Head::words("what", "What"),
        Head::numbers("n", "n", Unit::Mixed),
        Head::numbers("of", "of", Unit::Mixed),
        Head::words("which", "Which"),
    ];
    let mut table = PaperTable::new(TableKind::Coverage, "What is still missing", head);
    match read {
        Some(read) => add_unread(&mut table, counter, read),
        None => table.note("What is read is known of one coder at a time: it is not in this table."),
    }
    add_uncoded(&mut table, counter, &everybody);
    add_unsaid(&mut table, counter, &everybody);
    add_frame(&mut table, counter)?;
    table.note("Codings are those of the layers of record; participants are those with imported speech.");
    Ok(table)
}

fn section(table: &mut PaperTable, words: &str) {
    let columns = table.head.len();
    table.rows.push(PaperRow::heading(words, columns));
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Transcripts with turns that the coder did not have on the screen.
fn add_unread(table: &mut PaperTable, counter: &Counter<'_>, read: &ReadTurns) {
    section(table, "Turns not read");
    let (mut unread, mut all) = (0, 0);
    let mut rows = Vec::new();
    let heard = counter.transcripts_heard();
    for (_, transcript) in &heard {
        let Some(turns) = counter.study().turns(transcript.id) else { continue };
        let seen = read.get(&transcript.id);
        let is_unread = |turn: &&crate::study::Turn| seen.is_none_or(|seen| !seen.contains(&turn.number));
        let here = turns.turns.iter().filter(is_unread).count();
        all += turns.turns.len();
        unread += here;
        if let Some(first) = turns.turns.iter().find(is_unread) {
            let begins = turns.turns.first().map_or(first.speech, |turn| turn.speech);
            rows.push(PaperRow {
                heading: false,
                indent: 1,
                cells: vec![
                    PaperCell::words(transcript.name.clone()),
                    PaperCell::number(count(here), Basis::Place(transcript.id, first.speech)),
                    PaperCell::number(count(turns.turns.len()), Basis::Place(transcript.id, begins)),
                    PaperCell::words(format!("from turn {}", first.number)),
                ],
            });
        }
    }
    let place = rows.first().and_then(|row| row.cells.get(1)).and_then(|cell| cell.basis.clone());
    let total = PaperCell { basis: place, ..PaperCell::bare(count(unread)) };
    let begins = heard.iter().find_map(|(_, held)| beginning(counter.study(), held));
    let of = PaperCell { basis: begins, ..PaperCell::bare(count(all)) };
    let transcripts = match rows.len() {
        0 => String::new(),
        1 => String::from("in one transcript"),
        some => format!("in {some} transcripts"),
    };
    let cells = vec![PaperCell::words("turns"), total, of, PaperCell::words(transcripts)];
    table.rows.push(PaperRow::of(cells));
    table.rows.extend(rows);
}

/// Transcripts and people that no coding of record is in.
fn add_uncoded(table: &mut PaperTable, counter: &Counter<'_>, everybody: &Arc<BTreeSet<ParticipantId>>) {
    section(table, "Not coded");
    let study = counter.study();
    let codes: BTreeSet<CodeId> = study.codes().iter().map(|code| code.id).collect();
    let passages = counter.passages(&codes);
    let coded: BTreeSet<usize> = passages.iter().map(|passage| passage.transcript).collect();
    let heard = counter.transcripts_heard();
    let uncoded: Vec<_> = heard.iter().filter(|(at, _)| !coded.contains(at)).map(|(_, held)| *held).collect();
    let first = uncoded.first().and_then(|held| beginning(study, held));
    let number = PaperCell { basis: first, ..PaperCell::bare(count(uncoded.len())) };
    table.rows.push(PaperRow::of(vec![
        PaperCell::words("transcripts"),
        number,
        PaperCell::number(count(heard.len()), Evidence::default()),
        PaperCell::words(uncoded.iter().map(|held| held.name.as_str()).collect::<Vec<_>>().join(", ")),
    ]));
    let heard: BTreeSet<ParticipantId> =
        passages.iter().flat_map(|passage| counter.people_of(passage.quote).unwrap_or_default()).collect();
    let missing: BTreeSet<ParticipantId> = everybody.difference(&heard).copied().collect();
    table.rows.push(people_row("participants", study, missing, everybody));
}

/// Where a transcript begins.
fn beginning(study: &Study, transcript: &Transcript) -> Option<Basis> {
    let speech = study.turns(transcript.id)?.turns.first()?.speech;
    Some(Basis::Place(transcript.id, speech))
}

fn people_row(
    what: &str,
    study: &Study,
    people: BTreeSet<ParticipantId>,
    everybody: &Arc<BTreeSet<ParticipantId>>,
) -> PaperRow {
    let names = people.iter().filter_map(|id| study.participants().get(id)).map(|held| held.name.as_str());
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let which = names.join(", ");
    PaperRow::of(vec![
        PaperCell::words(what),
        PaperCell::number(count(people.len()), Basis::People(Arc::new(people))),
        PaperCell::number(count(everybody.len()), Evidence::by(everybody)),
        PaperCell::words(which),
    ])
}

/// Of each theme, how many say nothing on it.
fn add_unsaid(table: &mut PaperTable, counter: &Counter<'_>, everybody: &Arc<BTreeSet<ParticipantId>>) {
    let study = counter.study();
    let themes = study.themes_in_order();
    if themes.is_empty() {
        return;
    }
    section(table, "Participants who say nothing on a theme");
    let placement = Placement::of(study);
    for theme in themes {
        let codes = Arc::new(placement.codes_of_theme(theme.id));
        let evidence = Evidence::of(&codes).voiced(Voiced::Participants);
        let said: BTreeSet<ParticipantId> =
            counter.quotes_behind(&evidence).into_iter().flat_map(|behind| behind.people).collect();
        let missing: BTreeSet<ParticipantId> = everybody.difference(&said).copied().collect();
        table.rows.push(people_row(&theme.name, study, missing, everybody));
    }
}

/// The sampling frame of `study.toml`: who is there, of how many.
fn add_frame(table: &mut PaperTable, counter: &Counter<'_>) -> Result<(), TableError> {
    let study = counter.study();
    if study.settings.frame.is_empty() {
        table.note(
            "No sampling frame: [frame] in study.toml says how many of whom are wanted, as \"group:public\" = 20.",
        );
        return Ok(());
    }
    if *counter.scope() != Scope::default() {
        table
            .note("The sampling frame is one of the whole study: it is compared where everybody is counted.");
        return Ok(());
    }
    section(table, "Sampling frame");
    for (filter, wanted) in &study.settings.frame {
        let (scope, unknown) = match Scope::read(filter, study) {
            Ok(scope) => (scope, None),
            // A value that nobody has yet may be a gap or a slip of the pen: whoever reads it can tell.
            Err(error @ NarrowError::NoSuch { .. }) => {
                (Scope { people: Some(BTreeSet::new()), ..Scope::default() }, Some(error.to_string()))
            }
            Err(error) => return Err(TableError::Frame { filter: filter.clone(), why: error.to_string() }),
        };
        let counted = counter.heard().filter(|(transcript, _)| {
            scope.transcripts.as_ref().is_none_or(|only| only.contains(transcript))
        });
        let people: BTreeSet<ParticipantId> =
            counted.flat_map(|(_, people)| people).filter(|person| scope.has_person(*person)).collect();
        let have = count(people.len());
        let gap = match wanted.checked_sub(have) {
            None => format!("{} more than wanted", have - wanted),
            Some(0) => String::from("as many as wanted"),
            Some(gap) => format!("short by {gap}"),
        };
        let gap = unknown.map_or_else(|| gap.clone(), |unknown| format!("{gap}; {unknown}"));
        table.rows.push(PaperRow::of(vec![
            PaperCell::words(filter.clone()),
            PaperCell::number(have, Evidence::by(&Arc::new(people))),
            PaperCell::bare(*wanted),
            PaperCell::words(gap),
        ]));
    }
    Ok(())
}
