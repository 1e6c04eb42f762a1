//! Times in a recording, as transcripts write them.

/// `00:12:44`, of so many milliseconds.
#[must_use]
pub fn clock_words(ms: u32) -> String {
    let seconds = ms / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
