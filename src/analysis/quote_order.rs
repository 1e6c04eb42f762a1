//! The order in which quotes are listed: by code, theme, group, participant, length or place; under each heading the starred
//! ones come first, then the rest as they stand in the study.

use std::collections::BTreeMap;

use super::attribution::group_of;
use crate::study::{CodeId, ParticipantId, Quote, QuoteId, Study, TranscriptId, Voice};

/// What quotes are sorted by.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum QuoteOrder {
    /// The first of its codes, as the codebook has them; quotes without one last.
    Code,
    /// The first theme of its codes, in print order; quotes without one last.
    Theme,
    /// The compared or attributed group of who speaks first in it.
    Group,
    /// Who speaks first in it.
    Participant,
    /// Characters, the shortest first.
    Length,
    /// Its transcript.
    #[default]
    Place,
}

impl QuoteOrder {
    /// All of them, in the order in which a key goes through them.
    pub const ALL: [QuoteOrder; 6] = [
        QuoteOrder::Place,
        QuoteOrder::Code,
        QuoteOrder::Theme,
        QuoteOrder::Group,
        QuoteOrder::Participant,
        QuoteOrder::Length,
    ];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            QuoteOrder::Code => "code",
            QuoteOrder::Theme => "theme",
            QuoteOrder::Group => "group",
            QuoteOrder::Participant => "participant",
            QuoteOrder::Length => "length",
            QuoteOrder::Place => "place",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<QuoteOrder> {
        let word = crate::text::fold_name(word);
        QuoteOrder::ALL.into_iter().find(|order| order.name() == word)
    }
}

/// A quote in its place, and the heading that it stands under: a code, theme, group, participant or transcript; empty for
/// what has none, and by length.
#[derive(Clone, Debug)]
pub struct Placed<'s> {
    /// The quote.
    pub quote: &'s Quote,
    /// The heading.
    pub heading: &'s str,
    /// Who speaks in it.
    pub voices: Vec<Voice>,
}

/// Places of quotes in the order in which people read them: transcripts by name, numbers by size (`I2` before `I10`), then by
/// where a quote begins, the longer one of two first.
pub struct InOrder(BTreeMap<TranscriptId, usize>);

impl InOrder {
    /// Those of a study.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        Self(study.transcripts_by_name().into_iter().enumerate().map(|(at, held)| (held.id, at)).collect())
    }

    /// What to sort a quote by.
    #[must_use]
    pub fn place(&self, quote: &Quote) -> (usize, u32, std::cmp::Reverse<u32>, QuoteId) {
        let transcript = self.transcript(quote.transcript).unwrap_or(LAST);
        (transcript, quote.span.start, std::cmp::Reverse(quote.span.end), quote.id)
    }

    fn transcript(&self, id: TranscriptId) -> Option<usize> {
        self.0.get(&id).copied()
    }
}

/// Sorts quotes.
#[must_use]
pub fn order_quotes<'s>(
    study: &'s Study,
    quotes: impl IntoIterator<Item = &'s Quote>,
    order: QuoteOrder,
) -> Vec<Placed<'s>> {
    let ranks = Ranks::of(study, order);
    let mut voices_in = BTreeMap::new();
    let mut placed: Vec<((usize, bool), Placed<'_>)> = quotes
        .into_iter()
        .map(|quote| {
            let turns = study.turns_of(quote.revision);
            let voices =
                voices_in.entry(quote.transcript).or_insert_with(|| study.voices_in(quote.transcript));
            let voices = match (turns, voices) {
                (Some(turns), Some(voices)) => voices.of_quote(turns, quote),
                _ => Vec::new(),
            };
            let (rank, heading) = ranks.of_quote(quote, &voices);
            ((rank, !quote.starred), Placed { quote, heading, voices })
        })
        .collect();
    placed.sort_by(|(one, a), (other, b)| {
        one.cmp(other).then_with(|| ranks.places.place(a.quote).cmp(&ranks.places.place(b.quote)))
    });
    placed.into_iter().map(|(_, placed)| placed).collect()
}

/// Ranks and headings, looked up once.
struct Ranks<'s> {
    study: &'s Study,
    order: QuoteOrder,
    places: InOrder,
    codes: BTreeMap<CodeId, (usize, &'s str)>,
    people: BTreeMap<ParticipantId, (usize, &'s str)>,
}

/// After all that have a heading.
const LAST: usize = usize::MAX;

impl<'s> Ranks<'s> {
    fn of(study: &'s Study, order: QuoteOrder) -> Self {
        let (mut codes, mut people) = (BTreeMap::new(), BTreeMap::new());
        match order {
            QuoteOrder::Code => {
                let tree = study.codes_in_tree_order().into_iter().enumerate();
                codes.extend(tree.map(|(at, (_, code))| (code.id, (at, code.name.as_str()))));
            }
            QuoteOrder::Theme => {
                for (at, theme) in study.themes_in_order().into_iter().enumerate() {
                    for code in theme.codes().flat_map(|code| study.descendants(code)) {
                        codes.entry(code).or_insert((at, theme.name.as_str()));
                    }
                }
            }
            QuoteOrder::Participant => {
                let all = study.participants_by_name().into_iter().enumerate();
                people.extend(all.map(|(at, person)| (person.id, (at, person.name.as_str()))));
            }
            QuoteOrder::Group => {
                let groups: BTreeMap<ParticipantId, &str> = study
                    .participants()
                    .iter()
                    .filter_map(|person| Some((person.id, group_of(study, person.id)?)))
                    .collect();
                let mut names: Vec<&str> = groups.values().copied().collect();
                names.sort_unstable();
                names.dedup();
                let rank = |name: &str| names.binary_search(&name).unwrap_or(LAST);
                people.extend(groups.into_iter().map(|(person, name)| (person, (rank(name), name))));
            }
            QuoteOrder::Length | QuoteOrder::Place => {}
        }
        Self { study, order, places: InOrder::of(study), codes, people }
    }

    fn of_quote(&self, quote: &Quote, voices: &[Voice]) -> (usize, &'s str) {
        let found = match self.order {
            QuoteOrder::Code | QuoteOrder::Theme => {
                let codings = self.study.codings_on(quote.id);
                codings.filter_map(|coding| self.codes.get(&coding.code).copied()).min()
            }
            QuoteOrder::Group | QuoteOrder::Participant => voices
                .iter()
                .filter_map(|voice| voice.participant())
                .find_map(|who| self.people.get(&who).copied()),
            // The star comes before the length: see `order_quotes`.
            QuoteOrder::Length => {
                let length = quote.text.chars().count();
                return (if quote.starred { length } else { length + LAST / 2 }, "");
            }
            QuoteOrder::Place => {
                let rank = self.places.transcript(quote.transcript);
                let name =
                    self.study.transcripts().get(&quote.transcript).map_or("", |held| held.name.as_str());
                rank.map(|rank| (rank, name))
            }
        };
        found.unwrap_or((LAST, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::small::Small;

    fn ordered(small: &Small, order: QuoteOrder) -> Vec<(String, String)> {
        order_quotes(&small.study, small.study.quotes().iter(), order)
            .into_iter()
            .map(|placed| (placed.heading.to_owned(), placed.quote.text.clone()))
            .collect()
    }

    #[test]
    fn each_order_has_its_headings_and_stars_come_first() {
        let mut small = Small::new();
        small.interview("I2", &["ann: One two. Three.", "Int: Why?", "ann: Four."]);
        small.interview("I10", &["ben: Five six."]);
        small.group("ann", "public");
        small.group("ben", "clinician");
        small.study.settings.compare = Some("group".into());
        small.mark("c1", "I2", "[One two].", "Time");
        small.mark("c1", "I2", "[Three].", "Cost");
        small.mark("c1", "I10", "[Five six].", "Time");
        let four = small.quote("c1", "I2", "[Four].");
        small.star(four);
        small.theme("Money", &["Cost"], &[]);
        let said = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(heading, text)| ((*heading).into(), (*text).into())).collect()
        };
        assert_eq!(
            ordered(&small, QuoteOrder::Place),
            said(&[("I2", "Four"), ("I2", "One two"), ("I2", "Three"), ("I10", "Five six")])
        );
        assert_eq!(
            ordered(&small, QuoteOrder::Code),
            said(&[("Cost", "Three"), ("Time", "One two"), ("Time", "Five six"), ("", "Four")])
        );
        assert_eq!(ordered(&small, QuoteOrder::Theme)[0], ("Money".into(), "Three".into()));
        assert_eq!(
            ordered(&small, QuoteOrder::Group),
            said(&[
                ("clinician", "Five six"),
                ("public", "Four"),
                ("public", "One two"),
                ("public", "Three")
            ])
        );
        assert_eq!(ordered(&small, QuoteOrder::Participant)[3], ("ben".into(), "Five six".into()));
        assert_eq!(
            ordered(&small, QuoteOrder::Length),
            said(&[("", "Four"), ("", "Three"), ("", "One two"), ("", "Five six")])
        );
    }
}
