//! README and docs tell the truth: their tables are what the program says, its commands are those that `.ci/run` runs.

use std::fs;
use std::path::Path;

use combe::app::keymap::Keymap;
use combe::cli::{command_table, key_tables};
use combe::study::Settings;

pub(crate) fn readme() -> String {
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

/// The examples of a page that are TOML.
fn toml_blocks(page: &str) -> Vec<String> {
    let text = read(page);
    text.split("```toml\n").skip(1).map(|rest| section(rest, "", "```").to_owned()).collect()
}

#[test]
fn what_the_page_on_writing_calls_so_anyway_is_so() {
    let blocks = toml_blocks("docs/writing.md");
    let [defaults, unset, attribution] = blocks.as_slice() else { panic!("{blocks:?}") };
    let nothing = Settings::default();
    assert_eq!(Settings::parse(defaults).unwrap().quotation, nothing.quotation);
    // A key of all is in one of the two.
    let said: Vec<String> =
        [defaults, unset].iter().flat_map(|text| Settings::entries(text)).map(|entry| entry.key).collect();
    for key in Settings::keys().filter(|key| key.starts_with("quotation.")) {
        assert!(said.iter().any(|said| said == key), "{key} is not on the page");
    }
    let held = &nothing.quotation;
    assert_eq!((&held.draft, held.markup, held.address), (&None, None, None));
    let said = Settings::parse(attribution).unwrap().attribution;
    let anyway = &nothing.attribution;
    assert_eq!(
        (said.preset, &said.focus_group, said.k, said.min_cell),
        (anyway.preset, &anyway.focus_group, anyway.k, anyway.min_cell)
    );
    assert_eq!((&anyway.by, anyway.also.len(), anyway.styles.len()), (&None, 0, 0));
}
