//! Filters: what stands before the colon.

use std::fmt;

use crate::study::Study;

/// A filter of a query: `code:time`, `code:="Time pressure"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which one.
    pub name: FilterName,
    /// Whether `=` stands before the value: the whole name, not its beginning.
    pub exact: bool,
    /// The value as typed, without quotation marks.
    pub value: String,
}

/// What a filter asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterName {
    /// A coding with a code whose words begin so, or with one below it.
    Code,
    /// A coding with a code of such a theme.
    Theme,
    /// A coding with a code classified under a component of the framework.
    Component,
    /// A coding of that effective valence.
    Valence,
    /// A coding (or a mark) of that coder.
    By,
    /// A turn of that transcript.
    In,
    /// A turn of a transcript of that kind.
    Kind,
    /// A turn under that label, of that role, or of that participant.
    Speaker,
    /// A turn of a transcript in that language.
    Lang,
    /// A turn in some state: see [`State`].
    Is,
    /// A turn that is like a passage.
    Like,
    /// A quote that stands in that draft.
    UsedIn,
    /// An attribute of the study, written as [`FilterNames`] writes it.
    Attribute(String),
}

/// The built-in filters and their words.
const BUILT_IN: [(&str, FilterName); 12] = [
    ("code", FilterName::Code),
    ("theme", FilterName::Theme),
    ("component", FilterName::Component),
    ("valence", FilterName::Valence),
    ("by", FilterName::By),
    ("in", FilterName::In),
    ("kind", FilterName::Kind),
    ("speaker", FilterName::Speaker),
    ("lang", FilterName::Lang),
    ("is", FilterName::Is),
    ("like", FilterName::Like),
    ("used_in", FilterName::UsedIn),
];

impl FilterName {
    /// The word before the colon.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Attribute(word) => word,
            built_in => BUILT_IN.iter().find(|(_, name)| name == built_in).map_or("", |(word, _)| word),
        }
    }
}

impl fmt::Display for FilterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.word())
    }
}

/// The values of `is:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It shares a byte with a coded quote.
    Coded,
    /// It does not; together with `by:`, with none of that coder's.
    Uncoded,
    /// It shares a byte with a starred quote.
    Starred,
    /// It shares a byte with a quote that has a memo.
    Memo,
    /// It was not read yet.
    Unread,
    /// It shares a byte with a coded quote of the layer of record; beside other filters on codings, that one is meant.
    Record,
    /// It shares a byte with a quote that stands in a draft.
    Used,
    /// It shares a byte with a quote that stands in none.
    Unused,
}

impl State {
    /// All of them, with their words.
    pub const ALL: [(&'static str, State); 8] = [
        ("coded", State::Coded),
        ("uncoded", State::Uncoded),
        ("starred", State::Starred),
        ("memo", State::Memo),
        ("unread", State::Unread),
        ("record", State::Record),
        ("used", State::Used),
        ("unused", State::Unused),
    ];

    /// Reads such a word in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<State> {
        let word = crate::text::fold_name(word);
        Self::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, state)| state)
    }
}

/// The filters that a study knows: the built-in ones, and one for each attribute of participants or
/// transcripts.
///
/// An attribute is written in small letters and digits with `_` between its words, and read whatever stands
/// between them: `Health board` is `health_board:`, and `healthboard:` is understood. A built-in filter hides
/// an attribute of its name.
#[derive(Clone, Debug, Default)]
pub struct FilterNames {
    /// As folded, and as written.
    attributes: Vec<(String, String)>,
}

impl FilterNames {
    /// Those of `study`.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        Self::with_attributes(study.attributes().iter().map(|attribute| attribute.name.as_str()))
    }

    /// Those of a study with these attributes.
    pub fn with_attributes<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut attributes: Vec<(String, String)> = Vec::new();
        for name in names {
            let (folded, written) = (fold_attribute(name), write_attribute(name));
            // A filter begins with a letter: an attribute named by a number can only be asked for by other
            // means.
            let readable = folded.starts_with(char::is_alphabetic);
            if readable && !attributes.iter().any(|(known, _)| *known == folded) {
                attributes.push((folded, written));
            }
        }
        Self { attributes }
    }

    /// The filter that `word` names.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<FilterName> {
        let folded = fold_attribute(word);
        let built_in =
            BUILT_IN.iter().find(|(known, _)| fold_attribute(known) == folded).map(|(_, name)| name.clone());
        built_in.or_else(|| {
            let attribute = self.attributes.iter().find(|(known, _)| *known == folded);
            attribute.map(|(_, written)| FilterName::Attribute(written.clone()))
        })
    }

    /// The words of all filters: the built-in ones first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let attributes = self.attributes.iter().map(|(_, written)| written.as_str());
        BUILT_IN.iter().map(|(word, _)| *word).chain(attributes)
    }
}

/// An attribute's name as filters compare it: lower-case letters and digits alone.
pub(in crate::search) fn fold_attribute(name: &str) -> String {
    crate::text::fold_name(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn write_attribute(name: &str) -> String {
    let folded = crate::text::fold_name(name);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_")
}
