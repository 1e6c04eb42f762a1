//! Errors at the edge: what the user reads, and the exit code.

use std::io;

use crate::analysis::NarrowError;
use crate::store::StoreError;
use crate::study::TemplateError;

/// Why a subcommand ended early.
#[derive(Debug)]
pub(super) enum CliError {
    /// The words of the command line make no sense for this study: exit 2.
    Usage(String),
    /// The answer is no, and a sentence says why: exit 1.
    Nothing(String),
    /// Data or disk refused: exit 3.
    Refused {
        /// What happened and what to do now.
        sentence: String,
        /// The file or thing it happened at.
        place: Option<String>,
    },
    /// Whoever read a list of ours has gone: exit 0, as one expects of `| head`.
    BrokenPipe,
}

impl CliError {
    pub(super) fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused { sentence: sentence.into(), place: None }
    }

    pub(super) fn at(place: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self::Refused { sentence: sentence.into(), place: Some(place.into()) }
    }

    /// What is wrong with the arguments, in one line: without the usage that is printed for people below it.
    pub(super) fn of_arguments(error: &clap::Error) -> Self {
        let text = error.render().to_string();
        let said = text.split("\n\nUsage:").next().unwrap_or_default();
        let said = said.split("\n\nFor more information").next().unwrap_or_default();
        let words: Vec<&str> = said.trim_start_matches("error:").split_whitespace().collect();
        Self::Usage(words.join(" "))
    }

    /// That `what` does not take an option, and what does.
    pub(super) fn not_taken(what: &str, option: &str, takers: &[impl AsRef<str>]) -> Self {
        let takers: Vec<&str> = takers.iter().map(AsRef::as_ref).collect();
        let take = match takers.split_last() {
            Some((last, [])) => format!("only {last} does"),
            Some((last, before)) => format!("{} and {last} do", before.join(", ")),
            None => String::from("none does"),
        };
        Self::Usage(format!("{what} does not take {option}: {take}; leave it out"))
    }

    /// What went wrong, in a sentence.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Usage(sentence) | Self::Nothing(sentence) | Self::Refused { sentence, place: None } => {
                sentence.clone()
            }
            Self::Refused { sentence, place: Some(place) } => format!("{place}: {sentence}"),
            Self::BrokenPipe => String::new(),
        }
    }

    /// 0 on a broken pipe, which ends only what prints, 1 nothing, 2 usage, 3 refused.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Nothing(_) => 1,
            Self::Usage(_) => 2,
            Self::Refused { .. } => 3,
            Self::BrokenPipe => 0,
        }
    }
}

impl From<NarrowError> for CliError {
    /// That nobody is found is an answer; a filter that says nothing is one's own mistake.
    fn from(error: NarrowError) -> Self {
        match error {
            NarrowError::NoSuch { .. } => Self::Nothing(error.to_string()),
            _ => Self::Usage(error.to_string()),
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        Self::refused(error.to_string())
    }
}

impl From<TemplateError> for CliError {
    fn from(error: TemplateError) -> Self {
        Self::refused(error.to_string())
    }
}

impl From<crate::study::Conflict> for CliError {
    fn from(error: crate::study::Conflict) -> Self {
        Self::refused(error.to_string())
    }
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::refused(format!("the output cannot be written: {error}")),
        }
    }
}
