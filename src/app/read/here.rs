//! Everything of this coder on the passage under the cursor, as a list; and finding words in the transcript.

use crate::app::ask::{Asked, Choice, Chooser};
use crate::app::coders::Others;
use crate::app::wrap::fit;
use crate::app::{Effect, Model, Spot, TextField};
use crate::study::{CoderId, Coding, CodingId, Memo, MemoId, MemoKind, MemoOn, Quote, QuoteId, Study};
use crate::text::{count_words, counted};

impl Model {
    /// Lists codings, stars and memos.
    pub(in crate::app) fn list_here(&mut self) -> Vec<Effect> {
        let mut choices = Vec::new();
        for quote in self.quotes_here() {
            let place = self.quote_in_list(quote);
            for coding in self.study.codings_on(quote.id) {
                let (words, answer) = (self.coding_words(coding), format!("coding {}", coding.id));
                choices.push(Choice { words, detail: place.clone(), answer });
            }
            if quote.starred {
                let (words, answer) = (String::from("star"), format!("quote {}", quote.id));
                choices.push(Choice { words, detail: place.clone(), answer });
            }
            for memo in self.study.memos_on(MemoOn::Quote(quote.id)) {
                let answer = format!("memo {}", memo.id);
                choices.push(self.choice_of_memo(memo, quote, answer));
            }
            if self.is_in_my_basket(quote.id) {
                let (words, answer) = (String::from("in your basket"), format!("quote {}", quote.id));
                choices.push(Choice { words, detail: place, answer });
            }
        }
        choices.extend(self.choices_of_others());
        if choices.is_empty() {
            self.refuse(match self.coders.others {
                Others::Hidden => "There is nothing of yours here.",
                Others::Dimmed | Others::Shown => "There is nothing here.",
            });
            return Vec::new();
        }
        let chooser = Chooser::new("here", "type to search", choices, Asked::Here);
        self.choose(chooser)
    }

    /// What others have on the passage, signed, if it is shown.
    fn choices_of_others(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        for quote in self.others_here() {
            let mut list = |words: String, coder| {
                let detail = self.signed(coder, self.quote_in_list(quote));
                choices.push(Choice { words, detail, answer: format!("quote {}", quote.id) });
            };
            for coding in self.study.codings_on(quote.id) {
                list(self.coding_words(coding), quote.coder);
            }
            if quote.starred {
                list(String::from("star"), quote.coder);
            }
            for memo in self.study.memos_on(MemoOn::Quote(quote.id)) {
                choices.push(self.choice_of_memo(memo, quote, format!("quote {}", quote.id)));
            }
        }
        choices
    }

    /// A coding: its code, and on which side it is.
    fn coding_words(&self, coding: &Coding) -> String {
        let name = self.study.codes().get(&coding.code).map_or("", |code| &code.name);
        let valence = self.study.effective_valence(coding).map(super::coding::valence_word);
        valence.map_or_else(|| name.to_owned(), |valence| format!("{name} ({valence})"))
    }

    /// A memo, or a flag to hear the recording again.
    fn choice_of_memo(&self, memo: &Memo, quote: &Quote, answer: String) -> Choice {
        let said = memo.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
        let words = match memo.kind {
            MemoKind::CheckAudio if said.is_empty() => String::from("flag: check the audio"),
            MemoKind::CheckAudio => format!("flag: check the audio: {said}"),
            _ => format!("memo: {said}"),
        };
        Choice { words, detail: self.signed(memo.coder, self.quote_in_list(quote)), answer }
    }

    /// By what a quote is known among others of its turn: how it begins, its length, its place.
    fn quote_in_list(&self, quote: &Quote) -> String {
        /// Columns for how it begins.
        const BEGINS: usize = 24;
        let begins = fit(&quote.text, BEGINS, "…").replace('\n', " ");
        let length = counted(spoken_words(&self.study, quote), "word", "words");
        let address = self.address(Spot { transcript: quote.transcript, span: quote.span });
        format!("“{begins}” {length}, {address}")
    }

    /// `c2: “I think” 2 words, I43:41`; one's own need no name.
    fn signed(&self, coder: CoderId, what: String) -> String {
        match self.study.coders().get(&coder).filter(|coder| coder.id != self.me.id) {
            Some(coder) => format!("{}: {what}", coder.name),
            None => what,
        }
    }

    /// Goes to one of them: keys then act on that coding, or the memo is open.
    pub(in crate::app) fn go_to_thing_here(&mut self, answer: &str) -> Vec<Effect> {
        let Some((kind, id)) = answer.split_once(' ') else { return Vec::new() };
        let coding = id.parse::<CodingId>().ok().filter(|_| kind == "coding");
        let memo = id.parse::<MemoId>().ok().filter(|_| kind == "memo");
        let on = memo.and_then(|memo| self.study.memos().get(&memo)).map(|memo| memo.on.clone());
        let quote = match (coding.and_then(|coding| self.study.codings().get(&coding)), on) {
            (Some(coding), _) => Some(coding.quote),
            (None, Some(MemoOn::Quote(quote))) => Some(quote),
            (None, _) => id.parse::<QuoteId>().ok(),
        };
        let Some(span) = quote.and_then(|quote| self.study.quotes().get(&quote)).map(|quote| quote.span)
        else {
            return Vec::new();
        };
        if let Some(open) = &mut self.read.open {
            open.select(span);
            open.focus = coding;
        }
        memo.map_or_else(Vec::new, |memo| self.edit_memo(memo))
    }

    /// Asks for words.
    pub(in crate::app) fn ask_words(&mut self) -> Vec<Effect> {
        self.prompt("find here", "words, or a query", "", Asked::Words)
    }

    /// Searches in the transcript that is open and goes to the first hit from the cursor on.
    pub(in crate::app) fn find_in_transcript(&mut self, words: &str) -> Vec<Effect> {
        let from = self.read.open.as_ref().map_or(0, |open| open.cursor.caret);
        self.find_from(from, words)
    }

    /// Finds the words under the cursor, from the next place on at which they stand.
    pub(in crate::app) fn find_these_words(&mut self) -> Vec<Effect> {
        let words = self.words_of_target().map(|words| words.replace('"', " "));
        let Some(words) = words.filter(|words| words.chars().any(char::is_alphanumeric)) else {
            self.refuse("There are no words here to find.");
            return Vec::new();
        };
        let from = self.read.open.as_ref().map_or(0, |open| open.selection().end);
        let several = words.split_whitespace().nth(1).is_some();
        self.find_from(from, &if several { format!("\"{words}\"") } else { words })
    }

    fn find_from(&mut self, from: u32, words: &str) -> Vec<Effect> {
        let Some(open) = self.read.open.as_ref().filter(|_| !words.is_empty()) else { return Vec::new() };
        let Some(name) = self.study.transcripts().get(&open.transcript).map(|held| held.name.clone()) else {
            return Vec::new();
        };
        let quoted = if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name };
        self.search.field = TextField::new(format!("in:{quoted} ({words})"));
        self.search.typing = false;
        self.search.go_when_found(from);
        self.search_changed()
    }
}

/// Words that are spoken in a quote: over several turns, without the labels and times between them. All of its words where
/// the turns are not here, as those of a former text.
pub(super) fn spoken_words(study: &Study, quote: &Quote) -> usize {
    let turns = study.turns(quote.transcript).filter(|turns| turns.revision == quote.revision);
    let Some(turns) = turns else { return count_words(&quote.text) };
    let spoken = turns.turns.iter().filter_map(|turn| turn.speech.intersection(quote.span));
    spoken.filter_map(|span| span.slice_of(&quote.text, quote.span)).map(count_words).sum()
}
