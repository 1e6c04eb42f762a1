//! References of LaTeX to the literature: read as marks of references. Keys of the bibliography are no text.

use super::Reader;

/// Whether a command cites: LaTeX's own, and those of natbib and biblatex.
pub(super) fn is_citation(name: &str) -> bool {
    let is_setting = ["nocite", "citestyle", "setcitestyle", "citereset", "defcitealias"].contains(&name);
    name.to_ascii_lowercase().contains("cite") && !is_setting
}

/// What the note of a reference may say of a place.
const PLACES: [&str; 22] = [
    "p", "pp", "page", "pages", "ch", "chap", "chapter", "chapters", "sec", "section", "sections", "fig",
    "figure", "table", "tab", "vol", "no", "para", "f", "ff", "and", "at",
];

/// Whether the note of a reference is no page, chapter or the like: then it names somebody.
pub(super) fn names_somebody(note: &str) -> bool {
    let is_roman = |word: &str| word.bytes().all(|byte| b"ivxlc".contains(&byte));
    let is_number = |word: &str| {
        let digits = word.trim_end_matches('f');
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_place = |word: &str| {
        PLACES.contains(&word.to_ascii_lowercase().as_str()) || is_roman(word) || is_number(word)
    };
    let mut words = note.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    !note.contains('\\') && words.peek().is_some() && !words.all(is_place)
}

impl Reader<'_> {
    /// Reads the arguments of a command that cites: notes in brackets, of which the last stands behind the reference, and keys.
    pub(super) fn citation(&mut self, name: &str) {
        let mut note = None;
        loop {
            while let Some(next) = self.optional_text() {
                note = Some(next);
            }
            let has_key = self.rest().starts_with('{') && self.argument().is_some();
            // Of several references each has its own notes.
            if !(has_key && name.ends_with("cites") && self.rest().starts_with(['[', '{'])) {
                break;
            }
        }
        self.builder.push_reference(self.line);
        if let Some(note) = note.filter(|note| names_somebody(note)) {
            self.builder.push(&format!(" ({})", note.replace('~', " ").trim()), self.line);
        }
    }
}
