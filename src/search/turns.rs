//! Sets of turns, one bit each.

use std::ops::Range;

/// A set of turns of one [`Corpus`](super::Corpus), by their places in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnSet {
    bits: Vec<u64>,
    /// How many turns there are in all: no bit is set from here on.
    size: u32,
}

/// Turns in one word of bits.
const WORD: u32 = 64;

impl TurnSet {
    /// No turn of `size`.
    #[must_use]
    pub fn none(size: u32) -> Self {
        Self { bits: vec![0; size.div_ceil(WORD) as usize], size }
    }

    /// All turns of `size`.
    #[must_use]
    pub fn all(size: u32) -> Self {
        let mut set = Self::none(size);
        set.insert_range(0..size);
        set
    }

    /// Adds a turn. One beyond the corpus is left out.
    pub fn insert(&mut self, turn: u32) {
        if turn < self.size
            && let Some(word) = self.bits.get_mut((turn / WORD) as usize)
        {
            *word |= 1 << (turn % WORD);
        }
    }

    /// Takes a turn out.
    pub fn remove(&mut self, turn: u32) {
        if let Some(word) = self.bits.get_mut((turn / WORD) as usize) {
            *word &= !(1 << (turn % WORD));
        }
    }

    /// Adds the turns of a range.
    pub fn insert_range(&mut self, range: Range<u32>) {
        for (at, mask) in masks(range.start..range.end.min(self.size)) {
            if let Some(word) = self.bits.get_mut(at) {
                *word |= mask;
            }
        }
    }

    /// Whether a turn is in it.
    #[must_use]
    pub fn has(&self, turn: u32) -> bool {
        self.bits.get((turn / WORD) as usize).is_some_and(|word| word >> (turn % WORD) & 1 == 1)
    }

    /// How many are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bits.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    /// Whether all turns of the corpus are.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.len() == self.size as usize
    }

    /// How many of a range are in it.
    #[must_use]
    pub fn count_in(&self, range: Range<u32>) -> usize {
        let words = masks(range).map(|(at, mask)| self.bits.get(at).copied().unwrap_or(0) & mask);
        words.map(|word| word.count_ones() as usize).sum()
    }

    /// The first turn of a range that is in it.
    #[must_use]
    pub fn next_in(&self, range: Range<u32>) -> Option<u32> {
        let found = masks(range).find_map(|(at, mask)| {
            let word = self.bits.get(at)? & mask;
            (word != 0)
                .then(|| u32::try_from(at).unwrap_or(u32::MAX).saturating_mul(WORD) + word.trailing_zeros())
        });
        found.filter(|turn| *turn < self.size)
    }

    /// Its turns in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.iter_in(0..self.size)
    }

    /// Its turns of a range, in order.
    pub fn iter_in(&self, range: Range<u32>) -> impl Iterator<Item = u32> + '_ {
        let words = masks(range).map(|(at, mask)| (at, self.bits.get(at).copied().unwrap_or(0) & mask));
        words.flat_map(|(at, word)| {
            let base = u32::try_from(at).unwrap_or(u32::MAX).saturating_mul(WORD);
            let nonzero = |word: u64| Some(word).filter(|word| *word != 0);
            let rests = std::iter::successors(nonzero(word), move |word| nonzero(word & (word - 1)));
            rests.map(move |word| base + word.trailing_zeros())
        })
    }

    /// Keeps what is in `other` too.
    pub fn intersect(&mut self, other: &Self) {
        for (word, theirs) in self.bits.iter_mut().zip(other.bits.iter().chain(std::iter::repeat(&0))) {
            *word &= theirs;
        }
    }

    /// Adds what is in `other`.
    pub fn unite(&mut self, other: &Self) {
        for (word, theirs) in self.bits.iter_mut().zip(&other.bits) {
            *word |= theirs;
        }
    }

    /// Swaps what is in it for what is not.
    pub fn invert(&mut self) {
        for word in &mut self.bits {
            *word = !*word;
        }
        if let Some(last) = self.bits.last_mut()
            && !self.size.is_multiple_of(WORD)
        {
            *last &= !(u64::MAX << (self.size % WORD));
        }
    }
}

/// The words of bits that a range touches, each with a mask of the range's bits in it.
fn masks(range: Range<u32>) -> impl Iterator<Item = (usize, u64)> {
    let words = if range.is_empty() { 0..0 } else { range.start / WORD..range.end.div_ceil(WORD) };
    words.map(move |word| {
        let (first, past) = (word * WORD, (word + 1).saturating_mul(WORD));
        let low = u64::MAX << (range.start.max(first) - first);
        let high = u64::MAX >> (past - range.end.min(past));
        (word as usize, low & high)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set(size: u32, turns: &BTreeSet<u32>) -> TurnSet {
        let mut set = TurnSet::none(size);
        turns.iter().for_each(|turn| set.insert(*turn));
        set
    }

    proptest! {
        #[test]
        fn it_does_what_a_plain_set_does(
            size in 0u32..300,
            a in prop::collection::btree_set(0u32..300, 0..60),
            b in prop::collection::btree_set(0u32..300, 0..60),
            from in 0u32..300,
            length in 0u32..200,
        ) {
            let keep = |turns: BTreeSet<u32>| turns.into_iter().filter(|turn| *turn < size).collect::<BTreeSet<_>>();
            let (a, b) = (keep(a), keep(b));
            let range = from..from + length;
            let same = |found: &TurnSet, expected: BTreeSet<u32>| {
                prop_assert_eq!(found.iter().collect::<BTreeSet<_>>(), expected.clone());
                prop_assert_eq!(found.len(), expected.len());
                prop_assert_eq!(found.is_full(), expected.len() == size as usize);
                Ok(())
            };
            let mut both = set(size, &a);
            both.intersect(&set(size, &b));
            same(&both, a.intersection(&b).copied().collect())?;
            let mut either = set(size, &a);
            either.unite(&set(size, &b));
            same(&either, a.union(&b).copied().collect())?;
            let mut rest = set(size, &a);
            rest.invert();
            same(&rest, (0..size).filter(|turn| !a.contains(turn)).collect())?;
            let mut more = set(size, &a);
            more.insert_range(range.clone());
            same(&more, keep(a.iter().copied().chain(range.clone()).collect()))?;
            prop_assert_eq!(set(size, &a).count_in(range.clone()), a.range(range.clone()).count());
            let inside: Vec<u32> = a.range(range.clone()).copied().collect();
            prop_assert_eq!(set(size, &a).next_in(range.clone()), inside.first().copied());
            prop_assert_eq!(set(size, &a).iter_in(range).collect::<Vec<_>>(), inside);
        }
    }
}
