//! What the study keeps beside its tables, so that the questions of the screens need no search. Kept in step by
//! [`Study::put`](super::Study) and `remove`; all of it can be made again from the tables.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::memory::fold_short_name;
use super::{CodeId, CodingId, MemoId, MemoOn, ParticipantId, QuoteId, Record, TranscriptId};
use crate::text::fold_name;

/// A name cut into words and numbers, so that `I2` sorts before `I10`; then the name itself, since two names that differ
/// only in leading zeros must not share a place.
/// See [`name_order`].
pub type NameOrder = (Vec<(String, u64)>, String);

#[derive(Clone, Debug, Default)]
pub(super) struct Indexes {
    pub(super) transcript_by_name: BTreeMap<String, TranscriptId>,
    pub(super) transcript_order: BTreeMap<NameOrder, TranscriptId>,
    pub(super) code_by_name: BTreeMap<String, CodeId>,
    pub(super) participant_by_name: BTreeMap<String, ParticipantId>,
    /// By start, longest first, then identity.
    pub(super) quotes_in: BTreeMap<TranscriptId, BTreeSet<(u32, Reverse<u32>, QuoteId)>>,
    pub(super) codings_on: BTreeMap<QuoteId, BTreeSet<CodingId>>,
    pub(super) codings_with: BTreeMap<CodeId, BTreeSet<CodingId>>,
    pub(super) memos_on: BTreeMap<MemoOn, BTreeSet<MemoId>>,
    /// Who did not agree to be analysed.
    pub(super) not_analysed: BTreeSet<ParticipantId>,
    pub(super) speech_in: BTreeMap<TranscriptId, BTreeMap<ParticipantId, u32>>,
    pub(super) heard_in: BTreeMap<ParticipantId, BTreeSet<TranscriptId>>,
    speech_held_back: bool,
}

impl Indexes {
    /// Takes in a record that is about to be put in its table.
    pub(super) fn note(&mut self, record: &Record) {
        match record {
            Record::Transcript(t) => {
                self.transcript_by_name.insert(fold_short_name(&t.name), t.id);
                self.transcript_order.insert(name_order(&t.name), t.id);
            }
            Record::Code(code) => {
                self.code_by_name.insert(fold_name(&code.name), code.id);
            }
            Record::Participant(participant) => {
                self.participant_by_name.insert(fold_name(&participant.name), participant.id);
            }
            Record::Quote(quote) => {
                let place = (quote.span.start, Reverse(quote.span.end), quote.id);
                self.quotes_in.entry(quote.transcript).or_default().insert(place);
            }
            Record::Coding(coding) => {
                self.codings_on.entry(coding.quote).or_default().insert(coding.id);
                self.codings_with.entry(coding.code).or_default().insert(coding.id);
            }
            Record::Memo(memo) => {
                self.memos_on.entry(memo.on.clone()).or_default().insert(memo.id);
            }
            Record::Consent(consent) if !consent.analyse => {
                self.not_analysed.insert(consent.participant);
            }
            _ => {}
        }
    }

    /// Lets go of a record that was taken out of its table.
    pub(super) fn forget(&mut self, record: &Record) {
        match record {
            Record::Transcript(t) => {
                self.transcript_by_name.remove(&fold_short_name(&t.name));
                self.transcript_order.remove(&name_order(&t.name));
            }
            Record::Code(code) => {
                self.code_by_name.remove(&fold_name(&code.name));
            }
            Record::Participant(participant) => {
                self.participant_by_name.remove(&fold_name(&participant.name));
            }
            Record::Quote(quote) => {
                let place = (quote.span.start, Reverse(quote.span.end), quote.id);
                drop_from(&mut self.quotes_in, &quote.transcript, &place);
            }
            Record::Coding(coding) => {
                drop_from(&mut self.codings_on, &coding.quote, &coding.id);
                drop_from(&mut self.codings_with, &coding.code, &coding.id);
            }
            Record::Memo(memo) => drop_from(&mut self.memos_on, &memo.on, &memo.id),
            Record::Consent(consent) => {
                self.not_analysed.remove(&consent.participant);
            }
            _ => {}
        }
    }

    /// The transcript whose speech must be counted anew when `record` comes, changes or goes.
    pub(super) fn speech_of(record: &Record) -> Option<TranscriptId> {
        match record {
            Record::Transcript(transcript) => Some(transcript.id),
            Record::Binding(binding) => Some(binding.transcript),
            Record::TurnVoice(voice) => Some(voice.transcript),
            _ => None,
        }
    }

    pub(super) fn set_speech(&mut self, transcript: TranscriptId, words: BTreeMap<ParticipantId, u32>) {
        for participant in self.speech_in.get(&transcript).into_iter().flat_map(BTreeMap::keys) {
            drop_from(&mut self.heard_in, participant, &transcript);
        }
        for participant in words.keys() {
            self.heard_in.entry(*participant).or_default().insert(transcript);
        }
        self.speech_in.insert(transcript, words);
    }

    /// Until [`Indexes::release_speech`], changes do not make speech be counted: a whole study is being loaded.
    pub(super) fn hold_back_speech(&mut self) {
        self.speech_held_back = true;
    }

    pub(super) fn release_speech(&mut self) {
        self.speech_held_back = false;
    }

    pub(super) fn speech_is_held_back(&self) -> bool {
        self.speech_held_back
    }
}

fn drop_from<K: Ord, V: Ord>(index: &mut BTreeMap<K, BTreeSet<V>>, key: &K, value: &V) {
    if let Some(set) = index.get_mut(key) {
        set.remove(value);
        if set.is_empty() {
            index.remove(key);
        }
    }
}

/// A name as lists sort it: case and blanks folded, numbers by size.
#[must_use]
pub fn name_order(name: &str) -> NameOrder {
    let folded = fold_name(name);
    let mut parts = Vec::new();
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        let word_end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = &rest[word_end..];
        let number_end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let number = digits[..number_end].parse().unwrap_or(u64::MAX);
        parts.push((rest[..word_end].to_owned(), number));
        rest = &digits[number_end..];
    }
    (parts, folded)
}
