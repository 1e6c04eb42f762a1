//! Index and query language.

pub mod query;

pub use query::{Query, QueryError};
