//! The README tells the truth: its tables are what the program says, its commands are those that `.ci/run` runs.

use std::fs;
use std::path::Path;

use combe::app::keymap::Keymap;
use combe::cli::{command_table, key_tables};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// What stands between two comments.
fn section<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    let start = text.find(begin).map(|at| at + begin.len()).unwrap();
    text[start..].split(end).next().unwrap().trim()
}

#[test]
fn the_key_tables_are_those_of_the_keymap() {
    let shipped = key_tables(&Keymap::shipped().unwrap());
    let readme = readme();
    let shown = section(&readme, "<!-- keys: made by `combe keys --markdown` -->", "<!-- end of keys -->");
    assert!(shown == shipped.trim(), "put this into README.md:\n{shipped}");
}

#[test]
fn the_tables_of_vim_are_those_of_its_keymap() {
    let shipped = key_tables(&Keymap::named("vim").unwrap().unwrap());
    let readme = readme();
    let begin = "<!-- keys of vim: made by `combe keys --markdown --keymap vim` -->";
    let shown = section(&readme, begin, "<!-- end of keys of vim -->");
    assert!(shown == shipped.trim(), "put this into README.md:\n{shipped}");
}

#[test]
fn the_commands_are_those_of_the_program() {
    let table = command_table();
    let readme = readme();
    let shown = section(&readme, "<!-- commands: made from `combe --help` -->", "<!-- end of commands -->");
    assert!(shown == table.trim(), "put this into README.md:\n{table}");
}

#[test]
fn the_test_command_is_on_a_line_of_its_own_for_ci() {
    assert!(readme().lines().any(|line| line == "$ cargo test --locked"));
}
