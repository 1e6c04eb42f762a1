//! Barriers and facilitators by component and theme (Table 3 of a paper), made from the codebook.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::count::on_side;
use super::super::placement::Placement;
use super::super::tally::Passage;
use super::super::{Counter, Split};
use super::codes::{layers_note, left_out_note};
use super::groups::Groups;
use super::paper::{Head, PaperCell, PaperRow};
use super::{Evidence, Measure, PaperTable, Picture, TableError, TableKind, TableOptions, Unit};
use crate::study::{CodeId, Component, Side, Theme};

/// Both sides, in the order of print.
pub(super) const SIDES: [Side; 2] = [Side::Barrier, Side::Facilitator];

pub(super) fn table(counter: &Counter<'_>, options: &TableOptions) -> Result<PaperTable, TableError> {
    let study = counter.study();
    let framework = &study.settings.framework;
    let mut themes: Vec<(&Theme, Option<&Component>)> = study
        .themes_in_order()
        .into_iter()
        .map(|theme| (theme, study.component_of_theme(theme, framework)))
        .collect();
    // Those of a component together, so that no domain is a heading twice.
    themes.sort_by_key(|(_, component)| component.map_or(u32::MAX, |held| held.position));
    if themes.is_empty() {
        return Err(TableError::Nothing(
            "the codebook has no themes yet: put codes into themes (screen Codebook, or [[theme]] in codebook.toml)",
        ));
    }
    let groups = Groups::of(counter, options.by.as_deref())?;
    let of = counter.everybody().len();
    let mut head = vec![
        Head::words("component", "Component"),
        Head::words("theme", "Theme"),
        Head::words("barriers", "Barriers"),
        Head::words("facilitators", "Facilitators"),
    ];
    let counts = options.counts || !groups.groups.is_empty();
    if counts {
        for side in SIDES {
            let word = side.name();
            head.push(Head::numbers(format!("{word}_people"), format!("{word} people"), Unit::People));
            head.push(Head::numbers(format!("{word}_codings"), format!("{word} codings"), Unit::Codings));
            for group in &groups.groups {
                let key = format!("{word}_{}", group.key());
                let title = format!("{word} {}", group.title(options.measure));
                head.push(Head::numbers(key, title, options.measure.unit()));
            }
        }
    }
    let mut table =
        PaperTable::new(TableKind::Themes, "Themes: barriers and what answers them, by component", head);
    let placement = Placement::of(study);
    let (mut pairs, mut domain, mut left_out, mut one_sided) = (Vec::new(), None, 0, 0);
    for (theme, component) in themes {
        let here = component.map(|held| held.domain.clone()).unwrap_or_default();
        if domain.as_ref() != Some(&here) && !here.is_empty() {
            table.rows.push(PaperRow::heading(here.clone(), table.head.len()));
        }
        domain = Some(here);
        one_sided += u32::from(theme.barriers.is_empty() != theme.facilitators.is_empty());
        let mut cells = vec![
            PaperCell::words(component.map_or("not classified", |held| held.label.as_str())),
            PaperCell::words(theme.name.clone()),
            PaperCell::words(names(counter, &theme.barriers)),
            PaperCell::words(names(counter, &theme.facilitators)),
        ];
        let codes = Arc::new(placement.codes_of_theme(theme.id));
        let passages = counter.passages(&codes);
        let (split, numbers) = numbers(counter, (&codes, &passages), &groups, options.measure);
        let everybody = split.each_ref().map(|side| options.measure.of(&side.count.all));
        pairs.extend(groups.bars(counter, (&theme.name, &passages), everybody, options.measure));
        left_out += split.iter().map(|side| side.count.all.unclear + side.count.all.beside).sum::<u32>();
        if counts {
            cells.extend(numbers);
        }
        table.rows.push(PaperRow::of(cells));
    }
    if one_sided > 0 {
        table.note(match one_sided {
            1 => String::from("One theme has codes on one side only."),
            _ => format!("{one_sided} themes have codes on one side only."),
        });
    }
    apart_note(&mut table, counter);
    if counts {
        layers_note(&mut table, of);
        table.note(
            "A theme counts the union of the people of its codes and of those below them, never a sum.",
        );
        left_out_note(&mut table, counter, left_out);
    }
    table.picture = Some(Picture::Bars { measure: options.measure, pairs });
    Ok(table)
}

/// Says which themes stand under another component than codes of theirs, as the numbers of components are of codes.
pub(super) fn apart_note(table: &mut PaperTable, counter: &Counter<'_>) {
    let study = counter.study();
    let framework = &study.settings.framework;
    for theme in study.themes_in_order() {
        let apart = study.components_apart(theme, framework);
        if apart.is_empty() {
            continue;
        }
        let own =
            study.component_of_theme(theme, framework).map_or("no component", |held| held.label.as_str());
        let apart: Vec<&str> = apart.into_iter().map(|held| held.label.as_str()).collect();
        table.note(format!(
            "“{}” stands under {own}, codes of it under {}: components count codes where these stand.",
            theme.name,
            apart.join(" and ")
        ));
    }
}

/// People, codings and groups of both sides of some codes, with what stands behind each.
pub(super) fn numbers(
    counter: &Counter<'_>,
    (codes, passages): (&Arc<BTreeSet<CodeId>>, &[Passage<'_>]),
    groups: &Groups,
    measure: Measure,
) -> ([Split; 2], Vec<PaperCell>) {
    let mut cells = Vec::new();
    let split = SIDES.map(|side| {
        let here = on_side(passages, Some(side));
        let split = Split { count: counter.count_passages(&here), columns: Vec::new() };
        let evidence = Evidence::of(codes).on(Some(side));
        cells.push(PaperCell::number(
            split.count.all.people,
            evidence.clone().voiced(super::Voiced::Participants),
        ));
        cells.push(PaperCell::number(split.count.all.codings, evidence.clone()));
        for (group, figures) in groups.groups.iter().zip(groups.count(counter, &here)) {
            cells.push(PaperCell::number(measure.of(&figures), group.narrow(evidence.clone())));
        }
        split
    });
    (split, cells)
}

fn names(counter: &Counter<'_>, codes: &[CodeId]) -> String {
    let name = |code: &CodeId| counter.study().codes().get(code).map(|held| held.name.clone());
    codes.iter().filter_map(name).collect::<Vec<_>>().join("; ")
}
