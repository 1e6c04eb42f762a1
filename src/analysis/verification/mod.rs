//! Whether what stands between quotation marks in a draft is what was said, and by whom.
//!
//! [`find_quotations`] finds the quotations of a [`Draft`](crate::document::Draft); a [`SpokenWords`] over the texts of the
//! transcripts says where each was said; [`Descriptors`] tells a right attribution from a wrong one; [`verify`] does all of
//! it and counts who is quoted.
//!
//! Words are compared by their folded forms, so that quotation marks, apostrophes, hyphens and capitals may be written in any
//! way; letters with other marks on them (`dan`, `dân`) are found, and told as a difference. What stands in square brackets in a transcript (`[laughs]`) was not said and may be
//! left out.
//!
//! Knows nothing of files and screens; the texts come from whoever has them.

mod address;
mod beside;
mod blocks;
mod cells;
mod check;
mod descriptors;
mod finding;
mod inline;
mod judging;
mod labels;
mod locate;
mod marks;
mod naming;
mod nearest;
mod pairs;
mod passage;
mod quotation;
mod reading;
mod report;
mod saying;
mod settling;
mod sought;
mod spoken;
#[cfg(test)]
mod tests;
mod told;
mod wording;

pub use beside::Candidate;
pub use check::{Check, Status};
pub use descriptors::Descriptors;
pub use finding::find_quotations;
pub use judging::{Heard, Judgement};
pub use quotation::{Doubt, Label, Part, Quotation, Quotations, Set, Shared};
pub use reading::Behind;
pub use report::{Report, TimesQuoted, Wanted, verify};
pub use spoken::{Place, SpokenWords};
