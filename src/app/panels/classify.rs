//! Putting the chosen theme or code under a component.

use crate::analysis::RowOf;
use crate::app::{Effect, Model};
use crate::study::{Change, Classification, Classified};

impl Model {
    /// Classifies the chosen row under the component of that number; 0 takes its own classification away.
    pub(in crate::app) fn classify(&mut self, number: u32) -> Vec<Effect> {
        let of = match self.panels.chosen_row().map(|row| row.of) {
            Some(RowOf::Theme(id)) => Classified::Theme(id),
            Some(RowOf::Code { code, .. }) => Classified::Code(code),
            None => {
                self.refuse("Open a panel and choose a theme or a code in it.");
                return Vec::new();
            }
        };
        let framework = self.study.settings.framework.clone();
        let held = self.study.classifications().get(&(of, framework.clone())).cloned();
        let name = self.name_of_classified(of);
        if number == 0 {
            let Some(held) = held else {
                self.refuse(format!("“{name}” has no classification of its own to take away."));
                return Vec::new();
            };
            let effects =
                self.commit("classify", format!("“{name}” no longer classified"), vec![Change::delete(held)]);
            return self.then_say(effects, format!("“{name}” is not classified by itself any more."));
        }
        let components = self.study.components_of(&framework);
        let Some(component) = components.iter().find(|component| component.position == number) else {
            let all = components.len();
            self.refuse(format!("There is no component {number}: {framework} has {all}."));
            return Vec::new();
        };
        let label = component.label.clone();
        let after = Classification { of, framework, component: component.id.clone() };
        if held.as_ref() == Some(&after) {
            self.refuse(format!("“{name}” is under {label} already."));
            return Vec::new();
        }
        let change = match held {
            Some(held) => Change::update(held, after),
            None => Change::create(after),
        };
        let effects = self.commit("classify", format!("“{name}” under {label}"), vec![change]);
        self.then_say(effects, format!("“{name}” is under {label} now."))
    }

    fn then_say(&mut self, effects: Vec<Effect>, said: String) -> Vec<Effect> {
        if !effects.is_empty() {
            self.say(said);
        }
        effects
    }

    fn name_of_classified(&self, of: Classified) -> String {
        match of {
            Classified::Theme(id) => self.study.themes().get(&id).map(|theme| theme.name.clone()),
            Classified::Code(id) => self.study.codes().get(&id).map(|code| code.name.clone()),
        }
        .unwrap_or_default()
    }
}
