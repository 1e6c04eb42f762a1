//! A proof that came back: a text that was written out with the numbers of its turns, with the words that stand in it now.
//!
//! All that a proof does not show (how labels are set off, times, what stands between turns, words that were left out) is taken
//! from the text that it was written from, so that what nobody corrected is byte for byte as it was.

use std::collections::BTreeSet;

use super::CorrectionError;
use super::edits::whole_graphemes;
use super::rewriting::Rewriting;
use crate::study::{TimeMark, Turn, TurnNumber, Turns};
use crate::text::{Span, fold_label};

/// A turn of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proofed {
    /// Which turn of the text that it was written from; `None` for one that came in.
    pub number: Option<TurnNumber>,
    /// Who speaks.
    pub label: String,
    /// What is said; `None` if the words were left out, and it stays as it was.
    pub words: Option<String>,
}

/// What stands between turns where nothing else is known, and between a label and its speech.
const BETWEEN: &str = "\n\n";
const AFTER_LABEL: &str = " ";

/// The text that a proof was written from, with what stands in the proof. `before` is what the proof has before the first turn, if
/// it has that.
///
/// # Errors
/// If the proof names a turn that the text does not have, or one twice, or leaves one without words.
pub fn put_back(
    base: (&str, &Turns),
    before: Option<&str>,
    proofed: &[Proofed],
) -> Result<(String, Turns), CorrectionError> {
    let mut writing = Writing::of(base);
    writing.preamble(before);
    let mut met = BTreeSet::new();
    for turn in proofed {
        match turn.number {
            Some(number) => {
                let of = base.1.index_of(number).ok_or(CorrectionError::NoSuchTurn(number))?;
                if !met.insert(number) {
                    return Err(CorrectionError::TwiceInProof(number));
                }
                writing.held(of, turn)?;
            }
            None => writing.new_turn(turn),
        }
    }
    Ok(writing.finish())
}

/// Whether two stretches of text have the same lines, but for blanks around them and empty lines.
fn has_same_lines(one: &str, other: &str) -> bool {
    let lines = |text| str::lines(text).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    lines(one) == lines(other)
}

struct Writing<'a> {
    text: &'a str,
    turns: &'a Turns,
    out: String,
    made: Turns,
    /// What stands between the turn that was written last and the next.
    between: &'a str,
}

impl<'a> Writing<'a> {
    fn of((text, turns): (&'a str, &'a Turns)) -> Self {
        let made = Turns { turns: Vec::new(), times: Vec::new(), ..turns.clone() };
        Self { text, turns, out: String::new(), made, between: "" }
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn preamble(&mut self, before: Option<&str>) {
        let held = self.slice(0, self.turns.preamble_end());
        let words = before.map(str::trim).filter(|words| !has_same_lines(words, held));
        match words {
            None => {
                self.times(Span::new(0, held.len()), 0);
                self.out.push_str(held);
            }
            Some(words) => {
                let start = held.len() - held.trim_start().len();
                self.out.push_str(held.get(..start).unwrap_or_default());
                self.out.push_str(words);
                let after = held.get(start.max(held.trim_end().len())..).unwrap_or_default();
                self.out.push_str(if after.is_empty() && !words.is_empty() { BETWEEN } else { after });
            }
        }
    }

    /// A turn that was there.
    fn held(&mut self, of: usize, proofed: &Proofed) -> Result<(), CorrectionError> {
        let Some(turn) = self.turns.turns.get(of) else { return Ok(()) };
        self.part();
        let begins = turn.begins();
        let start = self.out.len();
        let key = fold_label(&proofed.label);
        let is_same = key.is_empty() || key == self.turns.speaker_of(turn) || proofed.words.is_none();
        let speaker = if is_same { turn.speaker } else { self.speaker(&key) };
        let head = Span::new(begins, turn.speech.start as usize);
        let label = match is_same {
            true => {
                self.times(head, start);
                self.out.push_str(head.slice(self.text).unwrap_or_default());
                let label = start + (turn.label.start as usize).saturating_sub(begins);
                (!turn.label.is_empty()).then(|| Span::new(label, label + turn.label.len()))
            }
            false => Some(self.label(&key, &proofed.label)),
        };
        let held = turn.speech.slice(self.text).unwrap_or_default();
        let words = proofed.words.as_deref().map(str::trim).filter(|words| !has_same_lines(words, held));
        if words.is_some_and(str::is_empty) {
            return Err(CorrectionError::Emptied(turn.number));
        }
        let start = self.out.len();
        self.out.push_str(words.unwrap_or(held));
        let mut speech = Span::new(start, self.out.len());
        match words {
            None => self.times(turn.speech, start),
            Some(_) => {
                speech = whole_graphemes(&self.out, speech, label.map_or(speech.start, |label| label.end));
                self.times_in(turn.speech, speech);
            }
        }
        let next = self.turns.turns.get(of + 1).map(Turn::begins);
        self.between = next.map_or(BETWEEN, |next| self.slice(turn.speech.end as usize, next));
        self.made.turns.push(Turn {
            speaker,
            label: label.unwrap_or(Span::new(start, start)),
            speech,
            ..turn.clone()
        });
        Ok(())
    }

    /// A turn that came in. One without words is none.
    fn new_turn(&mut self, proofed: &Proofed) {
        let words = proofed.words.as_deref().map(str::trim).unwrap_or_default();
        if words.is_empty() {
            return;
        }
        self.part();
        let key = fold_label(&proofed.label);
        let speaker = self.speaker(&key);
        let label = if key.is_empty() { None } else { Some(self.label(&key, &proofed.label)) };
        let start = self.out.len();
        self.out.push_str(words);
        let speech = Span::new(start, self.out.len());
        let speech = whole_graphemes(&self.out, speech, label.map_or(speech.start, |label| label.end));
        self.made.turns.push(Turn {
            number: TurnNumber::whole(0),
            speaker,
            label: label.unwrap_or(Span::new(start, start)),
            speech,
            start_ms: None,
            end_ms: None,
            words: 0,
        });
        self.between = BETWEEN;
    }

    /// Parts the next turn from the one before it.
    fn part(&mut self) {
        if let Some(last) = self.made.turns.last() {
            let from = last.speech.end;
            self.out.push_str(self.between);
            if let Some(of) = self.turns.index_of(last.number) {
                let end = self.turns.turns.get(of).map_or(from, |turn| turn.speech.end) as usize;
                self.times(Span::new(end, end + self.between.len()), from as usize);
            }
        }
    }

    fn speaker(&mut self, key: &str) -> u16 {
        let at = self.made.speakers.iter().position(|held| held == key).unwrap_or_else(|| {
            self.made.speakers.push(key.to_owned());
            self.made.speakers.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Writes a label as it is written elsewhere in the text, and what stands behind it.
    fn label(&mut self, key: &str, label: &str) -> Span {
        let start = self.out.len();
        let theirs = self.turns.turns.iter().filter(|turn| self.turns.speaker_of(turn) == key);
        let known = theirs.filter(|turn| !turn.label.is_empty()).find_map(|turn| {
            let gap = self.slice(turn.label.end as usize, turn.speech.start as usize);
            Some((turn.label.slice(self.text)?, gap))
        });
        let (written, gap) = match known {
            Some((written, gap)) => (written.to_owned(), gap),
            None => (format!("{}:", label.trim()), AFTER_LABEL),
        };
        self.out.push_str(&written);
        let end = self.out.len();
        self.out.push_str(gap);
        Span::new(start, end)
    }

    /// The times of a stretch that reads as before, from a byte of the new text on.
    fn times(&mut self, of: Span, start: usize) {
        let marks = self.turns.times.iter().filter(|mark| of.contains(mark.at as usize));
        let moved = |mark: &TimeMark| TimeMark {
            at: Span::new(start + (mark.at - of.start) as usize, 0).start,
            ms: mark.ms,
        };
        self.made.times.extend(marks.map(moved));
    }

    /// The times of a speech in which words were put right.
    fn times_in(&mut self, old: Span, new: Span) {
        let mut rewriting = Rewriting::empty();
        rewriting.compare(self.text, old, &self.out, new);
        let marks = self.turns.times.iter().filter(|mark| old.contains(mark.at as usize));
        let moved =
            |mark: &TimeMark| TimeMark { at: rewriting.byte(mark.at).clamp(new.start, new.end), ms: mark.ms };
        self.made.times.extend(marks.map(moved));
    }

    /// What stands behind the last turn stays there.
    fn finish(mut self) -> (String, Turns) {
        let end = self.turns.turns.last().map_or(0, |turn| turn.speech.end as usize);
        let tail = Span::new(end, self.text.len());
        let start = self.out.len();
        self.times(tail, start);
        self.out.push_str(tail.slice(self.text).unwrap_or_default());
        self.made.times.sort_by_key(|mark| mark.at);
        (self.out, self.made)
    }
}
