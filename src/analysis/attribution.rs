//! How a quotation is attributed: `(primary care clinician, GP, focus group)`.
//!
//! `study.toml` has a template for each group and a wording for each value, so that one thing is said in one way in
//! the whole paper. A template is minijinja's: attributes of the participant by name, in their wording, empty where the
//! participant has no value; and `participant`, `transcript`, `kind`, `focus_group`. What it names besides is an
//! error, not a blank.

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior};

use crate::study::{
    Attribute, AttributeOf, AttributionSettings, Kind, ParticipantId, Study, Subject, Transcript,
};
use crate::text::fold_name;

/// Why a quotation cannot be attributed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttributionError {
    /// A template cannot be read, or names what there is not.
    #[error("study.toml, [attribution.styles] {style}: {why}")]
    Template {
        /// The group it is for.
        style: String,
        /// What is wrong.
        why: String,
    },
}

/// Attributions of one study.
pub struct Attribution<'s> {
    study: &'s Study,
    settings: &'s AttributionSettings,
    templates: Environment<'s>,
    attributes: Vec<&'s Attribute>,
}

/// The style for participants whose group has none.
const PLAIN: &str = "{{ participant }}{{ focus_group }}";
/// Its name among the templates; no value of an attribute is empty.
const PLAIN_NAME: &str = "";

impl<'s> Attribution<'s> {
    /// Reads the templates of the study's settings.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn of(study: &'s Study) -> Result<Self, AttributionError> {
        let settings = &study.settings.attribution;
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        let refused = |style: &str, error: &minijinja::Error| AttributionError::Template {
            style: style.to_owned(),
            why: error.to_string(),
        };
        templates.add_template(PLAIN_NAME, PLAIN).map_err(|error| refused("(built in)", &error))?;
        for (group, style) in &settings.styles {
            templates
                .add_template_owned(fold_name(group), style.clone())
                .map_err(|error| refused(group, &error))?;
        }
        Ok(Self { study, settings, templates, attributes: study.attributes_of(AttributeOf::Participant) })
    }

    /// What stands behind a quotation of a participant from a transcript, without the parentheses.
    ///
    /// # Errors
    /// If the template names what there is not.
    pub fn compose(
        &self,
        participant: ParticipantId,
        transcript: &Transcript,
    ) -> Result<String, AttributionError> {
        let name = self.study.participants().get(&participant).map_or("", |person| person.name.as_str());
        let mut fields: BTreeMap<String, String> = self
            .attributes
            .iter()
            .map(|attribute| {
                (fold_name(&attribute.name).replace(' ', "_"), self.worded(participant, attribute))
            })
            .collect();
        let in_group = transcript.kind == Kind::FocusGroup;
        fields.extend([
            ("participant".to_owned(), name.to_owned()),
            ("transcript".to_owned(), transcript.name.clone()),
            ("kind".to_owned(), transcript.kind.name().replace('_', " ")),
            (
                "focus_group".to_owned(),
                if in_group { self.settings.focus_group.clone() } else { String::new() },
            ),
        ]);
        let group = self.group_of(participant);
        let template =
            self.templates.get_template(&group).or_else(|_| self.templates.get_template(PLAIN_NAME));
        let composed = template.and_then(|template| template.render(&fields));
        let composed = composed
            .map_err(|error| AttributionError::Template { style: group.clone(), why: error.to_string() })?;
        let numbered = self.settings.participant_number && !composed.starts_with(name);
        Ok(if numbered { format!("{name}, {composed}") } else { composed })
    }

    /// The value that chooses the template, folded; empty without one.
    fn group_of(&self, participant: ParticipantId) -> String {
        let by = self.settings.by.as_deref().or(self.study.settings.compare.as_deref());
        let attribute = by.and_then(|by| self.study.attribute_named(AttributeOf::Participant, by));
        let value = attribute.and_then(|attribute| {
            self.study.value_of(Subject::Participant(participant), attribute)?.counted()
        });
        value.map(fold_name).unwrap_or_default()
    }

    /// The counted value in its wording; without one, with blanks for underscores. Empty where there is no value.
    fn worded(&self, participant: ParticipantId, attribute: &Attribute) -> String {
        let value = self.study.value_of(Subject::Participant(participant), attribute);
        let Some(value) = value.and_then(crate::study::Value::counted) else { return String::new() };
        let alike = |name: &&String| fold_name(name) == fold_name(&attribute.name);
        let words = self.settings.words.keys().find(alike).and_then(|name| self.settings.words.get(name));
        let worded = words.and_then(|words| {
            words
                .iter()
                .find(|(held, _)| fold_name(held) == fold_name(value))
                .map(|(_, worded)| worded.clone())
        });
        worded.unwrap_or_else(|| value.replace('_', " "))
    }
}
