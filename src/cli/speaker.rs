//! `combe speaker`: who speaks in a transcript, and saying that somebody else does.

use serde::Serialize;

use super::error::CliError;
use super::lines::{TurnLabel, participant_name};
use super::show::find_transcript;
use super::world::{Opened, World};
use crate::study::{Change, Participant, Transcript, TurnNumber, Voice, fresh};
use crate::text::{counted, fold_label, probably_meant};

/// Who speaks in a transcript, or in a turn: `combe speaker I43 "Participant 2" P088`, `combe speaker I43:41 several`.
///
/// Without more than the transcript, lists its labels, who they are and how many turns they have, and the turns that are
/// spoken by somebody else than their label says. WHO is a participant, or interviewer, other, several or unknown; for one
/// turn also label, which takes back what was said of it. Quotes and turn numbers stay, counts follow.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Short name of the transcript (I43), or one turn of it (I43:41)
    place: String,
    /// The label and who it is; for one turn only who speaks it
    #[arg(value_name = "WHO", num_args = 0..=2)]
    who: Vec<String>,
    /// Make the participant if there is none of that name
    #[arg(long)]
    new: bool,
}

/// The word that takes a turn's own voice away.
const AS_LABELLED: &str = "label";

/// A label, or a turn that is spoken by somebody else than its label says.
#[derive(Serialize)]
struct Line {
    transcript: String,
    label: String,
    turn: Option<TurnLabel>,
    role: &'static str,
    participant: Option<String>,
    turns: usize,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    // A transcript may have a colon in its name.
    let whole = |opened: &Opened| opened.study.transcript_named(&args.place).is_some();
    match args.who.as_slice() {
        [] => {
            let opened = world.open_to_read()?;
            match args.place.rsplit_once(':').filter(|_| !whole(&opened)) {
                Some((name, turn)) => list(world, &opened, name, Some(turn)),
                None => list(world, &opened, &args.place, None),
            }
        }
        [who] => match args.place.rsplit_once(':') {
            Some((name, turn)) => voice_turn(world, name, turn, who, args.new),
            None => Err(CliError::Usage(format!(
                "which label of {0} is {who}? Write the label before it, or name one turn: `combe speaker {0}:41 {who}`",
                args.place
            ))),
        },
        [label, who, ..] => bind(world, &args.place, label, who, args.new),
    }
}

/// Prints the lines of a transcript, or what is said of one turn.
fn list(world: &mut World, opened: &Opened, name: &str, turn: Option<&str>) -> Result<u8, CliError> {
    let transcript = find_transcript(opened, name)?;
    let turn = turn.map(|turn| find_turn(opened, transcript, turn)).transpose()?;
    let all = match turn {
        Some(turn) => vec![turn_line(opened, transcript, turn)?],
        None => lines(opened, transcript)?,
    };
    for line in &all {
        world.out.result(line, || words(line))?;
    }
    Ok(u8::from(all.is_empty()))
}

fn bind(world: &mut World, place: &str, label: &str, who: &str, new: bool) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    let transcript = find_transcript(&opened, place)?.clone();
    let key = fold_label(label);
    let Some(speaker) = opened.study.speakers().get(&(transcript.id, key.clone())).cloned() else {
        let all: Vec<&str> = opened
            .study
            .speakers()
            .iter()
            .filter(|speaker| speaker.transcript == transcript.id)
            .map(|speaker| speaker.label.as_str())
            .collect();
        return Err(CliError::Usage(format!(
            "{} has no label “{label}”; it has “{}”",
            transcript.name,
            all.join("”, “")
        )));
    };
    let (voice, mut changes) = find_voice(world, &opened, who, new)?;
    let words = format!("“{}” in {}", speaker.label, transcript.name);
    let Some(change) = opened.study.change_to_bind(transcript.id, &key, voice) else {
        return Err(CliError::refused(format!("{words} is {who} already; nothing was changed")));
    };
    changes.push(change);
    let done = commit(world, &mut opened, "bind_label", &format!("{words} is {who}"), changes)?;
    let line = lines(&opened, &transcript)?
        .into_iter()
        .find(|line| line.turn.is_none() && line.label == speaker.label);
    finish(world, line, &done)
}

fn voice_turn(world: &mut World, name: &str, turn: &str, who: &str, new: bool) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    let transcript = find_transcript(&opened, name)?.clone();
    let turn = find_turn(&opened, &transcript, turn)?;
    let address = format!("{}:{turn}", transcript.name);
    let (voice, mut changes) = match who {
        AS_LABELLED => (None, Vec::new()),
        who => {
            let (voice, changes) = find_voice(world, &opened, who, new)?;
            (Some(voice), changes)
        }
    };
    let words = match voice {
        Some(_) => format!("{address} spoken by {who}"),
        None => format!("{address} spoken by whom its label says"),
    };
    let Some(change) = opened.study.change_to_voice(transcript.id, turn, voice) else {
        return Err(CliError::refused(format!("{words}: so it is already; nothing was changed")));
    };
    changes.push(change);
    let done = commit(world, &mut opened, "set_turn_voice", &words, changes)?;
    let line = turn_line(&opened, &transcript, turn)?;
    finish(world, Some(line), &done)
}

fn commit(
    world: &World,
    opened: &mut Opened,
    command: &str,
    label: &str,
    changes: Vec<Change>,
) -> Result<String, CliError> {
    let done = opened.commit(&world.source, command, label.to_owned(), changes)?;
    Ok(format!("Saved as action {}: {label}", done.seq))
}

/// As JSON, what is so now; for people, what was done.
fn finish(world: &mut World, line: Option<Line>, done: &str) -> Result<u8, CliError> {
    match line {
        Some(line) => world.out.result(&line, || done.to_owned())?,
        None => world.out.remark(done)?,
    }
    Ok(0)
}

/// Labels in the order in which they first speak, then turns with a voice of their own.
fn lines(opened: &Opened, transcript: &Transcript) -> Result<Vec<Line>, CliError> {
    let study = &opened.study;
    let turns = study.turns(transcript.id).ok_or_else(|| no_turns(transcript))?;
    let label = |key: &String| {
        let speaker = study.speakers().get(&(transcript.id, key.clone()));
        let voice =
            study.bindings().get(&(transcript.id, key.clone())).map_or(Voice::Unknown, |held| held.voice);
        Line {
            transcript: transcript.name.clone(),
            label: speaker.map_or_else(|| key.clone(), |speaker| speaker.label.clone()),
            turn: None,
            role: voice.role(),
            participant: participant_name(study, voice),
            turns: turns.turns.iter().filter(|turn| turns.speaker_of(turn) == key).count(),
        }
    };
    let mut all: Vec<Line> = turns.speakers.iter().map(label).collect();
    let own = turns.turns.iter().filter(|turn| study.turn_voices().has(&(transcript.id, turn.number)));
    for turn in own {
        all.push(turn_line(opened, transcript, turn.number)?);
    }
    Ok(all)
}

fn turn_line(opened: &Opened, transcript: &Transcript, number: TurnNumber) -> Result<Line, CliError> {
    let study = &opened.study;
    let (turns, voices) =
        study.turns(transcript.id).zip(study.voices_in(transcript.id)).ok_or_else(|| no_turns(transcript))?;
    let turn =
        turns.index_of(number).and_then(|at| turns.turns.get(at)).ok_or_else(|| no_turns(transcript))?;
    let (key, voice) = (turns.speaker_of(turn), voices.of(turn));
    let speaker = study.speakers().get(&(transcript.id, key.to_owned()));
    Ok(Line {
        transcript: transcript.name.clone(),
        label: speaker.map_or_else(|| key.to_owned(), |speaker| speaker.label.clone()),
        turn: Some(TurnLabel(number)),
        role: voice.role(),
        participant: participant_name(study, voice),
        turns: 1,
    })
}

fn words(line: &Line) -> String {
    let who = line.participant.as_deref().unwrap_or(line.role);
    match line.turn {
        Some(TurnLabel(turn)) => format!("{}:{turn} ({}): {who}", line.transcript, line.label),
        None => format!("{}: {who}, {}", line.label, counted(line.turns, "turn", "turns")),
    }
}

fn find_turn(opened: &Opened, transcript: &Transcript, word: &str) -> Result<TurnNumber, CliError> {
    let number: TurnNumber = word
        .trim()
        .parse()
        .map_err(|error: crate::study::NotATurnNumber| CliError::Usage(error.to_string()))?;
    let turns = opened.study.turns(transcript.id).ok_or_else(|| no_turns(transcript))?;
    match turns.index_of(number) {
        Some(_) => Ok(number),
        None => Err(CliError::Usage(format!(
            "{} has no turn {number}; `combe show {}` prints its turns with their numbers",
            transcript.name, transcript.name
        ))),
    }
}

/// Who is meant. A participant who is not there yet is made only if that is asked for: a slip of the pen makes nobody.
fn find_voice(
    world: &World,
    opened: &Opened,
    who: &str,
    new: bool,
) -> Result<(Voice, Vec<Change>), CliError> {
    if let Some(voice) = Voice::of_role(who) {
        return Ok((voice, Vec::new()));
    }
    if let Some(person) = opened.study.participant_named(who) {
        return Ok((Voice::Participant(person.id), Vec::new()));
    }
    if new && !who.trim().is_empty() {
        let made = Participant { id: fresh(&world.source), name: who.trim().to_owned(), provisional: false };
        return Ok((Voice::Participant(made.id), vec![Change::create(made)]));
    }
    let people = opened.study.participants_by_name();
    let near = probably_meant(who, people.into_iter().map(|person| person.name.as_str()));
    let near = near.map_or_else(String::new, |near| format!("did you mean {near}? "));
    Err(CliError::Usage(format!(
        "there is no participant {who}; {near}add --new to make one, or write interviewer, other, several or unknown"
    )))
}

fn no_turns(transcript: &Transcript) -> CliError {
    CliError::at(&transcript.name, "its turns are not there; run `combe check`")
}
