//! A coauthor's review sheet into the study: a decision for each row that was filled in.

use super::super::nearest;
use super::super::tables::{ReviewRow, Reviews};
use super::refusal::Refusal;
use super::{Doubt, Planner};
use crate::study::{Change, Classified, Decision, Review, fresh};
use crate::text::fold_name;

pub(super) fn take(planner: &mut Planner<'_>, sheet: &Reviews) -> Result<Vec<Doubt>, Refusal> {
    let (mut doubts, mut findings) = (Vec::new(), sheet.findings.clone());
    let mut reviews = Vec::new();
    for row in &sheet.rows {
        let Some(of) = planner.study.by_review_reference(&row.reference) else {
            let what = format!(
                "this study has no code or theme with that reference (“{}”); it was deleted, or the sheet is of \
                 another study",
                row.name
            );
            findings.cell(row.line, "combe reference", what);
            continue;
        };
        match component_of(planner, row) {
            Ok(component) => reviews.extend(review(planner, row, of, component, &mut doubts)),
            Err(what) => findings.cell(row.line, "proposed component", what),
        }
    }
    findings.or(())?;
    planner.make(reviews.into_iter().map(Change::create).collect())?;
    Ok(doubts)
}

/// The record of a row; `None` if that is what its coder decided last.
fn review(
    planner: &Planner<'_>,
    row: &ReviewRow,
    of: Classified,
    component: Option<(String, String)>,
    doubts: &mut Vec<Doubt>,
) -> Option<Review> {
    let implied = if component.is_some() { Decision::Propose } else { Decision::Question };
    if row.decision.is_none() {
        let what = format!("no decision stands beside it; taken as “{}”", implied.name());
        doubts.push(Doubt { line: Some(row.line), what });
    }
    let decision = row.decision.unwrap_or(implied);
    let standing = planner.study.standing_reviews(of);
    let held = standing.iter().find(|held| held.coder == planner.coder);
    if held.is_some_and(|held| {
        held.decision == decision && held.comment == row.comment && held.component == component
    }) {
        return None;
    }
    Some(Review {
        id: fresh(planner.source),
        of,
        coder: planner.coder,
        at: planner.now,
        decision,
        comment: row.comment.clone(),
        component,
    })
}

/// The component that a row proposes, by its label, its id or its abbreviation.
fn component_of(planner: &Planner<'_>, row: &ReviewRow) -> Result<Option<(String, String)>, String> {
    if row.component.is_empty() {
        return Ok(None);
    }
    let wanted = fold_name(&row.component);
    let components = planner.study.components_of(&planner.study.settings.framework);
    let found = components.iter().find(|component| {
        [&component.label, &component.id, &component.abbreviation]
            .iter()
            .any(|name| fold_name(name) == wanted)
    });
    found.map(|component| Some((component.framework.clone(), component.id.clone()))).ok_or_else(|| {
        let known = components.iter().map(|component| component.label.as_str());
        format!("the framework has no component “{}”{}", row.component, nearest::hint(&row.component, known))
    })
}
