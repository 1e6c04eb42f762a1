//! One file of an import, looked into: its speakers, its doubts and how it would be read.

use super::super::wrap::wrap;
use super::super::{Effect, Model};
use crate::import::{FileReport, renamed};
use crate::text::fold_label;

/// Speech is wrapped at most so wide.
const WIDEST: usize = 80;
/// Columns in front of speech: the label, cut off.
pub(crate) const LABEL: u16 = 14;

/// The file that is looked into.
#[derive(Clone, Debug, Default)]
pub struct OpenFile {
    /// Its place in the list of files.
    pub file: usize,
    /// Which of its speakers is chosen.
    pub chosen: usize,
    /// The first line in sight.
    pub top: usize,
    /// All its lines.
    pub lines: Vec<FileLine>,
    /// How many speakers it has.
    speakers: usize,
    /// Bring the chosen speaker in sight.
    follow: bool,
}

/// One line of what is shown of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileLine {
    /// Why it is refused, or part of it.
    Refused(String),
    /// A heading.
    Heading(String),
    /// A speaker: its place in the report, and its words.
    Speaker(usize, usize),
    /// What a codebook changes, or part of it.
    Change(String),
    /// What a person should look at, or part of it.
    Doubt(String),
    /// Part of a turn; the label stands before its first part.
    Speech(Option<String>, String),
    /// Nothing.
    Blank,
}

impl OpenFile {
    /// One step moves among the speakers, then over the lines; more steps over the lines.
    pub(super) fn step(&mut self, by: isize) {
        let next = self.chosen.saturating_add_signed(by);
        if by.unsigned_abs() == 1 && next < self.speakers && next != self.chosen {
            self.chosen = next;
            self.follow = true;
        } else {
            self.top = self.top.saturating_add_signed(by);
        }
    }

    fn fit(&mut self, height: usize) {
        if std::mem::take(&mut self.follow) {
            let chosen = |line: &FileLine| matches!(line, FileLine::Speaker(at, _) if *at == self.chosen);
            let at = self.lines.iter().position(chosen).unwrap_or(0);
            // What stands above the first speaker comes in sight with it.
            let first = if self.chosen == 0 { 0 } else { at };
            self.top =
                self.top.clamp((at + 1).saturating_sub(height), first.max((at + 1).saturating_sub(height)));
        }
        self.top = self.top.min(self.lines.len().saturating_sub(height));
    }
}

impl Model {
    /// Looks into the chosen file.
    pub(in crate::app) fn open_import_file(&mut self) -> Vec<Effect> {
        let preview = &mut self.import_preview;
        if let Some(file) = preview.rows.get(preview.roll.chosen).copied() {
            preview.open = Some(OpenFile { file, ..OpenFile::default() });
        }
        Vec::new()
    }

    /// Looks into the next file of the list, or the one before.
    pub(in crate::app) fn step_import_file(&mut self, by: isize) -> Vec<Effect> {
        let preview = &mut self.import_preview;
        let next = preview.roll.chosen.saturating_add_signed(by);
        if next == preview.roll.chosen || next >= preview.rows.len() {
            self.refuse(if by < 0 { "This is the first file." } else { "This is the last file." });
            return Vec::new();
        }
        preview.roll.chosen = next;
        self.open_import_file()
    }

    pub(super) fn arrange_import_file(&mut self) {
        let body = self.body();
        let Some(file) = self.import_preview.open.as_ref().map(|open| open.file) else { return };
        let lines = self.import_file_lines(file, usize::from(body.width.saturating_sub(2)));
        let speakers = lines.iter().filter(|line| matches!(line, FileLine::Speaker(..))).count();
        let Some(open) = &mut self.import_preview.open else { return };
        (open.lines, open.speakers) = (lines, speakers);
        open.chosen = open.chosen.min(speakers.saturating_sub(1));
        open.fit(usize::from(body.height).max(1));
    }

    fn import_file_lines(&self, file: usize, width: usize) -> Vec<FileLine> {
        let Some(file) = self.import_preview.planned.files.get(file) else { return Vec::new() };
        let said = self.import_preview.said_of(&file.report.file);
        let mut lines = Vec::new();
        if let Some(error) = &file.report.error {
            lines.extend(parts(&advised(self, error), width).map(FileLine::Refused));
            lines.push(FileLine::Blank);
        }
        if let Some(glimpse) = &file.glimpse {
            lines.push(FileLine::Heading(String::from("Speakers")));
            let words = |label: &str| glimpse.words_of(label, &said.rename);
            let speakers = file.report.speakers.iter().enumerate();
            lines.extend(speakers.map(|(at, speaker)| FileLine::Speaker(at, words(&speaker.label))));
            lines.push(FileLine::Blank);
        }
        if !file.report.changes.is_empty() {
            lines.push(FileLine::Heading(String::from("What it changes")));
            for change in &file.report.changes {
                lines.extend(parts(change, width).map(FileLine::Change));
            }
            lines.push(FileLine::Blank);
        }
        if !file.report.doubts.is_empty() {
            lines.push(FileLine::Heading(String::from("To look at")));
            for doubt in &file.report.doubts {
                let what = advised(self, &doubt.what);
                let what = match doubt.line {
                    Some(line) => format!("line {line}: {what}"),
                    None => what,
                };
                lines.extend(parts(&what, width).map(FileLine::Doubt));
            }
            lines.push(FileLine::Blank);
        }
        let Some(glimpse) = &file.glimpse else {
            if file.report.error.is_none() && file.report.doubts.is_empty() {
                lines.push(FileLine::Heading(String::from("Nothing in it is doubtful.")));
            }
            return lines;
        };
        lines.push(FileLine::Heading(match glimpse.turns.len() {
            shown if shown < glimpse.of => {
                format!("The first {shown} of {} turns, as they would be read", glimpse.of)
            }
            _ => String::from("All turns, as they would be read"),
        }));
        let room = width.saturating_sub(usize::from(LABEL)).clamp(10, WIDEST);
        for turn in &glimpse.turns {
            let label = glimpse.speakers.get(turn.speaker).map_or("", |speaker| speaker.label.as_str());
            let mut label = Some(renamed(label, &said.rename).to_owned());
            lines.extend(parts(&turn.speech, room).map(|part| FileLine::Speech(label.take(), part)));
        }
        lines
    }

    /// The speaker that keys act on, with the name of its file.
    pub(super) fn import_speaker(&self) -> Option<(&FileReport, &str)> {
        let open = self.import_preview.open.as_ref()?;
        let report = &self.import_preview.planned.files.get(open.file)?.report;
        let speaker = report.speakers.get(open.chosen)?;
        Some((report, speaker.label.as_str()))
    }

    /// Labels of the file other than the chosen one.
    pub(super) fn other_import_labels(&self) -> Vec<(String, usize)> {
        let Some((report, chosen)) = self.import_speaker() else { return Vec::new() };
        let other = report.speakers.iter().filter(|speaker| fold_label(&speaker.label) != fold_label(chosen));
        other.map(|speaker| (speaker.label.clone(), speaker.turns)).collect()
    }
}

/// What a report advises, in the words of the screen where the command line has an option.
fn advised(model: &Model, advice: &str) -> String {
    let (revise, bind) = (model.keys_of("toggle_import_revision"), model.keys_of("bind_import_speaker"));
    let advice = advice.replace("import it with --revise", &format!("press {revise}"));
    let advice =
        advice.replace("take it with --overwrite-corrections", &format!("press {revise} to take it"));
    let advice = advice.replace(
        "take those of the file there with --overwrite-corrections, or keep those of the study with --keep-corrections",
        &format!("press {revise} to take those of the file there, and once more to keep those of the study"),
    );
    match advice.split_once(": --bind ") {
        Some((advice, _)) => format!("{advice}: choose the label and press {bind}"),
        None => advice,
    }
}

/// The lines of a text that is wrapped.
fn parts(text: &str, width: usize) -> impl Iterator<Item = String> {
    let rows = wrap(text, width.max(10)).into_iter();
    rows.map(|range| text.get(range).unwrap_or_default().trim_end().to_owned())
}
