//! Taking a code or a theme away, with all that rests on it, in one action that can be undone.

use super::ShapeError;
use crate::study::{Change, Classified, Code, CodeId, Memo, MemoOn, Study, Theme, ThemeId, Topic};

/// What would go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// The changes, for one action.
    pub changes: Vec<Change>,
    /// Codings, of all coders.
    pub codings: usize,
    /// Quotes that would be left with nothing on them.
    pub quotes: usize,
    /// Memos on it.
    pub memos: usize,
    /// Summaries of cases on it.
    pub summaries: usize,
    /// Codes below it, which move up.
    pub children: usize,
}

impl Study {
    /// Takes a code away: its codings, the quotes with nothing else on them, its memos, its column of the matrix, what was
    /// decided on it, its places in themes and its component. The codes below it move up to where it stood.
    ///
    /// # Errors
    /// If it is gone.
    pub fn remove_code(&self, code: CodeId) -> Result<Removal, ShapeError> {
        let code = self.shaped_code(code)?;
        let mut removal = Removal::default();
        removal.changes.extend(self.codings_with(code.id).cloned().map(Change::delete));
        removal.codings = removal.changes.len();
        let emptied = self.changes_to_emptied(&removal.changes);
        removal.quotes = emptied.len();
        removal.changes.extend(emptied);
        let memos = self.memos_on(MemoOn::Code(code.id)).cloned().map(Change::delete);
        removal.changes.extend(memos.inspect(|_| removal.memos += 1));
        self.remove_column(&Topic::Code(code.id), &mut removal);
        let children = self.codes_below(Some(code.id));
        removal.children = children.len();
        removal.changes.extend(children.into_iter().map(|child| {
            let after = Code { parent: code.parent, position: code.position, ..child.clone() };
            Change::update(child.clone(), after)
        }));
        removal.changes.extend(self.themes_with(code.id).into_iter().map(|theme| {
            let without = |codes: &[CodeId]| codes.iter().copied().filter(|held| *held != code.id).collect();
            let (barriers, facilitators) = (without(&theme.barriers), without(&theme.facilitators));
            Change::update(theme.clone(), Theme { barriers, facilitators, ..theme.clone() })
        }));
        let own = self.classifications_of(Classified::Code(code.id));
        removal.changes.extend(own.cloned().map(Change::delete));
        removal.changes.extend(self.reviews_of(Classified::Code(code.id)).cloned().map(Change::delete));
        removal.changes.push(Change::delete(code.clone()));
        Ok(removal)
    }

    /// Takes a theme away, with its memos, those on its cells, its summaries and its component. Its codes stay.
    ///
    /// # Errors
    /// If it is gone.
    pub fn remove_theme(&self, theme: ThemeId) -> Result<Removal, ShapeError> {
        let theme = self.shaped_theme(theme)?;
        let mut removal = Removal::default();
        let memos = self.memos_on(MemoOn::Theme(theme.id)).cloned().map(Change::delete);
        removal.changes.extend(memos.inspect(|_| removal.memos += 1));
        self.remove_column(&Topic::Theme(theme.id), &mut removal);
        let own = self.classifications_of(Classified::Theme(theme.id));
        removal.changes.extend(own.cloned().map(Change::delete));
        removal.changes.extend(self.reviews_of(Classified::Theme(theme.id)).cloned().map(Change::delete));
        removal.changes.push(Change::delete(theme.clone()));
        Ok(removal)
    }

    /// Takes the summaries of a column of the matrix away, and the memos on its cells.
    fn remove_column(&self, column: &Topic, removal: &mut Removal) {
        let on_cell = |memo: &&Memo| matches!(&memo.on, MemoOn::Cell(_, topic) if topic == column);
        let memos = self.memos().iter().filter(on_cell).cloned().map(Change::delete);
        removal.changes.extend(memos.inspect(|_| removal.memos += 1));
        let summaries = self.summaries().iter().filter(|summary| summary.topic == *column);
        let gone: Vec<Change> = summaries.cloned().map(Change::delete).collect();
        removal.summaries += gone.len();
        removal.changes.extend(gone);
    }
}
