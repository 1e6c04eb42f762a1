//! The filter of the history: words, and `by:`, `day:`, `on:` with a word or something between quotation marks.

use super::TimelineRow;
use crate::app::memos::terms;
use crate::text::fold_name;

/// A filter that was read; everything in it folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    by: Vec<String>,
    day: Vec<String>,
    words: Vec<String>,
}

impl Wanted {
    /// `today` is the day as rows say it.
    pub(super) fn parse(filter: &str, today: &str) -> Wanted {
        let mut wanted = Wanted::default();
        for term in terms(filter) {
            let folded = |text: &str| fold_name(&text.replace('"', ""));
            if let Some(by) = term.strip_prefix("by:") {
                wanted.by.push(folded(by));
            } else if let Some(day) = term.strip_prefix("day:") {
                let day = folded(day);
                wanted.day.push(if day == "today" { today.to_owned() } else { day });
            } else {
                // What an action was on stands in what it is called.
                wanted.words.push(folded(term.strip_prefix("on:").unwrap_or(term)));
            }
        }
        wanted
    }

    pub(super) fn takes(&self, row: &TimelineRow) -> bool {
        self.by.iter().all(|by| fold_name(&row.author).starts_with(by.as_str()))
            && self.day.iter().all(|day| row.day.starts_with(day.as_str()))
            && self.words.iter().all(|word| row.searched.contains(word.as_str()))
    }
}
