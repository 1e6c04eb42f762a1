//! The scanner: all patterns over one text, the watch list first.

use std::collections::HashSet;
use std::fmt;

use regex::{Regex, RegexSet};
use serde::{Deserialize, Serialize};

use super::flat::Flat;
use super::names::Names;
use super::patterns::{Pattern, Patterns, WATCH_LIST, without_boundaries};
use super::watch::{Watch, folded_words};
use crate::text::{Span, fold_name, widen_to_graphemes};

/// How far before a match a word that makes it graver is looked for, in characters.
const BEFORE: usize = 40;

/// How grave a finding is. The gravest is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A note.
    Low,
    /// Somebody must look.
    Medium,
    /// Stops an export until it is settled.
    High,
}

impl Severity {
    /// The word used in files and screens.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Words that may tell who somebody is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where: bytes of the text, half-open, on grapheme boundaries.
    pub span: Span,
    /// The pattern that found it (`title_name`), or [`WATCH_LIST`].
    pub pattern: String,
    /// How grave it is.
    pub severity: Severity,
    /// What of it is replaced: `Pughe` of `Dr Pughe`, `Angharad` of `my daughter, Angharad`; else all of it.
    pub name: Span,
}

/// Finds words that may tell who somebody is. Making one compiles the patterns anew; scanning changes nothing in it, so that
/// one does all texts.
#[derive(Clone, Debug)]
pub struct Scanner {
    watch: Watch,
    /// Patterns of the watch list.
    own: Vec<Regex>,
    patterns: Vec<Pattern>,
    /// Pseudonyms of the file of names, as they are compared: no pattern finds them.
    pseudonyms: HashSet<String>,
    /// The patterns without word boundaries: which of them are worth a try in a paragraph.
    worth: Option<RegexSet>,
}

/// A match before overlaps are settled: the rank of its pattern (0 is the watch list), and the finding.
struct Match {
    rank: usize,
    whole: bool,
    finding: Finding,
}

impl Scanner {
    /// A scanner with this watch list and these patterns.
    #[must_use]
    pub fn new(names: &Names, patterns: &Patterns) -> Self {
        let loose = patterns.list.iter().map(|pattern| without_boundaries(pattern.regex.as_str()));
        Self {
            watch: Watch::over(names.watched()),
            own: names.patterns().to_vec(),
            patterns: patterns.list.clone(),
            pseudonyms: names.pseudonyms().into_iter().map(same_words).collect(),
            // Without the set every pattern is tried everywhere, which is slower and finds the same.
            worth: RegexSet::new(loose).ok(),
        }
    }

    /// All findings in a text: in order, disjoint, none cutting a grapheme.
    #[must_use]
    pub fn scan(&self, text: &str) -> Vec<Finding> {
        let flat = Flat::of(text);
        let mut matches = Vec::new();
        let mut add = |rank: usize, span: Span, pattern: &str, severity: Severity| {
            let span = widen_to_graphemes(text, span);
            let finding = Finding { span, pattern: pattern.to_owned(), severity, name: span };
            matches.push(Match { rank, whole: false, finding });
        };
        for span in self.watch.find(text) {
            add(0, span, WATCH_LIST, Severity::High);
        }
        for own in &self.own {
            let found = own.find_iter(&flat.text).filter(|found| !found.is_empty());
            for found in found {
                add(0, flat.original(found.start(), found.end()), WATCH_LIST, Severity::High);
            }
        }
        let mut start = 0;
        for paragraph in flat.text.split('\n') {
            for at in self.worth_trying(paragraph) {
                let Some(pattern) = self.patterns.get(at) else { continue };
                each_match(pattern, paragraph, |from, to| {
                    let severity = severity_at(pattern, &flat.text, start + from);
                    let span = flat.original(start + from, start + to);
                    let kept = pattern.keeps.as_ref().and_then(|keeps| keeps.find(paragraph.get(from..to)?));
                    let kept = kept.map_or(0, |kept| kept.end());
                    let name = flat.original(start + from + kept, start + to);
                    // What replaced a name tells nobody.
                    if name.slice(text).is_some_and(|name| self.is_pseudonym(name)) {
                        return;
                    }
                    let finding = Finding {
                        span: widen_to_graphemes(text, span),
                        pattern: pattern.id.clone(),
                        severity,
                        name: widen_to_graphemes(text, name),
                    };
                    matches.push(Match { rank: at + 1, whole: pattern.whole, finding });
                });
            }
            start += paragraph.len() + 1;
        }
        settle(matches)
    }

    fn is_pseudonym(&self, words: &str) -> bool {
        !self.pseudonyms.is_empty() && self.pseudonyms.contains(&same_words(words))
    }

    fn worth_trying(&self, paragraph: &str) -> Vec<usize> {
        match &self.worth {
            _ if paragraph.is_empty() => Vec::new(),
            Some(worth) => worth.matches(paragraph).into_iter().collect(),
            None => (0..self.patterns.len()).collect(),
        }
    }
}

/// Gives the matches of a pattern in a paragraph that its validator takes. After one that it does not take, the search goes
/// on at the next character: a number that is none may reach into one that is.
fn each_match(pattern: &Pattern, paragraph: &str, mut take: impl FnMut(usize, usize)) {
    let mut at = 0;
    while let Some(found) = pattern.regex.find_at(paragraph, at) {
        let taken = pattern.validator.is_none_or(|validator| validator(found.as_str()));
        at = found.start() + found.as_str().chars().next().map_or(1, char::len_utf8);
        if taken && !found.is_empty() {
            take(found.start(), found.end());
            at = found.end();
        }
        if at > paragraph.len() {
            break;
        }
    }
}

/// How grave a match of the pattern is that begins at that byte of the plain text.
fn severity_at(pattern: &Pattern, text: &str, start: usize) -> Severity {
    let Some(graver) = &pattern.escalate_before else { return pattern.severity };
    let before = text.get(..start).unwrap_or_default();
    let from = before.char_indices().rev().take(BEFORE).last().map_or(start, |(at, _)| at);
    if graver.is_match(before.get(from..).unwrap_or_default()) { Severity::High } else { pattern.severity }
}

/// Leaves one finding where several overlap.
fn settle(mut matches: Vec<Match>) -> Vec<Finding> {
    // A watched word inside an address is part of the address, which takes its rank and, being longer, comes first.
    let watched: Vec<Span> =
        matches.iter().filter(|held| held.rank == 0).map(|held| held.finding.span).collect();
    for held in matches.iter_mut().filter(|held| held.whole) {
        if watched.iter().any(|span| held.finding.span.covers(*span)) {
            (held.rank, held.finding.severity) = (0, Severity::High);
        }
    }
    matches.sort_by(|a, b| {
        let key = |held: &Match| (held.rank, std::cmp::Reverse(held.finding.span.len()), held.finding.span);
        key(a).cmp(&key(b))
    });
    let mut kept: Vec<Finding> = Vec::new();
    for held in matches {
        let at = kept.partition_point(|finding| finding.span.end <= held.finding.span.start);
        if kept.get(at).is_none_or(|next| next.span.start >= held.finding.span.end) {
            kept.insert(at, held.finding);
        }
    }
    kept
}

/// The words of a finding as they are compared with those of others: `O’SHEA` and `O'Shea` are the same, and so are the two
/// ways of writing a number in groups.
#[must_use]
pub fn same_words(words: &str) -> String {
    let folded = folded_words(words);
    if folded.is_empty() { fold_name(words) } else { folded.join(" ") }
}
