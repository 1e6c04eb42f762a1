//! `combe show`: a transcript, or some of its turns.

use serde::Serialize;

use super::error::CliError;
use super::lines::{SpeakerFields, Speech, TurnLabel};
use super::world::{Opened, World};
use crate::study::{Transcript, TurnNumber};
use crate::text::CodePoints;

/// Print a transcript, or some of its turns: `combe show I43 41..45`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Short name of the transcript
    transcript: String,
    /// A turn (41) or a range of turns (41..45, both included)
    turns: Option<String>,
}

#[derive(Serialize)]
struct Line {
    turn: TurnLabel,
    #[serde(flatten)]
    speaker: SpeakerFields,
    time: Option<f64>,
    start: usize,
    end: usize,
    text: String,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let opened = world.open_to_read()?;
    let transcript = find_transcript(&opened, &args.transcript)?;
    let range = args.turns.as_deref().map(parse_range).transpose()?;
    let text = opened.store.text(transcript.revision)?;
    let speech = Speech::new(&opened.study, transcript.id, text)
        .ok_or_else(|| CliError::at(&transcript.name, "its turns are not there; run `combe check`"))?;
    let points = CodePoints::new(&speech.text);
    let mut shown = 0;
    for turn in &speech.turns.turns {
        if range.is_some_and(|(first, last)| turn.number < first || turn.number.number > last) {
            continue;
        }
        shown += 1;
        let (start, end) = points.of_span(turn.speech);
        let line = Line {
            turn: TurnLabel(turn.number),
            speaker: speech.speaker(turn),
            time: Speech::seconds(turn),
            start,
            end,
            text: turn.speech.slice(&speech.text).unwrap_or_default().to_owned(),
        };
        world.out.result(&line, || {
            let who = line.speaker.participant.as_deref().or(line.speaker.speaker.as_deref()).unwrap_or("");
            format!("{:>4} {who}: {}", turn.number.to_string(), line.text)
        })?;
    }
    match (shown, &args.turns) {
        (0, Some(turns)) => Err(CliError::Usage(format!(
            "{} has no turn {turns}; its turns go from 1 to {}",
            transcript.name,
            speech.turns.turns.len()
        ))),
        _ => Ok(0),
    }
}

/// The transcript of a name, or a sentence that names near ones.
pub(super) fn find_transcript<'o>(opened: &'o Opened, name: &str) -> Result<&'o Transcript, CliError> {
    opened.study.transcript_named(name).ok_or_else(|| {
        let names: Vec<&str> = opened
            .study
            .transcripts_by_name()
            .iter()
            .take(8)
            .map(|transcript| transcript.name.as_str())
            .collect();
        CliError::Usage(match names.as_slice() {
            [] => format!(
                "there is no transcript {name}: the study has none yet; bring some in with `combe import`"
            ),
            _ => format!("there is no transcript {name}; there are {} and so on", names.join(", ")),
        })
    })
}

/// `41` or `41..45` as a first turn and the number of the last.
fn parse_range(words: &str) -> Result<(TurnNumber, u32), CliError> {
    let parse = |word: &str| word.parse::<TurnNumber>().map_err(|error| CliError::Usage(error.to_string()));
    match words.split_once("..") {
        None => parse(words).map(|turn| (turn, turn.number)),
        Some((first, last)) => {
            let (first, last) = (parse(first)?, parse(last.trim_start_matches('='))?);
            if last < first {
                return Err(CliError::Usage(format!(
                    "{words} ends before it begins; write the smaller turn first"
                )));
            }
            Ok((first, last.number))
        }
    }
}
