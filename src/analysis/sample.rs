//! The sample: how many participants have which characteristic (Tables 1 and 2 of a paper).
//!
//! Counted are participants with imported speech in the scope. Someone to whom a characteristic does not apply, or of
//! whom it is not recorded, is outside its N; `missing` and `prefers not to say` are answers and inside it.
//!
//! Per cent is of that N: [`percents`](super::percents) rounds it, [`percents_to_100`](super::percents_to_100) makes it add
//! up.

use std::collections::BTreeSet;

use super::columns::sort_for_print;
use super::columns::{Columns, Group};
use super::tally::Scope;
use crate::study::{AttributeOf, ParticipantId, Study};

/// One characteristic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleBlock {
    /// Name of the attribute.
    pub attribute: String,
    /// Participants to whom it applies.
    pub of: u32,
    /// Its categories: bands of numbers by size, others in the order in which participants came into the study; then
    /// `missing` and `prefers not to say`.
    pub rows: Vec<SampleRow>,
    /// Participants outside the N to whom it does not apply.
    pub not_applicable: u32,
    /// Participants outside the N of whom it is not recorded.
    pub not_recorded: u32,
}

/// One category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRow {
    /// Whom it counts.
    pub group: Group,
    /// Participants.
    pub people: u32,
    /// Who they are.
    pub members: BTreeSet<ParticipantId>,
}

/// Counts each attribute of participants under a scope, in the order of the attributes; what is recorded of
/// nobody is left out.
#[must_use]
pub fn sample_table(study: &Study, scope: &Scope) -> Vec<SampleBlock> {
    let blocks = study.attributes_of(AttributeOf::Participant).into_iter().map(|attribute| {
        let columns = Columns::of(study, scope, Some(&attribute.name));
        let mut block = SampleBlock {
            attribute: attribute.name.clone(),
            of: 0,
            rows: Vec::with_capacity(columns.columns.len()),
            not_applicable: 0,
            not_recorded: 0,
        };
        for column in columns.columns {
            let people = column.base.all.of;
            match column.group {
                Group::DoesNotApply => block.not_applicable += people,
                Group::NotRecorded => block.not_recorded += people,
                group => {
                    block.of += people;
                    let members = column.people;
                    block.rows.push(SampleRow { group, people, members });
                }
            }
        }
        sort_for_print(&mut block.rows, |row| &row.group);
        block
    });
    blocks.filter(|block| !block.rows.is_empty()).collect()
}
