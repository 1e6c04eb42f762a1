//! The quotes that values rest on: "I have two boys" says that she is a parent.

use super::value_words;
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model, Spot};
use crate::study::{AttributeId, AttributeOf, AttributeValue, Change, MemoOn, QuoteId, Subject};

impl Model {
    /// Asks which value of the speaker under the cursor, or of the transcript, the passage speaks for.
    pub(in crate::app) fn ask_value_to_link(&mut self) -> Vec<Effect> {
        let setting = self.setting_here();
        let subjects = [
            (AttributeOf::Participant, setting.person.map(Subject::Participant)),
            (AttributeOf::Transcript, setting.transcript.map(Subject::Transcript)),
        ];
        let mut choices = Vec::new();
        for (of, subject) in subjects {
            let Some(subject) = subject else { continue };
            for attribute in self.study.attributes_of(of) {
                let Some(value) = self.study.value_of(subject, attribute) else { continue };
                let name = attribute.name.replace('_', " ");
                let words = format!("{} {name}: {}", self.subject_name(subject), value_words(Some(value)));
                choices.push(Choice { words, detail: String::new(), answer: attribute.id.to_string() });
            }
        }
        if choices.is_empty() {
            let keys = self.keys_of("edit_attribute");
            self.refuse(format!("There is no value here that a passage could speak for; {keys} sets one."));
            return Vec::new();
        }
        let hint = "a value that the passage speaks for";
        self.choose(Chooser::new("it says", hint, choices, Asked::LinkedValue(setting)))
    }

    /// Lets the value that was answered rest on the passage.
    pub(in crate::app) fn link_value(&mut self, setting: super::Setting, answer: &str) -> Vec<Effect> {
        let attribute: Option<AttributeId> = answer.parse().ok();
        let Some(attribute) = attribute.and_then(|id| self.study.attributes().get(&id)).cloned() else {
            return Vec::new();
        };
        let subject = match attribute.of {
            AttributeOf::Participant => setting.person.map(Subject::Participant),
            AttributeOf::Transcript => setting.transcript.map(Subject::Transcript),
        };
        let held =
            subject.and_then(|subject| self.study.attribute_values().get(&(subject, attribute.id))).cloned();
        let spot = self.target().filter(|spot| !spot.span.is_empty());
        let (Some(held), Some(spot)) = (held, spot) else {
            self.refuse("There are no words here that a value could rest on.");
            return Vec::new();
        };
        let Some((quote, mut changes)) = self.quote_on(spot) else { return Vec::new() };
        let quote = quote.id;
        let who = self.subject_name(held.subject).to_owned();
        let label =
            format!("{}: {who}: {} rests on it", self.address(spot), attribute.name.replace('_', " "));
        let after = AttributeValue { quote: Some(quote), ..held.clone() };
        if after == held {
            self.refuse(format!("{label} already."));
            return Vec::new();
        }
        changes.push(Change::update(held, after));
        changes.extend(self.study.changes_to_emptied(&changes));
        let effects = self.commit("link_value", label.clone(), changes);
        if !effects.is_empty() {
            self.say(label);
        }
        effects
    }

    /// The value of the chosen line of a profile.
    fn chosen_value(&mut self) -> Option<AttributeValue> {
        let person = self.people.profile.as_ref().map(|profile| profile.person)?;
        let attribute = self.chosen_attribute()?;
        self.study.attribute_values().get(&(Subject::Participant(person), attribute)).cloned()
    }

    /// Goes to the quote that the chosen value rests on.
    pub(in crate::app) fn go_to_evidence(&mut self) -> Vec<Effect> {
        match self.chosen_value().and_then(|value| value.quote) {
            Some(quote) => self.go_to_thing(MemoOn::Quote(quote)),
            None => {
                let word = "The chosen line is no value that rests on a quote; in a transcript, the command link_value \
                            makes one do so.";
                self.refuse(word);
                Vec::new()
            }
        }
    }

    /// The chosen value rests on no quote any more.
    pub(in crate::app) fn unlink_value(&mut self) -> Vec<Effect> {
        let Some(held) = self.chosen_value().filter(|value| value.quote.is_some()) else {
            self.refuse("The chosen line is no value that rests on a quote.");
            return Vec::new();
        };
        let name = self.study.attributes().get(&held.attribute).map_or("", |attribute| &attribute.name);
        let label =
            format!("{}: {} rests on no quote", self.subject_name(held.subject), name.replace('_', " "));
        let after = AttributeValue { quote: None, ..held.clone() };
        let mut changes = vec![Change::update(held, after)];
        changes.extend(self.study.changes_to_emptied(&changes));
        let effects = self.commit("unlink_value", label.clone(), changes);
        if !effects.is_empty() {
            self.say(label);
        }
        effects
    }

    /// The passage of a quote that a value rests on, as people write it.
    pub(super) fn evidence_words(&self, quote: Option<QuoteId>) -> Option<String> {
        let quote = self.study.quotes().get(&quote?)?;
        Some(self.address(Spot { transcript: quote.transcript, span: quote.span }))
    }
}
