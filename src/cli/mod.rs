//! The subcommands: arguments, paths, environment, clock, printing. One file a subcommand.
//!
//! Exit codes: 0 done, 1 the answer is no, 2 usage, 3 data or disk refused, 129 and 143 after HUP and TERM, 0 when
//! whoever read the output has gone.

mod backup;
mod check;
mod cited;
mod code;
mod codes;
mod demo;
mod erase;
mod erasing;
mod error;
mod export;
mod folder;
mod hide;
mod identifiers;
mod import;
mod keys;
mod leaving;
mod lines;
mod log;
mod mark;
mod matrix;
mod new;
mod outlet;
mod output;
mod own_files;
mod pick;
mod picture;
mod preferences;
mod print;
mod quotes;
mod restore;
mod screen;
mod search;
mod show;
mod show_revision;
mod speaker;
mod table;
mod themes;
mod trace;
mod undo;
mod verify;
mod withdraw;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use error::CliError;
use output::{Output, say_error};
use preferences::Wishes;
use world::World;

pub use keys::key_tables;

use crate::run::SystemSource;
use crate::term::survive_file_limit;

/// Read, search and code interview and focus-group transcripts in the terminal.
///
/// Without a subcommand, opens the study in this folder on the screen.
#[derive(Parser)]
#[command(name = "combe", version, arg_required_else_help = false, max_term_width = 100)]
struct Cli {
    /// Folder of the study; this folder, or the nearest above it with a study, if not given
    #[arg(short = 'C', long = "study", value_name = "DIR", global = true)]
    folder: Option<PathBuf>,
    /// Code as this coder
    #[arg(long = "as", value_name = "NAME", global = true)]
    coder: Option<String>,
    /// Show the study as it was, for reading only: the name of a point (`combe mark`), or the number of the action that a snapshot ends with
    #[arg(long, global = true, value_name = "POINT")]
    at: Option<String>,
    /// Print one JSON object per line
    #[arg(long, global = true)]
    json: bool,
    /// On a network disk: take the study over from the host that has it open
    #[arg(long, global = true)]
    take_over: bool,
    /// Append what the program does, with times and without any words of the study, to this file
    #[arg(long, global = true, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Use the keys of this keymap: default or vim
    #[arg(long, global = true, value_name = "NAME")]
    keymap: Option<String>,
    /// Show the screen in this look: default, light, high-contrast, monochrome, or one of your own
    #[arg(long, global = true, value_name = "NAME")]
    theme: Option<String>,
    /// The file with the watch list and the pseudonyms; by default one in your own configuration folder, never in the study
    #[arg(long, global = true, value_name = "FILE")]
    names: Option<PathBuf>,
    /// For screen readers: plain lines that scroll, in place of a screen
    #[arg(long, global = true)]
    linear: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Args),
    New(new::Args),
    Import(import::Args),
    Search(search::Args),
    Show(show::Args),
    Quotes(quotes::Args),
    Print(print::Args),
    Pick(pick::Args),
    Verify(verify::Args),
    Code(code::Args),
    Codes(codes::Args),
    Themes(themes::Args),
    Table(table::Args),
    Matrix(matrix::Args),
    Speaker(speaker::Args),
    Hide(hide::Args),
    Unhide(hide::UnhideArgs),
    Withdraw(withdraw::Args),
    Erase(erase::Args),
    Log(log::Args),
    Undo(undo::Args),
    Mark(mark::Args),
    Check(check::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Export(export::Args),
    Keys(keys::Args),
    /// Print shell completions: `combe completions bash > ~/.local/share/bash-completion/completions/combe`
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page: `combe man | man -l -`
    Man,
}

impl Command {
    /// Whether it changes the study or answers by its exit code: then it goes on though nobody reads it any more. All others print,
    /// or write a file and then say so; they end with whoever reads them, as one expects of `| head`.
    fn does_more_than_list(&self) -> bool {
        !matches!(
            self,
            Self::Search(_)
                | Self::Show(_)
                | Self::Quotes(_)
                | Self::Print(_)
                | Self::Pick(_)
                | Self::Codes(_)
                | Self::Themes(_)
                | Self::Table(_)
                | Self::Matrix(_)
                | Self::Log(_)
                | Self::Export(_)
                | Self::Keys(_)
                | Self::Completions { .. }
                | Self::Man
        )
    }
}

/// Runs the program with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let json = std::env::args_os().take_while(|word| word != "--").any(|word| word == "--json");
            if json && error.use_stderr() {
                let error = CliError::of_arguments(&error);
                say_error(&error, json);
                return ExitCode::from(error.exit_code());
            }
            // Help and version are answers, not errors; a gone reader is neither.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let json = cli.json;
    match run(cli) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            say_error(&error, json);
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(cli: Cli) -> Result<u8, CliError> {
    survive_file_limit()?;
    if let Some(path) = &cli.log {
        trace::log_to(path)?;
    }
    let mut world = World {
        out: Output::new(cli.json),
        source: SystemSource,
        folder: cli.folder,
        at: cli.at,
        coder: cli.coder,
        take_over: cli.take_over,
        wishes: Wishes { keymap: cli.keymap, theme: cli.theme, linear: cli.linear, names: cli.names },
    };
    if cli.command.as_ref().is_some_and(Command::does_more_than_list) {
        world.out.go_on_unheard();
    }
    let code = match &cli.command {
        None => screen::run(&mut world, false),
        Some(Command::Demo(args)) => demo::run(&mut world, args),
        Some(Command::Import(args)) => import::run(&mut world, args),
        Some(Command::New(args)) => new::run(&mut world, args),
        Some(Command::Search(args)) => search::run(&mut world, args),
        Some(Command::Show(args)) => show::run(&mut world, args),
        Some(Command::Quotes(args)) => quotes::run(&mut world, args),
        Some(Command::Print(args)) => print::run(&mut world, args),
        Some(Command::Pick(args)) => pick::run(&mut world, args),
        Some(Command::Verify(args)) => verify::run(&mut world, args),
        Some(Command::Code(args)) => code::run(&mut world, args),
        Some(Command::Codes(args)) => codes::run(&mut world, args),
        Some(Command::Themes(args)) => themes::run(&mut world, args),
        Some(Command::Table(args)) => table::run(&mut world, args),
        Some(Command::Matrix(args)) => matrix::run(&mut world, args),
        Some(Command::Speaker(args)) => speaker::run(&mut world, args),
        Some(Command::Hide(args)) => hide::run(&mut world, args),
        Some(Command::Unhide(args)) => hide::unhide(&mut world, args),
        Some(Command::Withdraw(args)) => withdraw::run(&mut world, args),
        Some(Command::Erase(args)) => erase::run(&mut world, args),
        Some(Command::Log(args)) => log::run(&mut world, args),
        Some(Command::Undo(args)) => undo::run(&mut world, args),
        Some(Command::Mark(args)) => mark::run(&mut world, args),
        Some(Command::Check(args)) => check::run(&mut world, args),
        Some(Command::Backup(args)) => backup::run(&mut world, args),
        Some(Command::Restore(args)) => restore::run(&mut world, args),
        Some(Command::Export(args)) => export::run(&mut world, args),
        Some(Command::Keys(args)) => keys::run(&mut world, args),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "combe", &mut script);
            world.out.bytes(&script).map(|()| 0)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            world.out.bytes(&page).map(|()| 0)
        }
    };
    // What was printed before an error still goes out.
    world.out.flush()?;
    tracing::info!(code = code.as_ref().copied().unwrap_or_else(CliError::exit_code), "ended");
    code
}

/// The subcommands with what each does, as a Markdown table: what the README shows.
#[must_use]
pub fn command_table() -> String {
    let mut table = String::from("| command | what it does |\n| --- | --- |\n");
    for command in Cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        let mut words = vec![format!("combe {}", command.get_name())];
        words.extend(command.get_positionals().map(ToString::to_string));
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let about = about.trim_end_matches('.');
        table.push_str(&format!("| `{}` | {} |\n", words.join(" "), about.replace('|', "\\|")));
    }
    table
}
