//! The files of one import while a person looks them over: read once, planned as often as something is said of them.

use std::collections::BTreeSet;

use super::classify::layout_options;
use super::{
    FileReport, Glimpse, ImportOptions, ImportPlan, Layout, SourceContent, SourceFile, Texts, Unread,
    classify, plan,
};
use crate::study::{Change, Coder, NewText, Source, Study};

/// Files that were read, in the order in which they are listed.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    files: Vec<Held>,
}

#[derive(Clone, Debug)]
struct Held {
    source: SourceFile,
    /// The layout it was read by, if one was said.
    layout: Option<Layout>,
    glimpse: Option<Glimpse>,
    /// What the last plan that it was part of said of it.
    report: FileReport,
}

/// One file of a [`Planned`].
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// What would become of it; if it is left out, what would have.
    pub report: FileReport,
    /// How it begins, if it is a transcript.
    pub glimpse: Option<Glimpse>,
}

/// What would happen, file by file, and what must be written for it.
#[derive(Clone, Debug, Default)]
pub struct Planned {
    /// All files, those that are left out too.
    pub files: Vec<PlannedFile>,
    /// See [`ImportPlan::changes`].
    pub changes: Vec<Change>,
    /// See [`ImportPlan::texts`].
    pub texts: Vec<NewText>,
    /// See [`ImportPlan::label`].
    pub label: String,
    /// See [`ImportPlan::notes`].
    pub notes: Vec<String>,
}

impl Batch {
    /// Takes in a file, at the end of the list.
    pub fn add(&mut self, name: &str, bytes: &[u8], options: &ImportOptions) {
        self.files.push(Held::read(name, bytes, options));
    }

    /// Takes in a file that cannot be read, and why.
    pub fn add_unreadable(&mut self, name: &str, why: String) {
        let content = SourceContent::Transcript(Err(why));
        let source = SourceFile { name: name.to_owned(), sha256: String::new(), content };
        self.files.push(Held::of(source, None));
    }

    /// Takes in a file that import does not read, so that it is listed with what to do instead.
    pub fn add_unread(&mut self, unread: &Unread) {
        self.add_unreadable(&unread.file, format!("not read; {}", unread.advice));
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Names of the files that must be read again, because another layout is said of them now.
    #[must_use]
    pub fn outdated(&self, options: &ImportOptions) -> Vec<String> {
        let is_outdated = |held: &&Held| {
            held.is_transcript() && layout_options(&held.source.name, options).layout != held.layout
        };
        self.files.iter().filter(is_outdated).map(|held| held.source.name.clone()).collect()
    }

    /// Takes in the bytes of an [outdated](Batch::outdated) file.
    pub fn read_again(&mut self, name: &str, bytes: &[u8], options: &ImportOptions) {
        if let Some(held) = self.files.iter_mut().find(|held| held.source.name == name) {
            *held = Held::read(name, bytes, options);
        }
    }

    /// Plans all files but those of the names in `out`; see [`plan()`].
    pub fn plan(
        &mut self,
        study: &Study,
        kept: &dyn Texts,
        options: &ImportOptions,
        out: &BTreeSet<String>,
        coder: &Coder,
        source: &dyn Source,
    ) -> Planned {
        let part = |held: &&mut Held| !out.contains(&held.source.name);
        let files = self.files.iter_mut().filter(part).map(|held| held.source.clone()).collect();
        let ImportPlan { reports, changes, texts, label, notes } =
            plan(study, kept, files, options, coder, source);
        for (held, report) in self.files.iter_mut().filter(part).zip(reports) {
            held.report = report;
        }
        let file = |held: &Held| PlannedFile { report: held.report.clone(), glimpse: held.glimpse.clone() };
        Planned { files: self.files.iter().map(file).collect(), changes, texts, label, notes }
    }
}

impl Held {
    fn read(name: &str, bytes: &[u8], options: &ImportOptions) -> Held {
        Held::of(classify(name, bytes, options), layout_options(name, options).layout)
    }

    fn of(source: SourceFile, layout: Option<Layout>) -> Held {
        let report = FileReport::of_file(&source.name, &source.sha256);
        Held { glimpse: Glimpse::of(&source), source, layout, report }
    }

    fn is_transcript(&self) -> bool {
        matches!(self.source.content, SourceContent::Transcript(Ok(_)))
    }
}
