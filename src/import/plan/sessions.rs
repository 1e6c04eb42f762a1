//! The list of sessions into the study: kinds and attributes of transcripts.

use super::super::tables::{SessionRow, Sessions};
use super::refusal::Refusal;
use super::{Doubt, Planner, speakers, values};
use crate::study::{AttributeOf, Change, Seat, Subject, Transcript};

/// Takes in the rows whose transcripts are there. The others are left to the report: there is no place yet to keep
/// what is said of a transcript that has not come.
pub(super) fn take(planner: &mut Planner<'_>, list: &Sessions) -> Result<Vec<Doubt>, Refusal> {
    let present = list.sessions.iter().any(|row| planner.study.transcript_named(&row.name).is_some());
    let attributes = match present {
        true => values::attributes(planner, AttributeOf::Transcript, &list.attributes)?,
        false => Vec::new(),
    };
    let mut doubts = Vec::new();
    for row in &list.sessions {
        let Some(transcript) = planner.study.transcript_named(&row.name).cloned() else {
            continue;
        };
        let whose = (Subject::Transcript(transcript.id), transcript.name.as_str(), row.line);
        values::set(planner, whose, &attributes, &row.values, &mut doubts)?;
        describe(planner, &transcript, row)?;
        seat_sole_participant(planner, &transcript, row, &mut doubts)?;
    }
    Ok(doubts)
}

fn describe(planner: &mut Planner<'_>, held: &Transcript, row: &SessionRow) -> Result<(), Refusal> {
    let mut wanted = held.clone();
    wanted.kind = row.kind.unwrap_or(held.kind);
    if row.language.is_some() {
        wanted.language.clone_from(&row.language);
    }
    match wanted == *held {
        true => Ok(()),
        false => planner.make(vec![Change::update(held.clone(), wanted)]),
    }
}

/// A session of one known participant says who its one participant label is, if no list of participants did.
fn seat_sole_participant(
    planner: &mut Planner<'_>,
    transcript: &Transcript,
    row: &SessionRow,
    doubts: &mut Vec<Doubt>,
) -> Result<(), Refusal> {
    let [name] = row.participants.as_slice() else { return Ok(()) };
    let Some(participant) = planner.study.participant_named(name).map(|held| held.id) else { return Ok(()) };
    if planner.study.speech_in(transcript.id).contains_key(&participant) {
        return Ok(());
    }
    let seat = Seat { transcript: transcript.name.clone(), label: String::new(), participant };
    if let Some(what) = speakers::seat(planner, transcript.id, &seat)? {
        doubts.push(Doubt { line: Some(row.line), what });
    }
    Ok(())
}
