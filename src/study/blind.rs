//! Coding blind: a second coder works on a transcript without seeing what the others did there.
//!
//! This file says who is blind where and which records that hides; [`super::Veil`] keeps them out of sight.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    BasketEntry, Case, Change, Classified, Code, CodeId, CodeState, CoderId, Coding, Memo, MemoOn, Origin,
    ParticipantId, Quote, Record, Study, Topic, TranscriptId, Usage,
};

/// One stretch of time in which a coder is blind on a transcript. There may be several of a coder and transcript, of
/// which at most one has no end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blind {
    /// On which transcript.
    pub transcript: TranscriptId,
    /// Who.
    pub coder: CoderId,
    /// From when.
    pub start: Timestamp,
    /// Until when; none while it lasts.
    pub end: Option<Timestamp>,
}

impl Study {
    /// The stretch of blind coding that has not ended, if there is one.
    #[must_use]
    pub fn blind_now(&self, coder: CoderId, transcript: TranscriptId) -> Option<&Blind> {
        let stretches = self.blinds().from((transcript, coder, Timestamp::MIN));
        let mut own = stretches.take_while(|blind| (blind.transcript, blind.coder) == (transcript, coder));
        own.find(|blind| blind.end.is_none())
    }

    /// Whether a coder codes a transcript blind.
    #[must_use]
    pub fn is_blind(&self, coder: CoderId, transcript: TranscriptId) -> bool {
        self.blind_now(coder, transcript).is_some()
    }

    /// Transcripts that a coder codes blind.
    #[must_use]
    pub fn blind_transcripts(&self, coder: CoderId) -> BTreeSet<TranscriptId> {
        let open = self.blinds().iter().filter(|blind| blind.coder == coder && blind.end.is_none());
        open.map(|blind| blind.transcript).collect()
    }

    /// Whether a record must not be seen by `viewer`, who codes a transcript blind: quotes, codings, memos and summaries of
    /// others there, and draft codes that only such codings use.
    #[must_use]
    pub fn hides(&self, viewer: CoderId, record: &Record) -> bool {
        match record {
            Record::Quote(quote) => self.hides_quote(viewer, quote),
            Record::Coding(coding) => self.hides_coding(viewer, coding),
            Record::Memo(memo) => self.hides_memo(viewer, memo),
            Record::Summary(summary) => {
                let rests = |id| self.quotes().get(id).is_some_and(|quote| self.hides_quote(viewer, quote));
                self.hides_topic(viewer, &summary.topic)
                    || summary.coder != viewer
                        && (self.is_case_blind(viewer, summary.case) || summary.quotes.iter().any(rests))
            }
            Record::Code(code) => self.hides_code(viewer, code.id),
            Record::BasketEntry(BasketEntry { quote, .. }) | Record::Usage(Usage { quote, .. }) => {
                self.quotes().get(quote).is_some_and(|quote| self.hides_quote(viewer, quote))
            }
            _ => false,
        }
    }

    /// Whether something of an action must not be told to `viewer`. Its records may be gone from the study since: what was on
    /// a quote that nobody can place any more is not told either.
    #[must_use]
    pub fn hides_any(&self, viewer: CoderId, changes: &[Change]) -> bool {
        if self.blind_transcripts(viewer).is_empty() {
            return false;
        }
        let made: Vec<&Quote> = records(changes)
            .filter_map(|record| match record {
                Record::Quote(quote) => Some(quote),
                _ => None,
            })
            .collect();
        records(changes).any(|record| {
            let gone = match record {
                Record::Coding(coding) => Some(coding.quote),
                Record::Memo(Memo { on: MemoOn::Quote(quote), coder, .. }) if *coder != viewer => {
                    Some(*quote)
                }
                _ => None,
            };
            let gone = gone.filter(|id| !self.quotes().has(id)).is_some_and(|id| {
                let quote = made.iter().find(|quote| quote.id == id);
                quote.is_none_or(|quote| self.hides_quote(viewer, quote))
            });
            gone || self.hides(viewer, record)
        })
    }

    fn hides_quote(&self, viewer: CoderId, quote: &Quote) -> bool {
        quote.coder != viewer && self.is_blind(viewer, quote.transcript)
    }

    fn hides_coding(&self, viewer: CoderId, coding: &Coding) -> bool {
        self.quotes().get(&coding.quote).is_some_and(|quote| self.hides_quote(viewer, quote))
    }

    fn hides_memo(&self, viewer: CoderId, memo: &Memo) -> bool {
        match &memo.on {
            MemoOn::Code(code) => return self.hides_code(viewer, *code),
            MemoOn::Cell(_, topic) if self.hides_topic(viewer, topic) => return true,
            _ => {}
        }
        memo.coder != viewer
            && match memo.on {
                MemoOn::Quote(quote) => {
                    self.quotes().get(&quote).is_some_and(|quote| self.is_blind(viewer, quote.transcript))
                }
                MemoOn::Transcript(transcript) => self.is_blind(viewer, transcript),
                MemoOn::Participant(person) => self.is_heard_blind(viewer, person),
                MemoOn::Cell(case, _) => self.is_case_blind(viewer, case),
                MemoOn::Code(_) | MemoOn::Theme(_) | MemoOn::Component(_) | MemoOn::Study => false,
            }
    }

    fn hides_topic(&self, viewer: CoderId, topic: &Topic) -> bool {
        matches!(topic, Topic::Code(code) if self.hides_code(viewer, *code))
    }

    fn is_case_blind(&self, viewer: CoderId, case: Case) -> bool {
        match case {
            Case::Participant(person) => self.is_heard_blind(viewer, person),
            Case::Group(transcript) => self.is_blind(viewer, transcript),
        }
    }

    fn is_heard_blind(&self, viewer: CoderId, person: ParticipantId) -> bool {
        self.speech_of(person).any(|(transcript, _)| self.is_blind(viewer, transcript))
    }

    /// A draft that others made up while they coded what `viewer` codes blind: it has nothing but a name, and only codings
    /// that are hidden use it. A code that somebody defined or placed in the codebook is everybody's.
    fn hides_code(&self, viewer: CoderId, code: CodeId) -> bool {
        let bare = |code: &&Code| {
            code.state == CodeState::Draft
                && code.origin == Origin::Inductive
                && (code.side, code.parent) == (None, None)
                && [&code.definition, &code.include, &code.exclude, &code.example]
                    .iter()
                    .all(|text| text.is_empty())
        };
        let mut codings = self.codings_with(code).peekable();
        self.codes().get(&code).filter(bare).is_some()
            && codings.peek().is_some()
            && codings.all(|coding| self.hides_coding(viewer, coding))
            && !self.memos_on(MemoOn::Code(code)).any(|memo| memo.coder == viewer)
            && self.codes().iter().all(|other| other.parent != Some(code))
            && self.themes_with(code).is_empty()
            && !self.classifications().iter().any(|held| held.of == Classified::Code(code))
    }
}

/// All records that changes name, in every state.
pub(super) fn records(changes: &[Change]) -> impl Iterator<Item = &Record> {
    changes.iter().flat_map(|change| change.before.iter().chain(&change.after))
}
