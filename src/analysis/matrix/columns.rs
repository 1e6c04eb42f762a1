//! The columns of the matrix: topics with the codes that they count.

use std::collections::BTreeSet;

use super::super::placement::Placement;
use super::PlanError;
use crate::study::{CodeId, CodeState, ComponentRef, Study, Topic};

/// What the columns are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ColumnsBy {
    /// The themes, in print order.
    #[default]
    Themes,
    /// The codes below one, or without one those at the top of the tree; each with what stands below it.
    Codes(Option<CodeId>),
    /// The components of a framework, by its id.
    Components(String),
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixColumn {
    /// What it is about.
    pub topic: Topic,
    /// Its heading.
    pub name: String,
    /// A few letters for narrow places; empty if there are none.
    pub short: String,
    /// The codes that it counts.
    pub codes: BTreeSet<CodeId>,
}

/// The columns of a kind. A retired code is one only if somebody coded or wrote something there.
pub(super) fn columns_of(study: &Study, by: &ColumnsBy) -> Result<Vec<MatrixColumn>, PlanError> {
    match by {
        ColumnsBy::Themes => Ok(themes(study)),
        ColumnsBy::Codes(parent) => Ok(codes(study, *parent)),
        ColumnsBy::Components(framework) => components(study, framework),
    }
}

fn themes(study: &Study) -> Vec<MatrixColumn> {
    let placement = Placement::of(study);
    let column = |theme: &crate::study::Theme| MatrixColumn {
        topic: Topic::Theme(theme.id),
        name: theme.name.clone(),
        short: String::new(),
        codes: placement.codes_of_theme(theme.id),
    };
    study.themes_in_order().into_iter().map(column).collect()
}

fn codes(study: &Study, parent: Option<CodeId>) -> Vec<MatrixColumn> {
    let is_column = |code: &crate::study::Code| match parent {
        Some(parent) => code.parent == Some(parent),
        None => code.parent.is_none_or(|above| !study.codes().has(&above)),
    };
    let in_order = study.codes_in_tree_order().into_iter().map(|(_, code)| code);
    let columns = in_order.filter(|code| is_column(code)).map(|code| MatrixColumn {
        topic: Topic::Code(code.id),
        name: code.name.clone(),
        short: String::new(),
        codes: study.descendants(code.id),
    });
    let is_used = |column: &MatrixColumn| {
        column.codes.iter().any(|code| study.codings_with(*code).next().is_some())
            || study.summaries().iter().any(|summary| summary.topic == column.topic)
    };
    let retired = |column: &MatrixColumn| {
        column
            .codes
            .iter()
            .all(|code| study.codes().get(code).is_none_or(|code| code.state == CodeState::Retired))
    };
    columns.filter(|column| !retired(column) || is_used(column)).collect()
}

fn components(study: &Study, framework: &str) -> Result<Vec<MatrixColumn>, PlanError> {
    if !study.frameworks().has(&framework.to_owned()) {
        let known: Vec<&str> = study.frameworks().iter().map(|held| held.id.as_str()).collect();
        let known = if known.is_empty() { String::from("none yet") } else { known.join(", ") };
        return Err(PlanError::NoFramework { name: framework.to_owned(), known });
    }
    let mut columns: Vec<MatrixColumn> = study
        .components_of(framework)
        .into_iter()
        .map(|component| MatrixColumn {
            topic: Topic::Component(ComponentRef::from(component)),
            name: component.label.clone(),
            short: component.abbreviation.clone(),
            codes: BTreeSet::new(),
        })
        .collect();
    for code in study.codes().iter() {
        let Some(component) = study.component_of(code.id, framework) else { continue };
        let topic = Topic::Component(ComponentRef::from(component));
        if let Some(column) = columns.iter_mut().find(|column| column.topic == topic) {
            column.codes.insert(code.id);
        }
    }
    Ok(columns)
}
