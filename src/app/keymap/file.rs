//! Keymap files.
//!
//! ```toml
//! [read]
//! "g g" = "goto_start"
//! "n" = { run = ["next_hit", "next_quote"], desc = "Next hit, or else quote" }
//! "x c" = false          # takes a binding away
//! ```
//!
//! A table for each layer; keys parted by blanks; a command with what is said to it, or several of which the first one
//! that can run does. All that is wrong is told at once, each with its line.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Binding, Call, Key, LayerName, parse_keys};
use crate::app::command;

/// One thing that is wrong with a keymap file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// All that is wrong with a keymap file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct KeymapError {
    /// The file, as it was named.
    pub file: String,
    /// What is wrong, by line.
    pub complaints: Vec<Complaint>,
}

impl fmt::Display for KeymapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Complaint { line, what }) in self.complaints.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{}:{line}: {what}", self.file)?;
        }
        Ok(())
    }
}

/// One line of a keymap file: a binding, or the wish that there be none.
pub(super) struct Entry {
    pub(super) layer: LayerName,
    pub(super) keys: Vec<Key>,
    pub(super) binding: Option<Binding>,
    /// Byte of the file, for its line.
    at: usize,
}

/// Reads a keymap file: its entries in the order in which they stand.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<Entry>, KeymapError> {
    let line_of = |at: usize| text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| KeymapError {
        file: file.to_owned(),
        complaints: vec![Complaint {
            line: error.span().map_or(1, |span| line_of(span.start)),
            what: format!("this is not TOML: {}", error.message()),
        }],
    })?;
    let mut reader = Reader::default();
    for (name, layer) in table.get_ref() {
        reader.layer(name, layer);
    }
    reader.entries.sort_by_key(|entry| entry.at);
    reader.find_clashes();
    for (position, entry) in reader.entries.iter_mut().enumerate() {
        if let Some(binding) = &mut entry.binding {
            binding.position = position;
        }
    }
    if reader.wrong.is_empty() {
        return Ok(reader.entries);
    }
    reader.wrong.sort();
    let complaints =
        reader.wrong.into_iter().map(|(at, what)| Complaint { line: line_of(at), what }).collect();
    Err(KeymapError { file: file.to_owned(), complaints })
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// What is wrong, at which byte.
    wrong: Vec<(usize, String)>,
}

type Name<'t> = Spanned<std::borrow::Cow<'t, str>>;
type Content<'t> = Spanned<DeValue<'t>>;

impl Reader {
    fn layer(&mut self, name: &Name<'_>, content: &Content<'_>) {
        let at = name.span().start;
        let Some(layer) = LayerName::parse(name.get_ref()) else {
            let known = LayerName::ALL.map(LayerName::name).join(", ");
            self.wrong.push((at, format!("`{}` is no table of keys; there are {known}", name.get_ref())));
            return;
        };
        let Some(table) = content.get_ref().as_table() else {
            self.wrong.push((at, format!("`{}` must be a table: write [{0}]", name.get_ref())));
            return;
        };
        for (keys, content) in table {
            self.entry(layer, keys, content);
        }
    }

    fn entry(&mut self, layer: LayerName, name: &Name<'_>, content: &Content<'_>) {
        let at = name.span().start;
        let keys = match parse_keys(name.get_ref()) {
            Ok(keys) => keys,
            Err(error) => return self.wrong.push((at, error.to_string())),
        };
        if content.get_ref().as_bool() == Some(false) {
            return self.entries.push(Entry { layer, keys, binding: None, at });
        }
        match self.calls(layer, content) {
            Ok((calls, description)) => {
                let from_registry =
                    || calls.first().map_or_else(String::new, |call| call.command.title.to_owned());
                let description = description.unwrap_or_else(from_registry);
                let binding = Binding { layer, keys: keys.clone(), calls, description, position: 0 };
                self.entries.push(Entry { layer, keys, binding: Some(binding), at });
            }
            Err(what) => self.wrong.push((content.span().start, what)),
        }
    }

    fn calls(&self, layer: LayerName, content: &Content<'_>) -> Result<(Vec<Call>, Option<String>), String> {
        const SHAPE: &str = "write a command, { run = \"command\", desc = \"…\" }, or false for no binding";
        let (run, description) = match content.get_ref() {
            DeValue::Table(table) => {
                let unknown = table.keys().find(|key| !matches!(key.get_ref().as_ref(), "run" | "desc"));
                if let Some(unknown) = unknown {
                    return Err(format!("`{}` means nothing here; {SHAPE}", unknown.get_ref()));
                }
                let run = table.get("run").ok_or_else(|| format!("there is no `run`; {SHAPE}"))?;
                (run.get_ref(), table.get("desc").and_then(|desc| desc.get_ref().as_str()))
            }
            value => (value, None),
        };
        let lines: Vec<&str> = match run {
            DeValue::String(line) => vec![line.as_ref()],
            DeValue::Array(lines) => lines.iter().filter_map(|line| line.get_ref().as_str()).collect(),
            _ => return Err(String::from(SHAPE)),
        };
        if lines.is_empty() {
            return Err(String::from(SHAPE));
        }
        let calls = lines.into_iter().map(|line| parse_call(layer, line)).collect::<Result<_, _>>()?;
        Ok((calls, description.map(str::to_owned)))
    }

    /// Two entries for the same keys, however they are written, and a sequence that begins with another one.
    fn find_clashes(&mut self) {
        for (at, later) in self.entries.iter().enumerate() {
            let clash = self.entries.iter().take(at).find(|earlier| {
                let either = earlier.keys.starts_with(&later.keys) || later.keys.starts_with(&earlier.keys);
                let live = earlier.binding.is_some() && later.binding.is_some();
                earlier.layer == later.layer && (earlier.keys == later.keys || (either && live))
            });
            if let Some(earlier) = clash {
                let (one, other) = (super::print_keys(&later.keys), super::print_keys(&earlier.keys));
                let what = if one == other {
                    format!("`{one}` is bound twice in [{}]", later.layer.name())
                } else {
                    format!(
                        "`{one}` and `{other}` clash in [{}]: one begins with the other",
                        later.layer.name()
                    )
                };
                self.wrong.push((later.at, what));
            }
        }
    }
}

/// A command by name, with what is said to it.
fn parse_call(layer: LayerName, line: &str) -> Result<Call, String> {
    let (name, argument) =
        line.trim().split_once(' ').map_or((line.trim(), None), |(n, a)| (n, Some(a.trim())));
    let Some(command) = command::find(name) else {
        let near =
            command::nearest(name).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(format!("there is no command `{name}`{near}"));
    };
    if !command.lives_in(layer) {
        let places: Vec<&str> = command.layers.iter().map(|layer| layer.name()).collect();
        return Err(format!(
            "`{name}` does nothing in [{}]; it belongs in {}",
            layer.name(),
            places.join(", ")
        ));
    }
    if argument.is_some() != command.takes.is_some() {
        return Err(match command.takes {
            Some(takes) => format!("`{name}` needs {takes} behind it"),
            None => format!("`{name}` takes nothing behind it"),
        });
    }
    Ok(Call { command, argument: argument.map(str::to_owned) })
}
