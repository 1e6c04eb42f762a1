//! The list of all commands that can be typed or pressed here.

use super::{Command, Family, PLAIN, Situation, registry};
use crate::app::keymap::say_keys;
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model, TextField};

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
    let named = listed.map(|command| (command, format!("{} {}", command.title, command.name)));
    crate::app::read::rank(typed, named.collect())
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
