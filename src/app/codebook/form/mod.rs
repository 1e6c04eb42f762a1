//! A form: all that is known of a code or a theme, a field each. What is typed is a draft until it is saved.

mod fields;
mod saving;

use std::collections::BTreeMap;

pub use fields::{Form, FormField, FormValue};
use fields::{FormOf, Kept};

use super::Model;
use crate::app::Effect;
use crate::app::drafts::join_texts;
use crate::app::layer::Layer;
use crate::study::{Classified, Code, CodeState, Origin, Side, Theme};

/// Names of colours that every terminal has.
const COLOURS: [&str; 12] = [
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "bright red",
    "bright green",
    "bright yellow",
    "bright blue",
    "bright magenta",
    "bright cyan",
];
/// Columns of the names of fields.
pub const LABEL: u16 = 12;

/// What two windows typed in a form, field by field: texts of several lines are joined, of others mine stands.
pub(in crate::app) fn join_forms(theirs: &str, mine: &str) -> Option<String> {
    const TEXTS: [&str; 5] = ["definition", "include", "exclude", "example", "note"];
    let (mut joined, mine): (BTreeMap<String, Kept>, BTreeMap<String, Kept>) =
        (serde_json::from_str(theirs).ok()?, serde_json::from_str(mine).ok()?);
    for (name, mut kept) in mine {
        if let Some(theirs) = joined.get_mut(&name).filter(|_| TEXTS.contains(&name.as_str())) {
            *kept.said() = join_texts(theirs.said(), kept.said());
        }
        joined.insert(name, kept);
    }
    serde_json::to_string(&joined).ok()
}

/// What was typed in a form, by its draft, in the order of the names of fields.
pub(in crate::app) fn typed_in_form(draft: &str) -> Option<String> {
    let kept: BTreeMap<String, Kept> = serde_json::from_str(draft).ok()?;
    let fields = kept.into_iter().map(|(name, mut kept)| format!("{name}: {}", kept.said()));
    Some(fields.collect::<Vec<_>>().join("\n\n"))
}

fn value_columns(width: u16) -> usize {
    usize::from(width.saturating_sub(LABEL + 3)).clamp(6, 80)
}

impl Model {
    /// Opens the form of the chosen code.
    pub(in crate::app) fn define_code(&mut self) -> Vec<Effect> {
        match self.chosen_code() {
            Some(code) => self.open_form(self.form_of_code(&code)),
            None => Vec::new(),
        }
    }

    /// Opens the form of the chosen theme.
    pub(in crate::app) fn define_theme(&mut self) -> Vec<Effect> {
        match self.chosen_theme() {
            Some(theme) => self.open_form(self.form_of_theme(&theme)),
            None => Vec::new(),
        }
    }

    pub(super) fn form_of_code(&self, code: &Code) -> Form {
        let word = |word: &str| (word.to_owned(), word.to_owned());
        let sides = vec![
            (String::from("none: each coding says"), String::new()),
            word("barrier"),
            word("facilitator"),
        ];
        let mut colours = vec![(String::from("the next one in turn"), String::new())];
        colours.extend(COLOURS.map(word));
        let held = code.colour.clone().unwrap_or_default();
        if !colours.iter().any(|(_, kept)| *kept == held) {
            colours.push(word(&held));
        }
        let fields = vec![
            FormField::line("name", "a name", &code.name),
            FormField::text("definition", "what it means", &code.definition),
            FormField::text("include", "when to use it", &code.include),
            FormField::text("exclude", "when not to, and what to use then", &code.exclude),
            FormField::text("example", "a typical passage", &code.example),
            FormField::choice("side", sides, code.side.map_or("", Side::name)),
            FormField::choice("colour", colours, &held),
            FormField::choice(
                "origin",
                [Origin::Deductive, Origin::Inductive].map(|origin| word(origin.name())).into(),
                code.origin.name(),
            ),
            FormField::choice(
                "state",
                [CodeState::Draft, CodeState::Working, CodeState::Retired]
                    .map(|state| word(state.name()))
                    .into(),
                code.state.name(),
            ),
            self.component_field(Classified::Code(code.id)),
        ];
        Form { of: FormOf::Code(code.id), title: code.name.clone(), fields, chosen: 1, top: 0 }
    }

    pub(super) fn form_of_theme(&self, theme: &Theme) -> Form {
        let fields = vec![
            FormField::line("name", "a name", &theme.name),
            FormField::text("note", "why they answer each other", &theme.note),
            self.component_field(Classified::Theme(theme.id)),
        ];
        Form { of: FormOf::Theme(theme.id), title: theme.name.clone(), fields, chosen: 1, top: 0 }
    }

    fn component_field(&self, of: Classified) -> FormField {
        let framework = self.study.settings.framework.clone();
        let held = self.study.classifications().get(&(of, framework));
        let mut options = vec![(String::from("none of its own"), String::new())];
        options.extend(
            self.framework_components()
                .into_iter()
                .map(|component| (component.label.clone(), component.id.clone())),
        );
        FormField::choice("component", options, held.map_or("", |held| &held.component))
    }

    fn open_form(&mut self, mut form: Form) -> Vec<Effect> {
        if self.fill_from_draft(&mut form) {
            self.say("This is a draft that was not saved yet.");
        }
        self.layers.push(Layer::Form(Box::new(form)));
        Vec::new()
    }

    /// Puts what was typed and not saved into a form; whether there is anything.
    fn fill_from_draft(&self, form: &mut Form) -> bool {
        let draft = self.drafts.get(&form.draft_key());
        let kept: Option<BTreeMap<String, Kept>> = draft.and_then(|draft| serde_json::from_str(draft).ok());
        let Some(mut kept) = kept else { return false };
        for field in &mut form.fields {
            match kept.remove(field.name) {
                Some(Kept::Typed(typed)) => {
                    field.set(&typed.said);
                    field.began = typed.began;
                }
                Some(Kept::Said(said)) => field.set(&said),
                None => {}
            }
        }
        true
    }

    /// Shows these drafts in the form that is open, if they are of it; whether they are.
    pub(in crate::app) fn show_form_draft(&mut self, keys: &[String]) -> bool {
        let is_shown = |layer: &Layer| matches!(layer, Layer::Form(form) if keys.contains(&form.draft_key()));
        let Some(at) = self.layers.iter().position(is_shown) else { return false };
        let Some(Layer::Form(form)) = self.layers.get(at) else { return false };
        let Some(mut held) = self.form_held(form.of) else { return false };
        self.fill_from_draft(&mut held);
        if let Some(Layer::Form(form)) = self.layers.get_mut(at) {
            form.take_over(held);
        }
        true
    }

    /// What the form says changed: it is kept as a draft.
    pub(in crate::app) fn form_changed(&mut self) -> Vec<Effect> {
        let Some(Layer::Form(form)) = self.layers.last() else { return Vec::new() };
        let Ok(text) = serde_json::to_string(&form.typed()) else { return Vec::new() };
        let key = form.draft_key();
        vec![self.keep_draft(key, text)]
    }

    /// The form was left without being saved: its draft stays, unless it says what is so already.
    pub(in crate::app) fn form_closed(&mut self, form: &Form) -> Vec<Effect> {
        if self.form_held(form.of).is_none() || form.typed().is_empty() {
            return self.drop_form_draft(form);
        }
        let keys = self.keys_of(match form.of {
            FormOf::Code(_) => "define_code",
            FormOf::Theme(_) => "define_theme",
        });
        self.say(format!("Not saved, but kept as a draft: {keys} here goes on with it."));
        Vec::new()
    }

    /// The form of what is held by now; none if that is gone.
    fn form_held(&self, of: FormOf) -> Option<Form> {
        match of {
            FormOf::Code(id) => self.study.codes().get(&id).map(|code| self.form_of_code(code)),
            FormOf::Theme(id) => self.study.themes().get(&id).map(|theme| self.form_of_theme(theme)),
        }
    }

    /// The same of the form that has the keys.
    pub(super) fn held_of_open_form(&self) -> Option<Form> {
        match self.layers.last()? {
            Layer::Form(form) => self.form_held(form.of),
            _ => None,
        }
    }

    pub(super) fn drop_form_draft(&mut self, form: &Form) -> Vec<Effect> {
        self.let_go_of_draft(&form.draft_key()).into_iter().collect()
    }

    /// Moves to another field; from a text of several lines only where it ends.
    pub(in crate::app) fn step_form(&mut self, down: bool) -> Vec<Effect> {
        if let Some(Layer::Form(form)) = self.layers.last_mut()
            && !form.step_row(down)
        {
            form.step(if down { 1 } else { -1 });
        }
        Vec::new()
    }

    /// Moves to another field.
    pub(in crate::app) fn step_field(&mut self, by: isize) -> Vec<Effect> {
        if let Some(Layer::Form(form)) = self.layers.last_mut() {
            form.step(by);
        }
        Vec::new()
    }

    /// Enter: a new line in a text, else on to the next field.
    pub(in crate::app) fn enter_in_form(&mut self) -> Vec<Effect> {
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return Vec::new() };
        match form.fields.get_mut(form.chosen).map(|field| &mut field.value) {
            Some(FormValue::Text(field)) => {
                field.insert("\n");
                self.form_changed()
            }
            _ => self.step_field(1),
        }
    }

    /// The next option of a choice, or the one before; in a text, one character on or back.
    pub(in crate::app) fn step_option(&mut self, on: bool) -> Vec<Effect> {
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return Vec::new() };
        match form.fields.get_mut(form.chosen).map(|field| &mut field.value) {
            Some(FormValue::Choice { options, chosen }) => {
                let len = options.len().max(1);
                *chosen = if on { *chosen + 1 } else { *chosen + len - 1 } % len;
                self.form_changed()
            }
            Some(FormValue::Line(field) | FormValue::Text(field)) => {
                if on {
                    field.right();
                } else {
                    field.left();
                }
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Keeps the cursor of the form in sight.
    pub(in crate::app) fn arrange_form(&mut self) {
        let body = self.body();
        let held = self.held_of_open_form();
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return };
        if let Some(held) = held {
            form.follow(&held);
        }
        for field in &mut form.fields {
            field.fit(value_columns(body.width));
        }
        let at = form.line_of(form.chosen) + form.cursor_row();
        // One row is the title.
        let height = usize::from(body.height.saturating_sub(1)).max(1);
        form.top = form.top.clamp((at + 1).saturating_sub(height), at);
    }
}
