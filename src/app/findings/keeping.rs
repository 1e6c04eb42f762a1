//! Findings that stay: known by a digest of their words, here or everywhere.

use super::listing::pattern_words;
use super::replacing::Scope;
use crate::analysis::identifiers::digest_of;
use crate::app::{Effect, Model};
use crate::study::{Change, KeptFinding, fresh};

pub(super) const NOTHING: &str = "Nothing is chosen here.";

impl Model {
    /// Keeps the chosen finding, or takes back that it is kept.
    pub(in crate::app) fn keep_finding(&mut self, scope: Scope) -> Vec<Effect> {
        let Some(row) = self.findings.row().cloned() else {
            self.refuse(NOTHING);
            return Vec::new();
        };
        let pattern = pattern_words(&row.found.pattern);
        let place = self.finding_place(&row.found);
        if let Some(kept) = row.kept {
            let Some(held) = self.study.kept_findings().get(&kept).cloned() else { return Vec::new() };
            let wide = if held.place.is_empty() { "everywhere" } else { &place };
            let (label, said) =
                (format!("finding ({pattern}) open again: {wide}"), format!("Open again: {wide}"));
            let effects = self.commit("reopen_finding", label, vec![Change::delete(held)]);
            if !effects.is_empty() {
                self.say(said);
            }
            return effects;
        }
        let id = fresh(&*self.source);
        let kept = KeptFinding {
            id,
            pattern: row.found.pattern.clone(),
            digest: digest_of(id, &row.found.words),
            place: match scope {
                Scope::Here => row.found.place.key(),
                Scope::Everywhere => String::new(),
            },
        };
        let wide = if scope == Scope::Here { place.as_str() } else { "everywhere" };
        let label = format!("finding ({pattern}) kept: {wide}");
        let effects = self.commit("keep_finding", label, vec![Change::create(kept)]);
        if !effects.is_empty() {
            let keys = self.keys_of("undo");
            self.say(format!("Kept: {wide}; {keys} opens it again"));
        }
        effects
    }
}
