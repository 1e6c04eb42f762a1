//! Errors at the edge: what the user reads, and the exit code.

use std::io;

use crate::store::StoreError;
use crate::study::TemplateError;

/// Why a subcommand ended early.
#[derive(Debug)]
pub(super) enum CliError {
    /// The words of the command line make no sense for this study: exit 2.
    Usage(String),
    /// Data or disk refused: exit 3.
    Refused {
        /// What happened and what to do now.
        sentence: String,
        /// The file or thing it happened at.
        place: Option<String>,
    },
    /// Whoever read our output has gone: exit 0, as one expects of `| head`.
    BrokenPipe,
}

impl CliError {
    pub(super) fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused { sentence: sentence.into(), place: None }
    }

    pub(super) fn at(place: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self::Refused { sentence: sentence.into(), place: Some(place.into()) }
    }

    /// 0 on a broken pipe, 2 usage, 3 refused.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Refused { .. } => 3,
            Self::BrokenPipe => 0,
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
