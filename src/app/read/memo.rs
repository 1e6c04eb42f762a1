//! Writing a memo on a passage.
//!
//! Every change of the text is a draft, kept until the memo is saved or emptied: leaving it, or losing the line, loses
//! nothing.

use crate::app::layer::Layer;
use crate::app::{Effect, Model, Spot, TextField};
use crate::study::{Change, Memo, MemoId, MemoKind, MemoOn, TranscriptId, fresh};
use crate::text::Span;

/// What a memo is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoTarget {
    /// In which transcript.
    pub transcript: TranscriptId,
    /// Which passage.
    pub span: Span,
}

/// A memo being written.
#[derive(Clone, Debug)]
pub struct MemoEditor {
    /// What it is about.
    pub target: MemoTarget,
    /// The memo that is being changed, if it is not a new one.
    pub memo: Option<MemoId>,
    /// What it says.
    pub field: TextField,
    /// The first of its rows in sight.
    pub top: usize,
}

impl MemoTarget {
    /// The key of its draft.
    #[must_use]
    pub fn draft_key(&self) -> String {
        format!("memo:{}:{}-{}", self.transcript, self.span.start, self.span.end)
    }

    fn spot(&self) -> Spot {
        Spot { transcript: self.transcript, span: self.span }
    }
}

impl Model {
    /// Opens the memo of what is selected, or of the unit under the cursor.
    pub(in crate::app) fn write_memo(&mut self) -> Vec<Effect> {
        match self.target() {
            Some(Spot { transcript, span }) if !span.is_empty() => {
                self.open_memo(MemoTarget { transcript, span });
            }
            _ => self.refuse("There are no words here to write about."),
        }
        Vec::new()
    }

    fn open_memo(&mut self, target: MemoTarget) {
        let held = self.own_memo(target);
        let (memo, saved) = held.map_or((None, String::new()), |memo| (Some(memo.id), memo.text.clone()));
        let draft = self.drafts.get(&target.draft_key()).cloned();
        if draft.as_ref().is_some_and(|draft| *draft != saved) {
            self.say("This is a draft that was not saved yet.");
        }
        let field = TextField::new(draft.unwrap_or(saved));
        self.layers.push(Layer::Memo(MemoEditor { target, memo, field, top: 0 }));
    }

    /// This coder's latest memo on exactly that passage.
    fn own_memo(&self, target: MemoTarget) -> Option<&Memo> {
        let quote = self.own_quote(target.spot())?;
        self.study.memos_on(MemoOn::Quote(quote.id)).filter(|memo| memo.coder == self.me.id).last()
    }

    /// The memo that was open at the end of the last session, as soon as its transcript is.
    pub(in crate::app) fn reopen_memo(&mut self) {
        if !self.complete || !self.read.is_open() {
            return;
        }
        let Some(span) = self.memo_to_reopen.take() else { return };
        if let Some(transcript) = self.read.transcript() {
            self.open_memo(MemoTarget { transcript, span });
        }
    }

    /// The text of the memo changed.
    pub(in crate::app) fn memo_changed(&mut self) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last() else { return Vec::new() };
        let (key, text) = (memo.target.draft_key(), memo.field.text().to_owned());
        self.drafts.insert(key.clone(), text.clone());
        vec![Effect::SaveDraft { key, text }]
    }

    /// The memo was left without being saved: its draft stays, unless there is nothing in it.
    pub(in crate::app) fn memo_closed(&mut self, memo: &MemoEditor) -> Vec<Effect> {
        let saved = self.own_memo(memo.target).map_or("", |memo| &memo.text);
        if memo.field.text() == saved {
            return self.drop_draft(memo.target);
        }
        let keys = self.keys_of("write_memo");
        if self.store_gone || self.unwritten.is_some() {
            self.trouble(format!(
                "Not saved, and the draft is not on disk: {keys} here goes on with it until you leave."
            ));
        } else {
            self.say(format!("Not saved, but kept as a draft: {keys} here goes on with it."));
        }
        Vec::new()
    }

    fn drop_draft(&mut self, target: MemoTarget) -> Vec<Effect> {
        let key = target.draft_key();
        self.drafts.remove(&key).map(|_| Effect::DropDraft(key)).into_iter().collect()
    }

    /// Saves the memo on the quote of its passage, which is made if there is none. An emptied memo goes, and the quote with
    /// it if nothing else is on it.
    pub(in crate::app) fn save_memo(&mut self) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last().cloned() else { return Vec::new() };
        let text = memo.field.text().trim_end().to_owned();
        let held = memo.memo.and_then(|id| self.study.memos().get(&id)).cloned();
        let (changes, word) = match (held, text.is_empty()) {
            (Some(held), true) => {
                let mut changes = vec![Change::delete(held)];
                changes.extend(self.study.changes_to_emptied(&changes));
                (changes, "memo taken away")
            }
            (Some(held), false) if held.text == text => (Vec::new(), "memo unchanged"),
            (Some(held), false) => {
                (vec![Change::update(held.clone(), Memo { text, ..held })], "memo changed")
            }
            (None, true) => (Vec::new(), "no memo"),
            (None, false) => match self.new_memo(memo.target, text) {
                Some(changes) => (changes, "memo saved"),
                None => return Vec::new(),
            },
        };
        let address = self.address(memo.target.spot());
        let mut effects = Vec::new();
        if !changes.is_empty() {
            effects = self.commit("write_memo", format!("{address} {word}"), changes);
            if effects.is_empty() {
                return effects;
            }
        }
        self.layers.pop();
        self.say(format!("{address}: {word}"));
        effects.extend(self.drop_draft(memo.target));
        effects
    }

    fn new_memo(&mut self, target: MemoTarget, text: String) -> Option<Vec<Change>> {
        let (quote, mut changes) = self.quote_on(target.spot())?;
        changes.push(Change::create(Memo {
            id: fresh(&*self.source),
            on: MemoOn::Quote(quote.id),
            kind: MemoKind::Analytic,
            coder: self.me.id,
            at: self.source.now(),
            text,
        }));
        Some(changes)
    }

    /// Keeps the cursor of the memo in sight.
    pub(in crate::app) fn arrange_memo(&mut self) {
        let drawer = self.drawer();
        let Some(Layer::Memo(memo)) = self.layers.last_mut() else { return };
        let rows = memo.rows(drawer.width);
        let height = usize::from(drawer.height.saturating_sub(1)).max(1);
        let at = memo.cursor_row(&rows);
        memo.top = memo.top.clamp((at + 1).saturating_sub(height), at);
    }
}

impl MemoEditor {
    /// Its rows in a window of that width, in bytes of its text.
    #[must_use]
    pub fn rows(&self, width: u16) -> Vec<std::ops::Range<usize>> {
        crate::app::wrap::wrap(self.field.text(), usize::from(width.saturating_sub(3)).clamp(6, 80))
    }

    /// The row that the cursor is in.
    #[must_use]
    pub fn cursor_row(&self, rows: &[std::ops::Range<usize>]) -> usize {
        rows.partition_point(|row| row.start <= self.field.cursor()).saturating_sub(1)
    }
}
