//! A form as data: its fields, what was typed in them, and what somebody else wrote meanwhile. It knows nothing of codes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::{Rows, TextField};
use crate::study::{CodeId, ThemeId};

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
    pub(super) began: String,
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Typed {
    pub(super) began: String,
    pub(super) said: String,
}

/// What a draft may hold for a field: those of the first drafts were bare texts.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Kept {
    Typed(Typed),
    Said(String),
}

impl Kept {
    pub(super) fn said(&mut self) -> &mut String {
        match self {
            Kept::Typed(typed) => &mut typed.said,
            Kept::Said(said) => said,
        }
    }
}

impl FormField {
    pub(super) fn line(name: &'static str, hint: &'static str, text: &str) -> Self {
        Self::new(name, hint, FormValue::Line(TextField::new(text)))
    }

    pub(super) fn text(name: &'static str, hint: &'static str, text: &str) -> Self {
        Self::new(name, hint, FormValue::Text(TextField::new(text)))
    }

    pub(super) fn choice(name: &'static str, options: Vec<(String, String)>, held: &str) -> Self {
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

    pub(super) fn set(&mut self, said: &str) {
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
    pub(super) fn fit(&mut self, columns: usize) {
        if let FormValue::Line(field) | FormValue::Text(field) = &self.value {
            self.rows.fit(field.text(), columns);
        }
    }
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
    pub(super) fn step_row(&mut self, down: bool) -> bool {
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
    pub(super) fn typed(&self) -> BTreeMap<&str, Typed> {
        let changed = self.fields.iter().filter(|field| field.is_changed());
        let typed = |field: &FormField| Typed { began: field.began.clone(), said: field.kept().to_owned() };
        changed.map(|field| (field.name, typed(field))).collect()
    }

    /// Takes in what is held by now, where nothing was typed.
    pub(super) fn follow(&mut self, held: &Form) {
        for (field, held) in self.fields.iter_mut().zip(&held.fields) {
            if !field.is_changed() && field.began != held.began {
                field.set(&held.began);
                field.began.clone_from(&held.began);
            }
        }
    }

    /// Says what another form of the same says. Cursors stay where they are.
    pub(super) fn take_over(&mut self, other: Form) {
        for (field, other) in self.fields.iter_mut().zip(other.fields) {
            let said = other.kept().to_owned();
            match (&mut field.value, other.value) {
                (FormValue::Line(field) | FormValue::Text(field), _) => field.replace(said),
                (value, other) => *value = other,
            }
            field.began = other.began;
        }
    }

    /// The fields that were typed in and that somebody else changed meanwhile, to something else. From here on they are
    /// known: to save again is to mean it.
    pub(super) fn note_clashes(&mut self, held: &Form) -> Vec<&'static str> {
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

    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|field| field.name == name).map_or("", FormField::kept)
    }

    pub(super) fn draft_key(&self) -> String {
        match self.of {
            FormOf::Code(id) => format!("code:{id}"),
            FormOf::Theme(id) => format!("theme:{id}"),
        }
    }

    pub(super) fn step(&mut self, by: isize) {
        let last = self.fields.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }
}
