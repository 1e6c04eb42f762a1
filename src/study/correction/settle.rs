//! Quotes in doubt: where each may stand now, and what its coder decides.

use std::collections::BTreeMap;

use super::rewriting::Rewriting;
use crate::study::{
    AttributeValue, BasketEntry, Change, CodeId, Coding, Memo, MemoOn, Quote, RevisionId, Study, Summary,
    Usage,
};
use crate::text::{Span, widen_to_graphemes};

/// Where a quote in doubt may stand in the current text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The passage that came in its place, if there is one.
    pub place: Option<Span>,
    /// The byte where it stood, or what is nearest to that now.
    pub near: u32,
}

impl Rewriting {
    /// Where a passage of the former text may stand in the new `text`: the widest that its words became.
    #[must_use]
    pub fn propose(&self, old: Span, text: &str) -> Proposal {
        let hull = self.hull(old, false);
        let place = Some(widen_to_graphemes(text, hull).trimmed(text)).filter(|place| !place.is_empty());
        Proposal { place, near: place.map_or(hull.start, |place| place.start) }
    }
}

impl Study {
    /// A quote in doubt takes a passage of the current revision, whose words are `words`. If its coder has a quote there
    /// already, what is on the two comes together on that one, and the other goes.
    #[must_use]
    pub fn changes_to_place(
        &self,
        quote: &Quote,
        revision: RevisionId,
        span: Span,
        words: &str,
    ) -> Vec<Change> {
        let twin = self
            .quotes_at(quote.transcript, span)
            .find(|held| held.id != quote.id && (held.coder, held.revision) == (quote.coder, revision));
        match twin {
            None => {
                let after = Quote { revision, span, text: words.to_owned(), ..quote.clone() };
                vec![Change::update(quote.clone(), after)]
            }
            Some(twin) => self.changes_to_unite(quote, twin),
        }
    }

    /// All that hangs on a quote goes to another of the same coder, and the quote goes.
    fn changes_to_unite(&self, from: &Quote, into: &Quote) -> Vec<Change> {
        let mut changes = Vec::new();
        let held: BTreeMap<CodeId, &Coding> =
            self.codings_on(into.id).map(|coding| (coding.code, coding)).collect();
        for coding in self.codings_on(from.id) {
            changes.push(match held.contains_key(&coding.code) {
                true => Change::delete(coding.clone()),
                false => Change::update(coding.clone(), Coding { quote: into.id, ..coding.clone() }),
            });
        }
        for memo in self.memos_on(MemoOn::Quote(from.id)) {
            changes.push(Change::update(memo.clone(), Memo { on: MemoOn::Quote(into.id), ..memo.clone() }));
        }
        for summary in self.summaries().iter().filter(|summary| summary.quotes.contains(&from.id)) {
            let mut quotes = summary.quotes.clone();
            quotes.retain(|id| *id != from.id);
            if !quotes.contains(&into.id) {
                quotes.push(into.id);
            }
            changes.push(Change::update(summary.clone(), Summary { quotes, ..summary.clone() }));
        }
        for value in self.attribute_values().iter().filter(|value| value.quote == Some(from.id)) {
            let after = AttributeValue { quote: Some(into.id), ..value.clone() };
            changes.push(Change::update(value.clone(), after));
        }
        for entry in self.basket_entries().iter().filter(|entry| entry.quote == from.id) {
            let there = |held: &BasketEntry| (held.coder, held.quote) == (entry.coder, into.id);
            changes.push(match self.basket_entries().iter().any(there) {
                true => Change::delete(entry.clone()),
                false => Change::update(entry.clone(), BasketEntry { quote: into.id, ..entry.clone() }),
            });
        }
        for usage in self.usages().iter().filter(|usage| usage.quote == from.id) {
            changes.push(Change::delete(usage.clone()));
            if !self.usages().has(&(into.id, usage.draft.clone())) {
                changes.push(Change::create(Usage { quote: into.id, ..usage.clone() }));
            }
        }
        if from.starred && !into.starred {
            changes.push(Change::update(into.clone(), Quote { starred: true, ..into.clone() }));
        }
        changes.push(Change::delete(from.clone()));
        changes
    }

    /// A quote goes, with its codings and memos, and is taken out of baskets, summaries and what rests on it.
    #[must_use]
    pub fn changes_to_drop(&self, quote: &Quote) -> Vec<Change> {
        let mut changes: Vec<Change> = self.codings_on(quote.id).cloned().map(Change::delete).collect();
        changes.extend(self.memos_on(MemoOn::Quote(quote.id)).cloned().map(Change::delete));
        for summary in self.summaries().iter().filter(|summary| summary.quotes.contains(&quote.id)) {
            let mut quotes = summary.quotes.clone();
            quotes.retain(|id| *id != quote.id);
            changes.push(Change::update(summary.clone(), Summary { quotes, ..summary.clone() }));
        }
        for value in self.attribute_values().iter().filter(|value| value.quote == Some(quote.id)) {
            changes.push(Change::update(value.clone(), AttributeValue { quote: None, ..value.clone() }));
        }
        let entries = self.basket_entries().iter().filter(|entry| entry.quote == quote.id);
        changes.extend(entries.cloned().map(Change::delete));
        changes.extend(
            self.usages().iter().filter(|usage| usage.quote == quote.id).cloned().map(Change::delete),
        );
        changes.push(Change::delete(quote.clone()));
        changes
    }
}
