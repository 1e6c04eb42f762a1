//! Summaries that a layout of the matrix does not show, as they are written on other rows or columns.

use std::collections::BTreeSet;

use super::{Matrix, RowsBy};
use crate::study::{Case, Kind, Study, Topic};

/// What shows a summary that is out of sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// Other rows.
    Rows(RowsBy),
    /// The people below their focus groups.
    People,
    /// Other columns: `themes`, `codes` or `components`.
    Columns(&'static str),
}

/// Summaries that are out of sight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// How many.
    pub summaries: usize,
    /// What shows them.
    pub shown_by: BTreeSet<Shows>,
}

impl Matrix {
    /// The summaries on other rows or columns than those of this matrix. `people` is whether the rows of people below their
    /// focus groups are looked at.
    #[must_use]
    pub fn elsewhere(&self, study: &Study, people: bool) -> Elsewhere {
        let of_depth = |most: u8| -> BTreeSet<Case> {
            self.rows.iter().filter(|row| row.depth <= most).map(|row| row.case).collect()
        };
        let (below, shown) = (of_depth(u8::MAX), of_depth(u8::from(people)));
        let topics: BTreeSet<&Topic> = self.columns.iter().map(|column| &column.topic).collect();
        let mut found = Elsewhere::default();
        for summary in study.summaries().iter() {
            let is_hidden = match summary.case {
                Case::Participant(id) => study.is_participant_hidden(id),
                Case::Group(id) => study.is_transcript_hidden(id),
            };
            let (has_row, has_column) = (shown.contains(&summary.case), topics.contains(&summary.topic));
            if is_hidden || (has_row && has_column) {
                continue;
            }
            found.summaries += 1;
            if !has_row {
                found.shown_by.insert(match summary.case {
                    Case::Participant(_) if below.contains(&summary.case) => Shows::People,
                    Case::Participant(_) => Shows::Rows(RowsBy::Participants),
                    Case::Group(id) => match study.transcripts().get(&id).map(|held| held.kind) {
                        Some(Kind::FocusGroup) => Shows::Rows(RowsBy::Groups),
                        _ => Shows::Rows(RowsBy::Transcripts),
                    },
                });
            }
            if !has_column {
                found.shown_by.insert(Shows::Columns(match summary.topic {
                    Topic::Theme(_) => "themes",
                    Topic::Code(_) => "codes",
                    Topic::Component(_) => "components",
                }));
            }
        }
        found
    }
}
