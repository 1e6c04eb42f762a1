//! How often each participant was coded, all of them at once.

use std::collections::BTreeMap;

use super::Counter;
use crate::study::{CodeId, ParticipantId, RevisionId};

impl Counter<'_> {
    /// Codings in which each participant speaks, whatever their code: for each the same number as counting all codes with
    /// that participant alone in the scope. Who is in none is not in it.
    #[must_use]
    pub fn codings_by_person(&self) -> BTreeMap<ParticipantId, u32> {
        let codes = self.study().codes().iter().map(|code| code.id).collect();
        let mut counts: BTreeMap<ParticipantId, u32> = BTreeMap::new();
        // The passage that each participant was last coded in: what overlaps it is the same coding.
        let mut open: BTreeMap<ParticipantId, (usize, CodeId, RevisionId, u32)> = BTreeMap::new();
        for passage in self.passages(&codes) {
            let (span, revision) = (passage.quote.span, passage.quote.revision);
            for person in self.people_of(passage.quote).unwrap_or_default() {
                let here = (passage.transcript, passage.coding.code, revision);
                match open.get_mut(&person) {
                    Some((transcript, code, held, end))
                        if (*transcript, *code, *held) == here && span.start < *end =>
                    {
                        *end = (*end).max(span.end);
                    }
                    _ => {
                        open.insert(person, (here.0, here.1, here.2, span.end));
                        *counts.entry(person).or_default() += 1;
                    }
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::Scope;
    use super::super::small::Small;
    use crate::study::{CodeId, ParticipantId};

    #[test]
    fn each_person_is_counted_as_if_alone() {
        let mut small = Small::new();
        small.interview(
            "I1",
            &["Int: How is it?", "Ann: I am so tired of the forms.", "Ben: So am I, always."],
        );
        small.focus_group("FG1", &["Ann: Time is short.", "Ben: It is."]);
        small.mark("c1", "I1", "[I am so tired] of", "Time");
        small.mark("c1", "I1", "am [so tired of the forms].", "Time");
        small.mark("c1", "I1", "of [the forms].", "Paper");
        small.mark("c1", "I1", "[So am I], always", "Time");
        small.mark("c1", "FG1", "[Time is] short", "Time");
        small.mark("c2", "FG1", "[It is].", "Time");
        let (ann, ben) = (small.person("Ann"), small.person("Ben"));
        let codes: BTreeSet<CodeId> = small.study.codes().iter().map(|code| code.id).collect();
        let everybody = Scope::default();
        let counts = small.sheets.counter(&small.study, &everybody).codings_by_person();
        // Ann: two overlapping ones are one, the forms are another code, and the focus group. c2 is not of record.
        assert_eq!((counts[&ann], counts[&ben]), (3, 1));
        for person in [ann, ben] {
            let alone = Scope { people: Some(BTreeSet::<ParticipantId>::from([person])), ..Scope::default() };
            let count = small.sheets.counter(&small.study, &alone).count_codes(&codes);
            assert_eq!(counts[&person], count.all.codings);
        }
    }
}
