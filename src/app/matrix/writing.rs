//! Writing the summary of a cell: drafts at every key, links to quotes, one action for each cell that is saved.

use crate::analysis::{basis_of, rests_on};
use crate::app::drafts::{AT_ONCE, join_texts};
use crate::app::read::BEGAN;
use crate::app::{Effect, Model, TextField};
use crate::study::{
    Case, Change, Memo, MemoOn, QuoteId, Summary, SummaryState, Topic, Witness, fresh, put_below,
};

/// Why a summary that is there cannot be written.
pub(super) const KEPT_BACK: &str = "Your summary of this cell is kept back, as it rests on hidden words; it is here again once they are \
                                    brought back.";

/// The key of the draft of a summary.
fn draft_key(case: Case, topic: &Topic) -> String {
    format!("summary:{}", serde_json::to_string(&(case, topic)).unwrap_or_default())
}

/// What stands before the key of a draft that says which quotes a summary is to rest on.
pub(in crate::app) const LINKS: &str = "links of ";

/// The key of the draft of its links.
fn links_key(case: Case, topic: &Topic) -> String {
    format!("{LINKS}{}", draft_key(case, topic))
}

/// The key under which is kept what was saved when its draft was begun.
fn began_key(case: Case, topic: &Topic) -> String {
    format!("{BEGAN}{}", draft_key(case, topic))
}

/// The links of two windows.
pub(in crate::app) fn join_links(theirs: &str, mine: &str) -> Option<String> {
    let (mut links, mine): (Vec<QuoteId>, Vec<QuoteId>) =
        (serde_json::from_str(theirs).ok()?, serde_json::from_str(mine).ok()?);
    add_links(&mut links, &mine);
    serde_json::to_string(&links).ok()
}

fn add_links(links: &mut Vec<QuoteId>, more: &[QuoteId]) {
    for quote in more {
        if !links.contains(quote) {
            links.push(*quote);
        }
    }
}

/// A summary as it is to be written on.
pub(super) struct Begun {
    /// What it says.
    pub(super) text: String,
    /// The quotes that it rests on.
    pub(super) links: Vec<QuoteId>,
    /// What is saved of it.
    pub(super) saved: String,
    /// What is to be said of it.
    pub(super) note: Option<&'static str>,
}

impl Model {
    /// This coder's summary of a cell as it is to be written on: its draft, else what is saved. Both, if something else was
    /// saved since the draft was begun.
    pub(super) fn begun_summary(&self, case: Case, topic: &Topic) -> Begun {
        let (saved, mut links) = match self.study.summary_of(self.me.id, case, topic) {
            Some(summary) => (summary.text.clone(), summary.quotes.clone()),
            None => Default::default(),
        };
        let drafted = self.drafts.get(&links_key(case, topic));
        let drafted: Option<Vec<QuoteId>> = drafted.and_then(|links| serde_json::from_str(links).ok());
        let Some(draft) = self.drafts.get(&draft_key(case, topic)) else {
            return Begun { text: saved.clone(), links: drafted.unwrap_or(links), saved, note: None };
        };
        let began = self.drafts.get(&began_key(case, topic)).map_or("", String::as_str);
        let mut text = draft.clone();
        if saved.trim() == began.trim() || saved.is_empty() {
            links = drafted.unwrap_or(links);
        } else {
            add_links(&mut links, &drafted.unwrap_or_default());
            text = join_texts(&saved, draft);
        }
        let note = match text {
            _ if text == saved => None,
            _ if text == *draft => Some("This is a draft that was not saved yet."),
            _ => Some("The summary was changed since this draft of it was begun: both texts are here."),
        };
        Begun { text, links, saved, note }
    }

    /// Shows these drafts on the desk, if they are of its cell; whether they are.
    pub(in crate::app) fn show_summary_draft(&mut self, keys: &[String]) -> bool {
        let Some(desk) = &self.matrix.desk else { return false };
        let own = [draft_key(desk.case, &desk.topic), links_key(desk.case, &desk.topic)];
        let is_shown = keys.iter().any(|key| own.contains(key));
        if is_shown {
            self.take_up_summary();
        }
        is_shown
    }

    /// A summary in which nothing was typed shows what was saved of it elsewhere.
    pub(super) fn follow_saved_summary(&mut self) {
        let Some(desk) = &self.matrix.desk else { return };
        if desk.field.text() == desk.began && !self.drafts.contains_key(&links_key(desk.case, &desk.topic)) {
            self.take_up_summary();
        }
    }

    fn take_up_summary(&mut self) {
        let Some(desk) = &self.matrix.desk else { return };
        let begun = self.begun_summary(desk.case, &desk.topic);
        if let Some(desk) = &mut self.matrix.desk {
            if desk.field.text() != begun.text {
                desk.field.replace(begun.text);
            }
            (desk.linked, desk.began) = (begun.links, begun.saved);
        }
    }

    /// Whether something of a cell is written and not saved.
    #[must_use]
    pub fn has_summary_draft(&self, case: Case, topic: &Topic) -> bool {
        self.drafts.contains_key(&draft_key(case, topic))
    }

    /// Whether this coder's summary of a cell is there and not shown, as it rests on hidden words.
    #[must_use]
    pub fn is_kept_back(&self, case: Case, topic: &Topic) -> bool {
        let whole = self.veil.whole(&self.study);
        !std::ptr::eq(whole, &self.study)
            && self.study.summary_of(self.me.id, case, topic).is_none()
            && whole.summary_of(self.me.id, case, topic).is_some()
    }

    /// The text of the summary changed.
    pub(in crate::app) fn summary_changed(&mut self) -> Vec<Effect> {
        let Some(desk) = &self.matrix.desk else { return Vec::new() };
        let (key, text) = (draft_key(desk.case, &desk.topic), desk.field.text().to_owned());
        let began = (began_key(desk.case, &desk.topic), desk.began.clone());
        let began = Some(began).filter(|(key, _)| !self.drafts.contains_key(key));
        began.into_iter().chain([(key, text)]).map(|(key, text)| self.keep_draft(key, text)).collect()
    }

    fn links_changed(&mut self) -> Vec<Effect> {
        let Some(desk) = &self.matrix.desk else { return Vec::new() };
        let key = links_key(desk.case, &desk.topic);
        let text = serde_json::to_string(&desk.linked).unwrap_or_default();
        vec![self.keep_draft(key, text)]
    }

    fn drop_summary_draft(&mut self, case: Case, topic: &Topic) -> Vec<Effect> {
        let keys = [draft_key(case, topic), links_key(case, topic), began_key(case, topic)];
        keys.iter().filter_map(|key| self.let_go_of_draft(key)).collect()
    }

    /// Keeps what a refused action would have saved as a draft, which was begun on that text.
    pub(in crate::app) fn keep_summary(&mut self, summary: &Summary, began: &str) -> Vec<Effect> {
        let (case, topic) = (summary.case, &summary.topic);
        let links = serde_json::to_string(&summary.quotes).unwrap_or_default();
        vec![
            self.keep_draft(began_key(case, topic), began.to_owned()),
            self.keep_draft(draft_key(case, topic), summary.text.clone()),
            self.keep_draft(links_key(case, topic), links),
        ]
    }

    /// Puts the address of the chosen quote into the summary, which is to rest on it; or takes it out again.
    pub(in crate::app) fn link_quote(&mut self) -> Vec<Effect> {
        if self.matrix.desk.as_ref().is_some_and(|desk| self.is_kept_back(desk.case, &desk.topic)) {
            self.refuse(KEPT_BACK);
            return Vec::new();
        }
        let Some(desk) = &mut self.matrix.desk else { return Vec::new() };
        let study = &self.study;
        let address_of = |id: QuoteId| study.quotes().get(&id).map(|quote| study.address_of(quote));
        // The turn may have been split since its address was put in.
        let before_of = |id: QuoteId| study.quotes().get(&id).map(|quote| study.whole_address_of(quote));
        let quote = desk.list.quote();
        let found = quote.and_then(|quote| Some((quote, address_of(quote)?, before_of(quote)?)));
        let Some((quote, address, before)) = found else {
            self.refuse("No quote is here to link: this case says nothing on it.");
            return Vec::new();
        };
        let said = if desk.is_linked(quote) {
            desk.linked.retain(|held| *held != quote);
            for put_in in [&address, &before] {
                let is_its = |other| {
                    address_of(other).as_ref() == Some(put_in) || before_of(other).as_ref() == Some(put_in)
                };
                if desk.list.quotes().any(|other| desk.linked.contains(&other) && is_its(other)) {
                    continue;
                }
                let text = desk.field.text();
                let without = text.replace(&format!(" ({put_in})"), "").replace(&format!("({put_in})"), "");
                if without != text {
                    desk.field = TextField::new(without);
                }
            }
            format!("{address} is not linked any more.")
        } else {
            desk.linked.push(quote);
            if ![&address, &before].into_iter().any(|held| has_address(desk.field.text(), held)) {
                let before = desk.field.text().get(..desk.field.cursor()).unwrap_or_default();
                let gap = if before.is_empty() || before.ends_with(char::is_whitespace) { "" } else { " " };
                desk.field.insert(&format!("{gap}({address})"));
            }
            format!("{address} is linked.")
        };
        self.say(said);
        let mut effects = self.summary_changed();
        effects.extend(self.links_changed());
        effects
    }

    /// What a summary of the chosen cell with these links rests on, as it is now.
    pub(super) fn basis_now(&self, linked: &[QuoteId]) -> Option<Vec<Witness>> {
        let column = self.matrix.grid.columns.get(self.matrix.column)?;
        let quotes = rests_on(&self.study, &self.matrix.cell()?.evidence, linked);
        Some(basis_of(&self.study, &quotes, &column.codes))
    }

    /// Saves the summary on the desk if it was changed; an emptied one goes. `state` is what it is to be, if that was said.
    /// `None` if it was refused: what is typed is a draft then.
    pub(super) fn save_desk(&mut self, state: Option<SummaryState>) -> Option<Vec<Effect>> {
        let Some(desk) = &self.matrix.desk else { return Some(Vec::new()) };
        let (case, topic) = (desk.case, desk.topic.clone());
        let typed = desk.field.text().trim_end().to_owned();
        let place_of = |quote: &QuoteId| {
            let held = desk.list.position(*quote).and_then(|_| self.study.quotes().get(quote));
            held.map(|held| self.study.address_of(held))
        };
        let held = self.study.summary_of(self.me.id, case, &topic).cloned();
        let stays = |quote: &&QuoteId| match place_of(quote) {
            Some(address) => has_address(&typed, &address),
            // It is no evidence any more, or hidden; whoever linked it may take it out of the text.
            None => {
                self.veil.whole(&self.study).quotes().has(quote)
                    || held.as_ref().is_some_and(|held| held.quotes.contains(quote))
            }
        };
        // Who only looked changed nothing, though an address may have got another number since it was linked.
        if let Some(held) = &held
            && state.is_none()
            && (&held.text, &held.quotes) == (&typed, &desk.linked)
        {
            return Some(self.drop_summary_draft(case, &topic));
        }
        let mut linked: Vec<QuoteId> = desk.linked.iter().filter(stays).copied().collect();
        // Something else was saved meanwhile in another window of this coder: both are kept.
        let text = match &held {
            Some(held) if held.text != desk.began && held.text != typed && !typed.is_empty() => {
                add_links(&mut linked, &held.quotes);
                put_below(&held.text, AT_ONCE, &typed)
            }
            _ => typed,
        };
        let changes = self.changes_of_summary(held.as_ref(), (case, &topic), text, linked, state);
        if changes.is_empty() {
            return Some(self.drop_summary_draft(case, &topic));
        }
        if let Some(why) = self.read_only.clone() {
            self.refuse(format!("The summary is not saved, but kept as a draft: {why}"));
            return None;
        }
        if self.is_kept_back(case, &topic) {
            self.refuse(format!("What you typed is not saved, but kept as a draft. {KEPT_BACK}"));
            return None;
        }
        let words = match (&held, changes.first().and_then(|change| change.after.as_ref())) {
            (_, None) => "summary taken away",
            _ if state == Some(SummaryState::Checked) => "summary checked",
            (None, _) => "summary saved",
            _ => "summary changed",
        };
        let label = format!("{}: {words}", self.cell_name(case, &topic));
        let mut effects = self.commit("write_summary", label.clone(), changes);
        if effects.is_empty() {
            return None;
        }
        effects.extend(self.drop_summary_draft(case, &topic));
        let held = self.study.summary_of(self.me.id, case, &topic);
        let (text, quotes) =
            held.map_or_else(Default::default, |held| (held.text.clone(), held.quotes.clone()));
        if let Some(desk) = &mut self.matrix.desk {
            if desk.field.text().trim_end() != text {
                desk.field = TextField::new(text.clone());
            }
            (desk.began, desk.linked) = (text, quotes);
        }
        self.say(label);
        Some(effects)
    }

    fn changes_of_summary(
        &self,
        held: Option<&Summary>,
        (case, topic): (Case, &Topic),
        text: String,
        quotes: Vec<QuoteId>,
        state: Option<SummaryState>,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        match held {
            Some(held) if text.is_empty() => changes.push(Change::delete(held.clone())),
            Some(held) => {
                let is_same = (&held.text, &held.quotes) == (&text, &quotes);
                if !is_same || state.is_some() {
                    let state = state.unwrap_or(SummaryState::Drafted);
                    let (at, basis) = (self.source.now(), self.basis_now(&quotes));
                    let checked_by = (state == SummaryState::Checked).then_some(self.me.id);
                    let after = Summary { text, quotes, state, at, basis, checked_by, ..held.clone() };
                    changes.push(Change::update(held.clone(), after));
                }
            }
            None if text.is_empty() => {}
            None => changes.push(Change::create(Summary {
                id: fresh(&*self.source),
                case,
                topic: topic.clone(),
                coder: self.me.id,
                at: self.source.now(),
                text,
                state: state.unwrap_or_default(),
                basis: self.basis_now(&quotes),
                quotes,
                checked_by: (state == Some(SummaryState::Checked)).then_some(self.me.id),
            })),
        }
        let emptied = self.study.changes_to_emptied(&changes);
        changes.extend(emptied);
        changes
    }

    /// Saves the summary and goes on with it.
    pub(in crate::app) fn save_summary(&mut self) -> Vec<Effect> {
        let before = self.notices;
        let effects = self.save_desk(None).unwrap_or_default();
        if self.notices == before {
            self.say("The summary is saved.");
        }
        effects
    }

    /// Leaves the desk with the summary saved. It stays open if that was refused.
    pub(in crate::app) fn leave_desk(&mut self) -> Vec<Effect> {
        match self.save_desk(None) {
            Some(effects) => {
                self.matrix.desk = None;
                self.make_grid();
                effects
            }
            None => {
                let desk = self.matrix.desk.as_ref();
                let is_kept_back = desk.is_some_and(|desk| self.is_kept_back(desk.case, &desk.topic));
                if self.read_only.is_some() || is_kept_back {
                    self.matrix.desk = None;
                }
                Vec::new()
            }
        }
    }

    /// Says that the summary was checked against the quotes, or that it is a draft again. A stale one that still holds is
    /// checked on what is there now.
    pub(in crate::app) fn check_summary(&mut self) -> Vec<Effect> {
        use crate::analysis::CellState;
        let (Some((case, topic)), Some(cell)) = (self.matrix.chosen(), self.matrix.cell()) else {
            self.refuse(self.empty_matrix_words());
            return Vec::new();
        };
        let is_checked = cell.state == CellState::Checked;
        let shown = cell.summary.and_then(|id| self.study.summaries().get(&id)).cloned();
        let typed = self.matrix.desk.as_ref().map(|desk| desk.field.text().trim_end().to_owned());
        let own = shown.as_ref().filter(|summary| summary.coder == self.me.id);
        let is_changed =
            typed.as_ref().is_some_and(|typed| *typed != own.map_or("", |own| own.text.as_str()));
        let state = if is_checked && !is_changed { SummaryState::Drafted } else { SummaryState::Checked };
        if self.matrix.desk.is_some() && (own.is_some() || is_changed) {
            return self.save_desk(Some(state)).unwrap_or_default();
        }
        let Some(shown) = shown else {
            self.refuse("Nothing is written here that could be checked.");
            return Vec::new();
        };
        let words = if state == SummaryState::Checked { "summary checked" } else { "summary a draft again" };
        let whose = match shown.coder == self.me.id {
            true => String::new(),
            false => format!(" of {}", self.study.coder_name(shown.coder)),
        };
        let label = format!("{}: {words}{whose}", self.cell_name(case, &topic));
        let checked_by = (state == SummaryState::Checked).then_some(self.me.id);
        let after = Summary { state, basis: self.basis_now(&shown.quotes), checked_by, ..shown.clone() };
        let effects = self.commit("check_summary", label.clone(), vec![Change::update(shown, after)]);
        if !effects.is_empty() {
            self.say(label);
        }
        effects
    }

    /// Takes this coder's summary of the chosen cell away.
    pub(in crate::app) fn remove_summary(&mut self) -> Vec<Effect> {
        let Some((case, topic)) = self.matrix.chosen() else {
            self.refuse(self.empty_matrix_words());
            return Vec::new();
        };
        let Some(held) = self.study.summary_of(self.me.id, case, &topic).cloned() else {
            self.refuse("No summary of yours is here to take away.");
            return Vec::new();
        };
        let mut changes = vec![Change::delete(held)];
        changes.extend(self.study.changes_to_emptied(&changes));
        let name = self.cell_name(case, &topic);
        let keys = self.keys_of("undo");
        let mut effects = self.commit("remove_summary", format!("{name}: summary taken away"), changes);
        if !effects.is_empty() {
            effects.extend(self.drop_summary_draft(case, &topic));
            if let Some(desk) = &mut self.matrix.desk {
                desk.field.clear();
                desk.began.clear();
                desk.linked.clear();
            }
            self.say(format!("{name}: summary taken away; {keys} brings it back"));
        }
        effects
    }

    /// Opens a memo on the chosen cell, its row or its column: the latest of this coder, else a new one.
    pub(in crate::app) fn write_matrix_memo(&mut self, part: MatrixPart) -> Vec<Effect> {
        let Some((case, topic)) = self.matrix.chosen() else {
            self.refuse(self.empty_matrix_words());
            return Vec::new();
        };
        let on = match part {
            MatrixPart::Cell => MemoOn::Cell(case, topic),
            MatrixPart::Row => case.into(),
            MatrixPart::Column => topic.into(),
        };
        let own = |memo: &&Memo| memo.coder == self.me.id;
        let latest = self.study.memos_on(on.clone()).filter(own).max_by_key(|memo| (memo.at, memo.id));
        match latest.map(|memo| memo.id) {
            Some(memo) => self.edit_memo(memo),
            None => self.write_memo_on(on),
        }
    }
}

/// What of the matrix a memo is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum MatrixPart {
    /// The chosen cell.
    Cell,
    /// Its case.
    Row,
    /// Its topic.
    Column,
}

/// Whether an address stands in a text by itself: `I43:4` does not stand in `I43:41`.
fn has_address(text: &str, address: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == ':');
    text.match_indices(address).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + address.len()..).and_then(|rest| rest.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !part(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_as_a_whole() {
        assert!(has_address("Tired (I43:4).", "I43:4"));
        assert!(!has_address("Tired (I43:41).", "I43:4"));
        assert!(!has_address("Tired (I43:4-6).", "I43:4"));
        assert!(!has_address("Tired (FI43:4).", "I43:4"));
    }
}
