//! The transcript that a row of tokens makes.

use super::super::edits::words_in;
use super::tokens::{Start, Token, Word};
use crate::study::{RevisionId, TimeMark, Turn, Turns};
use crate::text::Span;

/// What stands between two turns if nothing else is known.
const BETWEEN: &str = "\n\n";

/// Writes tokens one behind the other. Speakers stand in the order in which they begin to speak.
pub(super) fn write(tokens: &[Token<'_>], revision: RevisionId) -> (String, Turns) {
    let turns = Turns { revision, speakers: Vec::new(), turns: Vec::new(), times: Vec::new() };
    let mut writing = Writing { text: String::new(), turns, between: between(tokens) };
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        match token {
            Token::Start(start) => {
                // Nobody speaks any more in a turn all of whose words went.
                let speaks = after.first().is_some_and(|next| !next.is_edge());
                if speaks || start.silent {
                    writing.start(start);
                }
            }
            Token::Word(word) => writing.word(word, after.first()),
            Token::End(blank) => writing.text.push_str(blank),
        }
        rest = after;
    }
    let (text, mut turns) = (writing.text, writing.turns);
    for turn in &mut turns.turns {
        turn.words = words_in(&text, turn.speech);
    }
    (text, turns)
}

/// What stands between the turns of a text.
fn between<'a>(tokens: &[Token<'a>]) -> &'a str {
    let before = tokens.iter().filter_map(|token| match token {
        Token::Start(start) if !start.first && !start.label.is_empty() => Some(start.before),
        _ => None,
    });
    before.into_iter().next().unwrap_or(BETWEEN)
}

struct Writing<'a> {
    text: String,
    turns: Turns,
    between: &'a str,
}

impl Writing<'_> {
    fn start(&mut self, start: &Start<'_>) {
        if self.text.is_empty() == start.first {
            self.text.push_str(start.before);
        } else if start.first {
            self.text.push_str(self.between);
        }
        let label = self.text.len();
        self.text.push_str(start.label);
        let label = Span::new(label, self.text.len());
        self.text.push_str(start.gap);
        let speech = Span::new(self.text.len(), self.text.len());
        let label = if label.is_empty() { speech } else { label };
        let known = self.turns.speakers.iter().position(|key| key == start.key);
        let speaker = known.unwrap_or_else(|| {
            self.turns.speakers.push(start.key.to_owned());
            self.turns.speakers.len() - 1
        });
        self.turns.turns.push(Turn {
            number: start.number,
            speaker: u16::try_from(speaker).unwrap_or(u16::MAX),
            label,
            speech,
            start_ms: start.start_ms,
            end_ms: start.end_ms,
            words: 0,
        });
    }

    fn word(&mut self, word: &Word<'_>, next: Option<&Token<'_>>) {
        let at = self.text.len();
        self.text.push_str(word.word);
        let span = Span::new(at, self.text.len());
        for (within, ms) in &word.times {
            self.turns.times.push(TimeMark { at: span.end.min(span.start + within), ms: *ms });
        }
        if let Some(turn) = self.turns.turns.last_mut().filter(|_| !word.outside) {
            turn.speech.end = span.end;
        }
        let follows = matches!(next, Some(Token::Word(_)));
        match (follows, word.last, word.after) {
            (true, true, "") => self.text.push(' '),
            (true, _, after) | (false, true, after) => self.text.push_str(after),
            (false, false, _) => {}
        }
    }
}
