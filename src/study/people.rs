//! Coders, participants, their attributes and what they agreed to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AttributeId, CoderId, ParticipantId, QuoteId, TranscriptId};

/// Someone who codes. The name is what screens, files and filters show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coder {
    /// Identity.
    pub id: CoderId,
    /// Unique in a study, case folded.
    pub name: String,
}

/// A person who spoke: the case of the analysis. One person may speak in several transcripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Identity.
    pub id: ParticipantId,
    /// What the study calls them (`P088`). Unique, case folded.
    pub name: String,
    /// Made up by import for a label that nobody has said anything about yet. It is replaced as soon as a list
    /// of participants or a coder says who that label is.
    pub provisional: bool,
}

/// Where the list of participants says that a person speaks. It may name a transcript that is not there yet:
/// import binds the label when it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Name of the transcript, as the list writes it.
    pub transcript: String,
    /// Label in that transcript, as the list writes it.
    pub label: String,
    /// Who it is.
    pub participant: ParticipantId,
}

/// What a participant agreed to. Without such a record all three are taken as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Whose it is.
    pub participant: ParticipantId,
    /// Their words may be analysed.
    pub analyse: bool,
    /// Their words may be quoted. If not, quotes are coded and counted, but no export and no basket takes them.
    pub quote: bool,
    /// Their words may be archived.
    pub archive: bool,
    /// When and how far they withdrew.
    pub withdrawn: Option<Withdrawal>,
}

/// A withdrawal of consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The day it reached the study.
    pub on: Date,
    /// How far it goes, in the words of the study (`all`, `quoting`, `from the second interview on`).
    pub scope: String,
}

/// What an attribute belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeOf {
    /// Participants: age band, profession, setting.
    Participant,
    /// Transcripts: date of collection, place, interviewer.
    Transcript,
}

/// A named property of participants or of transcripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Identity.
    pub id: AttributeId,
    /// Unique among the attributes of its kind, case folded; also the word of a search filter.
    pub name: String,
    /// What has it.
    pub of: AttributeOf,
    /// Place in lists.
    pub position: u32,
}

/// Who or what has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A participant.
    Participant(ParticipantId),
    /// A transcript.
    Transcript(TranscriptId),
}

/// The value of one attribute of one participant or transcript.
///
/// No record at all means that nothing is known and nobody asked: it is shown as "not recorded".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// Which attribute.
    pub attribute: AttributeId,
    /// Whose.
    pub subject: Subject,
    /// What it is.
    pub value: Value,
    /// The quote it rests on, if it was learnt from what somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<QuoteId>,
}

/// A value, or the reason why there is none. The three kinds of blank are never mixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// One or more values; the first one is the one that is counted. Never empty.
    Given(Vec<String>),
    /// The attribute makes no sense here (the employment of a clinician).
    DoesNotApply,
    /// It should be known, and is not.
    Missing,
    /// The person was asked and would rather not say.
    PreferNotToSay,
}

impl Value {
    /// What filters call having no value at all.
    pub const NOT_RECORDED: &str = "not_recorded";

    /// Reads one cell of a table: several values stand between semicolons; `missing`, `prefer_not_to_say` and
    /// `does_not_apply` are the three blanks; an empty cell and `not_recorded` are no value at all.
    #[must_use]
    pub fn from_cell(cell: &str) -> Option<Value> {
        match crate::text::fold_name(cell).replace([' ', '-'], "_").as_str() {
            "" | Self::NOT_RECORDED => None,
            "missing" | "missing_data" => Some(Value::Missing),
            "prefer_not_to_say" | "prefers_not_to_say" => Some(Value::PreferNotToSay),
            "does_not_apply" | "not_applicable" | "n/a" => Some(Value::DoesNotApply),
            _ => {
                let values: Vec<String> = cell
                    .split(';')
                    .map(str::trim)
                    .filter(|value| !value.is_empty())
                    .map(String::from)
                    .collect();
                (!values.is_empty()).then_some(Value::Given(values))
            }
        }
    }

    /// The cell that [`Value::from_cell`] reads back.
    #[must_use]
    pub fn to_cell(&self) -> String {
        match self {
            Value::Given(values) => values.join(";"),
            Value::DoesNotApply => "does_not_apply".into(),
            Value::Missing => "missing".into(),
            Value::PreferNotToSay => "prefer_not_to_say".into(),
        }
    }

    /// The value that is counted: the first one given.
    #[must_use]
    pub fn counted(&self) -> Option<&str> {
        match self {
            Value::Given(values) => values.first().map(String::as_str),
            _ => None,
        }
    }
}
