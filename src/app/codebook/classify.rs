//! Putting a code or a theme under a component of the study's framework.

use super::Model;
use super::questions::CodebookQuestion as Question;
use crate::app::Effect;
use crate::app::ask::{Choice, Chooser};
use crate::study::{Classified, Component};
use crate::text::capitalised;

impl Model {
    /// Puts the chosen code or theme under the component of that number; 0 takes its own classification away.
    pub(in crate::app) fn classify_chosen(&mut self, number: u32) -> Vec<Effect> {
        let Some(of) = self.chosen_to_classify() else { return Vec::new() };
        let components = self.framework_components();
        match components.iter().find(|component| component.position == number) {
            Some(component) => {
                let id = component.id.clone();
                self.classify_thing(of, Some(&id))
            }
            None if number == 0 => self.classify_thing(of, None),
            None => {
                let (all, framework) = (components.len(), &self.study.settings.framework);
                let said = match all {
                    0 => format!("{}.", capitalised(&self.study.no_framework_words())),
                    _ => format!("There is no component {number}: {framework} has {all}."),
                };
                self.refuse(said);
                Vec::new()
            }
        }
    }

    /// Asks for the component by name.
    pub(in crate::app) fn ask_component(&mut self) -> Vec<Effect> {
        let Some(of) = self.chosen_to_classify() else { return Vec::new() };
        let mut choices: Vec<Choice> = self
            .framework_components()
            .into_iter()
            .map(|component| Choice {
                words: component.label.clone(),
                detail: component.abbreviation.clone(),
                answer: component.id.clone(),
            })
            .collect();
        choices.push(Self::choice_of_none("none of its own"));
        let question = format!("“{}” under", self.study.name_of_classified(of));
        self.choose(Chooser::new(question, "a component", choices, Question::Classify(of).asked()))
    }

    /// Puts something under a component, or takes its own classification away.
    pub(super) fn classify_thing(&mut self, of: Classified, component: Option<&str>) -> Vec<Effect> {
        let framework = self.study.settings.framework.clone();
        let name = self.study.name_of_classified(of).to_owned();
        let label = component.map(|id| {
            let known = self.study.components().get(&(framework.clone(), id.to_owned()));
            known.map_or_else(|| id.to_owned(), |component| component.label.clone())
        });
        match (self.study.change_to_classify(of, &framework, component), label) {
            (Some(change), Some(label)) => {
                let label = format!("“{name}” under {label}");
                let effects = self.commit_and_say("classify_code", label.clone(), vec![change]);
                let stays = self.codes_apart_words(of);
                if !effects.is_empty() && !stays.is_empty() {
                    self.say(format!("{label}.{stays}"));
                }
                effects
            }
            (Some(change), None) => {
                let label = format!("“{name}” no longer classified by itself");
                self.commit_and_say("classify_code", label, vec![change])
            }
            (None, Some(label)) => {
                self.refuse(format!("“{name}” is under {label} already."));
                Vec::new()
            }
            (None, None) => {
                self.refuse(format!("“{name}” has no classification of its own to take away."));
                Vec::new()
            }
        }
    }

    /// Where codes of a theme stand, if that is under another component than the theme: a sentence with a blank before it.
    pub(in crate::app) fn codes_apart_words(&self, of: Classified) -> String {
        let Classified::Theme(id) = of else { return String::new() };
        let framework = &self.study.settings.framework;
        let apart = self.study.themes().get(&id).map(|theme| self.study.components_apart(theme, framework));
        let apart: Vec<&str> =
            apart.unwrap_or_default().into_iter().map(|component| component.label.as_str()).collect();
        match apart.as_slice() {
            [] => String::new(),
            apart => format!(" Codes of it stay under {}.", apart.join(" and ")),
        }
    }

    /// Components of the study's framework, in order.
    pub(super) fn framework_components(&self) -> Vec<&Component> {
        self.study.components_of(&self.study.settings.framework)
    }

    fn chosen_to_classify(&mut self) -> Option<Classified> {
        match self.codebook.page {
            super::Page::Themes => self.chosen_theme().map(|theme| Classified::Theme(theme.id)),
            _ => self.chosen_code().map(|code| Classified::Code(code.id)),
        }
    }
}
