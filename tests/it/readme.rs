//! README and docs tell the truth: their tables are what the program says, its commands are those that `.ci/run` runs.

use std::fs;
use std::path::Path;

use combe::app::keymap::Keymap;
use combe::cli::{command_table, key_tables};

fn readme() -> String {
    read("README.md")
}

fn read(page: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
}

/// What stands between two comments.
fn section<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    let start = text.find(begin).map(|at| at + begin.len()).unwrap();
    text[start..].split(end).next().unwrap().trim()
}

#[test]
fn the_pages_of_keys_are_those_of_the_keymaps() {
    for (page, name) in [("docs/keys.md", "default"), ("docs/keys-vim.md", "vim")] {
        let shipped = key_tables(&Keymap::named(name).unwrap().unwrap());
        let page_text = read(page);
        let tables = page_text.find("**").map(|at| &page_text[at..]).unwrap();
        assert!(tables.trim() == shipped.trim(), "put this into {page}:\n{shipped}");
    }
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
