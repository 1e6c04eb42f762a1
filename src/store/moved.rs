//! Quotes of the history where they stand today. A change holds the place that a quote had when it was written; an erasure that
//! came later cut the text, and what stood behind the words that went stands further in front.
//!
//! The history itself is never rewritten for it: its chain would break.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::study::{Change, Quote, QuoteId, Record, RevisionId};
use crate::text::Span;

/// Puts the quotes of an action's changes where their words stand now, if words were erased since. One whose words stand nowhere,
/// or at several places, stays as it is told: then nothing can be done with it, as nothing fits it.
pub(super) fn follow_erasures(
    connection: &Connection,
    seq: i64,
    changes: &mut [Change],
) -> rusqlite::Result<()> {
    let erased_since: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM actions WHERE seq > ?1 AND command IN ('withdraw', 'erase'))",
        [seq],
        |row| row.get(0),
    )?;
    if !erased_since {
        return Ok(());
    }
    let mut today = Today { connection, texts: HashMap::new(), quotes: HashMap::new() };
    for record in changes.iter_mut().flat_map(|change| [&mut change.before, &mut change.after]).flatten() {
        if let Record::Quote(quote) = record
            && let Some(span) = today.place(quote)?
        {
            quote.span = span;
        }
    }
    Ok(())
}

/// What is known of texts and quotes as they are now.
struct Today<'c> {
    connection: &'c Connection,
    texts: HashMap<RevisionId, Option<String>>,
    quotes: HashMap<QuoteId, Vec<Quote>>,
}

impl Today<'_> {
    fn place(&mut self, told: &Quote) -> rusqlite::Result<Option<Span>> {
        let known = self.versions(told.id)?.clone();
        let Some(text) = self.text(told.revision)? else { return Ok(None) };
        if told.text.is_empty() || told.span.slice(text) == Some(&told.text) {
            return Ok(None);
        }
        // Erasures say how far they put a quote that was there; those after the change count, whichever they are.
        let moves: Vec<i64> = known
            .windows(2)
            .filter_map(|pair| match pair {
                [from, to] if from.text == to.text && from.revision == to.revision => {
                    Some(i64::from(to.span.start) - i64::from(from.span.start))
                }
                _ => None,
            })
            .filter(|by| *by != 0)
            .collect();
        for from in 0..moves.len() {
            let by: i64 = moves.iter().skip(from).sum();
            let moved = |byte: u32| u32::try_from(i64::from(byte) + by).ok();
            if let (Some(start), Some(end)) = (moved(told.span.start), moved(told.span.end))
                && (Span { start, end }).slice(text) == Some(&told.text)
            {
                return Ok(Some(Span { start, end }));
            }
        }
        let mut found = text.match_indices(&told.text).map(|(at, words)| Span::new(at, at + words.len()));
        Ok(found.next().filter(|_| found.next().is_none()))
    }

    /// A quote as the history tells of it, oldest first.
    fn versions(&mut self, id: QuoteId) -> rusqlite::Result<&Vec<Quote>> {
        if !self.quotes.contains_key(&id) {
            let mut statement = self.connection.prepare_cached(
                "SELECT before, after FROM changes WHERE kind = 'quotes' AND key = json_quote(?1)
                    ORDER BY action, place",
            )?;
            let mut rows = statement.query([id.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let sides: [Option<String>; 2] = [row.get(0)?, row.get(1)?];
                let read = |json: String| match serde_json::from_str(&json) {
                    Ok(Record::Quote(quote)) => Some(quote),
                    _ => None,
                };
                found.extend(sides.into_iter().flatten().filter_map(read));
            }
            self.quotes.insert(id, found);
        }
        Ok(self.quotes.entry(id).or_default())
    }

    fn text(&mut self, revision: RevisionId) -> rusqlite::Result<Option<&str>> {
        if !self.texts.contains_key(&revision) {
            let text = self
                .connection
                .prepare_cached("SELECT body FROM texts WHERE revision = ?1")?
                .query_row([revision.to_string()], |row| row.get(0))
                .optional()?;
            self.texts.insert(revision, text);
        }
        Ok(self.texts.get(&revision).and_then(Option::as_deref))
    }
}
