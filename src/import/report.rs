//! What import says of each file: to scripts as JSON, to people as a line.

use std::fmt::Write;

use serde::Serialize;

use super::Doubt;
use super::draft::DraftTranscript;
use super::unread::Unread;
use crate::study::Kind;
use crate::text::{counted, thousands};

/// How many changes of a codebook a report lists.
const MOST_CHANGES: usize = 20;

/// What became of one file. Its JSON has all keys, always; those that are about transcripts are null or empty for
/// tables and for files that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileReport {
    /// Path as given.
    pub file: String,
    /// SHA-256 of the file's bytes, lower-case hexadecimal; empty if they were not read.
    pub sha256: String,
    /// Short name of the transcript.
    pub transcript: Option<String>,
    /// Interview or focus group.
    pub kind: Option<Kind>,
    /// Encoding in words.
    pub encoding: Option<String>,
    /// Layout of a transcript in words; of a table, what it is (`participants`).
    pub layout: Option<String>,
    /// How many turns.
    pub turns: Option<usize>,
    /// How many caption cues the file had; 0 if it is no caption file.
    pub cues: Option<usize>,
    /// Words of speech (UAX #29), labels not counted.
    pub words: Option<usize>,
    /// Those of them that participants say: what is counted as theirs on screens. Not in the JSON.
    #[serde(skip)]
    pub words_of_participants: Option<usize>,
    /// Labels in order of first appearance.
    pub speakers: Vec<SpeakerReport>,
    /// The first time in the recording, in seconds.
    pub first_time: Option<f64>,
    /// The last time in the recording, in seconds.
    pub last_time: Option<f64>,
    /// What a codebook changes of the one that was there, or what a review sheet decides, a line each. Not in the JSON.
    #[serde(skip)]
    pub changes: Vec<String>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
    /// What became of it.
    pub status: Status,
    /// Why it was refused, in a sentence.
    pub error: Option<String>,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It brings something that was not there.
    New,
    /// It is here already: nothing changes.
    Same,
    /// It changes what was there.
    Revised,
    /// Nothing of it is taken in.
    Refused,
}

impl Status {
    /// The word of reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Same => "same",
            Status::Revised => "revised",
            Status::Refused => "refused",
        }
    }
}

/// One label of a transcript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpeakerReport {
    /// The label as first written, or as renamed.
    pub label: String,
    /// How many turns have it.
    pub turns: usize,
    /// Who speaks under it; null if the file was refused.
    pub role: Option<String>,
    /// The participant's name, if it is one.
    pub participant: Option<String>,
}

impl FileReport {
    /// A file of which nothing is known but its bytes.
    #[must_use]
    pub fn of_file(file: &str, sha256: &str) -> Self {
        Self {
            file: file.to_owned(),
            sha256: sha256.to_owned(),
            transcript: None,
            kind: None,
            encoding: None,
            layout: None,
            turns: None,
            cues: None,
            words: None,
            words_of_participants: None,
            speakers: Vec::new(),
            first_time: None,
            last_time: None,
            changes: Vec::new(),
            doubts: Vec::new(),
            status: Status::Same,
            error: None,
        }
    }

    /// What a transcript says of itself, before anybody is bound to its labels.
    #[must_use]
    pub(super) fn of_draft(file: &str, draft: &DraftTranscript) -> Self {
        let turns_of = |at: usize| draft.turns.iter().filter(|turn| turn.speaker == at).count();
        let label = |(at, label): (usize, &String)| SpeakerReport {
            label: label.clone(),
            turns: turns_of(at),
            role: None,
            participant: None,
        };
        let speech = draft.turns.iter().filter_map(|turn| turn.speech.slice(&draft.text));
        let times = times(draft);
        Self {
            transcript: Some(draft.name.clone()),
            kind: Some(draft.kind),
            encoding: Some(draft.encoding.clone()),
            layout: Some(draft.layout.clone()),
            turns: Some(draft.turns.len()),
            cues: Some(draft.cues),
            words: Some(speech.map(crate::text::count_words).sum()),
            speakers: draft.speakers.iter().map(|speaker| &speaker.label).enumerate().map(label).collect(),
            first_time: times.first().copied().map(seconds),
            last_time: times.last().copied().map(seconds),
            doubts: draft.doubts.clone(),
            ..Self::of_file(file, &draft.sha256)
        }
    }

    /// The same file, refused.
    #[must_use]
    pub(super) fn refused(self, why: String) -> Self {
        Self { status: Status::Refused, error: Some(why), ..self }
    }

    /// Its line for people, without speakers and doubts.
    fn describe(&self) -> String {
        if let Some(error) = &self.error {
            return error.clone();
        }
        let Some(transcript) = &self.transcript else {
            return self.layout.clone().unwrap_or_default();
        };
        let mut line = transcript.clone();
        if let Some(kind) = self.kind {
            let _ = write!(line, " · {}", kind.name().replace('_', " "));
        }
        if let Some(layout) = &self.layout {
            let _ = write!(line, " · {layout}");
        }
        if let Some(turns) = self.turns {
            let _ = write!(line, " · {}", counted(turns, "turn", "turns"));
        }
        match (self.words, self.words_of_participants) {
            (Some(all), Some(theirs)) => {
                let theirs = counted(theirs, "word of participants", "words of participants");
                let _ = write!(line, " · {theirs}, {} in all", thousands(all));
            }
            (Some(all), None) => {
                let _ = write!(line, " · {}", counted(all, "word", "words"));
            }
            (None, _) => {}
        }
        line
    }
}

impl SpeakerReport {
    fn describe(&self) -> String {
        let label = if self.label.is_empty() { "(no label)" } else { &self.label };
        match self.participant.as_deref().or(self.role.as_deref()) {
            Some(who) => format!("{label} = {who}"),
            None => label.to_owned(),
        }
    }
}

/// Times of turns, or of marks in the text if no turn has one, in milliseconds.
fn times(draft: &DraftTranscript) -> Vec<u32> {
    let turns: Vec<u32> = draft.turns.iter().filter_map(|turn| turn.start_ms).collect();
    if turns.is_empty() { draft.times.iter().map(|mark| mark.ms).collect() } else { turns }
}

fn seconds(ms: u32) -> f64 {
    f64::from(ms) / 1000.0
}

/// The report for people: a line for each file, below it who speaks and what is doubtful, then the files that were not
/// read, and a summary. Lines are as long as they come: whoever prints them knows the width.
#[must_use]
pub fn render(reports: &[FileReport], unread: &[Unread]) -> String {
    let width = reports.iter().map(|report| report.file.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for report in reports {
        let _ = writeln!(text, "{:width$}  {:7}  {}", report.file, report.status.name(), report.describe());
        let speakers: Vec<String> = report.speakers.iter().map(SpeakerReport::describe).collect();
        if report.error.is_none() && !speakers.is_empty() {
            let _ = writeln!(text, "    {}", speakers.join(", "));
        }
        for change in report.changes.iter().take(MOST_CHANGES) {
            let _ = writeln!(text, "    {change}");
        }
        let further = report.changes.len().saturating_sub(MOST_CHANGES);
        if further > 0 {
            let _ = writeln!(
                text,
                "    and {} more, which the import screen lists",
                counted(further, "change", "changes")
            );
        }
        for doubt in &report.doubts {
            let _ = match doubt.line {
                Some(line) => writeln!(text, "    line {line}: {}", doubt.what),
                None => writeln!(text, "    {}", doubt.what),
            };
        }
    }
    for file in unread {
        let _ = writeln!(text, "{file}");
    }
    text.push_str(&summarise(reports));
    if !unread.is_empty() {
        let _ = write!(text, "; {} not read", unread.len());
    }
    text.push('\n');
    text
}

/// One line on all files: `12 files: 8 new, 3 same, 1 refused; 4 doubts to look at`.
#[must_use]
pub fn summarise(reports: &[FileReport]) -> String {
    let count = |status: Status| reports.iter().filter(|report| report.status == status).count();
    let parts: Vec<String> = [Status::New, Status::Revised, Status::Same, Status::Refused]
        .into_iter()
        .filter(|status| count(*status) > 0)
        .map(|status| format!("{} {}", count(status), status.name()))
        .collect();
    let mut line = counted(reports.len(), "file", "files");
    if !parts.is_empty() {
        let _ = write!(line, ": {}", parts.join(", "));
    }
    let doubts = reports.iter().map(|report| report.doubts.len()).sum();
    if doubts > 0 {
        let _ = write!(line, "; {} to look at", counted(doubts, "doubt", "doubts"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> FileReport {
        FileReport {
            transcript: Some("FG06".into()),
            kind: Some(Kind::FocusGroup),
            turns: Some(106),
            words: Some(3542),
            words_of_participants: Some(3100),
            layout: Some("label and colon".into()),
            speakers: vec![SpeakerReport {
                label: "Moderator 1".into(),
                turns: 9,
                role: Some("interviewer".into()),
                participant: None,
            }],
            first_time: Some(4.0),
            doubts: vec![Doubt { line: Some(7), what: "look here".into() }],
            status: Status::New,
            ..FileReport::of_file("a/FG06.txt", "00")
        }
    }

    #[test]
    fn the_json_has_every_key_in_the_order_of_the_contract() {
        let json = serde_json::to_string(&FileReport::of_file("x.csv", "00")).unwrap();
        assert_eq!(
            json,
            r#"{"file":"x.csv","sha256":"00","transcript":null,"kind":null,"encoding":null,"layout":null,"turns":null,"cues":null,"words":null,"speakers":[],"first_time":null,"last_time":null,"doubts":[],"status":"same","error":null}"#
        );
        let json = serde_json::to_value(sample()).unwrap();
        assert_eq!(json["kind"], "focus_group");
        assert_eq!(json["speakers"][0]["participant"], serde_json::Value::Null);
        assert_eq!(json["doubts"][0]["line"], 7);
    }

    #[test]
    fn people_get_a_line_a_file_who_speaks_its_doubts_and_a_summary() {
        let refused = FileReport::of_file("b.txt", "00").refused("b.txt is empty".into());
        let unread = Unread::of_name("scan.PDF").unwrap();
        assert_eq!(
            render(&[sample(), refused], &[unread]),
            "a/FG06.txt  new      FG06 · focus group · label and colon · 106 turns · 3,100 words of participants, \
             3,542 in all\n    Moderator 1 = interviewer\n    line 7: look here\n\
             b.txt       refused  b.txt is empty\nnot read: scan.PDF (save it as .docx or .txt)\n\
             2 files: 1 new, 1 refused; 1 doubt to look at; 1 not read\n"
        );
    }
}
