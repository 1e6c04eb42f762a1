//! How large a file is, in words.

/// The size of a file of so many bytes as people read it: `812 bytes`, `214 kB`, `1.3 MB`. A kB is 1,000 bytes, as file managers
/// count.
#[must_use]
pub fn size_of_file(bytes: usize) -> String {
    const STEPS: [(usize, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    // A size that would be rounded up to the next unit is said in that one.
    let Some((unit, name)) = STEPS.into_iter().find(|(unit, _)| bytes >= unit - unit / 2_000) else {
        return super::counted(bytes, "byte", "bytes");
    };
    let tenths = (bytes * 10 + unit / 2) / unit;
    match (tenths / 10, tenths % 10) {
        // Whole numbers tell enough from ten on.
        (10.., _) => format!("{} {name}", (bytes + unit / 2) / unit),
        (whole, 0) => format!("{whole} {name}"),
        (whole, tenth) => format!("{whole}.{tenth} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_the_unit_that_people_read() {
        let said = [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_549, "1.5 kB"),
            (9_960, "10 kB"),
            (214_400, "214 kB"),
            (999_499, "999 kB"),
            (999_600, "1 MB"),
            (1_300_000, "1.3 MB"),
            (2_000_000_000, "2 GB"),
        ];
        for (bytes, words) in said {
            assert_eq!(size_of_file(bytes), words, "{bytes}");
        }
    }
}
