//! Versions of the codebook: named points of the history, and what became of the codebook between two of them.

use super::questions::CodebookQuestion as Question;
use super::{Model, Page};
use crate::app::Effect;
use crate::app::ask::{Choice, Chooser};
use crate::study::{Change, Difference, DifferenceKind, Past, Point, PointId, fresh};
use crate::text::{capitalised, counted, fold_name};

/// What is compared: the earlier point (`None` for the beginning) and the later one (`None` for now).
pub(in crate::app) type Compared = (Option<PointId>, Option<PointId>);

/// The answer that stands for now.
const NOW: &str = "now";

/// One line of the versions or of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionLine {
    /// A version.
    Version {
        /// Its point; `None` for the beginning of the study.
        point: Option<PointId>,
        /// What it is called.
        name: String,
        /// When it was made and how many codes there were.
        detail: String,
    },
    /// What follows is of this kind.
    Heading(String),
    /// One difference, or more about it.
    Difference {
        /// What it says.
        words: String,
        /// Whether it is a line that goes on with the one before it.
        more: bool,
    },
}

impl Model {
    /// Lists the versions of the codebook.
    pub(in crate::app) fn show_versions(&mut self) -> Vec<Effect> {
        self.open_codebook_page(Page::Versions, None)
    }

    /// Asks what to call the codebook as it is now.
    pub(in crate::app) fn ask_freeze(&mut self) -> Vec<Effect> {
        self.prompt("name this version", "such as “after the first six”", "", Question::Freeze.asked())
    }

    pub(super) fn freeze_codebook(&mut self, name: &str) -> Vec<Effect> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let taken = self.study.points().iter().any(|held| fold_name(&held.name) == fold_name(&name));
        let taken = taken.then(|| format!("There is a point “{name}” already: names are unique."));
        if let Some(why) =
            taken.or_else(|| Point::against_name(&name).map(|why| format!("{}.", capitalised(why))))
        {
            return self.ask_name_again(why, "name this version", &name, Question::Freeze);
        }
        let point = Point { id: fresh(&*self.source), name: name.clone() };
        self.codebook.named = Some(point.id);
        let label = format!("codebook frozen as “{name}”");
        let mut effects = self.commit_and_say("freeze_codebook", label, vec![Change::create(point)]);
        if !effects.is_empty() {
            effects.push(Effect::KeepSnapshot(name));
        }
        effects
    }

    /// Enter: what became of the codebook between the chosen version and now.
    pub(in crate::app) fn open_version(&mut self) -> Vec<Effect> {
        match self.codebook.versions.get(self.codebook.list.chosen) {
            Some(VersionLine::Version { point, .. }) => {
                self.codebook.compared = (*point, None);
                self.open_codebook_page(Page::Comparison, None)
            }
            _ => Vec::new(),
        }
    }

    /// Asks with which later version to compare the chosen one.
    pub(in crate::app) fn ask_compare_with(&mut self) -> Vec<Effect> {
        let Some(VersionLine::Version { point, .. }) = self.codebook.versions.get(self.codebook.list.chosen)
        else {
            return Vec::new();
        };
        let earlier = *point;
        let mut choices: Vec<Choice> = Vec::new();
        for line in self.codebook.versions.iter().skip(self.codebook.list.chosen + 1) {
            if let VersionLine::Version { point: Some(point), name, detail } = line {
                let (words, detail) = (name.clone(), detail.clone());
                choices.push(Choice { words, detail, answer: point.to_string() });
            }
        }
        choices.push(Choice { words: NOW.into(), detail: String::new(), answer: NOW.into() });
        let question = format!("compare “{}” with", self.version_name(earlier, true));
        let asked = Question::CompareWith(earlier).asked();
        self.choose(Chooser::new(question, "a later version", choices, asked))
    }

    pub(super) fn compare_with(&mut self, earlier: Option<PointId>, later: &str) -> Vec<Effect> {
        self.codebook.compared = (earlier, later.parse().ok());
        self.open_codebook_page(Page::Comparison, None)
    }

    fn version_name(&self, point: Option<PointId>, earlier: bool) -> String {
        match point.and_then(|id| self.study.points().get(&id)) {
            Some(point) => point.name.clone(),
            None if earlier => String::from("the beginning"),
            None => NOW.to_owned(),
        }
    }

    pub(super) fn list_versions(&mut self) {
        let Some(past) = self.codebook.past() else {
            self.codebook.versions = Vec::new();
            self.codebook.said = self.codebook.lacks_past().unwrap_or_default().to_owned();
            return;
        };
        let (said, lines) = match self.codebook.page {
            Page::Comparison => {
                let (earlier, later) = self.codebook.compared;
                let differences = past.compare(earlier, later);
                let said = format!(
                    "“{}” to “{}” · {}",
                    self.version_name(earlier, true),
                    self.version_name(later, false),
                    counted(differences.len(), "difference", "differences")
                );
                (said, lines_of(&differences, self.size.width))
            }
            _ => {
                let lines = self.version_lines(past);
                (
                    format!(
                        "{} of the codebook",
                        counted(lines.len().saturating_sub(1), "version", "versions")
                    ),
                    lines,
                )
            }
        };
        self.codebook.said = said;
        self.codebook.versions = lines;
        let named = self.codebook.named;
        let is_named = |line: &VersionLine| match line {
            VersionLine::Version { point, .. } => point.is_some() && *point == named,
            _ => false,
        };
        if let Some(at) = self.codebook.versions.iter().position(is_named) {
            self.codebook.list.chosen = at;
            self.codebook.named = None;
        }
    }

    fn version_lines(&self, past: &Past) -> Vec<VersionLine> {
        let mut lines = vec![VersionLine::Version {
            point: None,
            name: String::from("the beginning"),
            detail: String::from("no codes"),
        }];
        lines.extend(past.points().into_iter().map(|point| VersionLine::Version {
            detail: format!("{} · {}", self.time_words(point.at), counted(point.codes, "code", "codes")),
            point: Some(point.point.id),
            name: point.point.name,
        }));
        lines
    }
}

/// The lines of a comparison in so many columns.
fn lines_of(differences: &[Difference], width: u16) -> Vec<VersionLine> {
    let width = usize::from(width.saturating_sub(6)).clamp(20, 100);
    let mut lines = Vec::new();
    for kind in DifferenceKind::ALL {
        let of_kind: Vec<&Difference> = differences.iter().filter(|one| one.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        lines.push(VersionLine::Heading(format!("{} ({})", kind.name(), of_kind.len())));
        for one in of_kind {
            let what = if one.is_theme { "the theme " } else { "" };
            let how = if one.how.is_empty() { String::new() } else { format!(": {}", one.how) };
            let mut say = |words: &str, more: bool| {
                for (at, range) in crate::app::wrap::wrap(words, width).into_iter().enumerate() {
                    let words = words.get(range).unwrap_or_default().trim_end().to_owned();
                    lines.push(VersionLine::Difference { words, more: more || at > 0 });
                }
            };
            match one.how.starts_with(&format!("“{}”", one.name)) {
                // What the history says of it names it already.
                true => say(&one.how, false),
                false => say(&format!("{what}“{}”{how}", one.name), false),
            }
            for reason in &one.reasons {
                say(&format!("because: {reason}"), true);
            }
        }
    }
    lines
}
