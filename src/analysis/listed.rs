//! Which quotes a list offers where nobody asks for more: those of the layers of record, of which counts are made, and one's own.

use std::collections::BTreeMap;

use super::quote_order::{Placed, QuoteOrder, order_quotes};
use crate::study::{CoderId, Quote, QuoteId, Study, TranscriptId};

/// What [`ListedQuotes`] are, in words for a header or a help.
pub const LISTED_LAYERS: &str = "layers of record and yours";

/// Whose quotes are listed.
pub struct ListedQuotes {
    all: bool,
    me: Option<CoderId>,
    of_record: BTreeMap<TranscriptId, Option<CoderId>>,
}

impl ListedQuotes {
    /// Those that are listed for this coder: of the layers of record, and their own.
    #[must_use]
    pub fn of(study: &Study, me: CoderId) -> Self {
        Self { me: Some(me), ..Self::of_record(study) }
    }

    /// Those of the layers of record alone, of which counts are made.
    #[must_use]
    pub fn of_record(study: &Study) -> Self {
        let layers = study.transcripts().iter().map(|held| (held.id, study.layer_of_record(held.id)));
        Self { all: false, me: None, of_record: layers.collect() }
    }

    /// Those of all coders.
    #[must_use]
    pub fn of_all() -> Self {
        Self { all: true, me: None, of_record: BTreeMap::new() }
    }

    /// Whether a quote is among them.
    #[must_use]
    pub fn has(&self, quote: &Quote) -> bool {
        self.all
            || self.me == Some(quote.coder)
            || self.of_record.get(&quote.transcript) == Some(&Some(quote.coder))
    }
}

/// The quotes of current texts that are listed of these layers, if `found` finds them, in an order.
#[must_use]
pub fn listed_quotes<'s>(
    study: &'s Study,
    layers: &ListedQuotes,
    found: impl Fn(&Quote) -> bool,
    order: QuoteOrder,
) -> Vec<Placed<'s>> {
    let wanted = |quote: &&Quote| study.is_current(quote) && layers.has(quote) && found(quote);
    order_quotes(study, study.quotes().iter().filter(wanted), order)
}

/// Each passage once, in the order of what is listed: of quotes that mark the same one, and of which the same is said, the
/// starred one; else that of the layer of record; else the first. `of` gives the quote of what is listed, and what is said of it.
#[must_use]
pub fn each_passage_once<T, K: Ord>(
    study: &Study,
    listed: Vec<T>,
    of: impl Fn(&T) -> (QuoteId, K),
) -> Vec<T> {
    let of_record = ListedQuotes::of_record(study);
    let worth = |id: QuoteId| study.quotes().get(&id).map(|quote| (quote.starred, of_record.has(quote)));
    let mut places = BTreeMap::new();
    let mut once: Vec<T> = Vec::with_capacity(listed.len());
    for held in listed {
        let (id, said) = of(&held);
        let Some(quote) = study.quotes().get(&id) else { continue };
        let place = *places.entry((quote.revision, quote.span, said)).or_insert(once.len());
        match once.get_mut(place) {
            None => once.push(held),
            Some(other) if worth(id) > worth(of(other).0) => *other = held,
            Some(_) => {}
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::small::Small;

    #[test]
    fn the_layer_of_record_and_ones_own_are_listed() {
        let mut small = Small::new();
        small.interview("I1", &["ann: One two. Three."]);
        small.study.settings.lead = Some("c1".into());
        for coder in ["c1", "c2"] {
            small.mark(coder, "I1", "[One two].", "Time");
        }
        let listed = |me: &str| -> Vec<String> {
            let me = small.study.coder_named(me).unwrap().id;
            let listed = ListedQuotes::of(&small.study, me);
            let mut coders: Vec<String> = small
                .study
                .quotes()
                .iter()
                .filter(|quote| listed.has(quote))
                .map(|quote| small.study.coder_name(quote.coder).to_owned())
                .collect();
            coders.sort();
            coders
        };
        assert_eq!(listed("c1"), ["c1"]);
        assert_eq!(listed("c2"), ["c1", "c2"]);
    }

    #[test]
    fn a_passage_stands_once_by_the_layer_of_record_unless_another_starred_it() {
        let mut small = Small::new();
        small.interview("I1", &["ann: One two. Three."]);
        small.study.settings.lead = Some("c1".into());
        for (coder, words) in [("c2", "[One two]."), ("c1", "[One two]."), ("c2", "[Three].")] {
            small.mark(coder, "I1", words, "Time");
        }
        let once = |study: &Study| -> Vec<String> {
            let mut all: Vec<&Quote> = study.quotes().iter().collect();
            all.sort_by_key(|quote| (quote.span, quote.coder));
            let kept = each_passage_once(study, all, |quote| (quote.id, ()));
            kept.iter().map(|quote| format!("{} {}", quote.text, study.coder_name(quote.coder))).collect()
        };
        assert_eq!(once(&small.study), ["One two c1", "Three c2"]);
        let theirs = small
            .study
            .quotes()
            .iter()
            .find(|quote| quote.text == "One two" && small.study.coder_name(quote.coder) == "c2");
        let theirs = theirs.unwrap().clone();
        let starred = Quote { starred: true, ..theirs.clone() };
        small.study.apply(&[crate::study::Change::update(theirs, starred)]).unwrap();
        assert_eq!(once(&small.study), ["One two c2", "Three c2"]);
    }
}
