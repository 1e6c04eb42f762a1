//! All components at a glance.

use super::placement::Placement;
use super::{Columns, Count, Counter, PanelOf, Sided, Split};
use crate::study::Component;

/// Every component of the study's framework in order, then what is not classified.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The columns of every [`Split`] in it.
    pub columns: Columns,
    /// The rows; the last one is what is not classified.
    pub rows: Vec<OverviewRow>,
    /// All codes together, whatever their valence.
    pub total: Count,
}

/// One component.
#[derive(Clone, Debug)]
pub struct OverviewRow {
    /// Which panel it sums up.
    pub of: PanelOf,
    /// The component; `None` for what is not classified.
    pub component: Option<Component>,
    /// Themes in the panel.
    pub themes: usize,
    /// Codes in the panel, in themes or not.
    pub codes: usize,
    /// Everything in the panel together.
    pub split: Sided<Split>,
    /// The same, whatever its valence.
    pub total: Count,
}

impl Overview {
    /// Makes the overview.
    #[must_use]
    pub fn of(counter: &Counter<'_>) -> Self {
        let study = counter.study();
        let placement = Placement::of(study);
        let components = study.components_of(&study.settings.framework).into_iter();
        let panels = components
            .map(|component| (PanelOf::Component(component.id.clone()), Some(component.clone())))
            .chain([(PanelOf::Unclassified, None)]);
        let rows = panels.map(|(of, component)| {
            let codes = placement.codes_in(&of);
            OverviewRow {
                themes: placement.themes_in(&of).count(),
                codes: codes.len(),
                split: counter.split(&codes),
                total: counter.count_codes(&codes),
                of,
                component,
            }
        });
        Self {
            columns: counter.columns().clone(),
            rows: rows.collect(),
            total: counter.count_codes(&study.codes().iter().map(|code| code.id).collect()),
        }
    }
}
