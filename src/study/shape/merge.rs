//! Merging one code into another.

use std::collections::BTreeMap;

use super::{ShapeError, union};
use crate::study::{
    Change, Classified, Code, CodeId, Coding, Memo, MemoOn, QuoteId, Review, Side, Study, Summary, Theme,
    Topic, Valence,
};

/// What a merge would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The changes, for one action.
    pub changes: Vec<Change>,
    /// Codings that move.
    pub codings: usize,
    /// Those of them whose quote has the other code already: the two become one.
    pub joined: usize,
    /// Summaries of its column that move to that of the other code.
    pub summaries: usize,
    /// Those of them whose cell has one of the same coder there: both stand below one another, as a draft.
    pub summaries_joined: usize,
    /// Codes below that move with it.
    pub children: usize,
    /// The side that the other code loses, because codings of the merged one say otherwise. Every coding keeps what it says.
    pub frees: Option<Side>,
}

impl Study {
    /// Merges a code into another one, which keeps its name and place.
    ///
    /// Codings move with their valence; two on one quote become one with the union of their valences and the earlier of
    /// their times. Memos, reviews, summaries, themes and the codes below move too. Fields that say nothing in the other
    /// code are filled, and so is its component if it stands under none. Quotes, and with them their memos, are not touched.
    ///
    /// # Errors
    /// If a code is merged into itself or into one below it.
    pub fn merge_codes(&self, from: CodeId, into: CodeId) -> Result<Merge, ShapeError> {
        let (from, into) = (self.shaped_code(from)?, self.shaped_code(into)?);
        if from.id == into.id {
            return Err(ShapeError::Itself(from.name.clone()));
        }
        if self.descendants(from.id).contains(&into.id) {
            return Err(ShapeError::Below { code: from.name.clone(), below: into.name.clone() });
        }
        let agrees = |side: Side| {
            let said = |coding| self.effective_valence(coding).is_none_or(|held| held == side.into());
            self.codings_with(from.id).all(said)
        };
        let side = into.side.filter(|side| agrees(*side));
        let mut merge = Merge {
            changes: Vec::new(),
            codings: 0,
            joined: 0,
            summaries: 0,
            summaries_joined: 0,
            children: 0,
            frees: into.side.filter(|_| side.is_none()),
        };
        self.merge_codings(from, into, side, &mut merge);
        let merged = filled(Code { side, ..into.clone() }, from);
        if merged != *into {
            merge.changes.push(Change::update(into.clone(), merged));
        }
        let children = self.codes_below(Some(from.id));
        merge.children = children.len();
        let first = self.codes_below(Some(into.id)).last().map_or(0, |last| last.position + 1);
        merge.changes.extend((first..).zip(children).map(|(position, child)| {
            Change::update(child.clone(), Code { parent: Some(into.id), position, ..child.clone() })
        }));
        merge
            .changes
            .extend(self.memos_on(MemoOn::Code(from.id)).map(|memo| {
                Change::update(memo.clone(), Memo { on: MemoOn::Code(into.id), ..memo.clone() })
            }));
        self.merge_columns(from, into.id, &mut merge);
        merge.changes.extend(self.themes_with(from.id).into_iter().map(|theme| {
            let replaced = |codes: &[CodeId]| replace(codes, from.id, into.id);
            let (barriers, facilitators) = (replaced(&theme.barriers), replaced(&theme.facilitators));
            Change::update(theme.clone(), Theme { barriers, facilitators, ..theme.clone() })
        }));
        self.merge_classifications(from.id, into.id, &mut merge.changes);
        merge.changes.extend(self.reviews_of(Classified::Code(from.id)).map(|review| {
            Change::update(review.clone(), Review { of: Classified::Code(into.id), ..review.clone() })
        }));
        merge.changes.push(Change::delete(from.clone()));
        Ok(merge)
    }

    fn merge_codings(&self, from: &Code, into: &Code, side: Option<Side>, merge: &mut Merge) {
        let own = |valence: Option<Valence>| valence.filter(|_| side.is_none());
        let mut there: BTreeMap<QuoteId, (&Coding, Coding)> = BTreeMap::new();
        for coding in self.codings_with(into.id) {
            let after = Coding { valence: own(self.effective_valence(coding)), ..coding.clone() };
            there.insert(coding.quote, (coding, after));
        }
        for coding in self.codings_with(from.id) {
            merge.codings += 1;
            let valence = own(self.effective_valence(coding));
            match there.get_mut(&coding.quote) {
                Some((_, joined)) => {
                    merge.joined += 1;
                    joined.valence = union(joined.valence, valence);
                    joined.at = joined.at.min(coding.at);
                    merge.changes.push(Change::delete(coding.clone()));
                }
                None => {
                    let after = Coding { code: into.id, valence, ..coding.clone() };
                    merge.changes.push(Change::update(coding.clone(), after));
                }
            }
        }
        let changed = there.into_values().filter(|(before, after)| *before != after);
        merge.changes.extend(changed.map(|(before, after)| Change::update(before.clone(), after)));
    }

    /// The column of the matrix goes to that of the other code. Where both have a summary of one coder, both are kept, one
    /// below the other, as a draft that is to be looked at again.
    fn merge_columns(&self, from: &Code, into: CodeId, merge: &mut Merge) {
        let column = Topic::Code(into);
        for memo in self.memos().iter() {
            if let MemoOn::Cell(case, Topic::Code(code)) = memo.on
                && code == from.id
            {
                let on = MemoOn::Cell(case, column.clone());
                merge.changes.push(Change::update(memo.clone(), Memo { on, ..memo.clone() }));
            }
        }
        for summary in self.summaries().iter().filter(|summary| summary.topic == Topic::Code(from.id)) {
            merge.summaries += 1;
            match self.summary_of(summary.coder, summary.case, &column) {
                None => {
                    let moved = Summary { topic: column.clone(), basis: None, ..summary.clone() };
                    merge.changes.push(Change::update(summary.clone(), moved));
                }
                Some(there) => {
                    merge.summaries_joined += 1;
                    merge.changes.push(Change::delete(summary.clone()));
                    let joined = there.joined_with(summary, &from.name);
                    merge.changes.push(Change::update(there.clone(), joined));
                }
            }
        }
    }

    fn merge_classifications(&self, from: CodeId, into: CodeId, changes: &mut Vec<Change>) {
        for held in self.classifications_of(Classified::Code(from)) {
            changes.push(Change::delete(held.clone()));
            let key = |code: &Code| (Classified::Code(code.id), held.framework.clone());
            if !self.lineage(into).into_iter().any(|code| self.classifications().has(&key(code))) {
                let mut moved = held.clone();
                moved.of = Classified::Code(into);
                changes.push(Change::create(moved));
            }
        }
    }
}

/// A code with what it does not say taken from another one.
fn filled(mut code: Code, from: &Code) -> Code {
    for (own, other) in [
        (&mut code.definition, &from.definition),
        (&mut code.include, &from.include),
        (&mut code.exclude, &from.exclude),
        (&mut code.example, &from.example),
    ] {
        if own.trim().is_empty() {
            own.clone_from(other);
        }
    }
    code
}

/// A list of codes with one of them as another one, which stands in it once.
fn replace(codes: &[CodeId], from: CodeId, into: CodeId) -> Vec<CodeId> {
    let mut found: Vec<CodeId> = Vec::with_capacity(codes.len());
    for code in codes.iter().map(|code| if *code == from { into } else { *code }) {
        if !found.contains(&code) {
            found.push(code);
        }
    }
    found
}
