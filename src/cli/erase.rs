//! `combe erase`: words that must not stay.

use super::erasing::{self, Doing, How};
use super::error::CliError;
use super::output::say_aside;
use super::show::find_transcript;
use super::world::{Opened, World};
use crate::store::Asked;
use crate::study::{Edition, Erasure, Name, Passed, Sweep, Transcript};
use crate::term::read_unseen_line;
use crate::text::CodePoints;

/// Erase one passage, or a real name: `combe erase I43 2101 2188`, `combe erase --name -`.
///
/// START and END count Unicode code points of the stored text, as `combe show --json` prints them; END is one past the last.
/// The same words go from the same turn in earlier revisions, from quotes, and from memos and definitions that cite them. It
/// cannot be undone.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Short name of the transcript
    #[arg(required_unless_present = "name")]
    transcript: Option<String>,
    /// First code point of the passage
    #[arg(required_unless_present = "name")]
    start: Option<usize>,
    /// One past its last code point
    #[arg(required_unless_present = "name")]
    end: Option<usize>,
    /// A name, wherever it stands in the study: `--name -` asks for it, lest it stays in the history of your shell
    #[arg(long, value_name = "-", conflicts_with_all = ["transcript", "start", "end", "revision"])]
    name: Option<String>,
    /// Take the passage from an earlier revision, in whose text START and END count, and elsewhere where it is found
    #[arg(long, value_name = "N")]
    revision: Option<u32>,
    #[command(flatten)]
    how: How,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let mut opened = world.open()?;
    erasing::finish_first(&opened)?;
    if let Some(given) = &args.name {
        return erase_name(world, &mut opened, args, given);
    }
    let (name, start, end) = args.passage();
    let transcript = find_transcript(&opened, name)?.clone();
    let edition = edition(&opened, &transcript, args.revision)?;
    let place = format!("{} {}..{}", transcript.name, start, end);
    let span = CodePoints::new(&edition.text).to_span(start, end).ok_or_else(|| {
        CliError::at(&place, "it does not lie in the text; give a start before an end, both inside it")
    })?;
    let passed = Passed::of(transcript.id, edition, span).ok_or_else(|| {
        CliError::at(&place, "nobody says a word there; `combe show --json` prints where turns begin and end")
    })?;
    let passed = if args.revision.is_some() { passed.looked_after() } else { passed };
    let turns: Vec<String> = passed.turns().map(|turn| format!("{}:{turn}", transcript.name)).collect();
    let remark = remark(&passed);
    let what = turns.join(", ");
    let asked = Asked {
        what: Erasure::Passage(passed),
        coder: opened.coder.clone(),
        command: "erase",
        label: format!("a passage of {what} was erased"),
        reason: args.how.reason.clone(),
        withdrawal: None,
    };
    let touched = opened.store.plan_erasure(&asked, &world.source)?;
    if touched.is_empty() {
        return Err(CliError::at(&place, "its words are erased already; nothing was changed"));
    }
    let what = format!("a passage of {what}");
    let doing = Doing { how: &args.how, what, remark };
    erasing::carry_out(world, &mut opened, &asked, &touched, &doing)
}

impl Args {
    /// The transcript and the two ends, which are there unless a name is.
    fn passage(&self) -> (&str, usize, usize) {
        let name = self.transcript.as_deref().unwrap_or_default();
        (name, self.start.unwrap_or_default(), self.end.unwrap_or_default())
    }
}

/// Erases a name wherever it stands.
fn erase_name(world: &mut World, opened: &mut Opened, args: &Args, given: &str) -> Result<u8, CliError> {
    if given != "-" {
        return Err(CliError::Usage(
            "a name in a command stays in the history of your shell: write `combe erase --name -`, then type it; nothing was \
             changed"
                .into(),
        ));
    }
    let typed = read_unseen_line(|| {
        say_aside("type the name and Enter; it is not shown, and the study notes it nowhere");
    });
    let typed = typed.map_err(|error| match error.kind() {
        std::io::ErrorKind::Interrupted => CliError::refused("no name was given; nothing was changed"),
        _ => CliError::refused(format!("the name cannot be read: {error}; nothing was changed")),
    })?;
    let name = Name::new(&typed).map_err(|error| CliError::Usage(error.to_string()))?;
    let asked = Asked {
        what: Erasure::Name(name),
        coder: opened.coder.clone(),
        command: "erase",
        label: "a name was erased wherever it stood".into(),
        reason: args.how.reason.clone(),
        withdrawal: None,
    };
    let touched = opened.store.plan_erasure(&asked, &world.source)?;
    if touched.is_empty() {
        return Err(CliError::refused("the study does not have that name; nothing was changed"));
    }
    let doing = Doing {
        how: &args.how,
        what: "a name wherever it stands".into(),
        remark: Some(
            "Case and accents do not matter. A name of one word is found where it begins with a capital letter, in labels and \
             names of files in small letters too; nicknames and other spellings are names of their own.",
        ),
    };
    erasing::carry_out(world, opened, &asked, &touched, &doing)
}

/// The text in which the passage was chosen.
fn edition(opened: &Opened, transcript: &Transcript, number: Option<u32>) -> Result<Edition, CliError> {
    if let Some(number) = number {
        let (text, turns) = super::show_revision::find(opened, transcript, number)?;
        return Ok(Edition { number, turns, text: text.as_ref().to_owned() });
    }
    let number = opened.study.revisions().get(&transcript.revision).map_or(0, |revision| revision.number);
    let text = opened.store.text(transcript.revision)?.as_ref().to_owned();
    Ok(Edition { number, turns: opened.store.turns(transcript.revision)?, text })
}

/// What to know of a passage that is too short to be told from other words.
fn remark(passed: &Passed) -> Option<&'static str> {
    let mut short = passed.words().filter(|words| Sweep::is_short(words)).peekable();
    short.peek()?;
    Some(match short.all(Sweep::is_name) {
        true => {
            "One or two words alone are taken for a name: elsewhere, in memos and other texts, they go where they begin \
             with a capital letter."
        }
        false => {
            "One or two words without a capital letter are no name: memos and other texts that have them keep them."
        }
    })
}
