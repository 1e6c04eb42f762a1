//! Numbers with their nouns.

/// A number with what it counts: `1 coding`, `12,345 codings`. Thousands are parted by commas.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// A number alone, its thousands parted by commas.
#[must_use]
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_thousands_have_commas() {
        let shown = [0, 1, 2, 999, 1_000, 1_234_567].map(|count| counted(count, "person", "people"));
        assert_eq!(
            shown,
            ["0 people", "1 person", "2 people", "999 people", "1,000 people", "1,234,567 people"]
        );
    }
}
