//! A transcript for paper: turn numbers at the left, a wide margin at the right for a pencil, or with the codes of the layer of
//! record in it.
//!
//! Plain text, with form feeds between pages where pages are wanted, so that any printer and any program that makes PDFs of
//! text takes it. The turn numbers are those of the screen: `I43:41` is the same on paper.

use std::collections::BTreeSet;
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::grid::wrap;
use crate::study::{
    LEFT_OUT, NOT_QUOTED, ParticipantId, Quote, Study, Transcript, Turn, Turns, Voice, Voices, is_tombstone,
};

/// How the paper is laid out. All in columns and lines of a typewriter face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Columns of the page, margin and all.
    pub width: usize,
    /// Columns of the margin at the right.
    pub margin: usize,
    /// Lines of a page; 0 for one long page.
    pub lines: usize,
    /// Whether the codes of the layer of record stand in the margin.
    pub codes: bool,
    /// Whether the words of people who did not agree to be quoted are on it.
    pub with_refused: bool,
}

/// Columns for the number of a turn, with the blanks behind it.
const NUMBER: usize = 6;

/// Columns that speech has at least, whatever the margin takes.
const LEAST: usize = 20;

impl Sheet {
    fn speech(self) -> usize {
        self.width.saturating_sub(NUMBER + self.gap()).max(LEAST)
    }

    /// The margin, with blanks before it.
    fn gap(self) -> usize {
        if self.margin == 0 { 0 } else { self.margin + 2 }
    }
}

/// A transcript laid out, and what of those who did not agree to be quoted is or is not on it.
#[derive(Clone, Debug)]
pub struct Laid {
    /// The pages.
    pub text: String,
    /// Turns whose words were left out.
    pub turns_left_out: usize,
    /// People whose words are there, as somebody asked for them.
    pub refused: BTreeSet<ParticipantId>,
}

/// Lays a transcript out. What is hidden is always left out. `text` is that of its current revision, whose turns these are.
#[must_use]
pub fn on_paper(study: &Study, transcript: &Transcript, turns: &Turns, text: &str, sheet: Sheet) -> Laid {
    let voices = study.voices_in(transcript.id);
    let layer = study.layer_of_record(transcript.id).filter(|_| sheet.codes);
    let quotes: Vec<&Quote> = study
        .quotes_in(transcript.id)
        .filter(|quote| quote.revision == transcript.revision && Some(quote.coder) == layer)
        .collect();
    let mut paper = Paper { out: String::new(), sheet, used: 0, page: 0, title: title(study, transcript) };
    paper.begin_page();
    let shown = study.shown_speech(transcript.id);
    let refuses = |turn: &Turn| {
        let person = voices.as_ref().and_then(|voices| voices.of(turn).participant());
        person.filter(|person| !study.may_quote(*person))
    };
    let (mut turns_left_out, mut refused) = (0, BTreeSet::new());
    for (nth, turn) in turns.turns.iter().enumerate() {
        let speech = match (shown.of(nth, turn, text), refuses(turn)) {
            (None, _) => LEFT_OUT,
            // Nothing of theirs is left.
            (Some(said), _) if is_tombstone(said) => said,
            (Some(_), Some(_)) if !sheet.with_refused => {
                turns_left_out += 1;
                NOT_QUOTED
            }
            (Some(said), person) => {
                refused.extend(person);
                said
            }
        };
        let label = label(study, transcript, turns, turn, voices.as_ref());
        let rows = wrap(&format!("{label}: {speech}"), sheet.speech());
        // The label's words stand before those of the speech.
        let before = format!("{label}:").split_whitespace().count();
        let notes = notes(study, &quotes, turn, speech, &rows, before, sheet);
        paper.turn(&turn.number.to_string(), &rows, &notes);
    }
    Laid { text: paper.out, turns_left_out, refused }
}

fn title(study: &Study, transcript: &Transcript) -> String {
    let kind = transcript.kind.name().replace('_', " ");
    match study.settings.name.as_str() {
        "" => format!("{}, {kind}", transcript.name),
        name => format!("{}, {kind}: {name}", transcript.name),
    }
}

fn label(
    study: &Study,
    transcript: &Transcript,
    turns: &Turns,
    turn: &Turn,
    voices: Option<&Voices>,
) -> String {
    match voices.map_or(Voice::Unknown, |voices| voices.of(turn)) {
        Voice::Participant(id) => {
            study.participants().get(&id).map(|person| person.name.clone()).unwrap_or_default()
        }
        voice => {
            let key = turns.speaker_of(turn).to_owned();
            let speaker = study.speakers().get(&(transcript.id, key));
            speaker.map_or_else(|| voice.role().to_owned(), |speaker| speaker.label.clone())
        }
    }
}

/// What stands in the margin beside each row: the codes of the quotes that begin in it.
fn notes(
    study: &Study,
    quotes: &[&Quote],
    turn: &Turn,
    speech: &str,
    rows: &[String],
    label: usize,
    sheet: Sheet,
) -> Vec<Vec<String>> {
    let mut notes = vec![Vec::new(); rows.len().max(1)];
    for quote in quotes.iter().filter(|quote| turn.speech.contains(quote.span.start as usize)) {
        let start = quote.span.start.saturating_sub(turn.speech.start) as usize;
        let words = label + speech.get(..start).unwrap_or_default().split_whitespace().count();
        let mut passed = 0;
        let row = rows.iter().position(|row| {
            passed += row.split_whitespace().count();
            passed > words
        });
        let Some(held) = notes.get_mut(row.unwrap_or(rows.len().saturating_sub(1))) else { continue };
        for coding in study.codings_on(quote.id) {
            held.extend(wrap(&format!("| {}", study.coding_words(coding)), sheet.margin.max(12)));
        }
    }
    notes
}

struct Paper {
    out: String,
    sheet: Sheet,
    /// Lines of this page so far.
    used: usize,
    page: usize,
    title: String,
}

impl Paper {
    fn begin_page(&mut self) {
        if self.page > 0 {
            self.out.push('\x0c');
        }
        self.page += 1;
        self.used = 0;
        let title = if self.sheet.lines > 0 {
            format!("{}, page {}", self.title, self.page)
        } else {
            self.title.clone()
        };
        self.line(&title);
        self.line("");
    }

    fn line(&mut self, text: &str) {
        if self.sheet.lines > 0 && self.used >= self.sheet.lines {
            self.begin_page();
        }
        self.out.push_str(text.trim_end());
        self.out.push('\n');
        self.used += 1;
    }

    /// A turn with an empty line below it. Notes that are more than the rows beside them go on below.
    fn turn(&mut self, number: &str, rows: &[String], notes: &[Vec<String>]) {
        // A number alone at the foot of a page helps nobody.
        if self.sheet.lines > 0 && self.used + 2 > self.sheet.lines {
            self.begin_page();
        }
        let mut waiting: std::collections::VecDeque<&str> = std::collections::VecDeque::new();
        let columns = self.sheet.speech();
        for (at, row) in rows.iter().enumerate() {
            waiting.extend(notes.get(at).into_iter().flatten().map(String::as_str));
            let number = if at == 0 { number } else { "" };
            self.row(number, row, waiting.pop_front(), columns);
        }
        while let Some(note) = waiting.pop_front() {
            self.row("", "", Some(note), columns);
        }
        // The end of a page parts turns as well as an empty line does.
        if self.sheet.lines == 0 || self.used < self.sheet.lines {
            self.line("");
        }
    }

    fn row(&mut self, number: &str, text: &str, note: Option<&str>, columns: usize) {
        let mut line = String::new();
        // Writing to a string does not fail.
        let _ = write!(line, "{number:>width$}  {text}", width = NUMBER - 2);
        if let Some(note) = note {
            let blanks = columns.saturating_sub(text.width()) + 2;
            line.push_str(&" ".repeat(blanks));
            line.push_str(note);
        }
        self.line(&line);
    }
}
