//! A quotation of a draft, as it stands there: its words, what may say whose they are, and how it is set.

use super::beside::Candidate;

/// A quotation of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without the marks around them: one part, or one for each line behind the label of a speaker. Of a block, as
    /// long as nothing is known of the study, one for each line.
    pub parts: Vec<Part>,
    /// Line or paragraph of the draft it begins in, from 1.
    pub place: usize,
    /// What may say whose it is, most likely first.
    pub behind: Vec<Candidate>,
    /// What stands above it in a paragraph of its own, which says whose it is unless it belongs to the quotation before.
    pub above: Option<Candidate>,
    /// What stands behind a later quotation of its sentence, where nothing does behind this one: both may share it.
    pub shared: Option<Shared>,
    /// What leads to it in its sentence and what follows it there (`P001 said:`, `as P001 put it`), each where there is any:
    /// words of the draft's author, among which somebody may be named.
    pub around: Vec<String>,
    /// What comments behind it say, such as the address that Combe puts there.
    pub comments: Vec<String>,
    /// How it stands in the draft.
    pub set: Set,
    /// Whether nothing but its label parts it from the quotation before: of several speakers, one below the other, both may be
    /// one quotation.
    pub goes_on: bool,
    /// Whether a reference to the literature stands behind it.
    pub cited: bool,
}

/// How a quotation stands in a draft.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Set {
    /// In quotation marks.
    #[default]
    Marks,
    /// In brackets right behind another, as translations do.
    Translation,
    /// In marks, in a heading or a column of themes: more likely what something is called.
    Title,
    /// As a paragraph without marks that begins with what may be a label or ends with what may be an attribution.
    Line,
    /// As a block without marks, of which the last lines may say whose it is.
    Block,
    /// As the text of a cell without marks, in a column whose head says that quotations stand in it, or not.
    Cell {
        /// Whether the head says so.
        headed: bool,
    },
}

/// An attribution that stands behind the last of several quotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What it says.
    pub text: String,
    /// The number of this quotation among those that share it, from 0, and how many these are.
    pub number: usize,
    /// How many they are.
    pub of: usize,
}

/// Words of a quotation, and the label before them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What stands right before them and a colon, as labels of speakers do (`Speaker 1`).
    pub label: Option<Label>,
    /// The words. Paragraphs are parted by line ends.
    pub text: String,
    /// Line or paragraph of the draft.
    pub place: usize,
}

/// What may be the label of a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Without the colon.
    pub name: String,
    /// Whether it stands among the words, in a block without quotation marks: if it is none, it is quoted.
    pub within: bool,
}

impl Part {
    /// Words without a label.
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl Quotation {
    /// Its words. Parts and paragraphs are parted by line ends.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// Several that are one. What stands behind the last is said of all.
    #[must_use]
    pub(super) fn joined(several: &[Quotation]) -> Option<Quotation> {
        let (first, last) = (several.first()?, several.last()?);
        if let [one] = several {
            return Some(one.clone());
        }
        let all = |of: fn(&Quotation) -> &Vec<String>| several.iter().flat_map(of).cloned().collect();
        Some(Quotation {
            parts: several.iter().flat_map(|one| one.parts.iter().cloned()).collect(),
            around: all(|one| &one.around),
            comments: all(|one| &one.comments),
            place: first.place,
            goes_on: first.goes_on,
            shared: None,
            ..last.clone()
        })
    }

    /// Each part as a quotation of its own. What stands behind them all they share.
    #[must_use]
    pub(super) fn apart(self) -> Vec<Quotation> {
        if self.parts.len() < 2 {
            return vec![self];
        }
        let last = self.parts.len() - 1;
        let of = self.parts.len();
        let shared = self.behind.first().filter(|first| first.plain).map(|first| first.text.clone());
        let whole = Quotation { parts: Vec::new(), goes_on: false, ..self };
        let quotation = |(number, part): (usize, Part)| Quotation {
            place: part.place,
            around: if number == 0 { whole.around.clone() } else { Vec::new() },
            behind: if number == last { whole.behind.clone() } else { Vec::new() },
            shared: shared.clone().map(|text| Shared { text, number, of }),
            parts: vec![part],
            ..whole.clone()
        };
        self.parts.into_iter().enumerate().map(quotation).collect()
    }
}

/// Something of a draft that cannot be read for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Line or paragraph, from 1.
    pub place: usize,
    /// A sentence without any of the draft's words.
    pub what: &'static str,
}

/// All quotations of a draft, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// The quotations.
    pub found: Vec<Quotation>,
    /// Marks without a partner.
    pub doubts: Vec<Doubt>,
}
