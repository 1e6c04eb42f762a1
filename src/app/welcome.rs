//! What is offered where there is no study: three ways to go on, one key each. It is no screen of a study, so it knows
//! neither keymap nor commands; its keys are few, and all of them are shown.

use super::TextField;
use super::keymap::{Key, KeyCode};

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Make the sample study and open it.
    Demo,
    /// Make an empty study in this folder and open it.
    New(String),
    /// Open the study in this folder.
    Open(String),
    /// End the program.
    Leave,
}

/// What a folder is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    New,
    Open,
}

/// The state of the welcome.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// What happened: where no study is, or why a way did not lead anywhere.
    pub said: String,
    /// Which way is chosen.
    pub chosen: usize,
    asked: Option<(For, TextField)>,
}

/// The ways: their key, what they are called, and what they do.
pub const WAYS: [(char, &str, &str); 4] = [
    ('d', "look around", "the sample study in combe-demo, with a two-minute tour"),
    ('n', "begin a study", "in a folder of its own; you bring transcripts in"),
    ('o', "open a study", "that is there already, by its folder"),
    ('q', "leave", ""),
];

/// The folder that is offered for a new study.
const NEW_FOLDER: &str = "my-study";

impl Welcome {
    /// The welcome, with what brought it up.
    #[must_use]
    pub fn new(said: impl Into<String>) -> Self {
        Self { said: said.into(), chosen: 0, asked: None }
    }

    /// The folder being typed, with the question.
    #[must_use]
    pub fn question(&self) -> Option<(&'static str, &TextField)> {
        let (what, field) = self.asked.as_ref()?;
        let question = match what {
            For::New => "folder of the new study",
            For::Open => "folder of the study",
        };
        Some((question, field))
    }

    /// Takes a key; the way that was chosen with it, if one was.
    pub fn press(&mut self, key: Key) -> Option<Way> {
        if key == Key::ctrl('c') || key == Key::ctrl('q') {
            return Some(Way::Leave);
        }
        match self.asked.take() {
            Some((what, field)) => self.type_folder(what, field, key),
            None => self.choose(key),
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some((_, field)) = &mut self.asked {
            field.insert(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    fn choose(&mut self, key: Key) -> Option<Way> {
        let last = WAYS.len() - 1;
        match key.code() {
            KeyCode::Up => self.chosen = self.chosen.saturating_sub(1),
            KeyCode::Down => self.chosen = (self.chosen + 1).min(last),
            KeyCode::Esc => return Some(Way::Leave),
            KeyCode::Enter => return self.go(self.chosen),
            KeyCode::Char(typed) => {
                let at = WAYS.iter().position(|(letter, ..)| typed.eq_ignore_ascii_case(letter))?;
                self.chosen = at;
                return self.go(at);
            }
            _ => {}
        }
        None
    }

    fn go(&mut self, at: usize) -> Option<Way> {
        match at {
            0 => return Some(Way::Demo),
            1 => self.asked = Some((For::New, TextField::new(NEW_FOLDER))),
            2 => self.asked = Some((For::Open, TextField::default())),
            _ => return Some(Way::Leave),
        }
        None
    }

    fn type_folder(&mut self, what: For, mut field: TextField, key: Key) -> Option<Way> {
        match key.code() {
            KeyCode::Esc => return None,
            KeyCode::Enter => {
                let folder = field.text().trim().to_owned();
                if !folder.is_empty() {
                    return Some(match what {
                        For::New => Way::New(folder),
                        For::Open => Way::Open(folder),
                    });
                }
            }
            KeyCode::Backspace => field.rub_out(),
            KeyCode::Delete => field.delete(),
            KeyCode::Left => field.left(),
            KeyCode::Right => field.right(),
            KeyCode::Home => field.home(),
            KeyCode::End => field.end(),
            KeyCode::Char('u') if key.has_ctrl() => field.rub_out_line(),
            KeyCode::Char('w') if key.has_ctrl() => field.rub_out_word(),
            KeyCode::Char('h') if key.has_ctrl() => field.rub_out(),
            _ => {
                if let Some(typed) = key.typed() {
                    field.insert(typed.encode_utf8(&mut [0; 4]));
                }
            }
        }
        self.asked = Some((what, field));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::keymap::parse_keys;
    use super::*;

    fn press(welcome: &mut Welcome, keys: &str) -> Option<Way> {
        parse_keys(keys).expect("keys").into_iter().fold(None, |_, key| welcome.press(key))
    }

    #[test]
    fn each_way_has_one_key_and_the_arrows_lead_there_too() {
        let mut welcome = Welcome::new("");
        assert_eq!(press(&mut welcome, "d"), Some(Way::Demo));
        assert_eq!(press(&mut welcome, "n ret"), Some(Way::New("my-study".into())));
        assert_eq!(
            press(&mut Welcome::new(""), "down down ret a / b backspace c ret"),
            Some(Way::Open("a/c".into()))
        );
        assert_eq!(press(&mut welcome, "q"), Some(Way::Leave));
        assert_eq!(press(&mut Welcome::new(""), "down down down down ret"), Some(Way::Leave));
    }

    #[test]
    fn a_folder_takes_letters_and_esc_goes_back() {
        let mut welcome = Welcome::new("");
        assert_eq!(press(&mut welcome, "o d q n"), None);
        assert_eq!(welcome.question().map(|(_, field)| field.text()), Some("dqn"));
        assert_eq!(press(&mut welcome, "C-u ret"), None, "no folder, no way");
        assert_eq!(press(&mut welcome, "esc"), None);
        assert_eq!(press(&mut welcome, "esc"), Some(Way::Leave));
        assert_eq!(press(&mut welcome, "C-c"), Some(Way::Leave));
    }
}
