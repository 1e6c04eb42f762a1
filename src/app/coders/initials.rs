//! A coder's name in two or three letters, for the margin.

/// The initials of a name of several words; of one word its beginning, whole if it is short (`c2`).
#[must_use]
pub fn initials(name: &str) -> String {
    /// Letters at the most.
    const MOST: usize = 3;
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [] => name.chars().take(MOST).collect(),
        [one] if one.chars().count() <= MOST => (*one).to_owned(),
        [one] => one.chars().take(2).collect(),
        several => several.iter().filter_map(|word| word.chars().next()).take(MOST).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn two_or_three_letters_tell_coders_apart() {
        let of: Vec<String> = ["c2", "Kim", "Alexandra", "Ruth ap Owen", "d.jones", "—"].map(initials).into();
        assert_eq!(of, ["c2", "Kim", "Al", "RaO", "dj", "—"]);
    }
}
