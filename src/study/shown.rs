//! Speech as it may be shown: whoever paints or prints what is said in a turn asks here, and gets nothing of a hidden one.

use super::{Study, TranscriptId, Turn};

/// What stands on screens and in the shell for the speech of a hidden turn.
pub const HIDDEN: &str = "(hidden)";

/// Stands for hidden words in what leaves the study.
pub const LEFT_OUT: &str = "[left out]";

/// Stands there for the words of somebody who did not agree to be quoted.
pub const NOT_QUOTED: &str = "[left out: no agreement to be quoted]";

/// Stands in an archive for words that are not archived.
pub const NOT_ARCHIVED: &str = "[left out: no agreement to archiving]";

/// How often one of these stands in a text in the place of what somebody said: the short ones as a line of their own or behind a
/// label, the long ones anywhere, for a printed page breaks them.
#[must_use]
pub fn count_left_out(text: &str) -> usize {
    let is_mark = |line: &&str| {
        let before = [HIDDEN, LEFT_OUT].iter().find_map(|mark| line.trim().strip_suffix(mark));
        before.is_some_and(|before| before.is_empty() || before.trim_end().ends_with(':'))
    };
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = [NOT_QUOTED, NOT_ARCHIVED].iter().map(|mark| words.matches(mark).count()).sum::<usize>();
    text.lines().filter(is_mark).count() + long
}

/// What of a transcript's current text may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownSpeech {
    /// Which turns are hidden, by index; empty where none is.
    hidden: Vec<bool>,
}

impl Study {
    /// What may be shown of a transcript's current text.
    #[must_use]
    pub fn shown_speech(&self, transcript: TranscriptId) -> ShownSpeech {
        ShownSpeech { hidden: self.hidden_turns(transcript).unwrap_or_default() }
    }
}

impl ShownSpeech {
    /// Whether the turn of that index is hidden.
    #[must_use]
    pub fn hides(&self, index: usize) -> bool {
        self.hidden.get(index).copied().unwrap_or(false)
    }

    /// Whether one of some turns is hidden, by their indexes.
    #[must_use]
    pub fn hides_one_of(&self, mut indexes: impl Iterator<Item = usize>) -> bool {
        indexes.any(|index| self.hides(index))
    }

    /// What is said in a turn of that index, cut from the `text` of its transcript. `None` if it is hidden.
    #[must_use]
    pub fn of<'t>(&self, index: usize, turn: &Turn, text: &'t str) -> Option<&'t str> {
        if self.hides(index) { None } else { turn.speech.slice(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_where_they_stand_for_words() {
        for (text, marks) in [
            ("Ann: [left out]\n\n  12 P01: (hidden)\n", 2),
            (
                "Ann: [left out: no agreement\n      to be quoted]\n\n3 P02: [left out: no agreement to archiving]",
                2,
            ),
            ("Ann: I felt [left out] there. They kept it (hidden), you know.\nI felt [left out]", 0),
        ] {
            assert_eq!(count_left_out(text), marks, "{text}");
        }
    }
}
