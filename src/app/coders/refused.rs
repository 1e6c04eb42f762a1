//! Steps that the store refused: because somebody else was first, or with text that somebody typed and the disk did not take.
//! What happened is said, and the coder chooses whether to do the step again on what is there now, in another way, or not at
//! all. Until then it is kept as a draft, which outlives the program.

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::read::BEGAN;
use crate::app::{Effect, Model};
use crate::study::record::describe;
use crate::study::{Action, ActionId, Change, Code, CodeId, CodeState, Coding, Memo, Record, fresh};
use crate::text::counted;

/// What the keys of drafts of refused steps begin with.
pub(in crate::app) const DRAFT: &str = "refused:";

/// A step that was refused.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The step. Nothing of it is in the study.
    pub action: Action,
    /// What happened, in a sentence without a full stop.
    pub what: String,
}

impl Model {
    /// Steps were taken back. If the first one collides with what somebody else did, it is kept for the coder to choose; those
    /// behind it that do not are done again. `None` if it was not a collision: the disk refused it.
    pub(in crate::app) fn settle_later(&mut self, back: Vec<Action>, sentence: &str) -> Option<Vec<Effect>> {
        let mut effects = Vec::new();
        let first = back.first()?;
        // The texts that an import brings are not kept here: it is done again from its files.
        if brings_text(first) || self.veil.would_take(&mut self.study, &first.changes) {
            return None;
        }
        let mut gone: Vec<ActionId> = Vec::new();
        for (at, action) in back.into_iter().enumerate() {
            if action.undoes.is_some_and(|undone| gone.contains(&undone)) {
                // It would have taken back what is not there.
                gone.push(action.id);
                continue;
            }
            if at > 0 && !brings_text(&action) && self.veil.apply(&mut self.study, &action.changes).is_ok() {
                self.study_changed(&action.changes);
                self.history.note(&action);
                effects.push(self.queue(action, Vec::new()));
                continue;
            }
            gone.push(action.id);
            if brings_text(&action) {
                continue;
            }
            let what = self.what_happened(&action).unwrap_or_else(|| sentence.to_owned());
            effects.extend(self.keep_memos(&action));
            effects.extend(self.keep_refused(action, what));
        }
        let keys = self.keys_of("settle_refused");
        if let Some(first) = self.coders.refused.last() {
            let (what, label) = (&first.what, &first.action.label);
            let said = format!("Not done: {label}: {what}. {keys}: do it again, or leave it.");
            self.trouble(said);
        }
        Some(effects)
    }

    /// Keeps a step that was refused as a draft, for the coder to choose.
    fn keep_refused(&mut self, action: Action, what: String) -> Option<Effect> {
        let draft = serde_json::to_string(&action).ok().map(|text| (draft_key(action.id), text));
        self.coders.refused.push(Refused { action, what });
        let (key, text) = draft?;
        Some(self.keep_draft(key, text))
    }

    /// The disk refused steps, for whatever reason: those with text that somebody typed are kept, the others are soon done
    /// again. Texts of memos and summaries are drafts of their own: see `keep_memos`.
    pub(in crate::app) fn keep_typed(&mut self, back: &[Action], sentence: &str) -> Vec<Effect> {
        let typed: Vec<Action> = back.iter().filter(|action| holds_typed(action)).cloned().collect();
        typed.into_iter().filter_map(|action| self.keep_refused(action, sentence.to_owned())).collect()
    }

    /// What is asked before leaving.
    pub(in crate::app) fn quit_question(&self) -> String {
        let chosen = self.import_preview.has_sayings();
        match self.coders.refused.len() {
            0 => match self.count_drafts() {
                0 if chosen => {
                    String::from("Quit? Everything is saved, but not what you chose for the import.")
                }
                0 => String::from("Quit? Everything is saved."),
                drafts if self.are_drafts_lost() => format!(
                    "Quit? {} NOT on disk and will be lost. n, and {} first.",
                    counted(drafts, "draft is", "drafts are"),
                    if self.read_only.is_some() { "copy what you need" } else { "make room" }
                ),
                drafts if chosen => format!(
                    "Quit? Steps are saved, {} kept, but not what you chose for the import.",
                    counted(drafts, "draft is", "drafts are")
                ),
                drafts => {
                    format!("Quit? Every step is saved; {} kept.", counted(drafts, "draft is", "drafts are"))
                }
            },
            1 => String::from("Quit? One step was not done; it is kept for the next time."),
            n => format!("Quit? {n} steps were not done; they are kept for the next time."),
        }
    }

    /// Steps that were refused in an earlier session.
    pub(in crate::app) fn load_refused(&mut self) {
        let kept = self.drafts.iter().filter(|(key, _)| key.starts_with(DRAFT));
        let actions: Vec<Action> = kept.filter_map(|(_, text)| serde_json::from_str(text).ok()).collect();
        self.coders.refused = actions
            .into_iter()
            .map(|action| Refused { what: String::from("it could not be saved"), action })
            .collect();
    }

    /// What somebody else did that a step collides with, in a sentence.
    fn what_happened(&self, action: &Action) -> Option<String> {
        let whole = self.veil.whole(&self.study);
        action.changes.iter().find_map(|change| {
            if let Some(Record::Coding(coding)) = &change.after
                && let Some((who, code)) = self.who_deleted_code(coding.code)
                && !whole.codes().has(&coding.code)
            {
                return Some(format!("{who} deleted the code “{}” meanwhile", code.name));
            }
            let before = change.before.as_ref();
            let (who, done) = self.who_was_first(change.record()?)?;
            let thing = before.map(describe);
            match (thing, &done.before, &done.after) {
                (Some(thing), _, None) => Some(format!("{who} took {thing} away meanwhile")),
                (Some(_), Some(Record::Code(old)), Some(Record::Code(new))) if old.name != new.name => {
                    Some(format!("{who} renamed “{}” to “{}” meanwhile", old.name, new.name))
                }
                (Some(thing), _, Some(_)) => Some(format!("{who} changed {thing} meanwhile")),
                (None, ..) => None,
            }
        })
    }

    /// Asks what to do about the step that was refused last.
    pub(in crate::app) fn settle_refused(&mut self) -> Vec<Effect> {
        let Some(Refused { action, what }) = self.coders.refused.last().cloned() else { return Vec::new() };
        let choice = |words: &str, detail: &str, answer: &str| Choice {
            words: words.into(),
            detail: detail.into(),
            answer: answer.into(),
        };
        let mut choices = Vec::new();
        let lost = self.lost_code(&action);
        let again = self.veil.whole(&self.study).changes_again(&action.changes);
        if !again.is_empty() && self.veil.would_take(&mut self.study, &again) {
            choices.push(choice("do it again on what is there now", "", "again"));
        }
        if let Some((_, code)) = &lost {
            choices.push(choice("code it with another code", "", "other"));
            if let Some(code) = code {
                let words = format!("make “{}” again and code it", code.name);
                choices.push(choice(&words, "", "make"));
            }
        }
        if memo_of(&action).is_some() {
            choices.push(choice("save it as a memo of its own", "", "own"));
        }
        let detail = if memo_of(&action).is_some() { "its text stays as a draft" } else { "" };
        choices.push(choice("leave it", detail, "leave"));
        self.trouble(format!("{}: {what}.", action.label));
        let asked = Asked::Refused(action.id);
        self.choose(Chooser::new("and now", "it was not done", choices, asked))
    }

    /// The code that a step codes with and that is not there any more; as it was, if that is known.
    fn lost_code(&self, action: &Action) -> Option<(CodeId, Option<Code>)> {
        let made = |id| {
            action.changes.iter().any(|change| matches!(&change.after, Some(Record::Code(c)) if c.id == id))
        };
        let lost = action.changes.iter().find_map(|change| match &change.after {
            Some(Record::Coding(coding)) if !self.study.codes().has(&coding.code) => Some(coding.code),
            _ => None,
        });
        let lost = lost.filter(|id| !made(*id))?;
        Some((lost, self.who_deleted_code(lost).map(|(_, code)| code.clone())))
    }

    /// Does what was chosen.
    pub(in crate::app) fn answer_refused(&mut self, id: ActionId, answer: &str) -> Vec<Effect> {
        let Some(at) = self.coders.refused.iter().position(|held| held.action.id == id) else {
            return Vec::new();
        };
        let Some(action) = self.coders.refused.get(at).map(|held| held.action.clone()) else {
            return Vec::new();
        };
        let changes = match answer {
            "leave" => {
                let effects = self.forget_refused(id);
                self.say(format!("Left: {}", action.label));
                return effects;
            }
            "other" => return self.ask_other_code(id),
            "make" => self.with_code_made(&action),
            "own" => self.with_memo_of_its_own(&action),
            _ => action.changes.clone(),
        };
        self.do_again(&action, &action.label, &changes)
    }

    fn ask_other_code(&mut self, id: ActionId) -> Vec<Effect> {
        let codes = self.study.codes_in_tree_order().into_iter().map(|(_, code)| code);
        let offered = codes.filter(|code| code.state != CodeState::Retired);
        let choices = offered.map(|code| Choice {
            words: code.name.clone(),
            detail: String::new(),
            answer: code.name.clone(),
        });
        let choices = choices.collect();
        let asked = Asked::RefusedCode(id);
        let chooser = Chooser::new("code", "a few letters, or the name of a new code", choices, asked);
        self.choose(Chooser { free: true, ..chooser })
    }

    /// Codes the refused passage with another code, or a new one.
    pub(in crate::app) fn code_refused_with(&mut self, id: ActionId, name: &str) -> Vec<Effect> {
        let held = self.coders.refused.iter().find(|held| held.action.id == id);
        let Some(action) = held.map(|held| held.action.clone()) else { return Vec::new() };
        let Some((lost, _)) = self.lost_code(&action) else { return Vec::new() };
        let mut changes = action.changes.clone();
        let (code, side) = match self.study.code_named(name) {
            Some(code) => (code.id, code.side),
            None => {
                let code = Code::new(fresh(&*self.source), name);
                changes.insert(0, Change::create(code.clone()));
                (code.id, None)
            }
        };
        for change in &mut changes {
            if let Some(Record::Coding(coding)) = &mut change.after
                && coding.code == lost
            {
                let valence = coding.valence.filter(|_| side.is_none());
                *coding = Coding { code, valence, ..coding.clone() };
            }
        }
        let place = action.label.split_once(' ').map_or("", |(place, _)| place);
        self.do_again(&action, &format!("{place} “{name}”"), &changes)
    }

    /// The step behind the code that it needs.
    fn with_code_made(&self, action: &Action) -> Vec<Change> {
        let Some((_, Some(code))) = self.lost_code(action) else { return action.changes.clone() };
        // What it stood under may be gone as well.
        let parent = code.parent.filter(|parent| self.study.codes().has(parent));
        let made = Change::create(Code { parent, ..code });
        std::iter::once(made).chain(action.changes.iter().cloned()).collect()
    }

    /// The step with its memo as a new one.
    fn with_memo_of_its_own(&self, action: &Action) -> Vec<Change> {
        let own = |change: &Change| match &change.after {
            Some(Record::Memo(memo)) => Change::create(Memo {
                id: fresh(&*self.source),
                coder: self.me.id,
                at: self.source.now(),
                ..memo.clone()
            }),
            _ => change.clone(),
        };
        action.changes.iter().map(own).collect()
    }

    fn do_again(&mut self, action: &Action, label: &str, changes: &[Change]) -> Vec<Effect> {
        let again = self.veil.whole(&self.study).changes_again(changes);
        match self.commit_as(&action.command, label.to_owned(), again, action.undoes) {
            Ok(mut effects) => {
                effects.extend(self.forget_refused(action.id));
                effects.extend(self.drop_memo_draft(action));
                self.say(format!("Done after all: {label}"));
                effects
            }
            Err(conflict) => {
                self.refuse(format!("Still not done: {conflict}. It is kept."));
                Vec::new()
            }
        }
    }

    fn forget_refused(&mut self, id: ActionId) -> Vec<Effect> {
        self.coders.refused.retain(|held| held.action.id != id);
        self.let_go_of_draft(&draft_key(id)).into_iter().collect()
    }

    /// The memo is saved after all: its draft goes.
    fn drop_memo_draft(&mut self, action: &Action) -> Vec<Effect> {
        let Some(memo) = memo_of(action) else { return Vec::new() };
        let is_it = |(key, text): &(&String, &String)| key.starts_with("memo:") && **text == memo.text;
        let key = self.drafts.iter().find(is_it).map(|(key, _)| key.clone());
        let keys = key.into_iter().flat_map(|key| [format!("{BEGAN}{key}"), key]);
        keys.filter_map(|key| self.let_go_of_draft(&key)).collect()
    }
}

fn brings_text(action: &Action) -> bool {
    action.changes.iter().any(|change| matches!(change.after, Some(Record::Revision(_))))
}

fn draft_key(id: ActionId) -> String {
    format!("{DRAFT}{id}")
}

/// The memo that a step writes.
fn memo_of(action: &Action) -> Option<&Memo> {
    action.changes.iter().find_map(|change| match &change.after {
        Some(Record::Memo(memo)) => Some(memo),
        _ => None,
    })
}

/// Whether a step brings text of the codebook that was typed: definitions, notes of themes, comments of reviews.
fn holds_typed(action: &Action) -> bool {
    let texts = |record: &Option<Record>| match record {
        Some(Record::Code(code)) => {
            [&code.definition, &code.include, &code.exclude, &code.example].map(Clone::clone).concat()
        }
        Some(Record::Theme(theme)) => theme.note.clone(),
        Some(Record::Review(review)) => review.comment.clone(),
        _ => String::new(),
    };
    let is_new = |change: &Change| {
        let after = texts(&change.after);
        !after.is_empty() && after != texts(&change.before)
    };
    action.undoes.is_none() && !brings_text(action) && action.changes.iter().any(is_new)
}
