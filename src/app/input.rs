//! From a key to a command, or to a text field.

use super::command::{Situation, When};
use super::keymap::{Key, KeyCode, Resolution, say_keys};
use super::{Effect, Model, Screen};

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
    model.presses += 1;
    model.lists_keys = false;
    if take_count(model, key) {
        return Vec::new();
    }
    let situation = Situation::of(model);
    let keymap = model.keymap.clone();
    match keymap.resolve(&model.key_layers(), &model.pending, key, &situation) {
        Resolution::Pending => {
            model.pending.push(key);
            Vec::new()
        }
        Resolution::Cancelled => {
            model.pending.clear();
            model.count = None;
            Vec::new()
        }
        Resolution::Matched(call) => {
            model.pending.clear();
            let count = model.count.take();
            model.call(&call, count)
        }
        Resolution::Unavailable(when) => unavailable(model, when, key),
        Resolution::NotFound => not_found(model, key),
    }
}

impl Model {
    /// Whether a key takes back those that wait: a search may run long, and nobody is held by it.
    fn gives_up_on(&self, key: Key) -> bool {
        let is_searched =
            self.search.is_hit_coming() || (self.screen == Screen::Quotes && !self.quotes.is_listed());
        is_searched && (key == Key::plain(KeyCode::Esc) || key == Key::ctrl('c'))
    }
}

/// Takes a digit of a count, or gives the count up. `false` for a key that is something else.
fn take_count(model: &mut Model, key: Key) -> bool {
    /// Nobody means more.
    const MOST: usize = 9_999;
    if !model.pending.is_empty() || !model.layers.is_empty() || model.field().is_some() {
        return false;
    }
    if model.count.is_some() && (key == Key::plain(KeyCode::Esc) || key == Key::ctrl('c')) {
        model.count = None;
        return true;
    }
    let Some(digit) = key.typed().and_then(|typed| typed.to_digit(10)) else { return false };
    // A nought alone is a key like any other, and so is a digit that something is bound to.
    let (here, now) = (model.key_layers(), Situation::of(model));
    let begins = digit > 0 && model.keymap.resolve(&here, &[], key, &now) == Resolution::NotFound;
    if !model.keymap.has_counts() || (model.count.is_none() && !begins) {
        return false;
    }
    let count = model.count.unwrap_or(0) * 10 + usize::try_from(digit).unwrap_or(0);
    model.count = Some(count.min(MOST));
    true
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
        let count = model.count.take().map_or_else(String::new, |count| count.to_string());
        let sequence: Vec<Key> = model.pending.drain(..).chain([key]).collect();
        model.waiting.extend(count.chars().map(Key::char).chain(sequence));
        return Vec::new();
    }
    if model.pending.is_empty() && model.field().is_some() && key.typed().is_some() {
        return not_found(model, key);
    }
    model.pending.clear();
    model.count = None;
    model.refuse(when.why_not());
    Vec::new()
}

/// A key that nothing is bound to: typed, if there is a text field.
fn not_found(model: &mut Model, key: Key) -> Vec<Effect> {
    model.count = None;
    if key.has_alt() {
        // Over a slow line a lone Esc and the next key can arrive as one key with alt.
        let mut effects = press(model, Key::plain(KeyCode::Esc));
        effects.extend(press(model, key.without_alt()));
        return effects;
    }
    if key == Key::char('?') && !model.pending.is_empty() {
        model.lists_keys = true;
        return Vec::new();
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
