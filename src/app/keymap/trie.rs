//! A table of bindings as a tree of keys.

use std::collections::BTreeMap;

use super::{Binding, Key};

#[derive(Clone, Debug)]
enum Node {
    Leaf(Binding),
    Branch(BTreeMap<Key, Node>),
}

/// What a sequence of keys is in a table.
#[derive(Debug)]
pub(super) enum Found<'t> {
    /// Not in it.
    Nothing,
    /// The beginning of a longer one.
    Prefix,
    /// Bound.
    Binding(&'t Binding),
}

/// A table of bindings: no sequence is the beginning of another.
#[derive(Clone, Debug, Default)]
pub(super) struct Trie {
    root: BTreeMap<Key, Node>,
}

impl Trie {
    /// What a sequence is. A key that types a character is also what `<char>` stands for, where it is not bound itself.
    pub(super) fn find(&self, keys: &[Key]) -> Found<'_> {
        let mut branch = &self.root;
        for (at, key) in keys.iter().enumerate() {
            let wild = || key.typed().and_then(|_| branch.get(&Key::any_char()));
            match branch.get(key).or_else(wild) {
                None => return Found::Nothing,
                Some(Node::Leaf(binding)) if at + 1 == keys.len() => return Found::Binding(binding),
                Some(Node::Leaf(_)) => return Found::Nothing,
                Some(Node::Branch(below)) => branch = below,
            }
        }
        Found::Prefix
    }

    /// Binds a sequence. What was bound to it, to a beginning of it or to something longer gives way.
    pub(super) fn put(&mut self, binding: Binding) {
        let keys = binding.keys.clone();
        let Some((last, path)) = keys.split_last() else { return };
        let mut branch = &mut self.root;
        for key in path {
            let node = branch.entry(*key).or_insert_with(|| Node::Branch(BTreeMap::new()));
            if matches!(node, Node::Leaf(_)) {
                *node = Node::Branch(BTreeMap::new());
            }
            let Node::Branch(below) = node else { return };
            branch = below;
        }
        branch.insert(*last, Node::Leaf(binding));
    }

    /// Takes away what is bound to a sequence, and to longer ones that begin with it.
    pub(super) fn take(&mut self, keys: &[Key]) {
        let Some((last, path)) = keys.split_last() else { return };
        let mut branch = &mut self.root;
        for key in path {
            let Some(Node::Branch(below)) = branch.get_mut(key) else { return };
            branch = below;
        }
        branch.remove(last);
    }

    /// All bindings, by key.
    pub(super) fn bindings(&self) -> Vec<&Binding> {
        let mut found = Vec::new();
        let mut open: Vec<&Node> = self.root.values().collect();
        while let Some(node) = open.pop() {
            match node {
                Node::Leaf(binding) => found.push(binding),
                Node::Branch(below) => open.extend(below.values()),
            }
        }
        found
    }
}
