//! A review sheet: what a coauthor needs to decide on codes and themes, and room for the decision. Import reads it back.
//!
//! Which code a row is about is said by a reference that does not change when a code is renamed; a workbook hides its column.

mod docx;
mod xlsx;

use std::collections::BTreeSet;

use super::grid::is_too_long;
use super::quotes::{Gatherer, Quotation};
use super::{CellSize, Contents, Format, GridError};
use crate::analysis::{Attribution, AttributionError, Counter, ListedQuotes};
use crate::import::REVIEW_COLUMNS;
use crate::study::{Classified, CodeId, CodeState, Quote, QuoteId, Study};

/// The columns of a sheet, in order. Those of [`REVIEW_COLUMNS`] are read back.
const COLUMNS: [&str; 10] = [
    REVIEW_COLUMNS[0],
    "kind",
    REVIEW_COLUMNS[1],
    REVIEW_COLUMNS[2],
    REVIEW_COLUMNS[3],
    "people",
    "quotes",
    REVIEW_COLUMNS[4],
    REVIEW_COLUMNS[5],
    REVIEW_COLUMNS[6],
];

/// What a reviewer is told.
const HOW_TO: [&str; 3] = [
    "For each row, write agree, question or propose under “decision”, and why under “comment”.",
    "If it belongs under another component, name that under “proposed component”.",
    "Leave the other columns as they are; rows may be sorted. What you leave blank is not decided.",
];

/// A sheet to be filled in.
#[derive(Clone, Debug)]
pub struct ReviewSheet {
    /// What it is called.
    pub title: String,
    /// A row for each code, then for each theme.
    pub rows: Vec<ReviewLine>,
    /// The components that can be proposed, as people call them.
    pub components: Vec<String>,
    /// Quotes that were left out, as somebody in them did not agree to be quoted.
    pub left_out: usize,
}

/// One code or theme.
#[derive(Clone, Debug)]
pub struct ReviewLine {
    /// See [`Study::review_reference`].
    pub reference: String,
    /// `code` or `theme`.
    pub kind: &'static str,
    /// Its name, with those above it.
    pub name: String,
    /// Its component.
    pub component: String,
    /// What it means.
    pub definition: String,
    /// Participants who say it.
    pub people: u32,
    /// Some of its quotes.
    pub quotes: Vec<Quotation>,
}

/// Makes a sheet of all codes that are not retired, and all themes, with up to `most` quotes each: starred ones first, then one
/// of each side and group in turn.
///
/// # Errors
/// If an attribution cannot be composed.
pub fn review_sheet(
    counter: &Counter<'_>,
    attribution: &Attribution<'_>,
    most: usize,
    with_refused: bool,
) -> Result<ReviewSheet, AttributionError> {
    let study = counter.study();
    let framework = study.settings.framework.as_str();
    let of_record = ListedQuotes::of_record(study);
    let current = |quote: &Quote| study.is_current(quote) && of_record.has(quote);
    let mut gatherer = Gatherer::new(counter, attribution, &current, with_refused);
    let mut rows = Vec::new();
    let codes = study.codes_in_tree_order().into_iter().map(|(_, code)| code);
    for code in codes.filter(|code| code.state != CodeState::Retired) {
        let below = study.descendants(code.id);
        rows.push(ReviewLine {
            reference: Study::review_reference(Classified::Code(code.id)),
            kind: "code",
            name: study.code_path(code.id),
            component: study.reviewed_component(Classified::Code(code.id)).to_owned(),
            definition: study.reviewed_definition(Classified::Code(code.id)),
            people: counter.count_codes(&below).all.people,
            quotes: choose(gatherer.gather(&below)?, most),
        });
    }
    let by_code = study.themes_by_code(framework);
    for theme in study.themes_in_order() {
        let codes: BTreeSet<CodeId> =
            by_code.iter().filter(|(_, held)| held.contains(&theme.id)).map(|(code, _)| *code).collect();
        rows.push(ReviewLine {
            reference: Study::review_reference(Classified::Theme(theme.id)),
            kind: "theme",
            name: theme.name.clone(),
            component: study.reviewed_component(Classified::Theme(theme.id)).to_owned(),
            definition: study.reviewed_definition(Classified::Theme(theme.id)),
            people: counter.count_codes(&codes).all.people,
            quotes: choose(gatherer.gather(&codes)?, most),
        });
    }
    let named = study.settings.name.trim();
    Ok(ReviewSheet {
        title: if named.is_empty() { "Review sheet".into() } else { format!("Review sheet: {named}") },
        rows,
        components: study.components_of(framework).iter().map(|component| component.label.clone()).collect(),
        left_out: gatherer.refused().len(),
    })
}

/// Starred quotes first, then one of each side and group in turn.
fn choose(quotes: Vec<Quotation>, most: usize) -> Vec<Quotation> {
    let (mut chosen, rest): (Vec<Quotation>, Vec<Quotation>) =
        quotes.into_iter().partition(|quotation| quotation.starred);
    let mut turns: Vec<((super::Sides, String), Vec<Quotation>)> = Vec::new();
    for quotation in rest {
        let key = (quotation.sides, quotation.group.clone());
        match turns.iter_mut().find(|(held, _)| *held == key) {
            Some((_, held)) => held.push(quotation),
            None => turns.push((key, vec![quotation])),
        }
    }
    let mut turns: Vec<_> = turns.into_iter().map(|(_, held)| held.into_iter()).collect();
    while chosen.len() < most {
        let before = chosen.len();
        chosen.extend(turns.iter_mut().filter_map(Iterator::next));
        if chosen.len() == before {
            break;
        }
    }
    chosen.truncate(most);
    chosen
}

impl ReviewSheet {
    /// The bytes of a file: a workbook, or else a Word file.
    ///
    /// # Errors
    /// If a spreadsheet cannot hold so many rows.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, GridError> {
        match format {
            Format::Xlsx => xlsx::write(self),
            _ => Ok(docx::write(self)),
        }
    }

    /// What the manifest must say of it: the codebook, the quotes, and the people behind the figures of each row.
    #[must_use]
    pub fn contents(&self, study: &Study) -> Contents {
        let quotes = self.quotes();
        let quotes = quotes.iter().filter_map(|id| study.quotes().get(id));
        let behind = self.rows.iter().map(|row| CellSize {
            cell: format!("{} {}", row.kind, row.name),
            participants: row.people as usize,
        });
        Contents::quotes(study, quotes).and(Contents::codebook()).and(Contents::counts(behind.collect()))
    }

    /// What somebody wrote of its codes and themes.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.rows.iter().flat_map(|row| [row.name.as_str(), &row.definition]).collect()
    }

    /// How many of its cells that format does not hold whole.
    #[must_use]
    pub fn cut_cells(&self, format: Format) -> usize {
        let quotes = |row: &ReviewLine| row.quotes.iter().map(shown).collect::<Vec<_>>().join("\n\n");
        match format {
            Format::Xlsx => self.rows.iter().filter(|row| is_too_long(&quotes(row))).count(),
            _ => 0,
        }
    }

    /// Its words without their form, the same for every format: what is looked through for identifiers.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words: Vec<&str> = Vec::new();
        for line in &self.rows {
            words.extend([line.name.as_str(), &line.definition]);
            words.extend(line.quotes.iter().flat_map(|held| [held.text.as_str(), &held.attribution]));
        }
        words.retain(|text| !text.is_empty());
        words.join("\n\n")
    }

    /// The quotes in it, each once.
    #[must_use]
    pub fn quotes(&self) -> BTreeSet<QuoteId> {
        self.rows.iter().flat_map(|row| &row.quotes).map(|quotation| quotation.id).collect()
    }
}

/// A quote in a cell.
fn shown(quotation: &Quotation) -> String {
    let side = match quotation.sides.cell() {
        "" => String::new(),
        side => format!(" – {}", side.replace(';', " and ")),
    };
    format!("{} {}{side}", quotation.apart.joined(), quotation.place)
}
