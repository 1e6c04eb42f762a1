//! Frameworks: COM-B, TDF, or a file of one's own, read from TOML templates.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Study;
use crate::text::{capitalised, fold_name, probably_meant};

/// A framework under whose components codes and themes are classified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Identity, and the word in files (`com-b`).
    pub id: String,
    /// What people call it.
    pub title: String,
    /// One paragraph on what it says.
    pub summary: String,
}

/// One component of a framework: what digits open as a panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Of which framework.
    pub framework: String,
    /// Identity in that framework, and the word in files and filters (`opportunity.physical`).
    pub id: String,
    /// What people call it.
    pub label: String,
    /// A few letters for narrow places (`O-Ph`).
    pub abbreviation: String,
    /// The domain it belongs to, by label; empty if the framework has no level above.
    pub domain: String,
    /// What it means.
    pub definition: String,
    /// The question to ask of a passage.
    pub ask: String,
    /// Place in the framework, from 1.
    pub position: u32,
}

/// A framework with its components, as read from a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The framework.
    pub framework: Framework,
    /// Its components in order.
    pub components: Vec<Component>,
}

/// Why a template could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It is not TOML, or a value has the wrong shape.
    #[error("the framework cannot be read: {0}; docs/matrix.md shows what such a file looks like")]
    Syntax(#[from] toml::de::Error),
    /// It has a key that nothing reads.
    #[error("line {line}: {place} has no key '{key}'; it has {known}")]
    Unknown {
        /// The line, from 1.
        line: usize,
        /// What part of the file.
        place: &'static str,
        /// The key.
        key: String,
        /// The keys that there are.
        known: String,
    },
    /// It names no component.
    #[error(
        "the framework '{0}' has neither [[component]] nor [[domain]] entries; add one for each component"
    )]
    Empty(String),
    /// Two components share an identity.
    #[error(
        "line {line}: the framework '{framework}' has two components with the id '{component}'; give each its own"
    )]
    Twice {
        /// The line of the second one, from 1.
        line: usize,
        /// The framework.
        framework: String,
        /// The id.
        component: String,
    },
    /// A component has nothing that it is called by.
    #[error("line {line}: '{component}' has an empty label; write there what people call it")]
    Unnamed {
        /// The line of its id, from 1.
        line: usize,
        /// The id.
        component: String,
    },
    /// Something stands under a domain that there is not.
    #[error(
        "line {line}: '{entry}' stands under the domain '{domain}', and no [[domain]] has that id; {hint}"
    )]
    NoDomain {
        /// The line, from 1.
        line: usize,
        /// The id of what stands there.
        entry: String,
        /// The domain that it names.
        domain: String,
        /// What there is.
        hint: String,
    },
    /// A domain stands below itself.
    #[error(
        "line {line}: the domain '{domain}' stands below itself; take `domain` out of one of those above it"
    )]
    Cycle {
        /// The line, from 1.
        line: usize,
        /// The id of the domain.
        domain: String,
    },
}

const COM_B: &str = include_str!("templates/comb.toml");
const TDF: &str = include_str!("templates/tdf.toml");

#[derive(Deserialize)]
struct File {
    id: String,
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    domain: Vec<Entry>,
    #[serde(default)]
    component: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: Spanned<String>,
    label: String,
    #[serde(default)]
    abbreviation: String,
    domain: Option<Spanned<String>>,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    ask: String,
}

impl File {
    /// Looks whether everything stands under a domain that there is, and no domain below itself. A file without domains may
    /// name them by their labels alone.
    fn check_domains(&self, text: &str) -> Result<(), TemplateError> {
        let domain_of = |id: &str| self.domain.iter().find(|domain| domain.id.as_ref() == id);
        for entry in self.domain.iter().chain(&self.component) {
            let Some(above) = entry.domain.as_ref().filter(|_| !self.domain.is_empty()) else { continue };
            let line = line_of(text, above);
            if domain_of(above.as_ref()).is_none() {
                let known = self.domain.iter().map(|domain| domain.id.as_ref().as_str());
                let hint = match probably_meant(above.as_ref(), known) {
                    Some(near) => format!("is '{near}' meant?"),
                    None => String::from("give one that id"),
                };
                let (entry, domain) = (entry.id.as_ref().clone(), above.as_ref().clone());
                return Err(TemplateError::NoDomain { line, entry, domain, hint });
            }
            // Whoever goes up more often than there are domains goes round.
            let up = |held: &&Entry| domain_of(held.domain.as_ref()?.as_ref());
            let above_all = std::iter::successors(Some(entry), up).nth(self.domain.len() + 1);
            if above_all.is_some() {
                return Err(TemplateError::Cycle { line, domain: entry.id.as_ref().clone() });
            }
        }
        Ok(())
    }
}

/// Keys of the file itself that are read.
const TOP: [&str; 6] = ["schema", "id", "title", "summary", "domain", "component"];
/// Keys of a domain or a component that are.
const ENTRY: [&str; 6] = ["id", "label", "abbreviation", "domain", "definition", "ask"];
/// Keys that are notes for people: the shipped templates have them, and a file made after one keeps them.
const NOTES: [&str; 15] = [
    "exclusive",
    "valences",
    "levels",
    "boundary_rule",
    "number",
    "between",
    "rule",
    "com_b",
    "cues",
    "include",
    "exclude",
    "functions",
    "functions_checked",
    "label_in_paper",
    "study_note",
];

/// Refuses keys that nothing reads: a colour or a parent that is dropped without a word would be missed only later.
fn check_keys(text: &str) -> Result<(), TemplateError> {
    // What is no TOML is told by whoever reads it.
    let Ok(file) = DeTable::parse(text) else { return Ok(()) };
    let refuse = |table: &DeTable<'_>, place: &'static str, known: &[&str]| {
        let is_known = |key: &str| known.contains(&key) || NOTES.contains(&key);
        match table.keys().find(|key| !is_known(key.get_ref())) {
            None => Ok(()),
            Some(key) => Err(TemplateError::Unknown {
                line: line_at(text, key.span().start),
                place,
                key: key.get_ref().to_string(),
                known: known.join(", "),
            }),
        }
    };
    refuse(file.get_ref(), "a framework", &TOP)?;
    for (key, value) in file.get_ref() {
        let place = match key.get_ref().as_ref() {
            "domain" => "a [[domain]]",
            "component" => "a [[component]]",
            _ => continue,
        };
        let DeValue::Array(entries) = value.get_ref() else { continue };
        for entry in entries.iter() {
            if let DeValue::Table(entry) = entry.get_ref() {
                refuse(entry, place, &ENTRY)?;
            }
        }
    }
    Ok(())
}

/// The line in which a value stands, from 1.
fn line_of(text: &str, value: &Spanned<String>) -> usize {
    line_at(text, value.span().start)
}

fn line_at(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(1, |before| before.matches('\n').count() + 1)
}

impl Template {
    /// A shipped template by the word that `--framework` takes: `com-b` or `tdf`.
    #[must_use]
    pub fn shipped(word: &str) -> Option<Result<Template, TemplateError>> {
        match fold_name(word).as_str() {
            "com-b" | "comb" => Some(Template::parse(COM_B)),
            "tdf" | "tdf-14" => Some(Template::parse(TDF)),
            _ => None,
        }
    }

    /// Reads a template. Leaves are `[[component]]` if there are any, else `[[domain]]`.
    ///
    /// # Errors
    /// When it is no TOML of that shape, has a key that nothing reads or no leaf, two leaves share an id, or one stands under a domain that there is not.
    pub fn parse(text: &str) -> Result<Template, TemplateError> {
        check_keys(text)?;
        let file: File = toml::from_str(text)?;
        file.check_domains(text)?;
        let framework = Framework { id: file.id, title: file.title, summary: file.summary };
        let domain_label = |id: &str| {
            file.domain
                .iter()
                .find(|domain| domain.id.as_ref() == id)
                .map_or_else(|| id.to_owned(), |d| d.label.clone())
        };
        let leaves = if file.component.is_empty() { &file.domain } else { &file.component };
        let mut components: Vec<Component> = Vec::with_capacity(leaves.len());
        for (position, leaf) in (1..).zip(leaves) {
            let id = leaf.id.as_ref().clone();
            if components.iter().any(|component| component.id == id) {
                let line = line_of(text, &leaf.id);
                return Err(TemplateError::Twice { line, framework: framework.id, component: id });
            }
            if leaf.label.trim().is_empty() {
                return Err(TemplateError::Unnamed { line: line_of(text, &leaf.id), component: id });
            }
            components.push(Component {
                framework: framework.id.clone(),
                id,
                label: leaf.label.clone(),
                abbreviation: leaf.abbreviation.clone(),
                domain: leaf.domain.as_ref().map_or_else(String::new, |id| domain_label(id.as_ref())),
                definition: leaf.definition.clone(),
                ask: leaf.ask.clone(),
                position,
            });
        }
        if components.is_empty() {
            return Err(TemplateError::Empty(framework.id));
        }
        abbreviate_all(&mut components);
        Ok(Template { framework, components })
    }
}

impl Study {
    /// Why the framework that `study.toml` names has no components here, and what to do.
    #[must_use]
    pub fn no_framework_words(&self) -> String {
        let named = &self.settings.framework;
        let known: Vec<&str> = self.frameworks().iter().map(|held| held.id.as_str()).collect();
        if known.is_empty() {
            return String::from(
                "this study was made without a framework, so there are no components; `combe new DIR --framework com-b` makes \
                 one that has them",
            );
        }
        format!(
            "study.toml says framework = \"{named}\", and this study was made with {}: write that there; another framework \
             takes a new study, made with `combe new DIR --framework {named}`",
            known.join(" and ")
        )
    }
}

/// Gives each component that has no abbreviation one of its own: of four letters or fewer, and no two alike.
fn abbreviate_all(components: &mut [Component]) {
    let given: BTreeSet<String> = components.iter().map(|held| fold_name(&held.abbreviation)).collect();
    let without: Vec<usize> = components
        .iter()
        .enumerate()
        .filter(|(_, held)| held.abbreviation.is_empty())
        .map(|(at, _)| at)
        .collect();
    let labels: Vec<&str> = without.iter().map(|at| components[*at].label.as_str()).collect();
    let short: Vec<String> = labels.iter().map(|label| abbreviate(label)).collect();
    let told: Vec<String> = labels.iter().map(|label| abbreviate_apart(label, &labels)).collect();
    let mut taken = given.clone();
    let mut chosen = Vec::with_capacity(without.len());
    for (at, (initials, apart)) in short.iter().zip(&told).enumerate() {
        let is_twin = |held: &[String], word: &str| {
            let alike = |(other, held): (usize, &String)| other != at && fold_name(held) == fold_name(word);
            held.iter().enumerate().any(alike)
        };
        let is_free = |word: &str| !taken.contains(&fold_name(word));
        let abbreviation = if !is_twin(&short, initials) && is_free(initials) {
            initials.clone()
        } else if !is_twin(&told, apart) && !is_twin(&short, apart) && is_free(apart) {
            apart.clone()
        } else {
            // Labels that begin alike for long are told apart by a number.
            let first: String = initials.chars().take(2).collect();
            let numbered = (1..).map(|number: usize| format!("{first}{number}"));
            let mut numbered = numbered.filter(|word| is_free(word) && !is_twin(&short, word));
            numbered.next().unwrap_or_default()
        };
        taken.insert(fold_name(&abbreviation));
        chosen.push(abbreviation);
    }
    for (at, abbreviation) in without.into_iter().zip(chosen) {
        components[at].abbreviation = abbreviation;
    }
}

/// The initials of a label's words, or its beginning.
fn abbreviate(label: &str) -> String {
    let initials: String = words_of(label).filter_map(|word| word.chars().next()).take(4).collect();
    if initials.chars().count() > 1 { initials.to_uppercase() } else { label.chars().take(4).collect() }
}

/// A label by its first initial and the beginning of the first word in which it differs from those with the same initials.
fn abbreviate_apart(label: &str, labels: &[&str]) -> String {
    let twins: Vec<&str> = labels
        .iter()
        .copied()
        .filter(|other| *other != label && abbreviate(other) == abbreviate(label))
        .collect();
    let differs =
        |(at, word): &(usize, &str)| twins.iter().all(|twin| words_of(twin).nth(*at) != Some(*word));
    let Some((at, word)) = words_of(label).enumerate().find(differs) else { return abbreviate(label) };
    let first = words_of(label).next().filter(|_| at > 0).and_then(|word| word.chars().next());
    let letters = 4 - usize::from(first.is_some());
    let beginning: String = word.chars().take(letters).collect();
    let first: String = first.into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", capitalised(&beginning))
}

fn words_of(label: &str) -> impl Iterator<Item = &str> {
    label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn com_b_has_six_components_in_order() {
        let template = Template::shipped("COM-B").expect("shipped").expect("valid");
        let ids: Vec<&str> = template.components.iter().map(|component| component.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "capability.physical",
                "capability.psychological",
                "opportunity.physical",
                "opportunity.social",
                "motivation.reflective",
                "motivation.automatic"
            ]
        );
        assert_eq!(template.components[2].abbreviation, "O-Ph");
        assert_eq!(template.components[2].domain, "Opportunity");
    }

    #[test]
    fn tdf_has_fourteen_domains_as_leaves() {
        let template = Template::shipped("tdf").expect("shipped").expect("valid");
        assert_eq!(template.components.len(), 14);
        let shown: Vec<&str> =
            template.components.iter().map(|component| component.abbreviation.as_str()).collect();
        assert!(shown.iter().all(|word| (1..=4).contains(&word.chars().count())), "{shown:?}");
        assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), 14, "no two alike: {shown:?}");
        assert!(shown.contains(&"BCap") && shown.contains(&"BCon"), "{shown:?}");
    }

    #[test]
    fn made_abbreviations_are_never_alike_and_given_ones_stay() {
        let mut file = String::from(
            "id = 'x'\ntitle = 'X'\n[[component]]\nid='g'\nlabel='Given'\nabbreviation='CFXN'\n",
        );
        for number in 1..14 {
            file.push_str(&format!("[[component]]\nid='c{number}'\nlabel='Cost & fees x number {number}'\n"));
        }
        let template = Template::parse(&file).expect("valid");
        let shown: BTreeSet<String> =
            template.components.iter().map(|component| fold_name(&component.abbreviation)).collect();
        assert_eq!(shown.len(), 14, "{shown:?}");
        assert_eq!(template.components[0].abbreviation, "CFXN");
    }

    #[test]
    fn a_component_without_a_name_is_refused() {
        let file = "id = 'x'\ntitle = 'X'\n[[component]]\nid = 'a'\nlabel = ' '\n";
        let said = Template::parse(file).unwrap_err().to_string();
        assert_eq!(said, "line 4: 'a' has an empty label; write there what people call it");
    }

    #[test]
    fn a_template_without_leaves_or_with_twins_is_refused() {
        assert!(matches!(Template::parse("id = 'x'\ntitle = 'X'"), Err(TemplateError::Empty(_))));
        let twins = "id = 'x'\ntitle = 'X'\n[[domain]]\nid='a'\nlabel='A'\n[[domain]]\nid='a'\nlabel='B'";
        assert!(matches!(Template::parse(twins), Err(TemplateError::Twice { line: 7, .. })));
    }

    #[test]
    fn a_key_that_nothing_reads_is_refused_with_its_line_and_what_is_known() {
        let said = |text: &str| Template::parse(text).unwrap_err().to_string();
        let head = "id = 'x'\ntitle = 'X'\n";
        let known = "it has id, label, abbreviation, domain, definition, ask";
        for (key, line) in
            [("parent", "parent = 'b'"), ("colour", "colour = 'octarine'"), ("lable", "lable = 'A'")]
        {
            let file = format!("{head}[[component]]\nid = 'a'\n{line}\nlabel = 'A'\n");
            assert_eq!(said(&file), format!("line 5: a [[component]] has no key '{key}'; {known}"));
        }
        let top = said(&format!("{head}parent = 'com-b'\n[[domain]]\nid = 'a'\nlabel = 'A'\n"));
        assert!(top.starts_with("line 3: a framework has no key 'parent'; it has schema, id"), "{top}");
    }

    #[test]
    fn a_missing_id_and_a_domain_below_itself_are_refused_with_their_line() {
        let said = |text: &str| Template::parse(text).unwrap_err().to_string();
        let head = "id = 'x'\ntitle = 'X'\n";
        let unknown = "[[domain]]\nid = 'work'\nlabel = 'Work'\n[[component]]\nid = 'a'\nlabel = 'A'\ndomain = 'wrok'\n";
        assert_eq!(
            said(&format!("{head}{unknown}")),
            "line 9: 'a' stands under the domain 'wrok', and no [[domain]] has that id; is 'work' meant?"
        );
        let round = "[[domain]]\nid='a'\nlabel='A'\ndomain='b'\n[[domain]]\nid='b'\nlabel='B'\ndomain='a'\n";
        assert!(said(&format!("{head}{round}")).starts_with("line 6: the domain 'a' stands below itself"));
        let bare = said(&format!("{head}[[domain]]\nlabel = 'A'\n"));
        assert!(bare.contains("line 3") && bare.contains("missing field `id`"), "{bare}");
    }
}
