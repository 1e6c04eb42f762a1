//! Which table takes which option: one list for the command line, which refuses the others, and for the keys of the screen.

use super::TableKind;

/// Something that only some tables are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableOption {
    /// Groups of an attribute side by side.
    By,
    /// A second attribute across.
    With,
    /// Only one code, with those below it.
    Code,
    /// Codings in place of people.
    Count,
    /// People and codings behind names.
    Counts,
    /// Per cents that add up to 100.
    To100,
    /// What together means.
    Together,
    /// A square in place of a list of pairs.
    Square,
    /// The attribute that says the order of transcripts.
    Order,
    /// Transcripts of the base.
    Base,
    /// Transcripts of a run.
    Run,
}

impl TableOption {
    /// The word of the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            TableOption::By => "--by",
            TableOption::With => "--with",
            TableOption::Code => "--code",
            TableOption::Count => "--count",
            TableOption::Counts => "--counts",
            TableOption::To100 => "--to-100",
            TableOption::Together => "--together",
            TableOption::Square => "--square",
            TableOption::Order => "--order",
            TableOption::Base => "--base",
            TableOption::Run => "--run",
        }
    }

    /// The tables that take it.
    #[must_use]
    pub fn tables(self) -> &'static [TableKind] {
        use TableKind::{Codes, Components, Cooccurrence, Crosstab, Joint, Sample, Saturation, Themes};
        match self {
            TableOption::By => &[Sample, Themes, Components, Codes, Crosstab, Joint],
            TableOption::Count => &[Themes, Components, Codes, Crosstab],
            TableOption::With | TableOption::Code => &[Crosstab],
            TableOption::Counts => &[Themes],
            TableOption::To100 => &[Sample],
            TableOption::Together | TableOption::Square => &[Cooccurrence],
            TableOption::Order | TableOption::Base | TableOption::Run => &[Saturation],
        }
    }
}

impl TableKind {
    /// Whether that option changes anything in it.
    #[must_use]
    pub fn takes(self, option: TableOption) -> bool {
        option.tables().contains(&self)
    }
}
