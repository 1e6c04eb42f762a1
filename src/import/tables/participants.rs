//! The list of participants: who they are, where they speak, what they agreed to, and their attributes.

use super::TableError;
use super::grid::{Grid, Row};
use super::wrong::Findings;
use crate::study::{Value, fold_short_name};

/// A list of participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Participants {
    /// Columns that are attributes, in order.
    pub(in crate::import) attributes: Vec<String>,
    /// Rows. A person who speaks in several transcripts may have several.
    pub(in crate::import) people: Vec<PersonRow>,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct PersonRow {
    /// Line of the file.
    pub(in crate::import) line: usize,
    /// What the study calls the person.
    pub(in crate::import) name: String,
    /// Transcripts and labels. An empty label is the only participant of that transcript.
    pub(in crate::import) seats: Vec<(String, String)>,
    /// Consent to analysis, quoting and archiving; `None` where the cell is empty.
    pub(in crate::import) consent: [Option<bool>; 3],
    /// A cell for each attribute; `None` where it is empty.
    pub(in crate::import) values: Vec<Option<Value>>,
}

/// The columns of what a person agreed to.
pub(in crate::import) const CONSENT: [&str; 3] = ["consent_analyse", "consent_quote", "consent_archive"];

/// Reads the list.
pub(super) fn read(grid: &Grid) -> Result<Participants, TableError> {
    let name = grid.required("participant_id", "participant_id")?;
    let (session, label) = (grid.column("session_id"), grid.column("speaker_label"));
    let consent = CONSENT.map(|column| grid.column(column));
    let attributes: Vec<(usize, &String)> =
        grid.columns.iter().enumerate().filter(|(_, column)| !is_reserved(column)).collect();
    let mut findings = Findings::default();
    let mut people = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        if row.cell(Some(name)).is_empty() {
            findings.cell(row.line, "participant_id", "it is empty; name the participant or delete the row");
        }
        people.push(PersonRow {
            line: row.line,
            name: row.cell(Some(name)).split_whitespace().collect::<Vec<_>>().join(" "),
            seats: seats(row, session, label, &mut findings),
            consent: [0, 1, 2].map(|at| {
                let cell = row.cell(consent.get(at).copied().flatten());
                agreed(cell, row.line, CONSENT.get(at).copied().unwrap_or_default(), &mut findings)
            }),
            values: attributes.iter().map(|(at, _)| Value::from_cell(row.raw(*at))).collect(),
        });
    }
    let attributes = attributes.into_iter().map(|(_, column)| column.clone()).collect();
    findings.or(Participants { attributes, people })
}

fn is_reserved(column: &str) -> bool {
    let folded = fold_short_name(column);
    let reserved = ["participant_id", "session_id", "speaker_label"];
    folded.is_empty() || reserved.iter().chain(&CONSENT).any(|name| fold_short_name(name) == folded)
}

/// One person may sit in several transcripts: `I12;FG03`, with one label for all or one for each.
fn seats(
    row: &Row,
    session: Option<usize>,
    label: Option<usize>,
    findings: &mut Findings,
) -> Vec<(String, String)> {
    let split = |cell: &str| -> Vec<String> {
        cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(String::from).collect()
    };
    let (sessions, labels) = (split(row.cell(session)), split(row.cell(label)));
    let label_at = |at: usize| match labels.len() {
        0 => Some(String::new()),
        1 => labels.first().cloned(),
        _ => labels.get(at).cloned(),
    };
    if labels.len() > 1 && labels.len() != sessions.len() {
        let what = format!(
            "it has {} labels for {} sessions; write one label, or one for each session with ; between them",
            labels.len(),
            sessions.len()
        );
        findings.cell(row.line, "speaker_label", what);
    }
    sessions.into_iter().enumerate().filter_map(|(at, name)| Some((name, label_at(at)?))).collect()
}

fn agreed(cell: &str, line: usize, column: &str, findings: &mut Findings) -> Option<bool> {
    match crate::text::fold_name(cell).as_str() {
        "" => None,
        "yes" | "y" | "true" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => {
            findings.cell(line, column, "it says neither yes nor no; write one of them, or leave it empty");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Participants, TableError> {
        read(&Grid::read(text).unwrap().unwrap())
    }

    #[test]
    fn columns_that_are_not_reserved_are_attributes_and_blanks_are_kept_apart() {
        let list = read_text(
            "participant_id,Session ID,speaker_label,gender,employment,consent_quote\n\
             P1,I01,Participant,female,missing,no\nP2,FG01,Participant 2,,prefer not to say,\n",
        )
        .unwrap();
        assert_eq!(list.attributes, ["gender", "employment"]);
        assert_eq!(list.people[0].seats, [("I01".to_owned(), "Participant".to_owned())]);
        assert_eq!(list.people[0].values, [Some(Value::Given(vec!["female".into()])), Some(Value::Missing)]);
        assert_eq!(list.people[0].consent, [None, Some(false), None]);
        assert_eq!(list.people[1].values, [None, Some(Value::PreferNotToSay)]);
        assert_eq!(list.people[1].consent, [None, None, None]);
    }

    #[test]
    fn one_person_may_sit_in_several_transcripts() {
        let list =
            read_text("participant_id\tsession_id\tspeaker_label\nP1\tI01;FG01\tParticipant;P3\nP2\tI02\t\n")
                .unwrap();
        let seat = |name: &str, label: &str| (name.to_owned(), label.to_owned());
        assert_eq!(list.people[0].seats, [seat("I01", "Participant"), seat("FG01", "P3")]);
        assert_eq!(list.people[1].seats, [seat("I02", "")]);
    }

    #[test]
    fn every_wrong_cell_is_named_and_its_text_is_not_shown() {
        let refused = read_text(
            "participant_id,session_id,speaker_label,consent_quote\nP1,I01,,perhaps\n,I02,,yes\nP3,I03,a;b,yes\n",
        )
        .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "line 2, column 'consent_quote': it says neither yes nor no; write one of them, or leave it empty; \
             line 3, column 'participant_id': it is empty; name the participant or delete the row; \
             line 4, column 'speaker_label': it has 2 labels for 1 sessions; write one label, or one for each \
             session with ; between them"
        );
    }
}
