//! Records, changes and actions: the grammar of everything that happens to a study.
//!
//! A [`Change`] takes one small record from one state to the next; an [`Action`] is what one coder did at one
//! moment, and the unit of saving, undo and audit. Records are small on purpose: two coders at work rarely touch
//! the same one.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    ActionId, Attribute, AttributeValue, BasketEntry, Binding, Blind, Classification, Code, Coder, CoderId,
    Coding, Component, Consent, Export, Framework, Hidden, KeptFinding, LayerOfRecord, Memo, Participant,
    Point, Quote, Review, Revision, SavedSearch, Seat, Speaker, Summary, Theme, Transcript, TurnVoice, Usage,
};
use crate::text::{fold_label, fold_name};

/// A thing with an identity that does not change while its other fields do.
pub trait Keyed: Clone + PartialEq + fmt::Debug {
    /// The identity.
    type Key: Clone + Ord + fmt::Debug + Serialize;

    /// The identity of this record.
    fn key(&self) -> Self::Key;
}

/// Calls a macro with every kind of record: its name in [`Record`], which is also its type, and the field of
/// [`Study`](super::Study) that holds its table. The one list of kinds: whatever walks all records is made from it.
#[macro_export]
macro_rules! with_record_kinds {
    ($then:ident) => {
        $then! {
            Coder coders,
            Participant participants,
            Seat seats,
            Consent consents,
            Attribute attributes,
            Transcript transcripts,
            Revision revisions,
            AttributeValue attribute_values,
            Speaker speakers,
            Binding bindings,
            TurnVoice turn_voices,
            LayerOfRecord layers_of_record,
            Blind blinds,
            Framework frameworks,
            Component components,
            Code codes,
            Theme themes,
            Classification classifications,
            Quote quotes,
            Coding codings,
            Memo memos,
            Summary summaries,
            Point points,
            SavedSearch saved_searches,
            Hidden hidden,
            BasketEntry basket_entries,
            Usage usages,
            Export exports,
            Review reviews,
            KeptFinding kept_findings,
        }
    };
}

macro_rules! define_record {
    ($($kind:ident $table:ident),* $(,)?) => {
        /// One record of any kind.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Record {
            $(
                #[doc = concat!("See [`", stringify!($kind), "`].")]
                $kind($kind),
            )*
        }

        impl Record {
            /// The name of its kind (`attribute_values`): also that of its table on disk.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Record::$kind(_) => stringify!($table),)*
                }
            }

            /// Whether both have the same kind and identity.
            #[must_use]
            pub fn same_thing(&self, other: &Record) -> bool {
                match (self, other) {
                    $((Record::$kind(a), Record::$kind(b)) => a.key() == b.key(),)*
                    _ => false,
                }
            }

            /// Its identity as JSON: it stands in the history on disk and must never change its form.
            ///
            /// # Errors
            /// If the identity has no form as JSON.
            pub fn key_text(&self) -> serde_json::Result<String> {
                match self {
                    $(Record::$kind(record) => serde_json::to_string(&record.key()),)*
                }
            }
        }

        $(
            impl From<$kind> for Record {
                fn from(record: $kind) -> Record {
                    Record::$kind(record)
                }
            }
        )*
    };
}

with_record_kinds!(define_record);

macro_rules! keyed {
    ($($kind:ident: $key:ty = |$record:ident| $of:expr;)*) => {$(
        impl Keyed for $kind {
            type Key = $key;

            fn key(&self) -> $key {
                let $record = self;
                $of
            }
        }
    )*};
}

keyed! {
    Coder: CoderId = |r| r.id;
    Participant: super::ParticipantId = |r| r.id;
    Seat: (String, String) = |r| (fold_name(&r.transcript), fold_label(&r.label));
    Consent: super::ParticipantId = |r| r.participant;
    Attribute: super::AttributeId = |r| r.id;
    Transcript: super::TranscriptId = |r| r.id;
    Revision: super::RevisionId = |r| r.id;
    AttributeValue: (super::Subject, super::AttributeId) = |r| (r.subject, r.attribute);
    Speaker: (super::TranscriptId, String) = |r| (r.transcript, r.key.clone());
    Binding: (super::TranscriptId, String) = |r| (r.transcript, r.speaker.clone());
    TurnVoice: (super::TranscriptId, super::TurnNumber) = |r| (r.transcript, r.turn);
    LayerOfRecord: super::TranscriptId = |r| r.transcript;
    Blind: (super::TranscriptId, CoderId, Timestamp) = |r| (r.transcript, r.coder, r.start);
    Framework: String = |r| r.id.clone();
    Component: (String, String) = |r| (r.framework.clone(), r.id.clone());
    Code: super::CodeId = |r| r.id;
    Theme: super::ThemeId = |r| r.id;
    Classification: (super::Classified, String) = |r| (r.of, r.framework.clone());
    Quote: super::QuoteId = |r| r.id;
    Coding: super::CodingId = |r| r.id;
    Memo: super::MemoId = |r| r.id;
    Summary: super::SummaryId = |r| r.id;
    Point: super::PointId = |r| r.id;
    SavedSearch: super::SavedSearchId = |r| r.id;
    Hidden: super::HiddenId = |r| r.id;
    BasketEntry: super::BasketEntryId = |r| r.id;
    Usage: (super::QuoteId, String) = |r| (r.quote, r.draft.clone());
    Export: super::ExportId = |r| r.id;
    Review: super::ReviewId = |r| r.id;
    KeptFinding: super::KeptFindingId = |r| r.id;
}

/// What happens to one record: it is created (no `before`), changed, or deleted (no `after`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What the study must hold for the change to be made.
    pub before: Option<Record>,
    /// What it holds afterwards.
    pub after: Option<Record>,
}

impl Change {
    /// A record comes into being.
    #[must_use]
    pub fn create(record: impl Into<Record>) -> Self {
        Self { before: None, after: Some(record.into()) }
    }

    /// A record goes from one state to another.
    #[must_use]
    pub fn update(before: impl Into<Record>, after: impl Into<Record>) -> Self {
        Self { before: Some(before.into()), after: Some(after.into()) }
    }

    /// A record goes.
    #[must_use]
    pub fn delete(record: impl Into<Record>) -> Self {
        Self { before: Some(record.into()), after: None }
    }

    /// The change that takes it back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    /// The record it is about, in whichever state it is known.
    #[must_use]
    pub fn record(&self) -> Option<&Record> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// What one coder did: the unit of saving, undo and audit. The store adds its place in the history (`seq`), the host
/// and the hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Identity.
    pub id: ActionId,
    /// When.
    pub at: Timestamp,
    /// Who. The coder may be created by this very action.
    pub coder: CoderId,
    /// The command of the registry or of the command line that did it (`apply_code`).
    pub command: String,
    /// What and where, for the history and for undo: names, numbers and offsets, never text of a transcript.
    pub label: String,
    /// Why, if the coder said so.
    pub reason: Option<String>,
    /// The action that this one takes back.
    pub undoes: Option<ActionId>,
    /// What it changes, in order.
    pub changes: Vec<Change>,
}

impl Action {
    /// The changes that take it back, in the order in which they must be made. What left the study has left: the record of
    /// that stays, so that a withdrawal can say where somebody's words went.
    #[must_use]
    pub fn inverse_changes(&self) -> Vec<Change> {
        let left =
            |change: &&Change| matches!(change, Change { before: None, after: Some(Record::Export(_)) });
        self.changes.iter().rev().filter(|change| !left(change)).map(Change::inverse).collect()
    }

    /// What is to be said when it is taken back and words left the study by it: where they stay. A sentence with a blank before it,
    /// or nothing.
    #[must_use]
    pub fn what_stays(&self) -> String {
        let left = self.changes.iter().find_map(|change| match change {
            Change { before: None, after: Some(Record::Export(export)) } => Some(export),
            _ => None,
        });
        left.map_or_else(String::new, |export| match export.file.as_str() {
            "clipboard" => String::from(". The words stay in the clipboard."),
            file => format!(". The words stay in {file}."),
        })
    }
}

/// Where new identifiers and the present time come from. Passed down from `cli` and `run`, so that everything below
/// gives the same answer twice.
pub trait Source {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// A fresh identifier.
    fn fresh(&self) -> uuid::Uuid;
}

/// The next identifier of whatever kind is asked for.
pub fn fresh<T: From<uuid::Uuid>>(source: &dyn Source) -> T {
    source.fresh().into()
}

/// A record in words for a message: names and kinds, never text of a transcript.
#[must_use]
pub fn describe(record: &Record) -> String {
    match record {
        Record::Coder(coder) => format!("the coder {}", quoted(&coder.name)),
        Record::Participant(participant) => format!("the participant {}", quoted(&participant.name)),
        Record::Transcript(transcript) => format!("the transcript {}", quoted(&transcript.name)),
        Record::Attribute(attribute) => format!("the attribute {}", quoted(&attribute.name)),
        Record::Code(code) => format!("the code {}", quoted(&code.name)),
        Record::Theme(theme) => format!("the theme {}", quoted(&theme.name)),
        Record::Speaker(speaker) => format!("the speaker {}", quoted(&speaker.label)),
        Record::Point(point) => format!("the point {}", quoted(&point.name)),
        Record::SavedSearch(search) => format!("the saved search {}", quoted(&search.name)),
        Record::Framework(framework) => format!("the framework {}", quoted(&framework.title)),
        Record::Component(component) => format!("the component {}", quoted(&component.label)),
        Record::Quote(_) => "that quote".into(),
        Record::Coding(_) => "that coding".into(),
        Record::Memo(_) => "that memo".into(),
        Record::Summary(_) => "that summary".into(),
        Record::Classification(_) => "that classification".into(),
        Record::AttributeValue(_) => "that value of an attribute".into(),
        Record::Binding(_) => "that binding of a speaker".into(),
        Record::Seat(_) => "that place in the list of participants".into(),
        Record::Consent(_) => "that consent".into(),
        Record::Revision(_) => "that revision".into(),
        Record::TurnVoice(_) => "the speaker of that turn".into(),
        Record::LayerOfRecord(_) => "that layer of record".into(),
        Record::Blind(_) => "that blind coding".into(),
        Record::Hidden(_) => "what is hidden".into(),
        Record::BasketEntry(_) => "that quote in a basket".into(),
        Record::Usage(_) => "that use of a quote".into(),
        Record::Export(export) => format!("the export {}", quoted(&export.file)),
        Record::Review(_) => "that review".into(),
        Record::KeptFinding(_) => "that decision on a finding".into(),
    }
}

/// The name of a record that has one.
pub(super) fn name_of(record: &Record) -> Option<&str> {
    Some(match record {
        Record::Coder(coder) => &coder.name,
        Record::Participant(participant) => &participant.name,
        Record::Transcript(transcript) => &transcript.name,
        Record::Attribute(attribute) => &attribute.name,
        Record::Code(code) => &code.name,
        Record::Theme(theme) => &theme.name,
        Record::Point(point) => &point.name,
        Record::SavedSearch(search) => &search.name,
        _ => return None,
    })
}

/// A name between quotation marks, as much of it as a sentence has room for.
fn quoted(name: &str) -> String {
    const ROOM: usize = 60;
    match name.char_indices().nth(ROOM) {
        Some((end, _)) => format!("“{}…”", name.get(..end).unwrap_or_default()),
        None => format!("“{name}”"),
    }
}
