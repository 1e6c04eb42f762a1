//! Changes in words: what became of which thing, with names and addresses, without any text of a transcript or memo.

use serde_json::Value;

use crate::app::people::value_words;
use crate::app::{Model, Spot};
use crate::study::record::describe;
use crate::study::{AttributeValue, Change, MemoOn, Quote, QuoteId, Record, Subject};

/// So many changes of one action are told; an import has thousands.
const TOLD: usize = 500;

impl Model {
    /// One line a change.
    pub(super) fn changes_in_words(&self, changes: &[Change]) -> Vec<String> {
        let mut lines: Vec<String> =
            changes.iter().take(TOLD).map(|change| self.change_in_words(change, changes)).collect();
        match changes.len().saturating_sub(TOLD) {
            0 => {}
            more => lines.push(format!("and {more} more")),
        }
        lines
    }

    fn change_in_words(&self, change: &Change, all: &[Change]) -> String {
        if let Some(words) = self.value_in_words(change) {
            return words;
        }
        let thing = |record: &Record| self.thing_of(record, all);
        match (&change.before, &change.after) {
            (None, None) => String::from("something whose words were erased since"),
            (None, Some(after)) => format!("new: {}", thing(after)),
            (Some(before), None) => format!("gone: {}", thing(before)),
            (Some(before), Some(after)) if before == after => format!("words erased: {}", thing(after)),
            (Some(before), Some(after)) => {
                format!("changed: {} ({})", thing(after), fields(before, after).join(", "))
            }
        }
    }

    /// What became of the values of attributes, where an action changed nothing else first: `P13: gender: nothing recorded →
    /// woman`.
    pub(super) fn values_in_words(&self, changes: &[Change]) -> Option<String> {
        self.value_in_words(changes.first()?)
    }

    fn value_in_words(&self, change: &Change) -> Option<String> {
        let value = |side: &Option<Record>| match side {
            Some(Record::AttributeValue(held)) => Some(held.clone()),
            _ => None,
        };
        let (before, after) = (value(&change.before), value(&change.after));
        let about = after.as_ref().or(before.as_ref())?;
        if before == after {
            return None;
        }
        let study = &self.study;
        let name = study.attributes().get(&about.attribute).map_or("?", |held| held.name.as_str());
        let subject = match about.subject {
            Subject::Participant(id) => study.participants().get(&id).map(|held| held.name.as_str()),
            Subject::Transcript(id) => study.transcripts().get(&id).map(|held| held.name.as_str()),
        };
        let words = |held: Option<&AttributeValue>| match held {
            None => String::from("nothing recorded"),
            Some(held) => value_words(Some(&held.value)),
        };
        let name = name.replace('_', " ");
        let (was, is) = (words(before.as_ref()), words(after.as_ref()));
        Some(format!("{}: {name}: {was} → {is}", subject.unwrap_or("somebody who is gone")))
    }

    /// The first passage that some changes are about, if it still stands.
    pub(super) fn passage_of(&self, changes: &[Change]) -> Option<QuoteId> {
        let quotes = changes.iter().filter_map(Change::record).filter_map(|record| match record {
            Record::Quote(quote) => Some(quote.id),
            Record::Coding(coding) => Some(coding.quote),
            _ => None,
        });
        quotes
            .into_iter()
            .find(|id| self.study.quotes().get(id).is_some_and(|held| self.study.is_current(held)))
    }

    fn thing_of(&self, record: &Record, all: &[Change]) -> String {
        let study = &self.study;
        let transcript = |id| study.transcripts().get(&id).map_or("a transcript", |held| held.name.as_str());
        let person = |id| study.participants().get(&id).map_or("a participant", |held| held.name.as_str());
        match record {
            Record::Quote(quote) => format!("quote {}", self.place_of(quote)),
            Record::Coding(coding) => {
                let code = study.codes().get(&coding.code).map_or("a code", |code| code.name.as_str());
                format!("coding “{code}” on {}", self.quote_words(coding.quote, all))
            }
            Record::Memo(memo) => {
                let on = match &memo.on {
                    MemoOn::Quote(id) => self.quote_words(*id, all),
                    on => self.thing_words(on),
                };
                format!("memo on {on}")
            }
            Record::Summary(summary) => {
                format!("summary of {}", self.thing_words(&MemoOn::Cell(summary.case, summary.topic.clone())))
            }
            Record::Classification(held) => format!("classification under {}", held.component),
            Record::Binding(held) => format!("who “{}” is in {}", held.speaker, transcript(held.transcript)),
            Record::TurnVoice(held) => format!("who speaks in {}:{}", transcript(held.transcript), held.turn),
            Record::Consent(held) => format!("consent of {}", person(held.participant)),
            Record::Revision(held) => format!("revision {} of {}", held.number, transcript(held.transcript)),
            Record::LayerOfRecord(held) => format!("layer of record of {}", transcript(held.transcript)),
            Record::Hidden(held) => format!("{} hidden", study.hideable_name(held.what)),
            other => describe(other),
        }
    }

    fn quote_words(&self, id: QuoteId, all: &[Change]) -> String {
        let made = all.iter().filter_map(Change::record).find_map(|record| match record {
            Record::Quote(quote) if quote.id == id => Some(quote),
            _ => None,
        });
        self.study.quotes().get(&id).or(made).map_or_else(|| "a quote".into(), |quote| self.place_of(quote))
    }

    /// The address of a quote; of one in an earlier revision only its transcript, for turns may lie elsewhere now.
    fn place_of(&self, quote: &Quote) -> String {
        let held = self.study.transcripts().get(&quote.transcript);
        match held {
            Some(held) if held.revision == quote.revision => {
                self.address(Spot { transcript: quote.transcript, span: quote.span })
            }
            Some(held) => format!("in {}", held.name),
            None => String::from("in a transcript that is gone"),
        }
    }
}

/// Names of the fields in which two states of a record differ.
fn fields(before: &Record, after: &Record) -> Vec<String> {
    let inner = |record: &Record| match serde_json::to_value(record).ok()? {
        // A record is written under the name of its kind.
        Value::Object(outer) => outer.into_iter().next().map(|(_, inner)| inner),
        _ => None,
    };
    let (Some(Value::Object(before)), Some(Value::Object(after))) = (inner(before), inner(after)) else {
        return Vec::new();
    };
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let differing = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    differing.map(|name| name.replace('_', " ")).collect()
}
