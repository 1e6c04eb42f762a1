//! `combe check`: is everything as it should be?

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::chain::{self, StoredLink};
use super::{Store, StoreError};
use crate::study::{Quote, Record, Study};

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: &'static str,
    /// Whether all is well.
    pub ok: bool,
    /// How much was looked at or, if not all is well, what is wrong, without text of transcripts.
    pub detail: String,
}

impl Store {
    /// Looks at the database file, the references, the digest chain, the texts, the quotes, and whether the records are
    /// what the history says.
    ///
    /// # Errors
    /// If the database cannot be read at all.
    pub fn check(&mut self) -> Result<Vec<Finding>, StoreError> {
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        let mut findings = vec![
            check_file(&self.connection).map_err(words)?,
            check_references(&self.connection).map_err(words)?,
            check_chain(&self.connection).map_err(words)?,
            check_changes(&self.connection).map_err(words)?,
        ];
        let (study, _) = self.load()?;
        findings.push(self.check_texts(&study));
        findings.push(self.check_quotes(&study));
        findings.push(check_history(&self.connection).map_err(words)?);
        findings.push(self.check_erasures()?);
        Ok(findings)
    }

    fn check_erasures(&self) -> Result<Finding, StoreError> {
        let wrong: Vec<String> = self
            .unfinished_erasure()?
            .into_iter()
            .map(|seq| {
                format!(
                    "the erasure of action {seq} stopped before all files were done: run `combe withdraw --finish`"
                )
            })
            .collect();
        let count: i64 = self
            .connection
            .query_row("SELECT count(*) FROM erasures", [], |row| row.get(0))
            .map_err(|error| self.error(&error))?;
        Ok(finding("erasures", &wrong, format!("{count} erasures are done")))
    }

    fn check_texts(&self, study: &Study) -> Finding {
        let mut wrong = Vec::new();
        for revision in study.revisions().iter() {
            let name = study
                .transcripts()
                .get(&revision.transcript)
                .map_or("?", |transcript| transcript.name.as_str());
            match self.text(revision.id) {
                Ok(text) if crate::document::sha256(text.as_bytes()) == revision.digest => {}
                Ok(_) => wrong.push(format!("{name} revision {} was altered", revision.number)),
                Err(_) => wrong.push(format!("{name} revision {} is gone", revision.number)),
            }
        }
        finding(
            "texts",
            &wrong,
            format!("{} texts are as they came in or were corrected", study.revisions().len()),
        )
    }

    fn check_quotes(&self, study: &Study) -> Finding {
        let mut by_revision: BTreeMap<_, Vec<&Quote>> = BTreeMap::new();
        for quote in study.quotes().iter() {
            by_revision.entry(quote.revision).or_default().push(quote);
        }
        let mut wrong = Vec::new();
        for (revision, quotes) in by_revision {
            let Ok(text) = self.text(revision) else { continue };
            let off =
                quotes.iter().filter(|quote| quote.span.slice(&text) != Some(quote.text.as_str())).count();
            if off > 0 {
                let transcript =
                    study.revisions().get(&revision).and_then(|r| study.transcripts().get(&r.transcript));
                wrong.push(format!(
                    "{off} in {}",
                    transcript.map_or("?", |transcript| transcript.name.as_str())
                ));
            }
        }
        finding("quotes", &wrong, format!("{} quotes are verbatim", study.quotes().len()))
    }
}

fn check_file(connection: &Connection) -> rusqlite::Result<Finding> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let said: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let wrong: Vec<String> = said.into_iter().filter(|line| line != "ok").collect();
    Ok(finding("file", &wrong, "study.db is sound".into()))
}

fn check_references(connection: &Connection) -> rusqlite::Result<Finding> {
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        *wrong.entry(row.get(0)?).or_default() += 1;
    }
    let wrong: Vec<String> = wrong.into_iter().map(|(table, count)| format!("{count} in {table}")).collect();
    Ok(finding("references", &wrong, "every reference leads somewhere".into()))
}

fn check_chain(connection: &Connection) -> rusqlite::Result<Finding> {
    let columns = chain::COLUMNS;
    let mut statement =
        connection.prepare(&format!("SELECT {columns}, prev_hash, hash FROM actions ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    let (mut last, mut count) = (chain::BEGINNING.to_owned(), 0i64);
    let mut wrong = Vec::new();
    while let Some(row) = rows.next()? {
        count += 1;
        let link = StoredLink::read(row)?;
        let (prev_hash, hash): (String, String) = (row.get(11)?, row.get(12)?);
        if link.seq != count || prev_hash != last || link.hash(&prev_hash) != hash {
            wrong.push(format!("the chain breaks at action {}", link.seq));
            break;
        }
        last = hash;
    }
    Ok(finding("history", &wrong, format!("{count} actions, chain whole")))
}

/// Whether changes have the digests that their actions cover. A change whose text was erased has neither record left; its
/// digest still counts for the chain.
fn check_changes(connection: &Connection) -> rusqlite::Result<Finding> {
    let mut wrong = Vec::new();
    let mut count = 0usize;
    let mut actions = connection.prepare("SELECT seq, digest FROM actions ORDER BY seq")?;
    let mut changes = connection.prepare(
        "SELECT kind, key, before, after, salt, digest FROM changes WHERE action = ?1 ORDER BY place",
    )?;
    let mut rows = actions.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, digest): (i64, String) = (row.get(0)?, row.get(1)?);
        let mut digests = Vec::new();
        let mut held = changes.query([seq])?;
        let mut altered = false;
        while let Some(change) = held.next()? {
            count += 1;
            let (kind, key): (String, String) = (change.get(0)?, change.get(1)?);
            let (before, after): (Option<String>, Option<String>) = (change.get(2)?, change.get(3)?);
            let (salt, digest): (Vec<u8>, String) = (change.get(4)?, change.get(5)?);
            let erased = before.is_none() && after.is_none();
            altered |= !erased
                && chain::digest_change(&salt, &kind, &key, before.as_deref(), after.as_deref()) != digest;
            digests.push(digest);
        }
        if altered || chain::digest_changes(digests.iter().map(String::as_str)) != digest {
            wrong.push(format!("action {seq} was altered"));
        }
    }
    Ok(finding("changes", &wrong, format!("{count} changes as they were written")))
}

/// Whether every record is what the last change of it says: a row edited by hand shows here.
fn check_history(connection: &Connection) -> rusqlite::Result<Finding> {
    let mut expected: BTreeMap<(String, String), Option<String>> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT kind, key, after FROM changes ORDER BY action, place")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        expected.insert((row.get(0)?, row.get(1)?), row.get(2)?);
    }
    let records = super::rows::read_all(connection)?;
    let count = records.len();
    let mut off: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut seen = 0usize;
    for record in records {
        let key = record.key_text().map_err(super::rows::unwritable)?;
        let said = expected.get(&(record.kind().to_owned(), key)).cloned().flatten();
        seen += usize::from(said.is_some());
        let said: Option<Record> = said.and_then(|json| serde_json::from_str(&json).ok());
        if said.as_ref() != Some(&record) {
            *off.entry(record.kind()).or_default() += 1;
        }
    }
    let gone = expected.values().filter(|after| after.is_some()).count().saturating_sub(seen);
    let mut wrong: Vec<String> =
        off.into_iter().map(|(kind, count)| format!("{count} of {kind} differ")).collect();
    if gone > 0 {
        wrong.push(format!("{gone} records are gone"));
    }
    Ok(finding("records", &wrong, format!("{count} records are what the history says")))
}

fn finding(check: &'static str, wrong: &[String], well: String) -> Finding {
    match wrong {
        [] => Finding { check, ok: true, detail: well },
        _ => Finding {
            check,
            ok: false,
            detail: wrong.iter().take(20).cloned().collect::<Vec<_>>().join("; "),
        },
    }
}
