//! Themes: rows of the analysis, in printed order.

use super::{ShapeError, renumber, tidy};
use crate::study::{Change, CodeId, Side, Study, Theme, ThemeId};

/// The place in print of the first theme.
const FIRST: u32 = 1;

impl Study {
    /// A name that a theme may have.
    ///
    /// # Errors
    /// If it is empty or another theme has it.
    pub fn name_for_theme(&self, theme: Option<ThemeId>, name: &str) -> Result<String, ShapeError> {
        let name = tidy(name)?;
        match self.theme_named(&name).filter(|held| Some(held.id) != theme) {
            Some(held) => Err(ShapeError::Taken("theme", held.name.clone())),
            None => Ok(name),
        }
    }

    /// Makes a theme: directly behind another one, or as the last one.
    ///
    /// # Errors
    /// If its name is empty or taken.
    pub fn changes_to_add_theme(
        &self,
        theme: Theme,
        after: Option<ThemeId>,
    ) -> Result<Vec<Change>, ShapeError> {
        let name = self.name_for_theme(None, &theme.name)?;
        let themes = self.themes_in_order();
        let mut order: Vec<(ThemeId, Option<u32>)> =
            themes.iter().map(|held| (held.id, Some(held.position))).collect();
        let behind = order.iter().position(|(held, _)| Some(*held) == after).map_or(order.len(), |at| at + 1);
        order.insert(behind, (theme.id, order.is_empty().then_some(FIRST)));
        let places = renumber(&order);
        let own = places.iter().find(|(id, _)| *id == theme.id);
        let position = own.map_or(theme.position, |(_, place)| *place);
        let mut changes = vec![Change::create(Theme { name, position, ..theme })];
        changes.extend(self.changes_to_theme_places(&places));
        Ok(changes)
    }

    /// Gives a theme another name.
    ///
    /// # Errors
    /// If the name is empty or taken, or the theme has that very name.
    pub fn changes_to_rename_theme(&self, theme: ThemeId, name: &str) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_theme(theme)?;
        let name = self.name_for_theme(Some(theme), name)?;
        if held.name == name {
            return Err(ShapeError::There(name));
        }
        Ok(vec![Change::update(held.clone(), Theme { name, ..held.clone() })])
    }

    /// Moves a theme one place up or down in print.
    ///
    /// # Errors
    /// If it is the first or the last one.
    pub fn changes_to_shift_theme(&self, theme: ThemeId, down: bool) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_theme(theme)?;
        let themes = self.themes_in_order();
        let at = themes.iter().position(|other| other.id == theme).unwrap_or(0);
        let other = swapped(at, down, themes.len(), &held.name)?;
        let own: Vec<(ThemeId, Option<u32>)> =
            themes.iter().map(|held| (held.id, Some(held.position))).collect();
        let places: Vec<u32> = renumber(&own).into_iter().map(|(_, place)| place).collect();
        let mut order: Vec<ThemeId> = own.into_iter().map(|(id, _)| id).collect();
        order.swap(at, other);
        Ok(self.changes_to_theme_places(&order.into_iter().zip(places).collect::<Vec<_>>()))
    }

    /// Names a code on one side of a theme, or takes it out of that side if it is there.
    ///
    /// # Errors
    /// If one of them is gone.
    pub fn changes_to_theme_code(
        &self,
        theme: ThemeId,
        side: Side,
        code: CodeId,
    ) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_theme(theme)?;
        self.shaped_code(code)?;
        let mut after = held.clone();
        let codes = codes_of(&mut after, side);
        match codes.iter().position(|named| *named == code) {
            Some(at) => {
                codes.remove(at);
            }
            None => codes.push(code),
        }
        Ok(vec![Change::update(held.clone(), after)])
    }

    /// Moves a code one place up or down on its side of a theme.
    ///
    /// # Errors
    /// If it is not there, or the first or last one.
    pub fn changes_to_shift_theme_code(
        &self,
        theme: ThemeId,
        side: Side,
        code: CodeId,
        down: bool,
    ) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_theme(theme)?;
        let name = self.shaped_code(code)?.name.clone();
        let mut after = held.clone();
        let codes = codes_of(&mut after, side);
        let at = codes.iter().position(|named| *named == code).ok_or(ShapeError::Gone)?;
        let other = swapped(at, down, codes.len(), &name)?;
        codes.swap(at, other);
        Ok(vec![Change::update(held.clone(), after)])
    }

    fn changes_to_theme_places(&self, places: &[(ThemeId, u32)]) -> Vec<Change> {
        let change = |(id, position): &(ThemeId, u32)| {
            let held = self.themes().get(id)?;
            let after = Theme { position: *position, ..held.clone() };
            (after != *held).then(|| Change::update(held.clone(), after))
        };
        places.iter().filter_map(change).collect()
    }
}

fn codes_of(theme: &mut Theme, side: Side) -> &mut Vec<CodeId> {
    match side {
        Side::Barrier => &mut theme.barriers,
        Side::Facilitator => &mut theme.facilitators,
    }
}

/// The place that changes with place `at` of so many.
pub(super) fn swapped(at: usize, down: bool, count: usize, name: &str) -> Result<usize, ShapeError> {
    let other = if down { Some(at + 1) } else { at.checked_sub(1) };
    let end = if down { "last" } else { "first" };
    other.filter(|other| *other < count).ok_or_else(|| ShapeError::AtEnd(name.to_owned(), end))
}
