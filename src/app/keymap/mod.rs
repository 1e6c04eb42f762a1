//! What keys mean: the notation of a key, tables of bindings by layer, and their files.
//!
//! A keymap is a pure function: from the tables that are live, the keys pressed so far, the next key and a plain
//! [`Situation`] to a [`Resolution`]. It knows no clock: a sequence stays pending until it is complete or cancelled.

mod file;
mod key;
mod said;
mod trie;

use std::collections::BTreeMap;

pub use file::{Complaint, KeymapError};
pub use key::{Key, KeyCode, KeyError, parse_keys, print_keys};
pub use said::say_keys;
use trie::{Found, Trie};

use super::LayerName;
use super::command::{Command, Situation, When};

/// The keymap that ships with the program: arrows and mnemonic letters.
pub const DEFAULT: &str = include_str!("../../../keymaps/default.toml");

/// A command with what is said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which command.
    pub command: &'static Command,
    /// What stands behind its name (`3` in `open_panel 3`).
    pub argument: Option<String>,
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

/// What a key means.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolution<'k> {
    /// It begins or goes on with a sequence.
    Pending,
    /// It runs this.
    Matched(&'k Call),
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
    tables: BTreeMap<LayerName, Trie>,
}

impl Keymap {
    /// The keymap that ships with the program.
    ///
    /// # Errors
    /// Never for the file as it ships; tests hold that.
    pub fn shipped() -> Result<Keymap, KeymapError> {
        let mut keymap = Keymap::default();
        keymap.merge("keymaps/default.toml", DEFAULT)?;
        Ok(keymap)
    }

    /// Lays the bindings of a file over these, leaf by leaf. `false` for a sequence takes its binding away.
    ///
    /// # Errors
    /// Everything that is wrong with the file, each with its line. Then nothing of it is taken.
    pub fn merge(&mut self, file: &str, text: &str) -> Result<(), KeymapError> {
        for entry in file::read(file, text)? {
            let table = self.tables.entry(entry.layer).or_default();
            match entry.binding {
                Some(binding) => table.put(binding),
                None => table.take(&entry.keys),
            }
        }
        Ok(())
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
    ) -> Resolution<'_> {
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
                    Some(call) => return Resolution::Matched(call),
                    None => {
                        let when = binding.calls.first().and_then(|call| call.command.missing(situation));
                        missing = missing.or(when);
                    }
                },
            }
        }
        missing.map_or(Resolution::NotFound, Resolution::Unavailable)
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
