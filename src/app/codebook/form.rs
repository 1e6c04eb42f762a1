//! A form: all that is known of a code or a theme, a field each. What is typed is a draft until it is saved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Model;
use crate::app::layer::Layer;
use crate::app::{Effect, Rows, TextField};
use crate::study::{
    Change, Classified, Code, CodeId, CodeState, Origin, Record, ShapeError, Side, Theme, ThemeId,
};

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

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormOf {
    /// A code.
    Code(CodeId),
    /// A theme.
    Theme(ThemeId),
}

/// The form.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is about.
    pub of: FormOf,
    /// What it says above its fields.
    pub title: String,
    /// The fields, in order.
    pub fields: Vec<FormField>,
    /// Which one takes the keys.
    pub chosen: usize,
    /// The first line in sight.
    pub top: usize,
}

/// One field.
#[derive(Clone, Debug)]
pub struct FormField {
    /// Its name.
    pub name: &'static str,
    /// What is said in place of an empty text.
    pub hint: &'static str,
    /// What it says.
    pub value: FormValue,
    /// What it said, as it is kept, before anything was typed.
    began: String,
    /// The rows of what it says, if that is a text.
    pub rows: Rows,
}

/// What a field says.
#[derive(Clone, Debug)]
pub enum FormValue {
    /// One line.
    Line(TextField),
    /// Several lines.
    Text(TextField),
    /// One of these: what is shown, and what is kept.
    Choice {
        /// The options; an empty one is none.
        options: Vec<(String, String)>,
        /// Which one is chosen.
        chosen: usize,
    },
}

/// What was typed in a field, as drafts keep it.
#[derive(Debug, Serialize, Deserialize)]
struct Typed {
    began: String,
    said: String,
}

/// What a draft may hold for a field: those of the first drafts were bare texts.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Typed(Typed),
    Said(String),
}

impl FormField {
    fn line(name: &'static str, hint: &'static str, text: &str) -> Self {
        Self::new(name, hint, FormValue::Line(TextField::new(text)))
    }

    fn text(name: &'static str, hint: &'static str, text: &str) -> Self {
        Self::new(name, hint, FormValue::Text(TextField::new(text)))
    }

    fn choice(name: &'static str, options: Vec<(String, String)>, held: &str) -> Self {
        let chosen = options.iter().position(|(_, kept)| kept == held).unwrap_or(0);
        Self::new(name, "", FormValue::Choice { options, chosen })
    }

    fn new(name: &'static str, hint: &'static str, value: FormValue) -> Self {
        let mut field = Self { name, hint, value, began: String::new(), rows: Rows::default() };
        field.began = field.kept().to_owned();
        field
    }

    /// Whether somebody typed in it.
    fn is_changed(&self) -> bool {
        self.kept().trim() != self.began.trim()
    }

    /// What it says, as it is kept.
    #[must_use]
    pub fn kept(&self) -> &str {
        match &self.value {
            FormValue::Line(field) | FormValue::Text(field) => field.text(),
            FormValue::Choice { options, chosen } => options.get(*chosen).map_or("", |(_, kept)| kept),
        }
    }

    fn set(&mut self, said: &str) {
        match &mut self.value {
            FormValue::Line(field) | FormValue::Text(field) => *field = TextField::new(said),
            FormValue::Choice { options, chosen } => {
                *chosen = options.iter().position(|(_, kept)| kept == said).unwrap_or_else(|| {
                    options.push((said.to_owned(), said.to_owned()));
                    options.len() - 1
                });
            }
        }
    }

    /// How many rows it takes; a choice takes one.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.rows().len().max(1)
    }

    /// Lays it out in so many columns.
    fn fit(&mut self, columns: usize) {
        if let FormValue::Line(field) | FormValue::Text(field) = &self.value {
            self.rows.fit(field.text(), columns);
        }
    }
}

fn value_columns(width: u16) -> usize {
    usize::from(width.saturating_sub(LABEL + 3)).clamp(6, 80)
}

impl Form {
    /// The text field that takes the keys, if the chosen field is one.
    #[must_use]
    pub fn field(&self) -> Option<&TextField> {
        match &self.fields.get(self.chosen)?.value {
            FormValue::Line(field) | FormValue::Text(field) => Some(field),
            FormValue::Choice { .. } => None,
        }
    }

    /// The same, to be changed.
    pub fn field_mut(&mut self) -> Option<&mut TextField> {
        match &mut self.fields.get_mut(self.chosen)?.value {
            FormValue::Line(field) | FormValue::Text(field) => Some(field),
            FormValue::Choice { .. } => None,
        }
    }

    /// The line that a field begins in.
    #[must_use]
    pub fn line_of(&self, index: usize) -> usize {
        self.fields.iter().take(index).map(FormField::height).sum()
    }

    /// The row of the chosen field that its cursor is in.
    #[must_use]
    pub fn cursor_row(&self) -> usize {
        let rows = self.fields.get(self.chosen).map(|field| &field.rows);
        rows.zip(self.field()).map_or(0, |(rows, field)| rows.row_of(field.cursor()))
    }

    /// Moves the cursor a row up or down in its field. `false` at the edge of it.
    fn step_row(&mut self, down: bool) -> bool {
        let at = self.cursor_row();
        let Some(held) = self.fields.get_mut(self.chosen) else { return false };
        let there = if down { Some(at + 1) } else { at.checked_sub(1) };
        let rows = held.rows.rows();
        let (Some(from), Some(to)) = (rows.get(at), there.and_then(|there| rows.get(there))) else {
            return false;
        };
        if let FormValue::Line(field) | FormValue::Text(field) = &mut held.value {
            field.step_to_row(from.clone(), to.clone());
        }
        true
    }

    /// What was typed, by field: with what it began, so that it is known later what somebody else changed meanwhile.
    fn typed(&self) -> BTreeMap<&str, Typed> {
        let changed = self.fields.iter().filter(|field| field.is_changed());
        let typed = |field: &FormField| Typed { began: field.began.clone(), said: field.kept().to_owned() };
        changed.map(|field| (field.name, typed(field))).collect()
    }

    /// Takes in what is held by now, where nothing was typed.
    fn follow(&mut self, held: &Form) {
        for (field, held) in self.fields.iter_mut().zip(&held.fields) {
            if !field.is_changed() && field.began != held.began {
                field.set(&held.began);
                field.began.clone_from(&held.began);
            }
        }
    }

    /// The fields that were typed in and that somebody else changed meanwhile, to something else. From here on they are
    /// known: to save again is to mean it.
    fn note_clashes(&mut self, held: &Form) -> Vec<&'static str> {
        let mut clashes = Vec::new();
        for (field, held) in self.fields.iter_mut().zip(&held.fields) {
            let other = held.began.trim();
            if field.is_changed() && other != field.began.trim() && other != field.kept().trim() {
                field.began.clone_from(&held.began);
                clashes.push(field.name);
            }
        }
        clashes
    }

    fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|field| field.name == name).map_or("", FormField::kept)
    }

    fn draft_key(&self) -> String {
        match self.of {
            FormOf::Code(id) => format!("code:{id}"),
            FormOf::Theme(id) => format!("theme:{id}"),
        }
    }

    pub(in crate::app) fn step(&mut self, by: isize) {
        let last = self.fields.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }
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

    fn form_of_code(&self, code: &Code) -> Form {
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

    fn form_of_theme(&self, theme: &Theme) -> Form {
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
        let draft = self.drafts.get(&form.draft_key());
        let kept: Option<BTreeMap<String, Kept>> = draft.and_then(|draft| serde_json::from_str(draft).ok());
        if let Some(mut kept) = kept {
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
            self.say("This is a draft that was not saved yet.");
        }
        self.layers.push(Layer::Form(Box::new(form)));
        Vec::new()
    }

    /// What the form says changed: it is kept as a draft.
    pub(in crate::app) fn form_changed(&mut self) -> Vec<Effect> {
        let Some(Layer::Form(form)) = self.layers.last() else { return Vec::new() };
        let Ok(text) = serde_json::to_string(&form.typed()) else { return Vec::new() };
        let key = form.draft_key();
        self.drafts.insert(key.clone(), text.clone());
        vec![Effect::SaveDraft { key, text }]
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
    fn held_of_open_form(&self) -> Option<Form> {
        match self.layers.last()? {
            Layer::Form(form) => self.form_held(form.of),
            _ => None,
        }
    }

    fn drop_form_draft(&mut self, form: &Form) -> Vec<Effect> {
        let key = form.draft_key();
        self.drafts.remove(&key).map(|_| Effect::DropDraft(key)).into_iter().collect()
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

    /// Saves what the form says, as one action.
    pub(in crate::app) fn save_form(&mut self) -> Vec<Effect> {
        let held = self.held_of_open_form();
        let keys = self.keys_of("save_form");
        let Some(Layer::Form(form)) = self.layers.last_mut() else { return Vec::new() };
        let clashes = held.map_or_else(Vec::new, |held| form.note_clashes(&held));
        let form = form.clone();
        if !clashes.is_empty() {
            let fields = clashes.join(" and ");
            self.refuse(format!(
                "Somebody else changed {fields} meanwhile; nothing is saved yet. {keys} again puts yours in its place."
            ));
            return Vec::new();
        }
        let (changes, command, what) = match form.of {
            FormOf::Code(id) => (self.changes_to_code(id, &form), "define_code", "“"),
            FormOf::Theme(id) => (self.changes_to_theme(id, &form), "define_theme", "the theme “"),
        };
        let (changes, fields) = match changes {
            Ok(found) => found,
            Err(error) => {
                self.refuse(error.to_string());
                return Vec::new();
            }
        };
        let mut effects = Vec::new();
        if changes.is_empty() {
            self.say("Nothing was changed.");
        } else {
            let label = format!("{what}{}”: {}", form.title, fields.join(", "));
            effects = self.commit_and_say(command, label, changes);
            if effects.is_empty() {
                return effects;
            }
        }
        self.layers.pop();
        effects.extend(self.drop_form_draft(&form));
        effects
    }

    /// The changes that a form of a code asks for, and the fields they are in.
    fn changes_to_code(
        &self,
        id: CodeId,
        form: &Form,
    ) -> Result<(Vec<Change>, Vec<&'static str>), ShapeError> {
        let held = self.study.codes().get(&id).ok_or(ShapeError::Gone)?;
        let side = Side::parse(form.get("side"));
        let text = |name: &str| form.get(name).trim().to_owned();
        let after = Code {
            name: self.study.name_for_code(Some(id), form.get("name"))?,
            definition: text("definition"),
            include: text("include"),
            exclude: text("exclude"),
            example: text("example"),
            side,
            colour: Some(text("colour")).filter(|colour| !colour.is_empty()),
            origin: Origin::parse(form.get("origin")).unwrap_or(held.origin),
            state: CodeState::parse(form.get("state")).unwrap_or(held.state),
            ..held.clone()
        };
        let mut changes = Vec::new();
        if side != held.side {
            changes = self.study.changes_to_side(id, side)?;
            changes.retain(|change| !matches!(change.after, Some(Record::Code(_))));
        }
        if after != *held {
            changes.insert(0, Change::update(held.clone(), after));
        }
        changes.extend(self.change_of_component(Classified::Code(id), form));
        Ok((changes, changed_fields(&self.form_of_code(held), form)))
    }

    fn changes_to_theme(
        &self,
        id: ThemeId,
        form: &Form,
    ) -> Result<(Vec<Change>, Vec<&'static str>), ShapeError> {
        let held = self.study.themes().get(&id).ok_or(ShapeError::Gone)?;
        let after = Theme {
            name: self.study.name_for_theme(Some(id), form.get("name"))?,
            note: form.get("note").trim().to_owned(),
            ..held.clone()
        };
        let mut changes = Vec::new();
        if after != *held {
            changes.push(Change::update(held.clone(), after));
        }
        changes.extend(self.change_of_component(Classified::Theme(id), form));
        Ok((changes, changed_fields(&self.form_of_theme(held), form)))
    }

    fn change_of_component(&self, of: Classified, form: &Form) -> Option<Change> {
        let component = Some(form.get("component")).filter(|component| !component.is_empty());
        self.study.change_to_classify(of, &self.study.settings.framework, component)
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

/// The fields in which two forms of one thing differ.
fn changed_fields(before: &Form, after: &Form) -> Vec<&'static str> {
    let pairs = before.fields.iter().zip(&after.fields);
    let differs = |(one, other): &(&FormField, &FormField)| one.kept().trim() != other.kept().trim();
    pairs.filter(differs).map(|(field, _)| field.name).collect()
}
