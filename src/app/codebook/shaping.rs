//! New codes, names, places, sides and states.

use super::questions::CodebookQuestion as Question;
use super::{Model, Page};
use crate::app::Effect;
use crate::app::ask::Chooser;
use crate::study::{Change, Code, CodeId, CodeState, MemoOn, ShapeError, Side, fresh};

const NEW: &str = "new code";
const RENAME: &str = "new name";

impl Model {
    /// Asks for the name of a new code: behind the chosen one, or below it.
    pub(in crate::app) fn ask_new_code(&mut self, below: bool) -> Vec<Effect> {
        let chosen = self.codebook.code().and_then(|id| self.study.codes().get(&id));
        let question = match chosen {
            None => Question::NewCode { parent: None, after: None },
            Some(code) if below => Question::NewCode { parent: Some(code.id), after: None },
            Some(code) => Question::NewCode { parent: code.parent, after: Some(code.id) },
        };
        let words = match chosen.filter(|_| below) {
            Some(code) => format!("{NEW} under “{}”", code.name),
            None => NEW.to_owned(),
        };
        self.prompt(words, "its name", "", question.asked())
    }

    pub(super) fn add_code(
        &mut self,
        parent: Option<CodeId>,
        after: Option<CodeId>,
        name: &str,
    ) -> Vec<Effect> {
        let code = Code { parent, ..Code::new(fresh(&*self.source), name) };
        let id = code.id;
        match self.study.changes_to_add_codes(&[code], after) {
            Ok(changes) => {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                let effects = self.commit_and_say("add_code", format!("new code “{name}”"), changes);
                self.choose_code(id);
                effects
            }
            Err(error) => {
                self.ask_name_again(error.to_string(), NEW, name, Question::NewCode { parent, after })
            }
        }
    }

    /// Chooses a code in the tree, whatever hides it.
    pub(super) fn choose_code(&mut self, code: CodeId) {
        if !self.study.codes().has(&code) {
            return;
        }
        self.codebook.filter.clear();
        self.codebook.choose(&self.study, code);
    }

    /// Asks for another name.
    pub(in crate::app) fn ask_rename_code(&mut self) -> Vec<Effect> {
        match self.chosen_code() {
            Some(code) => self.prompt(RENAME, "a name", &code.name, Question::Rename(code.id).asked()),
            None => Vec::new(),
        }
    }

    pub(super) fn rename_code(&mut self, code: CodeId, name: &str) -> Vec<Effect> {
        let before = self.study.codes().get(&code).map(|held| held.name.clone()).unwrap_or_default();
        match self.study.changes_to_rename(code, name) {
            Ok(changes) => {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                self.commit_and_say("rename_code", format!("“{before}” is now “{name}”"), changes)
            }
            Err(ShapeError::There(_)) => Vec::new(),
            Err(error) => self.ask_name_again(error.to_string(), RENAME, name, Question::Rename(code)),
        }
    }

    /// Asks under which code to move the chosen one.
    pub(in crate::app) fn ask_move_code(&mut self) -> Vec<Effect> {
        let Some(code) = self.chosen_code() else { return Vec::new() };
        let mut choices = self.code_choices(|other| Some(other.id) != code.parent && other.id != code.id);
        if code.parent.is_some() {
            choices.insert(0, Self::choice_of_none("the top of the tree"));
        }
        let question = format!("move “{}” under", code.name);
        let asked = Question::MoveUnder(code.id).asked();
        self.choose(Chooser::new(question, "a few letters of a code", choices, asked))
    }

    pub(super) fn move_code(&mut self, code: CodeId, parent: Option<CodeId>) -> Vec<Effect> {
        let name = |id: CodeId| self.study.codes().get(&id).map(|code| code.name.clone()).unwrap_or_default();
        let (moved, place) = (name(code), parent.map(name));
        let place = place.map_or_else(|| String::from("to the top"), |parent| format!("under “{parent}”"));
        self.shape("move_code", self.study.changes_to_move(code, parent), format!("“{moved}” moved {place}"))
    }

    /// Moves the chosen code one place up or down among its siblings.
    pub(in crate::app) fn shift_code(&mut self, down: bool) -> Vec<Effect> {
        let Some(code) = self.chosen_code() else { return Vec::new() };
        let label = format!("“{}” moved {}", code.name, if down { "down" } else { "up" });
        self.shape("shift_code", self.study.changes_to_shift(code.id, down), label)
    }

    /// Gives the chosen code a side, or takes it away if it has that one.
    pub(in crate::app) fn toggle_code_side(&mut self, side: Side) -> Vec<Effect> {
        let Some(code) = self.chosen_code() else { return Vec::new() };
        let side = Some(side).filter(|side| code.side != Some(*side));
        let label = match side {
            Some(side) => format!("“{}” is a {}", code.name, side.name()),
            None => format!("“{}” has no side any more", code.name),
        };
        self.shape("set_side", self.study.changes_to_side(code.id, side), label)
    }

    /// Says how far the chosen code has come: draft, working, retired.
    pub(in crate::app) fn set_code_state(&mut self, word: &str) -> Vec<Effect> {
        let Some(state) = CodeState::parse(word) else {
            self.refuse("A code is draft, working or retired.");
            return Vec::new();
        };
        let Some(code) = self.chosen_code() else { return Vec::new() };
        if code.state == state {
            self.refuse(format!("“{}” is {} already.", code.name, state.name()));
            return Vec::new();
        }
        let label = format!("“{}” is {}", code.name, state.name());
        let changes = vec![Change::update(code.clone(), Code { state, ..code })];
        self.commit_and_say("set_code_state", label, changes)
    }

    /// Opens the memo on the chosen code.
    pub(in crate::app) fn write_code_memo(&mut self) -> Vec<Effect> {
        match self.chosen_code() {
            Some(code) => self.write_memo_on(MemoOn::Code(code.id)),
            None => Vec::new(),
        }
    }

    /// Commits what the study says a step would change, or says why it cannot be done.
    pub(super) fn shape(
        &mut self,
        command: &'static str,
        changes: Result<Vec<Change>, ShapeError>,
        label: String,
    ) -> Vec<Effect> {
        match changes {
            Ok(changes) => {
                if self.codebook.page == Page::Tree {
                    self.codebook.list_again();
                }
                let strays = self.count_stray_drafts();
                let effects = self.commit_and_say(command, label, changes);
                self.say_more_stray_drafts(strays);
                effects
            }
            Err(error) => {
                self.refuse(error.to_string());
                Vec::new()
            }
        }
    }
}
