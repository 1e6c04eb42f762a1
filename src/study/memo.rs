//! Memos, summaries of the framework matrix, and named points.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    CodeId, CoderId, Component, MemoId, ParticipantId, PointId, QuoteId, SummaryId, ThemeId, TranscriptId,
};

/// What kind of memo it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoKind {
    /// A thought on the way to a finding.
    #[default]
    Analytic,
    /// Something for the team to settle.
    Discussion,
    /// On the researcher's own part in it.
    Reflexive,
    /// What was seen and heard around the interview.
    FieldNote,
    /// A passage whose recording should be heard again. It may say nothing.
    CheckAudio,
}

impl MemoKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [MemoKind; 5] = [
        MemoKind::Analytic,
        MemoKind::Discussion,
        MemoKind::Reflexive,
        MemoKind::FieldNote,
        MemoKind::CheckAudio,
    ];

    /// The word used in files and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MemoKind::Analytic => "analytic",
            MemoKind::Discussion => "discussion",
            MemoKind::Reflexive => "reflexive",
            MemoKind::FieldNote => "field_note",
            MemoKind::CheckAudio => "check_audio",
        }
    }

    /// Reads that word; `-`, `_`, blanks and case do not matter.
    #[must_use]
    pub fn parse(word: &str) -> Option<MemoKind> {
        let word = crate::text::fold_name(word).replace(['-', ' '], "_");
        MemoKind::ALL.into_iter().find(|kind| kind.name() == word)
    }
}

/// One row of the framework matrix: a person, or a transcript as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// A person.
    Participant(ParticipantId),
    /// A focus group, or an interview taken as a whole.
    Group(TranscriptId),
}

/// A component of a framework, as other records refer to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ComponentRef {
    /// Its framework ([`Framework::id`](super::Framework::id)).
    pub framework: String,
    /// Which ([`Component::id`]).
    pub component: String,
}

impl From<&Component> for ComponentRef {
    fn from(component: &Component) -> Self {
        Self { framework: component.framework.clone(), component: component.id.clone() }
    }
}

impl ComponentRef {
    /// The identity of its record.
    #[must_use]
    pub fn key(&self) -> (String, String) {
        (self.framework.clone(), self.component.clone())
    }
}

/// One column of the framework matrix.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", from = "WrittenTopic")]
pub enum Topic {
    /// A theme with the codes that it counts.
    Theme(ThemeId),
    /// A code with the codes below it.
    Code(CodeId),
    /// All that stands under a component of a framework.
    Component(ComponentRef),
}

/// A topic as histories hold it: columns were themes alone once, and then stood as the bare identity.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenTopic {
    Theme(ThemeId),
    Any(AnyTopic),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnyTopic {
    Theme(ThemeId),
    Code(CodeId),
    Component(ComponentRef),
}

impl From<WrittenTopic> for Topic {
    fn from(written: WrittenTopic) -> Self {
        match written {
            WrittenTopic::Theme(id) | WrittenTopic::Any(AnyTopic::Theme(id)) => Topic::Theme(id),
            WrittenTopic::Any(AnyTopic::Code(id)) => Topic::Code(id),
            WrittenTopic::Any(AnyTopic::Component(component)) => Topic::Component(component),
        }
    }
}

/// What a memo is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoOn {
    /// A quote.
    Quote(QuoteId),
    /// A code.
    Code(CodeId),
    /// A theme.
    Theme(ThemeId),
    /// A component of a framework.
    Component(ComponentRef),
    /// A transcript.
    Transcript(TranscriptId),
    /// A participant, who is a row of the matrix.
    Participant(ParticipantId),
    /// A cell of the matrix.
    Cell(Case, Topic),
    /// The study.
    Study,
}

/// What a memo on a row of the matrix is on.
impl From<Case> for MemoOn {
    fn from(case: Case) -> Self {
        match case {
            Case::Participant(id) => MemoOn::Participant(id),
            Case::Group(id) => MemoOn::Transcript(id),
        }
    }
}

/// What a memo on a column of the matrix is on.
impl From<Topic> for MemoOn {
    fn from(topic: Topic) -> Self {
        match topic {
            Topic::Theme(id) => MemoOn::Theme(id),
            Topic::Code(id) => MemoOn::Code(id),
            Topic::Component(component) => MemoOn::Component(component),
        }
    }
}

/// A signed, dated text. There may be any number on anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// Identity.
    pub id: MemoId,
    /// What it is about.
    pub on: MemoOn,
    /// What kind.
    pub kind: MemoKind,
    /// Who wrote it.
    pub coder: CoderId,
    /// When it was begun.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
}

/// How far a summary has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SummaryState {
    /// Written.
    #[default]
    Drafted,
    /// Checked against the quotes.
    Checked,
}

impl SummaryState {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SummaryState::Drafted => "drafted",
            SummaryState::Checked => "checked",
        }
    }
}

/// A quote of the evidence of a cell, as it was when the summary was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Witness {
    /// Which quote. It may be gone since: this is a note of what was there, and refers to nothing.
    pub quote: QuoteId,
    /// A digest of its words and of the codings that bring it under the topic: 16 hexadecimal digits.
    pub digest: String,
}

/// What one case says on one topic: a cell of the framework matrix. There is at most one of each coder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Identity.
    pub id: SummaryId,
    /// Whose row.
    pub case: Case,
    /// Which column.
    #[serde(alias = "theme")]
    pub topic: Topic,
    /// Who wrote it.
    pub coder: CoderId,
    /// When it was last written.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
    /// Drafted or checked.
    pub state: SummaryState,
    /// The quotes it rests on.
    pub quotes: Vec<QuoteId>,
    /// All evidence of the cell when it was written, in order. `None` if nobody knows any more: then the summary is to be
    /// looked at again.
    #[serde(default)]
    pub basis: Option<Vec<Witness>>,
    /// Who checked it. `None` while it is a draft, and where nobody knows, as in studies of before it was kept.
    #[serde(default)]
    pub checked_by: Option<CoderId>,
}

/// A named point of the history. Its snapshot is never thinned out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Identity.
    pub id: PointId,
    /// What it is called (`submitted`). Unique in a study, case folded.
    pub name: String,
}

impl Point {
    /// What speaks against calling a new point so. A number is that of an action.
    #[must_use]
    pub fn against_name(name: &str) -> Option<&'static str> {
        match name.trim() {
            "" => Some("a point of the history needs a name, such as \"submitted\""),
            number if number.bytes().all(|byte| byte.is_ascii_digit()) => Some(
                "a number alone names an action of the history, and no point of it; add a word, such as \"round 2\"",
            ),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_an_older_history_is_a_theme() {
        let id = ThemeId::from(uuid::Uuid::from_u128(7));
        let bare = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<Topic>(&bare).unwrap(), Topic::Theme(id));
        let component = ComponentRef { framework: "com-b".into(), component: "motivation".into() };
        for topic in
            [Topic::Theme(id), Topic::Code(uuid::Uuid::from_u128(8).into()), Topic::Component(component)]
        {
            let written = serde_json::to_string(&topic).unwrap();
            assert_eq!(serde_json::from_str::<Topic>(&written).unwrap(), topic, "{written}");
        }
        let case = format!(r#"{{"cell":[{{"participant":{bare}}},{bare}]}}"#);
        let on: MemoOn = serde_json::from_str(&case).unwrap();
        assert!(matches!(on, MemoOn::Cell(Case::Participant(_), Topic::Theme(held)) if held == id));
    }
}
