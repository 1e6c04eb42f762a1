//! Quotes of this coder that are in doubt: how many there are, and the list of all of them, to go to one and settle it.

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{Quote, QuoteId, TranscriptId};
use crate::text::counted;

impl Model {
    /// How many quotes of this coder are in doubt in a transcript.
    #[must_use]
    pub fn doubts_in(&self, transcript: TranscriptId) -> usize {
        self.study.doubtful_quotes(transcript).filter(|quote| quote.coder == self.me.id).count()
    }

    /// Says at the beginning how many quotes of this coder are in doubt: others may have corrected a transcript meanwhile.
    pub(in crate::app) fn say_doubts(&mut self) {
        let is_mine = |quote: &&Quote| quote.coder == self.me.id && !self.study.is_current(quote);
        let doubts = self.study.quotes().iter().filter(is_mine).count();
        if doubts > 0 && self.notice.is_none() {
            let keys = self.keys_of("list_doubts");
            self.say(format!("{} of yours in doubt: {keys} lists them.", counted(doubts, "quote", "quotes")));
        }
    }

    /// Lists this coder's quotes in doubt in all transcripts.
    pub(in crate::app) fn list_doubts(&mut self) -> Vec<Effect> {
        let transcripts = self.study.transcripts_by_name();
        let all: Vec<(&str, &Quote)> = transcripts
            .into_iter()
            .flat_map(|held| {
                let mut quotes: Vec<&Quote> =
                    self.study.doubtful_quotes(held.id).filter(|quote| quote.coder == self.me.id).collect();
                quotes.sort_by_key(|quote| (quote.span, quote.id));
                quotes.into_iter().map(|quote| (held.name.as_str(), quote))
            })
            .collect();
        if all.is_empty() {
            self.say("No quote of yours is in doubt.");
            return Vec::new();
        }
        let choice = |(at, (name, quote)): (usize, &(&str, &Quote))| {
            let number = self.study.revisions().get(&quote.revision).map_or(0, |held| held.number);
            Choice {
                words: format!("{name} “{}”", quote.text.replace('\n', " ")),
                detail: format!("of revision {number}"),
                answer: at.to_string(),
            }
        };
        let choices = all.iter().enumerate().map(choice).collect();
        let quotes = all.iter().map(|(_, quote)| quote.id).collect();
        let question = format!("{} in doubt", all.len());
        self.choose(Chooser::new(question, "type to search", choices, Asked::Doubts(quotes)))
    }

    /// Goes to the transcript of a quote in doubt, and asks what is to become of it.
    pub(in crate::app) fn go_to_doubt(&mut self, quotes: &[QuoteId], answer: &str) -> Vec<Effect> {
        let chosen = answer.parse::<usize>().ok().and_then(|at| quotes.get(at));
        let Some(quote) = chosen.and_then(|id| self.study.quotes().get(id)) else {
            self.refuse("That quote is not in the study any more.");
            return Vec::new();
        };
        let (id, transcript) = (quote.id, quote.transcript);
        self.leave_mark();
        self.open(transcript);
        self.read.settling = Some(id);
        Vec::new()
    }

    /// Asks about the quote in doubt that was chosen from all, as soon as its texts are here: the cursor is then where it
    /// most likely stands now.
    pub(super) fn settle_chosen(&mut self) -> Vec<Effect> {
        let Some(id) = self.read.settling else { return Vec::new() };
        let Some(quote) = self.study.quotes().get(&id).cloned() else {
            self.read.settling = None;
            return Vec::new();
        };
        if !self.read.is_open() || self.read.transcript() != Some(quote.transcript) {
            return Vec::new();
        }
        if self.texts.get(quote.revision).is_none() {
            return match self.texts.ask(quote.revision) {
                true => vec![Effect::LoadText(quote.revision)],
                false => Vec::new(),
            };
        }
        self.read.settling = None;
        let near = self.near_doubt(&quote);
        if let Some(open) = &mut self.read.open {
            open.go_to_span(near);
        }
        self.ask_about_doubt(id)
    }
}
