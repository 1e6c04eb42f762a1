//! The `:` line: commands by name, with completion.

use super::{Command, Family, PLAIN, registry};
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model, TextField};

pub(super) const FAMILY: Family = Family {
    title: "The : line",
    commands: &[
        Command {
            name: "run_typed",
            title: "Run what is typed",
            layers: &[LayerName::Line],
            hint: Some((10, "run")),
            run: |model, _| model.run_typed_line(),
            ..PLAIN
        },
        Command {
            name: "complete_typed",
            title: "Complete what is typed",
            layers: &[LayerName::Line],
            hint: Some((20, "complete")),
            run: |model, _| {
                if let Some(Layer::Line(line)) = model.layers.last_mut() {
                    line.complete();
                }
                Vec::new()
            },
            ..PLAIN
        },
    ],
};

/// The `:` line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What is typed.
    pub field: TextField,
    /// Names that what is typed could become.
    pub candidates: Vec<String>,
    /// Which one is chosen, once a key chose one.
    pub chosen: Option<usize>,
}

impl Line {
    /// Writes the next candidate in the field, around the end.
    fn complete(&mut self) {
        if self.chosen.is_some_and(|at| at + 1 >= self.candidates.len()) {
            self.chosen = None;
        }
        self.step(1);
    }

    /// Moves the choice and writes it in the field.
    pub(super) fn step(&mut self, by: isize) {
        let Some(last) = self.candidates.len().checked_sub(1) else { return };
        let next = match self.chosen {
            None if by < 0 => last,
            None => 0,
            Some(at) => at.saturating_add_signed(by).min(last),
        };
        self.chosen = Some(next);
        if let Some(name) = self.candidates.get(next) {
            self.field = TextField::new(name.clone());
        }
    }
}

impl Model {
    /// Looks up what the typed beginning could become: names of commands, then names of transcripts.
    pub(super) fn line_changed(&mut self) {
        let here = self.layers_below();
        let Some(Layer::Line(line)) = self.layers.last() else { return };
        let typed = line.field.text().trim_start().to_owned();
        let candidates: Vec<String> = match typed.split_once(' ') {
            None => registry()
                .filter(|command| here.iter().any(|layer| command.lives_in(*layer)))
                .filter(|command| command.name.contains(&typed.replace('-', "_")))
                .map(|command| command.name.to_owned())
                .collect(),
            Some(("open_transcript", name)) => {
                let name = crate::study::fold_short_name(name);
                let transcripts = self.study.transcripts_by_name();
                let matching = transcripts
                    .iter()
                    .filter(|transcript| crate::study::fold_short_name(&transcript.name).starts_with(&name));
                matching.map(|transcript| format!("open_transcript {}", transcript.name)).take(50).collect()
            }
            Some(_) => Vec::new(),
        };
        let Some(Layer::Line(line)) = self.layers.last_mut() else { return };
        // What begins so comes before what only holds it.
        line.candidates = candidates;
        line.candidates.sort_by_key(|name| !name.starts_with(&typed));
        line.chosen = None;
    }

    /// Runs what is typed.
    pub(super) fn run_typed_line(&mut self) -> Vec<Effect> {
        let Some(Layer::Line(line)) = self.layers.pop() else { return Vec::new() };
        match line.field.text().trim() {
            "" => Vec::new(),
            "q" => self.run_line("quit"),
            address if self.is_address(address) => self.go_to_address(address),
            typed => self.run_line(typed),
        }
    }

    /// Key tables that are live when the topmost layer is gone.
    pub(super) fn layers_below(&self) -> [LayerName; 2] {
        match self.layers.len().checked_sub(2).and_then(|at| self.layers.get(at)) {
            Some(layer) => [layer.name(), LayerName::Field],
            None => [self.screen.layer(), LayerName::Global],
        }
    }
}
