//! Putting themes and codes under a component: the marked rows, or the chosen one, in one action.

use crate::analysis::{PanelRow, RowOf};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{Change, Classification, Classified};
use crate::text::capitalised;

/// What a row stands for, if it can be classified.
pub(super) fn classified(row: &PanelRow) -> Option<Classified> {
    match row.of {
        RowOf::Theme(id) => Some(Classified::Theme(id)),
        RowOf::Code { code, .. } => Some(Classified::Code(code)),
        RowOf::Total => None,
    }
}

impl Model {
    /// Marks the chosen row, or takes its mark away, and goes on to the next one.
    pub(in crate::app) fn toggle_row_mark(&mut self) -> Vec<Effect> {
        let Some(of) = self.panels.chosen_row().and_then(classified) else {
            self.refuse("Open a panel and choose a theme or a code in it.");
            return Vec::new();
        };
        if !self.panels.marked.remove(&of) {
            self.panels.marked.insert(of);
        }
        self.step_panels(1);
        Vec::new()
    }

    /// Marks all rows, or takes all marks away.
    pub(in crate::app) fn mark_all_rows(&mut self, all: bool) -> Vec<Effect> {
        let rows = self.panels.shown().into_iter().flat_map(|panel| &panel.rows);
        self.panels.marked = if all { rows.filter_map(classified).collect() } else { Default::default() };
        let keys = self.keys_of("choose_component");
        self.say(match self.panels.marked.len() {
            0 => String::from("No row is marked."),
            n => format!("{n} marked; {keys} lists the components to put them under."),
        });
        Vec::new()
    }

    /// Esc: from the quotes to the rows, else to everything being counted, else no row marked.
    pub(in crate::app) fn leave_panel(&mut self) {
        let marked = self.panels.marked.len();
        self.panels.leave();
        if marked > 0 && self.panels.marked.is_empty() {
            self.say(match marked {
                1 => String::from("The row is not marked any more."),
                _ => format!("{marked} rows are not marked any more."),
            });
        }
    }

    /// What is to be classified: the marked rows, else the chosen one.
    fn to_classify(&self) -> Vec<Classified> {
        if self.panels.marked.is_empty() {
            return self.panels.chosen_row().and_then(classified).into_iter().collect();
        }
        self.panels.marked.iter().copied().collect()
    }

    /// Classifies under the component of that number; 0 takes classifications of their own away.
    pub(in crate::app) fn classify(&mut self, number: u32) -> Vec<Effect> {
        self.classify_with(number, None)
    }

    /// The same after asking why.
    pub(in crate::app) fn ask_reason(&mut self, number: u32) -> Vec<Effect> {
        if self.to_classify().is_empty() {
            return self.classify(number);
        }
        self.prompt(
            "why",
            "the reason, for the history; Enter alone gives none",
            "",
            Asked::ReasonFor(number),
        )
    }

    /// Classifies, with a reason if one was given.
    pub(in crate::app) fn classify_because(&mut self, number: u32, reason: &str) -> Vec<Effect> {
        self.classify_with(number, Some(reason.to_owned()).filter(|reason| !reason.is_empty()))
    }

    /// Lists the components, to classify under one.
    pub(in crate::app) fn choose_component(&mut self, with_reason: bool) -> Vec<Effect> {
        let what = match self.to_classify().as_slice() {
            [] => return self.classify(0),
            [one] => format!("put “{}” under", self.study.name_of_classified(*one)),
            many => format!("put {} rows under", many.len()),
        };
        let mut choices: Vec<Choice> = self
            .components()
            .into_iter()
            .map(|component| Choice {
                words: format!("{} {}", component.position, component.label),
                detail: component.definition.clone(),
                answer: component.position.to_string(),
            })
            .collect();
        let (words, detail) = (String::from("0 no component"), String::from("takes the classification away"));
        choices.push(Choice { words, detail, answer: String::from("0") });
        self.choose(Chooser::new(what, "a component", choices, Asked::ComponentFor(with_reason)))
    }

    /// Takes the component that was chosen.
    pub(in crate::app) fn classify_by(&mut self, answer: &str, with_reason: bool) -> Vec<Effect> {
        match answer.parse() {
            Ok(number) if with_reason => self.ask_reason(number),
            Ok(number) => self.classify(number),
            Err(_) => Vec::new(),
        }
    }

    fn classify_with(&mut self, number: u32, reason: Option<String>) -> Vec<Effect> {
        // One that was given beforehand is kept with the next change, as in the codebook.
        let why = if reason.is_none() && self.codebook.reason.is_some() { ", with its reason" } else { "" };
        let reason = reason.or_else(|| self.codebook.reason.clone());
        let rows = self.to_classify();
        if rows.is_empty() {
            self.refuse("Open a panel and choose a theme or a code in it.");
            return Vec::new();
        }
        let framework = self.study.settings.framework.clone();
        let components = self.study.components_of(&framework);
        let component = components.iter().find(|component| component.position == number);
        if component.is_none() && number != 0 {
            self.refuse(match components.len() {
                0 => format!("{}.", capitalised(&self.study.no_framework_words())),
                all => format!("There is no component {number}: {framework} has {all}."),
            });
            return Vec::new();
        }
        let under = component.map(|component| (component.id.clone(), component.label.clone()));
        let change = |of: &Classified| {
            let held = self.study.classifications().get(&(*of, framework.clone())).cloned();
            let after = under.as_ref().map(|(component, _)| Classification {
                of: *of,
                framework: framework.clone(),
                component: component.clone(),
            });
            match (held, after) {
                (held, after) if held == after => None,
                (Some(held), Some(after)) => Some(Change::update(held, after)),
                (Some(held), None) => Some(Change::delete(held)),
                (None, Some(after)) => Some(Change::create(after)),
                (None, None) => None,
            }
        };
        let changes: Vec<Change> = rows.iter().filter_map(change).collect();
        let names = match rows.as_slice() {
            [one] => format!("“{}”", self.study.name_of_classified(*one)),
            _ if changes.len() == 1 => String::from("1 row"),
            _ => format!("{} rows", changes.len()),
        };
        let (is, are) = if rows.len() == 1 { ("is", "has") } else { ("are", "have") };
        if changes.is_empty() {
            let names = if rows.len() == 1 { names } else { String::from("The marked rows") };
            self.refuse(match &under {
                Some((_, label)) => format!("{names} {is} under {label} already."),
                None => format!("{names} {are} no classification of its own to take away."),
            });
            return Vec::new();
        }
        let (label, said) = match &under {
            Some((_, label)) => {
                (format!("{names} under {label}"), format!("{names} {is} under {label} now{why}."))
            }
            None => (
                format!("{names} no longer classified"),
                format!("{names} {is} not classified by itself any more{why}."),
            ),
        };
        let effects = self.commit_because("classify", label, changes, reason);
        if !effects.is_empty() {
            self.panels.marked.clear();
            self.codebook.reason = None;
            let stays = match rows.as_slice() {
                [one] => self.codes_apart_words(*one),
                _ => String::new(),
            };
            self.say(format!("{said}{stays}"));
        }
        effects
    }
}
