//! Quotation marks of one paragraph: which may open and which may close, and which are apostrophes.

/// Marks that can stand for each other. A mark closes only one of its own family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `"` and `“ ” „`.
    Double,
    /// `'` and `‘ ’ ‚`.
    Single,
    /// `« »`.
    Guillemet,
    /// `‹ ›`.
    SingleGuillemet,
}

/// One mark at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) family: Family,
    /// Byte of the paragraph.
    pub(super) at: usize,
    /// Its length in bytes.
    pub(super) length: usize,
    pub(super) opens: bool,
    pub(super) closes: bool,
    /// Whether it is typed so that it says itself what it does.
    pub(super) curly: bool,
}

/// Words that are written with an apostrophe before them, which opens nothing.
const ELIDED: [&str; 14] = [
    "cause", "em", "til", "till", "tis", "twas", "bout", "round", "n", "cos", "coz", "ere", "fraid", "spose",
];

/// The marks of a paragraph in order, without apostrophes inside words.
pub(super) fn marks_of(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        let Some((family, curly)) = family_of(character) else { continue };
        let around = Around::of(text, at, character);
        let (opens, closes) = match character {
            '"' => around.straight(),
            '\'' => {
                let (opens, closes) = around.straight();
                (opens && !around.is_elision(), closes && !around.next_is_word())
            }
            '“' => (true, !around.next_is_word() && around.previous_ends_something()),
            '„' | '‟' | '‚' | '‛' => (true, false),
            '‘' => (!around.previous_is_word() && !around.is_elision(), false),
            '”' => (around.begins_word(), true),
            '’' => (false, around.previous_ends_something() && !around.next_is_word()),
            '«' | '‹' => (true, around.previous_ends_something() && !around.next_is_word()),
            _ => (around.begins_word(), true),
        };
        if opens || closes {
            found.push(Mark { family, at, length: character.len_utf8(), opens, closes, curly });
        }
    }
    found
}

fn family_of(character: char) -> Option<(Family, bool)> {
    Some(match character {
        '"' => (Family::Double, false),
        '“' | '”' | '„' | '‟' => (Family::Double, true),
        '\'' => (Family::Single, false),
        '‘' | '’' | '‚' | '‛' => (Family::Single, true),
        '«' | '»' => (Family::Guillemet, true),
        '‹' | '›' => (Family::SingleGuillemet, true),
        _ => return None,
    })
}

/// What stands around a mark, other marks passed over.
struct Around<'t> {
    previous: Option<char>,
    next: Option<char>,
    after: &'t str,
}

impl<'t> Around<'t> {
    fn of(text: &'t str, at: usize, mark: char) -> Self {
        let after = text.get(at + mark.len_utf8()..).unwrap_or_default();
        let before = text.get(..at).unwrap_or_default();
        let straight = |c: &char| !matches!(c, '"' | '\'');
        // A few marks may stand together; a text of nothing else is not worth more than this.
        let previous = before.chars().rev().take(8).find(straight);
        Self { previous, next: after.chars().take(8).find(straight), after }
    }

    /// What a mark that is the same on both sides does: opens, closes. Between blanks it may do either.
    fn straight(&self) -> (bool, bool) {
        let opens_before = self.previous.is_none_or(|c| c.is_whitespace() || is_opening(c));
        let blank_after = self.next.is_none_or(char::is_whitespace);
        let blank_before = self.previous.is_none_or(char::is_whitespace);
        match (blank_before, blank_after) {
            (true, true) => (true, true),
            (_, true) => (false, true),
            _ if opens_before => (true, false),
            _ => (!self.previous_is_word() && self.next_is_word(), true),
        }
    }

    fn previous_is_word(&self) -> bool {
        self.previous.is_some_and(char::is_alphanumeric)
    }

    fn next_is_word(&self) -> bool {
        self.next.is_some_and(char::is_alphanumeric)
    }

    fn begins_word(&self) -> bool {
        self.previous.is_none_or(|c| c.is_whitespace() || is_opening(c)) && self.next_is_word()
    }

    fn previous_ends_something(&self) -> bool {
        self.previous.is_some_and(|c| !c.is_whitespace() && !is_opening(c))
    }

    fn is_elision(&self) -> bool {
        let word: String = self.after.chars().take_while(|c| c.is_alphanumeric()).take(12).collect();
        ELIDED.contains(&word.to_lowercase().as_str()) || is_decade(&word)
    }
}

/// `'90s`.
fn is_decade(word: &str) -> bool {
    word.strip_suffix('s')
        .is_some_and(|number| number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// What stands before a word without a blank between.
fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '„' | '«' | '‹' | '¿' | '¡')
}
