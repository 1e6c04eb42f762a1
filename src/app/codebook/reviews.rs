//! The queue for a coauthor's review: every theme and code with what it means, where it stands and how it came there, to be
//! agreed with, questioned or proposed otherwise. A decision is the reviewer's own and changes nothing else.

use super::questions::CodebookQuestion as Question;
use super::{Codebook, Model, Page};
use crate::app::Effect;
use crate::app::ask::{Choice, Chooser};
use crate::app::wrap::wrap;
use crate::study::{
    Change, Classified, CodeState, Component, Decision, PastClassification, Review, Side, Since, fresh,
};
use crate::text::counted;

/// The answer that stands for no other component.
const OTHERWISE: &str = "otherwise";

/// A theme or a code to be reviewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// What it is.
    pub of: Classified,
    /// Its name.
    pub name: String,
    /// The side of a code.
    pub side: Option<Side>,
    /// Abbreviation of the component it stands under; empty for none.
    pub component: String,
    /// What this coder decided, if it still holds: what was moved or defined anew since is open again.
    pub own: Option<Decision>,
    /// What the others decided, in words, and what no longer holds: `c2 asks · bea agreed to C-Ph, since moved`.
    pub others: String,
    /// All there is to know of it, cut into rows. Shown for the chosen one.
    pub lines: Vec<String>,
}

impl Codebook {
    /// The first line of a row of the queue, and one past its last.
    pub(super) fn lines_of_review(&self, index: usize) -> (usize, usize) {
        (index, index + 1 + self.told_of_review(index).len())
    }

    /// What is told of a row of the queue, from where it is scrolled to.
    #[must_use]
    pub fn told_of_review(&self, index: usize) -> &[String] {
        let skip = if self.scrolled.0 == index { self.scrolled.1 } else { 0 };
        let lines = self.reviews.get(index).map_or(&[][..], |row| row.lines.as_slice());
        lines.get(skip..).unwrap_or_default()
    }

    /// Whether more is told of the chosen row than so many lines of the window show.
    pub(in crate::app) fn is_review_cut(&self, height: usize) -> bool {
        self.chosen_lines() >= height.max(1)
    }

    fn chosen_lines(&self) -> usize {
        self.reviews.get(self.list.chosen).map_or(0, |row| row.lines.len())
    }

    /// Scrolls what is told of the chosen row by half a window of so many lines, to its ends.
    fn read_on(&mut self, down: bool, height: usize) {
        let chosen = self.list.chosen;
        // The row itself stays in sight above them.
        let last = (self.chosen_lines() + 1).saturating_sub(height.max(1));
        let skip = if self.scrolled.0 == chosen { self.scrolled.1 } else { 0 };
        let by = (height / 2).max(1);
        let skip = if down { skip + by } else { skip.saturating_sub(by) };
        self.scrolled = (chosen, skip.min(last));
    }
}

impl Model {
    /// Opens the queue at the chosen code or theme.
    pub(in crate::app) fn open_reviews(&mut self) -> Vec<Effect> {
        let about = match self.codebook.page {
            Page::Themes => self.chosen_theme().map(|theme| Classified::Theme(theme.id)),
            _ => self.chosen_code().map(|code| Classified::Code(code.id)),
        };
        let effects = self.open_codebook_page(Page::Reviews, None);
        self.list_reviews();
        let at = self.codebook.reviews.iter().position(|row| Some(row.of) == about);
        self.codebook.list.chosen = at.unwrap_or(0);
        effects
    }

    /// Reads on, or back, in what is told of the chosen row.
    pub(in crate::app) fn scroll_reviewed(&mut self, down: bool) -> Vec<Effect> {
        let height = usize::from(self.body().height);
        self.codebook.read_on(down, height);
        Vec::new()
    }

    fn chosen_review(&self) -> Option<&ReviewRow> {
        self.codebook.reviews.get(self.codebook.list.chosen)
    }

    /// Themes in printed order, then the codes of the tree; retired ones are left out.
    pub(super) fn list_reviews(&mut self) {
        let width = usize::from(self.size.width.saturating_sub(6)).clamp(20, 100);
        let themes = self.study.themes_in_order().into_iter().map(|theme| Classified::Theme(theme.id));
        let codes = self.study.codes_in_tree_order().into_iter().map(|(_, code)| code);
        let codes = codes.filter(|code| code.state != CodeState::Retired);
        let all: Vec<Classified> = themes.chain(codes.map(|code| Classified::Code(code.id))).collect();
        let rows: Vec<ReviewRow> = all.into_iter().filter_map(|of| self.review_row(of, width)).collect();
        let decided = rows.iter().filter(|row| row.own.is_some()).count();
        self.codebook.said = format!(
            "{} to review · {decided} decided by you",
            counted(rows.len(), "theme and code", "themes and codes")
        );
        self.codebook.reviews = rows;
    }

    fn review_row(&self, of: Classified, width: usize) -> Option<ReviewRow> {
        let framework = &self.study.settings.framework;
        let mut told: Vec<(&str, String)> = Vec::new();
        let (name, side, component) = match of {
            Classified::Theme(id) => {
                let theme = self.study.themes().get(&id)?;
                let names = |codes: &[_]| {
                    codes.iter().map(|code| self.code_name(*code)).collect::<Vec<_>>().join("; ")
                };
                told.push(("barriers", names(&theme.barriers)));
                told.push(("facilitators", names(&theme.facilitators)));
                told.push(("note", theme.note.clone()));
                (theme.name.clone(), None, self.study.component_of_theme(theme, framework))
            }
            Classified::Code(id) => {
                let code = self.study.codes().get(&id)?;
                told.push(("definition", code.definition.clone()));
                told.push(("include", code.include.clone()));
                told.push(("exclude", code.exclude.clone()));
                told.push(("example", code.example.clone()));
                (code.name.clone(), code.side, self.study.component_of(id, framework))
            }
        };
        let standing = self.study.standing_reviews(of);
        let own = standing
            .iter()
            .find(|review| review.coder == self.me.id && self.study.since_review(review).is_none());
        let own = own.map(|review| review.decision);
        let others = standing.iter().filter(|review| own.is_none() || review.coder != self.me.id);
        let others: Vec<String> = others.map(|review| self.decision_words(review, true)).collect();
        let past = self.codebook.past().map(|past| past.classifications_of(of, framework));
        let classified = past.unwrap_or_default().into_iter();
        let mut steps: Vec<_> = classified
            .map(|step| (step.at, "classified", self.classification_words(&step)))
            .chain(self.study.reviews_of(of).map(|review| (review.at, "review", self.review_words(review))))
            .collect();
        // The latest stands first: there is not always room for all of them.
        steps.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        told.extend(steps.into_iter().map(|(_, what, words)| (what, words)));
        let mut lines = Vec::new();
        for (what, words) in told.into_iter().filter(|(_, words)| !words.trim().is_empty()) {
            let words = format!("{what}: {}", words.split_whitespace().collect::<Vec<_>>().join(" "));
            let rows = wrap(&words, width).into_iter();
            lines.extend(rows.map(|range| words.get(range).unwrap_or_default().trim_end().to_owned()));
        }
        let component = component.map_or_else(String::new, |component| component.abbreviation.clone());
        Some(ReviewRow { of, name, side, component, own, others: others.join(" · "), lines })
    }

    /// A decision and what it was made on, where that is no longer what is there: `bea agreed to Physical capability, before
    /// it was moved`; briefly `bea agreed to C-Ph, since moved`.
    fn decision_words(&self, review: &Review, briefly: bool) -> String {
        let who = self.study.coder_name(review.coder);
        let Some((since, basis)) = self.study.since_review(review).zip(review.basis.as_ref()) else {
            let verb = match review.decision {
                Decision::Agree => "agrees",
                Decision::Question => "asks",
                Decision::Propose => "proposes otherwise",
            };
            return format!("{who} {verb}");
        };
        let did = match (review.decision, since) {
            (Decision::Agree, Since::Redefined) => String::from("agreed"),
            (Decision::Agree, _) => format!("agreed to {}", self.component_seen(&basis.component, briefly)),
            (Decision::Question, _) => String::from("asked"),
            (Decision::Propose, _) => String::from("proposed otherwise"),
        };
        format!("{who} {did}, {}", if briefly { since.in_short() } else { since.words() })
    }

    /// The component that a decision was made on, by its label or, briefly, its abbreviation.
    fn component_seen<'a>(&'a self, label: &'a str, briefly: bool) -> &'a str {
        let known = || self.framework_components().into_iter().find(|component| component.label == label);
        match label {
            "" => "no component",
            label if briefly => known().map_or(label, |component| component.abbreviation.as_str()),
            label => label,
        }
    }

    fn classification_words(&self, step: &PastClassification) -> String {
        let framework = &self.study.settings.framework;
        let to = match &step.component {
            Some(id) => match self.study.components().get(&(framework.clone(), id.clone())) {
                Some(component) => format!("under {}", component.label),
                None => format!("under {id}"),
            },
            None => String::from("no longer by itself"),
        };
        let why = step.reason.as_ref().map_or_else(String::new, |reason| format!(", because: {reason}"));
        format!("{to}, {} by {}{why}", self.time_words(step.at), self.study.coder_name(step.coder))
    }

    fn review_words(&self, review: &Review) -> String {
        let mut words = self.decision_words(review, false);
        if let Some(key) = &review.component {
            let label = self.study.components().get(key).map_or(key.1.as_str(), |component| &component.label);
            words.push_str(&format!(" (under {label})"));
        }
        words.push_str(&format!(", {}", self.time_words(review.at)));
        if !review.comment.is_empty() {
            words.push_str(&format!(": {}", review.comment));
        }
        words
    }

    /// Enter: the quotes of the code; a theme among the themes.
    pub(in crate::app) fn open_reviewed(&mut self) -> Vec<Effect> {
        match self.chosen_review().map(|row| row.of) {
            Some(Classified::Code(code)) => self.open_quotes_of(code),
            Some(Classified::Theme(theme)) => {
                self.go_to_theme(theme);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The next row, or the one before, on which this coder has not decided.
    pub(in crate::app) fn step_undecided(&mut self, forward: bool) {
        let rows = &self.codebook.reviews;
        let (at, all) = (self.codebook.list.chosen, rows.len());
        let open = |place: &usize| rows.get(*place).is_some_and(|row| row.own.is_none());
        let found = if forward { (at + 1..all).find(open) } else { (0..at).rev().find(open) };
        match found {
            Some(place) => self.codebook.list.chosen = place,
            None if forward => self.say("You have decided on every row from here on."),
            None => self.say("You have decided on every row before this one."),
        }
    }

    /// The chosen row is right as it is.
    pub(in crate::app) fn agree(&mut self) -> Vec<Effect> {
        match self.chosen_review().map(|row| row.of) {
            Some(of) => self.decide(of, Decision::Agree, None, ""),
            None => Vec::new(),
        }
    }

    /// Asks what there is to talk about.
    pub(in crate::app) fn ask_question(&mut self) -> Vec<Effect> {
        let Some(of) = self.chosen_review().map(|row| row.of) else { return Vec::new() };
        let asked = Question::ReviewComment(of, Decision::Question, None).asked();
        self.prompt("what is the question", "may be empty", "", asked)
    }

    /// Asks what should be otherwise: the component, or something that only words can say.
    pub(in crate::app) fn ask_proposal(&mut self) -> Vec<Effect> {
        let Some(of) = self.chosen_review().map(|row| row.of) else { return Vec::new() };
        let mut choices: Vec<Choice> = self
            .framework_components()
            .into_iter()
            .map(|component| Choice {
                words: component.label.clone(),
                detail: component.abbreviation.clone(),
                answer: component.position.to_string(),
            })
            .collect();
        choices.push(Choice {
            words: String::from("something else: say it"),
            detail: String::new(),
            answer: OTHERWISE.to_owned(),
        });
        let asked = Question::Propose(of).asked();
        self.choose(Chooser::new("propose", "another component, or something else", choices, asked))
    }

    pub(super) fn propose(&mut self, of: Classified, answer: &str) -> Vec<Effect> {
        let position: Option<u32> = answer.parse().ok();
        let hint = if position.is_some() { "why; may be empty" } else { "what should be otherwise" };
        let asked = Question::ReviewComment(of, Decision::Propose, position).asked();
        self.prompt("say why", hint, "", asked)
    }

    /// Keeps a decision with its comment, and goes on to the next row that is open.
    pub(super) fn decide(
        &mut self,
        of: Classified,
        decision: Decision,
        position: Option<u32>,
        comment: &str,
    ) -> Vec<Effect> {
        let comment = comment.trim();
        if (decision, position) == (Decision::Propose, None) && comment.is_empty() {
            let effects = self.propose(of, OTHERWISE);
            self.refuse("A proposal needs words: what should be otherwise?");
            return effects;
        }
        let is_it = |component: &&&Component| Some(component.position) == position;
        let components = self.framework_components();
        let component = components.iter().find(is_it);
        let component = component.map(|held| (held.framework.clone(), held.id.clone()));
        let id = fresh(&*self.source);
        let review = Review {
            id,
            of,
            coder: self.me.id,
            at: self.source.now(),
            decision,
            comment: comment.to_owned(),
            component,
            basis: Some(self.study.review_basis(id, of)),
        };
        let label = format!("“{}”: {}", self.study.name_of_classified(of), decision.name());
        let said = format!("{label}.");
        let effects = self.commit_because("review", label, vec![Change::create(review)], None);
        if !effects.is_empty() {
            self.say(said);
            self.list_reviews();
            self.codebook.laid = None;
            let rows = &self.codebook.reviews;
            let next = (self.codebook.list.chosen + 1..rows.len()).find(|at| rows[*at].own.is_none());
            self.codebook.list.chosen = next.unwrap_or(self.codebook.list.chosen);
        }
        effects
    }
}
