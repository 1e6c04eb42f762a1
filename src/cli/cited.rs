//! What is done before names and texts of codes and themes leave, or memos and summaries: words of people who did not agree go
//! out of them, and whoever asked is told where.

use std::collections::BTreeSet;

use super::error::CliError;
use super::output::say_aside;
use super::world::Opened;
use crate::export::{Agreement, Reach, cited_words, whose_words};
use crate::study::{Change, ParticipantId, Record};
use crate::text::counted;

/// Codes and themes that are named.
const NAMED: usize = 3;

/// What to say where the words of those who did not agree can be had.
pub(super) const WITH_REFUSED: &str = "; --with-refused writes the latter's too";

/// Takes words that may not leave out of texts, as far as `reach` says, of what is to be exported and not of the study on disk.
/// Gives those whose words are cited and may leave.
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
    let records: Vec<&Record> = cited.changes.iter().filter_map(Change::record).collect();
    let whose = match agreement {
        Agreement::Quoting => "people who are hidden or did not agree to be quoted",
        Agreement::Archiving => "people who are hidden or did not agree to archiving",
        Agreement::Nothing => "people who are hidden",
    };
    let hint = if agreement == Agreement::Quoting { hint } else { "" };
    say_aside(&format!("left out of {}: words of {whose}{hint}", places_of(&records)));
    study.apply(&cited.changes).map_err(|conflict| CliError::refused(conflict.to_string()))?;
    Ok(cited.people)
}

/// Whose words some texts of codes and themes cite, from which what may not leave is taken out already.
pub(super) fn people_cited(
    opened: &Opened,
    agreement: Agreement,
    texts: &[&str],
) -> Result<BTreeSet<ParticipantId>, CliError> {
    let text = |revision| opened.store.text(revision).map_err(|error| error.to_string());
    whose_words(&opened.study, agreement, texts, text).map_err(|error| CliError::refused(error.to_string()))
}

/// In what words were found: `the texts of 2 codes and themes (Time, Letters), 1 memo`.
fn places_of(records: &[&Record]) -> String {
    let name = |record: &&Record| match record {
        Record::Code(code) => Some(code.name.clone()),
        Record::Theme(theme) => Some(theme.name.clone()),
        _ => None,
    };
    let names: Vec<String> = records.iter().filter_map(name).collect();
    let memos = records.iter().filter(|record| matches!(record, Record::Memo(_))).count();
    let summaries = records.iter().filter(|record| matches!(record, Record::Summary(_))).count();
    let mut places = Vec::new();
    if !names.is_empty() {
        let more = names.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        places.push(format!(
            "the texts of {} ({}{more})",
            counted(names.len(), "code or theme", "codes and themes"),
            names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ")
        ));
    }
    places.extend((memos > 0).then(|| counted(memos, "memo", "memos")));
    places.extend((summaries > 0).then(|| counted(summaries, "summary", "summaries")));
    places.join(", ")
}
