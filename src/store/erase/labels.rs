//! Labels and reasons of the history that lose a name. The hashes of the chain cover them as they were, so that a hash could
//! confirm who guesses the name: the chain is made anew from the first of them on.

use rusqlite::Connection;

use super::super::chain::{self, StoredLink};
use crate::study::Name;

/// Takes a name out of labels, reasons and keys. Gives the numbers of the actions that had it.
pub(super) fn erase_labels(connection: &Connection, name: &Name) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare("SELECT seq, label, reason FROM actions ORDER BY seq")?;
    let told: Vec<(i64, String, Option<String>)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut touched = Vec::new();
    for (seq, label, reason) in told {
        let clean = name.clean(&label, true);
        let clean_reason = reason.as_deref().and_then(|reason| name.clean(reason, true));
        if clean.is_none() && clean_reason.is_none() {
            continue;
        }
        connection.execute(
            "UPDATE actions SET label = ?2, reason = ?3 WHERE seq = ?1",
            (seq, clean.unwrap_or(label), clean_reason.or(reason)),
        )?;
        touched.push(seq);
    }
    if let Some(first) = touched.first() {
        chain_anew(connection, *first)?;
    }
    Ok(touched)
}

/// Takes a name out of the keys of changes whose text was erased.
pub(super) fn erase_keys(connection: &Connection, name: &Name) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare("SELECT DISTINCT key FROM changes WHERE before IS NULL AND after IS NULL")?;
    let keys: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for key in keys {
        if let Some(clean) = name.clean(&key, true) {
            connection.execute(
                "UPDATE changes SET key = ?2 WHERE key = ?1 AND before IS NULL AND after IS NULL",
                (key, clean),
            )?;
        }
    }
    Ok(())
}

/// Makes the hashes of the history anew from an action on.
fn chain_anew(connection: &Connection, first: i64) -> rusqlite::Result<()> {
    let mut prev_hash: String = match first {
        1 => chain::BEGINNING.to_owned(),
        _ => {
            connection.query_row("SELECT hash FROM actions WHERE seq = ?1", [first - 1], |row| row.get(0))?
        }
    };
    let columns = chain::COLUMNS;
    let mut statement =
        connection.prepare(&format!("SELECT {columns} FROM actions WHERE seq >= ?1 ORDER BY seq"))?;
    let mut hashes = Vec::new();
    let mut rows = statement.query([first])?;
    while let Some(row) = rows.next()? {
        let link = StoredLink::read(row)?;
        let hash = link.hash(&prev_hash);
        hashes.push((link.seq, std::mem::replace(&mut prev_hash, hash.clone()), hash));
    }
    let mut update = connection.prepare("UPDATE actions SET prev_hash = ?2, hash = ?3 WHERE seq = ?1")?;
    hashes.into_iter().try_for_each(|hashes| update.execute(hashes).map(|_| ()))
}
