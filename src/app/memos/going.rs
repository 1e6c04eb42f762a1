//! From a memo to what it is on, to what it links to, and to writing.

use super::links;
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model, Screen};
use crate::study::{Memo, MemoId, MemoOn};

const NOTHING_LISTED: &str = "No memo is listed: write one, or empty the filter.";

impl Model {
    /// The chosen memo; a sentence if there is none.
    fn chosen_memo(&mut self) -> Option<Memo> {
        let memo = self.memos.list.row().and_then(|row| self.study.memos().get(&row.id)).cloned();
        if memo.is_none() {
            self.refuse(NOTHING_LISTED);
        }
        memo
    }

    /// Goes to what the chosen memo is on.
    pub(in crate::app) fn open_memo_thing(&mut self) -> Vec<Effect> {
        self.memos.list.leave_filter();
        match self.chosen_memo() {
            Some(memo) => self.go_to_thing(memo.on),
            None => Vec::new(),
        }
    }

    /// Goes to a thing that memos can be on.
    pub(in crate::app) fn go_to_thing(&mut self, on: MemoOn) -> Vec<Effect> {
        match on {
            MemoOn::Quote(id) => return self.visit_quote(id),
            MemoOn::Code(id) => self.go_to_code(id),
            MemoOn::Theme(id) => self.go_to_theme(id),
            MemoOn::Component(of) => {
                let position = self.study.components().get(&of.key()).map(|held| held.position);
                let panel = position.filter(|_| of.framework == self.study.settings.framework);
                match panel.and_then(|position| u8::try_from(position).ok()) {
                    Some(panel) => return self.open_panel(panel),
                    None => {
                        self.refuse("That component has no panel: its framework is not that of the study.");
                    }
                }
            }
            MemoOn::Transcript(id) => {
                self.leave_mark();
                self.open(id);
            }
            MemoOn::Participant(id) => self.open_profile(id),
            MemoOn::Cell(case, topic) => return self.go_to_cell(case, topic),
            MemoOn::Study => self.refuse("This memo is on the study as a whole: there is no place to go to."),
        }
        Vec::new()
    }

    /// Opens the chosen memo to be changed.
    pub(in crate::app) fn edit_chosen_memo(&mut self) -> Vec<Effect> {
        match self.chosen_memo() {
            Some(memo) => self.edit_memo(memo.id),
            None => Vec::new(),
        }
    }

    /// Opens a new memo on what the chosen one is on.
    pub(in crate::app) fn write_memo_beside(&mut self) -> Vec<Effect> {
        match self.chosen_memo() {
            Some(memo) => self.write_memo_on(memo.on),
            None => Vec::new(),
        }
    }

    /// Takes the chosen memo away.
    pub(in crate::app) fn remove_chosen_memo(&mut self) -> Vec<Effect> {
        match self.chosen_memo() {
            Some(memo) => self.remove_memo(memo.id),
            None => Vec::new(),
        }
    }

    /// Takes a memo of this coder away.
    pub(in crate::app) fn remove_memo(&mut self, id: MemoId) -> Vec<Effect> {
        let Some(memo) = self.study.memos().get(&id).cloned() else { return Vec::new() };
        if memo.coder != self.me.id {
            let who = self.study.coders().get(&memo.coder).map_or("somebody else", |coder| &coder.name);
            self.refuse(format!("This memo is signed by {who}: only they can take it away."));
            return Vec::new();
        }
        let place = self.thing_words(&memo.on);
        let changes = self.without_memo(memo);
        let keys = self.keys_of("undo");
        let effects = self.commit("remove_memo", format!("{place} memo taken away"), changes);
        if !effects.is_empty() {
            self.say(format!("{place}: memo taken away; {keys} brings it back"));
        }
        effects
    }

    /// Goes to an address in the chosen memo; which one is asked if there are several.
    pub(in crate::app) fn follow_link(&mut self) -> Vec<Effect> {
        let Some(memo) = self.chosen_memo() else { return Vec::new() };
        let links = links(&self.study, &memo.text);
        let address = |at: std::ops::Range<usize>| memo.text.get(at).unwrap_or_default().to_owned();
        match links.as_slice() {
            [] => {
                self.refuse("No address stands in this memo; one such as I43:41 becomes a link by itself.");
                Vec::new()
            }
            [one] => self.visit(one.spot),
            many => {
                let choices = many.iter().map(|link| Choice {
                    words: address(link.at.clone()),
                    detail: self.speakers_at(link.spot),
                    answer: link.at.start.to_string(),
                });
                let choices = choices.collect();
                self.choose(Chooser::new("go to", "type to search", choices, Asked::MemoLink(memo.id)))
            }
        }
    }

    /// Goes to the link that stands at a byte of a memo.
    pub(in crate::app) fn go_to_link(&mut self, memo: MemoId, at: &str) -> Vec<Effect> {
        let text = self.study.memos().get(&memo).map_or("", |memo| &memo.text);
        let found = links(&self.study, text).into_iter().find(|link| link.at.start.to_string() == at);
        found.map_or_else(Vec::new, |link| self.visit(link.spot))
    }

    /// Who speaks first in a passage.
    fn speakers_at(&self, spot: crate::app::Spot) -> String {
        let first = || {
            let turns = self.study.turns(spot.transcript)?;
            let turn = turns.turns.get(turns.index_at(spot.span.start as usize)?)?;
            Some(crate::app::read::speaker_of(&self.study, spot.transcript, turns, turn).to_owned())
        };
        first().unwrap_or_default()
    }

    /// Opens a new memo on the transcript that is read, or chosen in the list.
    pub(in crate::app) fn write_transcript_memo(&mut self) -> Vec<Effect> {
        let listed = self.transcripts.list.row().map(|row| row.id);
        let transcript = if self.screen == Screen::Read { self.read.transcript() } else { listed };
        match transcript {
            Some(id) => self.write_memo_on(MemoOn::Transcript(id)),
            None => {
                self.refuse("No transcript is chosen.");
                Vec::new()
            }
        }
    }

    /// Shows a memo in the list of all.
    pub(in crate::app) fn show_memo(&mut self, memo: MemoId) -> Vec<Effect> {
        self.leave_mark();
        self.layers.clear();
        self.screen = Screen::Memos;
        self.memos.list.filter.clear();
        self.memos.list.choose_when_listed(Some(memo));
        Vec::new()
    }

    /// Asks what a new memo is to be on.
    pub(in crate::app) fn ask_memo_thing(&mut self) -> Vec<Effect> {
        let study = &self.study;
        let mut things = vec![MemoOn::Study];
        things.extend(study.codes_in_tree_order().into_iter().map(|(_, code)| MemoOn::Code(code.id)));
        things.extend(study.themes_in_order().into_iter().map(|theme| MemoOn::Theme(theme.id)));
        things.extend(
            study
                .components_of(&study.settings.framework)
                .into_iter()
                .map(|held| MemoOn::Component(held.into())),
        );
        things.extend(study.transcripts_by_name().into_iter().map(|held| MemoOn::Transcript(held.id)));
        things.extend(study.participants_by_name().into_iter().map(|held| MemoOn::Participant(held.id)));
        let choice = |on: MemoOn| {
            let detail = match study.memos_on(on.clone()).count() {
                0 => String::new(),
                1 => String::from("1 memo"),
                many => format!("{many} memos"),
            };
            let answer = serde_json::to_string(&on).unwrap_or_default();
            Choice { words: self.thing_words(&on), detail, answer }
        };
        let choices = things.into_iter().map(choice).collect();
        self.choose(Chooser::new("memo on", "a code, theme, transcript or person", choices, Asked::MemoThing))
    }

    /// Opens a new memo on what was answered.
    pub(in crate::app) fn write_memo_on_answer(&mut self, answer: &str) -> Vec<Effect> {
        match serde_json::from_str(answer) {
            Ok(on) => self.write_memo_on(on),
            Err(_) => Vec::new(),
        }
    }
}
