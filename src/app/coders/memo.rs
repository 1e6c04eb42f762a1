//! A memo that somebody else changed while it was being written here: neither text is lost.

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::layer::Layer;
use crate::app::{Effect, Model};
use crate::study::{Memo, Record};

impl Model {
    /// Asks what is to become of the text that is being written.
    pub(in crate::app) fn ask_changed_memo(&mut self, held: &Memo) -> Vec<Effect> {
        let first = self.who_was_first(&Record::Memo(held.clone()));
        let who = first.map_or_else(|| String::from("somebody"), |(who, _)| who);
        let choice = |words: &str, answer: &str| Choice {
            words: words.into(),
            detail: String::new(),
            answer: answer.into(),
        };
        let choices = vec![
            choice("save mine as a memo of its own", "own"),
            choice("save mine in its place", "mine"),
            choice("leave theirs; mine stays as a draft", "leave"),
        ];
        self.trouble(format!("{who} changed this memo while you wrote. Esc goes on writing."));
        self.choose(Chooser::new("and now", "two texts", choices, Asked::ChangedMemo))
    }

    /// Does what was chosen.
    pub(in crate::app) fn save_changed_memo(&mut self, answer: &str) -> Vec<Effect> {
        let Some(Layer::Memo(memo)) = self.layers.last_mut() else { return Vec::new() };
        match answer {
            "own" => (memo.writing.memo, memo.began) = (None, String::new()),
            "mine" => {
                let held = memo.writing.memo.and_then(|id| self.study.memos().get(&id));
                memo.began = held.map_or_else(String::new, |held| held.text.clone());
            }
            _ => {
                let closed = memo.clone();
                self.layers.pop();
                return self.memo_closed(&closed);
            }
        }
        self.save_memo()
    }
}
