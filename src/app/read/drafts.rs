//! Drafts: what is written and not saved, of memos and of the words of turns. Each is kept until it is saved or thrown away.
//!
//! Those of memos on passages are kept by where the passage stands. When its transcript is corrected, they go along.

use super::draft_list::basis;
use super::{MemoEditor, MemoTarget, Model, Writing};
use crate::app::Effect;
use crate::app::layer::Layer;
use crate::study::{Succession, TranscriptId, TurnNumber, Turns};
use crate::text::Span;

/// What stands before the key of a draft that says what kind of memo it will be.
pub(in crate::app) const KIND: &str = "kind of ";
/// What stands before the key of a draft that says what was saved when it was begun.
pub(in crate::app) const BEGAN: &str = "beginning of ";
/// What stands before the key of a draft that says for which text a memo on a passage was begun.
pub(in crate::app) const BASIS: &str = "text of ";

impl Model {
    /// A draft of words that were changed since it was begun: says so, and saving it asks first.
    pub(super) fn say_changed_since(&mut self) {
        let Some(Layer::Memo(memo)) = self.layers.last_mut() else { return };
        let began = self.drafts.get(&memo.writing.began_key()).cloned();
        let Some(began) = began.filter(|began| *began != memo.began && memo.field.text() != memo.began)
        else {
            return;
        };
        memo.began = began;
        let target = memo.writing.target.clone();
        let done = match &target {
            MemoTarget::Speech { .. } => self.corrected_words(&target),
            _ => String::from("the memo was changed"),
        };
        let keys = self.keys_of("save_memo");
        self.trouble(format!(
            "This is a draft, and {done} since. {keys} asks before it puts your words there."
        ));
    }

    /// How many texts are written and not saved. What goes with one of them, and steps that were refused, are no texts.
    pub(in crate::app) fn count_drafts(&self) -> usize {
        let others = [KIND, BEGAN, BASIS, crate::app::matrix::LINKS, crate::app::coders::REFUSED];
        self.drafts.keys().filter(|key| !others.iter().any(|other| key.starts_with(other))).count()
    }

    /// Whether what is typed last does not reach the disk, and would be lost with the program.
    pub(in crate::app) fn are_drafts_lost(&self) -> bool {
        self.store_gone || self.unwritten.as_ref().is_some_and(|unwritten| unwritten.drafts)
    }

    /// The text of the memo changed.
    pub(in crate::app) fn memo_changed(&mut self) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last() else { return Vec::new() };
        let (key, text) = (memo.writing.draft_key(), memo.field.text().to_owned());
        // What is new began with nothing.
        let is_new = memo.writing.memo.is_none() && !matches!(memo.writing.target, MemoTarget::Speech { .. });
        let began = (!is_new)
            .then(|| (memo.writing.began_key(), memo.began.clone()))
            .filter(|(key, _)| !self.drafts.contains_key(key));
        let basis = match memo.writing {
            Writing { memo: None, target: MemoTarget::Passage { transcript, span } } => {
                self.study.turns(transcript).and_then(|turns| basis(turns, span))
            }
            _ => None,
        };
        let basis = basis
            .map(|basis| (memo.writing.basis_key(), basis))
            .filter(|(key, basis)| self.drafts.get(key) != Some(basis));
        let kept = began.into_iter().chain(basis).chain([(key, text)]);
        kept.map(|(key, text)| self.keep_draft(key, text)).collect()
    }

    /// Shows these drafts in the memo that is open, if they are of it; whether they are.
    pub(in crate::app) fn show_memo_draft(&mut self, keys: &[String]) -> bool {
        let shown = |layer: &Layer| {
            let of = |writing: &Writing| {
                keys.iter().any(|key| *key == writing.draft_key() || *key == writing.kind_key())
            };
            matches!(layer, Layer::Memo(memo) if of(&memo.writing))
        };
        let Some(at) = self.layers.iter().position(shown) else { return false };
        let Some(writing) = self.layers.get(at).and_then(Layer::writing) else { return false };
        let saved = self.words_saved(&writing);
        let (text, kind, _) = self.drafted_memo(&writing);
        let Some(Layer::Memo(memo)) = self.layers.get_mut(at) else { return false };
        match saved {
            Some(saved) if !self.drafts.contains_key(&writing.draft_key()) => memo.began = saved,
            // The text that has those words is on its way.
            None if !self.drafts.contains_key(&writing.draft_key()) => return true,
            _ => {}
        }
        memo.kind = kind;
        memo.field.replace(text);
        true
    }

    /// A memo in which nothing was typed shows what was saved of it elsewhere.
    pub(super) fn follow_saved_memo(&mut self) {
        let Some(Layer::Memo(memo)) = self.layers.last() else { return };
        if memo.field.text() != memo.began {
            return;
        }
        let saved = self.words_saved(&memo.writing).filter(|saved| *saved != memo.began);
        if let (Some(saved), Some(Layer::Memo(memo))) = (saved, self.layers.last_mut()) {
            memo.field.replace(saved.clone());
            memo.began = saved;
        }
    }

    /// The memo was left without being saved: its draft stays, unless there is nothing in it.
    pub(in crate::app) fn memo_closed(&mut self, memo: &MemoEditor) -> Vec<Effect> {
        let (saved, kind) = self.saved_memo(&memo.writing);
        let nothing = memo.writing.memo.is_none() && memo.field.is_empty();
        if memo.field.text() == saved && (memo.kind == kind || nothing) {
            return self.drop_draft(&memo.writing);
        }
        let again = match memo.writing.target {
            MemoTarget::Passage { .. } => format!("{} here", self.keys_of("write_memo")),
            MemoTarget::Speech { .. } => format!("{} on that turn", self.keys_of("correct_turn")),
            MemoTarget::Thing(_) => String::from("opening it again"),
        };
        if let MemoTarget::Speech { transcript, turn } = memo.writing.target
            && self.speech_of(transcript, turn).is_none()
        {
            let address = self.target_words(&memo.writing.target);
            let (keys, list) = (self.keys_of("correct_turn"), self.keys_of("list_drafts"));
            self.trouble(format!(
                "Not saved: {address} is not in the text any more. Your draft of it is kept: {keys} on a part of it, or {list} lists it."
            ));
            return Vec::new();
        }
        if self.are_drafts_lost() {
            self.trouble(format!(
                "Not saved, and the draft is not on disk: {again} goes on with it until you leave."
            ));
        } else {
            self.say(format!("Not saved, but kept as a draft: {again} goes on with it."));
        }
        Vec::new()
    }

    /// Throws away what is written and not saved, at the second press of the key.
    pub(in crate::app) fn discard_draft(&mut self) -> Vec<Effect> {
        let presses = self.presses;
        let Some(Layer::Memo(memo)) = self.layers.last_mut() else { return Vec::new() };
        let asked = memo.asked_to_discard.replace(presses);
        let writing = memo.writing.clone();
        if asked.is_none_or(|asked| asked + 1 != presses) {
            let keys = self.keys_of("discard_draft");
            self.refuse(format!("{keys} again throws away what you wrote here; any other key keeps it."));
            return Vec::new();
        }
        self.layers.pop();
        self.say(format!("{}: your draft is thrown away", self.target_words(&writing.target)));
        self.drop_draft(&writing)
    }

    /// A draft of a turn that was split or joined since, whoever did it, goes to that part of it which is opened first, and is
    /// said to be there. Saving it asks, for it holds other words than that part.
    pub(super) fn take_up_former_turn(&mut self, transcript: TranscriptId, turn: TurnNumber) -> Vec<Effect> {
        let of = |turn| Writing { target: MemoTarget::Speech { transcript, turn }, memo: None };
        let (here, begins) = (of(turn), format!("turn:{transcript}:"));
        let Some(turns) = self.study.turns(transcript) else { return self.open_memo(here) };
        let former = self.drafts.keys().find_map(|key| {
            let number: TurnNumber = key.strip_prefix(&begins)?.parse().ok()?;
            (number.number == turn.number && turns.index_of(number).is_none()).then_some(number)
        });
        let Some(former) = former.map(of).filter(|_| !self.drafts.contains_key(&here.draft_key())) else {
            return self.open_memo(here);
        };
        let mut effects = Vec::new();
        for (from, to) in [(former.draft_key(), here.draft_key()), (former.began_key(), here.began_key())] {
            if let Some(text) = self.drafts.get(&from).cloned() {
                effects.extend(self.let_go_of_draft(&from));
                effects.push(self.keep_draft(to, text));
            }
        }
        let (was, is) = (self.target_words(&former.target), self.target_words(&here.target));
        effects.extend(self.open_memo(here));
        let keys = self.keys_of("save_memo");
        self.trouble(format!(
            "This is your draft of {was}, which was split or joined since. {keys} asks before it puts all of it in {is}."
        ));
        effects
    }

    /// Lets go of a draft and of what is kept beside it.
    pub(super) fn drop_draft(&mut self, writing: &Writing) -> Vec<Effect> {
        let keys = [writing.draft_key(), writing.kind_key(), writing.began_key(), writing.basis_key()];
        keys.iter().filter_map(|key| self.let_go_of_draft(key)).collect()
    }

    /// Gives drafts on passages of a transcript the spans that their words have in the new text. One whose words are not
    /// there any more keeps its key, and comes back with the former text.
    pub(super) fn carry_memo_drafts(
        &mut self,
        transcript: TranscriptId,
        turns: &Turns,
        succession: &Succession<'_>,
    ) -> Vec<Effect> {
        let begins = format!("memo:{transcript}:");
        let mut moved: Vec<(String, String, String)> = Vec::new();
        for (key, words) in &self.drafts {
            let beside = [KIND, BASIS].into_iter().find(|beside| key.starts_with(beside)).unwrap_or_default();
            let rest = key.strip_prefix(beside).and_then(|rest| rest.strip_prefix(&begins));
            let Some(span) = rest.and_then(read_span) else { continue };
            let Some(there) = succession.place(span) else { continue };
            let next = format!("{beside}{begins}{}-{}", there.start, there.end);
            let basis = if beside == BASIS { basis(turns, there) } else { None };
            let words = basis.as_ref().unwrap_or(words);
            if next != *key || self.drafts.get(key) != Some(words) {
                moved.push((key.clone(), next, words.clone()));
            }
        }
        let mut effects: Vec<Effect> =
            moved.iter().filter_map(|(key, _, _)| self.let_go_of_draft(key)).collect();
        effects.extend(moved.into_iter().map(|(_, key, text)| self.keep_draft(key, text)));
        effects
    }
}

fn read_span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once('-')?;
    Some(Span { start: start.parse().ok()?, end: end.parse().ok()? })
}
