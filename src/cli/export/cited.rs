//! What an export with a codebook does before it is made: words of people who did not agree go out of its examples,
//! definitions and notes, and whoever exports is told where.

use std::collections::BTreeSet;

use super::super::error::CliError;
use super::super::output::say_aside;
use super::super::world::Opened;
use super::Args;
use crate::export::{Agreement, cited_words};
use crate::study::{ParticipantId, Record};
use crate::text::counted;

/// Codes and themes that are named.
const NAMED: usize = 3;

/// Takes words that may not leave out of the codes and themes, of what is to be exported and not of the study on disk. Gives
/// those whose words are cited and may leave.
pub(super) fn keep_words_back(
    opened: &mut Opened,
    agreement: Agreement,
) -> Result<BTreeSet<ParticipantId>, CliError> {
    let Opened { study, whole, store, .. } = opened;
    let text = |revision| store.text(revision).map_err(|error| error.to_string());
    let cited = cited_words(study, whole.as_ref().unwrap_or(study), agreement, text)
        .map_err(|error| CliError::refused(error.to_string()))?;
    if cited.changes.is_empty() {
        return Ok(cited.people);
    }
    let names: Vec<&str> = cited
        .changes
        .iter()
        .filter_map(|change| match change.record()? {
            Record::Code(code) => Some(code.name.as_str()),
            Record::Theme(theme) => Some(theme.name.as_str()),
            _ => None,
        })
        .collect();
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (whose, and) = match agreement {
        Agreement::Quoting => (
            "people who are hidden or did not agree to be quoted",
            "; --with-refused writes the latter's too",
        ),
        Agreement::Archiving => ("people who are hidden or did not agree to archiving", ""),
        Agreement::Nothing => ("people who are hidden", ""),
    };
    say_aside(&format!(
        "left out of the texts of {} ({}{more}): words of {whose}{and}",
        counted(names.len(), "code or theme", "codes and themes"),
        names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", "),
    ));
    study.apply(&cited.changes).map_err(|conflict| CliError::refused(conflict.to_string()))?;
    Ok(cited.people)
}

impl Args {
    /// What people must have agreed to for their words to be in this export.
    pub(super) fn agreement(&self) -> Agreement {
        if self.with_refused { Agreement::Nothing } else { Agreement::Quoting }
    }
}
