//! The rooms of the house depend downward only, and some names belong to one room alone.

use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up: each room may use those before it.
const ROOMS: [&str; 13] = [
    "text", "study", "document", "import", "store", "search", "analysis", "export", "app", "ui", "term",
    "run", "cli",
];

/// A name, and the only room that may use it.
const OWNED: [(&str, &str); 3] = [("rusqlite", "store"), ("tantivy", "search"), ("crossterm", "term")];

/// What only some rooms may touch: environment, clock, stdout, threads.
const OUTSIDE: [&str; 6] =
    ["std::env", "Timestamp::now", "Instant::now", "stdout()", "stderr()", "thread::spawn"];
const OUTSIDE_ROOMS: [&str; 3] = ["term", "run", "cli"];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The code of a file, without comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn each_file(mut look: impl FnMut(&str, &Path, &str)) {
    for room in ROOMS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
        for path in files(&folder) {
            look(room, &path, &code(&path));
        }
    }
}

#[test]
fn rooms_use_only_what_stands_above_them_in_the_design() {
    let mut wrong = Vec::new();
    each_file(|room, path, code| {
        let place = ROOMS.iter().position(|known| *known == room).unwrap();
        for upper in &ROOMS[place + 1..] {
            if code.contains(&format!("crate::{upper}::")) || code.contains(&format!("crate::{upper};")) {
                wrong.push(format!("{} uses {upper}", path.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn libraries_stay_in_the_rooms_that_own_them() {
    let mut wrong = Vec::new();
    each_file(|room, path, code| {
        for (name, owner) in OWNED {
            if room != owner && (code.contains(&format!("{name}::")) || code.contains(&format!("use {name}")))
            {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_outer_rooms_touch_environment_clock_and_threads() {
    let mut wrong = Vec::new();
    each_file(|room, path, code| {
        for name in OUTSIDE.into_iter().filter(|_| !OUTSIDE_ROOMS.contains(&room)) {
            if code.contains(name) {
                wrong.push(format!("{} touches {name}", path.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    each_file(|_, path, _| {
        if !fs::read_to_string(path).unwrap().starts_with("//!") {
            silent.push(path.to_owned());
        }
    });
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn no_test_file_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            name == "main" || main.contains(&format!("mod {name};")),
            "tests/it/main.rs does not name {name}"
        );
    }
}
