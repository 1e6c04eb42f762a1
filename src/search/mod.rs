//! Search: the query language, filters, the index of words, and the search that joins them.
//!
//! [`Query::parse`] reads a query; [`Plan::new`] makes it ready for one [`Study`](crate::study::Study) and
//! its [`Corpus`] of turns; [`search`] runs the plan over an [`Index`] and, where that is behind, over the
//! texts. A hit is a turn: nothing matches across two of them. The only room that names `tantivy`.

mod alike;
mod cancel;
mod corpus;
mod filter;
mod index;
mod matcher;
mod pattern;
mod plan;
pub mod query;
mod run;
mod scan;
mod texts;
mod turns;

pub use cancel::Cancel;
pub use corpus::{Corpus, Entry};
pub use filter::has_value;
pub use index::{Index, IndexError, Progress, Writer};
pub use plan::{Plan, ReadTurns};
pub use query::{FilterNames, Query, QueryError};
pub use run::{Hit, Results, SearchError, highlight, search};
pub use texts::{NoText, TextSource};
pub use turns::TurnSet;
