//! Memos in words: what they are on, when, and how they begin.

use jiff::Timestamp;

use crate::app::{Model, Spot};
use crate::study::{Case, Memo, MemoOn, Topic};

/// So many characters of a first line are looked at.
const LONGEST: usize = 200;

impl Model {
    /// What a memo is on, in a few words.
    #[must_use]
    pub fn thing_words(&self, on: &MemoOn) -> String {
        let study = &self.study;
        let row = |case: Case| study.case_name(case).unwrap_or("?");
        let column = |topic: &Topic| study.topic_name(topic).unwrap_or("?");
        match on {
            MemoOn::Quote(id) => study.quotes().get(id).map_or_else(
                || String::from("a quote"),
                |quote| self.address(Spot { transcript: quote.transcript, span: quote.span }),
            ),
            MemoOn::Code(id) => {
                format!("code “{}”", study.codes().get(id).map_or("?", |code| &code.name))
            }
            MemoOn::Theme(id) => format!("theme “{}”", column(&Topic::Theme(*id))),
            MemoOn::Component(of) => format!("component “{}”", column(&Topic::Component(of.clone()))),
            MemoOn::Transcript(id) => format!("transcript {}", row(Case::Group(*id))),
            MemoOn::Participant(id) => format!("participant {}", row(Case::Participant(*id))),
            MemoOn::Cell(case, topic) => format!("{} on “{}”", row(*case), column(topic)),
            MemoOn::Study => String::from("the study"),
        }
    }

    /// How a memo begins: its first line with words; of one that says nothing, the passage it is on.
    #[must_use]
    pub fn memo_words(&self, memo: &Memo) -> String {
        let first = |text: &str| {
            let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            line.trim_start().chars().take(LONGEST).collect::<String>()
        };
        match memo.on {
            MemoOn::Quote(id) if memo.text.trim().is_empty() => self
                .study
                .quotes()
                .get(&id)
                .map_or_else(String::new, |quote| format!("“{}”", first(&quote.text))),
            _ => first(&memo.text),
        }
    }

    /// The time in the recording at which a passage begins, in milliseconds, if the transcript has times.
    #[must_use]
    pub fn time_in_recording(&self, spot: Spot) -> Option<u32> {
        let turns = self.study.turns(spot.transcript)?;
        let turn = turns.turns.get(turns.index_at(spot.span.start as usize)?)?;
        let marks = turns.times.partition_point(|mark| mark.at <= spot.span.start);
        let mark = marks.checked_sub(1).and_then(|at| turns.times.get(at));
        // A mark of an earlier turn says less than the start of this one.
        mark.filter(|mark| mark.at as usize >= turn.begins()).map(|mark| mark.ms).or(turn.start_ms)
    }

    /// The day of a time, as files are dated.
    #[must_use]
    pub fn day_words(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d").to_string()
    }
}
