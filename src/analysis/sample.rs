//! The sample: how many participants have which characteristic (Tables 1 and 2 of a paper).
//!
//! Counted are participants with imported speech in the scope. Someone to whom a characteristic does not apply, or of
//! whom nothing is said, is outside its N; `missing` and `prefer not to say` are answers and inside it.
//!
//! Per cent is of that N, rounded half up to a whole number; below two per cent to one decimal, as a category of one
//! person would else read as 1 or 2 (66 people: 1.5). Rounded figures need not add up to 100, and are not made to.

use super::columns::{Columns, Group};
use super::tally::Scope;
use crate::study::{AttributeOf, Study};

/// One characteristic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleBlock {
    /// Name of the attribute.
    pub attribute: String,
    /// Participants to whom it applies.
    pub of: u32,
    /// Its categories, in the order in which participants came into the study, then `missing` and
    /// `prefer not to say`.
    pub rows: Vec<SampleRow>,
    /// Participants outside the N.
    pub not_applicable: u32,
}

/// One category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRow {
    /// Whom it counts.
    pub group: Group,
    /// Participants.
    pub people: u32,
}

impl SampleBlock {
    /// Tenths of a per cent of a count, exact to the tenth below and rounded half up.
    fn tenths(&self, people: u32) -> u32 {
        (people * 2000 + self.of).checked_div(self.of * 2).unwrap_or(0)
    }

    /// The per cent of a category as it is printed: `24`, `1.5`.
    #[must_use]
    pub fn percent(&self, people: u32) -> String {
        let whole = (people * 200 + self.of).checked_div(self.of * 2).unwrap_or(0);
        let tenths = self.tenths(people);
        if tenths < 20 && !tenths.is_multiple_of(10) {
            return format!("{}.{}", tenths / 10, tenths % 10);
        }
        whole.to_string()
    }
}

/// Counts each attribute of participants under a scope, in the order of the attributes; what applies to nobody is left
/// out.
#[must_use]
pub fn sample_table(study: &Study, scope: &Scope) -> Vec<SampleBlock> {
    let blocks = study.attributes_of(AttributeOf::Participant).into_iter().map(|attribute| {
        let columns = Columns::of(study, scope, Some(&attribute.name));
        let mut block = SampleBlock {
            attribute: attribute.name.clone(),
            of: 0,
            rows: Vec::with_capacity(columns.columns.len()),
            not_applicable: 0,
        };
        for column in columns.columns {
            let people = column.base.all.of;
            match column.group {
                Group::DoesNotApply => block.not_applicable += people,
                group => {
                    block.of += people;
                    block.rows.push(SampleRow { group, people });
                }
            }
        }
        block
    });
    blocks.filter(|block| !block.rows.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_is_rounded_half_up_and_small_ones_keep_a_decimal() {
        let block = |of| SampleBlock { attribute: String::new(), of, rows: Vec::new(), not_applicable: 0 };
        // By hand: 20 of 85 is 23.53, 36 of 85 is 42.35, 1 of 66 is 1.515, 2 of 85 is 2.35, 1 of 8 is 12.5, none of none.
        let shown = [(85, 20), (85, 36), (66, 1), (85, 2), (8, 1), (0, 0), (100, 1)];
        let shown = shown.map(|(of, people)| block(of).percent(people));
        assert_eq!(shown, ["24", "42", "1.5", "2", "13", "0", "1"]);
    }
}
