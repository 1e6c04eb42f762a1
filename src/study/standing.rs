//! Where codes and themes stand under a framework: the one rule that panels, filters, lists and files share.

use std::collections::{BTreeMap, BTreeSet};

use super::{Classified, CodeId, Component, Study, Theme, ThemeId};

impl Study {
    /// The one component that a code stands under in a framework: that of its own classification, else that of the
    /// nearest code above it that has one.
    ///
    /// A theme's classification is for the theme. It speaks for a code only where nothing in the codebook does: a code
    /// classified neither itself nor by any above it stands with the first theme, in print order, that names it or else
    /// the nearest code above it.
    #[must_use]
    pub fn component_of(&self, code: CodeId, framework: &str) -> Option<&Component> {
        self.component_in_codebook(code, framework).or_else(|| {
            let themes = self.lineage(code).into_iter().flat_map(|code| self.themes_with(code.id));
            themes.into_iter().find_map(|theme| self.component_of_theme(theme, framework))
        })
    }

    /// The component that a theme stands under: that of its own classification, else the one that the codebook gives to
    /// the first of its codes that has one.
    #[must_use]
    pub fn component_of_theme(&self, theme: &Theme, framework: &str) -> Option<&Component> {
        let own = self.classified_under(Classified::Theme(theme.id), framework);
        own.or_else(|| theme.codes().find_map(|code| self.component_in_codebook(code, framework)))
    }

    /// The components other than that of a theme under which codes of it stand: those count there, and not with the theme's.
    #[must_use]
    pub fn components_apart(&self, theme: &Theme, framework: &str) -> Vec<&Component> {
        let own = self.component_of_theme(theme, framework);
        let mut apart: Vec<&Component> =
            theme.codes().filter_map(|code| self.component_of(code, framework)).collect();
        apart.retain(|component| Some(*component) != own);
        apart.sort_by_key(|component| component.position);
        apart.dedup();
        apart
    }

    /// The themes that count each code: those that name it or, if none does, those that count the code above it, as long
    /// as it stands with that code or with the theme.
    #[must_use]
    pub fn themes_by_code(&self, framework: &str) -> BTreeMap<CodeId, BTreeSet<ThemeId>> {
        let mut found: BTreeMap<CodeId, BTreeSet<ThemeId>> = BTreeMap::new();
        for theme in self.themes().iter() {
            for code in theme.codes() {
                found.entry(code).or_default().insert(theme.id);
            }
        }
        let place_of_theme = |theme: &ThemeId| {
            self.themes().get(theme).and_then(|theme| self.component_of_theme(theme, framework))
        };
        for (_, code) in self.codes_in_tree_order() {
            let above = code.parent.and_then(|parent| Some((parent, found.get(&parent)?)));
            let (false, Some((parent, themes))) = (found.contains_key(&code.id), above) else { continue };
            let place = self.component_of(code.id, framework);
            let stays = place == self.component_of(parent, framework);
            let themes = themes.iter().filter(|theme| stays || place == place_of_theme(theme));
            let themes: BTreeSet<ThemeId> = themes.copied().collect();
            if !themes.is_empty() {
                found.insert(code.id, themes);
            }
        }
        found
    }

    /// What the tree of codes says: a code's own classification, or that of the nearest code above it.
    fn component_in_codebook(&self, code: CodeId, framework: &str) -> Option<&Component> {
        let mut lineage = self.lineage(code).into_iter();
        lineage.find_map(|code| self.classified_under(Classified::Code(code.id), framework))
    }

    fn classified_under(&self, of: Classified, framework: &str) -> Option<&Component> {
        let own = self.classifications().get(&(of, framework.to_owned()))?;
        self.components().get(&(own.framework.clone(), own.component.clone()))
    }
}
