//! Exports for people: quotes, codebook, coded transcripts.

use std::sync::Arc;

use super::super::error::CliError;
use super::super::output::{cut_words, say_aside};
use super::super::quotes as listed;
use super::super::show::find_transcript;
use super::super::world::{Opened, World};
use super::deliver::Parcel;
use super::{Args, Order, Wanted};
use crate::analysis::{Scope, Sheets};
use crate::export::{
    By, Contents, Format, Reach, codebook_grid, coded_transcript, mark_utf8, quote_list, write_proof,
};
use crate::search::Corpus;
use crate::study::{Quote, Transcript, Turns};
use crate::text::counted;

const PRINTED: [Wanted; 6] = [
    Wanted::Print(Format::Markdown),
    Wanted::Print(Format::Text),
    Wanted::Print(Format::Latex),
    Wanted::Print(Format::Csv),
    Wanted::Print(Format::Docx),
    Wanted::Print(Format::Xlsx),
];

pub(super) fn quotes(world: &mut World, args: &Args) -> Result<u8, CliError> {
    no_json(world, args, "combe quotes --json prints quotes as objects")?;
    let format = print_format(args)?;
    let mut opened = args.outlet.open(world)?;
    args.keep_words_back(&mut opened, Reach::All)?;
    let study = &opened.study;
    let corpus = Arc::new(Corpus::of(study));
    let asked = match args.of.is_empty() {
        true => None,
        false => Some(listed::find(&opened, &corpus, &args.of.join(" "))?),
    };
    let layers = listed::listed_layers(&opened, asked.as_ref(), false);
    let wanted = |quote: &Quote| {
        study.is_current(quote)
            && layers.has(quote)
            && asked.as_ref().is_none_or(|(plan, turns)| plan.finds_quote(study, turns, quote))
    };
    let attribution = listed::attribution(study)?;
    let (mut sheets, scope) = (Sheets::default(), Scope::default());
    let counter = sheets.counter(study, &scope);
    let by = match args.by {
        None | Some(Order::Theme) => By::Theme,
        Some(Order::Code) => By::Code,
    };
    let list = quote_list(&counter, &attribution, by, &wanted, args.with_refused)
        .map_err(|error| CliError::refused(format!("{error}.")))?;
    say_left_out(list.left_out);
    if list.is_empty() {
        return Err(no_quote(&args.of.join(" "), list.left_out));
    }
    let bytes = list.write(format).map_err(|error| CliError::refused(error.to_string()))?;
    let cited = args.people_cited(&opened, &list.texts(format))?;
    let contents = Contents { only: args.of.join(" "), ..list.contents(study).citing(cited) };
    say_cut(list.cut_cells(format));
    let words = Some(list.words());
    let rows = list.len();
    let said = counted(rows, "quotation", "quotations");
    let note = (list.quotes() != rows).then(|| {
        let quotes = counted(list.quotes(), "quote", "quotes");
        format!("{quotes}, each under all its {}", if by == By::Theme { "themes" } else { "codes" })
    });
    let parcel = Parcel { kind: "quotes", bytes, words, rows: Some(rows), said, note, contents };
    send(world, &mut opened, args, format, parcel)
}

/// That there is nothing to write: an answer, and no file that would look like one.
fn no_quote(query: &str, left_out: usize) -> CliError {
    let found = match query {
        "" => "there is no quote yet".to_owned(),
        query => format!("no quote meets “{query}”"),
    };
    CliError::Nothing(match left_out {
        0 => format!("{found}; nothing was written"),
        _ => "no other quote was found; nothing was written".to_owned(),
    })
}

pub(super) fn codebook(world: &mut World, args: &Args) -> Result<u8, CliError> {
    no_json(world, args, "combe codes --json prints codes as objects")?;
    let format = print_format(args)?;
    let mut opened = args.outlet.open(world)?;
    let cited = args.keep_words_back(&mut opened, Reach::All)?;
    let (mut sheets, scope) = (Sheets::default(), Scope::default());
    let (grid, contents) = codebook_grid(&sheets.counter(&opened.study, &scope));
    let bytes = grid.write(format).map_err(|error| CliError::refused(error.to_string()))?;
    let rows = grid.rows.len();
    let words = Some(grid.words());
    say_cut(grid.cut_cells(format));
    let said = counted(rows, "code", "codes");
    let contents = contents.citing(cited);
    let parcel = Parcel { kind: "codebook", bytes, words, rows: Some(rows), said, note: None, contents };
    send(world, &mut opened, args, format, parcel)
}

pub(super) fn transcript(world: &mut World, args: &Args) -> Result<u8, CliError> {
    no_json(world, args, "combe show --json prints turns as objects")?;
    let format = match args.choose(&[Wanted::Print(Format::Docx), Wanted::Print(Format::Text)])? {
        Wanted::Print(Format::Text) => Format::Text,
        _ => Format::Docx,
    };
    let [name] = args.of.as_slice() else {
        return Err(CliError::Usage(
            "name one transcript: combe export transcript I43 -o I43.docx, or -o I43.txt to correct it elsewhere".into(),
        ));
    };
    let mut opened = args.outlet.open(world)?;
    args.keep_words_back(&mut opened, Reach::Names)?;
    let transcript = find_transcript(&opened, name)?;
    let text = opened.store.text(transcript.revision)?;
    let turns = opened
        .study
        .turns(transcript.id)
        .ok_or_else(|| CliError::at(&transcript.name, "its turns are not there; run `combe check`"))?;
    let parcel = match format {
        Format::Text => proof(&opened, transcript, (&text, turns), args.with_refused),
        _ => coded(&opened, transcript, (&text, turns), args.with_refused),
    };
    send(world, &mut opened, args, format, parcel)
}

/// With quotes as comments.
fn coded(
    opened: &Opened,
    transcript: &Transcript,
    (text, turns): (&str, &Turns),
    with_refused: bool,
) -> Parcel {
    let coded = coded_transcript(&opened.study, transcript, turns, text, with_refused);
    say_turns_left_out(coded.turns_left_out);
    Parcel {
        kind: "transcript",
        bytes: coded.bytes,
        words: Some(text.to_owned()),
        rows: Some(coded.quotes.len()),
        said: counted(coded.quotes.len(), "quote as a comment", "quotes as comments"),
        note: None,
        contents: Contents::transcripts(&opened.study, [transcript.id], coded.people)
            .with_quotes(&opened.study, coded.quotes.iter().filter_map(|id| opened.study.quotes().get(id))),
    }
}

/// To be corrected elsewhere.
fn proof(
    opened: &Opened,
    transcript: &Transcript,
    (text, turns): (&str, &Turns),
    with_refused: bool,
) -> Parcel {
    let proof = write_proof(&opened.study, transcript, turns, text, with_refused);
    say_turns_left_out(proof.refused);
    if proof.hidden > 0 {
        let turns = counted(proof.hidden, "turn that is hidden", "turns that are hidden");
        say_aside(&format!("left out: {turns}, which a file that comes back leaves as it is"));
    }
    Parcel {
        kind: "transcript",
        bytes: proof.text.into_bytes(),
        words: None,
        rows: Some(proof.turns),
        said: counted(proof.turns, "turn", "turns"),
        note: Some("`combe import --revise` takes it back when it is corrected".into()),
        contents: Contents::transcripts(&opened.study, [transcript.id], proof.people),
    }
}

fn say_turns_left_out(refused: usize) {
    if refused > 0 {
        let turns = counted(refused, "turn", "turns");
        say_aside(&format!(
            "left out: the words of {turns} of people who did not agree to be quoted; --with-refused writes them too"
        ));
    }
}

/// One of the formats of printed lists: Markdown where nobody says.
fn print_format(args: &Args) -> Result<Format, CliError> {
    match args.choose(&PRINTED)? {
        Wanted::Print(format) => Ok(format),
        Wanted::Toml | Wanted::Html => Err(CliError::Usage("TOML is for the codebook alone".into())),
    }
}

pub(super) fn send(
    world: &mut World,
    opened: &mut Opened,
    args: &Args,
    format: Format,
    mut parcel: Parcel,
) -> Result<u8, CliError> {
    if args.bom && format == Format::Csv {
        mark_utf8(&mut parcel.bytes);
    }
    parcel.deliver(world, opened, args.destination())
}

/// What is printed for people has no form as JSON: only the line on the file has.
pub(super) fn no_json(world: &World, args: &Args, instead: &str) -> Result<(), CliError> {
    match world.out.json && args.outlet.file().is_none() {
        true => Err(CliError::Usage(format!("this is written for people: leave --json out; {instead}"))),
        false => Ok(()),
    }
}

/// Says aside that a spreadsheet does not hold some texts whole.
pub(super) fn say_cut(cells: usize) {
    if cells > 0 {
        say_aside(&cut_words(cells));
    }
}

/// Says aside how many quotes consent keeps out.
pub(super) fn say_left_out(quotes: usize) {
    if quotes > 0 {
        let quotes = counted(quotes, "quote", "quotes");
        say_aside(&format!(
            "left out: {quotes} of people who did not agree to be quoted; --with-refused writes them too"
        ));
    }
}
