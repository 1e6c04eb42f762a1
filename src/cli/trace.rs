//! `--log FILE`: what the program does and how long it takes, for somebody who looks for a fault.
//!
//! No words of transcripts, queries, names or labels go in: events carry counts, times and kinds of errors. Libraries,
//! which may print what they were given, are left out.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

use super::error::CliError;
use super::world::shown_path;

/// Appends the events of this run to `path`, a file that only its owner can read.
///
/// # Errors
/// If the file cannot be opened for writing.
pub(super) fn log_to(path: &Path) -> Result<(), CliError> {
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(|error| {
        CliError::refused(format!(
            "The log {} cannot be written: {error}. Name a file in a folder of yours.",
            shown_path(path)
        ))
    })?;
    let ours = filter_fn(|event| event.target().starts_with("combe"));
    let lines = fmt::layer().with_writer(Mutex::new(file)).with_ansi(false).with_thread_names(true);
    registry().with(lines.with_filter(ours)).init();
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Ok(())
}
