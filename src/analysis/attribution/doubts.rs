//! What `study.toml` says of attributions that nobody can have meant: names of groups, attributes and values that nobody has,
//! groups that have no template, and templates that leave a blank.

use std::collections::{BTreeMap, BTreeSet};

use super::wordings::quoted;
use super::{Attribution, AttributionError};
use crate::study::{Attribute, AttributeOf, Value};
use crate::text::{counted, fold_name, probably_meant};

/// Something that nobody can have meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("study.toml{}, {key}: {what}", line.map(|line| format!(" line {line}")).unwrap_or_default())]
pub struct AttributionDoubt {
    /// The key that it is about: `[attribution] styles.clinician`, `compare`.
    pub key: String,
    /// Its line in `study.toml`, from 1, where that is known.
    pub line: Option<usize>,
    /// What is so, in a sentence.
    pub what: String,
}

impl Attribution<'_> {
    /// What templates and wordings say that nobody can have meant: a template for a group that
    /// nobody is of, groups without one, wordings for what nobody has, and descriptors that lack parts for which there is no
    /// value.
    ///
    /// # Errors
    /// If a template cannot be filled.
    pub fn template_doubts(&self) -> Result<Vec<AttributionDoubt>, AttributionError> {
        // Whoever speaks is described, so that it is known who lacks what.
        self.descriptors()?;
        let mut doubts: Vec<AttributionDoubt> = self.compared_by_nothing().into_iter().collect();
        doubts.extend(self.styles_of_nobody());
        doubts.extend(self.groups_without_style());
        doubts.extend(self.words_of_nothing());
        doubts.extend(self.lacking.borrow().iter().map(|(words, people)| {
            let people = counted(people.len(), "participant", "participants");
            let what = format!("“{words}” lacks a part: the template names what is not known of {people}.");
            self.doubt("styles", what)
        }));
        Ok(doubts)
    }

    fn doubt(&self, key: &str, what: String) -> AttributionDoubt {
        let line = self.settings.lines.get(key).copied();
        AttributionDoubt { key: format!("[attribution] {key}"), line, what }
    }

    /// That groups are set side by side, and templates chosen unless `by` says otherwise, by an attribute that is not there.
    #[must_use]
    pub fn compared_by_nothing(&self) -> Option<AttributionDoubt> {
        let compare = self.study.settings.compare.as_deref().filter(|_| !self.attributes.is_empty())?;
        if self.study.attribute_named(AttributeOf::Participant, compare).is_some() {
            return None;
        }
        let meant = probably_meant(compare, self.attributes.iter().map(|(_, held)| held.name.as_str()));
        let what = format!(
            "participants have no attribute `{compare}`, so that no groups are told apart{}.",
            perhaps(meant)
        );
        Some(AttributionDoubt {
            key: "compare".into(),
            line: self.study.settings.lines.get("compare").copied(),
            what,
        })
    }

    fn styles_of_nobody(&self) -> Vec<AttributionDoubt> {
        let people = self.study.participants().iter();
        let groups: BTreeSet<String> =
            people.filter_map(|person| self.group_of(person.id)).map(fold_name).collect();
        if groups.is_empty() {
            return Vec::new();
        }
        let nobodys = self.settings.styles.keys().filter(|group| !groups.contains(&fold_name(group)));
        nobodys
            .map(|group| {
                let meant = perhaps(probably_meant(group, groups.iter().map(String::as_str)));
                self.doubt(&format!("styles.{group}"), format!("no participant is of that group{meant}."))
            })
            .collect()
    }

    /// Said once for all of them. Where nothing but numbers is wanted, no template is missing.
    fn groups_without_style(&self) -> Option<AttributionDoubt> {
        let without = self.without.borrow();
        if without.is_empty() || self.attributes.is_empty() {
            return None;
        }
        if self.settings.is_numbered() && self.settings.styles.is_empty() {
            return None;
        }
        let listed = without.iter().map(|(group, people)| match group {
            Some(group) => format!("{group} ({})", people.len()),
            None => format!("those of no group ({})", people.len()),
        });
        let done = match (self.settings.is_numbered(), super::chooses(self.study, self.settings)) {
            (true, _) => "their number alone is printed".to_owned(),
            (false, Some(by)) => format!("they are called by their {}, or participant", by.name),
            (false, None) => "they are called participant".to_owned(),
        };
        let listed = listed.collect::<Vec<_>>().join(", ");
        Some(self.doubt("styles", format!("there is no template for {listed}; {done}.")))
    }

    /// Tables of wordings that are for no attribute, and wordings for values that nobody has.
    fn words_of_nothing(&self) -> Vec<AttributionDoubt> {
        let attributes = || self.study.attributes().iter();
        if attributes().next().is_none() {
            return Vec::new();
        }
        let mut doubts = Vec::new();
        for (name, words) in &self.settings.words {
            let key = format!("words.{name}");
            let known: Vec<&Attribute> =
                attributes().filter(|held| fold_name(&held.name) == fold_name(name)).collect();
            if known.is_empty() {
                let meant = probably_meant(name, attributes().map(|held| held.name.as_str()));
                doubts.push(self.doubt(&key, format!("there is no such attribute{}.", perhaps(meant))));
                continue;
            }
            doubts.extend(self.words_of_nobody(&key, words, &known));
        }
        doubts
    }

    /// Each slip with what was probably meant; the rest, which somebody may have yet, in one sentence.
    fn words_of_nobody(
        &self,
        key: &str,
        words: &BTreeMap<String, String>,
        attributes: &[&Attribute],
    ) -> Vec<AttributionDoubt> {
        let values = self
            .study
            .attribute_values()
            .iter()
            .filter(|held| attributes.iter().any(|attribute| attribute.id == held.attribute));
        let values: BTreeSet<String> = values
            .filter_map(|held| match &held.value {
                Value::Given(given) => Some(given),
                _ => None,
            })
            .flatten()
            .map(|value| fold_name(value))
            .collect();
        if values.is_empty() {
            return Vec::new();
        }
        let is_worded = |value: &str| words.keys().any(|worded| fold_name(worded) == value);
        let bare: Vec<&str> = values.iter().map(String::as_str).filter(|value| !is_worded(value)).collect();
        let (mut doubts, mut others) = (Vec::new(), Vec::new());
        for value in words.keys().filter(|value| !values.contains(&fold_name(value))) {
            match probably_meant(value, bare.iter().copied()) {
                Some(meant) => doubts.push(self.doubt(
                    &format!("{key}.{value}"),
                    format!("nobody has that value{}.", perhaps(Some(meant))),
                )),
                None => others.push(value.as_str()),
            }
        }
        if !others.is_empty() {
            doubts.push(self.doubt(key, format!("nobody has {}.", quoted(others.into_iter()))));
        }
        doubts
    }
}

/// What may be meant, if something is like it.
fn perhaps(meant: Option<&str>) -> String {
    meant.map(|meant| format!("; perhaps `{meant}` is meant")).unwrap_or_default()
}
