//! Splitting a code: its quotes are gone through one by one and dealt out to it and other codes. Until the end nothing is
//! changed; what was dealt is a draft, so that a lost line loses nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::questions::CodebookQuestion as Question;
use super::{Model, Page};
use crate::app::Effect;
use crate::app::ask::Chooser;
use crate::app::laid_quotes::ListedQuote;
use crate::study::{Code, CodeId, CodingId, Deal};
use crate::text::counted;

/// A split that is being made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitDesk {
    /// The code that is split.
    pub code: CodeId,
    /// The codes that are dealt to; the first one is the code itself.
    pub targets: Vec<SplitTarget>,
    /// Where codings go, as places in `targets`. What is not in it stays.
    pub deals: BTreeMap<CodingId, BTreeSet<usize>>,
}

/// A code that quotes are dealt to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitTarget {
    /// The code; `None` for one that is made in the end.
    pub code: Option<CodeId>,
    /// Its name.
    pub name: String,
}

/// What two windows dealt: of a coding that both dealt, mine stands.
pub(in crate::app) fn join_splits(theirs: &str, mine: &str) -> Option<String> {
    let (mut joined, mine): (SplitDesk, SplitDesk) =
        (serde_json::from_str(theirs).ok()?, serde_json::from_str(mine).ok()?);
    let mut places = Vec::new();
    for target in mine.targets {
        let known = joined.targets.iter().position(|held| held.name == target.name);
        places.push(known.unwrap_or(joined.targets.len()));
        if known.is_none() {
            joined.targets.push(target);
        }
    }
    for (coding, to) in mine.deals {
        let to = to.iter().filter_map(|target| places.get(*target).copied()).collect();
        joined.deals.insert(coding, to);
    }
    serde_json::to_string(&joined).ok()
}

/// So many codes have a digit.
const MOST: usize = 9;

impl SplitDesk {
    fn new(code: &Code) -> Self {
        let own = SplitTarget { code: Some(code.id), name: code.name.clone() };
        Self { code: code.id, targets: vec![own], deals: BTreeMap::new() }
    }

    /// Whether anything was dealt.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        !self.deals.is_empty() || self.targets.len() > 1
    }

    /// Rows above the quotes that name the codes.
    #[must_use]
    pub fn head_rows(&self) -> usize {
        // Two beside each other, and a line below them.
        self.targets.len().div_ceil(2) + 1
    }

    /// How many codings go to a target.
    #[must_use]
    pub fn dealt_to(&self, target: usize) -> usize {
        self.deals.values().filter(|to| to.contains(&target)).count()
    }

    fn draft_key(code: CodeId) -> String {
        format!("split:{code}")
    }
}

impl Model {
    /// Begins to split the chosen code, or goes on with it.
    pub(in crate::app) fn begin_split(&mut self) -> Vec<Effect> {
        let code = match self.codebook.page {
            Page::Tree => self.chosen_code(),
            _ => self.codebook.about.and_then(|id| self.study.codes().get(&id)).cloned(),
        };
        let Some(code) = code else { return Vec::new() };
        if self.study.codings_with(code.id).next().is_none() {
            self.refuse(format!(
                "Nothing is coded with “{}” itself: there is nothing to deal out.",
                code.name
            ));
            return Vec::new();
        }
        let effects = self.open_codebook_page(Page::Split, Some(code.id));
        self.take_up_split(&code);
        effects
    }

    /// The split of a code as far as it came.
    fn take_up_split(&mut self, code: &Code) {
        let draft = self.drafts.get(&SplitDesk::draft_key(code.id));
        let kept: Option<SplitDesk> = draft.and_then(|draft| serde_json::from_str(draft).ok());
        if kept.is_some() {
            self.say("This goes on where it was left; nothing is changed yet.");
        }
        let mut split = kept.unwrap_or_else(|| SplitDesk::new(code));
        // What was deleted meanwhile is made anew under its name, if something was dealt to it.
        for target in split.targets.iter_mut().skip(1) {
            let held = target.code.filter(|id| self.study.codes().has(id));
            target.code = held.or_else(|| self.study.code_named(&target.name).map(|code| code.id));
        }
        if let Some(first) = split.targets.first_mut() {
            *first = SplitTarget { code: Some(code.id), name: code.name.clone() };
        }
        split
            .deals
            .retain(|coding, _| self.study.codings().get(coding).is_some_and(|held| held.code == code.id));
        self.codebook.split = Some(split);
    }

    pub(super) fn list_split(&mut self) {
        let Some(code) = self.codebook.about.and_then(|id| self.study.codes().get(&id)).cloned() else {
            self.codebook.turn_to(Page::Tree, None);
            return;
        };
        if self.codebook.split.as_ref().is_none_or(|split| split.code != code.id) {
            self.take_up_split(&code);
        }
        let mut all: Vec<ListedQuote> = Vec::new();
        for transcript in self.study.transcripts_by_name() {
            for quote in self.study.quotes_in(transcript.id) {
                let with = self.study.codings_on(quote.id).filter(|coding| coding.code == code.id);
                all.extend(with.map(ListedQuote::from));
            }
        }
        self.codebook.codings.list(all);
        self.codebook.said = format!("splitting “{}”", code.name);
    }

    /// Deals the chosen quote to the code of that number; `also` besides those that it is dealt to already.
    pub(in crate::app) fn deal_to_number(&mut self, number: usize, also: bool) -> Vec<Effect> {
        let known = self.codebook.split.as_ref().map_or(0, |split| split.targets.len());
        match number.checked_sub(1).filter(|target| *target < known) {
            Some(target) => self.deal(target, also),
            None => {
                let (old, new) = (self.keys_of("deal_to_code"), self.keys_of("deal_to_new"));
                self.refuse(format!("There is no {number} yet: {old} adds a code, {new} a new one."));
                Vec::new()
            }
        }
    }

    fn deal(&mut self, target: usize, also: bool) -> Vec<Effect> {
        let chosen = self.codebook.codings.coding();
        let (Some(coding), Some(split)) = (chosen, &mut self.codebook.split) else { return Vec::new() };
        let to = split.deals.entry(coding).or_default();
        if also {
            // Twice is a way back.
            if !to.remove(&target) {
                to.insert(target);
            }
        } else {
            *to = BTreeSet::from([target]);
            self.codebook.codings.step(1);
        }
        if split.deals.get(&coding).is_some_and(BTreeSet::is_empty) {
            split.deals.remove(&coding);
        }
        self.keep_split()
    }

    /// Lets the chosen quote stay where it is, as if it had not been dealt.
    pub(in crate::app) fn undeal(&mut self) -> Vec<Effect> {
        let chosen = self.codebook.codings.coding();
        if let (Some(coding), Some(split)) = (chosen, &mut self.codebook.split) {
            split.deals.remove(&coding);
        }
        self.keep_split()
    }

    fn keep_split(&mut self) -> Vec<Effect> {
        let Some(split) = &self.codebook.split else { return Vec::new() };
        let key = SplitDesk::draft_key(split.code);
        if !split.is_begun() {
            return self.let_go_of_draft(&key).into_iter().collect();
        }
        let Ok(text) = serde_json::to_string(split) else { return Vec::new() };
        vec![self.keep_draft(key, text)]
    }

    /// Shows these drafts, if they are of the split that is open; whether they are.
    pub(in crate::app) fn show_split_draft(&mut self, keys: &[String]) -> bool {
        let code = self.codebook.split.as_ref().map(|split| split.code);
        let code = code.filter(|code| keys.contains(&SplitDesk::draft_key(*code)));
        let Some(code) = code.and_then(|code| self.study.codes().get(&code)).cloned() else { return false };
        self.take_up_split(&code);
        self.codebook.page == Page::Split
    }

    /// Asks for a code to deal the chosen quote to.
    pub(in crate::app) fn ask_deal_to(&mut self) -> Vec<Effect> {
        let Some(split) = &self.codebook.split else { return Vec::new() };
        let known: Vec<CodeId> = split.targets.iter().filter_map(|target| target.code).collect();
        let choices = self.code_choices(|code| !known.contains(&code.id));
        self.choose(Chooser::new("deal it to", "a few letters of a code", choices, Question::DealTo.asked()))
    }

    pub(super) fn deal_to_code(&mut self, code: CodeId) -> Vec<Effect> {
        let name = self.code_name(code);
        self.deal_to_target(SplitTarget { code: Some(code), name })
    }

    /// Asks for the name of a new code to deal the chosen quote to.
    pub(in crate::app) fn ask_deal_to_new(&mut self) -> Vec<Effect> {
        self.prompt("deal it to a new code", "its name", "", Question::DealToNew.asked())
    }

    pub(super) fn deal_to_new(&mut self, name: &str) -> Vec<Effect> {
        let dealt = self.codebook.split.iter().flat_map(|split| &split.targets);
        let folded = crate::text::fold_name(name);
        let twin = dealt.into_iter().any(|target| crate::text::fold_name(&target.name) == folded);
        match self.study.name_for_code(None, name) {
            Ok(name) if !twin => self.deal_to_target(SplitTarget { code: None, name }),
            Ok(name) => {
                let why = format!("“{name}” is one of the codes that are dealt to already.");
                self.ask_name_again(why, "deal it to a new code", &name, Question::DealToNew)
            }
            Err(error) => {
                self.ask_name_again(error.to_string(), "deal it to a new code", name, Question::DealToNew)
            }
        }
    }

    fn deal_to_target(&mut self, target: SplitTarget) -> Vec<Effect> {
        let Some(split) = &mut self.codebook.split else { return Vec::new() };
        if split.targets.len() == MOST {
            self.refuse(format!("A split deals to {MOST} codes at most; finish this one first."));
            return Vec::new();
        }
        split.targets.push(target);
        let last = split.targets.len() - 1;
        self.deal(last, false)
    }

    /// Says what the split would do and asks for a yes.
    pub(in crate::app) fn ask_split(&mut self) -> Vec<Effect> {
        let Some(split) = &self.codebook.split else { return Vec::new() };
        let mut words = Vec::new();
        for (at, target) in split.targets.iter().enumerate().skip(1) {
            let new = if target.code.is_none() { "new " } else { "" };
            match split.dealt_to(at) {
                0 => {}
                count => words.push(format!("{count} to {new}“{}”", target.name)),
            }
        }
        if words.is_empty() {
            let (old, new) = (self.keys_of("deal_to_code"), self.keys_of("deal_to_new"));
            self.refuse(format!("Nothing is dealt out yet: {old} deals to a code, {new} to a new one."));
            return Vec::new();
        }
        let leaving = split.deals.values().filter(|to| !to.contains(&0)).count();
        let staying = self.codebook.codings.len() - leaving;
        let name = self.code_name(split.code);
        let question = format!(
            "Split “{name}”? {}; {staying} of {} stay.",
            words.join(", "),
            counted(self.codebook.codings.len(), "quote", "quotes")
        );
        self.confirm(question, Question::Split.asked())
    }

    pub(super) fn split_code(&mut self) -> Vec<Effect> {
        let Some(split) = self.codebook.split.clone() else { return Vec::new() };
        let Some(code) = self.study.codes().get(&split.code).cloned() else { return Vec::new() };
        let mut new = Vec::new();
        let mut ids = Vec::new();
        for target in &split.targets {
            ids.push(target.code.unwrap_or_else(|| {
                let made = self.study.code_to_split_off(&code, &target.name, &*self.source);
                let id = made.id;
                new.push(made);
                id
            }));
        }
        let deal = |(coding, to): (&CodingId, &BTreeSet<usize>)| Deal {
            coding: *coding,
            to: to.iter().filter_map(|target| ids.get(*target).copied()).collect(),
        };
        let deals: Vec<Deal> = split.deals.iter().map(deal).collect();
        let used = |at: &usize| split.dealt_to(*at) > 0;
        let names: Vec<String> = (1..split.targets.len())
            .filter(used)
            .filter_map(|at| split.targets.get(at).map(|target| format!("“{}”", target.name)))
            .collect();
        let label = format!("“{}” split, dealt to {}", code.name, names.join(", "));
        let changes = self.study.split_code(code.id, &deals, &new, &*self.source).map(|split| split.changes);
        let mut effects = self.shape("split_code", changes, label);
        if !effects.is_empty() {
            self.codebook.split = None;
            effects.extend(self.let_go_of_draft(&SplitDesk::draft_key(code.id)));
            self.codebook.turn_to(Page::Tree, None);
            self.choose_code(code.id);
        }
        effects
    }
}
