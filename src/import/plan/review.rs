//! A coauthor's review sheet into the study: a decision for each row that was filled in, made on what stands in the sheet.

use super::super::nearest;
use super::super::tables::{ReviewRow, Reviews};
use super::refusal::Refusal;
use super::{Doubt, Planner};
use crate::study::{
    Change, Classified, Decision, Review, ReviewBasis, ReviewId, Study, fresh, is_whole_but_left_out,
};
use crate::text::{counted, fold_name};

/// Takes in the decisions; `told` becomes what was decided and in whose name, a line each.
pub(super) fn take(
    planner: &mut Planner<'_>,
    sheet: &Reviews,
    told: &mut Vec<String>,
) -> Result<Vec<Doubt>, Refusal> {
    let (mut doubts, mut findings) = (Vec::new(), sheet.findings.clone());
    let (mut reviews, mut replaced) = (Vec::new(), Vec::new());
    for row in &sheet.rows {
        let Some(of) = planner.study.by_review_reference(&row.reference) else {
            // What was deleted since and not decided is nobody's loss.
            if !row.is_blank() {
                let what = format!(
                    "this study has no code or theme with that reference (“{}”); it was deleted, or the sheet is of \
                     another study",
                    row.name
                );
                findings.cell(row.line, "combe reference", what);
            }
            continue;
        };
        doubts.extend(differs(&planner.study, row, of).map(|what| Doubt { line: Some(row.line), what }));
        if row.is_blank() {
            continue;
        }
        match component_of(planner, row) {
            Ok(component) => {
                let Some(review) = review(planner, row, of, component, &mut doubts) else { continue };
                let standing = planner.study.standing_reviews(of);
                if let Some(held) = standing.iter().find(|held| held.coder == planner.coder) {
                    let (name, before) = (planner.study.name_of_classified(of), held.decision.name());
                    replaced.push(format!("“{name}”: {}, in place of {before}", review.decision.name()));
                }
                reviews.push(review);
            }
            Err(what) => findings.cell(row.line, "proposed component", what),
        }
    }
    findings.or(())?;
    told.push(counts(planner, &reviews));
    told.append(&mut replaced);
    planner.make(reviews.into_iter().map(Change::create).collect())?;
    Ok(doubts)
}

/// How many decisions are taken in, of whom: `14 decisions of bea: 10 agree, 3 question, 1 propose`.
fn counts(planner: &Planner<'_>, reviews: &[Review]) -> String {
    let whose = planner.study.coder_name(planner.coder);
    if reviews.is_empty() {
        return format!("no decision of {whose} that is not in the study already");
    }
    let number = |decision: Decision| reviews.iter().filter(|review| review.decision == decision).count();
    let each = Decision::ALL.into_iter().filter(|decision| number(*decision) > 0);
    let each: Vec<String> =
        each.map(|decision| format!("{} {}", number(decision), decision.name())).collect();
    format!("{} of {whose}: {}", counted(reviews.len(), "decision", "decisions"), each.join(", "))
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
    let mut doubt = |what: String| doubts.push(Doubt { line: Some(row.line), what });
    let decision = match row.decision {
        None => {
            doubt(format!("no decision stands beside it; taken as “{}”", implied.name()));
            implied
        }
        Some(Decision::Agree) if component.is_some() => {
            let what = "“agree” stands beside another component that is proposed; taken as “propose”";
            doubt(String::from(what));
            Decision::Propose
        }
        Some(Decision::Propose) if component.is_none() && row.comment.is_empty() => {
            let what =
                "“propose” stands there with neither a component nor a comment: ask what should be otherwise";
            doubt(String::from(what));
            Decision::Propose
        }
        Some(decision) => decision,
    };
    let standing = planner.study.standing_reviews(of);
    let held = standing.iter().find(|held| held.coder == planner.coder);
    if held.is_some_and(|held| {
        held.decision == decision
            && held.comment == row.comment
            && held.component == component
            && held.basis.as_ref().is_none_or(|basis| *basis == basis_of(&planner.study, row, of, held.id))
    }) {
        return None;
    }
    let id = fresh(planner.source);
    Some(Review {
        id,
        of,
        coder: planner.coder,
        at: planner.now,
        decision,
        comment: row.comment.clone(),
        component,
        basis: Some(basis_of(&planner.study, row, of, id)),
    })
}

/// What stood in the sheet when the decision was made; of a column that was lost, what stands in the study.
fn basis_of(study: &Study, row: &ReviewRow, of: Classified, review: ReviewId) -> ReviewBasis {
    let component = row.shown_component.as_deref().unwrap_or_else(|| study.reviewed_component(of));
    let now = study.reviewed_definition(of);
    let shown = row.shown_definition.as_deref().filter(|shown| !is_whole_but_left_out(&now, shown));
    ReviewBasis::new(review, component, shown.unwrap_or(&now))
}

/// What a row says otherwise than the study, of the cells that are not there to be filled in.
fn differs<'r>(study: &Study, row: &'r ReviewRow, of: Classified) -> impl Iterator<Item = String> + use<'r> {
    let under = study.reviewed_component(of);
    let other = |shown: &&str| fold_name(shown) != fold_name(under);
    let moved = row.shown_component.as_deref().filter(other).map(|shown| {
        let words = |label: &str| if label.is_empty() { "no component".to_owned() } else { format!("“{label}”") };
        format!(
            "“{}” stands under {} in the sheet and under {} in the study: it was moved since, or the cell was changed; \
             another component is proposed under “proposed component”",
            row.name,
            words(shown),
            words(under)
        )
    });
    let name = study.name_of_classified(of);
    let is_named = row.name.is_empty() || fold_name(&row.name).ends_with(&fold_name(name));
    let renamed = (!is_named).then(|| {
        format!(
            "“{}” is called “{name}” in the study: it was renamed since, or the cell was changed; a new name is \
             proposed in the comment",
            row.name
        )
    });
    moved.into_iter().chain(renamed)
}

/// The component that a row proposes, by its label, its id or its abbreviation; `None` for the one that stands beside it.
fn component_of(planner: &Planner<'_>, row: &ReviewRow) -> Result<Option<(String, String)>, String> {
    let is_as_shown = |shown: &str| fold_name(shown) == fold_name(&row.component);
    if row.component.is_empty() || row.shown_component.as_deref().is_some_and(is_as_shown) {
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
