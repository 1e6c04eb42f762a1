//! Transcripts that were finished before a code was made: in them nobody could look for it.
//!
//! A transcript is finished when this coder coded or marked as read every turn in which a participant speaks. A mark has
//! no time, so a transcript counts as finished *before* the code if each of these turns was coded before it or is marked
//! as read, and if its coding did not begin after it.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::{Model, Page};
use crate::app::Effect;
use crate::study::{CodeId, Coding, Quote, Transcript, TranscriptId, Turn};
use crate::text::counted;

/// One transcript of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedRow {
    /// Which.
    pub transcript: TranscriptId,
    /// Its name.
    pub name: String,
    /// When it was last coded before the code came, and how often the code is in it by now.
    pub detail: String,
    /// Whether this coder has used the code in it by now.
    pub has_code: bool,
}

impl Model {
    /// Lists the transcripts that were finished before the chosen code was made.
    pub(in crate::app) fn open_earlier_transcripts(&mut self) -> Vec<Effect> {
        match self.chosen_code() {
            Some(code) => self.open_codebook_page(Page::Finished, Some(code.id)),
            None => Vec::new(),
        }
    }

    pub(super) fn open_finished(&mut self) -> Vec<Effect> {
        match self.codebook.finished.get(self.codebook.list.chosen).map(|row| row.transcript) {
            Some(transcript) => {
                self.leave_mark();
                self.open(transcript);
            }
            None => self.refuse("No transcript is listed here."),
        }
        Vec::new()
    }

    pub(super) fn list_finished(&mut self) {
        let Some(code) = self.codebook.about else { return };
        let name = self.code_name(code);
        let (rows, said) = match self.codebook.past().map(|past| past.created(code)) {
            None => (Vec::new(), format!("“{name}” · {}", self.codebook.lacks_past().unwrap_or_default())),
            Some(None) => (Vec::new(), format!("The history does not say when “{name}” was made.")),
            Some(Some(made)) => {
                let transcripts = self.study.transcripts_by_name().into_iter();
                let mut rows: Vec<FinishedRow> =
                    transcripts.filter_map(|held| self.finished_row(held, code, made)).collect();
                rows.sort_by_key(|row| Reverse(!row.has_code));
                let said = format!(
                    "“{name}” · {} finished before it was made, {}",
                    counted(rows.len(), "transcript", "transcripts"),
                    self.time_words(made)
                );
                (rows, said)
            }
        };
        self.codebook.finished = rows;
        self.codebook.said = said;
    }

    fn finished_row(&self, transcript: &Transcript, code: CodeId, made: Timestamp) -> Option<FinishedRow> {
        let own: Vec<(&Quote, &Coding)> = self
            .study
            .quotes_in(transcript.id)
            .filter(|quote| quote.coder == self.me.id && quote.revision == transcript.revision)
            .flat_map(|quote| self.study.codings_on(quote.id).map(move |coding| (quote, coding)))
            .collect();
        let last = own.iter().map(|(_, coding)| coding.at).filter(|at| *at < made).max();
        if last.is_none() && !own.is_empty() {
            return None;
        }
        let (turns, voices) = (self.study.turns(transcript.id)?, self.study.voices_in(transcript.id)?);
        let read = self.done_reading.get(&transcript.id);
        let mut speaks = false;
        // What is hidden is not to be read or coded.
        let in_sight = |turn: &&Turn| {
            let voice = voices.of(turn);
            turn.words > 0
                && voice.participant().is_some()
                && !self.study.is_turn_hidden(transcript.id, turn, voice)
        };
        for turn in turns.turns.iter().filter(in_sight) {
            speaks = true;
            let coded =
                || own.iter().any(|(quote, coding)| coding.at < made && quote.span.overlaps(turn.speech));
            if !read.is_some_and(|read| read.contains(&turn.number)) && !coded() {
                return None;
            }
        }
        if !speaks {
            return None;
        }
        let with_it = own.iter().filter(|(_, coding)| coding.code == code).count();
        let when = match last {
            Some(at) => format!("last coded before it {}", self.time_words(at)),
            None => String::from("read, nothing coded"),
        };
        let detail = match with_it {
            0 => when,
            count => format!("{when} · {} with it by now", counted(count, "coding", "codings")),
        };
        Some(FinishedRow {
            transcript: transcript.id,
            name: transcript.name.clone(),
            detail,
            has_code: with_it > 0,
        })
    }
}
