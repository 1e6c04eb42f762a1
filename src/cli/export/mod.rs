//! `combe export`: what leaves the study, in the formats that people use and in the shapes that import reads.

mod bundle;
mod deliver;
mod printed;
mod tables;
mod takes;

use std::collections::BTreeSet;

use clap::ValueEnum;

use super::cited::{WITH_REFUSED, keep_words_back, people_cited};
use super::error::CliError;
use super::leaving::{is_json, named_otherwise, not_written_as};
use super::outlet::Outlet;
use super::world::{Opened, World};
use crate::export::{Agreement, Format, Reach};
use crate::study::ParticipantId;
use deliver::Destination;

const EXAMPLES: &str = "Examples:
  combe export quotes -o quotes.docx
  combe export quotes theme:time group:clinician --format md
  combe export codebook -o codebook.xlsx
  combe export transcript I43 -o I43.docx
  combe export transcript I43 -o I43.txt, and when it is corrected: combe import I43.txt --revise
  combe export review -o review.xlsx, and when it comes back: combe import review.xlsx --as bea
  combe export report -o report.html
  combe export archive bundle";

/// Write quotes, codebook, transcripts, tables and reports to stdout or a file.
///
/// For people: quotes and codebook as docx, md, latex, csv, xlsx or text; transcript as docx, or as text to be
/// corrected elsewhere; review as xlsx or docx, to be
/// filled in and imported; report as html; archive as a folder. The format follows from --format, else from the end of the
/// file's name.
///
/// For import: codings, codebook (TOML, CSV), participants and sessions, in the shape that import reads; memos too, which it
/// does not. Offsets are Unicode code points. With --json, each of their rows is an object.
///
/// Most of these hold participants' words: mind where they go. Quotes of people who did not agree to be quoted are left out.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// What to write
    what: What,
    /// Of what: a query for quotes, a transcript's name, the folder of an archive
    of: Vec<String>,
    #[command(flatten)]
    outlet: Outlet,
    /// text, md, latex, csv, docx, xlsx, html or toml; if not given, as the file's name ends
    #[arg(long, short, value_name = "FORMAT", value_parser = parse_wanted)]
    format: Option<Wanted>,
    /// Quotes in order of: theme (if not given) or code
    #[arg(long, value_enum)]
    by: Option<Order>,
    /// How many quotes stand beside each code of a review sheet; 5 if not given
    #[arg(long, value_name = "NUMBER")]
    quotes: Option<usize>,
    /// Also write quotes of people who did not agree to be quoted, for a copy that stays with the study
    #[arg(long)]
    with_refused: bool,
    /// Write the codebook as CSV, for a spreadsheet: codes alone. The same as --format csv
    #[arg(long)]
    csv: bool,
    /// Begin a CSV file with the mark by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Quotes by theme or code, with their attributions
    Quotes,
    /// codebook.toml: codes and themes; codebook.csv: codes; any other format: for people, with counts
    Codebook,
    /// docx: a coded transcript, codes as comments of Word; text: a transcript to correct elsewhere, which import --revise takes back
    Transcript,
    /// A sheet on which a coauthor decides on codes and themes
    Review,
    /// A page with a chart, all themes and quotes, and a search in it
    Report,
    /// A folder for an archive: transcripts of those who agreed, data list, codebook
    Archive,
    /// codings.csv: transcript,start,end,quote,code,valence,coder,memo
    Codings,
    /// memos.csv, on whatever they are: on,thing,transcript,start,end,quote,kind,coder,at,text
    Memos,
    /// participants.csv: everybody, where they speak, consent, attributes; a template to fill in and import
    Participants,
    /// sessions.csv: transcripts with their attributes
    Sessions,
    /// The study's framework as TOML, to make one of your own from it: combe new DIR --framework FILE
    Framework,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    Theme,
    Code,
}

/// A format somebody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Print(Format),
    Html,
    Toml,
}

impl Wanted {
    /// Whether any program that shows text shows it.
    fn is_plain(self) -> bool {
        !matches!(self, Wanted::Html | Wanted::Print(Format::Docx | Format::Xlsx))
    }

    fn name(self) -> &'static str {
        match self {
            Wanted::Print(format) => format.name(),
            Wanted::Html => "html",
            Wanted::Toml => "toml",
        }
    }
}

fn parse_wanted(word: &str) -> Result<Wanted, String> {
    match word.to_ascii_lowercase().as_str() {
        "toml" => Ok(Wanted::Toml),
        "html" | "htm" => Ok(Wanted::Html),
        word => Format::parse(word)
            .map(Wanted::Print)
            .ok_or_else(|| "write one of text, md, latex, csv, docx, xlsx, html, toml".into()),
    }
}

impl Args {
    /// The format asked for, or the one that the file's name ends in.
    fn wanted(&self) -> Option<Wanted> {
        if self.csv {
            return Some(Wanted::Print(Format::Csv));
        }
        let by_name = || parse_wanted(self.ending()?).ok();
        self.format.or_else(by_name)
    }

    /// What the file's name ends in.
    fn ending(&self) -> Option<&str> {
        self.outlet.ending()
    }

    /// Whether the file's name, and nothing else, says that it is to hold JSON.
    fn is_json(&self) -> bool {
        self.format.is_none() && !self.csv && self.outlet.file().is_some_and(is_json)
    }

    /// The format for `what`, one of `offered`, of which the first is taken where nobody says.
    fn choose(&self, offered: &[Wanted]) -> Result<Wanted, CliError> {
        let what = self.what.name();
        let names: Vec<&str> = offered.iter().map(|format| format.name()).collect();
        let asked = match self.wanted() {
            Some(asked) => asked,
            // `I43.pdf` must not be a Word file, nor `quotes.json` Markdown.
            None => match (self.ending(), offered.first()) {
                (Some(ending), _) => return Err(not_written_as(&what, ending, &names.join(", "))),
                (None, Some(first)) => *first,
                (None, None) => return Err(CliError::Usage(format!("{what} has no format"))),
            },
        };
        if offered.contains(&asked) {
            self.refuse_other_ending(asked)?;
            if self.bom && asked != Wanted::Print(Format::Csv) {
                return Err(CliError::Usage(format!(
                    "--bom is a mark of CSV, and this is written as {}: leave it out",
                    asked.name()
                )));
            }
            self.outlet.refuse_unnamed(matches!(asked, Wanted::Print(Format::Docx | Format::Xlsx)))?;
            return Ok(asked);
        }
        // What is plain text in any case may be called so (`codings.txt`) where there is but one format.
        match (self.format, offered) {
            (None, [only]) if asked == Wanted::Print(Format::Text) && only.is_plain() => Ok(*only),
            _ => Err(CliError::Usage(format!(
                "{what} cannot be written as {}; write {}",
                asked.name(),
                names.join(", ")
            ))),
        }
    }

    /// `-o notes.md --format docx` would be a file of Word that is called Markdown.
    fn refuse_other_ending(&self, asked: Wanted) -> Result<(), CliError> {
        let Some(ending) = self.ending() else { return Ok(()) };
        let is_other = match parse_wanted(ending) {
            // Plain text may be called so in any case.
            Ok(Wanted::Print(Format::Text)) => !asked.is_plain(),
            Ok(by_name) => by_name != asked,
            Err(_) => self.outlet.file().is_some_and(is_json),
        };
        if is_other { Err(named_otherwise(ending, asked.name())) } else { Ok(()) }
    }

    /// What people must have agreed to for their words to be in this export.
    fn agreement(&self) -> Agreement {
        if self.with_refused { Agreement::Nothing } else { Agreement::Quoting }
    }

    /// Keeps words back from codes and themes; gives those whose words are cited and may leave.
    fn keep_words_back(
        &self,
        opened: &mut Opened,
        reach: Reach,
    ) -> Result<BTreeSet<ParticipantId>, CliError> {
        keep_words_back(opened, self.agreement(), reach, WITH_REFUSED)
    }

    /// Whose words these texts of codes and themes cite.
    fn people_cited(&self, opened: &Opened, texts: &[&str]) -> Result<BTreeSet<ParticipantId>, CliError> {
        people_cited(opened, self.agreement(), texts)
    }

    fn destination(&self) -> Destination<'_> {
        Destination { outlet: &self.outlet, with_refused: self.with_refused }
    }
}

pub(super) fn run(world: &mut World, args: &Args) -> Result<u8, CliError> {
    args.refuse_not_taken()?;
    if args.what != What::Archive {
        args.outlet.check()?;
    }
    match args.what {
        What::Quotes => printed::quotes(world, args),
        What::Transcript => printed::transcript(world, args),
        What::Review => bundle::review(world, args),
        What::Report => bundle::report_page(world, args),
        What::Archive => bundle::archive_folder(world, args),
        What::Framework => tables::framework(world, args),
        What::Codebook if !tables::is_for_import(args)? => printed::codebook(world, args),
        What::Codebook | What::Codings | What::Memos | What::Participants | What::Sessions => {
            tables::run(world, args)
        }
    }
}
