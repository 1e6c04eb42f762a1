//! Where codes and themes stand under a framework: which panel shows what.

use std::collections::{BTreeMap, BTreeSet};

use crate::study::{Classified, Code, CodeId, Component, Study, Theme, ThemeId};

/// What a panel is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A component of the study's framework, by its id.
    Component(String),
    /// Everything that is not classified yet.
    Unclassified,
}

impl Place {
    fn of(component: Option<&Component>) -> Self {
        component.map_or(Place::Unclassified, |component| Place::Component(component.id.clone()))
    }
}

/// Where one code stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    place: Place,
    /// The theme that shows it; `None` if it is a row of its own.
    theme: Option<ThemeId>,
}

/// Where every theme and code stands.
///
/// A code that themes name stands in each of them, under the theme's component. Any other stands under its own
/// classification or, without one, wherever the code above it stands: a child of a code in a theme belongs to that theme.
pub(super) struct Placement<'s> {
    themes: Vec<(&'s Theme, Place)>,
    /// In the order of the codebook tree, with depth.
    codes: Vec<(usize, &'s Code)>,
    spots: BTreeMap<CodeId, Vec<Spot>>,
}

impl<'s> Placement<'s> {
    pub(super) fn of(study: &'s Study) -> Self {
        let framework = study.settings.framework.as_str();
        let themes: Vec<(&Theme, Place)> = study
            .themes_in_order()
            .into_iter()
            .map(|theme| (theme, Place::of(study.component_of_theme(theme, framework))))
            .collect();
        let mut named: BTreeMap<CodeId, Vec<Spot>> = BTreeMap::new();
        for (theme, place) in &themes {
            for code in theme.barriers.iter().chain(&theme.facilitators).collect::<BTreeSet<_>>() {
                let spot = Spot { place: place.clone(), theme: Some(theme.id) };
                named.entry(*code).or_default().push(spot);
            }
        }
        let codes = study.codes_in_tree_order();
        let mut spots: BTreeMap<CodeId, Vec<Spot>> = BTreeMap::new();
        for (_, code) in &codes {
            let found = named.remove(&code.id).unwrap_or_else(|| {
                let above = code.parent.and_then(|parent| spots.get(&parent)).cloned().unwrap_or_default();
                inherit(own_place(study, code.id, framework), above)
            });
            spots.insert(code.id, found);
        }
        Self { themes, codes, spots }
    }

    /// Themes of a panel, in print order.
    pub(super) fn themes_in(&self, place: &Place) -> impl Iterator<Item = &'s Theme> {
        self.themes.iter().filter(move |(_, held)| held == place).map(|(theme, _)| *theme)
    }

    /// Codes that a theme counts.
    pub(super) fn codes_of_theme(&self, theme: ThemeId) -> BTreeSet<CodeId> {
        self.codes_where(|spot| spot.theme == Some(theme))
    }

    /// Codes that a panel counts, in themes or not.
    pub(super) fn codes_in(&self, place: &Place) -> BTreeSet<CodeId> {
        self.codes_where(|spot| spot.place == *place)
    }

    /// Codes that are rows of a panel by themselves, in the order of the tree, each with its depth among them and all that
    /// it counts: itself and what stands below it in the tree and in the same panel.
    pub(super) fn rows_in(&self, place: &Place) -> Vec<(usize, &'s Code, BTreeSet<CodeId>)> {
        let mut rows = Vec::new();
        let mut above: Vec<usize> = Vec::new();
        for (index, (depth, code)) in self.codes.iter().enumerate() {
            if !self.has_spot(code.id, |spot| spot.place == *place && spot.theme.is_none()) {
                continue;
            }
            // Rows above it in the tree: those less deep, of which only ancestors can follow one another.
            while above.last().is_some_and(|&last| !self.is_below(index, last)) {
                above.pop();
            }
            let below = self.codes.iter().skip(index + 1).take_while(|(deeper, _)| deeper > depth);
            let counted = below.filter(|(_, below)| self.has_spot(below.id, |spot| spot.place == *place));
            let codes = counted.map(|(_, below)| below.id).chain([code.id]).collect();
            rows.push((above.len(), *code, codes));
            above.push(index);
        }
        rows
    }

    /// Whether the code at `index` stands below the one at `root` in the tree.
    fn is_below(&self, index: usize, root: usize) -> bool {
        let Some((root_depth, _)) = self.codes.get(root) else { return false };
        let between = self.codes.get(root + 1..=index).unwrap_or_default();
        between.iter().all(|(depth, _)| depth > root_depth)
    }

    fn has_spot(&self, code: CodeId, is: impl Fn(&Spot) -> bool) -> bool {
        self.spots.get(&code).is_some_and(|spots| spots.iter().any(is))
    }

    fn codes_where(&self, is: impl Fn(&Spot) -> bool + Copy) -> BTreeSet<CodeId> {
        let codes = self.codes.iter().map(|(_, code)| code.id);
        codes.filter(|code| self.has_spot(*code, is)).collect()
    }
}

/// Where a code's own classification puts it.
fn own_place(study: &Study, code: CodeId, framework: &str) -> Option<Place> {
    let own = study.classifications().get(&(Classified::Code(code), framework.to_owned()))?;
    study
        .components()
        .has(&(framework.to_owned(), own.component.clone()))
        .then(|| Place::Component(own.component.clone()))
}

/// The spots of a code that no theme names: those of the code above it, unless its own classification says otherwise.
fn inherit(own: Option<Place>, above: Vec<Spot>) -> Vec<Spot> {
    let Some(place) = own else {
        let nowhere = Spot { place: Place::Unclassified, theme: None };
        return if above.is_empty() { vec![nowhere] } else { above };
    };
    let same: Vec<Spot> = above.into_iter().filter(|spot| spot.place == place).collect();
    if same.is_empty() { vec![Spot { place, theme: None }] } else { same }
}
