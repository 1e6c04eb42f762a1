//! What is done before names and texts of codes and themes leave: words of people who did not agree go out of them, and whoever
//! asked is told where.

use std::collections::BTreeSet;

use super::error::CliError;
use super::output::say_aside;
use super::world::Opened;
use crate::export::{Agreement, Reach, cited_words};
use crate::study::{ParticipantId, Record};
use crate::text::counted;

/// Codes and themes that are named.
const NAMED: usize = 3;

/// What to say where the words of those who did not agree can be had.
pub(super) const WITH_REFUSED: &str = "; --with-refused writes the latter's too";

/// Takes words that may not leave out of the codes and themes, as far as `reach` says, of what is to be exported and not of the study on disk. Gives
/// those whose words are cited and may leave.
pub(super) fn keep_words_back(
    opened: &mut Opened,
    agreement: Agreement,
    reach: Reach,
    hint: &str,
) -> Result<BTreeSet<ParticipantId>, CliError> {
    let Opened { study, whole, store, .. } = opened;
    let text = |revision| store.text(revision).map_err(|error| error.to_string());
    let cited = cited_words(study, whole.as_ref().unwrap_or(study), agreement, reach, text)
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
    let whose = match agreement {
        Agreement::Quoting => "people who are hidden or did not agree to be quoted",
        Agreement::Archiving => "people who are hidden or did not agree to archiving",
        Agreement::Nothing => "people who are hidden",
    };
    let hint = if agreement == Agreement::Quoting { hint } else { "" };
    say_aside(&format!(
        "left out of the texts of {} ({}{more}): words of {whose}{hint}",
        counted(names.len(), "code or theme", "codes and themes"),
        names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", "),
    ));
    study.apply(&cited.changes).map_err(|conflict| CliError::refused(conflict.to_string()))?;
    Ok(cited.people)
}
