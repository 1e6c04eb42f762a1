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
            if answer.hits.is_empty() {
                return String::from(
                    "No hits. Fewer words, part of a word with * (commun*), or OR find more.",
                );
            }
            let counted =
                |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
            let mut said = format!(
                "{} in {} · {}",
                counted(answer.hits.len(), "hit", "hits"),
                counted(answer.transcripts, "transcript", "transcripts"),
                counted(answer.heard.len(), "person", "people")
            );
            if answer.by_likeness {
                said.push_str(" · the most alike first");
            }
            if search.marked_count() > 0 {
                said.push_str(&format!(" · {} marked", search.marked_count()));
            }
            if let Some(forms) = search.forms_words() {
                said.push_str(&format!(" · {forms}"));
            }
            return said;
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

    /// What would be coded, and what is coded there already.
    #[must_use]
    pub fn hit_detail(&self) -> Option<String> {
        if self.search.typing || self.search.hit().is_none() {
            return None;
        }
        let edited = self.search.reviewing.as_ref().is_some_and(|reviewing| reviewing.span.is_some());
        let rule = if edited { "your own passage" } else { super::span::rule_words(self.search.unit) };
        let rule = match self.codes_marked_hits() {
            true => format!("codes {} of {} marked", rule, self.search.marked_count()),
            false => format!("codes {rule}"),
        };
        Some(match self.codes_on_hit() {
            Some(coded) => format!("{coded} · {rule}"),
            None => rule,
        })
    }

    /// Where the chosen hit stands: `I43:41`.
    #[must_use]
    pub fn hit_address(&self) -> Option<String> {
        let hit = self.search.hit()?;
        Some(self.address(crate::app::Spot { transcript: hit.transcript, span: hit.speech }))
    }

    /// Codes that this coder has put on the passage of the chosen hit.
    fn codes_on_hit(&self) -> Option<String> {
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
