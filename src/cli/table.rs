//! `combe table`: tables for a paper.

use std::path::Path;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::cited::keep_words_back;
use super::error::CliError;
use super::leaving::{Going, Sent, is_json, json_lines, named_otherwise, not_written_as, send};
use super::outlet::{Outlet, print_file};
use super::output::{cut_words, say_aside};
use super::picture;
use super::quotes::attribution;
use super::world::{Opened, World};
use crate::analysis::{
    Measure, PaperTable, Scope, Sheets, TableError, TableKind, TableOption, TableOptions, Together,
    make_table,
};
use crate::export::{
    Agreement, Contents, Format, Reach, table_contents, table_grid, table_lines, table_sheet, table_svg,
};
use crate::search::ReadTurns;
use crate::study::{Code, Study};
use crate::term::{Surroundings, detect_for_lines};
use crate::text::counted;
use crate::ui::glyphs::{GlyphSet, Glyphs};

/// Print a table of the study, or write it for a paper.
///
/// Counts layers of record, n of the participants with imported speech, and says below each table how it was counted and
/// what it leaves out. docs/counting.md has the rules. Exit code 1 where there is nothing to count yet.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Which table
    #[arg(value_parser = table_kinds())]
    table: TableKind,
    /// Set side by side the values of this attribute of participants or transcripts; `kind` for interviews and focus groups.
    /// Not in cooccurrence, coverage, saturation and coreq
    #[arg(long, value_name = "ATTRIBUTE")]
    by: Option<String>,
    /// crosstab: a second attribute, as columns
    #[arg(long, value_name = "ATTRIBUTE")]
    with: Option<String>,
    /// crosstab: only this code, with those below it
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only this: `group=public`, or filters of a search (`group:public -kind:focus_group`); several must all hold
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<String>,
    /// themes, components, codes, crosstab: what cells of groups and sides count; people if not given
    #[arg(long, value_enum)]
    count: Option<Counted>,
    /// themes: people and codings behind every cell
    #[arg(long)]
    counts: bool,
    /// sample: make the per cents of each characteristic add up to 100
    #[arg(long = "to-100")]
    to_100: bool,
    /// cooccurrence: what together means; overlap if not given
    #[arg(long, value_enum)]
    together: Option<Near>,
    /// cooccurrence: a square of all codes, not a list of pairs
    #[arg(long)]
    square: bool,
    /// saturation: the attribute of transcripts that says their order; else one called order or date
    #[arg(long, value_name = "ATTRIBUTE")]
    order: Option<String>,
    /// saturation: transcripts of the base; 4 if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    base: Option<u16>,
    /// saturation: transcripts of a run; 2 if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    run: Option<u16>,
    /// How to write it; by the file's name, else text
    #[arg(long, short, value_enum)]
    format: Option<Form>,
    #[command(flatten)]
    outlet: Outlet,
}

/// Reads the name of a table; help lists them all with what they show.
fn table_kinds() -> impl TypedValueParser<Value = TableKind> {
    let known = TableKind::ALL.map(|kind| PossibleValue::new(kind.name()).help(kind.about()));
    PossibleValuesParser::new(known).try_map(|word| TableKind::parse(&word).ok_or("there is no such table"))
}

#[derive(Clone, Copy, ValueEnum)]
enum Counted {
    /// Participants
    People,
    /// Codings
    Codings,
}

#[derive(Clone, Copy, ValueEnum)]
enum Near {
    /// Codings that share a character
    Overlap,
    /// Codings that share a turn
    Turn,
    /// Codings of one participant, wherever
    Participant,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Plain text in columns
    Text,
    /// Markdown
    Md,
    /// LaTeX
    Latex,
    /// Comma-separated values
    Csv,
    /// Word
    Docx,
    /// Excel
    Xlsx,
    /// An object a row, as --json prints them
    Json,
    /// A picture: bars of themes, components and codes, the curve of saturation
    Svg,
}

impl Form {
    /// The format that a file's name ends in: text for a name without an end, and none for an end that says another format.
    fn of_path(path: &Path) -> Result<Form, CliError> {
        let Some(end) = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase()) else {
            return Ok(Form::Text);
        };
        Form::named(path).ok_or_else(|| {
            let known = Format::ALL.map(Format::name).join(", ");
            not_written_as("a table", &end, &format!("{known}, json or svg"))
        })
    }

    /// The format that the end of a file's name says.
    fn named(path: &Path) -> Option<Form> {
        if is_json(path) {
            return Some(Form::Json);
        }
        if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg")) {
            return Some(Form::Svg);
        }
        Format::of_path(path).map(|format| match format {
            Format::Text => Form::Text,
            Format::Markdown => Form::Md,
            Format::Latex => Form::Latex,
            Format::Csv => Form::Csv,
            Format::Docx => Form::Docx,
            Format::Xlsx => Form::Xlsx,
        })
    }

    /// Whether any program that shows text shows it.
    fn is_plain(self) -> bool {
        !matches!(self, Form::Docx | Form::Xlsx | Form::Svg)
    }

    /// The word for it on the command line.
    fn name(self) -> &'static str {
        match self.of_grid() {
            Some(format) => format.name(),
            None if self == Form::Svg => "svg",
            None => "json",
        }
    }

    fn of_grid(self) -> Option<Format> {
        match self {
            Form::Text => Some(Format::Text),
            Form::Md => Some(Format::Markdown),
            Form::Latex => Some(Format::Latex),
            Form::Csv => Some(Format::Csv),
            Form::Docx => Some(Format::Docx),
            Form::Xlsx => Some(Format::Xlsx),
            Form::Svg | Form::Json => None,
        }
    }
}

/// What was written, where somebody asked for a file and for JSON.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    sent: Sent,
    rows: usize,
}

/// Refuses what the table would leave out without a word.
fn refuse_not_taken(args: &Args) -> Result<(), CliError> {
    let given = [
        (TableOption::By, args.by.is_some()),
        (TableOption::With, args.with.is_some()),
        (TableOption::Code, args.code.is_some()),
        (TableOption::Count, args.count.is_some()),
        (TableOption::Counts, args.counts),
        (TableOption::To100, args.to_100),
        (TableOption::Together, args.together.is_some()),
        (TableOption::Square, args.square),
        (TableOption::Order, args.order.is_some()),
        (TableOption::Base, args.base.is_some()),
        (TableOption::Run, args.run.is_some()),
    ];
    match given.into_iter().find(|(option, is_given)| *is_given && !args.table.takes(*option)) {
        None => Ok(()),
        Some((option, _)) => {
            let takers: Vec<&str> = option.tables().iter().map(|kind| kind.name()).collect();
            Err(CliError::not_taken(&format!("the table {}", args.table.name()), option.word(), &takers))
        }
    }
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    refuse_not_taken(args)?;
    args.outlet.check()?;
    let form = match (args.format, args.outlet.file()) {
        (_, None) if world.out.json => Form::Json,
        (Some(form), None) => form,
        (Some(form), Some(path)) => match (Form::named(path), path.extension()) {
            (Some(named), Some(ending)) if named != form && !(named == Form::Text && form.is_plain()) => {
                return Err(named_otherwise(&ending.to_string_lossy(), form.name()));
            }
            _ => form,
        },
        (None, Some(path)) => Form::of_path(path)?,
        (None, None) => Form::Text,
    };
    args.outlet.refuse_unnamed(matches!(form, Form::Docx | Form::Xlsx))?;
    let mut opened = args.outlet.open(world)?;
    let whole = opened.whole.as_ref().unwrap_or(&opened.study);
    let code = args.code.as_deref().and_then(|name| whole.code_named(name)).cloned();
    keep_words_back(&mut opened, Agreement::Quoting, Reach::Names, "")?;
    if let Some(code) = &code {
        refuse_kept_back(&opened.study, code)?;
    }
    if args.table == TableKind::Joint {
        // Of all tables this one quotes: what is wrong with attributions is told.
        attribution(&opened.study)?;
    }
    let scope = scope_of(&opened.study, &args.conditions)?;
    let read = read_turns(&opened, args)?;
    let mut sheets = Sheets::default();
    let counter = sheets.counter(&opened.study, &scope);
    let made = make_table(args.table, &counter, &options(args), read.as_ref());
    let table = made.map_err(|error| refused(&error))?;
    let bytes = bytes_of(&table, form)?;
    let Some(path) = args.outlet.file() else {
        match form {
            // A terminal must see what names hold as marks.
            Form::Text => {
                world.out.remark(table_grid(&table).to_text(columns()).trim_end())?;
                if let Some(picture) = small_picture(&table) {
                    world.out.remark(&format!("\n{picture}"))?;
                }
            }
            _ => print_file(world, &bytes)?,
        }
        return Ok(0);
    };
    let contents = Contents { only: table.only.clone(), ..table_contents(&counter, &table) };
    let text = table_grid(&table).words();
    let kind = format!("table {}", table.kind.name());
    let going =
        Going { kind: &kind, path, bytes: &bytes, text: Some(&text), contents, force: args.outlet.force };
    let sent = send(world, &mut opened, &going)?;
    let cut = form.of_grid().map_or(0, |format| table_grid(&table).cut_cells(format));
    if cut > 0 {
        say_aside(&cut_words(cut));
    }
    let line = Line { sent, rows: table.rows.iter().filter(|row| !row.heading).count() };
    world.out.result(&line, || line.sent.wrote(&counted(line.rows, "row", "rows")))?;
    Ok(0)
}

/// Refuses the code of `--code` where its name may not be printed, and says what it is called then.
fn refuse_kept_back(study: &Study, code: &Code) -> Result<(), CliError> {
    match study.codes().get(&code.id).filter(|held| held.name != code.name) {
        None => Ok(()),
        Some(held) => Err(CliError::Usage(format!(
            "the name of that code holds words of somebody who is hidden or did not agree to be quoted; tables call it “{name}”: \
             ask for it with --code \"{name}\"",
            name = held.name
        ))),
    }
}

/// Nothing to count is an answer; what an option gets wrong is one's own mistake.
fn refused(error: &TableError) -> CliError {
    match error {
        TableError::Nobody
        | TableError::NobodyMeets(_)
        | TableError::Nothing(_)
        | TableError::NoFramework(_) => CliError::Nothing(error.to_string()),
        TableError::Frame { .. } | TableError::Attribution(_) => CliError::refused(error.to_string()),
        _ => CliError::Usage(error.to_string()),
    }
}

fn bytes_of(table: &PaperTable, form: Form) -> Result<Vec<u8>, CliError> {
    match form.of_grid() {
        None if form == Form::Json => json_lines(&table_lines(table)),
        Some(format) => {
            let grid = if format.is_sheet() { table_sheet(table) } else { table_grid(table) };
            grid.write(format).map_err(|error| CliError::refused(error.to_string()))
        }
        None => table_svg(table).map(String::into_bytes).ok_or_else(|| {
            CliError::Usage(format!(
                "there is no picture of the table {}; themes, components, codes and saturation have one",
                table.kind.name()
            ))
        }),
    }
}

fn options(args: &Args) -> TableOptions {
    TableOptions {
        only: args.conditions.join(", "),
        by: args.by.clone(),
        with: args.with.clone(),
        code: args.code.clone(),
        measure: match args.count {
            Some(Counted::Codings) => Measure::Codings,
            Some(Counted::People) | None => Measure::People,
        },
        counts: args.counts,
        to_100: args.to_100,
        together: match args.together {
            Some(Near::Overlap) | None => Together::Overlap,
            Some(Near::Turn) => Together::Turn,
            Some(Near::Participant) => Together::Participant,
        },
        square: args.square,
        order: args.order.clone(),
        base: args.base.map(usize::from),
        run: args.run.map(usize::from),
    }
}

/// What this coder has read, for the one table that asks.
fn read_turns(opened: &Opened, args: &Args) -> Result<Option<ReadTurns>, CliError> {
    (args.table == TableKind::Coverage).then(|| opened.read_turns()).transpose()
}

/// The picture of a table that is hard to see in its numbers.
fn small_picture(table: &PaperTable) -> Option<String> {
    if !matches!(table.kind, TableKind::Components | TableKind::Saturation) {
        return None;
    }
    // Pictures are for whoever reads them, through a pipe as well.
    let around = Surroundings::read(|name| std::env::var(name).ok(), true, true);
    let glyphs = detect_for_lines(&around).map_or(GlyphSet::Ascii, |found| found.glyphs);
    table.picture.as_ref().map(|picture| picture::draw(picture, Glyphs::of(glyphs), columns()))
}

/// Columns of the terminal; 100 where there is none.
fn columns() -> usize {
    match rustix::termios::tcgetwinsize(std::io::stdout()) {
        Ok(size) if size.ws_col > 0 => usize::from(size.ws_col),
        _ => 100,
    }
}

/// What all conditions let be counted.
fn scope_of(study: &Study, conditions: &[String]) -> Result<Scope, CliError> {
    let mut scope = Scope::default();
    for condition in conditions {
        let here = match condition.split_once('=') {
            Some((name, wanted)) if !name.contains([':', '"']) => {
                Scope::with_value(name.trim(), wanted, study)
            }
            _ => Scope::read(condition, study),
        };
        scope = scope.and(here?);
    }
    Ok(scope)
}
