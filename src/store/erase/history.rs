//! The history of an erasure: changes that hold erased words lose their text. Their digests stay, without the salt that would let somebody try words on them,
//! so that the chain still holds; that a change was made, of what and when, stays too.

use rusqlite::Connection;

use super::Touched;
use super::records::{holds_digest_of_definition, holds_digests, resting};
use super::rewrite::{Work, note_quote};
use crate::study::Record;

/// One change of the history that may hold words.
struct Told {
    action: i64,
    place: i64,
    records: Vec<Record>,
    is_last: bool,
}

/// Takes the text out of changes that hold words which go. Gives the records whose last change was one of them.
pub(super) fn erase_history(
    connection: &Connection,
    work: &mut Work<'_>,
    touched: &mut Touched,
) -> rusqlite::Result<Vec<Record>> {
    let mut told = read(connection, work.what.name().is_some())?;
    // Quotes that were deleted before: what was written on them rests on them still.
    for record in told.iter().flat_map(|told| &told.records) {
        if let Record::Quote(quote) = record
            && !work.study.quotes().has(&quote.id)
        {
            work.places_of(quote).iter().for_each(|place| note_quote(work, place));
        }
    }
    told.retain(|told| told.records.iter().any(|record| holds_words(work, record)));
    let mut empty = connection.prepare(
        "UPDATE changes SET before = NULL, after = NULL, salt = x'' WHERE action = ?1 AND place = ?2",
    )?;
    for told in &told {
        empty.execute((told.action, told.place))?;
    }
    touched.changes = told.len();
    Ok(told
        .into_iter()
        .filter(|told| told.is_last)
        .filter_map(|told| told.records.into_iter().next())
        .collect())
}

fn holds_words(work: &mut Work<'_>, record: &Record) -> bool {
    match record {
        Record::Quote(quote) => {
            work.places_of(quote).iter().any(|place| work.loses_words(place))
                || work.what.name().is_some() && work.sweep.cites(&quote.text)
        }
        Record::Summary(summary) if holds_digests(work, summary) => true,
        Record::Review(review) if holds_digest_of_definition(work, review) => true,
        record => resting(work, record) || work.sweep.clean_record(record).is_some(),
    }
}

fn read(connection: &Connection, all_kinds: bool) -> rusqlite::Result<Vec<Told>> {
    let mut statement = connection.prepare(
        "SELECT action, place, before, after, NOT EXISTS (SELECT 1 FROM changes AS later
                WHERE later.kind = own.kind AND later.key = own.key
                    AND (later.action, later.place) > (own.action, own.place))
            FROM changes AS own WHERE (?1 OR kind IN ('quotes', 'memos', 'summaries', 'codes', 'themes', 'reviews',
                'saved_searches', 'attribute_values', 'frameworks', 'components', 'consents')) AND coalesce(before, after) IS NOT NULL",
    )?;
    let mut rows = statement.query([all_kinds])?;
    let mut told = Vec::new();
    while let Some(row) = rows.next()? {
        let sides: [Option<String>; 2] = [row.get(2)?, row.get(3)?];
        let records =
            sides.into_iter().flatten().filter_map(|json| serde_json::from_str(&json).ok()).collect();
        told.push(Told { action: row.get(0)?, place: row.get(1)?, records, is_last: row.get(4)? });
    }
    Ok(told)
}
