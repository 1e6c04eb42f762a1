//! Codes, sides, themes and what they are classified under.

use serde::{Deserialize, Serialize};

use super::{CodeId, ThemeId};

/// Whether something keeps people from the behaviour or helps them to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// It hinders.
    Barrier,
    /// It helps.
    Facilitator,
}

impl Side {
    /// The word used in files and filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Side::Barrier => "barrier",
            Side::Facilitator => "facilitator",
        }
    }

    /// Reads that word in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<Side> {
        match crate::text::fold_name(word).as_str() {
            "barrier" => Some(Side::Barrier),
            "facilitator" => Some(Side::Facilitator),
            _ => None,
        }
    }
}

/// Barrier, facilitator, or both at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Valence {
    /// It hinders.
    Barrier,
    /// It helps.
    Facilitator,
    /// Both: the passage is ambivalent.
    Both,
}

impl Valence {
    /// Its sides, barrier first: what files and JSON list.
    #[must_use]
    pub fn sides(self) -> &'static [Side] {
        match self {
            Valence::Barrier => &[Side::Barrier],
            Valence::Facilitator => &[Side::Facilitator],
            Valence::Both => &[Side::Barrier, Side::Facilitator],
        }
    }

    /// Whether `side` is one of its sides.
    #[must_use]
    pub fn has(self, side: Side) -> bool {
        self.sides().contains(&side)
    }

    /// Reads the cell of `codings.csv`: empty, `barrier`, `facilitator` or `barrier;facilitator`.
    ///
    /// # Errors
    /// Gives back the word that is none of these.
    pub fn from_cell(cell: &str) -> Result<Option<Valence>, String> {
        let mut sides = Vec::new();
        for word in cell.split([';', ',', '+']).map(str::trim).filter(|word| !word.is_empty()) {
            match (Side::parse(word), crate::text::fold_name(word).as_str()) {
                (Some(side), _) => sides.push(side),
                (None, "both") => sides.extend([Side::Barrier, Side::Facilitator]),
                (None, _) => return Err(word.to_owned()),
            }
        }
        Ok(match (sides.contains(&Side::Barrier), sides.contains(&Side::Facilitator)) {
            (true, true) => Some(Valence::Both),
            (true, false) => Some(Valence::Barrier),
            (false, true) => Some(Valence::Facilitator),
            (false, false) => None,
        })
    }

    /// The cell that [`Valence::from_cell`] reads back.
    #[must_use]
    pub fn to_cell(self) -> &'static str {
        match self {
            Valence::Barrier => "barrier",
            Valence::Facilitator => "facilitator",
            Valence::Both => "barrier;facilitator",
        }
    }
}

impl From<Side> for Valence {
    fn from(side: Side) -> Self {
        match side {
            Side::Barrier => Valence::Barrier,
            Side::Facilitator => Valence::Facilitator,
        }
    }
}

/// Where a code came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From theory, before reading.
    Deductive,
    /// From the transcripts.
    #[default]
    Inductive,
}

impl Origin {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Origin::Deductive => "deductive",
            Origin::Inductive => "inductive",
        }
    }

    /// Reads that word in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<Origin> {
        match crate::text::fold_name(word).as_str() {
            "deductive" => Some(Origin::Deductive),
            "inductive" => Some(Origin::Inductive),
            _ => None,
        }
    }
}

/// How far a code has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeState {
    /// New, not yet agreed.
    #[default]
    Draft,
    /// In use.
    Working,
    /// No longer offered; its codings stay.
    Retired,
}

impl CodeState {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CodeState::Draft => "draft",
            CodeState::Working => "working",
            CodeState::Retired => "retired",
        }
    }

    /// Reads that word in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<CodeState> {
        match crate::text::fold_name(word).as_str() {
            "draft" => Some(CodeState::Draft),
            "working" => Some(CodeState::Working),
            "retired" => Some(CodeState::Retired),
            _ => None,
        }
    }
}

/// A named idea in the codebook tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Identity.
    pub id: CodeId,
    /// Unique in a study, case folded.
    pub name: String,
    /// The code above it.
    pub parent: Option<CodeId>,
    /// Its side decides for its codings; a code without one leaves it to each coding.
    pub side: Option<Side>,
    /// From theory or from the transcripts.
    pub origin: Origin,
    /// Draft, working or retired.
    pub state: CodeState,
    /// A colour name of the 16, or `#rrggbb`.
    pub colour: Option<String>,
    /// What it means.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to.
    pub exclude: String,
    /// A typical passage.
    pub example: String,
    /// Place among its siblings.
    pub position: u32,
}

impl Code {
    /// A new draft code with nothing but a name.
    #[must_use]
    pub fn new(id: CodeId, name: &str) -> Self {
        Self {
            id,
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            parent: None,
            side: None,
            origin: Origin::default(),
            state: CodeState::default(),
            colour: None,
            definition: String::new(),
            include: String::new(),
            exclude: String::new(),
            example: String::new(),
            position: 0,
        }
    }
}

/// A row of the analysis: barriers on one hand, what answers them on the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Identity.
    pub id: ThemeId,
    /// Unique in a study, case folded.
    pub name: String,
    /// Place in print.
    pub position: u32,
    /// Codes of the barrier side, in order. May be empty.
    pub barriers: Vec<CodeId>,
    /// Codes of the facilitator side, in order. May be empty.
    pub facilitators: Vec<CodeId>,
    /// Why they answer each other.
    pub note: String,
}

impl Theme {
    /// Its codes: those of the barrier side, then those of the facilitator side.
    pub fn codes(&self) -> impl Iterator<Item = CodeId> + '_ {
        self.barriers.iter().chain(&self.facilitators).copied()
    }
}

/// What can be classified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Classified {
    /// A code, and its children with it.
    Code(CodeId),
    /// A theme.
    Theme(ThemeId),
}

/// A code or theme under a component of a framework: one each per framework. The reason for a change is that of
/// its action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// What.
    pub of: Classified,
    /// Under which framework ([`Framework::id`](super::Framework::id)).
    pub framework: String,
    /// Under which of its components ([`Component::id`](super::Component::id)).
    pub component: String,
}
