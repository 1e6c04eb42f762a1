//! What the registry says about keys: hints in the footer, continuations of a sequence, lines of help.

use super::{Command, FAMILIES, GLOSSARY, Situation};
use crate::app::keymap::{Binding, say_keys};
use crate::app::{LayerName, Model, Screen};

/// A key and what it does, in a word or a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys as keymaps write them.
    pub keys: String,
    /// What they do.
    pub text: String,
    /// Whether it can be done now.
    pub live: bool,
}

/// One line of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// What follows is about this.
    Heading(String),
    /// Keys, what they do, and more about it.
    Keys {
        /// All keys of the command here.
        keys: String,
        /// What it does.
        title: String,
        /// What it does, in full.
        help: &'static str,
    },
    /// A word and what other programs call it.
    Term(&'static super::Term),
}

impl Model {
    /// The hints of the footer: what can be done now, the most useful first.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        let (layers, situation) = (self.key_layers(), Situation::of(self));
        let mut ranked: Vec<(u8, &Binding, &str)> = Vec::new();
        for layer in layers {
            for binding in self.keymap.bindings_in(layer) {
                let Some(call) = binding.live(&situation) else { continue };
                let Some((rank, word)) = call.command.hint else { continue };
                if call.command.name == "cancel" && !self.can_leave() {
                    continue;
                }
                if !ranked.iter().any(|(_, _, held)| *held == word) {
                    ranked.push((rank, binding, word));
                }
            }
        }
        ranked.sort_by_key(|(rank, ..)| *rank);
        let hint = |(_, binding, word): (u8, &Binding, &str)| Hint {
            keys: say_keys(&binding.keys),
            text: word.to_owned(),
            live: true,
        };
        ranked.into_iter().map(hint).collect()
    }

    /// Whether Esc takes something away here.
    fn can_leave(&self) -> bool {
        !self.layers.is_empty()
            || self.field().is_some()
            || self.read.has_selection()
            || self.key_layers()[0] == LayerName::Review
            || (self.screen == Screen::Panels && self.panels.can_leave())
            || self.screen == Screen::Import
            || (self.screen == Screen::Codebook && self.codebook.can_leave())
    }

    /// What the pending sequence can go on with.
    #[must_use]
    pub fn continuations(&self) -> Vec<Hint> {
        let situation = Situation::of(self);
        let hint = |binding: &Binding| Hint {
            keys: say_keys(binding.keys.get(self.pending.len()..).unwrap_or_default()),
            text: self.words_of(binding),
            live: binding.live(&situation).is_some(),
        };
        let found = self.keymap.continuations(&self.key_layers(), &self.pending);
        found.into_iter().map(hint).collect()
    }

    /// What a binding does, with the name of what it does it to where the study has one.
    fn words_of(&self, binding: &Binding) -> String {
        let call = binding.calls.first();
        let number = call.filter(|call| call.command.name.starts_with("classify"));
        let number = number.and_then(|call| call.argument.as_ref()?.parse::<u32>().ok());
        let components = self.study.components_of(&self.study.settings.framework);
        let component = components.into_iter().find(|component| Some(component.position) == number);
        component.map_or_else(|| binding.description.clone(), |component| component.label.clone())
    }

    /// Help for these tables: keys by family, then the glossary; only lines in which `wanted` occurs.
    #[must_use]
    pub fn help_lines(&self, layers: &[LayerName], wanted: &str) -> Vec<HelpLine> {
        let wanted = crate::text::fold_name(wanted);
        let mut lines = Vec::new();
        for family in FAMILIES {
            let keys = family.commands.iter().filter_map(|command| self.help_for(layers, command));
            // Whoever looks for "valence" wants all keys of that family.
            let whole = crate::text::fold_name(family.title).contains(&wanted);
            let keys: Vec<HelpLine> = keys.filter(|line| whole || line.mentions(&wanted)).collect();
            if !keys.is_empty() {
                lines.push(HelpLine::Heading(family.title.to_owned()));
                lines.extend(keys);
            }
        }
        let terms = GLOSSARY.iter().map(HelpLine::Term).filter(|line| line.mentions(&wanted));
        let terms: Vec<HelpLine> = terms.collect();
        if !terms.is_empty() {
            lines.push(HelpLine::Heading(String::from("Words (NVivo, MAXQDA, ATLAS.ti)")));
            lines.extend(terms);
        }
        lines
    }

    fn help_for(&self, layers: &[LayerName], command: &'static Command) -> Option<HelpLine> {
        let mut bound: Vec<String> = Vec::new();
        for binding in layers.iter().flat_map(|layer| self.keymap.bindings_in(*layer)) {
            if binding.calls.iter().any(|call| call.command == command) {
                bound.push(say_keys(&binding.keys));
            }
        }
        let here = layers.iter().any(|layer| command.lives_in(*layer));
        if bound.is_empty() && here {
            bound.push(format!(":{}", command.name));
        }
        let title = command.title.to_owned();
        (!bound.is_empty()).then(|| HelpLine::Keys { keys: bound.join(", "), title, help: command.help })
    }
}

impl HelpLine {
    fn mentions(&self, wanted: &str) -> bool {
        let holds = |text: &str| crate::text::fold_name(text).contains(wanted);
        wanted.is_empty()
            || match self {
                HelpLine::Heading(text) => holds(text),
                HelpLine::Keys { keys, title, help } => holds(title) || holds(help) || holds(keys),
                HelpLine::Term(term) => {
                    [term.ours, term.nvivo, term.maxqda, term.atlas, term.meaning].into_iter().any(holds)
                }
            }
    }
}
