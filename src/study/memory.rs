//! The study in memory: every record, the turns of the current revisions, and the indexes that make the questions of
//! the screens cheap. It holds no texts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::indexes::Indexes;
use super::layers::Layers;
use super::{
    Attribute, AttributeOf, AttributeValue, BasketEntry, Binding, Blind, Classification, Code, CodeId, Coder,
    CoderId, Coding, CodingId, Component, Consent, Export, Framework, Hidden, Hideable, KeptFinding,
    LayerOfRecord, Memo, MemoOn, Participant, ParticipantId, Point, Quote, QuoteId, Record, Review, Revision,
    RevisionId, SavedSearch, Seat, Settings, Speaker, Subject, Summary, Table, Theme, Transcript,
    TranscriptId, TurnVoice, Turns, Usage, Value,
};
use crate::text::{Span, fold_label, fold_name};
use crate::with_record_kinds;

macro_rules! define_study {
    ($($kind:ident $table:ident),* $(,)?) => {
        /// A whole study, without its texts.
        ///
        /// It changes only by [`Study::apply`], which keeps the rules of the domain; [`Study::load`] fills it from disk.
        #[derive(Clone, Debug, Default)]
        pub struct Study {
            /// What `study.toml` says.
            pub settings: Settings,
            $($table: Table<$kind>,)*
            turns: BTreeMap<RevisionId, Arc<Turns>>,
            indexes: Indexes,
            /// Where this study shows a part of a whole one: the layers of record of that.
            pub(super) layers_of_whole: Option<Layers>,
        }

        impl Study {
            $(
                #[doc = concat!("All records of the kind [`", stringify!($kind), "`].")]
                #[must_use]
                pub fn $table(&self) -> &Table<$kind> {
                    &self.$table
                }
            )*

            /// What the study holds now under the identity of `record`.
            pub(super) fn held(&self, record: &Record) -> Option<Record> {
                match record {
                    $(Record::$kind(record) => {
                        self.$table.get(&super::Keyed::key(record)).cloned().map(Record::$kind)
                    })*
                }
            }

            /// Every record of every kind.
            pub(super) fn all_records(&self) -> Vec<Record> {
                let mut all = Vec::new();
                $(all.extend(self.$table.iter().cloned().map(Record::$kind));)*
                all
            }

            /// Puts a record in its table and the indexes, in the place of one with the same identity.
            pub(super) fn put(&mut self, record: Record) {
                self.remove(&record);
                self.indexes.note(&record);
                let heard = self.speech_moved_by(&record);
                match record {
                    $(Record::$kind(record) => self.$table.put(record),)*
                }
                heard.into_iter().for_each(|transcript| self.recount_speech(Some(transcript)));
            }

            /// Takes the record with that identity out of its table and the indexes.
            pub(super) fn remove(&mut self, record: &Record) {
                let Some(held) = self.held(record) else { return };
                self.indexes.forget(&held);
                match &held {
                    $(Record::$kind(record) => {
                        self.$table.take(&super::Keyed::key(record));
                    })*
                }
                let heard = self.speech_moved_by(&held);
                heard.into_iter().for_each(|transcript| self.recount_speech(Some(transcript)));
            }
        }
    };
}

with_record_kinds!(define_study);

impl Study {
    /// A study from what is on disk: its settings, records and the turns of current revisions. Nothing is checked: the
    /// store's own constraints hold there.
    #[must_use]
    pub fn load(
        settings: Settings,
        records: impl IntoIterator<Item = Record>,
        turns: impl IntoIterator<Item = Turns>,
    ) -> Self {
        let mut study = Study { settings, ..Study::default() };
        study.indexes.hold_back_speech();
        for turns in turns {
            study.turns.insert(turns.revision, Arc::new(turns));
        }
        for record in records {
            study.put(record);
        }
        study.indexes.release_speech();
        let all: Vec<TranscriptId> = study.transcripts.iter().map(|transcript| transcript.id).collect();
        for transcript in all {
            study.recount_speech(Some(transcript));
        }
        study
    }

    /// What the study holds under the identity of `record`.
    #[must_use]
    pub fn record_like(&self, record: &Record) -> Option<Record> {
        self.held(record)
    }

    /// Adds the turns of a new revision. They come before the action that makes it current.
    pub fn add_turns(&mut self, turns: Arc<Turns>) {
        let revision = turns.revision;
        self.turns.insert(revision, turns);
        let transcript = self.revisions.get(&revision).map(|revision| revision.transcript);
        self.recount_speech(transcript);
    }

    /// The turns of a revision, if they are in memory (those of current revisions are).
    #[must_use]
    pub fn turns_of(&self, revision: RevisionId) -> Option<&Arc<Turns>> {
        self.turns.get(&revision)
    }

    /// The turns of the current revision of a transcript.
    #[must_use]
    pub fn turns(&self, transcript: TranscriptId) -> Option<&Arc<Turns>> {
        self.turns.get(&self.transcripts.get(&transcript)?.revision)
    }

    /// The transcript of that short name; case, blanks, `-` and `_` do not matter.
    #[must_use]
    pub fn transcript_named(&self, name: &str) -> Option<&Transcript> {
        self.transcripts.get(self.indexes.transcript_by_name.get(&fold_short_name(name))?)
    }

    /// The code of that name, case folded.
    #[must_use]
    pub fn code_named(&self, name: &str) -> Option<&Code> {
        self.codes.get(self.indexes.code_by_name.get(&fold_name(name))?)
    }

    /// The participant of that name, case folded.
    #[must_use]
    pub fn participant_named(&self, name: &str) -> Option<&Participant> {
        self.participants.get(self.indexes.participant_by_name.get(&fold_name(name))?)
    }

    /// The coder of that name, case folded.
    #[must_use]
    pub fn coder_named(&self, name: &str) -> Option<&Coder> {
        let name = fold_name(name);
        self.coders.iter().find(|coder| fold_name(&coder.name) == name)
    }

    /// The theme of that name, case folded.
    #[must_use]
    pub fn theme_named(&self, name: &str) -> Option<&Theme> {
        let name = fold_name(name);
        self.themes.iter().find(|theme| fold_name(&theme.name) == name)
    }

    /// The saved search of that name, case folded.
    #[must_use]
    pub fn saved_search_named(&self, name: &str) -> Option<&SavedSearch> {
        let name = fold_name(name);
        self.saved_searches.iter().find(|search| fold_name(&search.name) == name)
    }

    /// The attribute of that name and kind; case, blanks, `-` and `_` do not matter.
    #[must_use]
    pub fn attribute_named(&self, of: AttributeOf, name: &str) -> Option<&Attribute> {
        let name = fold_short_name(name);
        self.attributes
            .iter()
            .find(|attribute| attribute.of == of && fold_short_name(&attribute.name) == name)
    }

    /// Transcripts in the order of their names, numbers by size: `I2` before `I10`.
    #[must_use]
    pub fn transcripts_by_name(&self) -> Vec<&Transcript> {
        self.indexes.transcript_order.values().filter_map(|id| self.transcripts.get(id)).collect()
    }

    /// Quotes of a transcript (of all coders and revisions), by where they start, longer ones first.
    #[must_use]
    pub fn quotes_in(&self, transcript: TranscriptId) -> impl DoubleEndedIterator<Item = &Quote> {
        let order = self.indexes.quotes_in.get(&transcript);
        order.into_iter().flat_map(|set| set.iter()).filter_map(|(_, _, id)| self.quotes.get(id))
    }

    /// Quotes of a transcript over exactly this span (of all coders and revisions).
    pub fn quotes_at(&self, transcript: TranscriptId, span: Span) -> impl Iterator<Item = &Quote> {
        let place = |id| (span.start, Reverse(span.end), QuoteId(id));
        let places = place(Uuid::nil())..=place(Uuid::max());
        let order = self.indexes.quotes_in.get(&transcript);
        order
            .into_iter()
            .flat_map(move |set| set.range(places.clone()))
            .filter_map(|(_, _, id)| self.quotes.get(id))
    }

    /// Codings on a quote, in the order of their making.
    pub fn codings_on(&self, quote: QuoteId) -> impl Iterator<Item = &Coding> {
        self.resolve_codings(self.indexes.codings_on.get(&quote))
    }

    /// Codings with a code (its children's are not in it), in the order of their making.
    pub fn codings_with(&self, code: CodeId) -> impl Iterator<Item = &Coding> {
        self.resolve_codings(self.indexes.codings_with.get(&code))
    }

    fn resolve_codings<'s>(
        &'s self,
        ids: Option<&'s std::collections::BTreeSet<CodingId>>,
    ) -> impl Iterator<Item = &'s Coding> {
        ids.into_iter().flatten().filter_map(|id| self.codings.get(id))
    }

    /// Memos on a thing, oldest first.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "most things are small identities, named where they are asked for"
    )]
    pub fn memos_on(&self, thing: MemoOn) -> impl Iterator<Item = &Memo> {
        self.indexes.memos_on.get(&thing).into_iter().flatten().filter_map(|id| self.memos.get(id))
    }

    /// Speakers of a transcript, by key.
    pub fn speakers_in(&self, transcript: TranscriptId) -> impl Iterator<Item = &Speaker> {
        self.speakers
            .from((transcript, String::new()))
            .take_while(move |speaker| speaker.transcript == transcript)
    }

    /// The value of an attribute of a participant or transcript, if there is one.
    #[must_use]
    pub fn value_of(&self, subject: Subject, attribute: &Attribute) -> Option<&Value> {
        self.attribute_values.get(&(subject, attribute.id)).map(|held| &held.value)
    }

    /// Whether the value of an attribute rests on a quote.
    #[must_use]
    pub fn is_evidence(&self, quote: QuoteId) -> bool {
        self.attribute_values.iter().any(|value| value.quote == Some(quote))
    }

    /// What a coder is called; empty if the study does not know them.
    #[must_use]
    pub fn coder_name(&self, coder: CoderId) -> &str {
        self.coders.get(&coder).map_or("", |coder| &coder.name)
    }

    /// The attributes of participants or of transcripts, in the order of lists.
    #[must_use]
    pub fn attributes_of(&self, of: AttributeOf) -> Vec<&Attribute> {
        let mut found: Vec<&Attribute> = self.attributes.iter().filter(|held| held.of == of).collect();
        found.sort_by_key(|attribute| (attribute.position, attribute.id));
        found
    }

    /// Participants in the order of their names, numbers by size: `P2` before `P10`.
    #[must_use]
    pub fn participants_by_name(&self) -> Vec<&Participant> {
        let mut found: Vec<&Participant> = self.participants.iter().collect();
        found.sort_by_cached_key(|participant| super::indexes::name_order(&participant.name));
        found
    }

    /// Words that each participant speaks in a transcript (UAX #29, current revision). Who speaks none is not in it, nor what is hidden.
    #[must_use]
    pub fn speech_in(&self, transcript: TranscriptId) -> &BTreeMap<ParticipantId, u32> {
        static NOBODY: BTreeMap<ParticipantId, u32> = BTreeMap::new();
        self.indexes.speech_in.get(&transcript).unwrap_or(&NOBODY)
    }

    /// Transcripts in which a participant speaks, with the words spoken there.
    pub fn speech_of(&self, participant: ParticipantId) -> impl Iterator<Item = (TranscriptId, u32)> {
        let heard = self.indexes.heard_in.get(&participant).into_iter().flatten();
        heard
            .filter_map(move |&transcript| Some((transcript, *self.speech_in(transcript).get(&participant)?)))
    }

    /// Components of a framework, in order.
    #[must_use]
    pub fn components_of(&self, framework: &str) -> Vec<&Component> {
        let mut found: Vec<&Component> =
            self.components.iter().filter(|component| component.framework == framework).collect();
        found.sort_by_key(|component| component.position);
        found
    }

    /// Whether nobody and nothing is left out of what is shown: nothing is hidden, and everybody may be analysed.
    #[must_use]
    pub fn hides_nothing(&self) -> bool {
        self.hidden.is_empty() && self.indexes.not_analysed.is_empty()
    }

    /// The transcripts whose speech must be counted anew when `record` comes, changes or goes.
    fn speech_moved_by(&self, record: &Record) -> Vec<TranscriptId> {
        match record {
            Record::Hidden(hidden) => match hidden.what {
                Hideable::Transcript(id) | Hideable::Turn(id, _) => vec![id],
                Hideable::Participant(_) => self.transcripts.iter().map(|held| held.id).collect(),
            },
            // Coming and going alike: who may be analysed moves nothing.
            Record::Consent(consent) if !consent.analyse => {
                self.transcripts.iter().map(|held| held.id).collect()
            }
            record => Indexes::speech_of(record).into_iter().collect(),
        }
    }

    fn recount_speech(&mut self, transcript: Option<TranscriptId>) {
        let Some(transcript) = transcript else { return };
        if self.indexes.speech_is_held_back() {
            return;
        }
        let mut words: BTreeMap<ParticipantId, u32> = BTreeMap::new();
        if let (Some(turns), Some(voices)) = (self.turns(transcript).cloned(), self.voices_in(transcript)) {
            for turn in turns.turns.iter().filter(|turn| turn.words > 0) {
                let voice = voices.of(turn);
                if let Some(participant) = voice.participant()
                    && !self.is_turn_hidden(transcript, turn, voice)
                {
                    *words.entry(participant).or_default() += turn.words;
                }
            }
        }
        self.indexes.set_speech(transcript, words);
    }
}

/// A short name as filters and commands compare it: case folded, without blanks, `-` and `_`.
#[must_use]
pub fn fold_short_name(name: &str) -> String {
    fold_label(name).chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect()
}
