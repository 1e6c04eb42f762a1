//! A transcript as a row of tokens: where turns begin, and words and marks with the blank behind them.
//!
//! Three such rows are put together token by token, so that splits, joins, labels and whole turns are changes like words are,
//! and whatever comes out is a transcript again. Tokens are known again by what they say: blanks, times and the spelling of
//! labels are carried along with them.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::super::hiding::Side;
use crate::study::{Turn, TurnNumber};
use crate::text::has_word;

/// One token of a text.
#[derive(Clone, Debug)]
pub(super) enum Token<'a> {
    /// A turn begins.
    Start(Start<'a>),
    /// A word or a mark, said or outside all turns.
    Word(Word<'a>),
    /// The text ends, after this blank.
    End(&'a str),
}

/// Where a turn begins.
#[derive(Clone, Debug)]
pub(super) struct Start<'a> {
    /// The speaker's key.
    pub(super) key: &'a str,
    /// The blank in front of it.
    pub(super) before: &'a str,
    /// The label, if it has one.
    pub(super) label: &'a str,
    /// What stands between label and speech.
    pub(super) gap: &'a str,
    pub(super) number: TurnNumber,
    pub(super) start_ms: Option<u32>,
    pub(super) end_ms: Option<u32>,
    /// Whether nothing is said in it.
    pub(super) silent: bool,
    /// Whether nothing stands in front of it.
    pub(super) first: bool,
}

/// A word or a mark.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) word: &'a str,
    /// The blank behind it, if another word follows.
    pub(super) after: &'a str,
    /// Whether a turn or the end follows, and no word.
    pub(super) last: bool,
    /// Whether it stands outside all turns.
    pub(super) outside: bool,
    /// Times from some byte of it on, in milliseconds.
    pub(super) times: Vec<(u32, u32)>,
}

/// What a token is known by.
pub(super) type Known<'a> = (u8, &'a str);

impl<'a> Token<'a> {
    pub(super) fn known(&self) -> Known<'a> {
        match self {
            Token::Start(start) => (0, start.key),
            Token::Word(word) => (1 + u8::from(word.outside), word.word),
            Token::End(_) => (3, ""),
        }
    }

    pub(super) fn is_start(&self) -> bool {
        matches!(self, Token::Start(_))
    }

    /// Whether a turn or the text ends in front of it.
    pub(super) fn is_edge(&self) -> bool {
        !matches!(self, Token::Word(_))
    }

    pub(super) fn has_word(&self) -> bool {
        matches!(self, Token::Word(word) if has_word(word.word))
    }

    /// Whether a sentence, a turn or the text ends with it or in front of it.
    pub(super) fn ends_something(&self) -> bool {
        match self {
            Token::Word(word) => {
                (word.last || !word.after.is_empty()) && word.word.ends_with(['.', '?', '!', '…'])
            }
            Token::Start(_) | Token::End(_) => true,
        }
    }

    /// A token that all three texts have: of what it carries along, what one side changed is as that side has it.
    pub(super) fn of_three(base: &Self, ours: &Self, theirs: &Self) -> Self {
        match (base, ours, theirs) {
            (Token::Start(base), Token::Start(ours), Token::Start(theirs)) => Token::Start(Start {
                key: theirs.key,
                before: either(base.before, ours.before, theirs.before),
                label: either(base.label, ours.label, theirs.label),
                gap: either(base.gap, ours.gap, theirs.gap),
                number: theirs.number,
                start_ms: either(base.start_ms, ours.start_ms, theirs.start_ms),
                end_ms: either(base.end_ms, ours.end_ms, theirs.end_ms),
                silent: ours.silent || theirs.silent,
                first: either(base.first, ours.first, theirs.first),
            }),
            (Token::Word(base), Token::Word(ours), Token::Word(theirs)) => {
                let (after, last) =
                    either((base.after, base.last), (ours.after, ours.last), (theirs.after, theirs.last));
                Token::Word(Word { after, last, ..theirs.clone() })
            }
            (Token::End(base), Token::End(ours), Token::End(theirs)) => {
                Token::End(either(*base, *ours, *theirs))
            }
            _ => theirs.clone(),
        }
    }
}

/// What one side changed is as that side has it; where both did, as it is here.
fn either<T: PartialEq + Copy>(base: T, ours: T, theirs: T) -> T {
    if ours == base { theirs } else { ours }
}

/// Another name for a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) key: String,
    pub(super) label: String,
}

/// The tokens of a text. Speakers have their new names.
pub(super) fn read<'a>(side: Side<'a>, renamed: &'a BTreeMap<String, Renamed>) -> Vec<Token<'a>> {
    let mut reading = Reading { text: side.text, tokens: Vec::new(), from: 0 };
    for turn in &side.turns.turns {
        let before = reading.outside(turn.begins());
        let key = side.turns.speaker_of(turn);
        let new = renamed.get(key);
        let first = reading.tokens.is_empty();
        let label = turn.label.slice(side.text).unwrap_or_default();
        let gap = side.text.get(turn.label.end as usize..turn.speech.start as usize);
        let gap = gap.filter(|_| !label.is_empty()).unwrap_or_default();
        let label = new.filter(|_| !label.is_empty()).map_or(label, |new| new.label.as_str());
        reading.tokens.push(Token::Start(Start {
            key: new.map_or(key, |new| new.key.as_str()),
            before,
            label,
            gap,
            number: turn.number,
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            silent: turn.speech.is_empty(),
            first,
        }));
        reading.said(turn);
    }
    let after = reading.outside(side.text.len());
    reading.tokens.push(Token::End(after));
    reading.note_times(side);
    reading.tokens
}

struct Reading<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    from: usize,
}

impl<'a> Reading<'a> {
    /// What stands outside all turns up to a byte. Gives back the blank at its end.
    fn outside(&mut self, until: usize) -> &'a str {
        let stretch = self.text.get(self.from..until).unwrap_or_default();
        self.from = until.max(self.from);
        let words = stretch.trim_end();
        let blank = stretch.get(words.len()..).unwrap_or_default();
        if !words.is_empty() {
            self.words(words, true);
        }
        if let Some(Token::Word(last)) = self.tokens.last_mut() {
            last.last = true;
        }
        blank
    }

    fn said(&mut self, turn: &Turn) {
        self.words(turn.speech.slice(self.text).unwrap_or_default(), false);
        self.from = turn.speech.end as usize;
    }

    fn words(&mut self, stretch: &'a str, outside: bool) {
        let mut at = 0;
        for piece in stretch.split_word_bounds() {
            let end = at + piece.len();
            match self.tokens.last_mut() {
                // A blank goes with the word before it.
                Some(Token::Word(last)) if piece.trim().is_empty() && (at > 0 || outside) => {
                    let start = at - last.after.len().min(at);
                    last.after = stretch.get(start..end).unwrap_or_default();
                }
                _ => self.tokens.push(Token::Word(Word {
                    word: piece,
                    after: "",
                    last: false,
                    outside,
                    times: Vec::new(),
                })),
            }
            at = end;
        }
    }

    /// Gives each time to the word that it stands in.
    fn note_times(&mut self, side: Side<'a>) {
        let begin = self.text.as_ptr() as usize;
        let mut times = side.turns.times.iter().peekable();
        let words = self.tokens.iter_mut().filter_map(|token| match token {
            Token::Word(word) => Some(word),
            _ => None,
        });
        for word in words {
            let start = (word.word.as_ptr() as usize).saturating_sub(begin);
            let end = start + word.word.len();
            while let Some(mark) = times.next_if(|mark| (mark.at as usize) < end) {
                let within = (mark.at as usize).saturating_sub(start);
                word.times.push((u32::try_from(within).unwrap_or(0), mark.ms));
            }
        }
    }
}
