//! Changes in words: what became of which thing, with names and addresses, without any text of a transcript or memo.

use serde_json::Value;

use crate::app::people::value_words;
use crate::app::{Model, Spot};
use crate::study::record::describe;
use crate::study::{Change, MemoOn, Quote, QuoteId, Record, Subject};

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
        let thing = |record: &Record| self.thing_of(record, all);
        match (&change.before, &change.after) {
            (None, None) => String::from("something whose words were erased since"),
            (None, Some(after)) => format!("new: {}", thing(after)),
            (Some(before), None) => format!("gone: {}", thing(before)),
            (Some(before), Some(after)) if before == after => format!("words erased: {}", thing(after)),
            (Some(Record::AttributeValue(before)), Some(after @ Record::AttributeValue(now))) => {
                let [before, now] = [&before.value, &now.value].map(|value| value_words(Some(value)));
                format!("changed: {}, {before} before, {now} now", thing(after))
            }
            (Some(before), Some(after)) => {
                format!("changed: {} ({})", thing(after), fields(before, after).join(", "))
            }
        }
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
            Record::AttributeValue(value) => {
                let name = study.attributes().get(&value.attribute).map_or("?", |held| held.name.as_str());
                match value.subject {
                    Subject::Participant(id) => format!("{name} of {}", person(id)),
                    Subject::Transcript(id) => format!("{name} of {}", transcript(id)),
                }
            }
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
