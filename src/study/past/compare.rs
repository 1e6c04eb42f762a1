//! Two versions of a codebook side by side.

use std::collections::BTreeSet;

use super::Version;
use crate::study::{Action, Classified, Code, CodeId, Record, Theme};

/// What became of a code or theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// It stands below another code, or elsewhere among the themes.
    Moved,
    /// What it means, what to include or what to exclude is another.
    Redefined,
    /// Its side, state, component, origin, colour or example, or the codes of a theme.
    Changed,
}

impl DifferenceKind {
    /// All of them, in the order in which they are listed.
    pub const ALL: [DifferenceKind; 6] = [
        DifferenceKind::Added,
        DifferenceKind::Removed,
        DifferenceKind::Renamed,
        DifferenceKind::Moved,
        DifferenceKind::Redefined,
        DifferenceKind::Changed,
    ];

    /// The word over those of its kind.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DifferenceKind::Added => "added",
            DifferenceKind::Removed => "removed",
            DifferenceKind::Renamed => "renamed",
            DifferenceKind::Moved => "moved",
            DifferenceKind::Redefined => "redefined",
            DifferenceKind::Changed => "changed otherwise",
        }
    }
}

/// One thing that differs between two versions of a codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What became of it.
    pub kind: DifferenceKind,
    /// Whether it is a theme; else it is a code.
    pub is_theme: bool,
    /// Its name in the later version, or the one that it had.
    pub name: String,
    /// How, in a few words: what it was, and what it is.
    pub how: String,
    /// The reasons that coders gave in between for what they did to it, in order, each once.
    pub reasons: Vec<String>,
}

/// What differs; `between` are the actions that led from one to the other.
pub(super) fn differences(before: &Version, after: &Version, between: &[Action]) -> Vec<Difference> {
    let mut found = Vec::new();
    let codes: BTreeSet<CodeId> = before.codes.keys().chain(after.codes.keys()).copied().collect();
    for id in codes {
        let of = Classified::Code(id);
        let mut add = |kind, name: &str, how: String| {
            let reasons = reasons(between, of);
            found.push(Difference { kind, is_theme: false, name: name.to_owned(), how, reasons });
        };
        match (before.codes.get(&id), after.codes.get(&id)) {
            (None, Some(new)) => add(DifferenceKind::Added, &new.name, below(after, new)),
            (Some(old), None) => add(DifferenceKind::Removed, &old.name, fate(between, id)),
            (Some(old), Some(new)) => code_differences((before, old), (after, new), add),
            (None, None) => {}
        }
    }
    let themes: BTreeSet<_> = before.themes.keys().chain(after.themes.keys()).copied().collect();
    for id in themes {
        let of = Classified::Theme(id);
        let mut add = |kind, name: &str, how: String| {
            let reasons = reasons(between, of);
            found.push(Difference { kind, is_theme: true, name: name.to_owned(), how, reasons });
        };
        match (before.themes.get(&id), after.themes.get(&id)) {
            (None, Some(new)) => add(DifferenceKind::Added, &new.name, String::new()),
            (Some(old), None) => add(DifferenceKind::Removed, &old.name, String::new()),
            (Some(old), Some(new)) => theme_differences((before, old), (after, new), add),
            (None, None) => {}
        }
    }
    found.sort_by_cached_key(|one| (one.kind, one.is_theme, crate::text::fold_name(&one.name)));
    found
}

fn code_differences(
    (before, old): (&Version, &Code),
    (after, new): (&Version, &Code),
    mut add: impl FnMut(DifferenceKind, &str, String),
) {
    let name = &new.name;
    if old.name != new.name {
        add(DifferenceKind::Renamed, name, format!("was “{}”", old.name));
    }
    if old.parent != new.parent {
        let place = |version: &Version, code: &Code| match name_of(version, code.parent) {
            Some(parent) => format!("under “{parent}”"),
            None => String::from("at the top"),
        };
        let how = format!("was {}, is {}", place(before, old), place(after, new));
        add(DifferenceKind::Moved, name, how);
    }
    let texts = [
        ("definition", &old.definition, &new.definition),
        ("include", &old.include, &new.include),
        ("exclude", &old.exclude, &new.exclude),
    ];
    let how: Vec<String> = texts
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| was(field, old, new))
        .collect();
    if !how.is_empty() {
        add(DifferenceKind::Redefined, name, how.join("; "));
    }
    let component = |version: &Version| components(version, Classified::Code(new.id));
    let side = |code: &Code| code.side.map_or("", |side| side.name()).to_owned();
    let words = [
        ("side", side(old), side(new)),
        ("state", old.state.name().into(), new.state.name().into()),
        ("component", component(before), component(after)),
        ("origin", old.origin.name().into(), new.origin.name().into()),
        ("colour", old.colour.clone().unwrap_or_default(), new.colour.clone().unwrap_or_default()),
        ("example", old.example.clone(), new.example.clone()),
    ];
    say_changed(&words, name, &mut add);
}

fn theme_differences(
    (before, old): (&Version, &Theme),
    (after, new): (&Version, &Theme),
    mut add: impl FnMut(DifferenceKind, &str, String),
) {
    let name = &new.name;
    if old.name != new.name {
        add(DifferenceKind::Renamed, name, format!("was “{}”", old.name));
    }
    let place = |version: &Version, theme: &Theme| {
        let ahead = |other: &&Theme| (other.position, other.id) < (theme.position, theme.id);
        version.themes.values().filter(ahead).count() + 1
    };
    let (was_at, is_at) = (place(before, old), place(after, new));
    if was_at != is_at {
        add(DifferenceKind::Moved, name, format!("was number {was_at}, is number {is_at}"));
    }
    let list = |version: &Version, codes: &[CodeId]| {
        let names = codes.iter().map(|id| name_of(version, Some(*id)).unwrap_or("a code that is gone"));
        names.collect::<Vec<_>>().join(", ")
    };
    let component = |version: &Version| components(version, Classified::Theme(new.id));
    // Lists are compared by identity: a code with another name is the same code.
    let lists =
        [("barriers", &old.barriers, &new.barriers), ("facilitators", &old.facilitators, &new.facilitators)];
    let mut words: Vec<(&str, String, String)> = Vec::new();
    for (field, was, is) in lists {
        if was != is {
            words.push((field, list(before, was), list(after, is)));
        }
    }
    words.push(("note", old.note.clone(), new.note.clone()));
    words.push(("component", component(before), component(after)));
    say_changed(&words, name, &mut add);
}

fn say_changed(
    words: &[(&str, String, String)],
    name: &str,
    add: &mut impl FnMut(DifferenceKind, &str, String),
) {
    let differing = words.iter().filter(|(_, old, new)| old != new);
    let how: Vec<String> = differing.map(|(field, old, new)| was(field, old, new)).collect();
    if !how.is_empty() {
        add(DifferenceKind::Changed, name, how.join("; "));
    }
}

fn was(field: &str, old: &str, new: &str) -> String {
    let word =
        |text: &str| if text.trim().is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
    format!("{field} was {}, is {}", word(old), word(new))
}

fn name_of(version: &Version, code: Option<CodeId>) -> Option<&str> {
    version.codes.get(&code?).map(|code| code.name.as_str())
}

fn below(version: &Version, code: &Code) -> String {
    name_of(version, code.parent).map_or_else(String::new, |parent| format!("under “{parent}”"))
}

/// The components of something in all frameworks.
fn components(version: &Version, of: Classified) -> String {
    let held = version.classifications.values().filter(|held| held.of == of);
    held.map(|held| held.component.as_str()).collect::<Vec<_>>().join(", ")
}

/// What the action that took a code away says of it: with what it was merged, for one.
fn fate(between: &[Action], code: CodeId) -> String {
    let removes = |action: &&Action| {
        action.changes.iter().any(|change| {
            change.after.is_none() && matches!(&change.before, Some(Record::Code(held)) if held.id == code)
        })
    };
    between.iter().rev().find(removes).map_or_else(String::new, |action| action.label.clone())
}

/// Why coders did what they did to it.
fn reasons(between: &[Action], of: Classified) -> Vec<String> {
    let about = |record: &Record| match (record, of) {
        (Record::Code(code), Classified::Code(id)) => code.id == id,
        (Record::Theme(theme), Classified::Theme(id)) => theme.id == id,
        (Record::Classification(held), of) => held.of == of,
        _ => false,
    };
    let mut found: Vec<String> = Vec::new();
    for action in between {
        let Some(reason) = &action.reason else { continue };
        let touches = action.changes.iter().filter_map(|change| change.record()).any(about);
        if touches && !found.contains(reason) {
            found.push(reason.clone());
        }
    }
    found
}
