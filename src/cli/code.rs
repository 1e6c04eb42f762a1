//! `combe code`: codes a passage.

use super::error::CliError;
use super::show::find_transcript;
use super::world::World;
use crate::study::{Change, Code, CodeState, Passage, Valence, fresh, turns_of_span};
use crate::text::CodePoints;

/// Code a passage: `combe code I43 2101 2188 "Allocation of appointment time"`.
///
/// START and END count Unicode code points of the stored text, as `combe show --json` and `combe search --json` print
/// them; END is one past the last.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Short name of the transcript
    transcript: String,
    /// First code point of the passage
    start: usize,
    /// One past its last code point
    end: usize,
    /// Name of the code
    code: String,
    /// barrier, facilitator, or both joined by a semicolon; only for a code without a side
    #[arg(long)]
    valence: Option<String>,
    /// Make the code if there is none of that name
    #[arg(long)]
    new: bool,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let valence = match args.valence.as_deref().map(Valence::from_cell) {
        Some(Err(word)) => {
            return Err(CliError::Usage(format!(
                "'{word}' is no valence; write barrier, facilitator or \"barrier;facilitator\""
            )));
        }
        Some(Ok(valence)) => valence,
        None => None,
    };
    let mut opened = world.open()?;
    let transcript = find_transcript(&opened, &args.transcript)?.clone();
    let text = opened.store.text(transcript.revision)?;
    let place = format!("{} {}..{}", transcript.name, args.start, args.end);
    let span = CodePoints::new(&text).to_span(args.start, args.end).ok_or_else(|| {
        CliError::at(&place, "it does not lie in the text; give a start before an end, both inside it")
    })?;
    let hidden = opened.study.hidden_turns(transcript.id).unwrap_or_default();
    let turns = opened.study.turns(transcript.id).map(|turns| turns.overlapping(span));
    if turns.is_some_and(|turns| hidden.get(turns).unwrap_or_default().contains(&true)) {
        return Err(CliError::at(
            &place,
            "it is hidden, or who speaks did not agree to be analysed; bring it back with `combe unhide`, or set the \
             consent right, first",
        ));
    }
    let mut changes = Vec::new();
    let code = match opened.study.code_named(&args.code) {
        Some(code) => code.clone(),
        None if args.new => {
            let code = Code::new(fresh(&world.source), &args.code);
            changes.push(Change::create(code.clone()));
            code
        }
        None => {
            let seen = opened.study.seen_by(opened.coder.id);
            return Err(CliError::Usage(unknown_code(seen.as_ref().unwrap_or(&opened.study), &args.code)));
        }
    };
    if code.state == CodeState::Retired {
        return Err(CliError::refused(format!(
            "the code “{}” is retired; use another, or put it back to work",
            code.name
        )));
    }
    let coded = Passage::at(transcript.id, transcript.revision, span, &text).and_then(|passage| {
        opened.study.changes_to_code(opened.coder.id, passage, &code, valence, &world.source)
    });
    changes.extend(coded.map_err(|error| CliError::at(&place, error.to_string()))?);
    let turn = opened.study.turns(transcript.id).and_then(|turns| {
        turns_of_span(turns, span).and_then(|(first, _)| turns.turns.get(first)).map(|turn| turn.number)
    });
    let turn = turn.map_or_else(String::new, |turn| format!(":{turn}"));
    let label = format!("code “{}” on {}{turn}", code.name, transcript.name);
    let done = opened.commit(&world.source, "apply_code", label.clone(), changes)?;
    world.out.remark(&format!("Saved as action {}: {label}", done.seq))?;
    Ok(0)
}

/// A sentence about a code that is not there, with the names most like it.
fn unknown_code(study: &crate::study::Study, name: &str) -> String {
    let wanted = crate::text::fold_name(name);
    let near: Vec<&str> = study
        .codes()
        .iter()
        .filter(|code| {
            let held = crate::text::fold_name(&code.name);
            held.contains(&wanted) || wanted.contains(&held)
        })
        .map(|code| code.name.as_str())
        .take(3)
        .collect();
    match near.as_slice() {
        [] => format!("there is no code “{name}”; add --new to make it, or see `combe codes`"),
        _ => {
            format!("there is no code “{name}”; did you mean “{}”? Add --new to make it", near.join("” or “"))
        }
    }
}
