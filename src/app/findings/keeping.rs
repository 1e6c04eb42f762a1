//! Findings that stay: known by a digest of their words, here or everywhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::listing::{FindingRow, pattern_words};
use super::replacing::Scope;
use crate::analysis::identifiers::{Found, digest_in_context, digest_of, same_words};
use crate::app::{Effect, Model};
use crate::study::{Change, KeptFinding, fresh};
use crate::text::counted;

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
        let words = same_words(&row.found.words);
        let same = |held: &&FindingRow| {
            held.kept.is_none()
                && (&held.found.pattern, same_words(&held.found.words)) == (&row.found.pattern, words.clone())
        };
        let key = |found: &Found| (found.place, found.pattern.clone(), same_words(&found.words));
        let there = self.findings.all().filter(|found| key(found) == key(&row.found)).count();
        let digest = match scope {
            Scope::Here if there > 1 => digest_in_context(id, &row.found),
            _ => digest_of(id, &row.found.words),
        };
        let kept = KeptFinding {
            id,
            pattern: row.found.pattern.clone(),
            digest,
            place: match scope {
                Scope::Here => row.found.place.key(),
                Scope::Everywhere => String::new(),
            },
        };
        let wide = if scope == Scope::Here { place.as_str() } else { "everywhere" };
        let label = format!("finding ({pattern}) kept: {wide}");
        let places = self.findings.rows.iter().filter(same).count();
        let many = match scope {
            Scope::Here => String::new(),
            Scope::Everywhere => format!(" ({})", counted(places, "place", "places")),
        };
        let effects = self.commit("keep_finding", label, vec![Change::create(kept)]);
        if !effects.is_empty() {
            let keys = self.keys_of("undo");
            self.say(format!("Kept: {wide}{many}; {keys} opens it again"));
        }
        effects
    }

    /// Keeps all open findings of the chosen one's heading where they stand, as one action.
    pub(in crate::app) fn keep_findings_alike(&mut self) -> Vec<Effect> {
        let Some(chosen) = self.findings.row().map(|row| Arc::clone(&row.found)) else {
            self.refuse(NOTHING);
            return Vec::new();
        };
        let pattern = pattern_words(&chosen.pattern);
        let alike = |found: &Found| (&found.pattern, found.severity) == (&chosen.pattern, chosen.severity);
        let open = self.findings.rows.iter().filter(|row| row.kept.is_none() && alike(&row.found));
        // The same words in one place are kept by one decision.
        let places: BTreeMap<_, _> =
            open.map(|row| ((same_words(&row.found.words), row.found.place.key()), row)).collect();
        let made = places.into_iter().map(|((_, place), row)| {
            let id = fresh(&*self.source);
            let digest = digest_of(id, &row.found.words);
            Change::create(KeptFinding { id, pattern: row.found.pattern.clone(), digest, place })
        });
        let changes: Vec<Change> = made.collect();
        if changes.is_empty() {
            self.refuse(format!("All of these are kept already ({pattern})."));
            return Vec::new();
        }
        let many = counted(changes.len(), "decision", "decisions");
        let effects =
            self.commit("keep_findings_alike", format!("findings ({pattern}) kept: {many}"), changes);
        if !effects.is_empty() {
            let keys = self.keys_of("undo");
            self.say(format!("All kept where they stand ({pattern}): {many}; {keys} opens them again"));
        }
        effects
    }
}
