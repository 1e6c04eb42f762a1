//! The list of all commands that can be typed or pressed here.

use super::{Command, Family, GLOSSARY, PLAIN, Situation, Term, registry};
use crate::app::keymap::say_keys;
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model, TextField};
use crate::text::fold_name;

/// The list of all commands.
#[derive(Clone, Debug)]
pub struct Palette {
    /// Only commands that match this are listed.
    pub field: TextField,
    /// The commands listed, the best match first.
    pub rows: Vec<PaletteRow>,
    /// Which row is chosen.
    pub chosen: usize,
}

/// One command in the list.
#[derive(Clone, Debug)]
pub struct PaletteRow {
    /// Which.
    pub command: &'static Command,
    /// Its keys, if it has any here.
    pub keys: String,
    /// Whether it can run now.
    pub live: bool,
}

pub(super) const FAMILY: Family = Family {
    title: "The menu",
    commands: &[Command {
        name: "run_chosen",
        title: "Run the chosen command",
        layers: &[LayerName::Palette],
        hint: Some((10, "run")),
        run: |model, _| model.run_chosen(),
        ..PLAIN
    }],
};

impl Palette {
    /// The list as it opens: what lives on this screen, in the order of the families.
    pub(super) fn of(model: &Model) -> Palette {
        Palette { field: TextField::default(), rows: rows(model, model.key_layers(), ""), chosen: 0 }
    }

    pub(super) fn step(&mut self, by: isize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
    }
}

fn rows(model: &Model, here: [LayerName; 2], typed: &str) -> Vec<PaletteRow> {
    let situation = Situation::of(model);
    let listed = registry().filter(|command| command.takes.is_none());
    let listed = listed.filter(|command| here.iter().any(|layer| command.lives_in(*layer)));
    let listed: Vec<&'static Command> = listed.collect();
    let named = listed.iter().map(|command| (*command, format!("{} {}", command.title, command.name)));
    let fuzzy = crate::app::read::rank(typed, named.collect());
    // What is called so comes before what a few letters may have meant.
    let wanted = fold_name(typed);
    let called = |command: &Command| match wanted.is_empty() {
        true => 0,
        false if begins_in(&fold_name(command.also), &wanted) => 0,
        false if begins_in(&fold_name(command.title), &wanted) => 1,
        false if begins_in(&fold_name(&words_elsewhere(command.title)), &wanted) => 2,
        false => 3,
    };
    let elsewhere = listed.into_iter().filter(|command| called(command) < 3 && !fuzzy.contains(command));
    let elsewhere: Vec<&'static Command> = elsewhere.collect();
    let mut found: Vec<&'static Command> = fuzzy;
    found.extend(elsewhere);
    found.sort_by_key(|command| called(command));
    found
        .into_iter()
        .map(|command| PaletteRow {
            command,
            keys: model
                .keymap
                .binding_of(&here, command.name)
                .map_or_else(String::new, |b| say_keys(&b.keys)),
            live: command.can_run(&situation),
        })
        .collect()
}

/// Whether some word of a text begins so; both folded.
fn begins_in(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted)
        .any(|(at, _)| text.get(..at).is_none_or(|before| !before.ends_with(char::is_alphanumeric)))
}

/// What other programs call the things that a title speaks of, as far as that is no word of this program.
fn words_elsewhere(title: &str) -> String {
    let ours = |word: &str| GLOSSARY.iter().any(|term| term.ours == word);
    let names = |term: &&Term| {
        title.split(|c: char| !c.is_alphanumeric()).any(|word| word.trim_end_matches('s') == term.ours)
    };
    let mut words = String::new();
    for term in GLOSSARY.iter().filter(names) {
        let theirs = [term.nvivo, term.maxqda, term.atlas].into_iter().flat_map(|words| words.split(", "));
        for word in theirs.filter(|word| *word != "-" && !ours(word)) {
            words.push(' ');
            words.push_str(word);
        }
    }
    words
}

impl Model {
    /// Lists what matches now.
    pub(super) fn palette_changed(&mut self) {
        let Some(Layer::Palette(palette)) = self.layers.last() else { return };
        let rows = rows(self, self.layers_below(), palette.field.text());
        if let Some(Layer::Palette(palette)) = self.layers.last_mut() {
            palette.rows = rows;
            palette.chosen = 0;
        }
    }

    fn run_chosen(&mut self) -> Vec<Effect> {
        let Some(Layer::Palette(palette)) = self.layers.pop() else { return Vec::new() };
        match palette.rows.get(palette.chosen) {
            Some(row) => self.run_line(row.command.name),
            None => Vec::new(),
        }
    }
}
