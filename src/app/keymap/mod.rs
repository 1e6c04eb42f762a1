//! What keys mean: the notation of a key, tables of bindings by layer, and their files.
//!
//! A keymap is a pure function: from the tables that are live, the keys pressed so far, the next key and a plain
//! [`Situation`] to a [`Resolution`]. It knows no clock: a sequence stays pending until it is complete or cancelled.

mod file;
mod key;
mod said;
mod trie;

use std::collections::BTreeMap;

pub use key::{Key, KeyCode, KeyError, parse_keys, print_keys};
pub use said::say_keys;
use trie::{Found, Trie};

use super::command::{Command, Situation, When};
use super::{LayerName, WrongFile};

/// The keymap that is in force unless another one is chosen: arrows and mnemonic letters.
pub const DEFAULT: &str = "default";

/// A keymap that ships with the program.
struct Shipped {
    name: &'static str,
    file: &'static str,
    text: &'static str,
}

/// Those that ship. The first one is complete; every other one is laid over it, leaf by leaf, so that a command which is
/// new has its keys in all of them.
const SHIPPED: [Shipped; 2] = [
    Shipped {
        name: DEFAULT,
        file: "keymaps/default.toml",
        text: include_str!("../../../keymaps/default.toml"),
    },
    Shipped { name: "vim", file: "keymaps/vim.toml", text: include_str!("../../../keymaps/vim.toml") },
];

/// The names of the keymaps that ship.
pub fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|shipped| shipped.name)
}

/// A command with what is said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which command.
    pub command: &'static Command,
    /// What stands behind its name (`3` in `open_panel 3`).
    pub argument: Option<String>,
}

impl Call {
    /// The call with the character that was typed for `<char>`, if its binding has one.
    fn with_typed(&self, binding: &Binding, sequence: &[Key]) -> Call {
        let typed = binding.keys.iter().zip(sequence).find(|(key, _)| **key == Key::any_char());
        let typed = typed.and_then(|(_, pressed)| pressed.typed()).map(String::from);
        Call { command: self.command, argument: typed.or_else(|| self.argument.clone()) }
    }
}

/// One binding of a key sequence in one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// In which table.
    pub layer: LayerName,
    /// The keys, in order.
    pub keys: Vec<Key>,
    /// What is run: the first one that can be.
    pub calls: Vec<Call>,
    /// What it does, in the words of the keymap file or else of the registry.
    pub description: String,
    /// Place among the bindings of its file: help keeps that order.
    pub position: usize,
}

impl Binding {
    /// The call that would be run in this situation.
    #[must_use]
    pub fn live(&self, situation: &Situation) -> Option<&Call> {
        self.calls.iter().find(|call| call.command.can_run(situation))
    }
}

/// More bindings than a file has: those of a file that is laid over another one stand behind it.
const FILE: usize = 1 << 20;

/// What a key means.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It begins or goes on with a sequence.
    Pending,
    /// It runs this.
    Matched(Call),
    /// It is bound, but what it needs is not there.
    Unavailable(When),
    /// Nothing is bound to it.
    NotFound,
    /// It gave up a sequence.
    Cancelled,
}

/// All tables.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    name: &'static str,
    /// Whether digits in front of a key say how often.
    counts: bool,
    tables: BTreeMap<LayerName, Trie>,
    /// The user's own file, to be laid over another keymap when that is chosen.
    own: Option<(String, String)>,
}

impl Keymap {
    /// The keymap that ships with the program and is in force unless another one is chosen.
    ///
    /// # Errors
    /// Never for the file as it ships; tests hold that.
    pub fn shipped() -> Result<Keymap, WrongFile> {
        Ok(Keymap::named(DEFAULT)?.unwrap_or_default())
    }

    /// The shipped keymap of that name. `None` if there is none.
    ///
    /// # Errors
    /// Never for the files as they ship; tests hold that.
    pub fn named(name: &str) -> Result<Option<Keymap>, WrongFile> {
        let Some(last) = SHIPPED.iter().position(|shipped| shipped.name == name) else { return Ok(None) };
        let mut keymap = Keymap::default();
        for (at, shipped) in SHIPPED.iter().enumerate().filter(|(at, _)| *at == 0 || *at == last) {
            keymap.lay(file::read(shipped.file, shipped.text)?, at * FILE);
            keymap.name = shipped.name;
        }
        Ok(Some(keymap))
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether digits in front of a key say how often.
    #[must_use]
    pub fn has_counts(&self) -> bool {
        self.counts
    }

    /// Lays the user's own file over this keymap, leaf by leaf, and over every one that is [chosen](Self::other) after
    /// it. `false` for a sequence takes its binding away.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its line. Then nothing of it is taken.
    pub fn merge(&mut self, file: &str, text: &str) -> Result<(), WrongFile> {
        self.lay(file::read(file, text)?, SHIPPED.len() * FILE);
        self.own = Some((file.to_owned(), text.to_owned()));
        Ok(())
    }

    /// The shipped keymap of that name, under the user's own file. `None` if there is none.
    ///
    /// # Errors
    /// Never: the files were read before.
    pub fn other(&self, name: &str) -> Result<Option<Keymap>, WrongFile> {
        let Some(mut keymap) = Keymap::named(name)? else { return Ok(None) };
        if let Some((file, text)) = &self.own {
            keymap.merge(file, text)?;
        }
        Ok(Some(keymap))
    }

    /// Which shipped keymap a file asks for, by `keymap = "vim"` above its tables.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its line.
    pub fn wanted_by(file: &str, text: &str) -> Result<Option<String>, WrongFile> {
        Ok(file::read(file, text)?.keymap)
    }

    fn lay(&mut self, content: file::Content, position: usize) {
        self.counts = content.counts.unwrap_or(self.counts);
        for entry in content.entries {
            let table = self.tables.entry(entry.layer).or_default();
            match entry.binding {
                Some(binding) => {
                    table.put(Binding { position: position + binding.position, ..binding });
                }
                None => table.take(&entry.keys),
            }
        }
    }

    /// What `key` means after `pending`, looked up in `layers` in order.
    ///
    /// A binding none of whose commands can run is passed over if a later table has one that can.
    #[must_use]
    pub fn resolve(
        &self,
        layers: &[LayerName],
        pending: &[Key],
        key: Key,
        situation: &Situation,
    ) -> Resolution {
        if !pending.is_empty() && (key == Key::plain(KeyCode::Esc) || key == Key::ctrl('c')) {
            return Resolution::Cancelled;
        }
        let mut sequence = pending.to_vec();
        sequence.push(key);
        let mut missing = None;
        for table in layers.iter().filter_map(|layer| self.tables.get(layer)) {
            match table.find(&sequence) {
                Found::Nothing => {}
                Found::Prefix => return Resolution::Pending,
                Found::Binding(binding) => match binding.live(situation) {
                    Some(call) => return Resolution::Matched(call.with_typed(binding, &sequence)),
                    None => {
                        let when = binding.calls.first().and_then(|call| call.command.missing(situation));
                        missing = missing.or(when);
                    }
                },
            }
        }
        missing.map_or(Resolution::NotFound, Resolution::Unavailable)
    }

    /// Whether the keys of a binding mean it where these tables are looked up in order, or an earlier table has another meaning
    /// for them.
    #[must_use]
    pub fn reaches(&self, layers: &[LayerName], binding: &Binding, situation: &Situation) -> bool {
        let Some(call) = binding.live(situation) else { return false };
        let Some((last, begin)) = binding.keys.split_last() else { return false };
        let goes_on = |at: usize| {
            let (pending, key) = (begin.get(..at), begin.get(at));
            pending.zip(key).is_some_and(|(pending, key)| {
                self.resolve(layers, pending, *key, situation) == Resolution::Pending
            })
        };
        (0..begin.len()).all(goes_on)
            && matches!(
                self.resolve(layers, begin, *last, situation),
                Resolution::Matched(held) if held.command == call.command
            )
    }

    /// All bindings, table by table, each in the order of its file.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        LayerName::ALL.into_iter().flat_map(|layer| self.bindings_in(layer))
    }

    /// The bindings of one table in the order of its file.
    #[must_use]
    pub fn bindings_in(&self, layer: LayerName) -> Vec<&Binding> {
        let mut found: Vec<&Binding> = self.tables.get(&layer).map(Trie::bindings).unwrap_or_default();
        found.sort_by_key(|binding| binding.position);
        found
    }

    /// The bindings that go on from `pending`, in the order of the tables and their files.
    #[must_use]
    pub fn continuations(&self, layers: &[LayerName], pending: &[Key]) -> Vec<&Binding> {
        let mut found: Vec<&Binding> = Vec::new();
        for layer in layers {
            for binding in self.bindings_in(*layer) {
                let goes_on = binding.keys.len() > pending.len() && binding.keys.starts_with(pending);
                if goes_on && !found.iter().any(|held| held.keys == binding.keys) {
                    found.push(binding);
                }
            }
        }
        found
    }

    /// The first binding of a command in these tables, whatever is said to it.
    #[must_use]
    pub fn binding_of(&self, layers: &[LayerName], command: &str) -> Option<&Binding> {
        layers.iter().find_map(|layer| {
            self.bindings_in(*layer)
                .into_iter()
                .find(|binding| binding.calls.iter().any(|call| call.command.name == command))
        })
    }
}
