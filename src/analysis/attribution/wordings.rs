//! One thing worded in two ways: `public participant from area of high deprivation` and `public participant from an area of
//! higher deprivation`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Attribution, AttributionError};
use crate::study::{AttributeOf, Subject};
use crate::text::{fold_name, look_alike};

/// Words that two wordings of one thing may have or not have.
const LITTLE: [&str; 13] =
    ["a", "an", "the", "of", "from", "in", "with", "who", "for", "at", "to", "and", "on"];

/// Whether two descriptors, without numbers of participants, seem to say the same in two ways: the same words but for their
/// order, little words, plurals, comparatives and slips of a letter. Equal ones are not two.
#[must_use]
pub fn are_one_descriptor(one: &str, other: &str) -> bool {
    one != other && look_alike(&bare(one), &bare(other))
}

/// Descriptors that seem to be one, grouped; each group has two or more, all in the order given, each once.
#[must_use]
pub fn worded_twice<'d>(descriptors: impl IntoIterator<Item = &'d str>) -> Vec<Vec<&'d str>> {
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for descriptor in descriptors {
        if groups.iter().flatten().any(|held| *held == descriptor) {
            continue;
        }
        match groups.iter_mut().find(|group| group.iter().any(|held| are_one_descriptor(held, descriptor))) {
            Some(group) => group.push(descriptor),
            None => groups.push(vec![descriptor]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

fn bare(descriptor: &str) -> String {
    /// Shorter words end in `er` by themselves: `carer`, `over`.
    const SHORTEST: usize = 6;
    let folded = fold_name(descriptor);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.filter(|word| !LITTLE.contains(word)).map(|word| match word.strip_suffix("er") {
        Some(positive) if word.chars().count() >= SHORTEST => positive,
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

impl Attribution<'_> {
    /// What seems to be worded in two ways, as sentences: descriptors that are alike, a value with two wordings, and a value
    /// that has none where others of its attribute have one.
    ///
    /// # Errors
    /// If a template cannot be filled.
    pub fn wording_doubts(&self) -> Result<Vec<String>, AttributionError> {
        let descriptors = self.descriptors()?;
        let mut doubts: Vec<String> = worded_twice(descriptors.iter().map(|held| held.words.as_str()))
            .iter()
            .map(|group| {
                format!("{} seem to be one, worded in {} ways.", quoted(group.iter().copied()), group.len())
            })
            .collect();
        for (_, attribute) in &self.attributes {
            let named = |name: &str| fold_name(name) == fold_name(&attribute.name);
            let mut worded: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for (value, words) in
                self.settings.words.iter().filter(|(name, _)| named(name)).flat_map(|(_, w)| w)
            {
                let held = worded.entry(fold_name(value)).or_default();
                if !held.contains(&words.as_str()) {
                    held.push(words);
                }
            }
            let twice = worded.iter().filter(|(_, words)| words.len() > 1);
            doubts.extend(twice.map(|(value, words)| {
                format!(
                    "{}: “{value}” is worded in two ways: {}.",
                    attribute.name,
                    quoted(words.iter().copied())
                )
            }));
            if worded.is_empty() || !self.is_used(&attribute.name) {
                continue;
            }
            let values = self.study.participants().iter().filter_map(|person| {
                self.study.value_of(Subject::Participant(person.id), attribute)?.counted()
            });
            let bare: BTreeSet<&str> =
                values.filter(|value| !worded.contains_key(&fold_name(value))).collect();
            if !bare.is_empty() {
                let values = quoted(bare.iter().copied());
                doubts.push(format!("{}: no wording for {values}, as others have.", attribute.name));
            }
        }
        Ok(doubts)
    }

    /// Whether a template or `also` names an attribute.
    fn is_used(&self, name: &str) -> bool {
        let field = super::field_of(name);
        self.study
            .attribute_named(AttributeOf::Participant, name)
            .is_some_and(|attribute| self.also.iter().any(|also| also.id == attribute.id))
            || self.templates.named.values().any(|named| named.contains(&field))
    }
}

/// Words in quotation marks, in a row.
pub(super) fn quoted<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_paper_words_in_two_ways_is_found() {
        let high = [
            "public participant from area of high socio-economic deprivation",
            "public participant from an area of higher socio-economic deprivation",
            "focus group public participant from an area of high socio-economic deprivation",
            "public participant from an area of high socio-economic deprivation, focus group",
        ];
        assert!(are_one_descriptor(high[0], high[1]));
        assert!(are_one_descriptor(high[2], high[3]));
        assert!(!are_one_descriptor(high[1], high[3]), "a focus group is no wording");
        assert!(!are_one_descriptor(high[0], high[0]));
        assert_eq!(worded_twice([high[0], "parent", high[1], high[0], high[2]]), [vec![high[0], high[1]]]);
    }

    #[test]
    fn what_differs_is_not_one() {
        for (one, other) in [
            (
                "public participant from an area of high deprivation",
                "public participant from an area of low deprivation",
            ),
            ("primary care clinician, GP", "primary care clinician, nurse"),
            ("primary care clinician, nurse", "secondary care clinician, nurse"),
            ("patient, 18-25", "patient, 46-55"),
            ("patient, female", "patient, male"),
        ] {
            assert!(!are_one_descriptor(one, other), "{one} / {other}");
        }
    }
}
