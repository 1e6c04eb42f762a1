//! Frameworks: COM-B, TDF, or a file of one's own, read from TOML templates.

use serde::{Deserialize, Serialize};

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
    #[error("the framework '{framework}' has two components with the id '{component}'; give each its own")]
    Twice {
        /// The framework.
        framework: String,
        /// The id.
        component: String,
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
    id: String,
    label: String,
    #[serde(default)]
    abbreviation: String,
    #[serde(default)]
    domain: String,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    ask: String,
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
    /// When it is no TOML of that shape, has no leaf, or two leaves share an id.
    pub fn parse(text: &str) -> Result<Template, TemplateError> {
        let file: File = toml::from_str(text)?;
        let framework = Framework { id: file.id, title: file.title, summary: file.summary };
        let domain_label = |id: &str| {
            file.domain
                .iter()
                .find(|domain| domain.id == id)
                .map_or_else(|| id.to_owned(), |d| d.label.clone())
        };
        let leaves = if file.component.is_empty() { &file.domain } else { &file.component };
        let mut components: Vec<Component> = Vec::with_capacity(leaves.len());
        for (position, leaf) in (1..).zip(leaves) {
            if components.iter().any(|component| component.id == leaf.id) {
                return Err(TemplateError::Twice { framework: framework.id, component: leaf.id.clone() });
            }
            components.push(Component {
                framework: framework.id.clone(),
                id: leaf.id.clone(),
                label: leaf.label.clone(),
                abbreviation: if leaf.abbreviation.is_empty() {
                    abbreviate(&leaf.label)
                } else {
                    leaf.abbreviation.clone()
                },
                domain: domain_label(&leaf.domain),
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
        assert!(matches!(Template::parse(twins), Err(TemplateError::Twice { .. })));
    }
}
