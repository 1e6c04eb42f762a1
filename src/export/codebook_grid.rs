//! The codebook as a table for people: the appendix of a paper.

use super::{Cell, CellSize, Contents, Grid, GridRow};
use crate::analysis::Counter;
use crate::study::{Code, CodeState, Side, Study};

const HEAD: [&str; 12] = [
    "Code",
    "Under",
    "Definition",
    "Include",
    "Exclude",
    "Example",
    "Origin",
    "Component",
    "Side",
    "Theme",
    "People",
    "Codings",
];

/// Codes in the order of the tree, with what they mean and what they count. Codes that were retired are left out unless
/// something is coded with them. Counts of a code include the codes below it; people are counted once. Gives what the manifest
/// must say of it too: the people behind the figures of each code.
#[must_use]
pub fn codebook_grid(counter: &Counter<'_>) -> (Grid, Contents) {
    let study = counter.study();
    let (mut of, mut behind) = (0, Vec::new());
    let rows = study.codes_in_tree_order().into_iter().filter_map(|(_, code)| {
        let count = counter.count(code.id).all;
        of = count.of;
        (code.state != CodeState::Retired || count.codings > 0).then(|| {
            behind.push(CellSize { cell: code.name.clone(), participants: count.people as usize });
            let mut cells = said(study, code);
            cells.extend([Cell::from(count.people), Cell::from(count.codings)]);
            GridRow::of(cells)
        })
    });
    let rows: Vec<GridRow> = rows.collect();
    let named = study.settings.name.trim();
    let title = if named.is_empty() { "Codebook".to_owned() } else { format!("Codebook: {named}") };
    let notes = vec![format!(
        "Counts are of the layers of record. A code's include those of the codes below it; a person counts once. {of} \
         people have speech in the study."
    )];
    let grid = Grid { title, head: HEAD.map(String::from).to_vec(), rows, notes };
    (grid, Contents::codebook().and(Contents::counts(behind)))
}

fn said(study: &Study, code: &Code) -> Vec<Cell> {
    let parent = code.parent.map(|parent| study.code_path(parent));
    let component = study.component_of(code.id, &study.settings.framework).map(|held| held.label.clone());
    let themes: Vec<&str> = study.themes_with(code.id).iter().map(|theme| theme.name.as_str()).collect();
    vec![
        code.name.clone().into(),
        parent.unwrap_or_default().into(),
        code.definition.clone().into(),
        code.include.clone().into(),
        code.exclude.clone().into(),
        code.example.clone().into(),
        code.origin.name().into(),
        component.unwrap_or_default().into(),
        code.side.map_or("", Side::name).into(),
        themes.join("; ").into(),
    ]
}
