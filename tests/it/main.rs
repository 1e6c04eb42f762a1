//! The one integration-test binary: every extra one would link SQLite and tantivy again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]
#![allow(clippy::disallowed_methods, reason = "tests may write files and read the clock")]

mod cli;
mod consent;
mod document;
mod e2e;
mod erase;
mod erase_name;
mod erase_revisions;
mod erase_snapshots;
mod export;
mod fixture;
mod hide;
mod identifiers;
mod import_layout;
mod import_plan;
mod keymap;
mod layers;
mod leaving;
mod line;
mod linear;
mod lists_of_quotes;
mod manifest;
mod migration;
mod outlets;
mod panels;
mod panels_narrow;
mod panels_stage;
mod past;
mod pick;
mod proof;
mod pty;
mod readme;
mod revise;
mod sample;
mod screen;
mod screen_codebook;
mod screen_coders;
mod screen_coding;
mod screen_correct;
mod screen_findings;
mod screen_history;
mod screen_import;
mod screen_jumps;
mod screen_keystrokes;
mod screen_laws;
mod screen_matrix;
mod screen_memos;
mod screen_people;
mod screen_place;
mod screen_quotes;
mod screen_read;
mod screen_reviews;
mod screen_settings;
mod screen_tables;
mod screen_tour;
mod screen_transcripts;
mod screen_windows;
mod search;
mod search_alike;
mod search_filters;
mod search_fixture;
mod search_index;
mod search_review;
mod search_screen;
mod speaker;
mod specimens;
mod store;
mod store_replaced;
mod store_together;
mod term;
mod tombstones;
mod unfinished;
mod veil;
mod verify;
mod vim;
mod word_schema;
