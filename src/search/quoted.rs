//! Which quotes a query finds: those of the turns that it finds, as far as its filters on codings hold of the quote itself.

use super::{Plan, TurnSet};
use crate::study::{Quote, Study};

impl Plan {
    /// Whether a query that found these turns finds a quote.
    #[must_use]
    pub fn finds_quote(&self, study: &Study, found: &TurnSet, quote: &Quote) -> bool {
        study.is_current(quote) && self.asks_for(study, quote) && self.touches(found, quote)
    }

    /// Whether a quote shares a byte with one of these turns.
    fn touches(&self, turns: &TurnSet, quote: &Quote) -> bool {
        let Some(entry) = self.corpus().entry_of(quote.transcript) else { return false };
        let first = |index: usize| entry.first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
        let range = entry.turns.overlapping(quote.span);
        turns.count_in(first(range.start)..first(range.end)) > 0
    }
}
