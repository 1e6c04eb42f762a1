//! From a key to a command, or to a text field.

use super::command::{Situation, When};
use super::keymap::{Key, KeyCode, Resolution, say_keys};
use super::{Effect, Model};

/// Takes a key.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if !model.waiting.is_empty() && model.gives_up_on(key) {
        model.waiting.clear();
        return Vec::new();
    }
    if !model.waiting.is_empty() {
        model.waiting.push_back(key);
        return Vec::new();
    }
    if model.open_curtain() {
        return Vec::new();
    }
    model.notice = None;
    model.drop_seen_news();
    let situation = Situation::of(model);
    let keymap = model.keymap.clone();
    match keymap.resolve(&model.key_layers(), &model.pending, key, &situation) {
        Resolution::Pending => {
            model.pending.push(key);
            Vec::new()
        }
        Resolution::Cancelled => {
            model.pending.clear();
            Vec::new()
        }
        Resolution::Matched(call) => {
            model.pending.clear();
            model.call(call)
        }
        Resolution::Unavailable(when) => unavailable(model, when, key),
        Resolution::NotFound => not_found(model, key),
    }
}

impl Model {
    /// Whether a key takes back those that wait: a search may run long, and nobody is held by it.
    fn gives_up_on(&self, key: Key) -> bool {
        self.search.is_hit_coming() && (key == Key::plain(KeyCode::Esc) || key == Key::ctrl('c'))
    }
}

/// Takes pasted text: into the text field, or not at all, so that it never runs as commands.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.open_curtain() {
        return Vec::new();
    }
    model.notice = None;
    model.drop_seen_news();
    let several_lines = model.key_layers()[0].takes_lines();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = if several_lines { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    match model.field_mut() {
        Some(field) => {
            field.insert(&text);
            model.field_changed()
        }
        None => {
            model.refuse("There is no text field here to paste into.");
            Vec::new()
        }
    }
}

/// A key whose command cannot run now: it waits if what is missing is on its way.
fn unavailable(model: &mut Model, when: When, key: Key) -> Vec<Effect> {
    if when.is_coming(model) {
        let sequence: Vec<Key> = model.pending.drain(..).chain([key]).collect();
        model.waiting.extend(sequence);
        return Vec::new();
    }
    if model.pending.is_empty() && model.field().is_some() && key.typed().is_some() {
        return not_found(model, key);
    }
    model.pending.clear();
    model.refuse(when.why_not());
    Vec::new()
}

/// A key that nothing is bound to: typed, if there is a text field.
fn not_found(model: &mut Model, key: Key) -> Vec<Effect> {
    if key.has_alt() {
        // Over a slow line a lone Esc and the next key can arrive as one key with alt.
        let mut effects = press(model, Key::plain(KeyCode::Esc));
        effects.extend(press(model, key.without_alt()));
        return effects;
    }
    let sequence: Vec<Key> = model.pending.drain(..).chain([key]).collect();
    if let (1, Some(typed), Some(field)) = (sequence.len(), key.typed(), model.field_mut()) {
        field.insert(typed.encode_utf8(&mut [0; 4]));
        return model.field_changed();
    }
    let help = model.keys_of("open_help");
    let help = if help.is_empty() { String::new() } else { format!("; {help} shows what is") };
    model.refuse(format!("{} is not bound here{help}.", say_keys(&sequence)));
    Vec::new()
}
