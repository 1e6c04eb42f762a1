//! Memos, summaries and named points.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CodeId, CoderId, MemoId, ParticipantId, PointId, QuoteId, SummaryId, ThemeId, TranscriptId};

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

/// One row of the framework matrix: a person, or a focus group as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// A person.
    Participant(ParticipantId),
    /// A focus group.
    Group(TranscriptId),
}

/// What a memo is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoOn {
    /// A quote.
    Quote(QuoteId),
    /// A code.
    Code(CodeId),
    /// A theme, which is a column of the matrix.
    Theme(ThemeId),
    /// A transcript.
    Transcript(TranscriptId),
    /// A participant, who is a row of the matrix.
    Participant(ParticipantId),
    /// A cell of the matrix.
    Cell(Case, ThemeId),
    /// The study.
    Study,
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

/// What one case says on one theme: a cell of the framework matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Identity.
    pub id: SummaryId,
    /// Whose row.
    pub case: Case,
    /// Which column.
    pub theme: ThemeId,
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
}

/// A named point of the history. Its snapshot is never thinned out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Identity.
    pub id: PointId,
    /// What it is called (`submitted`). Unique in a study, case folded.
    pub name: String,
}
