//! Splitting a turn and joining two.

use super::edits::{rewrite, rewritten, words_in};
use super::rewriting::Rewriting;
use super::{Correction, CorrectionError, Edit, Next};
use crate::study::{
    Change, Hidden, Hideable, Source, Study, TranscriptId, Turn, TurnNumber, TurnVoice, Turns, fresh,
    tombstones,
};
use crate::text::{Span, has_word};

/// Parts of a turn have the letters a to z.
const LETTERS: u8 = 26;

impl Study {
    /// The next revision of a transcript, in which a turn is two from `byte` on: 41a and 41b. The text stays, and so do the
    /// numbers of all other turns. Both parts have the turn's voice, and are hidden if it is.
    ///
    /// # Errors
    /// If there are no words on one side of the cut, or no letter is free for the second part.
    pub fn split_turn(
        &self,
        transcript: TranscriptId,
        text: &str,
        turn: TurnNumber,
        byte: u32,
        source: &dyn Source,
    ) -> Result<Correction, CorrectionError> {
        let former = self.turns(transcript).cloned().ok_or(CorrectionError::Gone)?;
        let at = former.index_of(turn).ok_or(CorrectionError::Gone)?;
        let whole = former.turns.get(at).ok_or(CorrectionError::Gone)?;
        let cut = byte.clamp(whole.speech.start, whole.speech.end);
        let [left, right] = halves(text, &former, at, cut).ok_or(CorrectionError::NoCut(turn))?;
        let first = TurnNumber { part: turn.part.max(1), ..turn };
        let second = TurnNumber { part: first.part + 1, ..turn };
        let follower = former.turns.get(at + 1).map(|next| next.number);
        if second.part > LETTERS || follower.is_some_and(|next| next <= second) {
            return Err(CorrectionError::NoLetter(turn));
        }
        let parts = [Turn { number: first, ..left }, Turn { number: second, ..right }];
        let mut turns = Turns::clone(&former);
        turns.turns.splice(at..=at, parts);
        let voices = match self.turn_voices().get(&(transcript, turn)) {
            Some(held) if first == turn => vec![Change::create(TurnVoice { turn: second, ..held.clone() })],
            Some(held) => {
                let of = |turn| Change::create(TurnVoice { turn, ..held.clone() });
                vec![Change::delete(held.clone()), of(first), of(second)]
            }
            None => Vec::new(),
        };
        let hidden = self.hide_second_part(transcript, first, second, source);
        let changes = voices.into_iter().chain(hidden).collect();
        let next = Next { text: text.to_owned(), turns, rewriting: Rewriting::none(text), changes };
        self.take_next(transcript, text, next, source)
    }

    /// The next revision of a transcript, in which a turn and the one behind it are one, spoken by the first one's voice. What
    /// stands between them, as the label of the second, goes. Two parts of a turn that has no others are that turn again
    /// (41); else the number of the first one stays.
    ///
    /// # Errors
    /// If there is no turn behind it, another speaker has that, or one of the two is hidden and the other is not.
    pub fn join_turns(
        &self,
        transcript: TranscriptId,
        text: &str,
        turn: TurnNumber,
        source: &dyn Source,
    ) -> Result<Correction, CorrectionError> {
        let former = self.turns(transcript).cloned().ok_or(CorrectionError::Gone)?;
        let at = former.index_of(turn).ok_or(CorrectionError::Gone)?;
        let first = former.turns.get(at).ok_or(CorrectionError::Gone)?;
        let second = former.turns.get(at + 1).ok_or(CorrectionError::NoNeighbour(turn))?;
        let voices = self.voices_in(transcript).ok_or(CorrectionError::Gone)?;
        if voices.of(first) != voices.of(second) {
            return Err(CorrectionError::TwoVoices(first.number, second.number));
        }
        let is_hidden = |held: &Turn| self.is_turn_hidden(transcript, held, voices.of(held));
        match (is_hidden(first), is_hidden(second)) {
            (true, false) => return Err(CorrectionError::HiddenTurn(first.number)),
            (false, true) => return Err(CorrectionError::HiddenTurn(second.number)),
            (true, true) | (false, false) => {}
        }
        let between = Span { start: first.speech.end, end: second.speech.start };
        let blank = between.slice(text).is_some_and(|between| between.chars().all(char::is_whitespace));
        let (new_text, rewriting) = match blank && second.label.is_empty() {
            true => (text.to_owned(), Rewriting::none(text)),
            false => rewrite(text, &[Edit::reword(between, " ")])?,
        };
        let family = former.turns.iter().filter(|held| held.number.number == turn.number).count();
        let alone = second.number.number == turn.number && family == 2;
        let number = if alone { TurnNumber::whole(turn.number) } else { turn };
        let joined = Turn { number, ..one_of(first, second) };
        let (first, second) = (first.number, second.number);
        let mut turns = Turns::clone(&former);
        turns.turns.splice(at..=at + 1, [joined]);
        let mut turns = rewritten(&turns, &rewriting, text, &new_text);
        if let Some(joined) = turns.turns.get_mut(at) {
            joined.words = words_in(&new_text, joined.speech);
        }
        let voice = |turn| self.turn_voices().get(&(transcript, turn)).cloned();
        let hides = self.is_number_hidden(transcript, first) && !self.is_number_hidden(transcript, number);
        let what = Hideable::Turn(transcript, number);
        let hidden = hides.then(|| Change::create(Hidden { id: fresh(source), what }));
        let mut voices: Vec<Change> = voice(second).map(Change::delete).into_iter().collect();
        if let Some(held) = voice(turn).filter(|_| number != turn) {
            voices.push(Change::delete(held.clone()));
            voices.push(Change::create(TurnVoice { turn: number, ..held }));
        }
        let changes = voices.into_iter().chain(hidden).collect();
        self.take_next(transcript, text, Next { text: new_text, turns, rewriting, changes }, source)
    }
}

/// The two parts of a turn from a byte on, both with its number. `None` if there are no words on one side, or the cut is inside
/// a tombstone.
fn halves(text: &str, turns: &Turns, at: usize, cut: u32) -> Option<[Turn; 2]> {
    let whole = turns.turns.get(at)?;
    let left = Span { end: cut, ..whole.speech }.trimmed(text);
    let right = Span { start: cut, ..whole.speech }.trimmed(text);
    let speaks = |part: Span| part.slice(text).is_some_and(has_word);
    let in_stone = tombstones(text).any(|(stone, _)| stone.start < cut && cut < stone.end);
    if in_stone || !speaks(left) || !speaks(right) {
        return None;
    }
    let time = turns.times.iter().rfind(|mark| mark.at >= left.start && mark.at <= right.start);
    let between = time.map(|mark| mark.ms);
    Some([
        Turn { speech: left, end_ms: between, words: words_in(text, left), ..whole.clone() },
        Turn {
            label: Span { start: right.start, end: right.start },
            speech: right,
            start_ms: between,
            words: words_in(text, right),
            ..whole.clone()
        },
    ])
}

/// A turn and the one behind it as one, with the number of the first.
fn one_of(first: &Turn, second: &Turn) -> Turn {
    Turn { speech: first.speech.hull(second.speech), end_ms: second.end_ms.or(first.end_ms), ..first.clone() }
}
