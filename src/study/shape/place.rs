//! Where a code stands: new ones, names, parents, the order among siblings; and its side.

use super::themes::swapped;
use super::{ShapeError, renumber, tidy};
use crate::study::{Change, Code, CodeId, Coding, Side, Study, Valence};
use crate::text::fold_name;

impl Study {
    /// Codes directly below another one, or those of the top, in order.
    #[must_use]
    pub fn codes_below(&self, parent: Option<CodeId>) -> Vec<&Code> {
        let of = |code: &&Code| code.parent.filter(|held| self.codes().has(held)) == parent;
        let mut found: Vec<&Code> = self.codes().iter().filter(of).collect();
        found.sort_by_key(|code| (code.position, fold_name(&code.name)));
        found
    }

    /// A name that a code may have.
    ///
    /// # Errors
    /// If it is empty or another code has it.
    pub fn name_for_code(&self, code: Option<CodeId>, name: &str) -> Result<String, ShapeError> {
        let name = tidy(name)?;
        match self.code_named(&name).filter(|held| Some(held.id) != code) {
            Some(held) => Err(ShapeError::Taken("code", held.name.clone())),
            None => Ok(name),
        }
    }

    /// Makes codes below one parent, in order: directly behind `after`, if that stands there, else as the last ones.
    ///
    /// # Errors
    /// If a name is empty or taken, or the parent is gone.
    pub fn changes_to_add_codes(
        &self,
        codes: &[Code],
        after: Option<CodeId>,
    ) -> Result<Vec<Change>, ShapeError> {
        let Some(parent) = codes.first().map(|code| code.parent) else { return Ok(Vec::new()) };
        if let Some(parent) = parent {
            self.shaped_code(parent)?;
        }
        let siblings = self.codes_below(parent);
        let mut order: Vec<(CodeId, Option<u32>)> =
            siblings.iter().map(|held| (held.id, Some(held.position))).collect();
        let behind = order.iter().position(|(held, _)| Some(*held) == after).map(|at| at + 1);
        let behind = behind.unwrap_or(order.len());
        order.splice(behind..behind, codes.iter().map(|code| (code.id, None)));
        let places = renumber(&order);
        let mut changes = Vec::with_capacity(codes.len());
        for code in codes {
            let name = self.name_for_code(None, &code.name)?;
            let own = places.iter().find(|(id, _)| *id == code.id);
            let position = own.map_or(code.position, |(_, place)| *place);
            changes.push(Change::create(Code { name, position, parent, ..code.clone() }));
        }
        changes.extend(self.changes_to_places(&places));
        Ok(changes)
    }

    /// Gives a code another name.
    ///
    /// # Errors
    /// If the name is empty or taken, or the code has that very name.
    pub fn changes_to_rename(&self, code: CodeId, name: &str) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_code(code)?;
        let name = self.name_for_code(Some(code), name)?;
        if held.name == name {
            return Err(ShapeError::There(name));
        }
        Ok(vec![Change::update(held.clone(), Code { name, ..held.clone() })])
    }

    /// Moves a code, with all below it, to the end of those below another one or, without one, of the top.
    ///
    /// # Errors
    /// If it is there already, or would stand below itself.
    pub fn changes_to_move(&self, code: CodeId, parent: Option<CodeId>) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_code(code)?;
        if let Some(parent) = parent {
            let below = self.shaped_code(parent)?.name.clone();
            if parent == code || self.descendants(code).contains(&parent) {
                return Err(ShapeError::Below { code: held.name.clone(), below });
            }
        }
        if held.parent == parent {
            return Err(ShapeError::There(held.name.clone()));
        }
        let position = self.codes_below(parent).last().map_or(0, |last| last.position + 1);
        Ok(vec![Change::update(held.clone(), Code { parent, position, ..held.clone() })])
    }

    /// Moves a code one place up or down among its siblings.
    ///
    /// # Errors
    /// If it is the first or the last of them.
    pub fn changes_to_shift(&self, code: CodeId, down: bool) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_code(code)?;
        let siblings = self.codes_below(held.parent);
        let at = siblings.iter().position(|sibling| sibling.id == code).unwrap_or(0);
        let other = swapped(at, down, siblings.len(), &held.name)?;
        let own: Vec<(CodeId, Option<u32>)> =
            siblings.iter().map(|held| (held.id, Some(held.position))).collect();
        // Equal places are told apart by name: they are spread first, so that changing two of them means something.
        let places: Vec<u32> = renumber(&own).into_iter().map(|(_, place)| place).collect();
        let mut order: Vec<CodeId> = own.into_iter().map(|(id, _)| id).collect();
        order.swap(at, other);
        Ok(self.changes_to_places(&order.into_iter().zip(places).collect::<Vec<_>>()))
    }

    /// Gives a code a side, or takes it away: nothing that a coding said is lost. Codings that said the same by themselves
    /// leave it to the code; those of a code that loses its side keep it as their own.
    ///
    /// # Errors
    /// If the code has that side, or has none and its codings say otherwise.
    pub fn changes_to_side(&self, code: CodeId, side: Option<Side>) -> Result<Vec<Change>, ShapeError> {
        let held = self.shaped_code(code)?;
        if held.side == side {
            return Err(ShapeError::There(held.name.clone()));
        }
        let side_of_all = side.map(Valence::from);
        let against = |coding: &&Coding| coding.valence.is_some() && coding.valence != side_of_all;
        let count = self.codings_with(code).filter(against).count();
        if count > 0 {
            return Err(ShapeError::OwnValences { name: held.name.clone(), count });
        }
        let mut changes = vec![Change::update(held.clone(), Code { side, ..held.clone() })];
        for coding in self.codings_with(code) {
            let valence = if side.is_some() { None } else { self.effective_valence(coding) };
            if coding.valence != valence {
                changes.push(Change::update(coding.clone(), Coding { valence, ..coding.clone() }));
            }
        }
        Ok(changes)
    }

    /// The changes of place of codes that are in the study.
    fn changes_to_places(&self, places: &[(CodeId, u32)]) -> Vec<Change> {
        let change = |(id, position): &(CodeId, u32)| {
            let held = self.codes().get(id)?;
            let after = Code { position: *position, ..held.clone() };
            (after != *held).then(|| Change::update(held.clone(), after))
        };
        places.iter().filter_map(change).collect()
    }
}
