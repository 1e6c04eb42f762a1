//! Frameworks: COM-B, TDF, or a file of one's own, read from TOML templates.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::text::probably_meant;

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
    #[error("the framework cannot be read: {0}; compare it with the shipped template of COM-B")]
    Syntax(#[from] toml::de::Error),
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

/// The line in which a value stands, from 1.
fn line_of(text: &str, value: &Spanned<String>) -> usize {
    text.get(..value.span().start).map_or(1, |before| before.matches('\n').count() + 1)
}

impl Template {
    /// A shipped template by the word that `--framework` takes: `com-b` or `tdf`.
    #[must_use]
    pub fn shipped(word: &str) -> Option<Result<Template, TemplateError>> {
        match crate::text::fold_name(word).as_str() {
            "com-b" | "comb" => Some(Template::parse(COM_B)),
            "tdf" | "tdf-14" => Some(Template::parse(TDF)),
            _ => None,
        }
    }

    /// Reads a template. Leaves are `[[component]]` if there are any, else `[[domain]]`.
    ///
    /// # Errors
    /// When it is no TOML of that shape, has no leaf, two leaves share an id, or one stands under a domain that there is not.
    pub fn parse(text: &str) -> Result<Template, TemplateError> {
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
            components.push(Component {
                framework: framework.id.clone(),
                id,
                label: leaf.label.clone(),
                abbreviation: if leaf.abbreviation.is_empty() {
                    abbreviate(&leaf.label)
                } else {
                    leaf.abbreviation.clone()
                },
                domain: leaf.domain.as_ref().map_or_else(String::new, |id| domain_label(id.as_ref())),
                definition: leaf.definition.clone(),
                ask: leaf.ask.clone(),
                position,
            });
        }
        if components.is_empty() {
            return Err(TemplateError::Empty(framework.id));
        }
        Ok(Template { framework, components })
    }
}

/// Four letters or fewer out of a label: the initials of its words, or its beginning.
fn abbreviate(label: &str) -> String {
    let initials: String =
        label.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next()).take(4).collect();
    if initials.chars().count() > 1 { initials.to_uppercase() } else { label.chars().take(4).collect() }
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
        assert!(template.components.iter().all(|component| !component.abbreviation.is_empty()));
    }

    #[test]
    fn a_template_without_leaves_or_with_twins_is_refused() {
        assert!(matches!(Template::parse("id = 'x'\ntitle = 'X'"), Err(TemplateError::Empty(_))));
        let twins = "id = 'x'\ntitle = 'X'\n[[domain]]\nid='a'\nlabel='A'\n[[domain]]\nid='a'\nlabel='B'";
        assert!(matches!(Template::parse(twins), Err(TemplateError::Twice { line: 7, .. })));
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
