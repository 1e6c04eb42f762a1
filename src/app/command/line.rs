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
            run: |model, _| model.complete_line(),
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
    pub(in crate::app) fn line_changed(&mut self) -> Vec<Effect> {
        let here = self.layers_below();
        let Some(Layer::Line(line)) = self.layers.last() else { return Vec::new() };
        let typed = line.field.text().trim_start().to_owned();
        let mut effects = Vec::new();
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
            Some(("import", path)) => {
                effects.push(Effect::ListPaths(path.trim_start().to_owned()));
                Vec::new()
            }
            Some(_) => Vec::new(),
        };
        let Some(Layer::Line(line)) = self.layers.last_mut() else { return Vec::new() };
        // What begins so comes before what only holds it.
        line.candidates = candidates;
        line.candidates.sort_by_key(|name| !name.starts_with(&typed));
        line.chosen = None;
        effects
    }

    /// Completes what is typed. Where there was but one candidate, what it could go on with is looked up.
    fn complete_line(&mut self) -> Vec<Effect> {
        let Some(Layer::Line(line)) = self.layers.last_mut() else { return Vec::new() };
        line.complete();
        if line.candidates.len() == 1 { self.line_changed() } else { Vec::new() }
    }

    /// Lists what a path could become, if it is still what is typed.
    pub(in crate::app) fn paths_listed(&mut self, typed: &str, paths: &[String]) {
        let Some(Layer::Line(line)) = self.layers.last_mut() else { return };
        let path = line.field.text().trim_start().strip_prefix("import ").map(str::trim_start);
        if path == Some(typed) && line.chosen.is_none() {
            line.candidates = paths.iter().map(|path| format!("import {path}")).collect();
        }
    }

    /// Runs what is typed.
    pub(super) fn run_typed_line(&mut self) -> Vec<Effect> {
        let Some(Layer::Line(line)) = self.layers.pop() else { return Vec::new() };
        match line.field.text().trim() {
            "" => Vec::new(),
            "q" => self.run_line("quit"),
            "coders" => self.run_line("list_coders"),
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
