//! `codebook.toml`: `[[code]]` and `[[theme]]`, by name; and `codebook.csv`, which has the codes alone.

use serde::Serialize;

use super::Rows;
use crate::study::{Classified, Code, CodeId, Side, Study};

#[derive(Serialize)]
struct File {
    schema: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code: Vec<CodeEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    theme: Vec<ThemeEntry>,
}

#[derive(Serialize)]
struct CodeEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<String>,
    origin: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    colour: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    definition: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    include: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    exclude: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    example: String,
}

#[derive(Serialize)]
struct ThemeEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<String>,
    order: u32,
    barriers: Vec<String>,
    facilitators: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

/// The codebook as TOML: codes in the order of the tree, themes in print order, classifications under `framework`.
#[must_use]
pub fn codebook_toml(study: &Study, framework: &str) -> String {
    let component = |of: Classified| {
        study.classifications().get(&(of, framework.to_owned())).map(|held| held.component.clone())
    };
    let name = |id: &CodeId| study.codes().get(id).map(|code| code.name.clone());
    let code = |code: &Code| CodeEntry {
        name: code.name.clone(),
        parent: code.parent.as_ref().and_then(name),
        side: code.side.map(Side::name),
        component: component(Classified::Code(code.id)),
        origin: code.origin.name(),
        state: code.state.name(),
        colour: code.colour.clone(),
        definition: code.definition.clone(),
        include: code.include.clone(),
        exclude: code.exclude.clone(),
        example: code.example.clone(),
    };
    let file = File {
        schema: 1,
        code: study.codes_in_tree_order().into_iter().map(|(_, held)| code(held)).collect(),
        theme: study
            .themes_in_order()
            .into_iter()
            .map(|theme| ThemeEntry {
                name: theme.name.clone(),
                component: component(Classified::Theme(theme.id)),
                order: theme.position,
                barriers: theme.barriers.iter().filter_map(name).collect(),
                facilitators: theme.facilitators.iter().filter_map(name).collect(),
                note: theme.note.clone(),
            })
            .collect(),
    };
    // Strings and lists of strings: nothing in it that TOML cannot say.
    toml::to_string_pretty(&file).unwrap_or_default()
}

/// The columns of `codebook.csv`, as import reads them.
const COLUMNS: [&str; 11] = [
    "name",
    "parent",
    "side",
    "component",
    "origin",
    "state",
    "colour",
    "definition",
    "include",
    "exclude",
    "example",
];

/// The codes as a table, in the order of the tree, classifications under `framework`. It has no place for themes.
#[must_use]
pub fn codebook_table(study: &Study, framework: &str) -> Rows {
    let row = |code: &Code| {
        let parent = code.parent.and_then(|id| study.codes().get(&id)).map(|parent| parent.name.clone());
        let held = study.classifications().get(&(Classified::Code(code.id), framework.to_owned()));
        vec![
            code.name.clone(),
            parent.unwrap_or_default(),
            code.side.map_or("", Side::name).to_owned(),
            held.map(|held| held.component.clone()).unwrap_or_default(),
            code.origin.name().to_owned(),
            code.state.name().to_owned(),
            code.colour.clone().unwrap_or_default(),
            code.definition.clone(),
            code.include.clone(),
            code.exclude.clone(),
            code.example.clone(),
        ]
    };
    let mut table = Rows::new(&COLUMNS);
    table.rows.extend(study.codes_in_tree_order().into_iter().map(|(_, code)| row(code)));
    table
}
