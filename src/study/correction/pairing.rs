//! Which turns of a new text are which of the old, and what their numbers are: a turn keeps its number for ever.

use crate::study::TurnNumber;

/// Above this many pairs of turns, those between the first and the last difference are paired in order.
const MOST_PAIRS: usize = 4_000_000;

/// For each item of `new`, the item of `old` that it is, in rising order: equal items by the longest common subsequence,
/// then the first of those between two such pairs in order.
pub(super) fn pair<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_middle = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    let mut pairs: Vec<Option<usize>> = (0..head).map(Some).collect();
    pairs.extend(pair_middle(old_middle, new_middle).into_iter().map(|of| of.map(|of| head + of)));
    pairs.extend((old.len() - tail..old.len()).map(Some));
    pairs
}

fn pair_middle<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let mut pairs = match old.len().saturating_mul(new.len()) {
        0 => vec![None; new.len()],
        cells if cells > MOST_PAIRS => vec![None; new.len()],
        _ => common(old, new),
    };
    // What stands between two pairs is the same turn changed, in order.
    let (mut next_old, mut at) = (0, 0);
    while at < pairs.len() {
        let gap = pairs.iter().skip(at).take_while(|pair| pair.is_none()).count();
        let anchor = pairs.get(at + gap).copied().flatten();
        let free = anchor.unwrap_or(old.len()).saturating_sub(next_old);
        for (step, pair) in pairs.iter_mut().skip(at).take(gap.min(free)).enumerate() {
            *pair = Some(next_old + step);
        }
        next_old = anchor.map_or(old.len(), |anchor| anchor + 1);
        at += gap + 1;
    }
    pairs
}

/// More than turns that could stand in the place of each other: there are fewer of them than this in the smaller text.
const EQUAL: u32 = 1 << 16;

/// The longest common subsequence; of several, one that lets most of the others stand in the place of each other.
fn common<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let width = new.len() + 1;
    let mut most = vec![0u32; (old.len() + 1) * width];
    let value = |table: &[u32], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    let both = |a: &T, b: &T| if a == b { EQUAL } else { 1 };
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let through = value(&most, i + 1, j + 1) + both(a, b);
            let best = through.max(value(&most, i + 1, j)).max(value(&most, i, j + 1));
            if let Some(cell) = most.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let mut pairs = vec![None; new.len()];
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        if value(&most, i, j) == value(&most, i + 1, j + 1) + both(a, b) {
            if let Some(pair) = pairs.get_mut(j).filter(|_| a == b) {
                *pair = Some(i);
            }
            (i, j) = (i + 1, j + 1);
        } else if value(&most, i + 1, j) >= value(&most, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The numbers of the new turns, of which `is_same` tells those that are word for word what they were. One changed turn
/// that became several is split (41a, 41b); turns that came in after an unchanged one take letters after it (41, 41a).
/// `None` if there is no room for a letter.
pub(super) fn number(
    old: &[TurnNumber],
    pairs: &[Option<usize>],
    is_same: impl Fn(usize) -> bool,
) -> Option<Vec<TurnNumber>> {
    let mut numbers: Vec<TurnNumber> = Vec::with_capacity(pairs.len());
    let mut at = 0;
    while at < pairs.len() {
        // Turns before the first have no number to take a letter of.
        let of = pairs.get(at).copied().flatten()?;
        let number = *old.get(of)?;
        let follower = old.get(of + 1);
        let added = pairs.iter().skip(at + 1).take_while(|pair| pair.is_none()).count();
        let splits = added > 0 && number.part == 0 && !is_same(at);
        for step in 0..=added {
            let part = number.part.checked_add(u8::try_from(step + usize::from(splits)).ok()?)?;
            let next = TurnNumber { part, ..number };
            if part > 26 || (step > 0 && follower.is_some_and(|follower| next >= *follower)) {
                return None;
            }
            numbers.push(next);
        }
        at += added + 1;
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbered(old: &str, new: &str) -> Option<String> {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let numbers: Vec<TurnNumber> = (1..).take(old.len()).map(TurnNumber::whole).collect();
        let pairs = pair(&old, &new);
        let found = number(&numbers, &pairs, |at| pairs[at].is_some_and(|of| old[of] == new[at]))?;
        Some(found.iter().map(TurnNumber::to_string).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn turns_keep_their_numbers_through_corrections() {
        assert_eq!(numbered("abcd", "abcd").as_deref(), Some("1 2 3 4"));
        assert_eq!(numbered("abcd", "abXd").as_deref(), Some("1 2 3 4"));
        assert_eq!(numbered("abcd", "abd").as_deref(), Some("1 2 4"));
        assert_eq!(numbered("abcd", "aXbcd").as_deref(), Some("1 1a 2 3 4"));
        assert_eq!(numbered("abcd", "abXYd").as_deref(), Some("1 2 3a 3b 4"));
        assert_eq!(numbered("abcd", "acXd").as_deref(), Some("1 3 3a 4"));
        assert_eq!(numbered("abcde", "adcbe").as_deref(), Some("1 2 3 4 5"));
        assert_eq!(numbered("abcdefg", "aebcdfg").as_deref(), Some("1 1a 2 3 4 6 7"));
        assert_eq!(numbered("abcd", "Xabcd"), None);
        assert_eq!(numbered("", ""), Some(String::new()));
    }

    proptest! {
        #[test]
        fn pairs_rise_and_equal_texts_pair_wholly(old in "[a-d]{0,12}", new in "[a-d]{0,12}") {
            let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let pairs = pair(&a, &b);
            prop_assert_eq!(pairs.len(), b.len());
            let found: Vec<usize> = pairs.iter().copied().flatten().collect();
            prop_assert!(found.windows(2).all(|two| two[0] < two[1]));
            prop_assert!(found.iter().all(|of| *of < a.len()));
            prop_assert_eq!(pair(&a, &a), (0..a.len()).map(Some).collect::<Vec<_>>());
            let numbers: Vec<TurnNumber> = (1..).take(a.len()).map(TurnNumber::whole).collect();
            if let Some(numbers) = number(&numbers, &pairs, |at| pairs[at].is_some_and(|of| a[of] == b[at])) {
                prop_assert!(numbers.windows(2).all(|two| two[0] < two[1]));
            }
        }
    }
}
