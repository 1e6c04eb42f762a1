//! Tables of a paper: plain structures, for each number what stands behind it.
//!
//! One table a file. Each is a pure function of a [`Counter`] and [`TableOptions`], and gives a [`PaperTable`], which
//! knows nothing of screens and files. What counts is what `docs/counting.md` says: layers of record, people as a union.

mod codes;
mod components;
mod cooccurrence;
mod coreq;
mod coverage;
mod crosstab;
mod evidence;
mod groups;
mod joint;
mod paper;
mod percent;
mod picture;
mod sample;
mod saturation;
mod takes;
#[cfg(test)]
mod tests;
mod themes;

use serde::{Deserialize, Serialize};

pub use evidence::{Basis, Evidence, Together, Voiced};
pub use groups::MOST_GROUPS;
pub use paper::{CellValue, Head, PaperCell, PaperRow, PaperTable, Unit};
pub use percent::{percents, percents_to_100};
pub use picture::{BarPair, CurvePoint, Picture};
pub use takes::TableOption;

use super::{AttributionError, Counter};
use crate::search::ReadTurns;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Participants by each of their attributes (Tables 1 and 2).
    Sample,
    /// Barriers and facilitators by component and theme (Table 3).
    Themes,
    /// Barriers against facilitators by component.
    Components,
    /// How many say what each code names.
    Codes,
    /// Codes by groups, or one group by another.
    Crosstab,
    /// Codes that occur together.
    Cooccurrence,
    /// What is not read, not coded, not said.
    Coverage,
    /// Themes by group, with a typical quote.
    Joint,
    /// New codes in the order of collection.
    Saturation,
    /// The items of COREQ that the study can fill in.
    Coreq,
}

impl TableKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [TableKind; 10] = [
        TableKind::Sample,
        TableKind::Themes,
        TableKind::Components,
        TableKind::Codes,
        TableKind::Crosstab,
        TableKind::Cooccurrence,
        TableKind::Coverage,
        TableKind::Joint,
        TableKind::Saturation,
        TableKind::Coreq,
    ];

    /// The word of the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TableKind::Sample => "sample",
            TableKind::Themes => "themes",
            TableKind::Components => "components",
            TableKind::Codes => "codes",
            TableKind::Crosstab => "crosstab",
            TableKind::Cooccurrence => "cooccurrence",
            TableKind::Coverage => "coverage",
            TableKind::Joint => "joint",
            TableKind::Saturation => "saturation",
            TableKind::Coreq => "coreq",
        }
    }

    /// Reads that word in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<TableKind> {
        let word = crate::text::fold_name(word);
        TableKind::ALL.into_iter().find(|kind| kind.name() == word)
    }

    /// What it shows, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            TableKind::Sample => "participants by each of their attributes",
            TableKind::Themes => "barriers and facilitators by component and theme",
            TableKind::Components => "barriers against facilitators by component",
            TableKind::Codes => "how many participants say what each code names",
            TableKind::Crosstab => "codes by groups, or one attribute by another",
            TableKind::Cooccurrence => "codes that occur together",
            TableKind::Coverage => "what is not read, not coded, not said, not recruited",
            TableKind::Joint => "themes by group, each with a typical quote",
            TableKind::Saturation => "codes first seen in each transcript, in order of collection",
            TableKind::Coreq => "the items of COREQ that the study can fill in",
        }
    }

    /// Whether it says of how many transcripts it is.
    fn counts_transcripts(self) -> bool {
        matches!(self, TableKind::Codes | TableKind::Coverage | TableKind::Saturation | TableKind::Coreq)
    }
}

/// What cells of groups and sides count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Participants.
    #[default]
    People,
    /// Codings.
    Codings,
}

impl Measure {
    /// The unit of its cells.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Measure::People => Unit::People,
            Measure::Codings => Unit::Codings,
        }
    }
}

/// How a table is made, beside what its [`Counter`] counts at all. What [`TableKind::takes`] does not name changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The conditions that chose what its [`Counter`] counts, in the words in which they were given; empty for everything.
    pub only: String,
    /// Set side by side the values of this attribute of participants or transcripts; `kind` for interviews and focus
    /// groups.
    pub by: Option<String>,
    /// Crosstab: a second attribute, as columns.
    pub with: Option<String>,
    /// Crosstab: only this code, with those below it.
    pub code: Option<String>,
    /// What cells of groups and sides count.
    pub measure: Measure,
    /// Themes: people and codings behind every cell.
    pub counts: bool,
    /// Sample: make per cents of a characteristic add up to 100.
    pub to_100: bool,
    /// Cooccurrence: what "together" means.
    pub together: Together,
    /// Cooccurrence: a square of all codes, not a list of pairs.
    pub square: bool,
    /// Saturation: the attribute of transcripts that says their order; else one called order or date.
    pub order: Option<String>,
    /// Saturation: how many transcripts the base is of; 4 if not given.
    pub base: Option<usize>,
    /// Saturation: how many transcripts a run is of; 2 if not given.
    pub run: Option<usize>,
}

/// Why there is no such table. Each is a whole sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Nobody is counted.
    #[error(
        "no participant speaks in any transcript that is counted; import transcripts and say who speaks in them"
    )]
    Nobody,
    /// Nobody is counted, as nobody meets the conditions.
    #[error("no participant whose speech is imported meets “{0}”, so that there is nothing to count")]
    NobodyMeets(String),
    /// No attribute of that name.
    #[error("neither participants nor transcripts have an attribute “{name}”; {hint}")]
    NoAttribute {
        /// The name that was given.
        name: String,
        /// What there is.
        hint: String,
    },
    /// It has too many values to stand side by side.
    #[error(
        "“{name}” has {values} values, and a table sets at most {MOST_GROUPS} side by side; choose fewer with --where, or \
         give the values wider bands"
    )]
    TooMany {
        /// The attribute.
        name: String,
        /// How many values.
        values: usize,
    },
    /// A crosstab without an attribute.
    #[error("a crosstab needs an attribute: give one with --by, or name one as compare in study.toml")]
    NoGroups,
    /// No code of that name.
    #[error("there is no code “{name}”{hint}")]
    NoCode {
        /// The name that was given.
        name: String,
        /// The nearest one.
        hint: String,
    },
    /// The study has no such thing yet.
    #[error("{0}")]
    Nothing(&'static str),
    /// It has not the framework that `study.toml` names.
    #[error("{0}")]
    NoFramework(String),
    /// A template of attributions is wrong.
    #[error(transparent)]
    Attribution(#[from] AttributionError),
    /// `[frame]` cannot be read.
    #[error("study.toml, [frame] “{filter}”: {why}")]
    Frame {
        /// The entry.
        filter: String,
        /// What is wrong with it.
        why: String,
    },
}

/// Makes a table. `read` is what the coder has read, where that is known.
///
/// # Errors
/// A [`TableError`], if there is nothing to show or an option names what there is not.
pub fn make_table(
    kind: TableKind,
    counter: &Counter<'_>,
    options: &TableOptions,
    read: Option<&ReadTurns>,
) -> Result<PaperTable, TableError> {
    if counter.is_of_nobody() {
        return Err(TableError::NobodyMeets(options.only.clone()));
    }
    let mut table = match kind {
        TableKind::Sample => sample::table(counter, options),
        TableKind::Themes => themes::table(counter, options),
        TableKind::Components => components::table(counter, options),
        TableKind::Codes => codes::table(counter, options),
        TableKind::Crosstab => crosstab::table(counter, options),
        TableKind::Cooccurrence => cooccurrence::table(counter, options),
        TableKind::Coverage => coverage::table(counter, read),
        TableKind::Joint => joint::table(counter, options),
        TableKind::Saturation => saturation::table(counter, options),
        TableKind::Coreq => coreq::table(counter),
    }
    .map_err(|error| match error {
        TableError::Nobody if !options.only.is_empty() => TableError::NobodyMeets(options.only.clone()),
        error => error,
    })?;
    if table.head.iter().any(|head| matches!(head.unit, Some(Unit::Codings | Unit::Pairs))) {
        table.note("Codings of one code on overlapping passages are one coding.");
    }
    let hidden = counter.transcripts_hidden();
    if kind.counts_transcripts() && !hidden.is_empty() {
        let names: Vec<&str> = hidden.iter().map(|held| held.name.as_str()).collect();
        table.note(format!(
            "Transcripts left out, as all that is said in them is hidden: {}.",
            names.join(", ")
        ));
    }
    table.only.clone_from(&options.only);
    Ok(table)
}

/// Names of attributes, with blanks for underscores.
fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// What a heading says of a side.
fn side_word(side: crate::study::Side) -> &'static str {
    match side {
        crate::study::Side::Barrier => "Barriers",
        crate::study::Side::Facilitator => "Facilitators",
    }
}
