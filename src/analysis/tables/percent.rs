//! Per cent as Tables 1 and 2 print it.

/// Tenths of a per cent of each count, as they are printed: rounded half up to a whole number; below two per cent to one
/// decimal, as a category of one person would else read as 1 or 2 (1 of 66: 1.5). They need not add up to 100.
#[must_use]
pub fn percents(counts: &[u32], of: u32) -> Vec<u32> {
    let one = |count: &u32| {
        let (count, of) = (u64::from(*count), u64::from(of));
        let tenths = (count * 2000 + of).checked_div(of * 2).unwrap_or(0);
        let whole = (count * 200 + of).checked_div(of * 2).unwrap_or(0);
        u32::try_from(if tenths < 20 { tenths } else { whole * 10 }).unwrap_or(u32::MAX)
    };
    counts.iter().map(one).collect()
}

/// The same in whole numbers that add up to 100: each is rounded down, and what is then missing goes to those that lost
/// most by it, of these to the larger count, then to the first one (the largest remainder). Counts that do not add up to
/// `of` are rounded as by [`percents`].
#[must_use]
pub fn percents_to_100(counts: &[u32], of: u32) -> Vec<u32> {
    if of == 0 || counts.iter().map(|count| u64::from(*count)).sum::<u64>() != u64::from(of) {
        return percents(counts, of);
    }
    let share = |count: u32| (u64::from(count) * 100 / u64::from(of), u64::from(count) * 100 % u64::from(of));
    let mut whole: Vec<u64> = counts.iter().map(|count| share(*count).0).collect();
    let mut losers: Vec<(usize, u32)> = counts.iter().copied().enumerate().collect();
    losers.sort_by_key(|(at, count)| std::cmp::Reverse((share(*count).1, *count, std::cmp::Reverse(*at))));
    let missing = usize::try_from(100_u64.saturating_sub(whole.iter().sum())).unwrap_or(0);
    for (at, _) in losers.into_iter().take(missing) {
        if let Some(held) = whole.get_mut(at) {
            *held += 1;
        }
    }
    whole.into_iter().map(|percent| u32::try_from(percent * 10).unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_goes_up_and_small_ones_keep_a_decimal() {
        // By hand: 20 of 85 is 23.53, 36 of 85 is 42.35, 1 of 66 is 1.515, 1 of 8 is 12.5.
        assert_eq!(percents(&[20, 36], 85), [240, 420]);
        assert_eq!(percents(&[1], 66), [15]);
        assert_eq!(percents(&[1], 8), [130]);
        assert_eq!(percents(&[0], 0), [0]);
    }

    #[test]
    fn forced_to_100_what_lost_most_gets_one_more() {
        // 47, 36, 2 of 85: 55.29, 42.35, 2.35. One is missing; .353 is lost twice, and 36 is the larger count.
        assert_eq!(percents_to_100(&[47, 36, 2], 85), [550, 430, 20]);
        assert_eq!(percents_to_100(&[1, 1, 1], 3), [340, 330, 330]);
        assert_eq!(percents_to_100(&[], 0), Vec::<u32>::new());
    }

    proptest! {
        #[test]
        fn forced_ones_add_up_and_are_less_than_one_off(counts in prop::collection::vec(0u32..400, 1..12)) {
            let of: u32 = counts.iter().sum();
            prop_assume!(of > 0);
            let forced = percents_to_100(&counts, of);
            prop_assert_eq!(forced.iter().sum::<u32>(), 1000);
            for (count, tenths) in counts.iter().zip(forced) {
                prop_assert!((f64::from(*count) * 100.0 / f64::from(of) - f64::from(tenths) / 10.0).abs() < 1.0);
            }
        }
    }
}
