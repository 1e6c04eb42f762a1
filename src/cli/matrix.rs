//! `combe matrix`: the framework matrix, as states, as summaries, or as a file.

use serde::Serialize;

use super::cited::keep_words_back;
use super::error::CliError;
use super::leaving::{Going, Sent, is_json, json_lines, named_otherwise, not_written_as, send};
use super::outlet::{Outlet, print_file};
use super::output::{cut_words, say_aside};
use super::world::{Opened, World, shown_path};
use crate::analysis::{
    CellState, ColumnsBy, Elsewhere, Matrix, MatrixPlan, MatrixRow, RowsBy, Scope, Sheets, Shows,
};
use crate::export::{Agreement, Contents, Format, InCells, Reach, matrix_contents, matrix_grid};
use crate::study::{Case, Study, Summary};
use crate::text::counted;

/// Print the framework matrix: cases by themes, with what each cell holds, or the summaries.
///
/// The evidence of a cell is counted on layers of record: for a person the quotes that share a word of their speech, for a
/// focus group those in which a participant speaks. A summary is stale when a coding or a text under it changed after it
/// was written.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Rows: mixed (people of interviews, focus groups as groups), participants, transcripts or groups
    #[arg(long, default_value = "mixed")]
    rows: String,
    /// Columns: themes, codes, components (of the study's framework), or the id of another framework
    #[arg(long, default_value = "themes")]
    columns: String,
    /// Group the rows by this attribute
    #[arg(long, value_name = "ATTRIBUTE")]
    group: Option<String>,
    /// Sort the rows by this attribute; several in order
    #[arg(long, value_name = "ATTRIBUTE")]
    sort: Vec<String>,
    /// Only these cases: `group:clinician kind:interview`
    #[arg(long, value_name = "QUERY")]
    only: Option<String>,
    /// List the people of focus groups below them
    #[arg(long)]
    people: bool,
    /// Only cells that hold this: nothing, evidence, drafted, checked or stale
    #[arg(long)]
    state: Option<String>,
    /// Print the summaries
    #[arg(long)]
    summaries: bool,
    /// Print as a table: text, md, latex, csv, docx or xlsx; if not given, as the file's name ends
    #[arg(long, short)]
    format: Option<String>,
    #[command(flatten)]
    outlet: Outlet,
}

/// One cell; one summary of it, where several coders wrote one.
#[derive(Serialize)]
struct Line<'a> {
    case: &'a str,
    kind: &'static str,
    topic: &'a str,
    state: &'static str,
    coder: Option<&'a str>,
    checked_by: Option<&'a str>,
    at: Option<String>,
    text: Option<&'a str>,
    quotes: Vec<String>,
    evidence: Vec<String>,
}

/// What was written, where somebody asked for a file.
#[derive(Serialize)]
struct Written {
    #[serde(flatten)]
    sent: Sent,
    cases: usize,
    columns: usize,
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    let state = args.state.as_deref().map(state_of).transpose()?;
    let format = match (&args.format, args.outlet.file()) {
        (Some(word), _) => Some(Format::parse(word).ok_or_else(|| {
            let known = Format::ALL.map(Format::name).join(", ");
            CliError::Usage(format!("there is no format “{word}”; there is {known}"))
        })?),
        (None, Some(path)) if is_json(path) => None,
        (None, Some(path)) => Some(Format::of_path(path).ok_or_else(|| match path.extension() {
            Some(ending) => {
                let known = Format::ALL.map(Format::name).join(", ");
                not_written_as("a matrix", &ending.to_string_lossy(), &format!("{known} or json"))
            }
            None => CliError::Usage(format!("“{}” does not say the format; add --format", shown_path(path))),
        })?),
        (None, None) => None,
    };
    if let Some(path) = args.outlet.file() {
        let named = Format::of_path(path);
        if let (Some(_), Some(format), Some(ending)) = (&args.format, format, path.extension()) {
            let is_plain = !matches!(format, Format::Docx | Format::Xlsx);
            let is_other = named.is_some_and(|named| named != format && !(named == Format::Text && is_plain));
            if is_other || is_json(path) {
                return Err(named_otherwise(&ending.to_string_lossy(), format.name()));
            }
        }
    }
    args.outlet.check()?;
    args.outlet.refuse_unnamed(matches!(format, Some(Format::Docx | Format::Xlsx)))?;
    let mut opened = args.outlet.open(world)?;
    let kept_back = opened.whole.as_ref().map_or(0, |whole| whole.summaries_kept_back(opened.coder.id));
    if kept_back > 0 {
        let summaries = counted(kept_back, "summary is", "summaries are");
        say_aside(&format!(
            "{summaries} kept back: a summary that rests on hidden words is here again once they are"
        ));
    }
    keep_words_back(&mut opened, Agreement::Quoting, Reach::Written, "")?;
    let study = &opened.study;
    let plan = plan_of(study, args)?;
    let (mut sheets, everything) = (Sheets::default(), Scope::default());
    let counter = sheets.counter_by(study, &everything, None);
    let matrix = Matrix::of(&counter, &plan, Some(opened.coder.id))
        .map_err(|error| CliError::Usage(format!("{error}")))?;
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        return Err(CliError::Nothing(match (matrix.rows.is_empty(), only_words(args)) {
            (true, "") => String::from(
                "there is no case: nobody speaks who is bound to a participant; import transcripts, or say who speaks in them",
            ),
            (true, only) => format!("no case meets “{only}”, so that there are no rows"),
            (false, _) => String::from(match plan.columns {
                ColumnsBy::Themes => {
                    "there is no theme yet: import a codebook with themes, or choose --columns codes"
                }
                ColumnsBy::Codes(_) => "there is no code yet: import a codebook, or code something first",
                ColumnsBy::Components(_) => "this framework has no components: choose --columns codes",
            }),
        }));
    }
    if args.only.is_none() {
        say_elsewhere(&matrix.elsewhere(study, args.people));
    }
    if let Some(format) = format {
        return table(world, &mut opened, (&matrix, &plan), args, format);
    }
    if let Some(path) = args.outlet.file() {
        let lines = lines(study, &matrix, args, state, true);
        let bytes = json_lines(&lines)?;
        let said: Vec<&str> =
            lines.iter().flat_map(|line| [line.case, line.topic, line.text.unwrap_or("")]).collect();
        let text = said.join("\n\n");
        let contents = Contents {
            only: only_words(args).to_owned(),
            ..matrix_contents(study, &matrix, &plan, args.people, InCells::Summaries)
        };
        let going = Going {
            kind: "matrix",
            path,
            bytes: &bytes,
            text: Some(&text),
            contents,
            force: args.outlet.force,
        };
        return written(world, &mut opened, &matrix, args, &going);
    }
    if !world.out.json && !args.summaries && state.is_none() {
        states(world, &matrix, args.people)?;
        return Ok(0);
    }
    let lines = lines(study, &matrix, args, state, world.out.json);
    cells(world, &lines)
}

/// Says aside that summaries are written on other rows or columns, and how they are seen.
fn say_elsewhere(elsewhere: &Elsewhere) {
    if elsewhere.summaries == 0 {
        return;
    }
    let stand = match elsewhere.summaries {
        1 => String::from("1 summary stands"),
        many => format!("{many} summaries stand"),
    };
    let seen_with: Vec<String> = elsewhere
        .shown_by
        .iter()
        .map(|way| match way {
            Shows::Rows(rows) => format!("--rows {}", rows.name()),
            Shows::People => String::from("--people"),
            Shows::Columns(columns) => format!("--columns {columns}"),
        })
        .collect();
    say_aside(&format!("{stand} on other rows or columns; see them with {}", seen_with.join(", ")));
}

fn state_of(word: &str) -> Result<CellState, CliError> {
    CellState::parse(word).ok_or_else(|| {
        let known = CellState::ALL.map(CellState::name).join(", ");
        CliError::Usage(format!("no cell holds “{word}”; what it holds is one of {known}"))
    })
}

fn plan_of(study: &Study, args: &Args) -> Result<MatrixPlan, CliError> {
    let rows = RowsBy::parse(&args.rows).ok_or_else(|| {
        let known = RowsBy::ALL.map(RowsBy::name).join(", ");
        CliError::Usage(format!("rows are {known}, not “{}”", args.rows))
    })?;
    let columns = match args.columns.as_str() {
        "themes" => ColumnsBy::Themes,
        "codes" => ColumnsBy::Codes(None),
        "components" => ColumnsBy::Components(study.settings.framework.clone()),
        framework => ColumnsBy::Components(framework.to_owned()),
    };
    let only = Scope::read(only_words(args), study)?;
    Ok(MatrixPlan { rows, columns, group: args.group.clone(), sort: args.sort.clone(), only })
}

/// The filter of cases in its words; empty for all.
fn only_words(args: &Args) -> &str {
    args.only.as_deref().unwrap_or_default().trim()
}

/// The rows to be printed, each with its place.
fn rows(matrix: &Matrix, people: bool) -> impl Iterator<Item = (usize, &MatrixRow)> {
    matrix.rows.iter().enumerate().filter(move |(_, row)| people || row.depth == 0)
}

/// A letter for every cell.
fn states(world: &mut World, matrix: &Matrix, people: bool) -> Result<(), CliError> {
    for (at, column) in (1..).zip(&matrix.columns) {
        world.out.remark(&format!("{at:>4}  {}", column.name))?;
    }
    let widest =
        rows(matrix, people).map(|(_, row)| row.name.chars().count() + 2 * usize::from(row.depth)).max();
    let widest = widest.unwrap_or(0);
    world.out.remark("")?;
    let heads: String = (1..=matrix.columns.len()).map(|at| format!("{at:>4}")).collect();
    world.out.remark(&format!("{:<widest$}{heads}", ""))?;
    let mut group = None;
    for (at, row) in rows(matrix, people) {
        if row.group != group {
            group = row.group;
            let label = group.and_then(|group| matrix.groups.get(group)).map_or("", |group| group.label());
            world.out.remark(&label.replace('_', " "))?;
        }
        let mut letters = String::from(" ");
        for column in 0..matrix.columns.len() {
            let cell = matrix.cell(at, column);
            let several = cell.is_some_and(|cell| !cell.others.is_empty());
            letters.push_str("  ");
            letters.push(letter(cell.map_or(CellState::Nothing, |cell| cell.state)));
            letters.push(if several { '+' } else { ' ' });
        }
        let name = format!("{}{}", "  ".repeat(usize::from(row.depth)), row.name);
        world.out.remark(format!("{name:<widest$}{letters}").trim_end())?;
    }
    world.out.remark("")?;
    world.out.remark(
        ". nothing   e evidence without a summary   d drafted   c checked   ! stale   + of several coders",
    )
}

fn letter(state: CellState) -> char {
    match state {
        CellState::Nothing => '.',
        CellState::Evidence => 'e',
        CellState::Drafted => 'd',
        CellState::Checked => 'c',
        CellState::Stale => '!',
    }
}

/// The cells that are asked for, once for each summary of them; `all` for those without a summary too.
fn lines<'a>(
    study: &'a Study,
    matrix: &'a Matrix,
    args: &Args,
    state: Option<CellState>,
    all: bool,
) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (at, row) in rows(matrix, args.people) {
        for (column, topic) in matrix.columns.iter().enumerate() {
            let Some(cell) = matrix.cell(at, column) else { continue };
            let written =
                cell.summaries().filter_map(|(id, makes)| Some((study.summaries().get(&id)?, makes)));
            let mut written: Vec<(Option<&Summary>, CellState)> =
                written.map(|(summary, makes)| (Some(summary), makes)).collect();
            if written.is_empty() && !args.summaries && (all || state.is_some()) {
                written.push((None, cell.state));
            }
            written.retain(|(_, makes)| state.is_none_or(|state| state == *makes));
            lines.extend(written.into_iter().map(|(summary, makes)| Line {
                case: &row.name,
                kind: kind_of(row.case, study),
                topic: &topic.name,
                state: makes.name(),
                coder: summary.map(|summary| study.coder_name(summary.coder)),
                checked_by: summary.and_then(|held| held.checked_by).map(|coder| study.coder_name(coder)),
                at: summary.map(|summary| summary.at.to_string()),
                text: summary.map(|summary| summary.text.as_str()),
                quotes: summary.map_or_else(Vec::new, |held| {
                    let shown = held.quotes.iter().filter(|quote| study.quotes().has(quote));
                    shown.map(ToString::to_string).collect()
                }),
                evidence: cell.evidence.iter().map(ToString::to_string).collect(),
            }));
        }
    }
    lines
}

/// One object a cell; for people the cells that hold something, with the summary below.
fn cells(world: &mut World, lines: &[Line<'_>]) -> Result<u8, CliError> {
    for line in lines {
        world.out.result(line, || {
            let who = line.coder.map_or_else(String::new, |coder| format!(", {coder}"));
            let quotes = counted(line.evidence.len(), "quote", "quotes");
            let by = line.checked_by.filter(|by| line.coder != Some(by));
            let by = by.map_or_else(String::new, |by| format!(" by {by}"));
            let head = format!("{}  {}  [{}{by}{who}]  {quotes}", line.case, line.topic, line.state);
            match line.text {
                Some(text) => format!("{head}\n    {}", text.replace('\n', "\n    ")),
                None => head,
            }
        })?;
    }
    if lines.is_empty() {
        world.out.remark("No such cell.")?;
    }
    Ok(u8::from(lines.is_empty()))
}

fn kind_of(case: Case, study: &Study) -> &'static str {
    match case {
        Case::Participant(_) => "participant",
        Case::Group(id) => study.transcripts().get(&id).map_or("transcript", |held| held.kind.name()),
    }
}

fn table(
    world: &mut World,
    opened: &mut Opened,
    (matrix, plan): (&Matrix, &MatrixPlan),
    args: &Args,
    format: Format,
) -> Result<u8, CliError> {
    let within = if args.summaries { InCells::Summaries } else { InCells::States };
    let mut grid = matrix_grid(&opened.study, matrix, plan, args.people, within);
    if !only_words(args).is_empty() {
        grid.title = format!("{}; only {}", grid.title, only_words(args));
    }
    if format.is_sheet() {
        let column = args.group.as_deref().unwrap_or("group").replace('_', " ");
        grid = grid.with_titles_as(&column);
    }
    let bytes = grid.write(format).map_err(|error| CliError::refused(format!("{error}.")))?;
    let Some(path) = args.outlet.file() else {
        print_file(world, &bytes)?;
        return Ok(0);
    };
    let text = grid.words();
    let contents = Contents {
        only: only_words(args).to_owned(),
        ..matrix_contents(&opened.study, matrix, plan, args.people, within)
    };
    let going =
        Going { kind: "matrix", path, bytes: &bytes, text: Some(&text), contents, force: args.outlet.force };
    let cut = grid.cut_cells(format);
    let code = written(world, opened, matrix, args, &going)?;
    if cut > 0 {
        say_aside(&cut_words(cut));
    }
    Ok(code)
}

/// Sends it, and says so.
fn written(
    world: &mut World,
    opened: &mut Opened,
    matrix: &Matrix,
    args: &Args,
    going: &Going<'_>,
) -> Result<u8, CliError> {
    let sent = send(world, opened, going)?;
    let (cases, columns) = (rows(matrix, args.people).count(), matrix.columns.len());
    let line = Written { sent, cases, columns };
    world.out.result(&line, || {
        let (cases, columns) = (counted(cases, "case", "cases"), counted(columns, "column", "columns"));
        line.sent.wrote(&format!("{cases} by {columns}"))
    })?;
    Ok(0)
}
