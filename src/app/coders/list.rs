//! The coders of the study, each with what they did.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model, Spot};
use crate::study::{CoderId, MemoOn, TranscriptId};

/// What one coder did, as far as it may be seen.
#[derive(Clone, Debug, Default)]
struct Work {
    quotes: usize,
    codings: usize,
    memos: usize,
    transcripts: BTreeSet<TranscriptId>,
    /// The last coding or memo, and where.
    last: Option<(Timestamp, Option<Spot>)>,
}

impl Model {
    /// Lists the coders. Enter goes to what one did last.
    pub(in crate::app) fn list_coders(&mut self) -> Vec<Effect> {
        /// From this width on there is room for everything.
        const ROOMY: u16 = 72;
        let roomy = self.size.width >= ROOMY;
        let mut choices = Vec::new();
        for coder in self.study.coders().iter() {
            let work = self.work_of(coder.id);
            let you = if coder.id == self.me.id { " (you)" } else { "" };
            let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
            let last = work.last.map(|(at, spot)| match spot {
                Some(spot) if roomy => format!("last {} {}", self.time_words(at), self.address(spot)),
                _ => format!("last {}", self.time_words(at)),
            });
            let mut said = vec![count(work.codings, "coding")];
            if roomy {
                said.insert(0, count(work.quotes, "quote"));
                said.push(count(work.memos, "memo"));
                said.push(count(work.transcripts.len(), "transcript"));
            }
            said.extend(last);
            let words = format!("{}{you}", coder.name);
            choices.push(Choice { words, detail: said.join(" · "), answer: coder.id.to_string() });
        }
        if choices.is_empty() {
            self.refuse("Nobody has done anything in this study yet.");
            return Vec::new();
        }
        let blind = self.study.blind_transcripts(self.me.id).len();
        if blind > 0 {
            let transcripts = if blind == 1 { "the transcript" } else { "the transcripts" };
            self.say(format!("What others did in {transcripts} that you code blind is left out ({blind})."));
        }
        self.choose(Chooser::new("coders", "type to search", choices, Asked::Coder))
    }

    fn work_of(&self, coder: CoderId) -> Work {
        let mut work = Work::default();
        for quote in self.study.quotes().iter().filter(|quote| quote.coder == coder) {
            work.quotes += 1;
            work.transcripts.insert(quote.transcript);
            let spot = Spot { transcript: quote.transcript, span: quote.span };
            for coding in self.study.codings_on(quote.id) {
                work.codings += 1;
                work.note(coding.at, Some(spot));
            }
        }
        for memo in self.study.memos().iter().filter(|memo| memo.coder == coder) {
            work.memos += 1;
            let quote = match memo.on {
                MemoOn::Quote(quote) => self.study.quotes().get(&quote),
                _ => None,
            };
            let spot = quote.map(|quote| Spot { transcript: quote.transcript, span: quote.span });
            work.note(memo.at, spot);
        }
        work
    }

    /// Goes to what a coder did last.
    pub(in crate::app) fn go_to_work_of(&mut self, answer: &str) -> Vec<Effect> {
        let Ok(coder) = answer.parse::<CoderId>() else { return Vec::new() };
        match self.work_of(coder).last.and_then(|(_, spot)| spot) {
            Some(spot) => {
                let effects = self.visit(spot);
                let (who, keys) = (self.coder_words(coder), self.keys_of("cycle_others"));
                self.say(format!("Here {who} worked last; {keys} shows what others coded."));
                effects
            }
            None => {
                let who = self.coder_words(coder);
                self.refuse(format!("There is no passage that {who} worked on last."));
                Vec::new()
            }
        }
    }
}

impl Work {
    fn note(&mut self, at: Timestamp, spot: Option<Spot>) {
        if self.last.is_none_or(|(last, _)| last <= at) {
            self.last = Some((at, spot));
        }
    }
}
