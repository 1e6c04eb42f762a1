//! The filter of the memos: words, and `kind:`, `by:` and `on:` with a word or something between quotation marks.

use crate::study::MemoKind;
use crate::text::fold_name;

/// What narrows a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// The kind of memo.
    Kind,
    /// Who wrote it.
    Author,
    /// What it is on.
    Thing,
}

impl Facet {
    const ALL: [Facet; 3] = [Facet::Kind, Facet::Author, Facet::Thing];

    /// The word in front of it, with its colon.
    fn prefix(self) -> &'static str {
        match self {
            Facet::Kind => "kind:",
            Facet::Author => "by:",
            Facet::Thing => "on:",
        }
    }
}

/// A filter that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Folded values by facet.
    facets: Vec<(Facet, String)>,
    /// Folded words.
    pub(super) words: Vec<String>,
}

/// What a filter looks in.
pub(super) struct Looked<'m> {
    pub(super) kind: MemoKind,
    pub(super) author: &'m str,
    pub(super) thing: &'m str,
    /// Folded; asked for only where there are words.
    pub(super) text: &'m str,
}

impl Wanted {
    pub(super) fn parse(filter: &str) -> Wanted {
        let mut wanted = Wanted::default();
        for term in terms(filter) {
            let facet =
                Facet::ALL.into_iter().find_map(|facet| Some((facet, term.strip_prefix(facet.prefix())?)));
            match facet {
                Some((facet, value)) => wanted.facets.push((facet, fold_name(&value.replace('"', "")))),
                None => wanted
                    .words
                    .extend(Some(fold_name(&term.replace('"', ""))).filter(|word| !word.is_empty())),
            }
        }
        wanted
    }

    pub(super) fn takes(&self, looked: &Looked<'_>) -> bool {
        let facet = |(facet, value): &(Facet, String)| match facet {
            Facet::Kind => {
                let name = looked.kind.name();
                name.starts_with(&value.replace([' ', '-'], "_"))
            }
            Facet::Author => fold_name(looked.author).starts_with(value.as_str()),
            Facet::Thing => fold_name(looked.thing).contains(value.as_str()),
        };
        self.facets.iter().all(facet) && self.words.iter().all(|word| looked.text.contains(word.as_str()))
    }
}

/// The filter with one facet set to a value in place of what it had.
pub(super) fn with_facet(filter: &str, facet: Facet, value: &str) -> String {
    let mut kept: Vec<&str> =
        terms(filter).into_iter().filter(|term| !term.starts_with(facet.prefix())).collect();
    let quoted = if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() };
    let term = format!("{}{quoted}", facet.prefix());
    kept.insert(0, &term);
    kept.join(" ")
}

/// A filter cut at blanks that do not stand between quotation marks.
pub(in crate::app) fn terms(filter: &str) -> Vec<&str> {
    let mut quoted = false;
    let parts = filter.split(move |c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    parts.filter(|term| !term.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(filter: &str) -> bool {
        let (author, thing) = ("c1", "code “Appointment time”");
        let text = "the turning point of the interview";
        Wanted::parse(filter).takes(&Looked { kind: MemoKind::FieldNote, author, thing, text })
    }

    #[test]
    fn all_that_is_typed_must_hold() {
        assert!(
            takes("")
                && takes("turning inter")
                && takes("kind:field by:C1")
                && takes("on:\"appointment time\"")
        );
        assert!(takes("kind:\"field note\" point") && takes("kind:field_note"));
        assert!(!takes("kind:analytic") && !takes("by:c2") && !takes("on:work") && !takes("kind:field lost"));
        assert!(takes("kind:") && takes("on:\"") && takes("\""), "what is half typed hides nothing");
    }

    #[test]
    fn a_facet_takes_the_place_of_what_it_had() {
        assert_eq!(
            with_facet("kind:analytic by:c1 time", Facet::Kind, "discussion"),
            "kind:discussion by:c1 time"
        );
        assert_eq!(with_facet("on:\"a b\" c", Facet::Thing, "d e"), "on:\"d e\" c");
    }
}
