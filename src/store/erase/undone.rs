//! Texts that no revision has any more: an import or a correction was undone. They are kept for whoever does it again, but
//! nothing says any more who speaks in them, so that they go whole.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::super::texts;
use crate::study::{Record, Study, TranscriptId};

/// Takes away the texts of undone revisions of the transcripts that an erasure touches, and of transcripts that are gone. What
/// brought them cannot be done again: the history says so. Gives how many there were.
pub(super) fn drop_undone_texts(
    connection: &Connection,
    study: &Study,
    touched: &BTreeSet<TranscriptId>,
) -> rusqlite::Result<usize> {
    let known = told_transcripts(connection)?;
    let mut statement = connection.prepare(
        "SELECT revision FROM texts WHERE revision NOT IN (SELECT id FROM revisions) ORDER BY revision",
    )?;
    let undone: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let goes = |revision: &&String| {
        let transcript = known.get(*revision);
        transcript.is_none_or(|held| touched.contains(held) || !study.transcripts().has(held))
    };
    let gone: Vec<&String> = undone.iter().filter(goes).collect();
    for revision in &gone {
        texts::delete(connection, revision)?;
        connection.execute(
            "UPDATE changes SET before = NULL, after = NULL, salt = x'' WHERE kind = 'revisions' AND key = json_quote(?1)",
            [revision],
        )?;
    }
    Ok(gone.len())
}

/// Which transcript each revision that was ever made belongs to, as far as the history still says.
fn told_transcripts(connection: &Connection) -> rusqlite::Result<BTreeMap<String, TranscriptId>> {
    let mut statement = connection
        .prepare("SELECT coalesce(after, before) FROM changes WHERE kind = 'revisions' AND coalesce(after, before) IS NOT NULL")?;
    let told: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let revisions = told.iter().filter_map(|json| match serde_json::from_str(json) {
        Ok(Record::Revision(revision)) => Some((revision.id.to_string(), revision.transcript)),
        _ => None,
    });
    Ok(revisions.collect())
}
