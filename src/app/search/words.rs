//! What the search screen says in words.

use super::Failed;
use crate::app::Model;
use crate::text::Span;

impl Model {
    /// What came of the query, in one line.
    #[must_use]
    pub fn search_summary(&self) -> String {
        let search = &self.search;
        if !self.complete {
            return String::from("The study is still being read.");
        }
        if self.study.transcripts().is_empty() {
            return String::from(
                "There is nothing to search yet: Esc, then `:import` and a file or a folder.",
            );
        }
        if let Some(answer) = &search.answer {
            let listed = answer.hits.len();
            let hits = if answer.total == 1 { "hit" } else { "hits" };
            let transcripts = if answer.groups.len() == 1 { "transcript" } else { "transcripts" };
            let people = if answer.people == 1 { "person" } else { "people" };
            return match (listed, answer.total) {
                (0, _) => {
                    String::from("No hits. Fewer words, part of a word with * (commun*), or OR find more.")
                }
                (listed, total) if listed < total => format!(
                    "The best {listed} of {total} {hits} are listed; another word or a filter narrows it down."
                ),
                _ => format!(
                    "{listed} {hits} in {} {transcripts} · {} {people}",
                    answer.groups.len(),
                    answer.people
                ),
            };
        }
        match search.waiting {
            true => String::from("Searching …"),
            false => String::new(),
        }
    }

    /// What to type, while nothing is.
    #[must_use]
    pub fn search_advice(&self) -> &'static [&'static str] {
        &[
            "time pressure          both words, in any form",
            "\"time pressure\"        these very words, side by side",
            "\"time pressure\"~5      with at most five words between",
            "commun*   colour~      begins so; one letter different",
            "time OR money   -cost  one of them; without that one",
            "code:time  in:FG06  group:clinician  is:uncoded",
        ]
    }

    /// What is wrong with the query, and the bytes of it that it is about.
    #[must_use]
    pub fn search_failure(&self) -> Option<(&str, Option<Span>)> {
        match self.search.failed.as_ref()? {
            Failed::Query { sentence, at } => Some((sentence, Some(*at))),
            Failed::Search(sentence) => Some((sentence, None)),
        }
    }

    /// Codes that this coder has put on the passage of the chosen hit.
    #[must_use]
    pub fn hit_detail(&self) -> Option<String> {
        let (spot, _) = self.hit_passage()?;
        let revision = self.search.hit()?.revision;
        let mine = self.study.quotes_in(spot.transcript).filter(|quote| {
            quote.coder == self.me.id && quote.revision == revision && quote.span.overlaps(spot.span)
        });
        let codings = mine.flat_map(|quote| self.study.codings_on(quote.id));
        let mut names: Vec<&str> = codings
            .filter_map(|coding| self.study.codes().get(&coding.code).map(|code| code.name.as_str()))
            .collect();
        names.sort_unstable();
        names.dedup();
        (!names.is_empty()).then(|| format!("coded: {}", names.join(", ")))
    }
}
