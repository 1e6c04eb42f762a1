//! The codes that a coder used last.

use crate::study::{CodeId, CodeState, CoderId, Coding, Study};

/// How many are remembered: one for each digit that picks one.
const KEPT: usize = 9;

/// Codes in the order of their last use, the last one first.
#[derive(Clone, Debug, Default)]
pub struct RecentCodes {
    codes: Vec<CodeId>,
}

impl RecentCodes {
    /// What the study says of a coder.
    #[must_use]
    pub fn of(study: &Study, coder: CoderId) -> RecentCodes {
        let mine =
            |coding: &&Coding| study.quotes().get(&coding.quote).is_some_and(|quote| quote.coder == coder);
        let mut recent = RecentCodes::default();
        // Identities sort by the moment they were made, so the last codings stand at the end.
        for coding in study.codings().iter().rev().filter(mine) {
            if !recent.codes.contains(&coding.code) {
                recent.codes.push(coding.code);
            }
            if recent.codes.len() == KEPT {
                break;
            }
        }
        recent
    }

    /// A code was used.
    pub(in crate::app) fn note(&mut self, code: CodeId) {
        self.codes.retain(|held| *held != code);
        self.codes.insert(0, code);
        self.codes.truncate(KEPT);
    }

    /// Those that are still there and in use, the last one first.
    pub fn iter(&self, study: &Study) -> impl Iterator<Item = CodeId> {
        let offered =
            |id: &CodeId| study.codes().get(id).is_some_and(|code| code.state != CodeState::Retired);
        self.codes.iter().copied().filter(offered)
    }

    /// The one that was used last, even if it is not there any more.
    pub(in crate::app) fn newest(&self) -> Option<CodeId> {
        self.codes.first().copied()
    }

    /// The last one.
    #[must_use]
    pub fn last(&self, study: &Study) -> Option<CodeId> {
        self.iter(study).next()
    }
}
