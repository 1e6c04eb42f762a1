//! The past of the codebook, read from the history: since when a definition stands, when a code came, what the codebook
//! was at a named point, and what happened between two of them.

mod compare;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use compare::{Difference, DifferenceKind};

use jiff::Timestamp;

use super::{
    Action, ActionId, Change, Classification, Classified, Code, CodeId, CoderId, Keyed, Point, PointId,
    Record, Study, Theme, ThemeId,
};

/// The kinds of records that the past of the codebook is made of, as [`Record::kind`] names them.
pub const CODEBOOK_KINDS: [&str; 4] = ["codes", "themes", "classifications", "points"];

/// Actions on the codebook, oldest first, with their changes of [`CODEBOOK_KINDS`] alone.
#[derive(Clone, Debug, Default)]
pub struct Past {
    actions: Vec<Action>,
}

/// The codebook as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Codes.
    pub codes: BTreeMap<CodeId, Code>,
    /// Themes.
    pub themes: BTreeMap<ThemeId, Theme>,
    /// Classifications by what is classified and under which framework.
    pub classifications: BTreeMap<(Classified, String), Classification>,
}

/// A named point with the time it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastPoint {
    /// The point.
    pub point: Point,
    /// When it was made.
    pub at: Timestamp,
    /// How many codes there were.
    pub codes: usize,
}

/// One step of how something was classified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastClassification {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub coder: CoderId,
    /// The component it came under; `None` if its own classification was taken away.
    pub component: Option<String>,
    /// Why, if it was said.
    pub reason: Option<String>,
}

impl Past {
    /// From actions in the order of the history.
    #[must_use]
    pub fn new(actions: Vec<Action>) -> Self {
        Self { actions }
    }

    /// When a code came into being; `None` if the history does not know it.
    #[must_use]
    pub fn created(&self, code: CodeId) -> Option<Timestamp> {
        let made = |action: &&Action| {
            action
                .changes
                .iter()
                .any(|change| change.before.is_none() && code_of(change.after.as_ref(), code).is_some())
        };
        self.actions.iter().find(made).map(|action| action.at)
    }

    /// Since when the definitions of codes say what they say now: when what a code means, what to include or what to exclude last
    /// changed. One that says what it said at first is not among them; one that is gone since may be.
    ///
    /// An undo brings back what was there before, with the time since when it was there.
    #[must_use]
    pub fn definitions_since(&self) -> BTreeMap<CodeId, Timestamp> {
        let mut since: BTreeMap<CodeId, Timestamp> = BTreeMap::new();
        // What each action found, for the undo that takes it back.
        let mut found: BTreeMap<(ActionId, CodeId), Option<Timestamp>> = BTreeMap::new();
        for action in &self.actions {
            for change in &action.changes {
                let Some(code) = redefined(change) else { continue };
                found.insert((action.id, code), since.get(&code).copied());
                match action.undoes.and_then(|undone| found.get(&(undone, code)).copied()) {
                    Some(Some(earlier)) => since.insert(code, earlier),
                    Some(None) => since.remove(&code),
                    None => since.insert(code, action.at),
                };
            }
        }
        since
    }

    /// How a code or theme was classified under a framework, oldest first.
    #[must_use]
    pub fn classifications_of(&self, of: Classified, framework: &str) -> Vec<PastClassification> {
        let is_it = |held: &&Classification| held.of == of && held.framework == framework;
        let under = |record: Option<&Record>| match record {
            Some(Record::Classification(held)) => Some(held).filter(is_it).map(|held| held.component.clone()),
            _ => None,
        };
        let mut steps = Vec::new();
        for action in &self.actions {
            for change in &action.changes {
                let (before, after) = (under(change.before.as_ref()), under(change.after.as_ref()));
                if before != after {
                    let (at, coder, reason) = (action.at, action.coder, action.reason.clone());
                    steps.push(PastClassification { at, coder, component: after, reason });
                }
            }
        }
        steps
    }

    /// Named points, oldest first, as far as they still exist.
    #[must_use]
    pub fn points(&self) -> Vec<PastPoint> {
        let mut points: Vec<PastPoint> = Vec::new();
        let mut version = Version::default();
        for action in &self.actions {
            version.take(action);
            for change in &action.changes {
                match (&change.before, &change.after) {
                    (None, Some(Record::Point(point))) => points.push(PastPoint {
                        point: point.clone(),
                        at: action.at,
                        codes: version.codes.len(),
                    }),
                    (Some(Record::Point(gone)), None) => points.retain(|held| held.point.id != gone.id),
                    _ => {}
                }
            }
        }
        points
    }

    /// The codebook at a point, or now without one.
    #[must_use]
    pub fn version(&self, point: Option<PointId>) -> Version {
        let mut version = Version::default();
        for action in self.until(point) {
            version.take(action);
        }
        version
    }

    /// The actions up to a point with that which made it, or all of them.
    fn until(&self, point: Option<PointId>) -> &[Action] {
        let makes = |action: &Action| {
            action.changes.iter().any(|change| {
                matches!((&change.before, &change.after), (None, Some(Record::Point(made))) if Some(made.id) == point)
            })
        };
        let end = self.actions.iter().rposition(makes).filter(|_| point.is_some());
        self.actions.get(..end.map_or(self.actions.len(), |end| end + 1)).unwrap_or_default()
    }

    /// What happened between two points, the earlier one first; without one, the beginning of the study or now.
    #[must_use]
    pub fn compare(&self, earlier: Option<PointId>, later: Option<PointId>) -> Vec<Difference> {
        let to = self.until(later);
        let from = earlier.map_or(0, |point| self.until(Some(point)).len());
        let (before, after) = match earlier {
            Some(point) => (self.version(Some(point)), self.version(later)),
            None => (Version::default(), self.version(later)),
        };
        compare::differences(&before, &after, to.get(from..).unwrap_or_default())
    }
}

impl Version {
    /// The codebook as it stands in a study.
    #[must_use]
    pub fn of(study: &Study) -> Version {
        Version {
            codes: study.codes().iter().map(|code| (code.id, code.clone())).collect(),
            themes: study.themes().iter().map(|theme| (theme.id, theme.clone())).collect(),
            classifications: study
                .classifications()
                .iter()
                .map(|held| ((held.of, held.framework.clone()), held.clone()))
                .collect(),
        }
    }

    /// What differs in a later version of which no action is known yet, and so no reason.
    #[must_use]
    pub fn differences(&self, later: &Version) -> Vec<Difference> {
        compare::differences(self, later, &[])
    }

    fn take(&mut self, action: &Action) {
        for change in &action.changes {
            match (&change.before, &change.after) {
                (_, Some(Record::Code(code))) => {
                    self.codes.insert(code.id, code.clone());
                }
                (Some(Record::Code(code)), None) => {
                    self.codes.remove(&code.id);
                }
                (_, Some(Record::Theme(theme))) => {
                    self.themes.insert(theme.id, theme.clone());
                }
                (Some(Record::Theme(theme)), None) => {
                    self.themes.remove(&theme.id);
                }
                (_, Some(Record::Classification(held))) => {
                    self.classifications.insert(held.key(), held.clone());
                }
                (Some(Record::Classification(held)), None) => {
                    self.classifications.remove(&held.key());
                }
                _ => {}
            }
        }
    }
}

fn code_of(record: Option<&Record>, code: CodeId) -> Option<&Code> {
    match record {
        Some(Record::Code(held)) if held.id == code => Some(held),
        _ => None,
    }
}

/// The code that a change gives another definition than it had: one that tells a coder to do something else. The example and
/// the name are not the rule.
#[must_use]
pub fn redefined(change: &Change) -> Option<CodeId> {
    fn rule(code: &Code) -> [&str; 3] {
        [&code.definition, &code.include, &code.exclude]
    }
    match (&change.before, &change.after) {
        (Some(Record::Code(before)), Some(Record::Code(after))) => {
            (rule(before) != rule(after)).then_some(after.id)
        }
        _ => None,
    }
}
