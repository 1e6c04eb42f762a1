//! The orders of the list of participants.

use std::cmp::Reverse;
use std::sync::Arc;

use super::PersonRow;
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::AttributeId;
use crate::text::fold_name;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Name, numbers by size.
    #[default]
    Name,
    /// Transcripts, most first.
    Transcripts,
    /// Words, most first.
    Words,
    /// Codings, most first.
    Codings,
    /// Memos, most first.
    Memos,
    /// Those who did not agree to something first.
    Consent,
    /// The value of an attribute.
    Attribute(AttributeId),
}

impl Order {
    /// Sorts rows that are in the order of their names.
    pub(super) fn sort(self, rows: &mut [Arc<PersonRow>], attributes: &[(AttributeId, String)]) {
        match self {
            Order::Name => {}
            Order::Transcripts => rows.sort_by_key(|row| Reverse(row.transcripts)),
            Order::Words => rows.sort_by_key(|row| Reverse(row.words)),
            Order::Codings => rows.sort_by_key(|row| Reverse(row.codings)),
            Order::Memos => rows.sort_by_key(|row| Reverse(row.memos)),
            Order::Consent => rows.sort_by_key(|row| {
                row.consent
                    .as_ref()
                    .is_none_or(|held| held.analyse && held.quote && held.archive && held.withdrawn.is_none())
            }),
            Order::Attribute(id) => {
                let Some(at) = attributes.iter().position(|(held, _)| *held == id) else { return };
                let value = |row: &PersonRow| row.values.get(at).map(|value| fold_name(value));
                // Blanks come last.
                let blank = |row: &PersonRow| row.blanks.get(at).copied();
                rows.sort_by_cached_key(|row| (blank(row), value(row)));
            }
        }
    }
}

impl Model {
    /// Sorts the list.
    pub(in crate::app) fn sort_people(&mut self, order: &str) -> Vec<Effect> {
        let order = match order {
            "name" => Order::Name,
            "transcripts" => Order::Transcripts,
            "words" => Order::Words,
            "codings" => Order::Codings,
            "memos" => Order::Memos,
            "consent" => Order::Consent,
            "attribute" => return self.ask_sort_attribute(),
            _ => {
                self.refuse(
                    "People are sorted by name, transcripts, words, codings, memos, consent or attribute.",
                );
                return Vec::new();
            }
        };
        self.set_people_order(order);
        Vec::new()
    }

    fn set_people_order(&mut self, order: Order) {
        self.people.order = order;
        self.people.list.list_again();
    }

    fn ask_sort_attribute(&mut self) -> Vec<Effect> {
        let choice = |(id, name): &(AttributeId, String)| Choice {
            words: name.replace('_', " "),
            detail: String::new(),
            answer: id.to_string(),
        };
        let choices: Vec<Choice> = self.people.attributes.iter().map(choice).collect();
        if choices.is_empty() {
            self.refuse("Participants have no attributes yet.");
            return Vec::new();
        }
        self.choose(Chooser::new("sort by", "an attribute", choices, Asked::SortAttribute))
    }

    /// Sorts by the attribute that was answered, and brings its column in sight.
    pub(in crate::app) fn sort_people_by_attribute(&mut self, answer: &str) -> Vec<Effect> {
        if let Ok(id) = answer.parse() {
            self.set_people_order(Order::Attribute(id));
            let at = self.people.attributes.iter().position(|(held, _)| *held == id);
            self.people.first_attribute = at.unwrap_or(0);
        }
        Vec::new()
    }
}
