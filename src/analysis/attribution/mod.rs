//! How a quotation is attributed: `(P088, primary care clinician, GP, focus group)`.
//!
//! `study.toml` has a template for each group and a wording for each value, so that one thing is said in one way in
//! the whole paper. A template is minijinja's: attributes of the participant by name, in their wording, empty where the
//! participant has no value; and `participant`, `transcript`, `kind`, `focus_group`. What it names besides is an
//! error, not a blank.
//!
//! An attribution is the participant's number, where the study wants it (COREQ item 29), and the *descriptor*: what the
//! template says, the attributes of `also`, and the words for focus groups. How many people a descriptor fits
//! ([`Attribution::descriptors`]) tells how nearly it names one.

mod descriptors;
mod doubts;
#[cfg(test)]
mod tests;
mod wordings;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use minijinja::{Environment, UndefinedBehavior};

pub use descriptors::Descriptor;
pub use doubts::AttributionDoubt;
pub use wordings::{are_one_descriptor, worded_twice};

use crate::study::{
    Attribute, AttributeOf, AttributionSettings, Kind, ParticipantId, Quote, Study, Subject, Transcript,
    TranscriptId, Voice,
};
use crate::text::{fold_name, probably_meant};

/// Why quotations cannot be attributed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("study.toml{}{}", line.map(|line| format!(" line {line}")).unwrap_or_default(), self.what())]
pub struct AttributionError {
    /// The key below `[attribution]`: `styles.clinician`.
    pub key: String,
    /// Its line in `study.toml`, from 1, where that is known.
    pub line: Option<usize>,
    /// The field or attribute that is named and is not there, with what it is: "field `grop`".
    pub missing: Option<String>,
    /// What is wrong; of what is not there, what there is instead.
    pub why: String,
}

impl AttributionError {
    /// What is not there comes first, then where it is named, then what there is.
    fn what(&self) -> String {
        let Self { key, why, .. } = self;
        match &self.missing {
            Some(missing) => format!(": there is no {missing}, which [attribution] {key} names; {why}"),
            None => format!(", [attribution] {key}: {why}"),
        }
    }
}

/// Attributions of one study. What was composed is kept: make one for many quotations.
pub struct Attribution<'s> {
    study: &'s Study,
    settings: &'s AttributionSettings,
    templates: Arc<Templates>,
    attributes: Vec<(String, &'s Attribute)>,
    also: Vec<&'s Attribute>,
    composed: RefCell<BTreeMap<(ParticipantId, TranscriptId), String>>,
    /// Descriptors of which parts were left out, as nothing is known for them; with the people whom they describe.
    lacking: RefCell<BTreeMap<String, BTreeSet<ParticipantId>>>,
    /// Groups that have no template, with the people of each who were described; `None`: no value chooses one.
    without: RefCell<BTreeMap<Option<String>, BTreeSet<ParticipantId>>>,
}

/// The templates of a study's settings, read once: what takes time of an [`Attribution`], and borrows nothing.
#[derive(Debug)]
pub struct Templates {
    styles: Environment<'static>,
    /// What each of them names, by the folded name of its group.
    named: BTreeMap<String, Vec<String>>,
    /// The descriptors that fit few people, once somebody asked for those of a quote.
    telling: OnceLock<Result<Vec<Descriptor>, AttributionError>>,
}

/// What somebody is called of whose group nothing else may be said.
const SOMEBODY: &str = "participant";
/// What a template may name besides attributes of participants.
const FIELDS: [&str; 4] = ["participant", "transcript", "kind", "focus_group"];
/// Stands in a filled template where the words for focus groups begin: what `also` adds goes before them.
const HERE: char = '\u{f8ff}';

impl Templates {
    /// Reads them, and looks whether there is what they name.
    ///
    /// # Errors
    /// If one cannot be read, or names what there is not: the first, with its line.
    pub fn of(study: &Study) -> Result<Self, AttributionError> {
        Self::read(study, &study.settings.attribution)
    }

    fn read(study: &Study, settings: &AttributionSettings) -> Result<Self, AttributionError> {
        let attributes = fields_of(study);
        let (mut templates, mut named_by) = (Environment::new(), BTreeMap::new());
        let lenient = attributes.is_empty();
        templates.set_undefined_behavior(match lenient {
            true => UndefinedBehavior::Lenient,
            false => UndefinedBehavior::Strict,
        });
        for (group, style) in &settings.styles {
            let key = || format!("styles.{group}");
            templates
                .add_template_owned(fold_name(group), style.clone())
                .map_err(|error| refused(settings, key(), said(&error)))?;
            let template = templates.get_template(&fold_name(group));
            let mut named: Vec<String> = template
                .map(|template| template.undeclared_variables(false).into_iter().collect())
                .unwrap_or_default();
            named.sort_unstable();
            let known = || attributes.iter().map(|(field, _)| field.as_str()).chain(FIELDS);
            if let Some(name) = named.iter().find(|name| !lenient && !known().any(|field| field == *name)) {
                return Err(unknown(settings, key(), ("field", name), known()));
            }
            named_by.insert(fold_name(group), named);
        }
        Ok(Self { styles: templates, named: named_by, telling: OnceLock::new() })
    }
}

impl<'s> Attribution<'s> {
    /// Reads the templates of the study's settings, and looks whether there is what they name. Names are not looked at while
    /// the study has no attributes of participants: they may come.
    ///
    /// # Errors
    /// If a template cannot be read, or one names what there is not: the first, with its line.
    pub fn of(study: &'s Study) -> Result<Self, AttributionError> {
        Self::with(study, &study.settings.attribution)
    }

    /// The same with other settings than those that hold.
    ///
    /// # Errors
    /// As [`Attribution::of`].
    pub fn with(study: &'s Study, settings: &'s AttributionSettings) -> Result<Self, AttributionError> {
        Self::filled(study, settings, Arc::new(Templates::read(study, settings)?))
    }

    /// The same with templates that were read from the study as it is now.
    ///
    /// # Errors
    /// As [`Attribution::of`].
    pub fn from_templates(study: &'s Study, templates: Arc<Templates>) -> Result<Self, AttributionError> {
        Self::filled(study, &study.settings.attribution, templates)
    }

    fn filled(
        study: &'s Study,
        settings: &'s AttributionSettings,
        templates: Arc<Templates>,
    ) -> Result<Self, AttributionError> {
        let attributes = fields_of(study);
        let lenient = attributes.is_empty();
        if let Some(by) = settings.by.as_deref().filter(|_| !lenient)
            && study.attribute_named(AttributeOf::Participant, by).is_none()
        {
            let known = attributes.iter().map(|(_, attribute)| attribute.name.as_str());
            return Err(unknown(settings, "by".into(), ("attribute", by), known));
        }
        let mut also = Vec::new();
        for name in &settings.also {
            match study.attribute_named(AttributeOf::Participant, name) {
                Some(attribute) => also.push(attribute),
                None if lenient => {}
                None => {
                    let known = attributes.iter().map(|(_, attribute)| attribute.name.as_str());
                    return Err(unknown(settings, "also".into(), ("attribute", name), known));
                }
            }
        }
        Ok(Self {
            study,
            settings,
            templates,
            attributes,
            also,
            composed: RefCell::default(),
            lacking: RefCell::default(),
            without: RefCell::default(),
        })
    }

    /// What stands behind a quotation of a participant from a transcript, without the parentheses: the number, if the study
    /// wants it, and the descriptor.
    ///
    /// # Errors
    /// If the template cannot be filled.
    pub fn compose(
        &self,
        participant: ParticipantId,
        transcript: &Transcript,
    ) -> Result<String, AttributionError> {
        let descriptor = self.descriptor(participant, transcript)?;
        let name = self.name_of(participant);
        let begins = descriptor
            .strip_prefix(name)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
        Ok(match (self.settings.is_numbered() && !begins, descriptor.as_str()) {
            (false, _) => descriptor,
            (true, "") => name.to_owned(),
            (true, _) => format!("{name}, {descriptor}"),
        })
    }

    /// What is said of a participant in a quotation from a transcript, without the number (unless the template has it).
    ///
    /// # Errors
    /// If the template cannot be filled.
    pub fn descriptor(
        &self,
        participant: ParticipantId,
        transcript: &Transcript,
    ) -> Result<String, AttributionError> {
        if let Some(held) = self.composed.borrow().get(&(participant, transcript.id)) {
            return Ok(held.clone());
        }
        let group = self.group_of(participant);
        let folded = group.map(fold_name).unwrap_or_default();
        let filled = match self.templates.styles.get_template(&folded) {
            Ok(template) => {
                template.render(self.fields(participant, transcript, &folded)).map_err(|error| {
                    let key = format!("styles.{folded}");
                    refused(self.settings, key, said(&error))
                })?
            }
            Err(_) => {
                self.without.borrow_mut().entry(group.map(str::to_owned)).or_default().insert(participant);
                format!("{}{}", self.plainly(participant, group), self.in_group(transcript))
            }
        };
        let also = self.also.iter().map(|attribute| self.worded(participant, attribute));
        let also: String = also.filter(|words| !words.is_empty()).map(|words| format!(", {words}")).collect();
        let descriptor = match filled.split_once(HERE) {
            Some((before, after)) => format!("{before}{also}{after}").replace(HERE, ""),
            None => format!("{filled}{also}"),
        };
        let (mut descriptor, lacks) = without_blank_parts(descriptor.trim_start_matches([',', ' ']));
        if descriptor.is_empty() && !self.settings.is_numbered() {
            SOMEBODY.clone_into(&mut descriptor);
        }
        if lacks {
            self.lacking.borrow_mut().entry(descriptor.clone()).or_default().insert(participant);
        }
        self.composed.borrow_mut().insert((participant, transcript.id), descriptor.clone());
        Ok(descriptor)
    }

    /// What stands behind a quotation of a quote, without the parentheses; of several participants, each in the order of
    /// their speech, with `; ` between them. If no participant speaks in it, who does: `interviewer`. `None` for a former text.
    ///
    /// # Errors
    /// If a template cannot be filled.
    pub fn of_quote(&self, quote: &Quote) -> Result<Option<String>, AttributionError> {
        let Some(transcript) = self.study.transcripts().get(&quote.transcript) else { return Ok(None) };
        let voices = self.study.voices_of_quote(quote);
        let speakers = voices.iter().filter_map(|voice| voice.participant());
        let composed: Vec<String> =
            speakers.map(|speaker| self.compose(speaker, transcript)).collect::<Result<_, _>>()?;
        // Nobody must take a question for what a participant said.
        let others = voices.iter().filter_map(|voice| match voice {
            Voice::Interviewer => Some("interviewer"),
            Voice::Other => Some("somebody who is no participant"),
            Voice::Several => Some("several speakers"),
            Voice::Unknown => Some("speaker unknown"),
            Voice::Participant(_) => None,
        });
        let said =
            if composed.is_empty() { others.collect::<Vec<_>>().join("; ") } else { composed.join("; ") };
        Ok((!said.is_empty()).then_some(said))
    }

    /// The value that chooses a participant's template, as the study holds it.
    #[must_use]
    pub fn group_of(&self, participant: ParticipantId) -> Option<&'s str> {
        value_by(self.study, self.settings, participant)
    }

    /// Whether nothing but the number is printed of somebody.
    fn is_number_alone(&self, participant: ParticipantId) -> bool {
        let has_template = |group: &str| self.templates.styles.get_template(&fold_name(group)).is_ok();
        self.settings.is_numbered() && !self.group_of(participant).is_some_and(has_template)
    }

    fn name_of(&self, participant: ParticipantId) -> &'s str {
        self.study.participants().get(&participant).map_or("", |person| person.name.as_str())
    }

    /// What the template of a group names, for a participant in a transcript.
    fn fields(
        &self,
        participant: ParticipantId,
        transcript: &Transcript,
        group: &str,
    ) -> BTreeMap<&str, String> {
        let named = self.templates.named.get(group).map_or(&[][..], Vec::as_slice);
        let mut fields: BTreeMap<&str, String> = self
            .attributes
            .iter()
            .filter(|(field, _)| named.contains(field))
            .map(|(field, attribute)| (field.as_str(), self.worded(participant, attribute)))
            .collect();
        fields.extend([
            ("participant", self.name_of(participant).to_owned()),
            ("transcript", transcript.name.clone()),
            ("kind", transcript.kind.name().replace('_', " ")),
            ("focus_group", self.in_group(transcript)),
        ]);
        fields
    }

    /// The words for focus groups behind their mark; empty for an interview.
    fn in_group(&self, transcript: &Transcript) -> String {
        match transcript.kind {
            Kind::FocusGroup => format!("{HERE}{}", self.settings.focus_group),
            Kind::Interview => String::new(),
        }
    }

    /// Somebody whose group has no template: the number, or the group in its wording where the study leaves numbers out.
    fn plainly(&self, participant: ParticipantId, group: Option<&str>) -> String {
        if self.settings.is_numbered() {
            return self.name_of(participant).to_owned();
        }
        let by = chooses(self.study, self.settings);
        match by.zip(group) {
            Some((attribute, _)) => self.worded(participant, attribute),
            None => SOMEBODY.to_owned(),
        }
    }

    /// The counted value in its wording; without one, with blanks for underscores. Empty where there is no value.
    fn worded(&self, participant: ParticipantId, attribute: &Attribute) -> String {
        let value = self.study.value_of(Subject::Participant(participant), attribute);
        let Some(value) = value.and_then(crate::study::Value::counted) else { return String::new() };
        let words = self.settings.wording_of(&attribute.name, value);
        words.map_or_else(|| value.replace('_', " "), str::to_owned)
    }
}

/// The group of a participant: the value that chooses the template of attributions (`by`, else the compared attribute), as
/// the study holds it.
#[must_use]
pub fn group_of(study: &Study, participant: ParticipantId) -> Option<&str> {
    value_by(study, &study.settings.attribution, participant)
}

fn value_by<'s>(
    study: &'s Study,
    settings: &AttributionSettings,
    participant: ParticipantId,
) -> Option<&'s str> {
    let attribute = chooses(study, settings)?;
    study.value_of(Subject::Participant(participant), attribute)?.counted()
}

/// The attribute whose value chooses the template.
fn chooses<'s>(study: &'s Study, settings: &AttributionSettings) -> Option<&'s Attribute> {
    let by = settings.by.as_deref().or(study.settings.compare.as_deref())?;
    study.attribute_named(AttributeOf::Participant, by)
}

/// The attributes of participants, by their names in a template.
fn fields_of(study: &Study) -> Vec<(String, &Attribute)> {
    let attributes = study.attributes_of(AttributeOf::Participant).into_iter();
    attributes.map(|attribute| (field_of(&attribute.name), attribute)).collect()
}

/// A descriptor without the parts between commas that nothing is known for, and whether there were any. A value that is not
/// there leaves no blank behind either.
fn without_blank_parts(descriptor: &str) -> (String, bool) {
    let all = descriptor.split(',');
    let parts: Vec<String> = all.clone().filter(|part| !part.trim().is_empty()).map(single_blanks).collect();
    let lacks = parts.len() < all.count() && !parts.is_empty();
    (parts.join(",").trim().to_owned(), lacks)
}

/// One blank for several, and none at the end; one in front stays, as behind a comma.
fn single_blanks(part: &str) -> String {
    let before = if part.starts_with(char::is_whitespace) { " " } else { "" };
    format!("{before}{}", crate::text::one_line(part))
}

fn refused(settings: &AttributionSettings, key: String, why: String) -> AttributionError {
    let line = settings.lines.get(&key).copied();
    AttributionError { key, line, missing: None, why }
}

/// The name of an attribute in a template: folded, with `_` for what no name may hold.
fn field_of(name: &str) -> String {
    fold_name(name).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// What minijinja finds wrong with a template; its own sentence names the template, whose name is a folded value.
fn said(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

/// That a template names what there is not: what it takes it for, and its name.
fn unknown<'k>(
    settings: &AttributionSettings,
    key: String,
    (what, name): (&str, &str),
    known: impl Iterator<Item = &'k str> + Clone,
) -> AttributionError {
    let why = match probably_meant(name, known.clone()) {
        Some(meant) => format!("perhaps `{meant}` is meant"),
        None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
    };
    AttributionError { missing: Some(format!("{what} `{name}`")), ..refused(settings, key, why) }
}
