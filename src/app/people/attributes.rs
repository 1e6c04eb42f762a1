//! Attributes and their values, edited while reading: of the chosen participant, or of whoever speaks and the transcript.

use std::collections::BTreeMap;

use crate::analysis::Group;
use crate::app::ask::{AsTyped, Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{
    Attribute, AttributeId, AttributeOf, AttributeValue, Change, ParticipantId, Subject, TranscriptId, Value,
    fresh,
};
use crate::text::fold_name;

/// Answers of the list of attributes that are no attribute.
const NEW_OF_PARTICIPANTS: &str = "new participant";
const NEW_OF_TRANSCRIPTS: &str = "new transcript";
/// The answer of the list of values that takes the value away.
const NO_VALUE: &str = " none";

/// Whose attributes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The participant.
    pub person: Option<ParticipantId>,
    /// The transcript.
    pub transcript: Option<TranscriptId>,
}

/// Which value is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedValue {
    /// Whose.
    pub subject: Subject,
    /// Of which attribute.
    pub attribute: AttributeId,
}

/// A value in words, all of several; the blanks as groups call them.
#[must_use]
pub fn value_words(value: Option<&Value>) -> String {
    match value {
        Some(Value::Given(values)) => values.join("; "),
        blank => Group::of(blank).label().to_owned(),
    }
}

impl Setting {
    /// Whose attribute one is that is new: a participant's, if there is one.
    fn new_attribute_of(self) -> AttributeOf {
        if self.person.is_some() { AttributeOf::Participant } else { AttributeOf::Transcript }
    }

    /// Whoever has attributes of that kind.
    fn subject(self, of: AttributeOf) -> Option<Subject> {
        match of {
            AttributeOf::Participant => self.person.map(Subject::Participant),
            AttributeOf::Transcript => self.transcript.map(Subject::Transcript),
        }
    }
}

impl Model {
    /// The participant who speaks under the cursor, and the transcript.
    pub(in crate::app) fn setting_here(&self) -> Setting {
        let Some(open) = &self.read.open else { return Setting { person: None, transcript: None } };
        let turn = open.page.turns().turns.get(open.cursor.turn);
        let voices = self.study.voices_in(open.transcript);
        let person = turn.zip(voices).and_then(|(turn, voices)| voices.of(turn).participant());
        Setting { person, transcript: Some(open.transcript) }
    }

    /// A participant or transcript by name.
    #[must_use]
    pub fn subject_name(&self, subject: Subject) -> &str {
        match subject {
            Subject::Participant(id) => self.person_name(id),
            Subject::Transcript(id) => self.study.transcripts().get(&id).map_or("", |held| &held.name),
        }
    }

    /// Asks which attribute of the chosen participant is to be changed; on the line of one in a profile, that one, and on
    /// one of what they agreed to, that.
    pub(in crate::app) fn ask_attribute_of_chosen(&mut self) -> Vec<Effect> {
        if let Some((person, flag)) = self.chosen_consent() {
            return self.ask_consent(person, flag);
        }
        let Some(person) = self.chosen_person() else { return Vec::new() };
        match self.chosen_attribute() {
            Some(attribute) => {
                self.ask_value(AskedValue { subject: Subject::Participant(person), attribute })
            }
            None => self.ask_attribute(Setting { person: Some(person), transcript: None }),
        }
    }

    /// Asks which attribute is to be changed.
    pub(in crate::app) fn ask_attribute(&mut self, setting: Setting) -> Vec<Effect> {
        let mut choices = Vec::new();
        for of in [AttributeOf::Participant, AttributeOf::Transcript] {
            let Some(subject) = setting.subject(of) else { continue };
            for attribute in self.study.attributes_of(of) {
                let value = value_words(self.study.value_of(subject, attribute));
                let words = format!("{} {}", self.subject_name(subject), attribute.name.replace('_', " "));
                choices.push(Choice { words, detail: value, answer: attribute.id.to_string() });
            }
        }
        for (of, kind, answer) in [
            (AttributeOf::Participant, "participants", NEW_OF_PARTICIPANTS),
            (AttributeOf::Transcript, "transcripts", NEW_OF_TRANSCRIPTS),
        ] {
            if setting.subject(of).is_some() {
                let words = format!("new attribute of {kind} …");
                choices.push(Choice { words, detail: String::new(), answer: answer.to_owned() });
            }
        }
        let is = match setting.new_attribute_of() {
            AttributeOf::Participant => "a new attribute of participants",
            AttributeOf::Transcript => "a new attribute of transcripts",
        };
        let as_typed = Some(AsTyped { is, below: choices.len() });
        let chooser =
            Chooser::new("attribute", "type to search, or a new one", choices, Asked::Attribute(setting));
        self.choose(Chooser { as_typed, ..chooser })
    }

    /// Goes on from the attribute that was answered to its value, or to the name of a new one.
    pub(in crate::app) fn attribute_answered(&mut self, setting: Setting, answer: &str) -> Vec<Effect> {
        match answer {
            NEW_OF_PARTICIPANTS => self.ask_attribute_name(AttributeOf::Participant, setting),
            NEW_OF_TRANSCRIPTS => self.ask_attribute_name(AttributeOf::Transcript, setting),
            answer => match answer.parse().ok().and_then(|id| self.study.attributes().get(&id)) {
                Some(held) => {
                    let (subject, attribute) = (setting.subject(held.of), held.id);
                    let asked = subject.map(|subject| AskedValue { subject, attribute });
                    asked.map_or_else(Vec::new, |asked| self.ask_value(asked))
                }
                None => self.add_attribute(setting.new_attribute_of(), setting, answer),
            },
        }
    }

    /// Asks for the name of a new attribute.
    pub(in crate::app) fn ask_attribute_name(&mut self, of: AttributeOf, setting: Setting) -> Vec<Effect> {
        let kind = match of {
            AttributeOf::Participant => "participants",
            AttributeOf::Transcript => "transcripts",
        };
        self.prompt(format!("new attribute of {kind}"), "its name", "", Asked::AttributeName(of, setting))
    }

    /// Adds an attribute, and asks for its first value. A name that is there already is refused.
    pub(in crate::app) fn add_attribute(
        &mut self,
        of: AttributeOf,
        setting: Setting,
        name: &str,
    ) -> Vec<Effect> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            self.refuse("An attribute needs a name.");
            return Vec::new();
        }
        if let Some(held) = self.study.attribute_named(of, &name) {
            let said = format!("There is an attribute “{}” already.", held.name);
            self.refuse(said);
            return Vec::new();
        }
        let last = self.study.attributes_of(of).last().map(|held| held.position + 1);
        let made = Attribute { id: fresh(&*self.source), name, of, position: last.unwrap_or(0) };
        let (id, label) = (made.id, format!("new attribute “{}”", made.name));
        let mut effects = self.commit("add_attribute", label.clone(), vec![Change::create(made)]);
        if !effects.is_empty() {
            self.say(label);
            if let Some(subject) = setting.subject(of) {
                effects.extend(self.ask_value(AskedValue { subject, attribute: id }));
            }
        }
        effects
    }

    /// Asks for a value: those in use, the three blanks, or whatever is typed.
    pub(in crate::app) fn ask_value(&mut self, asked: AskedValue) -> Vec<Effect> {
        let Some(attribute) = self.study.attributes().get(&asked.attribute) else { return Vec::new() };
        let held = self.study.value_of(asked.subject, attribute);
        let mut choices = self.values_in_use(attribute);
        let in_use = choices.len();
        for blank in [Value::DoesNotApply, Value::Missing, Value::PreferNotToSay] {
            let (words, answer) = (value_words(Some(&blank)), blank.to_cell());
            choices.push(Choice { words, detail: String::from("blank"), answer });
        }
        if held.is_some() {
            let words = String::from("take the value away");
            choices.push(Choice { words, detail: String::new(), answer: NO_VALUE.into() });
        }
        let name = attribute.name.replace('_', " ");
        let question = format!("{} {name} ({})", self.subject_name(asked.subject), value_words(held));
        let chooser = Chooser::new(question, "a value, or several: a; b", choices, Asked::Value(asked));
        // A blank is a decision: no letter of a value stands for one.
        self.choose(Chooser { as_typed: Some(AsTyped { is: "a new value", below: in_use }), ..chooser })
    }

    /// The values of an attribute that somebody has, the commonest first.
    fn values_in_use(&self, attribute: &Attribute) -> Vec<Choice> {
        let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for held in self.study.attribute_values().iter().filter(|held| held.attribute == attribute.id) {
            let Value::Given(values) = &held.value else { continue };
            for value in values {
                counts.entry(fold_name(value)).or_insert_with(|| (value.clone(), 0)).1 += 1;
            }
        }
        let mut values: Vec<(String, usize)> = counts.into_values().collect();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let choice = |(value, count): (String, usize)| Choice {
            words: value.clone(),
            detail: count.to_string(),
            answer: value,
        };
        values.into_iter().map(choice).collect()
    }

    /// Sets the value that was answered.
    pub(in crate::app) fn set_value(&mut self, asked: AskedValue, answer: &str) -> Vec<Effect> {
        let value = if answer == NO_VALUE { None } else { Value::from_cell(answer) };
        if answer.trim().is_empty() {
            self.refuse("Nothing was typed: the value stays.");
            return Vec::new();
        }
        self.put_value(asked, value)
    }

    /// Sets a value, or takes it away. The quote that the one before rested on goes with it.
    pub(super) fn put_value(&mut self, asked: AskedValue, value: Option<Value>) -> Vec<Effect> {
        let AskedValue { subject, attribute } = asked;
        let Some(name) = self.study.attributes().get(&attribute).map(|held| held.name.replace('_', " "))
        else {
            self.refuse("That attribute is not in the study any more.");
            return Vec::new();
        };
        let held = self.study.attribute_values().get(&(subject, attribute)).cloned();
        let words = value_words(value.as_ref());
        let who = self.subject_name(subject).to_owned();
        if held.as_ref().map(|held| &held.value) == value.as_ref() {
            self.refuse(format!("{who}: {name} is {words} already."));
            return Vec::new();
        }
        let after = value.map(|value| AttributeValue { attribute, subject, value, quote: None });
        let mut changes = vec![Change { before: held.map(Into::into), after: after.map(Into::into) }];
        changes.extend(self.study.changes_to_emptied(&changes));
        // A value may say who somebody is: the history names the attribute alone.
        let effects = self.commit("edit_attribute", format!("{who}: {name} changed"), changes);
        if !effects.is_empty() {
            self.say(format!("{who}: {name}: {words}"));
        }
        effects
    }

    /// Takes the value of the chosen line of a profile away.
    pub(in crate::app) fn remove_value(&mut self) -> Vec<Effect> {
        let person = self.people.profile.as_ref().map(|profile| profile.person);
        match person.zip(self.chosen_attribute()) {
            Some((person, attribute)) => {
                self.put_value(AskedValue { subject: Subject::Participant(person), attribute }, None)
            }
            None => {
                self.refuse("Choose an attribute in the profile of a participant first.");
                Vec::new()
            }
        }
    }
}
