//! What coauthors say of codes and themes, and which findings of the identifier scan were looked at and kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Classified, CoderId, KeptFindingId, ReviewId, Study};

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
