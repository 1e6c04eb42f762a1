//! The framework of a study as a file that `combe new --framework` reads.

use serde::Serialize;

use crate::study::Study;
use crate::text::fold_name;

#[derive(Serialize)]
struct File<'s> {
    schema: u32,
    id: &'s str,
    title: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'s str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    domain: Vec<Domain<'s>>,
    component: Vec<Entry<'s>>,
}

#[derive(Serialize)]
struct Domain<'s> {
    id: String,
    label: &'s str,
}

#[derive(Serialize)]
struct Entry<'s> {
    id: &'s str,
    label: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    abbreviation: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    definition: &'s str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ask: &'s str,
}

/// The framework of that id with its components in order; `None` if the study has none.
#[must_use]
pub fn framework_toml(study: &Study, framework: &str) -> Option<String> {
    let held = study.frameworks().get(&framework.to_owned())?;
    let components = study.components_of(framework);
    let mut domains: Vec<&str> = Vec::new();
    for component in &components {
        if !component.domain.is_empty() && !domains.contains(&component.domain.as_str()) {
            domains.push(&component.domain);
        }
    }
    // Headings are known by their labels; in a file they need an id, which nobody sees again.
    let id_of = |label: &str| {
        let at = domains.iter().position(|held| *held == label)?;
        Some(format!("{}-{}", at + 1, fold_name(label).replace(' ', "-")))
    };
    let file = File {
        schema: 1,
        id: &held.id,
        title: &held.title,
        summary: &held.summary,
        domain: domains.iter().filter_map(|label| Some(Domain { id: id_of(label)?, label })).collect(),
        component: components
            .iter()
            .map(|component| Entry {
                id: &component.id,
                label: &component.label,
                domain: id_of(&component.domain),
                abbreviation: &component.abbreviation,
                definition: &component.definition,
                ask: &component.ask,
            })
            .collect(),
    };
    // Strings alone: nothing in it that TOML cannot say.
    Some(toml::to_string_pretty(&file).unwrap_or_default())
}
