//! Going to a place by its address: `I43`, `I43:41`, `41a`.

use super::ask::{Asked, Choice, Chooser};
use super::{Effect, Model, Screen, Spot};
use crate::study::{Quote, QuoteId, TranscriptId};
use crate::text::fold_name;

impl Model {
    /// The quote that is chosen in the list on the screen, if it lists any.
    pub(super) fn listed_quote(&self) -> Option<&Quote> {
        let listed = match self.screen {
            Screen::Panels => self.panels.quotes.list.quote(),
            Screen::Codebook => self.codebook.codings.quote(),
            Screen::Quotes => self.chosen_quote().map(|quote| quote.id),
            Screen::Tables => self.tables.quote(),
            Screen::Matrix => self.matrix.desk.as_ref().and_then(|desk| desk.list.quote()),
            _ => None,
        };
        self.study.quotes().get(&listed?)
    }

    /// Goes to where a quote stands; one of an earlier revision stands nowhere now, and that is said.
    pub(super) fn visit_quote(&mut self, quote: QuoteId) -> Vec<Effect> {
        let Some(quote) = self.study.quotes().get(&quote) else { return Vec::new() };
        if !self.study.is_current(quote) {
            self.refuse("This quote stands in an earlier revision of its transcript.");
            return Vec::new();
        }
        self.visit(Spot { transcript: quote.transcript, span: quote.span })
    }

    /// Asks where to go.
    pub(super) fn ask_address(&mut self) -> Vec<Effect> {
        let choices = self.study.transcripts_by_name().into_iter().map(|transcript| Choice {
            words: transcript.name.clone(),
            detail: self.people_words(transcript.id),
            answer: transcript.name.clone(),
        });
        let chooser =
            Chooser::new("go to", "a transcript, or a turn of it: I43:41", choices.collect(), Asked::Address);
        self.choose(Chooser { free: true, ..chooser })
    }

    /// The people of a transcript, for somebody who looks for one: names, and how many more.
    fn people_words(&self, transcript: TranscriptId) -> String {
        /// So many are named.
        const NAMED: usize = 3;
        let speech = self.study.speech_in(transcript);
        let people = speech.keys().filter_map(|id| self.study.participants().get(id));
        let mut names: Vec<&str> = people.map(|person| person.name.as_str()).collect();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let names = names.join(", ");
        if more > 0 { format!("{names} and {more} more") } else { names }
    }

    /// Whether that is the name of a transcript, perhaps with a turn, and no command.
    pub(super) fn is_address(&self, words: &str) -> bool {
        let name = words.split([':', ' ']).next().unwrap_or_default();
        super::command::find(name).is_none() && self.transcript_meant(name).is_some()
    }

    /// Names of transcripts that begin so; none, if nothing is typed.
    pub(super) fn transcripts_that_begin(&self, typed: &str) -> Vec<String> {
        let wanted = fold_name(typed);
        let names = self.study.transcripts_by_name().into_iter().map(|held| &held.name);
        let begin = names.filter(|name| !wanted.is_empty() && fold_name(name).starts_with(&wanted));
        begin.cloned().collect()
    }

    /// The transcript of that name, or the only one whose name begins so.
    fn transcript_meant(&self, name: &str) -> Option<TranscriptId> {
        let named = |name: &str| self.study.transcript_named(name).map(|held| held.id);
        named(name).or_else(|| match self.transcripts_that_begin(name).as_slice() {
            [only] => named(only),
            _ => None,
        })
    }

    /// Asks for a turn of this transcript.
    pub(super) fn ask_turn(&mut self) -> Vec<Effect> {
        self.prompt("go to turn", "its number", "", Asked::Turn)
    }

    /// Opens `I43`, or `I43:41` at that turn.
    pub(super) fn go_to_address(&mut self, address: &str) -> Vec<Effect> {
        let (name, turn) =
            address.split_once([':', ' ']).map_or((address, None), |(n, t)| (n, Some(t.trim())));
        let Some(transcript) = self.transcript_meant(name) else {
            self.refuse(format!("There is no transcript “{name}”."));
            return Vec::new();
        };
        match turn {
            Some(turn) => self.go_to_turn_of(transcript, turn),
            None => {
                self.leave_mark();
                self.open(transcript);
                Vec::new()
            }
        }
    }

    /// Goes to a turn of the transcript that is read.
    pub(super) fn go_to_turn(&mut self, turn: &str) -> Vec<Effect> {
        match self.read.transcript() {
            Some(transcript) => self.go_to_turn_of(transcript, turn),
            None => Vec::new(),
        }
    }

    fn go_to_turn_of(&mut self, transcript: TranscriptId, turn: &str) -> Vec<Effect> {
        let place = turn.parse().ok().and_then(|number| {
            let turns = self.study.turns(transcript)?;
            turns.turns.get(turns.index_of(number)?).map(|turn| turn.speech)
        });
        match place {
            Some(speech) => self.visit(Spot { transcript, span: speech }),
            None => {
                let name = self.study.transcripts().get(&transcript).map_or("", |held| &held.name);
                self.refuse(format!("{name} has no turn {turn}."));
                Vec::new()
            }
        }
    }
}
