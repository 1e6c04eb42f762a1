//! Which panel shows which themes and codes: where each stands in the study's framework, laid out for panels.

use std::collections::{BTreeMap, BTreeSet};

use crate::study::{Code, CodeId, Component, Study, Theme, ThemeId};

/// What a panel is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PanelOf {
    /// A component of the study's framework, by its id.
    Component(String),
    /// Everything that is not classified yet.
    Unclassified,
}

impl PanelOf {
    fn under(component: Option<&Component>) -> Self {
        component.map_or(PanelOf::Unclassified, |component| PanelOf::Component(component.id.clone()))
    }
}

/// Where every theme and code stands, by the rule of [`Study::component_of`].
pub(super) struct Placement<'s> {
    themes: Vec<(&'s Theme, PanelOf)>,
    /// In the order of the codebook tree.
    codes: Vec<Placed<'s>>,
}

/// Where one code stands.
struct Placed<'s> {
    code: &'s Code,
    /// Its depth in the codebook tree, from 0.
    depth: usize,
    panel: PanelOf,
    /// The themes that count it.
    themes: BTreeSet<ThemeId>,
    /// Whether no theme of its panel counts it: then it is a row of its own there.
    is_row: bool,
}

impl<'s> Placement<'s> {
    pub(super) fn of(study: &'s Study) -> Self {
        let framework = study.settings.framework.as_str();
        let themes: Vec<(&Theme, PanelOf)> = study
            .themes_in_order()
            .into_iter()
            .map(|theme| (theme, PanelOf::under(study.component_of_theme(theme, framework))))
            .collect();
        let panels: BTreeMap<ThemeId, &PanelOf> =
            themes.iter().map(|(theme, panel)| (theme.id, panel)).collect();
        let mut counted_by = study.themes_by_code(framework);
        let place = |(depth, code): (usize, &'s Code)| {
            let panel = PanelOf::under(study.component_of(code.id, framework));
            let themes = counted_by.remove(&code.id).unwrap_or_default();
            let is_row = !themes.iter().any(|theme| panels.get(theme) == Some(&&panel));
            Placed { code, depth, panel, themes, is_row }
        };
        let codes = study.codes_in_tree_order().into_iter().map(place).collect();
        Self { themes, codes }
    }

    /// Themes of a panel, in print order.
    pub(super) fn themes_in(&self, panel: &PanelOf) -> impl Iterator<Item = &'s Theme> {
        self.themes.iter().filter(move |(_, held)| held == panel).map(|(theme, _)| *theme)
    }

    /// Codes that a theme counts, wherever they stand.
    pub(super) fn codes_of_theme(&self, theme: ThemeId) -> BTreeSet<CodeId> {
        self.codes_where(|placed| placed.themes.contains(&theme))
    }

    /// Codes that stand in a panel, in themes or not.
    pub(super) fn codes_in(&self, panel: &PanelOf) -> BTreeSet<CodeId> {
        self.codes_where(|placed| placed.panel == *panel)
    }

    /// Codes that are rows of a panel by themselves, in the order of the tree, each with its depth among them and all that
    /// it counts: itself and what stands below it in the tree and in the same panel.
    pub(super) fn rows_in(&self, panel: &PanelOf) -> Vec<(usize, &'s Code, BTreeSet<CodeId>)> {
        let mut rows = Vec::new();
        // The codes above the row at hand that are rows too: as deep as they stand in the tree.
        let mut above: Vec<usize> = Vec::new();
        for (index, placed) in self.codes.iter().enumerate() {
            above.retain(|depth| *depth < placed.depth);
            if placed.panel != *panel || !placed.is_row {
                continue;
            }
            let below = self.codes.iter().skip(index + 1).take_while(|below| below.depth > placed.depth);
            let counted = below.filter(|below| below.panel == *panel);
            let codes = counted.map(|below| below.code.id).chain([placed.code.id]).collect();
            rows.push((above.len(), placed.code, codes));
            above.push(placed.depth);
        }
        rows
    }

    fn codes_where(&self, is: impl Fn(&Placed<'_>) -> bool) -> BTreeSet<CodeId> {
        self.codes.iter().filter(|placed| is(placed)).map(|placed| placed.code.id).collect()
    }
}
