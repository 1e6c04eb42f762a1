//! Two texts of one transcript side by side: what of one stands where in the other, whatever became of the turns between
//! them. Turns may have been split, joined, moved or numbered anew, so nothing here goes by their numbers.

use crate::study::{Turn, TurnNumber, Turns, lies_in_tombstones, tombstones};
use crate::text::{Span, Stretch, Unit, diff_words, has_word, units};

/// One text of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The number of its revision.
    pub number: u32,
    /// Its turns.
    pub turns: Turns,
    /// The text.
    pub text: String,
}

impl Edition {
    /// What of some spans is speech, turn by turn, in order and without blank edges; those that touch are one. Tombstones are nothing to erase.
    pub(super) fn speech_in(&self, spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
        let mut found: Vec<Span> = spans
            .into_iter()
            .flat_map(|span| {
                let touched = self.turns.turns.get(self.turns.overlapping(span)).unwrap_or_default();
                touched.iter().filter_map(move |turn| span.intersection(turn.speech))
            })
            .map(|span| span.trimmed(&self.text))
            .filter(|span| !span.is_empty() && !lies_in_tombstones(&self.text, *span))
            .collect();
        found.sort_unstable();
        found.dedup_by(|next, last| {
            let between = Span { start: last.end, end: next.start.max(last.end) };
            let blank = between.slice(&self.text).is_some_and(|between| between.trim().is_empty());
            let one = next.start < last.end || (blank && self.is_one_turn(*last, *next));
            if one {
                *last = last.hull(*next);
            }
            one
        });
        found
    }

    /// Where words are said, as they are written and not within longer words.
    pub(super) fn occurrences(&self, words: &str) -> Vec<Span> {
        let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (begins, ends) = (is_part(words.chars().next()), is_part(words.chars().next_back()));
        let stands_alone = |at: usize| {
            let before = self.text.get(..at).and_then(|text| text.chars().next_back());
            let after = self.text.get(at + words.len()..).and_then(|text| text.chars().next());
            !(begins && is_part(before) || ends && is_part(after))
        };
        let found = self.text.match_indices(words).filter(|(at, _)| !words.is_empty() && stands_alone(*at));
        self.speech_in(found.map(|(at, held)| Span::new(at, at + held.len())))
    }

    fn is_one_turn(&self, one: Span, other: Span) -> bool {
        self.turn_of(one).is_some_and(|turn| turn.speech.overlaps(other))
    }

    pub(super) fn turn_of(&self, span: Span) -> Option<&Turn> {
        self.turns.turns.get(self.turns.overlapping(span).start).filter(|turn| turn.speech.overlaps(span))
    }

    fn said(&self, turn: &Turn) -> &str {
        turn.speech.slice(&self.text).unwrap_or_default()
    }
}

/// One text against another of the same transcript, word by word.
pub(super) struct Comparison<'v> {
    from: &'v Edition,
    to: &'v Edition,
    stretches: Vec<Stretch>,
}

impl<'v> Comparison<'v> {
    pub(super) fn of(from: &'v Edition, to: &'v Edition) -> Comparison<'v> {
        Comparison { from, to, stretches: diff_words(&from.text, &to.text) }
    }

    /// Where words that go from one text stand in the other. What reads the same is found as it is. Where a turn reads
    /// otherwise, all goes that does: nobody reads that text any more, and rather too much of it than too little. Words
    /// that stand nowhere else any more are found wherever they were.
    ///
    /// # Errors
    /// If the words may stand in a turn of the other text that says much the same in another place: that turn.
    pub(super) fn follow(&self, gone: &[Span]) -> Result<Vec<Span>, TurnNumber> {
        let mut there = Vec::new();
        for span in gone {
            let same = self.touched(*span).all(|stretch| stretch.same);
            let words = span.slice(&self.from.text).unwrap_or_default();
            let elsewhere = self.to.occurrences(words).into_iter().filter(|at| !self.has_counterpart(*at));
            let mut found: Vec<Span> = elsewhere.collect();
            if same {
                found.extend(self.image(*span));
            }
            let turn = self.from.turn_of(*span).filter(|_| !same);
            // A turn that stands elsewhere in the other text has nothing in the place that it was moved to.
            let moved = |turn: &Turn| {
                found.iter().filter_map(|at| self.to.turn_of(*at)).any(|other| self.say_the_same(turn, other))
            };
            if let Some(turn) = turn.filter(|turn| !moved(turn)) {
                if let Some(lost) = self.moved_away(turn).filter(|_| found.is_empty()) {
                    return Err(lost.number);
                }
                found.extend(self.image(*span));
                let other = self.touched(turn.speech).filter(|stretch| !stretch.same);
                found.extend(other.map(|stretch| stretch.new));
            }
            there.extend(found);
        }
        Ok(self.to.speech_in(there))
    }

    /// The turns of the first text whose words a turn of the second has, and how many bytes of each.
    pub(super) fn counterparts(&self, turn: &Turn) -> Vec<(&'v Turn, usize)> {
        let mut found: Vec<(&Turn, usize)> = Vec::new();
        for stretch in self.stretches.iter().filter(|stretch| stretch.same) {
            let Some(shared) = stretch.new.intersection(turn.speech) else { continue };
            let start = stretch.old.start + (shared.start - stretch.new.start);
            let shared = Span { start, end: start + (shared.end - shared.start) };
            let turns = &self.from.turns;
            for other in turns.turns.get(turns.overlapping(shared)).unwrap_or_default() {
                let bytes = shared.intersection(other.speech).map_or(0, Span::len);
                match found.last_mut() {
                    Some((last, held)) if last.number == other.number => *held += bytes,
                    _ => found.push((other, bytes)),
                }
            }
        }
        found
    }

    /// What a span of the first text touches, what came in between its words included.
    fn touched(&self, from: Span) -> impl Iterator<Item = &Stretch> {
        let inside = move |at: Span| at.is_empty() && from.start < at.start && at.start < from.end;
        self.stretches.iter().filter(move |stretch| stretch.old.overlaps(from) || inside(stretch.old))
    }

    /// The least that surely holds what a span became. `None` if nothing stands in its place.
    fn image(&self, from: Span) -> Option<Span> {
        let new = |stretch: &Stretch| match stretch.old.intersection(from) {
            Some(both) if stretch.same => {
                let start = stretch.new.start + (both.start - stretch.old.start);
                Span { start, end: start + (both.end - both.start) }
            }
            _ => stretch.new,
        };
        self.touched(from).map(new).filter(|new| !new.is_empty()).reduce(Span::hull)
    }

    /// Whether a passage of the second text stands in the first one too.
    fn has_counterpart(&self, to: Span) -> bool {
        self.stretches.iter().any(|stretch| stretch.same && stretch.new.covers(to))
    }

    /// A turn of the second text that is not in the first one, but says much of what `turn` does in another place.
    fn moved_away(&self, turn: &Turn) -> Option<&'v Turn> {
        let place = self.image(turn.speech).unwrap_or_default();
        let kept = |other: &Turn| -> usize { self.counterparts(other).iter().map(|(_, bytes)| bytes).sum() };
        let is_looked_through = |other: &Turn| tombstones(self.to.said(other)).next().is_some();
        self.to.turns.turns.iter().find(|other| {
            !place.overlaps(other.speech)
                && kept(other) * 2 < other.speech.len()
                && !is_looked_through(other)
                && self.say_the_same(turn, other)
        })
    }

    /// Turns of the first text that say much of what a turn of the second does, wherever they stand.
    pub(super) fn alike(&self, turn: &Turn) -> impl Iterator<Item = &'v Turn> {
        self.from.turns.turns.iter().filter(move |other| self.say_the_same(other, turn))
    }

    fn say_the_same(&self, from: &Turn, to: &Turn) -> bool {
        say_much_the_same(self.from.said(from), self.to.said(to))
    }
}

/// Whether two speeches have half of the words of the longer one in common.
fn say_much_the_same(one: &str, other: &str) -> bool {
    let words = |speech: &str| -> Vec<String> {
        let words = units(speech, Unit::Word).into_iter().filter_map(|word| word.slice(speech));
        words.map(str::to_lowercase).collect()
    };
    let (one, mut left) = (words(one), words(other));
    let most = one.len().max(left.len());
    let shared = one.iter().filter(|word| {
        let at = left.iter().position(|held| held == *word);
        at.map(|at| left.swap_remove(at)).is_some()
    });
    has_word(other) && shared.count() * 2 >= most
}
