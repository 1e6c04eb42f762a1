//! `combe print`: a transcript for paper.

use super::cited::keep_words_back;
use super::error::CliError;
use super::leaving::say_refused;
use super::output::{say_aside, shown};
use super::show::find_transcript;
use super::world::World;
use crate::export::{Agreement, Reach, Sheet, on_paper};
use crate::text::counted;

/// Print a transcript for paper: turn numbers, a wide margin for notes, and the codes in it if wanted.
///
/// Plain text for a typewriter face: `combe print I43 --page 60 | lp`, or through any program that makes a PDF of text. Words
/// of people who did not agree to be quoted are left out unless --with-refused: paper gets passed on.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Short name of the transcript
    transcript: String,
    /// Put the codes of the layer of record into the margin
    #[arg(long)]
    codes: bool,
    /// Columns of the page
    #[arg(long, value_name = "COLUMNS", default_value_t = 100, value_parser = clap::value_parser!(u16).range(40..=400))]
    width: u16,
    /// Columns of the margin at the right
    #[arg(long, value_name = "COLUMNS", default_value_t = 32, value_parser = clap::value_parser!(u16).range(0..=300))]
    margin: u16,
    /// Lines of a page, with a form feed between pages; one long page if not given
    #[arg(long, value_name = "LINES", value_parser = clap::value_parser!(u16).range(10..=1000))]
    page: Option<u16>,
    /// Also print words of people who did not agree to be quoted, for a copy that stays with the study
    #[arg(long)]
    with_refused: bool,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    if world.out.json {
        return Err(CliError::Usage("a page is no JSON: `combe show --json` has the turns".into()));
    }
    let mut opened = world.open_to_read()?;
    if args.codes {
        let agreement = if args.with_refused { Agreement::Nothing } else { Agreement::Quoting };
        keep_words_back(&mut opened, agreement, Reach::Names, "; --with-refused prints the latter's too")?;
    }
    let transcript = find_transcript(&opened, &args.transcript)?;
    let turns = opened
        .study
        .turns(transcript.id)
        .ok_or_else(|| CliError::at(&transcript.name, "its turns are not there; run `combe check`"))?;
    let text = opened.store.text(transcript.revision)?;
    let sheet = Sheet {
        width: args.width.into(),
        margin: args.margin.into(),
        lines: args.page.unwrap_or(0).into(),
        codes: args.codes,
        with_refused: args.with_refused,
    };
    let laid = on_paper(&opened.study, transcript, turns, &text, sheet);
    if laid.turns_left_out > 0 {
        let turns = counted(laid.turns_left_out, "turn", "turns");
        say_aside(&format!(
            "the words of {turns} of people who did not agree to be quoted left out; --with-refused prints them too"
        ));
    }
    say_refused(laid.refused.len());
    // Escape sequences in a transcript are shown; the form feeds are ours.
    for (number, page) in laid.text.split('\x0c').enumerate() {
        if number > 0 {
            world.out.bytes(b"\x0c")?;
        }
        world.out.bytes(shown(page).as_bytes())?;
    }
    Ok(0)
}
