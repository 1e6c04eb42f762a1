//! The search screen: the query, what it found, and the way from a hit to its place and back.
//!
//! An answer is all hits, each a few numbers; what they say, and where in it the words stand, is asked for when it is
//! looked at ([`texts`]). Marked hits are coded in one action ([`marked`]), or gone through one by one ([`review`]).

mod alike;
mod answer;
mod groups;
mod layout;
mod marked;
mod recall;
mod review;
mod span;
mod texts;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use answer::{Answer, Failed, Group, Hit, HitKey, HitText, Outcome};
pub(super) use groups::write_filter;
pub use groups::{ByGroup, GroupCount};
pub use layout::{HitLine, ListLine, place_columns, within};
pub(super) use marked::Batch;
pub use review::{Review, Reviewing};

use super::{Effect, Model, Place, Screen, Spot, TextField};
use crate::study::RevisionId;
use crate::text::Unit;
use texts::After;

/// Turns before and after a hit that can be asked for.
const MOST_AROUND: usize = 6;

/// Chosen hit, first row and context of a list that nobody has moved in yet.
type Settled = (usize, layout::Top, usize);

/// The state of the search screen.
#[derive(Clone, Debug)]
pub struct Search {
    /// The query.
    pub field: TextField,
    /// Whether the field takes what is typed.
    pub typing: bool,
    /// Counts the questions.
    pub generation: u64,
    /// The last question, as typed.
    asked: String,
    /// Whether its answer is on the way.
    pub waiting: bool,
    /// What was found last. It stays in sight while the next answer is on its way.
    pub answer: Option<Answer>,
    /// Counts the answers.
    answered: u64,
    /// What those hits say that were looked at, by their places.
    texts: BTreeMap<u32, HitText>,
    /// What else than the very words was found in them.
    forms: BTreeSet<String>,
    /// Those that were asked for.
    texts_asked: BTreeSet<u32>,
    /// What waits for texts.
    after: Option<After>,
    /// Why nothing could be found.
    pub failed: Option<Failed>,
    /// Which hit is chosen.
    pub chosen: usize,
    /// How much around its matches is coded.
    pub unit: Unit,
    /// How much is shown around the chosen hit: 0 the rows at its matches, 1 the whole turn, 2 a turn more on either side.
    pub around: usize,
    /// Marked hits, of this query and of others that it was drawn from.
    marked: BTreeSet<HitKey>,
    /// How many of them are in the answer.
    marked_here: usize,
    /// The review that has the screen, the last one of `reviews`.
    pub reviewing: Option<Reviewing>,
    /// How far reviews have come, the last one at the end.
    reviews: Arc<Vec<Review>>,
    /// A review goes on as soon as its hits are here.
    resumes: bool,
    /// Queries that were put to use, the last one at the end.
    queries: Arc<Vec<String>>,
    /// Which of them a key put in the field, and what stood there before.
    recalled: Option<(usize, String)>,
    /// The hits by group.
    by_group: Option<ByGroup>,
    /// The way back from the hits of one group.
    drilled: Option<groups::Drilled>,
    /// What is in sight of the list.
    pub lines: Vec<ListLine>,
    /// The first row of the list in sight.
    top: layout::Top,
    /// Go to the first hit from this byte of the open transcript on, when the answer is here.
    go_from: Option<u32>,
    /// The answer and the revision that matches are marked for in Read.
    found_in: Option<(u64, RevisionId)>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            field: TextField::default(),
            typing: true,
            generation: 0,
            asked: String::new(),
            waiting: false,
            answer: None,
            answered: 0,
            texts: BTreeMap::new(),
            forms: BTreeSet::new(),
            texts_asked: BTreeSet::new(),
            after: None,
            failed: None,
            chosen: 0,
            unit: Unit::Sentence,
            around: 0,
            marked: BTreeSet::new(),
            marked_here: 0,
            reviewing: None,
            reviews: Arc::default(),
            resumes: false,
            queries: Arc::default(),
            recalled: None,
            by_group: None,
            drilled: None,
            lines: Vec::new(),
            top: layout::Top::default(),
            go_from: None,
            found_in: None,
        }
    }
}

impl Search {
    /// What a coder left behind: the queries and the reviews of before.
    #[must_use]
    pub fn of_place(place: &Place) -> Self {
        Self { queries: Arc::clone(&place.queries), reviews: Arc::clone(&place.reviews), ..Self::default() }
    }

    /// Puts the cursor in the field.
    pub fn enter_field(&mut self) {
        self.field.offer();
        self.typing = true;
        self.reviewing = None;
    }

    /// Takes it out again: keys are commands then.
    pub fn leave_field(&mut self) {
        self.typing = false;
        self.remember_query();
    }

    /// When the next answer is here, its first hit from that byte of the open transcript on is gone to.
    pub(super) fn go_when_found(&mut self, from: u32) {
        self.go_from = Some(from);
    }

    /// Whether there are hits to step through.
    #[must_use]
    pub fn has_hits(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| !answer.hits.is_empty())
    }

    /// The chosen hit.
    #[must_use]
    pub fn hit(&self) -> Option<&Hit> {
        self.answer.as_ref()?.hits.get(self.chosen)
    }

    /// Whether what the chosen hit says is here, and no later question is on its way.
    #[must_use]
    pub fn is_hit_read(&self) -> bool {
        !self.waiting && self.text_of(self.chosen).is_some()
    }

    /// What was found holds no more: the same question is asked again when it is next looked at.
    pub(super) fn forget_answer(&mut self) {
        self.asked.clear();
        self.answer = None;
        self.waiting = false;
        self.lines.clear();
    }

    fn step(&mut self, by: isize) {
        let last = self.answer.as_ref().map_or(0, |answer| answer.hits.len()).saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.query = self.field.text().to_owned();
        place.hit = self.chosen;
        place.reviewing = self.reviewing.is_some() || self.resumes;
        place.queries = Arc::clone(&self.queries);
        place.reviews = Arc::clone(&self.reviews);
    }

    pub(super) fn restore(&mut self, place: &Place) {
        if self.field.text() != place.query {
            self.field = TextField::new(place.query.clone());
        }
        self.chosen = place.hit;
        self.typing = place.query.is_empty();
        self.reviewing = None;
        self.resumes = place.reviewing;
    }
}

impl Model {
    /// The query changed.
    pub(super) fn search_changed(&mut self) -> Vec<Effect> {
        self.search.recalled = None;
        self.search.forget_marks();
        let effects = self.query_replaced();
        if self.search.go_from.is_some() { self.ask() } else { effects }
    }

    /// The same question again: the study is another now.
    pub(super) fn search_again(&mut self) -> Vec<Effect> {
        self.search.asked.clear();
        Vec::new()
    }

    /// Takes in an answer, unless a later question was asked.
    pub(super) fn search_done(&mut self, generation: u64, outcome: Outcome) -> Vec<Effect> {
        if generation != self.search.generation || !self.search.waiting {
            return Vec::new();
        }
        self.search.waiting = false;
        self.search.answered += 1;
        self.search.forget_texts();
        match outcome {
            Ok(answer) => {
                self.search.chosen = self.search.chosen.min(answer.hits.len().saturating_sub(1));
                self.search.answer = Some(answer);
                self.search.failed = None;
            }
            Err(failed) => {
                self.search.answer = None;
                self.search.failed = Some(failed);
            }
        }
        self.search.recount_marked();
        match self.search.go_from.take() {
            Some(from) => self.go_to_hit_from(from),
            None => Vec::new(),
        }
    }

    /// Goes to the first hit in the open transcript from a byte on, or else to the first one of all.
    fn go_to_hit_from(&mut self, from: u32) -> Vec<Effect> {
        if let Some(failed) = &self.search.failed {
            let sentence = match failed {
                Failed::Query { sentence, .. } | Failed::Search(sentence) => sentence.clone(),
            };
            self.refuse(sentence);
            return Vec::new();
        }
        if !self.search.has_hits() {
            self.refuse("Nothing is found in this transcript.");
            return Vec::new();
        }
        let hits = self.search.answer.iter().flat_map(|answer| &answer.hits);
        let total = hits.clone().count();
        self.search.chosen = hits.clone().position(|hit| hit.speech.end > from).unwrap_or(0);
        let at = self.search.chosen + 1;
        let effects = self.open_hit();
        let keys = self.keys_of("next_hit");
        self.say(format!("{at} of {total}; {keys} goes on"));
        effects
    }

    /// Asks, if what is typed is another question than the last one.
    fn ask(&mut self) -> Vec<Effect> {
        let search = &mut self.search;
        if !self.complete || search.asked == search.field.text() {
            return Vec::new();
        }
        search.asked = search.field.text().to_owned();
        search.generation += 1;
        search.reviewing = None;
        let gives_up = matches!(search.after.take(), Some(After::Code(_)));
        if search.asked.trim().is_empty() {
            let was_waiting = std::mem::take(&mut search.waiting);
            (search.answer, search.failed) = (None, None);
            search.forget_texts();
            return if was_waiting { vec![Effect::CancelSearch] } else { Vec::new() };
        }
        search.waiting = true;
        let effects = vec![Effect::Search { generation: search.generation, query: search.asked.clone() }];
        if gives_up {
            self.refuse("The marked hits were not coded: the query changed meanwhile.");
        }
        effects
    }

    /// Moves the choice among the hits.
    pub(super) fn step_hits(&mut self, by: isize) {
        if self.search.reviewing.is_some() {
            match by.abs() {
                1 => drop(self.step_review(by)),
                2..1000 => self.scroll_review(by),
                _ => drop(self.step_review(by)),
            }
            return;
        }
        let rows = layout::rows_of_hit(self.body().height);
        // A page of rows is about so many hits.
        let by =
            if by.abs() > 1 && by.abs() < 1000 { (by / rows).max(1).min(by.abs()) * by.signum() } else { by };
        self.search.step(by);
        self.search.around = 0;
    }

    /// Shows more around the chosen hit: its whole turn, then a turn more on either side each time; or less.
    pub(super) fn show_around(&mut self, more: bool) -> Vec<Effect> {
        let around = self.search.around;
        self.search.around = if more { (around + 1).min(MOST_AROUND) } else { around.saturating_sub(1) };
        if let Some(reviewing) = &mut self.search.reviewing {
            reviewing.top = None;
        }
        Vec::new()
    }

    /// Goes to the place of the chosen hit, its first match selected.
    pub(super) fn open_hit(&mut self) -> Vec<Effect> {
        let Some(hit) = self.search.hit() else {
            self.refuse(match self.search.waiting {
                true => "The search is still running.",
                false => "There is no hit to open.",
            });
            return Vec::new();
        };
        let Some(text) = self.search.text_of(self.search.chosen) else {
            let chosen = self.search.chosen;
            let effects = self.search.want_texts([chosen]);
            self.search.after = Some(After::Open);
            return effects;
        };
        let spot =
            Spot { transcript: hit.transcript, span: text.matches.first().copied().unwrap_or(hit.speech) };
        if self.study.transcripts().get(&spot.transcript).is_none_or(|held| held.revision != hit.revision) {
            self.refuse("That transcript has a new revision; search again.");
            return self.search_again();
        }
        self.search.remember_query();
        self.search.typing = false;
        self.visit(spot)
    }

    /// Goes to the next hit or the one before, from wherever the coder is.
    pub(super) fn go_to_hit(&mut self, by: isize) -> Vec<Effect> {
        let before = self.search.chosen;
        self.search.step(by);
        if self.search.chosen == before && self.screen == Screen::Read {
            self.refuse(if by > 0 { "That was the last hit." } else { "That was the first hit." });
            return Vec::new();
        }
        if self.screen == Screen::Read { self.open_hit() } else { Vec::new() }
    }

    /// Marks what was found in the transcript that is open in Read.
    pub(super) fn mark_found(&mut self) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let wanted = (self.search.answered, open.revision);
        if self.search.waiting || self.search.found_in == Some(wanted) {
            return Vec::new();
        }
        let answer = self.search.answer.as_ref();
        let hits: Vec<usize> =
            answer.map_or_else(Vec::new, |answer| answer.hits_in(open.transcript).collect());
        let texts: Option<Vec<&HitText>> = hits.iter().map(|hit| self.search.text_of(*hit)).collect();
        let Some(texts) = texts else { return self.search.want_texts(hits) };
        let here = answer
            .and_then(|answer| answer.hits.get(*hits.first()?))
            .is_none_or(|hit| hit.revision == open.revision);
        let matches = texts.into_iter().flat_map(|text| text.matches.iter().copied());
        self.read.found = if here { matches.collect() } else { Vec::new() };
        self.read.found.sort_unstable();
        self.search.found_in = Some(wanted);
        Vec::new()
    }

    /// Lays out the search screen for its part of the window, and asks what is to be asked.
    pub(super) fn arrange_search(&mut self) -> Vec<Effect> {
        let mut effects = self.ask();
        if self.search.resumes && !self.search.waiting && self.complete {
            self.search.resumes = false;
            let notice = self.notice.take();
            effects.extend(self.review_hits(false));
            self.notice = notice;
        }
        self.count_groups();
        effects.extend(self.lay_hits());
        effects
    }
}
