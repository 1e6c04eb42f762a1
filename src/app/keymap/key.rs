//! One key as a person presses it, and how keymaps write it: `j`, `C-s`, `S-tab`, `space`, `g g`.
//!
//! A [`Key`] is always in the one form in which a terminal can send it, so that two ways of writing what no
//! terminal tells apart (`C-i` and `tab`, `C-/` and `C-_`) are equal, and a keymap that binds both is caught.
//! Knows nothing of terminals themselves, of commands or of layers.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What was pressed, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A key that types this character. Upper case is its own character, not a modifier.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; back-tab is this with shift.
    Tab,
    /// Rubs out what is before the cursor.
    Backspace,
    /// Rubs out what is under the cursor.
    Delete,
    /// Insert.
    Insert,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, 1 to 24.
    F(u8),
    /// In a keymap, whatever key types a character: `m <char>`. No terminal sends it.
    AnyChar,
}

/// The keys with names, as they are printed.
const NAMES: [(&str, KeyCode); 17] = [
    ("<char>", KeyCode::AnyChar),
    ("space", KeyCode::Char(' ')),
    ("minus", KeyCode::Char('-')),
    ("ret", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("del", KeyCode::Delete),
    ("ins", KeyCode::Insert),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
];

/// Other names that people write for them; read, never printed.
const ALIASES: [(&str, KeyCode); 10] = [
    ("enter", KeyCode::Enter),
    ("return", KeyCode::Enter),
    ("escape", KeyCode::Esc),
    ("bs", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("pgdown", KeyCode::PageDown),
    ("spc", KeyCode::Char(' ')),
];

/// The highest function key with a name.
const LAST_FUNCTION_KEY: u8 = 24;

/// A key with its modifiers, in the one form in which a terminal can send it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

impl Key {
    /// The key `code` with these modifiers, brought to its one form:
    ///
    /// - shift on a character becomes the upper-case character, and case under control is lower;
    /// - control characters become the keys that send them (`\t` is tab, 0x13 is `C-s`);
    /// - what a terminal sends alike is alike: `C-i` is tab, `C-m` return, `C-[` escape, `C-?` backspace,
    ///   `C-_` and `C-7` are `C-/`, `C-@` and `C-2` are `C-space`. `C-h` stays: PuTTY and old consoles send it for
    ///   backspace, which key tables say.
    #[must_use]
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        let KeyCode::Char(typed) = code else { return Self { code, ctrl, alt, shift } };
        match typed {
            '\t' => Self { code: KeyCode::Tab, ctrl, alt, shift },
            '\r' => Self { code: KeyCode::Enter, ctrl, alt, shift },
            '\u{1b}' => Self { code: KeyCode::Esc, ctrl, alt, shift },
            '\u{7f}' => Self { code: KeyCode::Backspace, ctrl, alt, shift },
            '\0'..='\u{1f}' => Self::controlled(char::from(typed as u8 | 0x40), alt),
            _ if ctrl => Self::controlled(typed, alt),
            _ if shift => Self { code: KeyCode::Char(upper(typed)), ctrl, alt, shift: false },
            _ => Self { code, ctrl, alt, shift: false },
        }
    }

    /// The key `code` with nothing held.
    #[must_use]
    pub fn plain(code: KeyCode) -> Self {
        Self::new(code, false, false, false)
    }

    /// The key that stands for whatever types a character.
    #[must_use]
    pub fn any_char() -> Self {
        Self::plain(KeyCode::AnyChar)
    }

    /// The key that types `typed`.
    #[must_use]
    pub fn char(typed: char) -> Self {
        Self::plain(KeyCode::Char(typed))
    }

    /// `typed` with control held.
    #[must_use]
    pub fn ctrl(typed: char) -> Self {
        Self::new(KeyCode::Char(typed), true, false, false)
    }

    /// What was pressed.
    #[must_use]
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// Whether control was held.
    #[must_use]
    pub fn has_ctrl(self) -> bool {
        self.ctrl
    }

    /// Whether alt was held (or escape sent just before, which terminals do for it).
    #[must_use]
    pub fn has_alt(self) -> bool {
        self.alt
    }

    /// Whether shift was held; never for a character.
    #[must_use]
    pub fn has_shift(self) -> bool {
        self.shift
    }

    /// The character a text field should insert, if this key types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self {
            Self { code: KeyCode::Char(typed), ctrl: false, alt: false, .. } => Some(typed),
            _ => None,
        }
    }

    /// The same key without alt.
    ///
    /// Over a slow line a lone escape and the key after it can arrive together, which is how terminals send alt.
    /// So a key with alt that nothing is bound to is best taken as escape and then this.
    #[must_use]
    pub fn without_alt(self) -> Self {
        Self { alt: false, ..self }
    }

    /// What a terminal makes of control and a character (the table of xterm and of the VT220 before it).
    fn controlled(typed: char, alt: bool) -> Self {
        let (code, ctrl) = match typed.to_ascii_lowercase() {
            'i' => (KeyCode::Tab, false),
            'm' => (KeyCode::Enter, false),
            '[' | '3' => (KeyCode::Esc, false),
            '?' | '8' => (KeyCode::Backspace, false),
            '@' | '`' | '2' => (KeyCode::Char(' '), true),
            '4' => (KeyCode::Char('\\'), true),
            '5' => (KeyCode::Char(']'), true),
            '~' | '6' => (KeyCode::Char('^'), true),
            '_' | '7' => (KeyCode::Char('/'), true),
            other => (KeyCode::Char(other), true),
        };
        Self { code, ctrl, alt, shift: false }
    }
}

/// Upper case where that is one character.
fn upper(typed: char) -> char {
    let mut upper = typed.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => typed,
    }
}

/// Why a text is not a key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// There is nothing.
    #[error("no key is named: write one such as `j`, `C-s`, `S-tab` or `space`")]
    Empty,
    /// The name after the modifiers is none we know.
    #[error(
        "`{0}` names no key: write one character, F1 to F24, or one of space, minus, ret, esc, tab, backspace, \
         del, ins, left, right, up, down, home, end, pgup, pgdn, <char> (whatever is typed), with C- (control), A- (alt) or S- (shift) before it"
    )]
    Unknown(String),
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut name = text;
        // A prefix counts only where a name follows, so that `C` and `-` stay characters.
        while let Some((modifier, rest)) = name.split_once('-').filter(|(_, rest)| !rest.is_empty()) {
            match modifier {
                "C" => ctrl = true,
                "A" => alt = true,
                "S" => shift = true,
                _ => break,
            }
            name = rest;
        }
        let code = parse_code(name).ok_or_else(|| match text {
            "" => KeyError::Empty,
            _ => KeyError::Unknown(text.to_owned()),
        })?;
        Ok(Self::new(code, ctrl, alt, shift))
    }
}

/// The key named `name`: a single character is itself, longer names are read without regard to case.
fn parse_code(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Some(KeyCode::Char(only));
    }
    let lower = name.to_ascii_lowercase();
    let named = NAMES.iter().chain(&ALIASES).find(|(known, _)| *known == lower).map(|&(_, code)| code);
    named.or_else(|| {
        let number = lower.strip_prefix('f')?.parse().ok()?;
        (1..=LAST_FUNCTION_KEY).contains(&number).then_some(KeyCode::F(number))
    })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, prefix) in [(self.ctrl, "C-"), (self.alt, "A-"), (self.shift, "S-")] {
            if held {
                f.write_str(prefix)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(typed) => write!(f, "{typed}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            // Every other key is in `NAMES`; a test holds that.
            _ => Ok(()),
        }
    }
}

/// The keys of a sequence such as `g g`, parted by blanks.
///
/// # Errors
/// Where one of them is no key, or there is none.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, KeyError> {
    // Only the blank parts keys: a no-break space is a key that types one.
    let keys: Vec<Key> =
        text.split(' ').filter(|key| !key.is_empty()).map(str::parse).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err(KeyError::Empty) } else { Ok(keys) }
}

/// A sequence as keymaps write it: `g g`.
#[must_use]
pub fn print_keys(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            4 => any::<char>().prop_map(KeyCode::Char),
            4 => (0u8..128).prop_map(|byte| KeyCode::Char(char::from(byte))),
            4 => (0..NAMES.len()).prop_map(|at| NAMES[at].1),
            1 => (1..=LAST_FUNCTION_KEY).prop_map(KeyCode::F),
        ];
        (code, any::<[bool; 3]>()).prop_map(|(code, [ctrl, alt, shift])| Key::new(code, ctrl, alt, shift))
    }

    #[test]
    fn notation_is_read() {
        assert_eq!(key("j"), Key::char('j'));
        assert_eq!(key("C-s"), Key::ctrl('s'));
        assert_eq!(key("S-tab"), Key::new(KeyCode::Tab, false, false, true));
        assert_eq!(key("A-x"), Key { alt: true, ..Key::char('x') });
        assert_eq!(key("space"), Key::char(' '));
        assert_eq!(key("-"), key("minus"));
        assert_eq!(key("C--"), key("C-minus"));
        assert_eq!(key("C"), Key::char('C'));
        assert_eq!(key("f1"), Key::plain(KeyCode::F(1)));
        assert_eq!(key("PgDn"), Key::plain(KeyCode::PageDown));
        assert_eq!(parse_keys(" g  g").unwrap(), [key("g"), key("g")]);
    }

    #[test]
    fn shift_on_a_character_is_its_upper_case() {
        assert_eq!(key("S-j"), Key::char('J'));
        assert_eq!(Key::new(KeyCode::Char('J'), false, false, true), Key::char('J'));
        assert_eq!(key("C-S-s"), key("C-s"));
        assert_eq!(key("S-ß"), Key::char('ß'), "its upper case is two characters");
    }

    #[test]
    fn what_a_terminal_sends_alike_is_alike() {
        for (one, other) in [
            ("C-i", "tab"),
            ("C-m", "ret"),
            ("C-[", "esc"),
            ("C-?", "backspace"),
            ("C-_", "C-/"),
            ("C-7", "C-/"),
            ("C-@", "C-space"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
        assert_ne!(key("C-h"), key("backspace"));
        assert_ne!(key("C-j"), key("ret"));
    }

    #[test]
    fn only_characters_without_control_or_alt_are_typed() {
        assert_eq!(key("é").typed(), Some('é'));
        assert_eq!(key("space").typed(), Some(' '));
        for other in ["C-e", "A-e", "ret", "tab", "F3"] {
            assert_eq!(key(other).typed(), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_key_says_so() {
        assert_eq!("".parse::<Key>(), Err(KeyError::Empty));
        assert_eq!(parse_keys("  "), Err(KeyError::Empty));
        for text in ["C-", "jj", "F0", "F25", "X-a", "C-nonsense"] {
            assert_eq!(text.parse::<Key>(), Err(KeyError::Unknown(text.to_owned())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn parse_after_print_is_identity(keys in prop::collection::vec(any_key(), 1..4)) {
            prop_assert!(keys.iter().all(|key| !key.to_string().is_empty()));
            prop_assert_eq!(parse_keys(&print_keys(&keys)), Ok(keys));
        }

        #[test]
        fn any_text_is_a_key_or_a_sentence(text in "\\PC{0,8}|[CAS]-\\PC{0,3}") {
            if let Err(error) = text.parse::<Key>() {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
