//! Saving a form: what it changes of a code or a theme, as one action, unless somebody else changed the same meanwhile.

use super::fields::{Form, FormField, FormOf};
use crate::app::layer::Layer;
use crate::app::{Effect, Model};
use crate::study::{
    Change, Classified, Code, CodeId, CodeState, Origin, Record, ShapeError, Side, Theme, ThemeId,
};

impl Model {
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
}

/// The fields in which two forms of one thing differ.
fn changed_fields(before: &Form, after: &Form) -> Vec<&'static str> {
    let pairs = before.fields.iter().zip(&after.fields);
    let differs = |(one, other): &(&FormField, &FormField)| one.kept().trim() != other.kept().trim();
    pairs.filter(differs).map(|(field, _)| field.name).collect()
}
