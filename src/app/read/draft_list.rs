//! All drafts of memos and of the words of turns, to go on with one: also those whose place was corrected while nobody was
//! looking, or is not there any more.
//!
//! A draft on a passage knows for which text it was begun. Where that is not the present one, the passage is not where it was, and
//! the draft is on the nearest turn.

use super::drafts::{BASIS, BEGAN, KIND};
use super::{MemoTarget, Model, Writing};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::memos::Stray;
use crate::app::{Effect, Spot};
use crate::study::{MemoOn, RevisionId, TranscriptId, Turn, TurnNumber, Turns};
use crate::text::{Span, counted};

/// A draft in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListedDraft {
    /// One that has its place.
    Placed(Writing),
    /// One whose place is gone, by its key.
    Stray(String),
}

impl Writing {
    /// What a draft is of, by its key. `None` for what is no memo and no turn, and for a memo that is gone.
    fn of_key(model: &Model, key: &str) -> Option<Writing> {
        let new = |target| Some(Writing { target, memo: None });
        if let Some(turn) = key.strip_prefix("turn:") {
            let (transcript, turn) = turn.split_once(':')?;
            return new(MemoTarget::Speech {
                transcript: transcript.parse().ok()?,
                turn: turn.parse().ok()?,
            });
        }
        let on = key.strip_prefix("memo:")?;
        if let Some(thing) = on.strip_prefix("on:") {
            return new(MemoTarget::Thing(serde_json::from_str::<MemoOn>(thing).ok()?));
        }
        match on.split_once(':') {
            Some((transcript, span)) => {
                let (start, end) = span.split_once('-')?;
                let span = Span { start: start.parse().ok()?, end: end.parse().ok()? };
                new(MemoTarget::Passage { transcript: transcript.parse().ok()?, span })
            }
            None => {
                let memo = model.study.memos().get(&on.parse().ok()?)?;
                Some(Writing { target: MemoTarget::Thing(memo.on.clone()), memo: Some(memo.id) })
            }
        }
    }
}

/// For which text a draft on a passage was begun, and in which turn the passage is: `REVISION TURN`.
pub(super) fn basis(turns: &Turns, span: Span) -> Option<String> {
    let turn = turns.turns.get(turns.index_at(span.start as usize)?)?;
    Some(format!("{} {}", turns.revision, turn.number))
}

impl Model {
    /// Lists the drafts of memos and turns, and those whose place is gone.
    pub(in crate::app) fn list_drafts(&mut self) -> Vec<Effect> {
        let strays = self.stray_drafts();
        let placed = |key: &String| {
            let stands = strays.iter().all(|stray| stray.key != *key);
            Writing::of_key(self, key).filter(|_| stands)
        };
        let mut all: Vec<(String, &'static str, String, ListedDraft)> = Vec::new();
        for (key, text) in &self.drafts {
            let Some(writing) = placed(key) else { continue };
            let what = match writing.target {
                MemoTarget::Speech { .. } => "words of a turn",
                _ => "memo",
            };
            all.push((self.draft_words(&writing), what, text.clone(), ListedDraft::Placed(writing)));
        }
        all.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        let stray = |stray: Stray| (stray.of, "its place is gone", stray.text, ListedDraft::Stray(stray.key));
        all.extend(strays.into_iter().map(stray));
        if all.is_empty() {
            self.say("No memo and no turn has a draft that is not saved.");
            return Vec::new();
        }
        let question = counted(all.len(), "draft", "drafts");
        let mut choices = Vec::with_capacity(all.len());
        let mut drafts = Vec::with_capacity(all.len());
        for (at, (words, what, text, draft)) in all.into_iter().enumerate() {
            let text = crate::text::one_line(&text);
            let (words, detail) = (format!("{words} “{text}”"), what.to_owned());
            choices.push(Choice { words, detail, answer: at.to_string() });
            drafts.push(draft);
        }
        self.choose(Chooser::new(question, "type to search", choices, Asked::Drafts(drafts)))
    }

    /// What a draft is on, in words.
    fn draft_words(&self, writing: &Writing) -> String {
        match (&writing.target, self.basis_of(writing)) {
            (&MemoTarget::Passage { transcript, .. }, Some((_, turn))) => {
                self.target_words(&MemoTarget::Speech { transcript, turn })
            }
            (target, _) => self.target_words(target),
        }
    }

    /// Goes to what a draft is on, and on with it.
    pub(in crate::app) fn go_to_draft(&mut self, drafts: &[ListedDraft], answer: &str) -> Vec<Effect> {
        let chosen = match answer.parse::<usize>().ok().and_then(|at| drafts.get(at)) {
            Some(ListedDraft::Stray(key)) => return self.open_stray_draft(key),
            Some(ListedDraft::Placed(writing)) => Some(writing.clone()),
            None => None,
        };
        let Some(chosen) = chosen.filter(|chosen| self.drafts.contains_key(&chosen.draft_key())) else {
            self.refuse("That draft was saved or thrown away meanwhile.");
            return Vec::new();
        };
        let (MemoTarget::Passage { transcript, .. } | MemoTarget::Speech { transcript, .. }) = chosen.target
        else {
            return match chosen.memo {
                Some(memo) => self.edit_memo(memo),
                None => self.open_memo(chosen),
            };
        };
        let there = self.standing(&chosen);
        let Some(span) = there.as_ref().and_then(|there| self.span_of(there)) else {
            self.refuse("The transcript of that draft is not in the study any more.");
            return Vec::new();
        };
        let mut effects = Vec::new();
        let mut writing = chosen.clone();
        if let Some(there) = there.filter(|there| *there != chosen) {
            effects = self.move_draft(&chosen, &there);
            writing = there;
        }
        effects.extend(self.visit(Spot { transcript, span }));
        self.memo_to_reopen = Some(writing);
        effects
    }

    /// Puts drafts on passages of a transcript where they belong in the text that is there now, if they were begun for another.
    pub(super) fn settle_drafts(&mut self, transcript: TranscriptId) -> Vec<Effect> {
        let begins = format!("memo:{transcript}:");
        let keys = self.drafts.keys().filter(|key| key.starts_with(&begins));
        let moved: Vec<(Writing, Writing)> = keys
            .filter_map(|key| {
                let writing = Writing::of_key(self, key)?;
                let there = self.standing(&writing).filter(|there| *there != writing)?;
                Some((writing, there))
            })
            .collect();
        let mut effects = Vec::new();
        for (from, to) in &moved {
            effects.extend(self.move_draft(from, to));
            if self.memo_to_reopen.as_ref() == Some(from) {
                self.memo_to_reopen = Some(to.clone());
            }
        }
        if let Some((_, to)) = moved.first() {
            let (place, keys) = (self.target_words(&to.target), self.keys_of("list_drafts"));
            self.say(format!("{place} was corrected since a memo on it was begun: {keys} lists the draft."));
        }
        effects
    }

    /// What a draft is on now: itself, or the nearest turn where its place is not there any more. `None` without a transcript.
    fn standing(&self, writing: &Writing) -> Option<Writing> {
        let to = |target| Some(Writing { target, ..writing.clone() });
        match writing.target {
            MemoTarget::Thing(_) => Some(writing.clone()),
            MemoTarget::Speech { transcript, turn } => {
                let held = nearest(self.study.turns(transcript)?, turn)?;
                to(MemoTarget::Speech { transcript, turn: held.number })
            }
            MemoTarget::Passage { transcript, .. } => {
                let turns = self.study.turns(transcript)?;
                match self.basis_of(writing) {
                    Some((revision, turn)) if revision != turns.revision => {
                        let span = nearest(turns, turn)?.speech;
                        to(MemoTarget::Passage { transcript, span })
                    }
                    _ => Some(writing.clone()),
                }
            }
        }
    }

    fn basis_of(&self, writing: &Writing) -> Option<(RevisionId, TurnNumber)> {
        let (revision, turn) = self.drafts.get(&writing.basis_key())?.split_once(' ')?;
        Some((revision.parse().ok()?, turn.parse().ok()?))
    }

    fn span_of(&self, writing: &Writing) -> Option<Span> {
        match writing.target {
            MemoTarget::Passage { span, .. } => Some(span),
            MemoTarget::Speech { transcript, turn } => {
                let turns = self.study.turns(transcript)?;
                Some(turns.turns.get(turns.index_of(turn)?)?.speech)
            }
            MemoTarget::Thing(_) => None,
        }
    }

    /// Gives a draft another place. Of two memos in one place the later is below the other; where the words of the other turn are
    /// being put right already, both stay where they are.
    fn move_draft(&mut self, from: &Writing, to: &Writing) -> Vec<Effect> {
        let is_speech = matches!(to.target, MemoTarget::Speech { .. });
        let there = self.drafts.get(&to.draft_key()).cloned();
        if is_speech && there.is_some() {
            return Vec::new();
        }
        let mut effects = Vec::new();
        let mut put =
            |model: &mut Model, key: String, text: String| effects.push(model.keep_draft(key, text));
        if let Some(text) = self.drafts.get(&from.draft_key()).cloned() {
            let text = there.map_or_else(|| text.clone(), |there| format!("{there}\n\n{text}"));
            put(self, to.draft_key(), text);
        }
        for (prefix, key) in [(KIND, to.kind_key()), (BEGAN, to.began_key())] {
            let held = self.drafts.get(&format!("{prefix}{}", from.draft_key())).cloned();
            if let Some(text) = held.filter(|_| !self.drafts.contains_key(&key)) {
                put(self, key, text);
            }
        }
        if let MemoTarget::Passage { transcript, span } = to.target
            && let Some(text) = self.study.turns(transcript).and_then(|turns| basis(turns, span))
        {
            put(self, format!("{BASIS}{}", to.draft_key()), text);
        }
        let dropped = self.drop_draft(from);
        dropped.into_iter().chain(effects).collect()
    }
}

/// The turn of that number, else the first part of it, else the one before.
fn nearest(turns: &Turns, number: TurnNumber) -> Option<&Turn> {
    let part = turns.turns.iter().find(|turn| number.covers(turn.number));
    let before = || turns.turns.get(turns.at_or_before(number)?);
    part.or_else(before)
}
