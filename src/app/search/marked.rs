//! Marking hits, and coding all marked ones in one action.

use std::collections::BTreeSet;

use super::span::passage;
use super::texts::After;
use super::{HitKey, Search};
use crate::app::{Effect, Model, Screen};
use crate::study::{Change, Code, Passage, PassageError};

/// A code that all marked hits are to have.
#[derive(Clone, Debug)]
pub(in crate::app) struct Batch {
    /// The code.
    pub(in crate::app) code: Code,
    /// What the history says before its name.
    pub(in crate::app) kind: String,
    /// What makes the code, if it is a new one.
    pub(in crate::app) changes: Vec<Change>,
}

impl Search {
    /// Whether a hit is marked.
    #[must_use]
    pub fn is_marked(&self, hit: usize) -> bool {
        let hit = self.answer.as_ref().and_then(|answer| answer.hits.get(hit));
        !self.marked.is_empty() && hit.is_some_and(|hit| self.marked.contains(&hit.key()))
    }

    /// How many hits of this answer are marked.
    #[must_use]
    pub fn marked_count(&self) -> usize {
        self.marked_here
    }

    /// The marked hits, in order.
    pub(super) fn marked_hits(&self) -> Vec<usize> {
        let hits = self.answer.iter().flat_map(|answer| answer.hits.iter().enumerate());
        hits.filter(|(_, hit)| self.marked.contains(&hit.key())).map(|(index, _)| index).collect()
    }

    pub(super) fn recount_marked(&mut self) {
        self.marked_here = if self.marked.is_empty() { 0 } else { self.marked_hits().len() };
    }

    pub(super) fn forget_marks(&mut self) {
        (self.marked, self.marked_here) = (BTreeSet::new(), 0);
    }
}

impl Model {
    /// Marks the chosen hit, or takes its mark away, and goes on to the next one.
    pub(in crate::app) fn toggle_hit_mark(&mut self) -> Vec<Effect> {
        let Some(key) = self.search.hit().map(super::Hit::key) else { return Vec::new() };
        if !self.search.marked.remove(&key) {
            self.search.marked.insert(key);
        }
        self.search.recount_marked();
        self.step_hits(1);
        Vec::new()
    }

    /// Marks all hits of the transcript that the chosen one is in; if all are marked, takes their marks away.
    pub(in crate::app) fn mark_transcript_hits(&mut self) -> Vec<Effect> {
        let search = &mut self.search;
        let Some(answer) = &search.answer else { return Vec::new() };
        let Some(group) = answer.group_of(search.chosen).copied() else { return Vec::new() };
        let keys: Vec<HitKey> =
            answer.hits.iter().skip(group.first).take(group.count).map(super::Hit::key).collect();
        if keys.iter().all(|key| search.marked.contains(key)) {
            keys.iter().for_each(|key| {
                search.marked.remove(key);
            });
        } else {
            search.marked.extend(keys);
        }
        search.recount_marked();
        self.say_marked()
    }

    /// Marks all hits.
    pub(in crate::app) fn mark_all_hits(&mut self) -> Vec<Effect> {
        let search = &mut self.search;
        let hits = search.answer.iter().flat_map(|answer| &answer.hits);
        search.marked.extend(hits.map(super::Hit::key));
        search.recount_marked();
        self.say_marked()
    }

    /// Takes all marks away.
    pub(in crate::app) fn unmark_hits(&mut self) -> Vec<Effect> {
        self.search.forget_marks();
        self.say_marked()
    }

    fn say_marked(&mut self) -> Vec<Effect> {
        let code = self.keys_of("pick_code_for_hit");
        self.say(match self.search.marked_here {
            0 => String::from("No hit is marked."),
            1 => format!("1 hit is marked; {code} codes it."),
            n => format!("{n} hits are marked; {code} codes them all at once."),
        });
        Vec::new()
    }

    /// Whether codes go to all marked hits: some are, and no review goes through them one by one.
    #[must_use]
    pub fn codes_marked_hits(&self) -> bool {
        self.screen == Screen::Search && self.search.marked_here > 0 && self.search.reviewing.is_none()
    }

    /// Puts a code on all marked hits in one action, as soon as their texts are here.
    pub(in crate::app) fn code_marked(&mut self, batch: Batch) -> Vec<Effect> {
        let marked = self.search.marked_hits();
        let wanted: Vec<usize> =
            marked.iter().copied().filter(|hit| self.search.text_of(*hit).is_none()).collect();
        if !wanted.is_empty() {
            let effects = self.search.want_texts(wanted);
            self.search.after = Some(After::Code(Box::new(batch)));
            self.say(format!("Reading {} hits …", marked.len()));
            return effects;
        }
        let Batch { code, kind, mut changes } = batch;
        let (made, mut already, mut gone) = (changes.len(), 0_usize, 0_usize);
        let mut coded = 0_usize;
        for index in marked {
            match self.changes_to_code_hit(index, &code) {
                Ok(more) => {
                    changes.extend(more);
                    coded += 1;
                }
                Err(PassageError::Already(_)) => already += 1,
                Err(_) => gone += 1,
            }
        }
        let left = [(already, "had it already"), (gone, "could not be coded: search again")];
        let left = left.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!(" · {n} {why}"));
        let left: String = left.collect();
        if changes.len() == made {
            self.recent.note(code.id);
            self.refuse(format!("Nothing was coded{left}."));
            return Vec::new();
        }
        let hits = if coded == 1 { "hit" } else { "hits" };
        let effects =
            self.commit("apply_code", format!("{coded} {hits} of a search: {kind}“{}”", code.name), changes);
        if !effects.is_empty() {
            self.recent.note(code.id);
            let undo = self.keys_of("undo");
            self.say(format!("{coded} {hits}: {kind}{}{left} · {undo} takes all back", code.name));
        }
        effects
    }

    fn changes_to_code_hit(&self, index: usize, code: &Code) -> Result<Vec<Change>, PassageError> {
        let hit = self.search.answer.as_ref().and_then(|answer| answer.hits.get(index));
        let (hit, text) = hit.zip(self.search.text_of(index)).ok_or(PassageError::Gone)?;
        let span = passage(hit, text, self.search.unit);
        let words = text.slice(hit, span).ok_or(PassageError::Outside)?;
        let passage = Passage { transcript: hit.transcript, revision: hit.revision, span, words };
        self.study.changes_to_code(self.me.id, passage, code, None, &*self.source)
    }
}
