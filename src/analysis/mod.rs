//! Counts and tables: pure functions over a [`Study`](crate::study::Study).
//!
//! Counting rules, which every number on screen, in files and on the command line shares:
//!
//! - only layers of record are counted, with effective valences;
//! - a participant counts for a quote that shares a word of their speech, whichever turn it starts in;
//! - speech of interviewers and others counts for nobody; that of `several` and `unknown` neither, and each count says how
//!   many codings that leaves without a person;
//! - a parent or theme counts the union of people, never a sum;
//! - one code of one coder on overlapping spans is one coding.
//!
//! [`Sheets`] keeps what is known of each transcript until a change touches it; a [`Counter`] over them answers under one
//! [`Scope`]. Knows nothing of screens or files, and loads no texts: a quote carries its own.

mod around;
mod attribution;
mod by_person;
mod columns;
mod count;
mod coverage;
pub mod identifiers;
mod listed;
mod matrix;
mod narrow;
mod overview;
mod panel;
mod placement;
mod quotation;
mod quote_order;
mod sample;
mod sheet;
mod sheets;
#[cfg(test)]
mod small;
mod tables;
mod tally;
#[cfg(test)]
mod tests;
pub mod verification;

pub use around::Around;
pub use attribution::{
    Attribution, AttributionDoubt, AttributionError, Descriptor, Templates, are_one_descriptor, group_of,
    worded_twice,
};
pub use columns::{Column, Columns, Group};
pub use count::{Counter, Sided, Split};
pub use coverage::{Coded, Coverage};
pub use listed::{LISTED_LAYERS, ListedQuotes, each_passage_once, listed_quotes};
pub use matrix::{
    CellState, ColumnsBy, Elsewhere, Matrix, MatrixCell, MatrixColumn, MatrixPlan, MatrixRow, Moved,
    PlanError, RowsBy, Shows, StateCounts, basis_of, rests_on,
};
pub use narrow::NarrowError;
pub use overview::{Overview, OverviewRow};
pub use panel::{Behind, Panel, PanelRow, Part, RowOf};
pub use placement::PanelOf;
pub use quotation::{Apart, Quotation, Said};
pub use quote_order::{InOrder, Placed, QuoteOrder, order_quotes};
pub use sample::{SampleBlock, SampleRow, sample_table};
pub use sheet::Sheet;
pub use sheets::Sheets;
pub use tables::{
    BarPair, Basis, CellValue, CurvePoint, Evidence, Head, MOST_GROUPS, Measure, PaperCell, PaperRow,
    PaperTable, Picture, TableError, TableKind, TableOption, TableOptions, Together, Unit, Voiced,
    make_table, percents, percents_to_100,
};
pub use tally::{Count, Figures, Scope};
