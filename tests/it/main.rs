//! The one integration-test binary: every extra one would link SQLite and tantivy again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]
#![allow(clippy::disallowed_methods, reason = "tests may write files and read the clock")]

mod fixture;
mod keymap;
mod layers;
mod panels;
mod panels_stage;
mod pty;
mod search_screen;
mod store;
mod term;
