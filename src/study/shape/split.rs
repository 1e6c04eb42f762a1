//! Splitting a code: its quotes dealt out to itself and other codes.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{ShapeError, union};
use crate::study::{Change, Classified, Code, CodeId, Coding, CodingId, QuoteId, Source, Study, fresh};

/// Where one coding goes: to these codes, which may be the one that is split. Nowhere means that it stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// The coding.
    pub coding: CodingId,
    /// The codes, no two alike. They may be among the new ones of the split.
    pub to: Vec<CodeId>,
}

/// What a split would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The changes, for one action.
    pub changes: Vec<Change>,
    /// Codings that leave the code.
    pub left: usize,
    /// Codings that stay and are joined by others on the same quote.
    pub shared: usize,
}

impl Study {
    /// A code to split off another one: behind it in the tree, on its side, under its component, a draft.
    #[must_use]
    pub fn code_to_split_off(&self, from: &Code, name: &str, source: &dyn Source) -> Code {
        Code { parent: from.parent, side: from.side, ..Code::new(fresh(source), name) }
    }

    /// Deals codings of a code out. The first of the codes that a coding goes to takes it over with its time; the others
    /// get a coding of their own. A quote that has such a code already keeps one coding with the union of the valences.
    /// Codes with a side decide for themselves; to one without a side a coding takes along what it says.
    ///
    /// # Errors
    /// If the code or one that is dealt to is gone, a name is taken, or nothing is dealt out.
    pub fn split_code(
        &self,
        code: CodeId,
        deals: &[Deal],
        new: &[Code],
        source: &dyn Source,
    ) -> Result<Split, ShapeError> {
        let code = self.shaped_code(code)?;
        let used: BTreeSet<CodeId> = deals.iter().flat_map(|deal| deal.to.iter().copied()).collect();
        let mut split = Split { changes: Vec::new(), left: 0, shared: 0 };
        let mut sides: BTreeMap<CodeId, bool> = BTreeMap::new();
        let new: Vec<Code> = new.iter().filter(|made| used.contains(&made.id)).cloned().collect();
        split.changes.extend(self.changes_to_add_codes(&new, Some(code.id))?);
        for made in &new {
            sides.insert(made.id, made.side.is_some());
            for held in self.classifications_of(Classified::Code(code.id)) {
                let mut own = held.clone();
                own.of = Classified::Code(made.id);
                split.changes.push(Change::create(own));
            }
        }
        for target in used.into_iter().filter(|target| *target != code.id) {
            if let Entry::Vacant(side) = sides.entry(target) {
                side.insert(self.shaped_code(target)?.side.is_some());
            }
        }
        for deal in deals {
            self.deal(code, deal, &sides, source, &mut split);
        }
        if split.left + split.shared == 0 {
            return Err(ShapeError::NothingDealt(code.name.clone()));
        }
        Ok(split)
    }

    fn deal(
        &self,
        code: &Code,
        deal: &Deal,
        sides: &BTreeMap<CodeId, bool>,
        source: &dyn Source,
        split: &mut Split,
    ) {
        let Some(coding) = self.codings().get(&deal.coding).filter(|held| held.code == code.id) else {
            return;
        };
        let said = self.effective_valence(coding);
        let others: Vec<CodeId> = deal.to.iter().copied().filter(|to| *to != code.id).collect();
        let stays = others.len() < deal.to.len() || others.is_empty();
        if others.is_empty() {
            return;
        }
        let mut mover = (!stays).then(|| coding.clone());
        for to in others {
            let valence = said.filter(|_| sides.get(&to) == Some(&false));
            if let Some(held) = self.coding_of(coding.quote, to) {
                let valence = union(held.valence, valence);
                let joined = Coding { valence, at: held.at.min(coding.at), ..held.clone() };
                if joined != *held {
                    split.changes.push(Change::update(held.clone(), joined));
                }
            } else if let Some(before) = mover.take() {
                let after = Coding { code: to, valence, ..before.clone() };
                split.changes.push(Change::update(before, after));
            } else {
                let own =
                    Coding { id: fresh(source), quote: coding.quote, code: to, valence, ..coding.clone() };
                split.changes.push(Change::create(own));
            }
        }
        if let Some(joined) = mover {
            split.changes.push(Change::delete(joined));
        }
        if stays {
            split.shared += 1;
        } else {
            split.left += 1;
        }
    }

    /// The coding of a quote with a code.
    fn coding_of(&self, quote: QuoteId, code: CodeId) -> Option<&Coding> {
        self.codings_on(quote).find(|coding| coding.code == code)
    }
}
