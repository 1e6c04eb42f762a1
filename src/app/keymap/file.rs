//! Keymap files.
//!
//! ```toml
//! keymap = "vim"         # over which shipped keymap this one is laid
//! counts = true          # whether digits in front of a key say how often
//!
//! [read]
//! "g g" = "goto_start"
//! "n" = { run = ["next_hit", "next_quote"], desc = "Next hit, or else quote" }
//! "x c" = false          # takes a binding away
//! "m <char>" = "set_mark" # whatever is typed there is said to the command
//! ```
//!
//! A table for each layer; keys parted by blanks; a command with what is said to it, or several of which the first one
//! that can run does. All that is wrong is told at once, each with its line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Binding, Call, Key, LayerName, parse_keys};
use crate::app::{WrongFile, command};

/// One line of a keymap file: a binding, or the wish that there be none.
pub(super) struct Entry {
    pub(super) layer: LayerName,
    pub(super) keys: Vec<Key>,
    pub(super) binding: Option<Binding>,
    /// Byte of the file, for its line.
    at: usize,
}

/// What a keymap file says.
pub(super) struct Content {
    /// Its entries in the order in which they stand.
    pub(super) entries: Vec<Entry>,
    /// The shipped keymap that it asks for.
    pub(super) keymap: Option<String>,
    /// Whether digits are counts, if it says.
    pub(super) counts: Option<bool>,
}

/// Reads a keymap file.
pub(super) fn read(file: &str, text: &str) -> Result<Content, WrongFile> {
    let table = DeTable::parse(text).map_err(|error| WrongFile::no_toml(file, text, &error))?;
    let mut reader = Reader::default();
    for (name, value) in table.get_ref() {
        match name.get_ref().as_ref() {
            "keymap" => reader.keymap(value),
            "counts" => reader.counts(value),
            _ => reader.layer(name, value),
        }
    }
    reader.entries.sort_by_key(|entry| entry.at);
    reader.find_clashes();
    for (position, entry) in reader.entries.iter_mut().enumerate() {
        if let Some(binding) = &mut entry.binding {
            binding.position = position;
        }
    }
    if reader.wrong.is_empty() {
        return Ok(Content { entries: reader.entries, keymap: reader.keymap, counts: reader.counts });
    }
    Err(WrongFile::new(file, text, reader.wrong))
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    keymap: Option<String>,
    counts: Option<bool>,
    /// What is wrong, at which byte.
    wrong: Vec<(usize, String)>,
}

type Name<'t> = Spanned<std::borrow::Cow<'t, str>>;
type Said<'t> = Spanned<DeValue<'t>>;

impl Reader {
    fn keymap(&mut self, said: &Said<'_>) {
        match said.get_ref().as_str().filter(|name| super::names().any(|known| known == *name)) {
            Some(name) => self.keymap = Some(name.to_owned()),
            None => {
                let known: Vec<String> = super::names().map(|name| format!("\"{name}\"")).collect();
                self.wrong.push((said.span().start, format!("`keymap` is one of {}", known.join(", "))));
            }
        }
    }

    fn counts(&mut self, said: &Said<'_>) {
        self.counts = said.get_ref().as_bool();
        if self.counts.is_none() {
            self.wrong.push((said.span().start, String::from("`counts` is true or false")));
        }
    }

    fn layer(&mut self, name: &Name<'_>, content: &Said<'_>) {
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

    fn entry(&mut self, layer: LayerName, name: &Name<'_>, content: &Said<'_>) {
        let at = name.span().start;
        let keys = match parse_keys(name.get_ref()) {
            Ok(keys) => keys,
            Err(error) => return self.wrong.push((at, error.to_string())),
        };
        if content.get_ref().as_bool() == Some(false) {
            return self.entries.push(Entry { layer, keys, binding: None, at });
        }
        let wild = keys.iter().filter(|key| **key == Key::any_char()).count();
        if wild > 1 || keys.first() == Some(&Key::any_char()) {
            let what = "`<char>` stands once in a sequence, and not at its start";
            return self.wrong.push((at, String::from(what)));
        }
        match self.calls(layer, wild > 0, content) {
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

    fn calls(
        &self,
        layer: LayerName,
        wild: bool,
        content: &Said<'_>,
    ) -> Result<(Vec<Call>, Option<String>), String> {
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
        let calls = lines.into_iter().map(|line| parse_call(layer, wild, line)).collect::<Result<_, _>>()?;
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

/// A command by name, with what is said to it; `wild` where a key will say it.
fn parse_call(layer: LayerName, wild: bool, line: &str) -> Result<Call, String> {
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
    match (argument.is_some() || wild, command.takes, command.may_take) {
        (false, Some(takes), _) => return Err(format!("`{name}` needs {takes} behind it")),
        (true, None, None) => return Err(format!("`{name}` takes nothing behind it")),
        _ => {}
    }
    Ok(Call { command, argument: argument.map(str::to_owned) })
}
