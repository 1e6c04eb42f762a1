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

/// What only some rooms may touch: environment, clock, stdout, threads. Modules of the standard library are found
/// however they are named, the others as they are written.
const OUTSIDE_MODULES: [&str; 2] = ["std::env", "std::thread"];
const OUTSIDE: [&str; 6] =
    ["Timestamp::now", "Zoned::now", "Instant::now", "SystemTime::now", "stdout()", "stderr()"];
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

/// Every path that code names from its root: those of `use`, with groups taken apart, and those written out where they
/// are used. `above` is how many `super::` lead from the file to the root of the crate.
fn paths(code: &str, above: usize) -> Vec<String> {
    let mut found = Vec::new();
    for part in code.split("use ").skip(1) {
        take_apart(part.split(';').next().unwrap_or_default(), "", &mut found);
    }
    for root in ["crate::", "std::", "super::"] {
        let named = code.match_indices(root).map(|(at, _)| &code[at..]);
        found.extend(named.map(|path| path.chars().take_while(|c| is_of_path(*c)).collect()));
    }
    let to_root = "super::".repeat(above);
    let rooted = found.into_iter().map(|path| match path.strip_prefix(&to_root) {
        Some(rest) if above > 0 && !rest.starts_with("super::") => format!("crate::{rest}"),
        _ => path,
    });
    rooted.collect()
}

fn is_of_path(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':'
}

/// The paths of one tree of `use`, as in `a::{b, c::{d, self}} as e`.
fn take_apart(tree: &str, before: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((head, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        let path = format!("{before}{path}");
        found.push(path.trim_end_matches("::self").to_owned());
        return;
    };
    let before = format!("{before}{}", head.trim());
    let group = group.rsplit_once('}').map_or(group, |(inside, _)| inside);
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let branch = &group[start..at];
                if !branch.trim().is_empty() {
                    take_apart(branch, &before, found);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Whether a path is a module or something in it.
fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// How many `super::` lead from a file of a room to the root of the crate.
fn depth(path: &Path) -> usize {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    inside.components().count() - usize::from(inside.ends_with("mod.rs"))
}

#[test]
fn paths_are_seen_however_they_are_written() {
    let seen = |code: &str| paths(code, 2);
    assert!(seen("use crate::{ui, app::{self, Model}};").contains(&"crate::ui".to_owned()));
    assert!(seen("pub(crate) use crate::{text::Span,\n    cli};").contains(&"crate::cli".to_owned()));
    assert!(seen("use super::super::{term};").contains(&"crate::term".to_owned()));
    assert!(seen("let x = super::super::run::open();").contains(&"crate::run::open".to_owned()));
    assert!(seen("use std::{io, env::{self, args}};").contains(&"std::env".to_owned()));
    assert!(seen("use std::thread::Builder as B;").contains(&"std::thread::Builder".to_owned()));
    assert!(seen("std::thread::Builder::new()").iter().any(|path| is_in(path, "std::thread")));
    assert!(!seen("use super::term;").iter().any(|path| is_in(path, "crate::term")));
    assert!(!is_in("std::environment", "std::env"));
}

#[test]
fn rooms_use_only_what_stands_above_them_in_the_design() {
    let mut wrong = Vec::new();
    each_file(|room, path, code| {
        let place = ROOMS.iter().position(|known| *known == room).unwrap();
        let paths = paths(code, depth(path));
        for upper in &ROOMS[place + 1..] {
            if paths.iter().any(|path| is_in(path, &format!("crate::{upper}"))) {
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
            let is_named =
                code.contains(&format!("{name}::")) || paths(code, 0).iter().any(|path| is_in(path, name));
            if room != owner && is_named {
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
        if OUTSIDE_ROOMS.contains(&room) {
            return;
        }
        // What tests beside the code do to it (eight threads at one lock) is no part of the room.
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let written = OUTSIDE.into_iter().filter(|name| code.contains(name));
        let paths = paths(code, 0);
        let named = OUTSIDE_MODULES.into_iter().filter(|module| paths.iter().any(|path| is_in(path, module)));
        for name in written.chain(named) {
            wrong.push(format!("{} touches {name}", path.display()));
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
