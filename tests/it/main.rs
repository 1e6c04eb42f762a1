//! The one integration-test binary: every extra one would link SQLite and tantivy again.
