//! What coauthors say of codes and themes, and which findings of the identifier scan were looked at and kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Classified, Code, CodeId, CoderId, KeptFindingId, ReviewId, Study, Theme};
use crate::text::{one_line, sha256};

/// What a reviewer decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is right as it is.
    Agree,
    /// It needs talking about.
    Question,
    /// It should be otherwise.
    Propose,
}

impl Decision {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Decision; 3] = [Decision::Agree, Decision::Question, Decision::Propose];

    /// The word used in files and screens.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Decision::Agree => "agree",
            Decision::Question => "question",
            Decision::Propose => "propose",
        }
    }

    /// Reads that word, case and blanks around it aside.
    #[must_use]
    pub fn parse(word: &str) -> Option<Decision> {
        let word = crate::text::fold_name(word);
        Decision::ALL.into_iter().find(|decision| decision.name() == word)
    }
}

/// One coauthor's decision on a code or theme and its classification. The latest of a coder is the one that holds; the
/// earlier ones stay readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Identity. It sorts by time.
    pub id: ReviewId,
    /// What was reviewed.
    pub of: Classified,
    /// Who decided.
    pub coder: CoderId,
    /// When.
    pub at: Timestamp,
    /// The decision.
    pub decision: Decision,
    /// Why, or what should be. May be empty.
    pub comment: String,
    /// The component that is proposed (framework, component), if the proposal is one of another component.
    pub component: Option<(String, String)>,
    /// What the coder had before them; `None` where that is not known, as in studies of before it was kept.
    #[serde(default)]
    pub basis: Option<ReviewBasis>,
}

/// What a decision was made on: a code or theme that was moved or defined anew since is to be decided again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewBasis {
    /// The component it stood under, by its label; empty for none.
    pub component: String,
    /// Digest of what it meant (see [`Study::reviewed_definition`]), salted with the identity of the review; empty where an
    /// erasure took it, as the definition may have held erased words: it is no longer that one.
    pub definition: String,
}

impl ReviewBasis {
    /// What somebody read. Line ends and runs of blanks do not matter: Word and Excel have their own.
    #[must_use]
    pub fn new(review: ReviewId, component: &str, definition: &str) -> Self {
        let definition = sha256(format!("{} {}", review.0, one_line(definition)).as_bytes());
        Self { component: one_line(component), definition }
    }
}

/// What happened to a code or theme after a decision on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It was put under another component.
    Moved,
    /// It came to mean something else.
    Redefined,
    /// Both.
    MovedAndRedefined,
}

impl Since {
    /// In words, to go behind the decision: `before it was moved`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Since::Moved => "before it was moved",
            Since::Redefined => "before its definition changed",
            Since::MovedAndRedefined => "before it was moved and its definition changed",
        }
    }

    /// The same where there is little room.
    #[must_use]
    pub fn in_short(self) -> &'static str {
        match self {
            Since::Moved => "since moved",
            Since::Redefined => "since redefined",
            Since::MovedAndRedefined => "since moved and redefined",
        }
    }
}

/// How many of the last digits of an identity stand in a [`Study::review_reference`]: the random ones, 48 bits of them.
const REFERENCE_DIGITS: usize = 12;

impl Study {
    /// What a review sheet calls a code or theme, whatever it is named by the time the sheet comes back:
    /// `code-5f2a9c01d3e4`.
    #[must_use]
    pub fn review_reference(of: Classified) -> String {
        let (kind, id) = match of {
            Classified::Code(id) => ("code", id.0),
            Classified::Theme(id) => ("theme", id.0),
        };
        let digits = id.simple().to_string();
        let last = digits.get(digits.len().saturating_sub(REFERENCE_DIGITS)..).unwrap_or_default();
        format!("{kind}-{last}")
    }

    /// The code or theme that a review sheet means; `None` if there is none, or more than one.
    #[must_use]
    pub fn by_review_reference(&self, reference: &str) -> Option<Classified> {
        let reference = reference.trim().to_lowercase();
        let codes = self.codes().iter().map(|code| Classified::Code(code.id));
        let themes = self.themes().iter().map(|theme| Classified::Theme(theme.id));
        let mut found = codes.chain(themes).filter(|of| Self::review_reference(*of) == reference);
        found.next().filter(|_| found.next().is_none())
    }

    /// Decisions on a code or theme, oldest first.
    pub fn reviews_of(&self, of: Classified) -> impl Iterator<Item = &Review> {
        self.reviews().iter().filter(move |review| review.of == of)
    }

    /// The decision of each coder that holds: their latest, in the order in which they were made.
    #[must_use]
    pub fn standing_reviews(&self, of: Classified) -> Vec<&Review> {
        let mut standing: Vec<&Review> = Vec::new();
        for review in self.reviews_of(of) {
            standing.retain(|held| held.coder != review.coder);
            standing.push(review);
        }
        standing
    }

    /// What a code or theme is called.
    #[must_use]
    pub fn name_of_classified(&self, of: Classified) -> &str {
        match of {
            Classified::Theme(id) => self.themes().get(&id).map(|theme| theme.name.as_str()),
            Classified::Code(id) => self.codes().get(&id).map(|code| code.name.as_str()),
        }
        .unwrap_or_default()
    }

    /// What a code or theme means, as a reviewer is shown it.
    #[must_use]
    pub fn reviewed_definition(&self, of: Classified) -> String {
        match of {
            Classified::Code(id) => self.codes().get(&id).map(definition_of_code),
            Classified::Theme(id) => self.themes().get(&id).map(|theme| self.definition_of_theme(theme)),
        }
        .unwrap_or_default()
    }

    /// The label of the component that a code or theme is reviewed under; empty for none.
    #[must_use]
    pub fn reviewed_component(&self, of: Classified) -> &str {
        let framework = &self.settings.framework;
        let component = match of {
            Classified::Code(id) => self.component_of(id, framework),
            Classified::Theme(id) => {
                self.themes().get(&id).and_then(|theme| self.component_of_theme(theme, framework))
            }
        };
        component.map_or("", |component| component.label.as_str())
    }

    /// What a decision that is made now is made on.
    #[must_use]
    pub fn review_basis(&self, review: ReviewId, of: Classified) -> ReviewBasis {
        ReviewBasis::new(review, self.reviewed_component(of), &self.reviewed_definition(of))
    }

    /// What happened to the code or theme since a decision was made on it; `None` if that still holds, or nobody knows.
    #[must_use]
    pub fn since_review(&self, review: &Review) -> Option<Since> {
        let (then, now) = (review.basis.as_ref()?, self.review_basis(review.id, review.of));
        match (then.component != now.component, then.definition != now.definition) {
            (true, true) => Some(Since::MovedAndRedefined),
            (true, false) => Some(Since::Moved),
            (false, true) => Some(Since::Redefined),
            (false, false) => None,
        }
    }

    fn definition_of_theme(&self, theme: &Theme) -> String {
        let names = |codes: &[CodeId]| {
            let names = codes.iter().filter_map(|id| self.codes().get(id)).map(|code| code.name.as_str());
            names.collect::<Vec<_>>().join("; ")
        };
        let (barriers, facilitators) = (names(&theme.barriers), names(&theme.facilitators));
        labelled(&[("", &theme.note), ("Barriers: ", &barriers), ("Facilitators: ", &facilitators)])
    }
}

fn definition_of_code(code: &Code) -> String {
    labelled(&[("", &code.definition), ("Include: ", &code.include), ("Exclude: ", &code.exclude)])
}

/// The texts that say something, a line each, behind what they are.
fn labelled(parts: &[(&str, &String)]) -> String {
    let parts = parts.iter().filter(|(_, text)| !text.is_empty());
    parts.map(|(label, text)| format!("{label}{text}")).collect::<Vec<_>>().join("\n")
}

/// Words that the identifier scan finds and somebody decided to keep. The words themselves are not held, only a salted
/// digest, so that this record tells nothing that the transcript does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFinding {
    /// Identity, and the salt of the digest.
    pub id: KeptFindingId,
    /// The pattern that found it (`title_name`).
    pub pattern: String,
    /// SHA-256 of identity and folded words, with the two on either side where they alone are kept of several in one place;
    /// lower-case hexadecimal.
    pub digest: String,
    /// Where it is kept: a place of the scan by its identity (`turn:ID:41`, `memo:ID`); empty for everywhere.
    pub place: String,
}
