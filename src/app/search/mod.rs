//! The search screen: the query, what it found, and the way from a hit to its place and back.

mod answer;
mod layout;
mod words;

pub use answer::{Answer, Failed, Found, Group, Hit, Outcome};
pub use layout::{HitLine, ListLine, place_columns, within};

use super::{Effect, Model, Place, Screen, Spot, TextField};
use crate::study::RevisionId;
use crate::text::{Span, Unit, units};

/// At most so many hits are listed, the best ones: more than anybody reads, few enough to hold with their texts.
const LIMIT: usize = 5_000;

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
    /// Why nothing could be found.
    pub failed: Option<Failed>,
    /// Which hit is chosen.
    pub chosen: usize,
    /// How much around its matches is coded.
    pub unit: Unit,
    /// Whether the chosen hit is shown whole.
    pub whole: bool,
    /// What is in sight of the list.
    pub lines: Vec<ListLine>,
    /// The first row of the list in sight.
    top: usize,
    /// Go to the first hit from this byte of the open transcript on, when the answer is here.
    go_from: Option<u32>,
    /// The answer and the revision that matches are marked for in Read.
    marked: Option<(u64, RevisionId)>,
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
            failed: None,
            chosen: 0,
            unit: Unit::Sentence,
            whole: false,
            lines: Vec::new(),
            top: 0,
            go_from: None,
            marked: None,
        }
    }
}

impl Search {
    /// Puts the cursor in the field.
    pub fn enter_field(&mut self) {
        self.field.offer();
        self.typing = true;
    }

    /// Takes it out again: keys are commands then.
    pub fn leave_field(&mut self) {
        self.typing = false;
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

    fn step(&mut self, by: isize) {
        let last = self.answer.as_ref().map_or(0, |answer| answer.hits.len()).saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    pub(super) fn note_place(&self, place: &mut Place) {
        place.query = self.field.text().to_owned();
        place.hit = self.chosen;
    }

    pub(super) fn restore(&mut self, place: &Place) {
        if self.field.text() != place.query {
            self.field = TextField::new(place.query.clone());
        }
        self.chosen = place.hit;
        self.typing = place.query.is_empty();
    }
}

impl Model {
    /// The query changed.
    pub(super) fn search_changed(&mut self) -> Vec<Effect> {
        (self.search.chosen, self.search.top, self.search.whole) = (0, 0, false);
        if self.search.go_from.is_some() { self.ask() } else { Vec::new() }
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
        match outcome {
            Ok(found) => {
                let answer = Answer::of(&self.study, found);
                self.search.chosen = self.search.chosen.min(answer.hits.len().saturating_sub(1));
                self.search.answer = Some(answer);
                self.search.failed = None;
            }
            Err(failed) => {
                self.search.answer = None;
                self.search.failed = Some(failed);
            }
        }
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
        let begin = |hit: &Hit| hit.matches.first().map_or(hit.speech.start, |span| span.start);
        self.search.chosen = hits.map(begin).position(|at| at >= from).unwrap_or(0);
        let (at, total) =
            (self.search.chosen + 1, self.search.answer.as_ref().map_or(0, |answer| answer.total));
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
        if search.asked.trim().is_empty() {
            let was_waiting = std::mem::take(&mut search.waiting);
            (search.answer, search.failed) = (None, None);
            return if was_waiting { vec![Effect::CancelSearch] } else { Vec::new() };
        }
        search.waiting = true;
        vec![Effect::Search { generation: search.generation, query: search.asked.clone(), limit: LIMIT }]
    }

    /// Moves the choice among the hits.
    pub(super) fn step_hits(&mut self, by: isize) {
        let rows = layout::rows_of_hit(self.body().height);
        // A page of rows is about so many hits.
        let by =
            if by.abs() > 1 && by.abs() < 1000 { (by / rows).max(1).min(by.abs()) * by.signum() } else { by };
        self.search.step(by);
        self.search.whole = false;
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
        let spot =
            Spot { transcript: hit.transcript, span: hit.matches.first().copied().unwrap_or(hit.speech) };
        if self.study.transcripts().get(&spot.transcript).is_none_or(|held| held.revision != hit.revision) {
            self.refuse("That transcript has a new revision; search again.");
            return self.search_again();
        }
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
    pub(super) fn mark_found(&mut self) {
        let Some(open) = &self.read.open else { return };
        let wanted = (self.search.generation, open.revision);
        if self.search.waiting || self.search.marked == Some(wanted) {
            return;
        }
        let hits = self.search.answer.iter().flat_map(|answer| &answer.hits);
        let here = hits.filter(|hit| hit.revision == open.revision);
        self.read.found = here.flat_map(|hit| hit.matches.iter().copied()).collect();
        self.search.marked = Some(wanted);
    }

    /// Takes more or less around the matches to be coded.
    pub(super) fn resize_hit(&mut self, grow: bool) {
        let unit = self.search.unit;
        self.search.unit = if grow { unit.grown() } else { unit.shrunk() }.unwrap_or(unit);
    }

    /// The passage of the chosen hit that would be coded, with its text: its matches, the sentences around them, or the
    /// whole turn.
    #[must_use]
    pub fn hit_passage(&self) -> Option<(Spot, String)> {
        let hit = self.search.hit()?;
        let span = passage(hit, self.search.unit);
        let text = hit.slice(span)?.to_owned();
        Some((Spot { transcript: hit.transcript, span }, text))
    }

    /// Lays out the search screen for its part of the window, and asks what is to be asked.
    pub(super) fn arrange_search(&mut self) -> Vec<Effect> {
        let effects = self.ask();
        self.lay_hits();
        effects
    }
}

/// The part of a hit's speech that holds its matches, in whole units.
fn passage(hit: &Hit, unit: Unit) -> Span {
    let Some(matched) = hit.matches.iter().copied().reduce(Span::hull) else { return hit.speech };
    let at = hit.speech.start as usize;
    let whole = units(&hit.text, unit).into_iter().map(|unit| unit.shifted(at));
    whole.filter(|unit| unit.overlaps(matched)).fold(matched, Span::hull)
}
