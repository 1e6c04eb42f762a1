//! `combe show`: a transcript, or some of its turns.

use serde::Serialize;

use super::error::CliError;
use super::lines::{SpeakerFields, Speech, TurnLabel};
use super::world::{Opened, World};
use crate::study::{HIDDEN, Transcript, TurnNumber, fold_short_name};
use crate::text::{CodePoints, probably_meant};

/// Print a transcript, or some of its turns: `combe show I43 41..45`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Short name of the transcript
    transcript: String,
    /// A turn (41, or 41a for a part of a split one) or a range of turns (41..45, both included)
    turns: Option<String>,
    /// The text of an earlier revision, by its number (1 is the text as imported)
    #[arg(long, value_name = "N")]
    revision: Option<u32>,
    /// What differs between two revisions, word by word: 1..2
    #[arg(long, value_name = "A..B", conflicts_with_all = ["revision", "turns"])]
    diff: Option<String>,
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
    if let Some(numbers) = &args.diff {
        return super::show_revision::diff(world, &opened, transcript, numbers);
    }
    if let Some(number) = args.revision {
        return super::show_revision::show(world, &opened, transcript, number, range);
    }
    let text = opened.store.text(transcript.revision)?;
    let speech = Speech::new(&opened.study, transcript.id, text)
        .ok_or_else(|| CliError::at(&transcript.name, "its turns are not there; run `combe check`"))?;
    let points = CodePoints::new(&speech.text);
    let may_show = opened.study.shown_speech(transcript.id);
    let mut shown = 0;
    for (at, turn) in speech.turns.turns.iter().enumerate() {
        if range.is_some_and(|(first, last)| turn.number < first || turn.number > last) {
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
            text: may_show.of(at, turn, &speech.text).unwrap_or_default().to_owned(),
        };
        world.out.result(&line, || {
            let who = line.speaker.participant.as_deref().or(line.speaker.speaker.as_deref()).unwrap_or("");
            let said = if may_show.hides(at) { HIDDEN } else { &line.text };
            format!("{:>4} {who}: {said}", turn.number.to_string())
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
        let all = || opened.study.transcripts_by_name().into_iter().map(|held| held.name.as_str());
        let begun: Vec<&str> =
            all().filter(|held| fold_short_name(held).starts_with(&fold_short_name(name))).take(8).collect();
        let near = match begun.is_empty() {
            true => probably_meant(name, all()).into_iter().collect(),
            false => begun,
        };
        let names: Vec<&str> = all().take(8).collect();
        CliError::Usage(match names.as_slice() {
            _ if !near.is_empty() => {
                format!("there is no transcript {name}; did you mean {}?", near.join(" or "))
            }
            [] => format!(
                "there is no transcript {name}: the study has none yet; bring some in with `combe import`"
            ),
            _ => format!("there is no transcript {name}; there are {} and so on", names.join(", ")),
        })
    })
}

/// `41`, `41a` or `41..45` as the first and the last turn. A number without a letter stands for all parts of its turn.
fn parse_range(words: &str) -> Result<(TurnNumber, TurnNumber), CliError> {
    let parse = |word: &str| word.parse::<TurnNumber>().map_err(|error| CliError::Usage(error.to_string()));
    let (first, last) = match words.split_once("..") {
        None => (parse(words)?, parse(words)?),
        Some((first, last)) => (parse(first)?, parse(last.trim_start_matches('='))?),
    };
    let last = if last.part == 0 { TurnNumber { part: u8::MAX, ..last } } else { last };
    if last < first {
        return Err(CliError::Usage(format!("{words} ends before it begins; write the smaller turn first")));
    }
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_all_parts_of_a_turn_and_a_letter_is_one() {
        let split: Vec<TurnNumber> =
            ["40", "41a", "41b", "42"].iter().map(|word| word.parse().unwrap()).collect();
        let shown = |words: &str| {
            let (first, last) = parse_range(words).ok()?;
            let numbers = split.iter().filter(|turn| (first..=last).contains(*turn));
            Some(numbers.map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(shown("41").unwrap(), "41a 41b");
        assert_eq!(shown("41a").unwrap(), "41a");
        assert_eq!(shown("41b..42").unwrap(), "41b 42");
        assert_eq!(shown("40..41a").unwrap(), "40 41a");
        assert_eq!(shown("41b..41a"), None);
        assert_eq!(shown("42..41"), None);
    }
}
