//! Doing something again that was refused, because somebody else was first: the same step on the study as it is now.

use serde_json::Value;

use super::{Change, CodeId, MemoOn, QuoteId, Record, Study};

impl Study {
    /// The changes that do again what `changes` would have done, on what is there now: of a record that was changed
    /// meanwhile only the fields that they change are changed; what is there already is used; what is gone already need
    /// not go. Whether they can be made is for [`Study::apply`] to say.
    #[must_use]
    pub fn changes_again(&self, changes: &[Change]) -> Vec<Change> {
        let mut twins = Twins::default();
        let mut again = Vec::new();
        for change in changes {
            let after = change.after.clone().map(|record| twins.in_place(record));
            again.extend(match (&change.before, after) {
                (Some(before), Some(after)) => self.update_again(before, after),
                (Some(before), None) => self.held(before).map(Change::delete),
                (None, Some(after)) => self.create_again(after, &mut twins),
                (None, None) => None,
            });
        }
        again
    }

    fn update_again(&self, before: &Record, after: Record) -> Option<Change> {
        let Some(held) = self.held(before) else {
            // What somebody deleted comes back as it would have become.
            return Some(Change::create(after));
        };
        let merged = if held == *before { after } else { merged(before, &after, &held).unwrap_or(after) };
        (merged != held).then(|| Change::update(held, merged))
    }

    fn create_again(&self, after: Record, twins: &mut Twins) -> Option<Change> {
        if let Some(held) = self.held(&after) {
            return (held != after).then(|| Change::update(held, after));
        }
        match &after {
            Record::Code(code) => {
                if let Some(held) = self.code_named(&code.name) {
                    twins.codes.push((code.id, held.id));
                    return None;
                }
            }
            Record::Quote(quote) => {
                let own = |held: &&super::Quote| (held.coder, held.revision) == (quote.coder, quote.revision);
                if let Some(held) = self.quotes_at(quote.transcript, quote.span).find(own) {
                    twins.quotes.push((quote.id, held.id));
                    return None;
                }
            }
            Record::Coding(coding) if self.codings_on(coding.quote).any(|held| held.code == coding.code) => {
                return None;
            }
            _ => {}
        }
        Some(Change::create(after))
    }
}

/// Records that were to be made, and those that are there in their place.
#[derive(Default)]
struct Twins {
    codes: Vec<(CodeId, CodeId)>,
    quotes: Vec<(QuoteId, QuoteId)>,
}

impl Twins {
    fn in_place(&self, record: Record) -> Record {
        match record {
            Record::Coding(mut coding) => {
                coding.code = there(&self.codes, coding.code);
                coding.quote = there(&self.quotes, coding.quote);
                Record::Coding(coding)
            }
            Record::Memo(mut memo) => {
                memo.on = match memo.on {
                    MemoOn::Quote(quote) => MemoOn::Quote(there(&self.quotes, quote)),
                    MemoOn::Code(code) => MemoOn::Code(there(&self.codes, code)),
                    other => other,
                };
                Record::Memo(memo)
            }
            other => other,
        }
    }
}

fn there<T: Copy + PartialEq>(twins: &[(T, T)], id: T) -> T {
    twins.iter().find(|(made, _)| *made == id).map_or(id, |(_, held)| *held)
}

/// The record that is there, with the fields that a step changes as the step wants them. `None` if it has no fields.
fn merged(before: &Record, after: &Record, held: &Record) -> Option<Record> {
    let fields = |record: &Record| match serde_json::to_value(record).ok()? {
        // A record is written under the name of its kind.
        Value::Object(outer) => outer.into_iter().next(),
        _ => None,
    };
    let ((_, before), (kind, after), (_, mut held)) = (fields(before)?, fields(after)?, fields(held)?);
    for (name, wanted) in after.as_object()? {
        if before.get(name) != Some(wanted) {
            held.as_object_mut()?.insert(name.clone(), wanted.clone());
        }
    }
    serde_json::from_value(Value::Object([(kind, held)].into_iter().collect())).ok()
}
