//! Half-written texts: kept under their keys until they are saved or thrown away, and shared by the windows of one coder.
//!
//! What another window made of a draft is taken in where nothing was typed here since; else both texts are kept. How a draft
//! of each kind is shown where it is open is known to the editor of that kind.

use super::{Effect, Model};
use crate::study::put_below;

/// What stands between two texts that were written in two windows.
pub(super) const AT_ONCE: &str = "written at the same time";

/// What another window of this coder made of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftNews {
    /// Its key.
    pub key: String,
    /// What this window had on disk before, or read from there.
    pub before: Option<String>,
    /// What is there now; `None` if it was saved or thrown away.
    pub now: Option<String>,
}

/// One draft of what two windows have under a key, so that nothing typed in either is lost.
#[must_use]
pub fn join_drafts(key: &str, theirs: &str, mine: &str) -> String {
    let kind = key.split(':').next().unwrap_or_default();
    let joined = match kind {
        "code" | "theme" => super::codebook::join_forms(theirs, mine),
        "split" => super::codebook::join_splits(theirs, mine),
        _ if key.starts_with(super::matrix::LINKS) => super::matrix::join_links(theirs, mine),
        // What a text began with, for which text of a transcript, or which kind of memo it will be, is no text.
        _ if key.starts_with(super::read::BEGAN) || key.starts_with(super::read::BASIS) => {
            Some(theirs.to_owned())
        }
        _ if key.starts_with(super::read::KIND) => Some(mine.to_owned()),
        _ => None,
    };
    joined.unwrap_or_else(|| join_texts(theirs, mine))
}

/// Both texts, or the longer one where it holds the other.
pub(super) fn join_texts(theirs: &str, mine: &str) -> String {
    if theirs.contains(mine.trim()) {
        theirs.to_owned()
    } else if mine.contains(theirs.trim()) {
        mine.to_owned()
    } else {
        put_below(theirs, AT_ONCE, mine)
    }
}

impl Model {
    /// Keeps a half-written text under its key.
    pub(super) fn keep_draft(&mut self, key: String, text: String) -> Effect {
        self.drafts.insert(key.clone(), text.clone());
        Effect::SaveDraft { key, text }
    }

    /// Lets go of a half-written text, if there is one.
    pub(super) fn let_go_of_draft(&mut self, key: &str) -> Option<Effect> {
        self.drafts.remove(key).map(|_| Effect::DropDraft(key.to_owned()))
    }

    /// Takes in what other windows of this coder made of drafts.
    pub(super) fn drafts_elsewhere(&mut self, telling: u64, news: Vec<DraftNews>) -> Vec<Effect> {
        let mut effects = vec![Effect::DraftsHeard(telling)];
        let mut met = false;
        let mut keys = Vec::new();
        for DraftNews { key, before, now } in news {
            // Each of them is known to the window in which it was refused.
            if key.starts_with(super::coders::REFUSED) {
                continue;
            }
            let mine = self.drafts.get(&key).cloned();
            let joined = match (now.as_deref(), mine) {
                (now, mine) if mine == before => now.map(str::to_owned),
                (Some(theirs), Some(mine)) => Some(join_drafts(&key, theirs, &mine)),
                (now, mine) => now.map(str::to_owned).or(mine),
            };
            match joined {
                Some(text) if now.as_ref() != Some(&text) => {
                    met |= now.is_some();
                    effects.push(self.keep_draft(key.clone(), text));
                }
                Some(text) => drop(self.drafts.insert(key.clone(), text)),
                None => drop(self.drafts.remove(&key)),
            }
            keys.push(key);
        }
        let gone = keys.iter().all(|key| !self.drafts.contains_key(key));
        if self.show_drafts(&keys) {
            if met {
                self.trouble(
                    "Your other window wrote here at the same time: look at both texts, which are here.",
                );
            } else if gone {
                self.say("What was written here is saved or thrown away in your other window.");
            } else {
                self.say("This is written in your other window too: its words are here.");
            }
        }
        effects
    }

    /// Shows these drafts where they are open; whether any is.
    fn show_drafts(&mut self, keys: &[String]) -> bool {
        let memo = self.show_memo_draft(keys);
        let summary = self.show_summary_draft(keys);
        let form = self.show_form_draft(keys);
        let split = self.show_split_draft(keys);
        memo || summary || form || split
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_are_joined_unless_one_holds_the_other() {
        assert_eq!(join_drafts("memo:1", "one two", "one"), "one two");
        assert_eq!(join_drafts("memo:1", "one", "one two"), "one two");
        assert_eq!(join_drafts("memo:1", "one", "two"), "one\n\n--- written at the same time ---\n\ntwo");
        assert_eq!(join_drafts("text of memo:1", "revision 1", "revision 2"), "revision 1", "no text");
    }

    #[test]
    fn links_of_both_windows_are_kept() {
        let id = |n: u128| format!("\"{}\"", uuid::Uuid::from_u128(n));
        let list = |of: &[u128]| format!("[{}]", of.iter().map(|n| id(*n)).collect::<Vec<_>>().join(","));
        assert_eq!(join_drafts("links of summary:x", &list(&[1, 2]), &list(&[2, 3])), list(&[1, 2, 3]));
    }

    #[test]
    fn fields_of_a_form_are_joined_one_by_one() {
        let form = |fields: &str| format!("{{{fields}}}");
        let theirs = form(r#""definition":{"began":"","said":"Too much."},"name":{"began":"A","said":"B"}"#);
        let mine =
            form(r#""definition":{"began":"","said":"All at once."},"include":{"began":"","said":"x"}"#);
        let joined: serde_json::Value = serde_json::from_str(&join_drafts("code:1", &theirs, &mine)).unwrap();
        assert_eq!(
            joined["definition"]["said"],
            "Too much.\n\n--- written at the same time ---\n\nAll at once."
        );
        assert_eq!((&joined["name"]["said"], &joined["include"]["said"]), (&"B".into(), &"x".into()));
    }
}
