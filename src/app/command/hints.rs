//! What the registry says about keys: hints in the footer, continuations of a sequence, lines of help.

use super::{Command, FAMILIES, GLOSSARY, Situation, When};
use unicode_width::UnicodeWidthStr;

use crate::app::codebook::Page;
use crate::app::keymap::{Binding, Call, Key, KeyCode, say_keys};
use crate::app::layer::{Help, Layer};
use crate::app::wrap::wrap;
use crate::app::{LayerName, Model, Screen};
use crate::study::Component;

/// A key and what it does, in a word or a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys as keymaps write them.
    pub keys: String,
    /// What they do.
    pub text: String,
    /// Whether it can be done now.
    pub live: bool,
    /// Whether `text` is a name out of the study, which is quoted and may be shortened.
    pub is_name: bool,
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
        /// Other words for it, by which it is found.
        also: &'static str,
    },
    /// A word and what other programs call it.
    Term(&'static super::Term),
}

/// How a row of help is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpTone {
    /// What follows is about this.
    Heading,
    /// What keys do, or a word and what it means.
    Entry,
    /// More about it.
    More,
}

/// One row of help, as it fits a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// Columns to the right.
    pub indent: u16,
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: HelpTone,
}

/// Columns for keys in the help.
const KEYS: u16 = 16;

impl Model {
    /// The rows of help for so many columns.
    #[must_use]
    pub fn help_rows(&self, help: &Help, width: u16) -> Vec<HelpRow> {
        let mut rows = Vec::new();
        for line in self.help_lines(&help.about, help.field.text()) {
            let indent = if width > 60 { KEYS + 1 } else { 3 };
            let wrapped = |indent, text: &str, tone| wrap_help(width, indent, text, tone);
            match line {
                HelpLine::Heading(text) => rows.push(HelpRow { indent: 0, text, tone: HelpTone::Heading }),
                // Keys that leave no room for what they do, or what does not fit beside them, stand in a row of their own.
                HelpLine::Keys { keys, title, help, .. } => {
                    let beside = keys.width() < usize::from(KEYS)
                        && title.width() + usize::from(KEYS) < usize::from(width);
                    if beside {
                        let pad = usize::from(KEYS) - keys.width();
                        let text = format!("{keys}{}{title}", " ".repeat(pad));
                        rows.push(HelpRow { indent: 1, text, tone: HelpTone::Entry });
                    } else {
                        rows.extend(wrapped(1, &keys, HelpTone::Entry));
                        rows.extend(wrapped(indent, &title, HelpTone::Entry));
                    }
                    rows.extend(wrapped(indent, help, HelpTone::More));
                }
                HelpLine::Term(term) => {
                    rows.extend(wrapped(1, &format!("{}: {}", term.ours, term.meaning), HelpTone::Entry));
                    let others =
                        format!("NVivo {}; MAXQDA {}; ATLAS.ti {}", term.nvivo, term.maxqda, term.atlas);
                    rows.extend(wrapped(indent, &others, HelpTone::More));
                }
            }
        }
        rows
    }

    /// Moves through the help by so many rows, as far as there are any.
    pub(super) fn step_help(&mut self, by: isize) {
        let width = self.size.width.saturating_sub(2);
        let Some(Layer::Help(help)) = self.layers.last() else { return };
        let last = self.help_rows(help, width).len().saturating_sub(1);
        if let Some(Layer::Help(help)) = self.layers.last_mut() {
            help.top = help.top.saturating_add_signed(by).min(last);
        }
    }

    /// The hints of the footer: what can be done now, the most useful first.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        if !self.pending.is_empty() {
            // What can follow stands above the footer.
            let keys = say_keys(&[Key::plain(KeyCode::Esc)]);
            return vec![Hint { keys, text: String::from("give it up"), live: true, is_name: false }];
        }
        let (layers, situation) = (self.key_layers(), Situation::of(self));
        let mut ranked: Vec<(u8, &Binding, &Call, &str)> = Vec::new();
        let selecting = layers[0] == LayerName::Read && self.read.has_selection();
        let lets_go = |call: &Call| selecting && call.command.name == "cancel";
        let of_files = layers[0] == LayerName::ImportFile;
        for (at, layer) in layers.into_iter().enumerate() {
            for binding in self.keymap.bindings_in(layer) {
                // What the screen's own keys mean comes first.
                if at > 0 && !self.keymap.reaches(&layers, binding, &situation) {
                    continue;
                }
                let Some(call) = binding.live(&situation) else { continue };
                let Some((rank, word)) = call.command.hint else { continue };
                let sorts_out = self.screen == Screen::Panels && self.panels.is_of_unclassified();
                let leaves_desk = call.command.name == "cancel" && self.leaves_desk();
                let (rank, word) = match call.command.leads.contains(&layer) {
                    // Leaving saves: that is what whoever writes must know.
                    _ if leaves_desk => (14, "save"),
                    _ if of_files && call.command.name == "cancel" => (13, "the files"),
                    // Whoever selects must know how to go on, and how to let go.
                    _ if lets_go(call) => (13, "let go"),
                    true => (0, word),
                    // What is not classified is there to be marked and classified.
                    false if sorts_out && call.command.name == "mark_row" => (11, word),
                    false if sorts_out && call.command.name == "choose_component" => (12, word),
                    false => (rank, word),
                };
                if self.does_nothing(call.command, &situation) {
                    continue;
                }
                if !ranked.iter().any(|(.., held)| *held == word) {
                    ranked.push((rank, binding, call, word));
                }
            }
        }
        ranked.sort_by_key(|(rank, ..)| *rank);
        let hint = |(_, binding, call, word): (u8, &Binding, &Call, &str)| Hint {
            keys: say_keys(&binding.keys),
            text: self.code_of_hint(call).unwrap_or_else(|| word.to_owned()),
            live: true,
            is_name: self.code_of_hint(call).is_some(),
        };
        ranked.into_iter().map(hint).collect()
    }

    /// What a key would code with, where it codes with the last code.
    fn code_of_hint(&self, call: &Call) -> Option<String> {
        let last = self.recent.last(&self.study).filter(|_| call.command.when.contains(&When::LastCode))?;
        self.study.codes().get(&last).map(|code| code.name.clone())
    }

    /// Whether a key has nothing to do here that its own conditions do not know of.
    fn does_nothing(&self, command: &Command, situation: &Situation) -> bool {
        let no_transcripts = self.screen == Screen::Transcripts && self.study.transcripts().is_empty();
        match command.name {
            "cancel" => !self.can_leave(),
            "extend_next" => !self.read.has_selection(),
            "take_quote" => self.screen == Screen::Search && !situation.hits,
            // What these are for changes the study, or they are for looking at what would.
            "import" | "review_hits" | "mark_hit" | "mark_all_hits" | "mark_row" => !situation.writable,
            "open_version" | "compare_versions" => self.codebook.page == Page::Comparison,
            // Enter asks what to bring in; nothing else can be done.
            "open_chosen" | "filter_transcripts" => no_transcripts && self.layers.is_empty(),
            _ => false,
        }
    }

    /// Whether Esc takes something away here.
    fn can_leave(&self) -> bool {
        !self.layers.is_empty()
            || self.field().is_some()
            || self.read.has_selection()
            || self.key_layers()[0] == LayerName::Review
            || (self.screen == Screen::Panels && self.panels.can_leave())
            || (self.screen == Screen::Tables && self.tables.can_leave())
            || (self.screen == Screen::Matrix && self.matrix.can_leave())
            || self.screen == Screen::Import
            || (self.screen == Screen::Codebook && self.codebook.can_leave())
    }

    /// Whether Esc leaves the desk of a cell, and saves its summary.
    fn leaves_desk(&self) -> bool {
        self.layers.is_empty() && self.screen == Screen::Matrix && self.matrix.desk.is_some()
    }

    /// What the pending sequence can go on with.
    #[must_use]
    pub fn continuations(&self) -> Vec<Hint> {
        let situation = Situation::of(self);
        let hint = |binding: &Binding| Hint {
            keys: say_keys(binding.keys.get(self.pending.len()..).unwrap_or_default()),
            text: self.words_of(binding),
            live: binding.live(&situation).is_some(),
            is_name: false,
        };
        let found = self.keymap.continuations(&self.key_layers(), &self.pending);
        // A key for a component that the framework has not is none.
        let there = |binding: &&Binding| {
            number_of(binding).is_none_or(|number| number == 0 || self.component_at(number).is_some())
        };
        found.into_iter().filter(there).map(hint).collect()
    }

    /// What a binding does, with the name of what it does it to where the study has one.
    fn words_of(&self, binding: &Binding) -> String {
        let component = number_of(binding).and_then(|number| self.component_at(number));
        component.map_or_else(|| binding.description.clone(), |component| component.label.clone())
    }

    fn component_at(&self, number: u32) -> Option<&Component> {
        let components = self.study.components_of(&self.study.settings.framework);
        components.into_iter().find(|component| component.position == number)
    }

    /// Help for the table of a screen and the one below it, by family: the keys of the screen, those of every screen, the
    /// glossary, then what other screens have; only lines in which `wanted` occurs.
    #[must_use]
    pub fn help_lines(&self, layers: &[LayerName], wanted: &str) -> Vec<HelpLine> {
        let wanted = crate::text::fold_name(wanted);
        let top = layers.first().copied();
        let own = |command: &&Command| {
            let bound = |binding: &Binding| binding.calls.iter().any(|call| call.command == *command);
            top.is_some_and(|top| {
                command.layers.contains(&top) || self.keymap.bindings_in(top).into_iter().any(bound)
            })
        };
        let (mut lines, mut known) = (Vec::new(), Vec::new());
        for here in [true, false] {
            for family in FAMILIES {
                let commands = family.commands.iter().filter(|command| own(command) == here);
                let keys = commands.filter_map(|command| Some((command, self.help_for(layers, command)?)));
                let (commands, keys): (Vec<&Command>, Vec<HelpLine>) = keys.unzip();
                known.extend(commands);
                add_section(&mut lines, family.title.to_owned(), keys, &wanted);
            }
        }
        let terms = GLOSSARY.iter().map(HelpLine::Term).collect();
        add_section(&mut lines, String::from("Words (NVivo, MAXQDA, ATLAS.ti)"), terms, &wanted);
        for layer in LayerName::ALL.into_iter().filter(|layer| !layers.contains(layer)) {
            let mut keys = Vec::new();
            for binding in self.keymap.bindings_in(layer) {
                let Some(command) = binding.calls.first().map(|call| call.command) else { continue };
                if known.contains(&command) {
                    continue;
                }
                known.push(command);
                keys.extend(self.help_for(&[layer], command));
            }
            add_section(&mut lines, format!("Elsewhere: {}", layer.heading()), keys, &wanted);
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
        (!bound.is_empty()).then(|| HelpLine::Keys {
            keys: bound.join(", "),
            title,
            help: command.help,
            also: command.also,
        })
    }
}

/// A text of the help in rows of a window of `width` columns.
fn wrap_help(width: u16, indent: u16, text: &str, tone: HelpTone) -> Vec<HelpRow> {
    let rows = wrap(text, usize::from(width.saturating_sub(indent)));
    let texts = rows.into_iter().filter_map(|row| text.get(row)).map(str::trim_end);
    let texts = texts.filter(|text| !text.is_empty());
    texts.map(|text| HelpRow { indent, text: text.to_owned(), tone }).collect()
}

/// The number of the component under which a binding puts something; 0 takes it out. `None` for any other.
fn number_of(binding: &Binding) -> Option<u32> {
    let call = binding.calls.first().filter(|call| call.command.name.starts_with("classify"))?;
    call.argument.as_ref()?.parse().ok()
}

/// Adds those of the lines in which `wanted` occurs, below their heading. Whoever looks for "valence" wants all of that
/// heading.
fn add_section(lines: &mut Vec<HelpLine>, title: String, section: Vec<HelpLine>, wanted: &str) {
    let whole = crate::text::fold_name(&title).contains(wanted);
    let section: Vec<HelpLine> = section.into_iter().filter(|line| whole || line.mentions(wanted)).collect();
    if !section.is_empty() {
        lines.push(HelpLine::Heading(title));
        lines.extend(section);
    }
}

impl HelpLine {
    fn mentions(&self, wanted: &str) -> bool {
        let holds = |text: &str| crate::text::fold_name(text).contains(wanted);
        wanted.is_empty()
            || match self {
                HelpLine::Heading(text) => holds(text),
                HelpLine::Keys { keys, title, help, also } => {
                    [title.as_str(), help, also, keys].into_iter().any(holds)
                }
                HelpLine::Term(term) => {
                    [term.ours, term.nvivo, term.maxqda, term.atlas, term.meaning].into_iter().any(holds)
                }
            }
    }
}
