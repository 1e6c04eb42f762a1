//! Layouts: how a file says who speaks when, found by scoring ways of saying it over the whole file.
//!
//! Knows lines and their features ([`crate::document`]), not bytes, and nothing of a study.
//!
//! Proofs of Combe's own ([`crate::import::proof`]) are told by their heading. Captions, tables, numbered transcripts of courts and lines with stretches of time have readers of their own. All
//! other files are read by every shape of label ([`head::Shape`]); the reading that explains the file best wins.

mod block;
mod captions;
mod court;
mod doubts;
mod grammar;
mod head;
mod labelled;
mod labels;
mod margins;
mod name;
mod one_line;
mod proof;
mod row;
mod stored;
mod tables;
mod unlabelled;

use std::fmt;

use crate::document::Document;
use crate::import::{DraftTranscript, ImportError};
use crate::study::Kind;

use block::Laid;
use head::Shape;
use row::Row;

/// What a person decided before import looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutOptions {
    /// The layout to read by, whatever the file looks like.
    pub layout: Option<Layout>,
    /// What the file records.
    pub kind: Option<Kind>,
}

/// A way of saying who speaks, to be named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// `Label: speech`.
    Colon,
    /// `Label<TAB>speech`.
    Tab,
    /// `LABEL  speech`.
    Spaces,
    /// `Label - speech`.
    Dash,
    /// `Q. speech`.
    Dot,
    /// A label beside a time, without a colon.
    Timed,
    /// A label alone on its line.
    Line,
    /// Cues with a beginning and an end in time, or such stretches of time written before lines.
    Captions,
    /// Tables whose columns are times, speakers and speech.
    Table,
    /// Nobody is named: the whole text is one unknown speaker's, a paragraph a turn.
    Unlabelled,
}

impl Layout {
    /// All of them, with their names.
    pub const NAMES: [(Layout, &'static str); 10] = [
        (Layout::Colon, "colon"),
        (Layout::Tab, "tab"),
        (Layout::Spaces, "spaces"),
        (Layout::Dash, "dash"),
        (Layout::Dot, "dot"),
        (Layout::Timed, "timed"),
        (Layout::Line, "line"),
        (Layout::Captions, "captions"),
        (Layout::Table, "table"),
        (Layout::Unlabelled, "unlabelled"),
    ];

    /// The layout of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Layout> {
        let name = crate::text::fold_name(name);
        Self::NAMES.into_iter().find(|(_, known)| *known == name).map(|(layout, _)| layout)
    }

    fn shape(self) -> Option<Shape> {
        match self {
            Layout::Colon => Some(Shape::Colon),
            Layout::Tab => Some(Shape::Tab),
            Layout::Spaces => Some(Shape::Spaces),
            Layout::Dash => Some(Shape::Dash),
            Layout::Dot => Some(Shape::Dot),
            Layout::Timed => Some(Shape::Timed),
            Layout::Line => Some(Shape::Alone),
            Layout::Captions | Layout::Table | Layout::Unlabelled => None,
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.iter().find(|(layout, _)| layout == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

/// Lays a document out into turns. `sha256` is that of the file's bytes, `file_name` suggests a name.
///
/// # Errors
/// If nothing can be seen in the file.
pub fn lay_out(
    file_name: &str,
    sha256: String,
    document: &Document,
    options: &LayoutOptions,
) -> Result<DraftTranscript, ImportError> {
    if document.lines.iter().all(|line| line.text.chars().all(row::is_blank)) {
        return Err(ImportError::Blank);
    }
    let read_as_proof = || proof::of(&row::rows(document));
    let (mut laid, proof) = match options.layout.is_none().then(read_as_proof).flatten() {
        Some((laid, proof)) => (laid, Some(Box::new(proof))),
        None => (find(document, options), None),
    };
    let stored = match &document.as_is {
        Some(text) if laid.as_is => stored::keep(text, &document.lines, &laid),
        _ => {
            laid.blocks.iter_mut().for_each(|block| block.take_times_out(&document.lines));
            stored::compose(&document.lines, &laid)
        }
    };
    laid.doubts.extend(doubts::of_file(document, &laid));
    let name =
        proof.as_ref().map_or_else(|| name::from_file(file_name), |proof| proof.heading.transcript.clone());
    let kind = options.kind.unwrap_or_else(|| name::guess_kind(&name, &laid.header, &stored.speakers));
    Ok(DraftTranscript {
        name,
        kind,
        sha256,
        encoding: document.bytes.encoding.clone(),
        layout: laid.layout,
        text: stored.text,
        turns: stored.turns,
        speakers: stored.speakers,
        times: stored.times,
        cues: laid.cues,
        header: laid.header,
        doubts: laid.doubts,
        proof,
    })
}

/// Tries the layouts that show themselves in the structure of a file first, then the shapes of labels.
fn find(document: &Document, options: &LayoutOptions) -> Laid {
    let mut rows = row::rows(document);
    margins::close_front(&mut rows);
    match options.layout {
        Some(Layout::Unlabelled) => return unlabelled::lay_out(&rows),
        Some(Layout::Captions) => {
            return captions::of(document, &rows).unwrap_or_else(|| unlabelled::lay_out(&rows));
        }
        Some(Layout::Table) => {
            return tables::lay_out(document).unwrap_or_else(|| unlabelled::lay_out(&rows));
        }
        Some(layout) => {
            let reading = layout.shape().map(|shape| grammar::read(&rows, shape));
            let found = reading.filter(|reading| !reading.heads.is_empty());
            return found.map_or_else(
                || unlabelled::lay_out(&rows),
                |reading| labelled::lay_out(&rows, &reading, None, false),
            );
        }
        None => {}
    }
    structured(document, &rows).unwrap_or_else(|| by_labels(&rows))
}

fn structured(document: &Document, rows: &[Row<'_>]) -> Option<Laid> {
    let tables = if tables::hold_most(document) { tables::lay_out(document) } else { None };
    if let Some(laid) = tables.or_else(|| captions::of(document, rows)) {
        return Some(laid);
    }
    let numbered = court::rows(rows, document)?;
    let readings = grammar::readings(&numbered);
    let best = readings.first()?;
    let laid = labelled::lay_out(&numbered, best, readings.get(1), true);
    Some(Laid { layout: format!("numbered lines, {}", laid.layout), as_is: false, ..laid })
}

fn by_labels(rows: &[Row<'_>]) -> Laid {
    if let Some(laid) = one_line::lay_out(rows) {
        return laid;
    }
    let readings = grammar::readings(rows);
    let bold = unlabelled::bold_questions(rows);
    match (readings.first(), bold) {
        // A few words that look like labels do not make bold questions speech.
        (Some(best), Some(bold)) if bold.blocks.len() > best.heads.len() * 4 => bold,
        (Some(best), _) => labelled::lay_out(rows, best, readings.get(1), false),
        (None, bold) => bold.unwrap_or_else(|| unlabelled::lay_out(rows)),
    }
}
