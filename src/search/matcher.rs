//! Reads one turn with a plan: whether it is a hit, and what to highlight. Also what the index is tested
//! against.

use super::plan::{Part, Plan};
use crate::text::{Analyser, Language, Span, Token, widen_to_graphemes};

/// Reads turns, one after the other.
pub(super) struct Matcher<'p> {
    plan: &'p Plan,
    english: Analyser,
    other: Analyser,
    tokens: Vec<Token>,
    /// What each pattern of the plan matches in the turn.
    found: Vec<Vec<Span>>,
}

impl<'p> Matcher<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            english: Analyser::new(Language::English),
            other: Analyser::new(Language::Other),
            tokens: Vec::new(),
            found: vec![Vec::new(); plan.patterns.len()],
        }
    }

    /// Whether the turn at `place`, which says `speech`, is a hit. If so, the stretches of `speech` that make
    /// it one are put into `matches`: in order, on grapheme boundaries, none overlapping another.
    pub(super) fn read(
        &mut self,
        place: u32,
        speech: &str,
        language: Language,
        matches: &mut Vec<Span>,
    ) -> bool {
        matches.clear();
        if self.is_ruled_out(place) {
            return false;
        }
        self.find_patterns(speech, language);
        if !self.check(&self.plan.part, place, speech, matches) {
            matches.clear();
            return false;
        }
        for span in matches.iter_mut() {
            *span = widen_to_graphemes(speech, *span);
        }
        join_overlapping(matches);
        true
    }

    /// How often a pattern matched in the turn read last.
    pub(super) fn occurrences(&self, pattern: usize) -> u32 {
        self.found.get(pattern).map_or(0, |found| u32::try_from(found.len()).unwrap_or(u32::MAX))
    }

    /// How many words the turn read last has; 0 if nobody needed to know.
    pub(super) fn length(&self) -> usize {
        self.tokens.len()
    }

    /// Whether a filter alone says that the turn is no hit: then its words need not be looked at.
    fn is_ruled_out(&self, place: u32) -> bool {
        match &self.plan.part {
            Part::Set(set) => !set.has(place),
            Part::All(parts) => matches!(parts.first(), Some(Part::Set(set)) if !set.has(place)),
            _ => false,
        }
    }

    fn find_patterns(&mut self, speech: &str, language: Language) {
        self.tokens.clear();
        if self.plan.patterns.is_empty() {
            return;
        }
        let analyser = match language {
            Language::English => &mut self.english,
            Language::Other => &mut self.other,
        };
        self.tokens.extend(analyser.tokens(speech));
        for (pattern, found) in self.plan.patterns.iter().zip(&mut self.found) {
            found.clear();
            pattern.find(&self.tokens, language, found);
        }
    }

    /// Whether `part` holds; if so, what it matches is appended.
    fn check(&self, part: &Part, place: u32, speech: &str, matches: &mut Vec<Span>) -> bool {
        let before = matches.len();
        let holds = match part {
            Part::Set(set) => return set.has(place),
            Part::Text(number) => {
                matches.extend(self.found.get(*number).into_iter().flatten());
                matches.len() > before
            }
            Part::Regex(regex) => {
                let stretches = regex.find_iter(speech).map(|stretch| Span::from(stretch.range()));
                matches.extend(stretches.filter(|span| !span.is_empty()));
                matches.len() > before
            }
            Part::Not(inner) => {
                let holds = self.check(inner, place, speech, matches);
                matches.truncate(before);
                return !holds;
            }
            Part::All(parts) => parts.iter().all(|part| self.check(part, place, speech, matches)),
            Part::Any(parts) => {
                let mut any = false;
                for part in parts {
                    any |= self.check(part, place, speech, matches);
                }
                any
            }
        };
        if !holds {
            matches.truncate(before);
        }
        holds
    }
}

fn join_overlapping(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let overlaps = next.start < kept.end;
        if overlaps {
            *kept = kept.hull(*next);
        }
        overlaps
    });
}
