//! Tables of a study, told apart by their header: participants, sessions, codings and the codebook.
//!
//! A reader checks the shape of every row and gives back plain rows; whether they fit the study is for
//! the plan to say. What is wrong is said with line and column, and never with the text of a cell, save
//! names, labels and codes.

mod codebook;
mod codebook_toml;
mod codings;
mod decode;
mod grid;
mod participants;
mod review;
mod sessions;
mod wrong;

pub(super) use codebook::{CodeRow, Codebook};
pub(super) use codings::{CodingRow, Codings};
pub(super) use participants::{CONSENT, Participants, PersonRow};
pub use review::REVIEW_COLUMNS;
pub(super) use review::{ReviewRow, Reviews};
pub(super) use sessions::{SessionRow, Sessions};
pub(super) use wrong::Findings;
pub use wrong::{CellError, TableError};

use grid::Grid;

use crate::study::fold_short_name;

/// A table as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Encoding of the file in words.
    pub encoding: String,
    /// Its rows, or what is wrong with them.
    pub(super) rows: Result<Rows, TableError>,
    /// What it is.
    pub kind: TableKind,
}

/// What a table holds. The order is that in which tables are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableKind {
    /// Codes and themes.
    Codebook,
    /// People, where they speak, their attributes and what they agreed to.
    Participants,
    /// Transcripts, their kind and their attributes.
    Sessions,
    /// Quotes and the codes on them.
    Codings,
    /// What a coauthor decided on codes and themes.
    Review,
}

impl TableKind {
    /// The word of reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TableKind::Codebook => "codebook",
            TableKind::Participants => "participants",
            TableKind::Sessions => "sessions",
            TableKind::Codings => "codings",
            TableKind::Review => "review sheet",
        }
    }

    /// Which table a header belongs to. The columns may stand in any order; case, blanks, `-` and `_` do not matter.
    fn of_header(columns: &[String]) -> Option<TableKind> {
        let folded: Vec<String> = columns.iter().map(|column| fold_short_name(column)).collect();
        let has = |name: &str| folded.iter().any(|column| *column == fold_short_name(name));
        let any = |names: &[&str]| names.iter().any(|name| has(name));
        match () {
            // A list of memos names places too, but is not read.
            () if has("thing") && has("on") => None,
            () if has(REVIEW_COLUMNS[0]) => Some(TableKind::Review),
            () if has("transcript") && any(&["start", "end", "quote"]) => Some(TableKind::Codings),
            () if has("participant_id") => Some(TableKind::Participants),
            () if has("session_id") => Some(TableKind::Sessions),
            () if has("name") && any(&codebook::MARKS) => Some(TableKind::Codebook),
            () => None,
        }
    }
}

/// The rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// See [`Codebook`].
    Codebook(Codebook),
    /// See [`Participants`].
    Participants(Participants),
    /// See [`Sessions`].
    Sessions(Sessions),
    /// See [`Codings`].
    Codings(Codings),
    /// See [`Reviews`].
    Reviews(Reviews),
}

/// What a table with an unknown header could have been.
const KNOWN_HEADERS: &str = "participants begin with participant_id, sessions with session_id, codings with \
    transcript,start,end,quote,code, and a codebook with name and definition";

/// Reads a file as one of the tables. `None` if it is none, and may be a transcript.
///
/// # Errors
/// If the name promises a table and the file is none.
pub(super) fn read(file_name: &str, bytes: &[u8]) -> Option<Result<Table, TableError>> {
    let extension = file_name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase());
    let must_be_table = match extension.as_str() {
        "csv" | "tsv" | "tab" | "toml" => true,
        "txt" => false,
        "xlsx" | "docx" | "odt" => {
            let rows = review::read(&extension, bytes)?.map(Rows::Reviews);
            return Some(Ok(Table { encoding: "UTF-8".into(), rows, kind: TableKind::Review }));
        }
        _ => return None,
    };
    let Some(decoded) = decode::decode(bytes) else {
        let what = "it is not text in UTF-8, UTF-16 or Windows-1252; save it as CSV UTF-8";
        return must_be_table.then(|| Err(TableError::whole(what)));
    };
    let table = match extension.as_str() {
        "toml" => Some(Ok((TableKind::Codebook, codebook_toml::read(&decoded.text).map(Rows::Codebook)))),
        _ => Grid::read(&decoded.text).map(|grid| grid.map(|grid| (grid.kind, rows_of(&grid)))),
    };
    match table {
        Some(Ok((kind, rows))) => Some(Ok(Table { encoding: decoded.encoding.into(), rows, kind })),
        Some(Err((kind, error))) => {
            Some(Ok(Table { encoding: decoded.encoding.into(), rows: Err(error), kind }))
        }
        None => must_be_table.then(|| {
            let what = format!("its header is that of no table this program knows ({KNOWN_HEADERS})");
            Err(TableError::whole(what))
        }),
    }
}

fn rows_of(grid: &Grid) -> Result<Rows, TableError> {
    match grid.kind {
        TableKind::Codebook => codebook::read(grid).map(Rows::Codebook),
        TableKind::Participants => participants::read(grid).map(Rows::Participants),
        TableKind::Sessions => sessions::read(grid).map(Rows::Sessions),
        TableKind::Codings => codings::read(grid).map(Rows::Codings),
        TableKind::Review => {
            let what = "this is a review sheet; save it as .xlsx, .docx or .odt and import that";
            Err(TableError::whole(what))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(header: &str) -> Option<TableKind> {
        let columns: Vec<String> = header.split(',').map(String::from).collect();
        TableKind::of_header(&columns)
    }

    #[test]
    fn tables_are_told_apart_by_their_header() {
        assert_eq!(kind("participant_id,group,session_id"), Some(TableKind::Participants));
        assert_eq!(kind("Gender,Participant ID"), Some(TableKind::Participants));
        assert_eq!(kind("session_id,kind,participants"), Some(TableKind::Sessions));
        assert_eq!(kind("transcript,start,end,quote,code"), Some(TableKind::Codings));
        assert_eq!(kind("name,definition"), Some(TableKind::Codebook));
        assert_eq!(kind("combe reference,kind,name,component,definition"), Some(TableKind::Review));
        assert_eq!(kind("speaker,timestamp,words,tags"), None);
        assert_eq!(kind("name"), None);
    }

    #[test]
    fn a_table_with_an_unknown_header_says_what_headers_are_known() {
        let refused = read("table1.csv", b"block,characteristic,count\nx,y,1\n").unwrap().unwrap_err();
        assert!(refused.to_string().starts_with("its header is that of no table this program knows"));
        assert!(read("I43.txt", b"Interviewer: Hello\n").is_none());
        assert!(read("I43.docx", b"PK").is_none());
    }
}
