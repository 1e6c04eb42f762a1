//! What the tables are made of: groups, filter, what is counted, what together means.

use crate::analysis::{Measure, Scope, TableKind, Together};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use std::collections::BTreeSet;

use crate::study::{AttributeOf, CodeId, ParticipantId};
use crate::text::{counted, fold_name};

/// What an answer about the tables is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableQuestion {
    /// The attribute whose groups stand side by side.
    By,
    /// The second attribute of a crosstab.
    With,
    /// The one code of a crosstab.
    Code,
    /// Whose profile is to be seen, of those of whom nothing is coded.
    Uncoded,
    /// What is counted at all.
    Filter,
}

impl Model {
    /// Lists what a table can be made of.
    pub(in crate::app) fn ask_table(&mut self, question: TableQuestion) -> Vec<Effect> {
        let (title, hint, mut choices) = match question {
            TableQuestion::Filter => {
                let held = self.tables.place.filter.clone();
                let asked = Asked::Table(TableQuestion::Filter);
                return self.prompt("only", "group:clinician kind:interview", &held, asked);
            }
            TableQuestion::Uncoded => return Vec::new(),
            TableQuestion::Code => ("only this code", "with those below it", self.code_choices(|_| true)),
            TableQuestion::By => ("by", "an attribute, or kind", self.group_choices()),
            TableQuestion::With => ("across", "a second attribute, or kind", self.group_choices()),
        };
        choices.push(Choice {
            words: String::from(if question == TableQuestion::Code { "all codes" } else { "nothing" }),
            detail: String::new(),
            answer: String::new(),
        });
        self.choose(Chooser::new(title, hint, choices, Asked::Table(question)))
    }

    /// Lists people of whom nothing is coded, all of them.
    pub(super) fn list_uncoded(&mut self, people: &BTreeSet<ParticipantId>) -> Vec<Effect> {
        let mut choices: Vec<Choice> = people
            .iter()
            .map(|person| Choice {
                words: self.person_name(*person).to_owned(),
                detail: String::new(),
                answer: person.to_string(),
            })
            .collect();
        choices.sort_by_key(|choice| fold_name(&choice.words));
        let question =
            format!("{}, nothing coded here", counted(people.len(), "participant", "participants"));
        self.choose(Chooser::new(
            question,
            "a name; Enter opens the profile",
            choices,
            Asked::Table(TableQuestion::Uncoded),
        ))
    }

    fn group_choices(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        for (of, detail) in
            [(AttributeOf::Participant, "participants"), (AttributeOf::Transcript, "transcripts")]
        {
            choices.extend(self.study.attributes_of(of).into_iter().map(|attribute| Choice {
                words: attribute.name.clone(),
                detail: detail.to_owned(),
                answer: attribute.name.clone(),
            }));
        }
        choices.push(Choice {
            words: String::from("kind"),
            detail: String::from("interviews, focus groups"),
            answer: String::from("kind"),
        });
        choices
    }

    /// Takes the answer.
    pub(in crate::app) fn answer_table(&mut self, question: TableQuestion, answer: &str) -> Vec<Effect> {
        if question == TableQuestion::Uncoded {
            if let Ok(person) = answer.parse() {
                self.leave_mark();
                self.open_profile(person);
            }
            return Vec::new();
        }
        let given = (!answer.is_empty()).then(|| answer.to_owned());
        let place = &mut self.tables.place;
        match question {
            TableQuestion::Uncoded => {}
            TableQuestion::By => place.by = given,
            TableQuestion::With => place.with = given,
            TableQuestion::Code => {
                let code = answer.parse().ok().and_then(|id: CodeId| self.study.codes().get(&id));
                place.code = code.map(|code| code.name.clone());
            }
            TableQuestion::Filter => match Scope::read(answer, &self.study) {
                Ok(_) => answer.trim().clone_into(&mut place.filter),
                Err(error) => {
                    let sentence = error.to_string();
                    let asked = Asked::Table(TableQuestion::Filter);
                    let effects = self.prompt("only", "group:clinician kind:interview", answer, asked);
                    self.refuse(sentence);
                    return effects;
                }
            },
        }
        let place = &mut self.tables.place;
        // Two attributes without a code count participants alone.
        if place.open == Some(TableKind::Crosstab) && place.with.is_some() && place.code.is_none() {
            place.measure = Measure::People;
        }
        place.column = 0;
        self.tables.quotes.open = false;
        Vec::new()
    }

    /// Counts codings instead of people, or people again.
    pub(in crate::app) fn turn_table_measure(&mut self) -> Vec<Effect> {
        let place = &mut self.tables.place;
        if place.open == Some(TableKind::Crosstab) && place.with.is_some() && place.code.is_none() {
            place.measure = Measure::People;
            let keys = self.keys_of("table_of_code");
            self.refuse(format!("Two attributes without a code count participants; {keys} chooses a code."));
            return Vec::new();
        }
        place.measure = match place.measure {
            Measure::People => Measure::Codings,
            Measure::Codings => Measure::People,
        };
        let unit = place.measure.unit().word();
        self.say(format!("Groups and sides count {unit}."));
        Vec::new()
    }

    /// The next meaning of together.
    pub(in crate::app) fn turn_table_together(&mut self) -> Vec<Effect> {
        let place = &mut self.tables.place;
        let (next, words) = match place.together {
            Together::Overlap => (Together::Turn, "Together: in one turn."),
            Together::Turn => (Together::Participant, "Together: said by one participant."),
            Together::Participant => (Together::Overlap, "Together: on overlapping passages."),
        };
        place.together = next;
        self.say(words);
        Vec::new()
    }

    /// Shows the table as a picture, or the numbers again.
    pub(in crate::app) fn turn_table_picture(&mut self) -> Vec<Effect> {
        self.tables.place.picture = !self.tables.place.picture;
        self.tables.notes.open = false;
        self.tables.top = 0;
        Vec::new()
    }
}
