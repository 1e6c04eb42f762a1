//! The review queue: hits one by one in their context, coded, skipped, or stopped at and gone on with later.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{HitKey, Search};
use crate::app::layer::Layer;
use crate::app::{Effect, Model};
use crate::study::{CodingId, QuoteId, Study};
use crate::text::{Span, Unit};

/// So many reviews are remembered, the last ones.
const KEPT: usize = 20;

/// How far a review of one query has come. Kept with the place, outside the study: it is one coder's reading, not a
/// record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// The query.
    pub query: String,
    /// The marked hits that it goes through; `None` for all.
    pub over: Option<Arc<BTreeSet<HitKey>>>,
    /// The hit that it is at.
    pub at: Option<HitKey>,
    /// What was coded in it. Those undone since are not there any more and count no longer.
    pub coded: Vec<CodingId>,
}

/// A review that has the screen.
#[derive(Clone, Debug, Default)]
pub struct Reviewing {
    /// The hits that it goes through, in order; `None` for all.
    queue: Option<Vec<usize>>,
    /// The passage of this hit, if its ends were moved.
    pub(super) span: Option<Span>,
    /// How much around the matches of this hit is taken, if it is not the rule.
    pub(super) unit: Option<Unit>,
    /// The first row in sight; `None` to show the passage.
    pub(super) top: Option<usize>,
    /// The next coding stays on the hit.
    stays: bool,
}

impl Review {
    /// How many passages were coded in it and still are.
    #[must_use]
    pub fn coded(&self, study: &Study) -> usize {
        let held = self.coded.iter().filter_map(|id| study.codings().get(id));
        held.map(|coding| coding.quote).collect::<BTreeSet<QuoteId>>().len()
    }
}

impl Search {
    /// Says whether the coding that is about to be made goes on to the next hit of a review.
    pub(in crate::app) fn go_on_after_coding(&mut self, goes_on: bool) {
        if let Some(reviewing) = &mut self.reviewing {
            reviewing.stays = !goes_on;
        }
    }

    /// The review that has the screen.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        self.reviewing.as_ref().and_then(|_| self.reviews.last())
    }

    /// The place of the chosen hit in the queue from 1, and how long the queue is.
    #[must_use]
    pub fn review_place(&self) -> Option<(usize, usize)> {
        let reviewing = self.reviewing.as_ref()?;
        match &reviewing.queue {
            Some(queue) => Some((queue.partition_point(|hit| *hit < self.chosen) + 1, queue.len())),
            None => Some((self.chosen + 1, self.answer.as_ref()?.hits.len())),
        }
    }

    /// The hit so many places further on in the queue, or the last one that way.
    pub(super) fn queued(&self, by: isize) -> Option<usize> {
        let (place, length) = self.review_place()?;
        let there = (place - 1).saturating_add_signed(by).min(length.saturating_sub(1));
        match &self.reviewing.as_ref()?.queue {
            Some(queue) => queue.get(there).copied(),
            None => Some(there),
        }
    }

    fn come_to(&mut self, hit: usize) {
        self.chosen = hit;
        if let Some(reviewing) = &mut self.reviewing {
            *reviewing = Reviewing { queue: reviewing.queue.take(), ..Reviewing::default() };
        }
        let at = self.hit().map(super::Hit::key);
        if let Some(review) = Arc::make_mut(&mut self.reviews).last_mut() {
            review.at = at;
        }
    }
}

impl Model {
    /// Goes through the hits one by one: the marked ones, if some are. A review of the same query that was stopped goes on
    /// where it was, unless it is to begin afresh.
    pub(in crate::app) fn review_hits(&mut self, afresh: bool) -> Vec<Effect> {
        self.search.remember_query();
        let search = &mut self.search;
        let Some(answer) = search.answer.as_ref().filter(|answer| !answer.hits.is_empty()) else {
            return Vec::new();
        };
        let some = search.marked_here > 0 && search.marked_here < answer.hits.len();
        let over = some.then(|| Arc::new(search.marked.clone()));
        let query = search.asked.clone();
        let known = search.reviews.iter().position(|held| held.query == query);
        let reviews = Arc::make_mut(&mut search.reviews);
        let mut review = known.map(|at| reviews.remove(at)).unwrap_or_default();
        if afresh || (over.is_some() && over != review.over) {
            review = Review { over, ..Review::default() };
        }
        review.query = query;
        let queue = review.over.as_ref().map(|over| {
            let hits = answer.hits.iter().enumerate();
            hits.filter(|(_, hit)| over.contains(&hit.key())).map(|(index, _)| index).collect::<Vec<_>>()
        });
        // What was marked may not be found any more; then all hits are gone through.
        let queue = queue.filter(|queue| !queue.is_empty());
        let first = queue.as_ref().and_then(|queue| queue.first().copied()).unwrap_or(0);
        let at = review.at.and_then(|at| answer.index_of(at));
        let goes_on = at.is_some_and(|at| at != first);
        reviews.push(review);
        if reviews.len() > KEPT {
            reviews.remove(0);
        }
        search.typing = false;
        search.reviewing = Some(Reviewing { queue, ..Reviewing::default() });
        search.come_to(at.unwrap_or(first));
        if let Some((place, length)) = self.search.review_place().filter(|_| goes_on) {
            let keys = self.keys_of("review_afresh");
            self.say(format!("The review goes on at {place} of {length}; {keys} in the list begins again."));
        }
        Vec::new()
    }

    /// Esc: back to the list. The review is remembered.
    pub(in crate::app) fn stop_review(&mut self) {
        let Some((place, length)) = self.search.review_place() else { return };
        self.search.reviewing = None;
        let keys = self.keys_of("review_hits");
        self.say(format!("Review stopped at {place} of {length}; {keys} goes on from there."));
    }

    /// Moves on in the review, or back.
    pub(in crate::app) fn step_review(&mut self, by: isize) -> Vec<Effect> {
        let before = self.search.chosen;
        let Some(there) = self.search.queued(by) else { return Vec::new() };
        if there != before {
            self.search.come_to(there);
            return Vec::new();
        }
        if by < 0 {
            self.refuse("That is the first one.");
        } else {
            let said = self.review_summary();
            self.refuse(format!("That was the last one: {said}. Esc leaves the review."));
        }
        Vec::new()
    }

    /// Shows more of a long passage, by rows.
    pub(in crate::app) fn scroll_review(&mut self, by: isize) {
        if let Some(reviewing) = &mut self.search.reviewing {
            let top = reviewing.top.unwrap_or(0);
            reviewing.top = Some(top.saturating_add_signed(by));
        }
    }

    /// Opens the picker; the coding that it makes does not go on to the next hit.
    pub(in crate::app) fn pick_code_and_stay(&mut self) -> Vec<Effect> {
        let effects = self.pick_code("");
        if let Some(Layer::Picker(picker)) = self.layers.last_mut() {
            picker.stays = true;
        }
        effects
    }

    /// A hit was coded: a review goes on to the next one.
    pub(in crate::app) fn hit_coded(&mut self, made: Option<CodingId>) {
        let Some(reviewing) = &mut self.search.reviewing else { return };
        let stays = std::mem::take(&mut reviewing.stays);
        if let Some(review) = Arc::make_mut(&mut self.search.reviews).last_mut() {
            review.coded.extend(made);
        }
        match self.search.queued(1).filter(|there| *there != self.search.chosen) {
            Some(there) if !stays => self.search.come_to(there),
            None if !stays => {
                let said = self.review_summary();
                if let Some(notice) = &mut self.notice {
                    notice.text.push_str(&format!(" · that was the last one: {said}"));
                }
            }
            _ => {}
        }
    }

    /// Whether a span of a hit that is listed was done here: then the list goes to it.
    pub(in crate::app) fn bring_hit_in_sight(&mut self, spot: crate::app::Spot) -> bool {
        let answer = self.search.answer.as_ref().filter(|_| self.screen == crate::app::Screen::Search);
        match answer.and_then(|answer| answer.index_at(spot.transcript, spot.span)) {
            Some(index) => {
                if self.search.reviewing.is_some() {
                    self.search.come_to(index);
                } else {
                    self.search.chosen = index;
                }
                true
            }
            None => false,
        }
    }

    /// `12 of 87 · coded 5`.
    #[must_use]
    pub fn review_summary(&self) -> String {
        let (place, length) = self.search.review_place().unwrap_or_default();
        let coded = self.search.review().map_or(0, |review| review.coded(&self.study));
        format!("{place} of {length} · coded {coded}")
    }
}
