//! `combe show` of former texts: a transcript as an earlier revision has it, and what differs between two.

use std::sync::Arc;

use serde::Serialize;

use super::error::CliError;
use super::lines::TurnLabel;
use super::world::{Opened, World};
use crate::study::{Rewriting, Transcript, TurnNumber, Turns};
use crate::text::{CodePoints, counted};

#[derive(Serialize)]
struct Line {
    revision: u32,
    turn: TurnLabel,
    speaker: String,
    start: usize,
    end: usize,
    text: String,
}

#[derive(Serialize)]
struct Difference {
    turn: Option<TurnLabel>,
    old_start: usize,
    old_end: usize,
    new_start: usize,
    new_end: usize,
    old: String,
    new: String,
}

/// Prints the turns of a revision.
pub(super) fn show(
    world: &mut World,
    opened: &Opened,
    transcript: &Transcript,
    number: u32,
    range: Option<(TurnNumber, TurnNumber)>,
) -> Result<u8, CliError> {
    let (text, turns) = find(opened, transcript, number)?;
    let points = CodePoints::new(&text);
    let wanted = |turn: TurnNumber| range.is_none_or(|(first, last)| (first..=last).contains(&turn));
    for turn in turns.turns.iter().filter(|turn| wanted(turn.number)) {
        let (start, end) = points.of_span(turn.speech);
        let line = Line {
            revision: number,
            turn: TurnLabel(turn.number),
            speaker: turns.speaker_of(turn).to_owned(),
            start,
            end,
            text: turn.speech.slice(&text).unwrap_or_default().to_owned(),
        };
        world
            .out
            .result(&line, || format!("{:>4} {}: {}", turn.number.to_string(), line.speaker, line.text))?;
    }
    Ok(0)
}

/// Prints what differs between two revisions: `[-words out-]{+words in+}`. 1 if nothing does.
pub(super) fn diff(
    world: &mut World,
    opened: &Opened,
    transcript: &Transcript,
    numbers: &str,
) -> Result<u8, CliError> {
    let wrong = || CliError::Usage(format!("'{numbers}' is no pair of revisions; write it as 1..2"));
    let (first, second) = numbers.split_once("..").ok_or_else(wrong)?;
    let parse = |word: &str| word.trim().parse::<u32>().map_err(|_| wrong());
    let (old, former) = find(opened, transcript, parse(first)?)?;
    let (new, turns) = find(opened, transcript, parse(second)?)?;
    let (before, after) = (CodePoints::new(&old), CodePoints::new(&new));
    let stretches = Rewriting::between(&old, &new).stretches();
    let mut differs = false;
    for stretch in stretches.into_iter().filter(|stretch| !stretch.same) {
        differs = true;
        // What is gone stood in a turn of the former text.
        let (turns, at) = match stretch.new.is_empty() {
            true => (&former, stretch.old.trimmed(&old).start),
            false => (&turns, stretch.new.start),
        };
        let turn = turns.index_at(at as usize).and_then(|at| turns.turns.get(at));
        let ((old_start, old_end), (new_start, new_end)) =
            (before.of_span(stretch.old), after.of_span(stretch.new));
        let line = Difference {
            turn: turn.map(|turn| TurnLabel(turn.number)),
            old_start,
            old_end,
            new_start,
            new_end,
            old: stretch.old.slice(&old).unwrap_or_default().to_owned(),
            new: stretch.new.slice(&new).unwrap_or_default().to_owned(),
        };
        world.out.result(&line, || {
            let number = turn.map_or_else(String::new, |turn| turn.number.to_string());
            let out = if line.old.is_empty() { String::new() } else { format!("[-{}-]", line.old) };
            let into = if line.new.is_empty() { String::new() } else { format!("{{+{}+}}", line.new) };
            format!("{number:>4} {out}{into}")
        })?;
    }
    Ok(u8::from(!differs))
}

pub(super) fn find(
    opened: &Opened,
    transcript: &Transcript,
    number: u32,
) -> Result<(Arc<str>, Turns), CliError> {
    if opened.study.hides_something_in(transcript.id) {
        return Err(CliError::refused(format!(
            "turns of {} are hidden, and nobody can tell their words in former texts; bring them back with `combe unhide` \
             first",
            transcript.name
        )));
    }
    let all = opened.study.revisions_of(transcript.id);
    let Some(revision) = all.iter().find(|revision| revision.number == number) else {
        let have = counted(all.len(), "revision", "revisions");
        return Err(CliError::Usage(format!(
            "{} has {have}; there is no revision {number}",
            transcript.name
        )));
    };
    Ok((opened.store.text(revision.id)?, opened.store.turns(revision.id)?))
}
