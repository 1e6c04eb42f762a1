//! What others did, as it comes in: one sentence in the line that answers keys, never over an answer. It moves neither the
//! cursor nor the text.

use std::collections::BTreeSet;

use crate::app::Model;
use crate::study::{Action, Change, Code, CodeId, CodeState, CoderId, Record};

/// How many steps of others are remembered, to say who was first.
const LATELY: usize = 200;
/// A step of more changes than this is an import or the like: it is not remembered.
const LARGE: usize = 500;

/// What others did since the coder last looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    who: BTreeSet<CoderId>,
    steps: usize,
    /// What the last of them did, if there is a verb for it, and to what.
    last: (Option<&'static str>, String),
    /// It was on the screen: the next key takes it away.
    seen: bool,
}

impl Model {
    /// What others did, in a sentence; `None` while the line is needed to answer a key.
    #[must_use]
    pub fn news(&self) -> Option<String> {
        let news = self.coders.news.as_ref().filter(|_| self.notice.is_none())?;
        let names: Vec<String> = news.who.iter().map(|coder| self.coder_words(*coder)).collect();
        let who = names.join(", ");
        let (verb, what) = &news.last;
        Some(match (news.steps, verb) {
            (1, Some(verb)) => format!("{who} {verb} {what}"),
            (1, None) => format!("{who}: {what}"),
            (steps, Some(verb)) => format!("{who}: {steps} steps, the last one {verb} {what}"),
            (steps, None) => format!("{who}: {steps} steps, the last one {what}"),
        })
    }

    /// The news are on the screen now, unless an answer is in their place.
    pub(in crate::app) fn note_news_seen(&mut self) {
        let shown = self.notice.is_none() && !self.is_curtained();
        if let Some(news) = self.coders.news.as_mut().filter(|_| shown) {
            news.seen = true;
        }
    }

    /// A key was pressed: what was read goes.
    pub(in crate::app) fn drop_seen_news(&mut self) {
        self.coders.news.take_if(|news| news.seen);
    }

    /// Takes in what others did, as far as this coder may know of it.
    pub(in crate::app) fn hear(&mut self, actions: &[Action]) {
        let told: Vec<&Action> =
            actions.iter().filter(|action| !self.veil.hides_any(&action.changes)).collect();
        for action in told {
            self.note_gone_code(action);
            if action.coder != self.me.id {
                self.add_to_news(action);
            }
            if action.changes.len() <= LARGE {
                self.coders.lately.push_back(action.clone());
            }
        }
        let over = self.coders.lately.len().saturating_sub(LATELY);
        self.coders.lately.drain(..over);
    }

    /// What was heard and must not be told any more goes.
    pub(in crate::app) fn forget_hidden_news(&mut self) {
        let heard = self.coders.lately.len();
        self.coders.lately.retain(|action| !self.veil.hides_any(&action.changes));
        if self.coders.lately.len() < heard {
            self.coders.news = None;
        }
    }

    fn add_to_news(&mut self, action: &Action) {
        let last = self.blind_words(action).unwrap_or_else(|| spoken(action));
        let news = self.coders.news.get_or_insert_with(|| News {
            who: BTreeSet::new(),
            steps: 0,
            last: (None, String::new()),
            seen: false,
        });
        news.who.insert(action.coder);
        news.steps += 1;
        news.last = last;
        news.seen = false;
    }

    /// Somebody made this coder blind, or ended it.
    fn blind_words(&self, action: &Action) -> Option<(Option<&'static str>, String)> {
        let of_me = action.changes.iter().filter_map(|change| match change.record() {
            Some(Record::Blind(blind)) if blind.coder == self.me.id => Some(blind),
            _ => None,
        });
        let of_me: Vec<_> = of_me.collect();
        let begins = of_me.first()?.end.is_none();
        let transcripts: Vec<_> = of_me.iter().map(|blind| blind.transcript).collect();
        let what = self.transcript_words(&transcripts);
        Some(match begins {
            true => (Some("made you blind on"), format!("{what}; {} ends it", self.keys_of("end_blind"))),
            false => (Some("let you see the others again in"), what),
        })
    }

    /// Somebody took away or retired the code that was used last: the key that codes with it must not silently take
    /// another.
    fn note_gone_code(&mut self, action: &Action) {
        let Some(last) = self.recent.newest() else { return };
        let name = action.changes.iter().find_map(|change| gone_code(change, last));
        if let Some((name, word)) = name {
            let who = self.coder_words(action.coder);
            self.coders.gone = Some(format!("{who} {word} “{name}”, your last code"));
        }
    }

    /// Why the last code is not there any more, if that was not said yet.
    pub(in crate::app) fn take_gone_code(&mut self) -> Option<String> {
        self.coders.gone.take()
    }

    /// Who did the last step that touched a record, among those that came in lately, and what came of it.
    pub(super) fn who_was_first(&self, record: &Record) -> Option<(String, &Change)> {
        self.coders.lately.iter().rev().find_map(|action| {
            let touches = |change: &&Change| change.record().is_some_and(|held| held.same_thing(record));
            let change = action.changes.iter().rev().find(touches)?;
            let who = self.coder_words(action.coder);
            Some((who, change))
        })
    }

    /// What became of a code that is not there any more.
    #[must_use]
    pub fn gone_code_words(&self, code: CodeId) -> String {
        let merged = self.coders.lately.iter().rev().find_map(|action| {
            let took = action.command == "merge_code" && deleted_code(action, code).is_some();
            let (from, into) = action.label.split_once(" merged into ").filter(|_| took)?;
            Some(format!("{} merged {from} into {into} meanwhile", self.coder_words(action.coder)))
        });
        let deleted = || {
            let (who, code) = self.who_deleted_code(code)?;
            Some(format!("{who} deleted “{}” meanwhile", code.name))
        };
        merged.or_else(deleted).unwrap_or_else(|| String::from("That code is not in the codebook any more"))
    }

    /// Who did the last step of that label, among those that came in lately.
    pub(in crate::app) fn who_did_lately(&self, label: &str) -> Option<String> {
        let action = self.coders.lately.iter().rev().find(|action| action.label == label)?;
        Some(self.coder_words(action.coder))
    }

    /// Who took a code away lately, and the code as it was.
    pub(in crate::app) fn who_deleted_code(&self, code: CodeId) -> Option<(String, &Code)> {
        self.coders.lately.iter().rev().find_map(|action| {
            let deleted = deleted_code(action, code)?;
            Some((self.coder_words(action.coder), deleted))
        })
    }
}

/// The code as it was, if the action took it away.
fn deleted_code(action: &Action, code: CodeId) -> Option<&Code> {
    action.changes.iter().find_map(|change| match (&change.before, &change.after) {
        (Some(Record::Code(held)), None) if held.id == code => Some(held),
        _ => None,
    })
}

fn gone_code(change: &Change, last: CodeId) -> Option<(String, &'static str)> {
    match (&change.before, &change.after) {
        (Some(Record::Code(code)), None) if code.id == last => Some((code.name.clone(), "deleted")),
        (Some(Record::Code(before)), Some(Record::Code(after)))
            if after.id == last
                && before.state != CodeState::Retired
                && after.state == CodeState::Retired =>
        {
            Some((after.name.clone(), "retired"))
        }
        _ => None,
    }
}

/// What an action did, to be said behind the name of who did it: a verb where there is one, and what it was done to.
fn spoken(action: &Action) -> (Option<&'static str>, String) {
    let label = action.label.as_str();
    let (verb, what) = match action.command.as_str() {
        "apply_code" => (Some("coded"), label.strip_prefix("code ").unwrap_or(label)),
        "undo" => (Some("took back"), label.strip_prefix("undo: ").unwrap_or(label)),
        "redo" => (Some("did again"), label),
        "import" => (Some("imported"), label.strip_prefix("import of ").unwrap_or(label)),
        "join" => (None, "joined the study"),
        _ => (None, label),
    };
    (verb, what.to_owned())
}
