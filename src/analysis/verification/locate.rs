//! Finds where the pieces of a quotation were said, word for word.

use std::ops::Range;

use super::nearest::Turns;
use super::sought::{Joint, Piece, Sought};
use super::spoken::{At, SpokenWords, UNSAID, without_asides};

/// Most words that a replacement in square brackets stands for.
const REPLACED: u32 = 12;

/// How many places a quotation is looked for in; words said more often than this say nothing of who said them.
const MOST_PLACES: usize = 200;

/// Steps of the search for pieces of one quotation, after which it gives up: pieces of one common word each would try
/// whole transcripts against each other.
const MOST_STEPS: usize = 20_000;

/// A place where all pieces were said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Located {
    pub(super) stream: u32,
    /// Words of the stream, one range a piece.
    pub(super) pieces: Vec<Range<u32>>,
    /// Whether nothing was left out or replaced.
    pub(super) whole: bool,
}

impl Located {
    fn extent(&self) -> u32 {
        let start = self.pieces.first().map_or(0, |piece| piece.start);
        self.pieces.last().map_or(0, |piece| piece.end - start)
    }
}

/// Everywhere that a quotation was said, whole ones first, then those whose pieces lie closest together; of words said very often,
/// those in `own` turns before others.
pub(super) fn locate(spoken: &SpokenWords, sought: &Sought, own: &Turns) -> Vec<Located> {
    let mut pieces = Vec::with_capacity(sought.pieces.len());
    for piece in &sought.pieces {
        let starts = occurrences(spoken, piece);
        if starts.is_empty() {
            return Vec::new();
        }
        pieces.push((starts, u32::try_from(piece.words.len()).unwrap_or(u32::MAX)));
    }
    let mut search = Search { pieces: &pieces, joints: &sought.joints, steps: 0 };
    let mut found: Vec<Located> = Vec::new();
    for start in pieces.first().map(|(starts, _)| starts.as_slice()).unwrap_or_default() {
        let mut placed = Vec::with_capacity(pieces.len());
        if search.place(0, *start, &mut placed) {
            let whole = is_whole(spoken, sought, start.stream, &placed);
            found.push(Located { stream: start.stream, pieces: placed, whole });
        }
        if search.steps > MOST_STEPS {
            break;
        }
    }
    let is_own = |located: &Located| {
        let first = located.pieces.first().map_or(0, |piece| piece.start);
        let said = spoken.from(At { stream: located.stream, word: first }).first();
        said.is_some_and(|said| own.contains(&(located.stream, said.turn)))
    };
    found.sort_by_cached_key(|located| (!located.whole, !is_own(located), located.extent()));
    found.truncate(MOST_PLACES);
    found
}

/// Where a piece was said, by the rarest of its words.
pub(super) fn occurrences(spoken: &SpokenWords, piece: &Piece) -> Vec<At> {
    let ids: Vec<u32> = piece.words.iter().map(|word| spoken.id(word)).collect();
    if ids.contains(&UNSAID) {
        return Vec::new();
    }
    let rarest = ids.iter().zip(0_u32..).min_by_key(|(id, _)| spoken.places(**id).len());
    let Some((rarest, offset)) = rarest else { return Vec::new() };
    let starts = spoken.places(*rarest).iter().filter_map(|at| {
        let start = At { word: at.word.checked_sub(offset)?, ..*at };
        let said = spoken.from(start);
        let same = said.len() >= ids.len() && said.iter().zip(&ids).all(|(said, id)| said.word == *id);
        same.then_some(start)
    });
    starts.collect()
}

struct Search<'s> {
    /// For each piece where it was said, in order, and its length in words.
    pieces: &'s [(Vec<At>, u32)],
    joints: &'s [Joint],
    steps: usize,
}

impl Search<'_> {
    /// Places piece `number` at `start` and all after it. Nearer places are tried first.
    fn place(&mut self, number: usize, start: At, placed: &mut Vec<Range<u32>>) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        let Some((_, length)) = self.pieces.get(number) else { return false };
        let end = At { word: start.word.saturating_add(*length), ..start };
        placed.push(start.word..end.word);
        let Some((starts, _)) = self.pieces.get(number + 1) else { return true };
        let first = starts.partition_point(|at| *at < end);
        let limit = match self.joints.get(number) {
            Some(Joint::Replaced(_)) => end.word.saturating_add(REPLACED),
            Some(Joint::NextLine) => end.word,
            _ => u32::MAX,
        };
        let near = starts.iter().skip(first);
        let near: Vec<At> =
            near.take_while(|at| at.stream == start.stream && at.word <= limit).take(64).copied().collect();
        for next in near {
            if self.place(number + 1, next, placed) {
                return true;
            }
        }
        placed.pop();
        false
    }
}

/// Whether the pieces follow each other, and what stands in square brackets stands so in the transcript.
fn is_whole(spoken: &SpokenWords, sought: &Sought, stream: u32, placed: &[Range<u32>]) -> bool {
    let first = placed.first().map_or(0, |piece| piece.start);
    let last = placed.last().map_or(0, |piece| piece.end);
    let stands = |bracket: &Option<Piece>, at: u32| {
        bracket.as_ref().is_none_or(|held| words_between(spoken, stream, at, at) == held.words)
    };
    if !stands(&sought.before, first) || !stands(&sought.behind, last) {
        return false;
    }
    let mut between = placed.windows(2).zip(&sought.joints);
    between.all(|(pair, joint)| {
        let [before, after] = pair else { return false };
        before.end == after.start
            && match joint {
                Joint::Ellipsis | Joint::NextLine => true,
                Joint::Replaced(Piece { words, .. }) => {
                    words.is_empty() || words_between(spoken, stream, before.end, after.start) == *words
                }
            }
    })
}

/// Fewest words in a row that say something of where they were said.
const TELLING: u32 = 3;

/// Whether most words of a quotation were said one by one, here and there: with ellipses between them they would make any
/// sentence. What is left out between two words close by, or replaced, parts nothing.
pub(super) fn is_scattered(spoken: &SpokenWords, located: &Located) -> bool {
    let Some(stream) = spoken.streams.get(located.stream as usize) else { return false };
    let turn = |word: u32| stream.words.get(word as usize).map_or(0, |said| said.turn);
    let parted = |before: &Range<u32>, after: &Range<u32>| {
        after.start - before.end > REPLACED || turn(after.start) > turn(before.end.saturating_sub(1)) + 1
    };
    let length = |pieces: &[Range<u32>]| pieces.iter().map(|piece| piece.end - piece.start).sum::<u32>();
    let rows = located.pieces.chunk_by(|before, after| !parted(before, after)).map(length);
    let telling: u32 = rows.filter(|words| *words >= TELLING).sum();
    telling * 2 < length(&located.pieces)
}

/// What each pair of square brackets of a quotation that was found stands for, as clauses: what the transcript has between
/// the pieces around it.
pub(super) fn replaced(spoken: &SpokenWords, located: &Located, sought: &Sought) -> Vec<String> {
    let between = located.pieces.windows(2).zip(&sought.joints);
    let clause = |(pair, joint): (&[Range<u32>], &Joint)| {
        let ([before, after], Joint::Replaced(bracket)) = (pair, joint) else { return None };
        let Piece { words, text: bracket, .. } = bracket;
        if words.is_empty() || words_between(spoken, located.stream, before.end, after.start) == *words {
            return None;
        }
        Some(match said_between(spoken, located.stream, before.end..after.start) {
            Some(said) => format!("[{bracket}] stands for “{said}”"),
            None => format!("[{bracket}] is added"),
        })
    };
    let edge = |bracket: &Option<Piece>, at: u32| {
        let held = bracket.as_ref()?;
        let stands = words_between(spoken, located.stream, at, at) == held.words;
        (!stands).then(|| format!("[{}] is added", held.text))
    };
    let first = located.pieces.first().and_then(|piece| edge(&sought.before, piece.start));
    let last = located.pieces.last().and_then(|piece| edge(&sought.behind, piece.end));
    first.into_iter().chain(between.filter_map(clause)).chain(last).collect()
}

/// What a transcript has between its words `between.start - 1` and `between.end`, if anything, without the punctuation around it.
fn said_between(spoken: &SpokenWords, stream: u32, between: Range<u32>) -> Option<String> {
    let held = spoken.streams.get(stream as usize)?;
    let around = held.words.get(between.start.checked_sub(1)? as usize..=between.end as usize)?;
    let (first, last) = (around.first()?, around.last()?);
    if first.turn != last.turn {
        // Labels stand between.
        let said = around.get(1..around.len() - 1)?.iter().filter_map(|word| word.span.slice(&held.text));
        return Some(said.collect::<Vec<_>>().join(" ")).filter(|said| !said.is_empty());
    }
    let said = text_between(spoken, stream, between)?;
    let said = said.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | ']'));
    said.contains(char::is_alphanumeric).then(|| said.to_owned())
}

/// The words of a transcript between two words in a row: they stand in square brackets there.
fn words_between(spoken: &SpokenWords, stream: u32, before: u32, after: u32) -> Vec<String> {
    let text = text_between(spoken, stream, before..after).unwrap_or_default();
    SpokenWords::analyser().tokens(text).map(|token| token.word.exact().to_owned()).collect()
}

/// The text between the word before a range and the one behind it.
fn text_between(spoken: &SpokenWords, stream: u32, between: Range<u32>) -> Option<&str> {
    let held = spoken.streams.get(stream as usize)?;
    let start = held.words.get(between.start.checked_sub(1)? as usize)?.span.end;
    let end = held.words.get(between.end as usize)?.span.start;
    held.text.get(start as usize..end as usize)
}

/// Whether a piece stands in the transcript with the same marks between its words: all marks of one kind alike, blanks and
/// capitals aside.
pub(super) fn same_marks(spoken: &SpokenWords, stream: u32, range: &Range<u32>, piece: &Piece) -> bool {
    let Some(place) = spoken.place(stream, std::slice::from_ref(range)) else { return true };
    let Some(held) = spoken.streams.get(stream as usize) else { return true };
    if place.turns.len() > 1 {
        // Labels stand between.
        return true;
    }
    let said = place.pieces.first().and_then(|span| span.slice(&held.text)).unwrap_or_default();
    marks(&without_asides(said)) == marks(&piece.text)
}

/// The marks between the words of a text, as they are compared.
fn marks(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let folded = text.nfkc().filter(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let folded = folded.filter_map(|c| match c {
        '“' | '”' | '„' | '«' | '»' | '"' | '‘' | '’' | '\'' | '`' => Some('\''),
        '–' | '—' | '‒' | '―' | '-' | '‐' | '‑' => Some('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '*' | '_' => None,
        c if unicode_normalization::char::is_combining_mark(c) => None,
        c => Some(c),
    });
    folded.collect()
}

/// Words that are the same but for what is on their letters (`dan`, `dân`), as clauses. How a letter is composed and capitals
/// tell nothing.
pub(super) fn other_letters(
    spoken: &SpokenWords,
    stream: u32,
    range: &Range<u32>,
    piece: &Piece,
) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let Some(held) = spoken.streams.get(stream as usize) else { return Vec::new() };
    let said = held.words.get(range.start as usize..range.end as usize).unwrap_or_default();
    let letters = |word: &str| -> String {
        word.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
    };
    let pairs = said.iter().filter_map(|said| said.span.slice(&held.text)).zip(&piece.written);
    let other = pairs.filter(|(said, written)| {
        (!said.is_ascii() || !written.is_ascii()) && letters(said) != letters(written)
    });
    other.map(|(said, written)| format!("“{written}” where “{said}” was said")).collect()
}
