//! The screen of what an import would do, before it is done: a row for each file, and one file looked into.
//!
//! The files are read and the plan is made elsewhere ([`Effect::ReadImport`], [`Effect::PlanImport`]); what is said of a
//! file here changes the options, and the plan is asked for again. Nothing is done until all of it is carried out as
//! one action.

mod file;
mod labels;

use std::collections::BTreeSet;

pub(crate) use file::LABEL;
pub use file::{FileLine, OpenFile};

use super::layer::Layer;
use super::listed::Roll;
use super::{Effect, LayerName, Model, Screen, TextField};
use crate::import::{FileOptions, FileReport, ImportOptions, Planned, PlannedFile, Status, summarise};
use crate::study::{ActionId, BothChanged, Step};

/// The `:` command that this screen begins with.
const COMMAND: &str = "import";

/// How far the reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was asked for.
    #[default]
    Empty,
    /// So many of so many files are read; 0 of 0 while they are being looked for.
    Reading(usize, usize),
    /// All files are read and planned at least once.
    Ready,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct ImportPreview {
    /// The choice among the rows.
    pub roll: Roll,
    /// What was asked for, as typed.
    pub path: String,
    /// How far the reading is.
    pub stage: Stage,
    /// A newer plan is being made than the one shown.
    pub is_planning: bool,
    /// Files that a person should look at stand first.
    pub doubtful_first: bool,
    /// The file that is looked into.
    pub open: Option<OpenFile>,
    /// The rows: places in the list of files.
    pub rows: Vec<usize>,
    /// The last plan.
    planned: Planned,
    /// What is said of the files.
    said: Said,
    /// What was said before each of the last sayings, for taking them back.
    before: Vec<Said>,
    /// Counts what was asked for: answers to older questions are dropped.
    generation: u64,
    /// Where to go back to.
    from: Screen,
    /// The import that is on its way to disk, and what it brings in words.
    carried_out: Option<(ActionId, String)>,
}

/// What a person says of the files before they are taken in.
#[derive(Clone, Debug, Default, PartialEq)]
struct Said {
    options: ImportOptions,
    /// Names of the files that are left out.
    out: BTreeSet<String>,
    /// Names of those in which the study's words were to stand and could not.
    not_kept: BTreeSet<String>,
}

impl ImportPreview {
    /// All files, as the last plan has them.
    #[must_use]
    pub fn files(&self) -> &[PlannedFile] {
        &self.planned.files
    }

    /// Whether a file is left out.
    #[must_use]
    pub fn is_out(&self, file: &PlannedFile) -> bool {
        self.said.out.contains(&file.report.file)
    }

    /// What no single file is to blame for.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.planned.notes
    }

    /// Whether files were read.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.stage == Stage::Ready && !self.is_planning
    }

    /// Whether files are being looked at.
    pub(super) fn is_open(&self) -> bool {
        self.stage != Stage::Empty
    }

    /// The key table of the screen.
    #[must_use]
    pub fn layer(&self) -> LayerName {
        if self.open.is_some() { LayerName::ImportFile } else { LayerName::Import }
    }

    /// The screen to be remembered as the place: an import is not gone on with at the next start.
    #[must_use]
    pub fn place(&self) -> Screen {
        self.from
    }

    /// Whether something was said of files that are not taken in yet.
    pub(super) fn has_sayings(&self) -> bool {
        self.said != Said::default()
    }

    /// Who speaks in the files, as the last plan has it: names of participants.
    fn people(&self) -> BTreeSet<String> {
        let taken = self.planned.files.iter().filter(|file| !self.is_out(file));
        taken
            .flat_map(|file| &file.report.speakers)
            .filter_map(|speaker| speaker.participant.clone())
            .collect()
    }

    /// What is said of a file alone.
    fn said_of(&self, file: &str) -> FileOptions {
        self.said.options.files.get(file).cloned().unwrap_or_default()
    }

    /// The file that keys act on.
    fn here(&self) -> Option<&PlannedFile> {
        let at = match &self.open {
            Some(open) => open.file,
            None => *self.rows.get(self.roll.chosen)?,
        };
        self.planned.files.get(at)
    }

    /// Lists all files anew. A plan that answers a doubt moves no row: who goes from file to file meets each of them.
    fn list(&mut self) {
        let kept = self.rows.get(self.roll.chosen).copied();
        self.rows = (0..self.planned.files.len()).collect();
        if self.doubtful_first {
            let files = &self.planned.files;
            self.rows.sort_by_key(|at| files.get(*at).map(|file| trust(&file.report)));
        }
        let place = kept.and_then(|kept| self.rows.iter().position(|at| *at == kept));
        self.roll.chosen = place.unwrap_or(self.roll.chosen).min(self.rows.len().saturating_sub(1));
    }
}

/// The lower, the more a person should look at it.
fn trust(report: &FileReport) -> (bool, std::cmp::Reverse<usize>) {
    (report.status != Status::Refused, std::cmp::Reverse(report.doubts.len()))
}

impl Model {
    /// Opens the `:` line with the command begun, so that a path can be typed.
    pub(super) fn ask_import(&mut self) -> Vec<Effect> {
        let field = TextField::new(format!("{COMMAND} "));
        self.layers.push(Layer::Line(super::command::Line::of(field)));
        self.line_changed()
    }

    /// Reads a file or a folder and shows what would be taken in.
    pub(super) fn preview_import(&mut self, path: &str) -> Vec<Effect> {
        if path.is_empty() {
            return self.ask_import();
        }
        let from = if self.screen == Screen::Import { self.import_preview.from } else { self.screen };
        let before = std::mem::take(&mut self.import_preview);
        let is_gone_on_with = before.path == path;
        self.import_preview = ImportPreview {
            path: path.to_owned(),
            stage: Stage::Reading(0, 0),
            generation: before.generation + 1,
            doubtful_first: before.doubtful_first,
            carried_out: before.carried_out,
            said: if is_gone_on_with { before.said } else { Said::default() },
            before: if is_gone_on_with { before.before } else { Vec::new() },
            from,
            ..ImportPreview::default()
        };
        self.layers.clear();
        self.screen = Screen::Import;
        let (generation, coder) = (self.import_preview.generation, self.me.clone());
        vec![Effect::ReadImport { generation, path: path.to_owned(), coder }]
    }

    /// Asks for another plan.
    fn plan_import(&mut self) -> Vec<Effect> {
        let preview = &mut self.import_preview;
        preview.generation += 1;
        preview.is_planning = true;
        vec![Effect::PlanImport {
            generation: preview.generation,
            options: Box::new(preview.said.options.clone()),
            out: preview.said.out.clone(),
            coder: self.me.clone(),
        }]
    }

    /// Says something of the files, and asks for another plan.
    fn say_of_import(&mut self, change: impl FnOnce(&mut Said)) -> Vec<Effect> {
        let preview = &mut self.import_preview;
        let before = preview.said.clone();
        change(&mut preview.said);
        if preview.said != before {
            preview.before.push(before);
        }
        self.plan_import()
    }

    /// Takes back what was said last of the files.
    pub(super) fn unsay_of_import(&mut self) -> Vec<Effect> {
        let Some(before) = self.import_preview.before.pop() else {
            self.refuse("Nothing was said of these files that could be taken back.");
            return Vec::new();
        };
        self.import_preview.said = before;
        self.say("Took back what was said last of these files.");
        self.plan_import()
    }

    /// So many files are read.
    pub(super) fn import_progress(&mut self, generation: u64, done: usize, of: usize) {
        if generation == self.import_preview.generation {
            self.import_preview.stage = Stage::Reading(done, of);
        }
    }

    /// A plan is here.
    pub(super) fn import_planned(&mut self, generation: u64, planned: Planned) -> Vec<Effect> {
        let preview = &mut self.import_preview;
        if generation != preview.generation || preview.stage == Stage::Empty {
            return Vec::new();
        }
        let is_first = preview.stage != Stage::Ready;
        preview.planned = planned;
        preview.stage = Stage::Ready;
        preview.is_planning = false;
        if preview.rows.len() != preview.planned.files.len() {
            preview.list();
        }
        // The first plan knows nothing of what was said when these files were looked at before.
        if is_first && preview.said != Said::default() { self.plan_import() } else { Vec::new() }
    }

    /// There will be no plan.
    pub(super) fn import_failed(&mut self, generation: u64, sentence: &str) -> Vec<Effect> {
        if generation != self.import_preview.generation {
            return Vec::new();
        }
        self.waiting.clear();
        if matches!(self.import_preview.stage, Stage::Ready) {
            self.import_preview.is_planning = false;
        } else {
            self.leave_import();
        }
        self.trouble(sentence);
        Vec::new()
    }

    /// Esc: out of the file, or off the screen. The study is as it was, and what was said of the files is kept for when
    /// the same path is looked at again.
    pub(super) fn leave_import(&mut self) -> Vec<Effect> {
        if self.import_preview.open.take().is_some() {
            return Vec::new();
        }
        let (path, said) = (self.import_preview.path.clone(), self.import_preview.said.clone());
        let before = std::mem::take(&mut self.import_preview.before);
        self.screen = self.import_preview.from;
        let effects = self.forget_import();
        if said != Said::default() {
            self.say(format!(
                "Nothing was imported; `:{COMMAND} {path}` goes on with what you said of its files."
            ));
            let preview = &mut self.import_preview;
            (preview.path, preview.said, preview.before) = (path, said, before);
        }
        effects
    }

    fn forget_import(&mut self) -> Vec<Effect> {
        let before = std::mem::take(&mut self.import_preview);
        self.import_preview.generation = before.generation + 1;
        self.import_preview.doubtful_first = before.doubtful_first;
        self.import_preview.from = before.from;
        self.import_preview.carried_out = before.carried_out;
        vec![Effect::ForgetImport]
    }

    /// Lists files that a person should look at first, or all by name again.
    pub(super) fn list_doubtful_first(&mut self) -> Vec<Effect> {
        let preview = &mut self.import_preview;
        preview.doubtful_first = !preview.doubtful_first;
        preview.list();
        let said =
            if preview.doubtful_first { "Refused and doubtful files first." } else { "Files by name." };
        self.say(said);
        Vec::new()
    }

    /// Leaves a file out, or takes it in again.
    pub(super) fn toggle_import_file(&mut self) -> Vec<Effect> {
        let Some(name) = self.import_preview.here().map(|file| file.report.file.clone()) else {
            return Vec::new();
        };
        self.say_of_import(|said| {
            if !said.out.remove(&name) {
                said.out.insert(name);
            }
        })
    }

    /// Takes another text under a known name as its next revision; where that is refused because the study changed the same,
    /// takes the words of the file there, then those of the study; then refuses it again. Where those of the study cannot stand, the
    /// file can be taken as it is, and that is the last.
    pub(super) fn toggle_import_revision(&mut self) -> Vec<Effect> {
        use BothChanged::{KeepStudy, Refuse, TakeFile};
        let Some(file) = self.import_preview.here() else { return Vec::new() };
        let (name, refused) = (file.report.file.clone(), file.report.status == Status::Refused);
        let said = self.import_preview.said_of(&name);
        let not_kept = said.both_changed == KeepStudy && refused;
        let was_not_kept = self.import_preview.said.not_kept.contains(&name);
        let (revise, both, words) = match (said.revise, said.both_changed) {
            (true, KeepStudy) if refused => (true, TakeFile, "As the next revision, as it is in the file."),
            (true, TakeFile) if was_not_kept => (false, Refuse, "Not as a revision."),
            (false, _) => (true, Refuse, "As the next revision of what is there."),
            (true, Refuse) if refused => {
                (true, TakeFile, "As the next revision, with the file’s words where both changed the same.")
            }
            (true, TakeFile) => {
                (true, KeepStudy, "As the next revision, with the study’s words where both changed the same.")
            }
            (true, _) => (false, Refuse, "Not as a revision."),
        };
        let effects = self.say_of_import(|said| {
            let of_file = said.options.files.entry(name.clone()).or_default();
            (of_file.revise, of_file.both_changed) = (revise, both);
            said.not_kept.remove(&name);
            said.not_kept.extend(not_kept.then_some(name));
        });
        self.say(words);
        effects
    }

    /// Makes codes that a list of codings names, or refuses such a list again.
    pub(super) fn toggle_import_codes(&mut self) -> Vec<Effect> {
        let makes = !self.import_preview.said.options.new_codes;
        let effects = self.say_of_import(|said| said.options.new_codes = makes);
        self.say(match makes {
            true => "Codes that a list of codings names are made where the codebook has none.",
            false => "A list of codings may name only codes of the codebook.",
        });
        effects
    }

    /// Says something of one file and asks for another plan.
    fn say_of_file(&mut self, name: &str, change: impl FnOnce(&mut FileOptions)) -> Vec<Effect> {
        self.say_of_import(|said| change(said.options.files.entry(name.to_owned()).or_default()))
    }

    /// Takes in all files that are not left out, as one action.
    pub(super) fn carry_out_import(&mut self) -> Vec<Effect> {
        let planned = std::mem::take(&mut self.import_preview.planned);
        if planned.changes.is_empty() {
            self.refuse(format!("Nothing is to be done: {}.", self.import_summary(&planned)));
            self.import_preview.planned = planned;
            return Vec::new();
        }
        let said = self.import_summary(&planned);
        let names: Vec<String> =
            planned.files.iter().filter_map(|file| file.report.transcript.clone()).collect();
        // Turns of a text that is refused below belong to no revision and are never looked at.
        for text in &planned.texts {
            self.veil.add_turns(&mut self.study, &text.turns.clone().into());
        }
        let Planned { changes, texts, label, .. } = planned;
        let step = Step { command: COMMAND.into(), label, changes, ..Step::default() };
        match self.commit_step(step, texts) {
            Ok((id, mut effects)) => {
                self.me = self.study.known_coder(&self.me);
                effects.extend(self.forget_import());
                self.import_preview.carried_out = Some((id, said.clone()));
                self.screen = Screen::Transcripts;
                let first = names.iter().find_map(|name| self.study.transcript_named(name));
                let first = first.map(|transcript| transcript.id);
                self.transcripts.list.forget();
                self.transcripts.list.choose_when_listed(first);
                self.say(format!("Importing {said} …"));
                effects
            }
            Err(conflict) => {
                let effects = self.plan_import();
                self.refuse(format!(
                    "Not done: {conflict}. The study changed meanwhile: look at the new plan, then do it again."
                ));
                effects
            }
        }
    }

    /// `12 files: 8 new, 1 refused; 4 doubts to look at`, of those that are not left out.
    fn import_summary(&self, planned: &Planned) -> String {
        let out = |file: &&PlannedFile| !self.import_preview.is_out(file);
        let reports: Vec<FileReport> =
            planned.files.iter().filter(out).map(|file| file.report.clone()).collect();
        summarise(&reports)
    }

    /// The same for the screen.
    #[must_use]
    pub fn import_words(&self) -> String {
        let preview = &self.import_preview;
        match preview.stage {
            Stage::Empty => String::new(),
            Stage::Reading(_, 0) => String::from("looking for files …"),
            Stage::Reading(done, of) if done == of => String::from("planning …"),
            Stage::Reading(done, of) => format!("reading {done} of {of} files …"),
            Stage::Ready => self.import_summary(&preview.planned),
        }
    }

    /// An import is on disk: says how all of it can be taken back.
    pub(super) fn import_committed(&mut self, action: ActionId, seq: u64) {
        if let Some((_, said)) = self.import_preview.carried_out.take_if(|(held, _)| *held == action) {
            let keys = self.keys_of("show_history");
            self.say(format!("Action {seq} imported {said}. The history ({keys}) takes it back."));
        }
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_import_preview(&mut self) {
        // One row is the header of the columns.
        let height = usize::from(self.body().height.saturating_sub(1));
        let preview = &mut self.import_preview;
        preview.roll.settle(preview.rows.len(), height);
        self.arrange_import_file();
    }

    /// Moves the choice.
    pub(super) fn step_import_preview(&mut self, by: isize) {
        let preview = &mut self.import_preview;
        match &mut preview.open {
            Some(open) => open.step(by),
            None => preview.roll.step(by, preview.rows.len()),
        }
    }
}
