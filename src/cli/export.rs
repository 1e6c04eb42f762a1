//! `combe export`: codings, codebook, people and memos; all but memos in the shapes that import reads.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use super::error::CliError;
use super::leaving::{Going, refuse_existing, send};
use super::output::say_aside;
use super::world::{Opened, World, shown_path};
use crate::export::{
    Contents, Holds, Rows, TextsError, codebook_table, codebook_toml, codings_table, memos_table,
    participants_table, sessions_table,
};
use crate::study::{MemoOn, Quote, Study};
use crate::text::counted;

/// Write codings, memos, codebook, participants or sessions to stdout or a file.
///
/// All but memos are in the shape that import reads. Offsets are Unicode code points. Codings and memos hold
/// participants' words: mind where they go. With --json, each row is an object; the codebook is TOML
/// unless its codes alone are asked for with --csv.
#[derive(clap::Args)]
pub(super) struct Args {
    /// What to write
    what: What,
    /// File to write; stdout if not given
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
    /// Also write quotes of people who did not agree to be quoted, for a copy that stays with the study
    #[arg(long)]
    with_refused: bool,
    /// Write the codebook as CSV, for a spreadsheet: codes alone. A file called *.csv is written so anyway
    #[arg(long)]
    csv: bool,
}

impl Args {
    fn wants_csv(&self) -> bool {
        let by_name = self.output.as_ref().and_then(|path| path.extension());
        self.csv || by_name.is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// codings.csv: transcript,start,end,quote,code,valence,coder,memo
    Codings,
    /// codebook.toml: codes and themes; codebook.csv: codes
    Codebook,
    /// memos.csv, on whatever they are: on,thing,transcript,start,end,quote,kind,coder,at,text
    Memos,
    /// participants.csv: everybody, where they speak, consent, attributes; a template to fill in and import
    Participants,
    /// sessions.csv: transcripts with their attributes
    Sessions,
}

/// What was written, where somebody asked for a file and for JSON.
#[derive(Serialize)]
struct Line {
    file: String,
    rows: Option<usize>,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    if let Some(path) = &args.output {
        refuse_existing(path, args.force)?;
    }
    let mut opened = match args.output {
        Some(_) => world.open_to_export()?,
        None => world.open_to_read()?,
    };
    let rows = match args.what {
        What::Codebook if !args.wants_csv() => None,
        _ => Some(table(&opened, args)?),
    };
    let bytes = match &rows {
        Some(rows) if world.out.json => rows.to_json_lines(),
        Some(rows) => rows.to_csv(),
        None if world.out.json => {
            return Err(CliError::Usage(
                "the whole codebook is TOML: leave --json out, add --csv for its codes alone, or see `combe codes --json`".into(),
            ));
        }
        None => codebook_toml(&opened.study, &opened.study.settings.framework).into_bytes(),
    };
    let Some(path) = &args.output else {
        world.out.bytes(&bytes)?;
        return Ok(0);
    };
    let contents = contents(&opened.study, args);
    let kind = args.what.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let going = Going { kind: &kind, path, bytes: &bytes, text: None, contents, force: args.force };
    send(world, &mut opened, &going)?;
    let line = Line { file: shown_path(path), rows: rows.map(|rows| rows.rows.len()) };
    world.out.result(&line, || match line.rows {
        Some(rows) => format!("Wrote {}: {}", line.file, counted(rows, "row", "rows")),
        None => format!("Wrote {}", line.file),
    })?;
    Ok(0)
}

/// What is in the file, for its manifest.
fn contents(study: &Study, args: &Args) -> Contents {
    let may_go = |quote: &&Quote| args.with_refused || !study.refuses_quoting(quote);
    match args.what {
        What::Codings => Contents::quotes(study, study.quotes().iter().filter(may_go)),
        What::Memos => {
            let noted = |quote: &&Quote| study.memos_on(MemoOn::Quote(quote.id)).next().is_some();
            let mut contents = Contents::quotes(study, study.quotes().iter().filter(noted).filter(may_go));
            contents.holds.insert(Holds::Memos);
            contents
        }
        What::Codebook => Contents::codebook(),
        What::Participants => Contents::attributes(study),
        What::Sessions => Contents { holds: BTreeSet::from([Holds::Attributes]), ..Contents::default() },
    }
}

/// The rows asked for. What consent keeps out is said aside.
fn table(opened: &Opened, args: &Args) -> Result<Rows, CliError> {
    let study = &opened.study;
    let text = |revision| opened.store.text(revision).map_err(|error| error.to_string());
    let refused = |error: TextsError| CliError::refused(error.to_string());
    let (rows, left_out) = match args.what {
        What::Codings => codings_table(study, args.with_refused, text).map_err(refused)?,
        What::Memos => memos_table(study, args.with_refused, text).map_err(refused)?,
        What::Sessions => (sessions_table(study), 0),
        What::Participants => (participants_table(study), 0),
        What::Codebook => {
            if !study.themes().is_empty() {
                say_aside(
                    "themes have no place in a table of codes and are left out; as TOML the codebook has them",
                );
            }
            (codebook_table(study, &study.settings.framework), 0)
        }
    };
    if left_out > 0 {
        let what = match args.what {
            What::Memos => counted(left_out, "memo on a quote", "memos on quotes"),
            _ => counted(left_out, "quote", "quotes"),
        };
        say_aside(&format!(
            "{what} of people who did not agree to be quoted left out; --with-refused writes them too"
        ));
    }
    Ok(rows)
}
