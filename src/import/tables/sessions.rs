//! The list of sessions: transcripts, their kind, and their attributes.

use std::collections::BTreeMap;

use super::TableError;
use super::grid::Grid;
use super::wrong::Findings;
use crate::study::{Kind, Value, fold_short_name};

/// A list of sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Sessions {
    /// Columns that are attributes of transcripts, in order.
    pub(in crate::import) attributes: Vec<String>,
    /// Rows, each of another transcript.
    pub(in crate::import) sessions: Vec<SessionRow>,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct SessionRow {
    /// Line of the file.
    pub(in crate::import) line: usize,
    /// Name of the transcript.
    pub(in crate::import) name: String,
    /// Interview or focus group; `None` where the cell is empty.
    pub(in crate::import) kind: Option<Kind>,
    /// Language tag; `None` where the cell is empty.
    pub(in crate::import) language: Option<String>,
    /// Participants who took part, by name.
    pub(in crate::import) participants: Vec<String>,
    /// Names under which those who asked speak, from columns such as `moderator`.
    pub(in crate::import) askers: Vec<String>,
    /// A cell for each attribute; `None` where it is empty.
    pub(in crate::import) values: Vec<Option<Value>>,
}

/// Columns that are no attributes.
const RESERVED: [&str; 4] = ["session_id", "kind", "participants", "language"];

/// Columns that name those who ask; they are attributes too.
const ASKERS: [&str; 4] = ["moderator", "interviewer", "facilitator", "researcher"];

/// Reads the list.
pub(super) fn read(grid: &Grid) -> Result<Sessions, TableError> {
    let name = grid.required("session_id", "session_id")?;
    let [kind, participants, language] =
        ["kind", "participants", "language"].map(|column| grid.column(column));
    let askers: Vec<usize> = ASKERS.iter().filter_map(|column| grid.column(column)).collect();
    let attributes: Vec<(usize, &String)> =
        grid.columns.iter().enumerate().filter(|(_, column)| !is_reserved(column)).collect();
    let list = |cell: &str| -> Vec<String> {
        cell.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()).map(String::from).collect()
    };
    let mut findings = Findings::default();
    let mut sessions: Vec<SessionRow> = Vec::with_capacity(grid.rows.len());
    let mut lines = BTreeMap::new();
    for row in &grid.rows {
        let found = row.cell(Some(name));
        let folded = fold_short_name(found);
        if folded.is_empty() {
            findings.cell(row.line, "session_id", "it is empty; name the transcript or delete the row");
        } else if let Some(first) = lines.insert(folded, row.line) {
            let what = format!("“{found}” stands in line {first} already; keep one row for each session");
            findings.cell(row.line, "session_id", what);
        }
        let kind_cell = row.cell(kind);
        if !kind_cell.is_empty() && Kind::parse(kind_cell).is_none() {
            findings.cell(row.line, "kind", "write interview or focus_group, or leave it empty");
        }
        sessions.push(SessionRow {
            line: row.line,
            name: found.to_owned(),
            kind: Kind::parse(kind_cell),
            language: Some(row.cell(language)).filter(|tag| !tag.is_empty()).map(String::from),
            participants: list(row.cell(participants)),
            askers: askers.iter().flat_map(|at| list(row.cell(Some(*at)))).collect(),
            values: attributes.iter().map(|(at, _)| Value::from_cell(row.raw(*at))).collect(),
        });
    }
    let attributes = attributes.into_iter().map(|(_, column)| column.clone()).collect();
    findings.or(Sessions { attributes, sessions })
}

fn is_reserved(column: &str) -> bool {
    let folded = fold_short_name(column);
    folded.is_empty() || RESERVED.iter().any(|name| fold_short_name(name) == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Sessions, TableError> {
        read(&Grid::read(text).unwrap().unwrap())
    }

    #[test]
    fn a_row_has_kind_participants_askers_and_attributes() {
        let list = read_text(
            "session_id;kind;participants;moderator;place\nFG01;Focus Group;P1;R1;hall\nI01;;;;missing\n",
        )
        .unwrap();
        assert_eq!(list.attributes, ["moderator", "place"]);
        let group = &list.sessions[0];
        assert_eq!(
            (group.kind, group.participants.as_slice()),
            (Some(Kind::FocusGroup), &["P1".to_owned()][..])
        );
        assert_eq!(group.askers, ["R1"]);
        assert_eq!(list.sessions[1].kind, None);
        assert_eq!(list.sessions[1].values, [None, Some(Value::Missing)]);
    }

    #[test]
    fn an_unknown_kind_and_a_session_that_stands_twice_are_refused() {
        let refused = read_text("session_id,kind\nI01,interview\ni-01,chat\n").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "line 3, column 'session_id': “i-01” stands in line 2 already; keep one row for each session; \
             line 3, column 'kind': write interview or focus_group, or leave it empty"
        );
    }
}
