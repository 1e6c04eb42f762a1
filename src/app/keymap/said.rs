//! Keys as screens show them: as they are printed on a keyboard, not as keymap files write them.

use super::{Key, KeyCode};

/// A sequence in the words of a keyboard: `Ctrl-S`, `Shift-Left`, `g t`, `Space`.
#[must_use]
pub fn say_keys(keys: &[Key]) -> String {
    keys.iter().map(|key| say(*key)).collect::<Vec<_>>().join(" ")
}

fn say(key: Key) -> String {
    let mut said = String::new();
    for (held, word) in [(key.has_ctrl(), "Ctrl-"), (key.has_alt(), "Alt-"), (key.has_shift(), "Shift-")] {
        if held {
            said.push_str(word);
        }
    }
    match key.code() {
        KeyCode::Char(' ') => said.push_str("Space"),
        KeyCode::Char(typed) if key.has_ctrl() => said.extend(typed.to_uppercase()),
        KeyCode::Char(typed) => said.push(typed),
        KeyCode::F(number) => said.push_str(&format!("F{number}")),
        named => said.push_str(name(named)),
    }
    said
}

fn name(code: KeyCode) -> &'static str {
    match code {
        KeyCode::Enter => "Enter",
        KeyCode::Esc => "Esc",
        KeyCode::Tab => "Tab",
        KeyCode::Backspace => "Backspace",
        KeyCode::Delete => "Del",
        KeyCode::Insert => "Ins",
        KeyCode::Left => "Left",
        KeyCode::Right => "Right",
        KeyCode::Up => "Up",
        KeyCode::Down => "Down",
        KeyCode::Home => "Home",
        KeyCode::End => "End",
        KeyCode::PageUp => "PgUp",
        KeyCode::PageDown => "PgDn",
        KeyCode::AnyChar => "letter",
        KeyCode::Char(_) | KeyCode::F(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_keys;
    use super::*;

    #[test]
    fn keys_are_said_as_a_keyboard_has_them() {
        for (written, said) in [
            ("C-s", "Ctrl-S"),
            ("S-left", "Shift-Left"),
            ("g t", "g t"),
            ("minus", "-"),
            ("space", "Space"),
            ("ret", "Enter"),
            ("U", "U"),
            ("F1", "F1"),
        ] {
            assert_eq!(say_keys(&parse_keys(written).expect("keys")), said);
        }
    }
}
