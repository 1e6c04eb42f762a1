//! Combe: read, search and code interview and focus-group transcripts in the terminal.
//!
//! The rooms of the house, each of which may use only those above it in this list
//! (`tests/it/layers.rs` holds that):
//!
//! | room | holds |
//! | --- | --- |
//! | [`text`] | spans, graphemes, words, sentences, folding, code points: the one analyser |
//! | [`study`] | the domain: records, rules, frameworks, the study in memory |
//! | [`document`] | a file's bytes to decoded lines with features, one format a file |
//! | [`import`] | lines to transcripts and turns; tables to attributes, codings, codebook |
//! | [`store`] | where a study lives on disk; the only room that names `rusqlite` |
//! | [`search`] | index and query language; the only room that names `tantivy` |
//! | [`analysis`] | counts and tables: pure functions |
//! | [`export`] | one output format a file |
//! | [`app`] | the model of the running program: commands, keymaps, update |
//! | [`ui`] | views: paint a model, nothing else |
//! | [`term`] | the terminal session; the only room that names `crossterm` |
//! | [`run`] | the loop, effects, worker threads, the saved place |
//! | [`cli`] | the subcommands: arguments, paths, environment, printing |

pub mod analysis;
pub mod app;
pub mod cli;
pub mod document;
pub mod export;
pub mod import;
pub mod run;
pub mod search;
pub mod store;
pub mod study;
pub mod term;
pub mod text;
pub mod ui;
