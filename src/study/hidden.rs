//! Hiding: a person, a transcript or a turn is taken out of counts, retrieval and exports, and can be brought back.
//!
//! What is hidden stays in the study. Quotes that share a word with it, and what rests on those, are kept out of the study
//! that is shown ([`Study::seen_by`]), so that no count, list or file can tell of them; its turns count as no speech and are
//! found by no search. A summary of somebody else that links such a quote stays if it links one in sight too, as it is work on more
//! than what is hidden: the link leads nowhere while the quote is hidden. Words that were erased are left out the same way: only their
//! tombstone is there. So are the words of people who did not agree to be analysed, without any record of hiding.

use serde::{Deserialize, Serialize};

use super::{
    Case, CoderId, ERASED, HiddenId, MemoOn, ParticipantId, Quote, QuoteId, Record, Study, Summary, Sweep,
    TranscriptId, Turn, TurnNumber, Voice, is_tombstone,
};

/// What can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hideable {
    /// All that a person says.
    Participant(ParticipantId),
    /// A transcript.
    Transcript(TranscriptId),
    /// A turn. Its number never changes, so that it stays hidden in every revision; a whole one stands for all parts that it
    /// was split into.
    Turn(TranscriptId, TurnNumber),
}

/// One thing that is hidden, for as long as the record is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Identity.
    pub id: HiddenId,
    /// What is hidden.
    pub what: Hideable,
}

impl Study {
    /// Whether a person is hidden, be it that they did not agree to be analysed.
    #[must_use]
    pub fn is_participant_hidden(&self, participant: ParticipantId) -> bool {
        !self.may_analyse(participant) || self.hidden_by(Hideable::Participant(participant)).is_some()
    }

    /// Whether a transcript is hidden as a whole.
    #[must_use]
    pub fn is_transcript_hidden(&self, transcript: TranscriptId) -> bool {
        self.hidden_by(Hideable::Transcript(transcript)).is_some()
    }

    /// Whether a turn is hidden: its transcript, the turn itself, or whoever speaks in it (`voice`).
    #[must_use]
    pub fn is_turn_hidden(&self, transcript: TranscriptId, turn: &Turn, voice: Voice) -> bool {
        !self.hides_nothing()
            && (self.is_number_hidden(transcript, turn.number)
                || self.is_transcript_hidden(transcript)
                || voice.participant().is_some_and(|person| self.is_participant_hidden(person)))
    }

    /// Whether the turn of that number is hidden by itself, whoever speaks in it.
    pub(super) fn is_number_hidden(&self, transcript: TranscriptId, number: TurnNumber) -> bool {
        let own = |number| self.hidden_by(Hideable::Turn(transcript, number)).is_some();
        own(number) || own(TurnNumber::whole(number.number))
    }

    /// For each turn of a transcript's current revision whether it is hidden; `None` if none is.
    pub(super) fn hidden_turns(&self, transcript: TranscriptId) -> Option<Vec<bool>> {
        if self.hides_nothing() {
            return None;
        }
        let (turns, voices) = (self.turns(transcript)?, self.voices_in(transcript)?);
        let hidden = |turn: &Turn| self.is_turn_hidden(transcript, turn, voices.of(turn));
        let hidden: Vec<bool> = turns.turns.iter().map(hidden).collect();
        hidden.contains(&true).then_some(hidden)
    }

    /// The turns that are hidden and stand in former texts of a transcript alone.
    #[must_use]
    pub fn hidden_turns_gone(&self, transcript: TranscriptId) -> Vec<TurnNumber> {
        let turns = self.turns(transcript);
        let is_here = |number: TurnNumber| {
            turns.is_some_and(|turns| turns.turns.iter().any(|turn| number.covers(turn.number)))
        };
        self.hidden_numbers(transcript).filter(|number| !is_here(*number)).collect()
    }

    /// Whether anything of a transcript is hidden, be it in a former text only.
    #[must_use]
    pub fn hides_something_in(&self, transcript: TranscriptId) -> bool {
        if self.hides_nothing() {
            return false;
        }
        self.is_transcript_hidden(transcript)
            || self.hidden_numbers(transcript).next().is_some()
            || self.people_in(transcript).into_iter().any(|person| self.is_participant_hidden(person))
    }

    /// Whether a quote is left out of all that is shown: it shares a byte with the speech of a hidden turn, or its words were
    /// erased. One of an earlier revision is left out as soon as anything of its transcript is hidden, for nobody can tell
    /// what it shares.
    #[must_use]
    pub fn is_quote_hidden(&self, quote: &Quote) -> bool {
        if is_tombstone(&quote.text) {
            return true;
        }
        if self.hides_nothing() {
            return false;
        }
        let of = quote.transcript;
        match self.turns(of).filter(|turns| turns.revision == quote.revision).zip(self.voices_in(of)) {
            Some((turns, voices)) => {
                let shared = turns.turns.get(turns.overlapping(quote.span)).unwrap_or_default();
                shared.iter().any(|turn| self.is_turn_hidden(of, turn, voices.of(turn)))
            }
            None => self.hides_something_in(of),
        }
    }

    /// Whether anything is left out of what is shown, for every coder.
    pub(super) fn leaves_something_out(&self) -> bool {
        !self.hides_nothing() || self.quotes().iter().any(|quote| is_tombstone(&quote.text))
    }

    /// Whether all that is said in a transcript is hidden: the transcript itself, or everybody who takes part in it.
    #[must_use]
    pub fn is_speech_hidden(&self, transcript: TranscriptId) -> bool {
        !self.hides_nothing()
            && (self.is_transcript_hidden(transcript) || self.is_everybody_hidden(transcript))
    }

    /// Whether nobody but hidden people takes part in a transcript.
    fn is_everybody_hidden(&self, transcript: TranscriptId) -> bool {
        let people = self.people_in(transcript);
        !people.is_empty() && people.into_iter().all(|person| self.is_participant_hidden(person))
    }

    /// Whether a row of the matrix is hidden, and what is written on a person or a transcript.
    fn is_case_hidden(&self, case: Case) -> bool {
        match case {
            Case::Participant(person) => self.is_participant_hidden(person),
            Case::Group(transcript) => self.is_speech_hidden(transcript),
        }
    }

    /// How many summaries that `viewer` would see are kept back, as they rest on hidden words, though their case is not hidden.
    #[must_use]
    pub fn summaries_kept_back(&self, viewer: CoderId) -> usize {
        let is_kept_back = |summary: &&Summary| {
            !self.is_case_hidden(summary.case)
                && !self.hides(viewer, &Record::Summary((*summary).clone()))
                && self.rests_on_hidden(summary)
        };
        self.summaries().iter().filter(is_kept_back).count()
    }

    /// Whether a summary rests on hidden quotes, as erasing would say: it links no other ones, or cites one with so many words in a
    /// row as would be taken out of it. Of quotes that were erased it was cleaned then, and what was written since is on none of
    /// them.
    fn rests_on_hidden(&self, summary: &Summary) -> bool {
        let linked = summary.quotes.iter().filter_map(|id| self.quotes().get(id));
        let linked = linked.filter(|quote| !is_tombstone(&quote.text));
        let (hidden, seen): (Vec<_>, Vec<_>) = linked.partition(|quote| self.is_quote_hidden(quote));
        if hidden.is_empty() || seen.is_empty() {
            return !hidden.is_empty();
        }
        let mut sweep = Sweep::new(ERASED);
        for quote in hidden {
            sweep.add_speech(&quote.text);
            sweep.add_quote(&quote.text);
        }
        sweep.cites(&summary.text)
    }

    /// Whether a record is left out of what is shown: quotes over hidden words, what stands on them, and what is written of
    /// hidden people and transcripts, or rests on hidden words.
    pub(super) fn leaves_out(&self, record: &Record) -> bool {
        let quote = |id: &QuoteId| self.quotes().get(id).is_some_and(|quote| self.is_quote_hidden(quote));
        let case = |case| self.is_case_hidden(case);
        match record {
            Record::Quote(held) => self.is_quote_hidden(held),
            Record::Coding(coding) => quote(&coding.quote),
            Record::BasketEntry(entry) => quote(&entry.quote),
            Record::Usage(usage) => quote(&usage.quote),
            Record::Summary(summary) => case(summary.case) || self.rests_on_hidden(summary),
            Record::Memo(memo) => match &memo.on {
                MemoOn::Quote(id) => quote(id),
                MemoOn::Transcript(id) => case(Case::Group(*id)),
                MemoOn::Participant(id) => case(Case::Participant(*id)),
                MemoOn::Cell(of, _) => case(*of),
                MemoOn::Code(_) | MemoOn::Theme(_) | MemoOn::Component(_) | MemoOn::Study => false,
            },
            _ => false,
        }
    }

    /// All records that are left out of what is shown.
    pub(super) fn left_out(&self) -> Vec<Record> {
        let mut out = Vec::new();
        for quote in self.quotes().iter().filter(|quote| self.is_quote_hidden(quote)) {
            out.extend(self.codings_on(quote.id).cloned().map(Record::from));
            out.push(quote.clone().into());
        }
        let others = self.memos().iter().cloned().map(Record::from);
        let others = others.chain(self.summaries().iter().cloned().map(Record::from));
        let others = others.chain(self.basket_entries().iter().cloned().map(Record::from));
        let others = others.chain(self.usages().iter().cloned().map(Record::from));
        out.extend(others.filter(|record| self.leaves_out(record)));
        out
    }

    /// What hidden things are called: `P088`, `I43`, `I43:41`.
    #[must_use]
    pub fn hideable_name(&self, what: Hideable) -> String {
        let transcript = |id| self.transcripts().get(&id).map_or("?", |held| held.name.as_str());
        match what {
            Hideable::Participant(id) => {
                self.participants().get(&id).map_or_else(|| "?".into(), |held| held.name.clone())
            }
            Hideable::Transcript(id) => transcript(id).to_owned(),
            Hideable::Turn(id, turn) => format!("{}:{turn}", transcript(id)),
        }
    }

    /// What `P088`, `I43` or `I43:41` means to hiding. A person comes before a transcript of the same name.
    #[must_use]
    pub fn hideable_named(&self, name: &str) -> Option<Hideable> {
        if let Some(person) = self.participant_named(name) {
            return Some(Hideable::Participant(person.id));
        }
        if let Some(transcript) = self.transcript_named(name) {
            return Some(Hideable::Transcript(transcript.id));
        }
        let (name, turn) = name.rsplit_once(':')?;
        let (transcript, number) = (self.transcript_named(name.trim())?.id, turn.trim().parse().ok()?);
        let turns = self.turns(transcript)?;
        let what = Hideable::Turn(transcript, number);
        let there = turns.turns.iter().any(|turn| number.covers(turn.number));
        // A turn that a correction took away stays hidden in the former texts, until it is brought back.
        (there || self.hidden_by(what).is_some()).then_some(what)
    }
}
