//! The registry of commands: one family a file.
//!
//! Footer hints, the popup of continuations, `?`, the `:` line, the list under space, `combe keys` and the key tables of
//! the README are all made from it, so a command is described once, here.

mod argument;
mod ask;
mod codebook;
mod coders;
mod coding;
mod correcting;
mod field;
mod findings;
mod form;
mod general;
mod glossary;
mod hiding;
mod hints;
mod history;
mod import_preview;
mod jumping;
mod line;
mod lists;
mod matrix;
mod memo;
mod memos;
mod nudging;
mod palette;
mod panels;
mod people;
mod picker;
mod quotes;
mod reading;
mod reviewing;
mod reviews;
mod screens;
mod search;
mod settings;
mod tables;
mod themes;
mod timeline;
mod tour;
mod transcripts;
mod valence;
mod when;

pub use argument::Argument;
pub use glossary::{GLOSSARY, Term};
pub use hints::{HelpLine, HelpRow, HelpTone, Hint};
pub use line::Line;
pub use palette::{Palette, PaletteRow};
pub use when::{Situation, When};

use super::keymap::Call;
use super::{Effect, LayerName, Model, Tone};

/// What a command is told when it is run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Args<'a> {
    /// What stands behind its name (`3` in `open_panel 3`). Never `None` for a command that [`Command::takes`] something.
    pub argument: Option<&'a str>,
    /// How often, where a keymap has counts.
    pub count: Option<usize>,
}

/// A command: all that there is to know about it.
#[derive(Debug)]
pub struct Command {
    /// Its name in keymaps and on the `:` line: verb first, in the words of the domain.
    pub name: &'static str,
    /// What it does, in a few words.
    pub title: &'static str,
    /// What it does, in full: when to use it and what it will not do. Empty where the title says it all.
    pub help: &'static str,
    /// Other words for it, by which the menu finds it.
    pub also: &'static str,
    /// What must stand behind its name, if anything.
    pub takes: Option<&'static str>,
    /// What may stand behind its name; it asks, or does the usual, where nothing does.
    pub may_take: Option<&'static str>,
    /// What the words behind its name are names of: the `:` line completes them.
    pub argument: Argument,
    /// What a count in front of its keys does, where a keymap has counts.
    pub count: Count,
    /// Tables of keys it may be bound in. One in [`LayerName::Global`] may be bound in every table without a text field.
    pub layers: &'static [LayerName],
    /// What must hold for it to run; the first that does not is told.
    pub when: &'static [When],
    /// A word for the footer, with its rank: low ones come first. `None` for what is not worth the room.
    pub hint: Option<(u8, &'static str)>,
    /// Layers in whose footer that word stands before all others, whatever its rank.
    pub leads: &'static [LayerName],
    /// Runs it.
    pub run: fn(&mut Model, Args<'_>) -> Vec<Effect>,
}

/// What a count in front of the keys of a command does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// Nothing: twice would be wrong or the same as once.
    #[default]
    Ignored,
    /// It is run so often.
    Times,
    /// The command takes it itself, as [`Args::count`].
    Given,
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        self.name == other.name
    }
}

impl Eq for Command {}

/// What the commands of a family are spread from: everything but name, title and `run`.
const PLAIN: Command = Command {
    name: "",
    title: "",
    help: "",
    also: "",
    takes: None,
    may_take: None,
    argument: Argument::Words,
    count: Count::Ignored,
    layers: &[],
    when: &[],
    hint: None,
    leads: &[],
    run: |_, _| Vec::new(),
};

/// Commands that belong together, as help shows them.
#[derive(Debug)]
pub struct Family {
    /// What they are about.
    pub title: &'static str,
    /// The commands.
    pub commands: &'static [Command],
}

/// All families, in the order in which help shows them.
pub const FAMILIES: &[Family] = &[
    reading::FAMILY,
    jumping::FAMILY,
    coding::FAMILY,
    nudging::FAMILY,
    correcting::FAMILY,
    valence::FAMILY,
    memo::FAMILY,
    picker::FAMILY,
    transcripts::FAMILY,
    search::FAMILY,
    search::KEPT,
    search::ALIKE,
    reviewing::FAMILY,
    panels::FAMILY,
    people::FAMILY,
    hiding::FAMILY,
    codebook::FAMILY,
    themes::FAMILY,
    themes::LISTS,
    themes::SPLITTING,
    themes::VERSIONING,
    reviews::FAMILY,
    memos::FAMILY,
    quotes::FAMILY,
    matrix::FAMILY,
    tables::FAMILY,
    timeline::FAMILY,
    findings::FAMILY,
    coders::FAMILY,
    settings::FAMILY,
    import_preview::FAMILY,
    tour::FAMILY,
    screens::FAMILY,
    history::FAMILY,
    lists::FAMILY,
    general::FAMILY,
    palette::FAMILY,
    line::FAMILY,
    ask::FAMILY,
    form::FAMILY,
    field::FAMILY,
];

/// All commands.
pub fn registry() -> impl Iterator<Item = &'static Command> + Clone {
    FAMILIES.iter().flat_map(|family| family.commands)
}

/// Whether what a command of that name does is a change of the codebook.
pub(super) fn changes_codebook(name: &str) -> bool {
    let families = [codebook::FAMILY, themes::FAMILY, themes::SPLITTING, themes::VERSIONING];
    // The panels have a command of their own for it, and so have themes for their codes and reviews for all decisions.
    matches!(name, "classify" | "set_theme_codes" | "review")
        || families.iter().flat_map(|family| family.commands).any(|command| command.name == name)
}

/// The command of that name; `-` and `_` are alike.
#[must_use]
pub fn find(name: &str) -> Option<&'static Command> {
    let name = name.replace('-', "_");
    registry().find(|command| command.name == name)
}

/// The command that a word which names none was probably meant to be.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    crate::text::probably_meant(&name.replace('-', "_"), registry().map(|command| command.name))
}

impl Command {
    /// Whether it may be bound in that table.
    #[must_use]
    pub fn lives_in(&self, layer: LayerName) -> bool {
        self.layers.contains(&layer) || (self.layers.contains(&LayerName::Global) && !layer.has_field())
    }

    /// Whether all it needs holds.
    #[must_use]
    pub fn can_run(&self, situation: &Situation) -> bool {
        self.missing(situation).is_none()
    }

    /// The first thing it needs that does not hold.
    #[must_use]
    pub fn missing(&self, situation: &Situation) -> Option<When> {
        self.when.iter().copied().find(|when| !when.holds(situation))
    }
}

impl Model {
    /// Runs what a key is bound to, with the count in front of it.
    pub(super) fn call(&mut self, call: &Call, count: Option<usize>) -> Vec<Effect> {
        let args = Args { argument: call.argument.as_deref(), count };
        let times = if call.command.count == Count::Times { count.unwrap_or(1) } else { 1 };
        let mut effects = Vec::new();
        for _ in 0..times {
            effects.extend((call.command.run)(self, args));
            // Where it cannot go on, or has gone elsewhere, the rest would be said to something else.
            let here = self.key_layers();
            let goes_on = self.notice.as_ref().is_none_or(|notice| notice.tone == Tone::Done)
                && here.iter().any(|layer| call.command.lives_in(*layer))
                && call.command.can_run(&Situation::of(self));
            if !goes_on {
                break;
            }
        }
        self.tour_saw(call.command.name);
        effects
    }

    /// Runs a command by name, as the `:` line does: with everything checked that a key would have checked.
    pub(super) fn run_line(&mut self, line: &str) -> Vec<Effect> {
        let (name, argument) =
            line.trim().split_once(' ').map_or((line.trim(), None), |(n, a)| (n, Some(a.trim())));
        let Some(command) = find(name) else {
            let near = nearest(name).map_or_else(String::new, |near| format!("; did you mean “{near}”?"));
            self.refuse(format!("There is no command “{name}”{near}"));
            return Vec::new();
        };
        let here = self.key_layers();
        if !here.iter().any(|layer| command.lives_in(*layer)) {
            self.refuse(format!("“{name}” does nothing on this screen."));
            return Vec::new();
        }
        if let Some(takes) = command.takes.filter(|_| argument.is_none()) {
            self.refuse(format!("“{name}” needs {takes} behind it."));
            return Vec::new();
        }
        if argument.is_some() && command.takes.is_none() && command.may_take.is_none() {
            self.refuse(format!("“{name}” takes nothing behind it."));
            return Vec::new();
        }
        match command.missing(&Situation::of(self)) {
            Some(when) => {
                self.refuse(when.why_not());
                Vec::new()
            }
            None => {
                let effects = (command.run)(self, Args { argument, count: None });
                self.tour_saw(command.name);
                effects
            }
        }
    }

    /// The keys that run a command here, as they are pressed; its `:` name where there are none.
    #[must_use]
    pub fn keys_of(&self, command: &str) -> String {
        let below = [self.layer_of_screen()];
        let found = self.keymap.binding_of(&self.key_layers(), command);
        match found.or_else(|| self.keymap.binding_of(&below, command)) {
            Some(binding) => super::keymap::say_keys(&binding.keys),
            None => self.keys_in(self.screen.layer(), command),
        }
    }

    /// The keys of a command in one table, or in the one below all; its `:` name where there are none.
    pub(super) fn keys_in(&self, layer: LayerName, command: &str) -> String {
        let binding = self.keymap.binding_of(&[layer, LayerName::Global], command);
        binding.map_or_else(|| format!(":{command}"), |binding| super::keymap::say_keys(&binding.keys))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_verb_first_words() {
        let mut seen = BTreeSet::new();
        for command in registry() {
            assert!(seen.insert(command.name), "{} twice", command.name);
            assert!(command.name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", command.name);
            assert!(!command.title.is_empty() && !command.layers.is_empty(), "{}", command.name);
            assert!(!command.title.ends_with('.'), "{}: a title is no sentence", command.name);
            assert!(command.help.is_empty() || command.help.ends_with('.'), "{}", command.name);
        }
    }

    #[test]
    fn the_nearest_name_is_offered() {
        assert_eq!(nearest("go_bak"), Some("go_back"));
        assert_eq!(nearest("quti"), Some("quit"));
        assert_eq!(nearest("entirely_other_thing"), None);
    }
}
