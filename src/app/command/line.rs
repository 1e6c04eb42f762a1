//! The `:` line: commands by name, with completion of names and of what they are told, and with what was typed before.

use super::{Argument, Command, Family, PLAIN, registry};
use crate::app::layer::Layer;
use crate::app::{Effect, LayerName, Model, Screen, TextField};

/// At most so many lines are remembered.
const REMEMBERED: usize = 100;

/// Words of other programs that fingers type, and the commands they stand for.
const ALIASES: [(&str, &str); 9] = [
    ("q", "quit"),
    ("q!", "quit"),
    ("qa", "quit"),
    ("wq", "quit"),
    ("x", "quit"),
    ("w", "show_saved"),
    ("h", "open_help"),
    ("help", "open_help"),
    ("coders", "list_coders"),
];

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
            help: "The name of a command; behind it, the names of what it takes. Again for the next one.",
            layers: &[LayerName::Line],
            hint: Some((20, "complete")),
            run: |model, _| model.complete_line(1),
            ..PLAIN
        },
        Command {
            name: "complete_backwards",
            title: "The completion before",
            layers: &[LayerName::Line],
            run: |model, _| model.complete_line(-1),
            ..PLAIN
        },
        Command {
            name: "recall_earlier_line",
            title: "What was typed before, if it begins like this",
            layers: &[LayerName::Line],
            hint: Some((30, "earlier")),
            run: |model, _| model.recall_line(true),
            ..PLAIN
        },
        Command {
            name: "recall_later_line",
            title: "What was typed after that",
            help: "While nothing is recalled, the next completion.",
            layers: &[LayerName::Line],
            run: |model, _| model.recall_line(false),
            ..PLAIN
        },
    ],
};

/// The `:` line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What is typed.
    pub field: TextField,
    /// What it could become, as whole lines.
    pub candidates: Vec<String>,
    /// Which one is chosen, once a key chose one.
    pub chosen: Option<usize>,
    /// What the command that is typed takes behind its name.
    pub takes: Option<&'static str>,
    /// Which of the lines before is shown, and what was typed when it was asked for.
    recalled: Option<(usize, String)>,
}

impl Line {
    /// The line with something typed in it.
    #[must_use]
    pub fn of(field: TextField) -> Line {
        Line { field, ..Line::default() }
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

    /// The same around the end.
    fn turn(&mut self, by: isize) {
        let last = self.candidates.len().saturating_sub(1);
        match self.chosen {
            Some(at) if (by > 0 && at >= last) || (by < 0 && at == 0) => self.chosen = None,
            _ => {}
        }
        self.step(by);
    }
}

impl Model {
    /// Looks up what the typed beginning could become: names of commands, then what they are told.
    pub(in crate::app) fn line_changed(&mut self) -> Vec<Effect> {
        let here = self.layers_below();
        let Some(Layer::Line(line)) = self.layers.last() else { return Vec::new() };
        let typed = line.field.text().trim_start().to_owned();
        let mut effects = Vec::new();
        let (candidates, takes) = match typed.split_once(' ') {
            None => {
                let wanted = typed.replace('-', "_");
                let listed = registry().filter(|command| here.iter().any(|layer| command.lives_in(*layer)));
                let mut names: Vec<String> = listed
                    .filter(|command| command.name.contains(&wanted))
                    .map(|command| command.name.to_owned())
                    .collect();
                // What begins so comes before what only holds it.
                names.sort_by_key(|name| !name.starts_with(&wanted));
                let begins = names.iter().take_while(|name| name.starts_with(&wanted)).count();
                names.splice(begins..begins, self.transcripts_that_begin(&typed));
                (names, None)
            }
            Some((name, argument)) => match super::find(name) {
                Some(command) => {
                    if command.argument == Argument::Path {
                        effects.push(Effect::ListPaths(argument.trim_start().to_owned()));
                    }
                    let found = self.complete_argument(command.argument, argument.trim_start());
                    let whole = found.into_iter().map(|found| format!("{name} {found}")).collect();
                    (whole, command.takes.or(command.may_take))
                }
                None => (Vec::new(), None),
            },
        };
        if let Some(Layer::Line(line)) = self.layers.last_mut() {
            (line.candidates, line.takes) = (candidates, takes);
            (line.chosen, line.recalled) = (None, None);
        }
        effects
    }

    /// Lists what a path could become, if it is still what is typed.
    pub(in crate::app) fn paths_listed(&mut self, typed: &str, paths: &[String]) {
        let Some(Layer::Line(line)) = self.layers.last_mut() else { return };
        let Some((name, path)) = line.field.text().trim_start().split_once(' ') else { return };
        let whole = |path: &String| format!("{name} {path}");
        if path.trim_start() == typed && line.chosen.is_none() {
            line.candidates = paths.iter().map(whole).collect();
        }
    }

    /// Writes the next candidate in the field. Where there is but one, and it takes something, what it takes is listed.
    fn complete_line(&mut self, by: isize) -> Vec<Effect> {
        let Some(Layer::Line(line)) = self.layers.last_mut() else { return Vec::new() };
        line.turn(by);
        let only = line.candidates.as_slice();
        let command = only.first().filter(|_| only.len() == 1).and_then(|name| super::find(name));
        if let Some(command) = command.filter(|command| command.takes.or(command.may_take).is_some()) {
            line.field = TextField::new(format!("{} ", command.name));
            return self.line_changed();
        }
        // A folder that is the only one goes on with what is in it.
        let path = only.len() == 1 && line.field.text().ends_with('/');
        if path { self.line_changed() } else { Vec::new() }
    }

    /// Writes an earlier (later) line in the field, of those that begin with what is typed.
    fn recall_line(&mut self, earlier: bool) -> Vec<Effect> {
        let Some(Layer::Line(line)) = self.layers.last_mut() else { return Vec::new() };
        if line.recalled.is_none() && (!earlier || line.chosen.is_some()) {
            line.step(if earlier { -1 } else { 1 });
            return Vec::new();
        }
        let (at, typed) = match &line.recalled {
            Some((at, typed)) => (*at, typed.clone()),
            None => (self.lines.len(), line.field.text().to_owned()),
        };
        let fits = |at: &usize| self.lines.get(*at).is_some_and(|held| held.starts_with(&typed));
        let found = if earlier { (0..at).rev().find(fits) } else { (at + 1..self.lines.len()).find(fits) };
        match (found, earlier) {
            (Some(at), _) => {
                line.field = TextField::new(self.lines.get(at).cloned().unwrap_or_default());
                line.recalled = Some((at, typed));
            }
            (None, true) => self.refuse("Nothing earlier begins like this."),
            (None, false) => {
                line.field = TextField::new(typed);
                line.recalled = None;
            }
        }
        Vec::new()
    }

    /// Runs what is typed.
    pub(super) fn run_typed_line(&mut self) -> Vec<Effect> {
        let Some(Layer::Line(line)) = self.layers.pop() else { return Vec::new() };
        let typed = line.field.text().trim();
        if typed.is_empty() {
            return Vec::new();
        }
        self.lines.retain(|held| held != typed);
        self.lines.push(typed.to_owned());
        if self.lines.len() > REMEMBERED {
            self.lines.remove(0);
        }
        if let Some((_, name)) = ALIASES.iter().find(|(alias, _)| *alias == typed) {
            return self.run_line(name);
        }
        if self.screen == Screen::Read && typed.starts_with(|first: char| first.is_ascii_digit()) {
            return self.run_line(&format!("go_to_turn {typed}"));
        }
        if self.is_address(typed) { self.go_to_address(typed) } else { self.run_line(typed) }
    }

    /// Key tables that are live when the topmost layer is gone.
    pub(super) fn layers_below(&self) -> [LayerName; 2] {
        match self.layers.len().checked_sub(2).and_then(|at| self.layers.get(at)) {
            Some(layer) => [layer.name(), LayerName::Field],
            None => [self.screen.layer(), LayerName::Global],
        }
    }
}
