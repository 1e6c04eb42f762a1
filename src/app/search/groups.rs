//! Who says it: the hits by the groups that the study compares, and the way to those of one group.

use super::Search;
use crate::analysis::{Group, Scope};
use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model, TextField};
use crate::search::FilterNames;
use crate::study::AttributeOf;
use crate::text::counted;

/// The hits of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCount {
    /// Whom it counts.
    pub group: Group,
    /// Participants who speak in a hit.
    pub people: u32,
    /// Participants with imported speech.
    pub of: u32,
    /// Hits that they speak.
    pub hits: u32,
}

/// The hits by the groups of the compared attribute.
#[derive(Clone, Debug)]
pub struct ByGroup {
    /// The answer, the version of the counts, and the attribute that it was made of.
    made_of: (u64, u64, Option<String>),
    /// The groups, in the order of the panels' columns.
    pub groups: Vec<GroupCount>,
}

/// The way back from the hits of one group to those of all.
#[derive(Clone, Debug)]
pub(super) struct Drilled {
    /// The query of all groups.
    whole: String,
    /// The query of the one.
    part: String,
    /// The counts of all groups.
    groups: Vec<GroupCount>,
}

impl Search {
    fn drilled(&self) -> Option<&Drilled> {
        self.drilled.as_ref().filter(|drilled| drilled.part == self.field.text())
    }
}

impl Model {
    /// Counts the hits by group, if that was not done since they or the counts changed.
    pub(super) fn count_groups(&mut self) {
        let Some(answer) = self.search.answer.as_ref().filter(|_| self.complete) else {
            self.search.by_group = None;
            return;
        };
        let made_of = (self.search.answered, self.sheets.version(), self.compared());
        if self.search.by_group.as_ref().is_some_and(|held| held.made_of == made_of) {
            return;
        }
        let scope = Scope::default();
        let counter = self.sheets.counter_by(&self.study, &scope, made_of.2.as_deref());
        let columns = counter.columns().columns.iter();
        let groups = columns.map(|column| {
            let heard = column.people.iter().filter_map(|person| answer.heard.get(person));
            let (people, hits) = heard.fold((0, 0), |(people, hits), more| (people + 1, hits + more));
            GroupCount { group: column.group.clone(), people, of: column.base.all.of, hits }
        });
        self.search.by_group = Some(ByGroup { made_of, groups: groups.collect() });
    }

    /// `clinician 12 of 66 · public 30 of 85`; nothing without groups.
    #[must_use]
    pub fn groups_summary(&self) -> Option<String> {
        let by_group = self.search.by_group.as_ref().filter(|held| !held.groups.is_empty())?;
        let words = |held: &GroupCount| format!("{} {} of {}", held.group.label(), held.people, held.of);
        Some(by_group.groups.iter().map(words).collect::<Vec<_>>().join(" · "))
    }

    /// Lists the groups with their counts, to go to the hits of one.
    pub(in crate::app) fn ask_group(&mut self) -> Vec<Effect> {
        let drilled = self.search.drilled();
        let groups = match (drilled, &self.search.by_group) {
            (Some(drilled), _) => drilled.groups.clone(),
            (None, Some(by_group)) => by_group.groups.clone(),
            (None, None) => Vec::new(),
        };
        if groups.is_empty() {
            let keys = self.keys_of("compare_by");
            self.refuse(format!("No attribute is compared: {keys} chooses one."));
            return Vec::new();
        }
        let all = drilled.map(|drilled| Choice {
            words: String::from("all groups"),
            detail: drilled.whole.clone(),
            answer: String::new(),
        });
        let one = |(at, held): (usize, &GroupCount)| Choice {
            words: held.group.label().to_owned(),
            detail: format!("{} of {} people · {}", held.people, held.of, hits_of(held)),
            answer: at.to_string(),
        };
        let choices: Vec<Choice> = all.into_iter().chain(groups.iter().enumerate().map(one)).collect();
        let chooser = Chooser::new("hits of", "a group", choices, Asked::HitGroup);
        self.choose(chooser)
    }

    /// Finds the hits of one group alone: the query with one more filter, so that it can be read, changed and saved. Marks
    /// stay.
    pub(in crate::app) fn go_to_group(&mut self, answer: &str) -> Vec<Effect> {
        let drilled = self.search.drilled().cloned();
        let Ok(at) = answer.parse::<usize>() else {
            let whole = drilled.map(|drilled| drilled.whole);
            return whole.map_or_else(Vec::new, |whole| self.replace_query(whole));
        };
        let (whole, groups) = match drilled {
            Some(drilled) => (drilled.whole, drilled.groups),
            None => {
                let by_group = self.search.by_group.as_ref();
                let groups = by_group.map(|held| held.groups.clone()).unwrap_or_default();
                (self.search.field.text().trim().to_owned(), groups)
            }
        };
        let group = groups.get(at).map(|held| held.group.clone());
        let Some(filter) = group.and_then(|group| self.filter_of(&group)) else {
            self.refuse("No filter can name that group.");
            return Vec::new();
        };
        let part =
            if whole.contains(' ') { format!("({whole}) {filter}") } else { format!("{whole} {filter}") };
        let effects = self.replace_query(part.clone());
        self.search.drilled = Some(Drilled { whole, part, groups });
        effects
    }

    /// The filter of the query language that finds a group of the compared attribute.
    fn filter_of(&self, group: &Group) -> Option<String> {
        let compared = self.compared()?;
        let attribute = self.study.attribute_named(AttributeOf::Participant, &compared)?;
        let name = FilterNames::of(&self.study).find(&attribute.name)?;
        Some(write_filter(name.word(), &group.cell()))
    }

    fn replace_query(&mut self, query: String) -> Vec<Effect> {
        self.search.remember_query();
        self.leave_mark();
        self.search.field = TextField::new(query);
        self.search.typing = false;
        self.query_replaced()
    }
}

fn hits_of(held: &GroupCount) -> String {
    counted(held.hits as usize, "hit", "hits")
}

/// A filter as it is typed: `group:clinician`, `health_board:"Betsi Cadwaladr"`.
pub(in crate::app) fn write_filter(name: &str, value: &str) -> String {
    let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if plain && !value.is_empty() {
        format!("{name}:{value}")
    } else {
        format!("{name}:\"{}\"", value.replace('"', ""))
    }
}
