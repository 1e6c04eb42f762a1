//! A query that is still being typed: its last word may be the beginning of one.

use super::{Clause, Query, What};

impl Query {
    /// The query with its last word taken for a word or the beginning of one, as long as the cursor stands right behind
    /// it: `time pressu` then finds `pressure` as well. Anything else at the end stays as it is.
    #[must_use]
    pub fn while_typed(mut self) -> Query {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        if let Some(root) = &mut self.root {
            open_last(root, end);
        }
        self
    }
}

fn open_last(clause: &mut Clause, end: u32) {
    if clause.at.end != end {
        return;
    }
    match &mut clause.what {
        What::Word(word) => {
            let begin = Clause { at: clause.at, what: What::Prefix(word.clone()) };
            let whole = Clause { at: clause.at, what: What::Word(word.clone()) };
            let either = Clause { at: clause.at, what: What::Any(vec![whole, begin]) };
            clause.what = What::Group(Box::new(either));
        }
        What::All(clauses) | What::Any(clauses) => {
            if let Some(last) = clauses.last_mut() {
                open_last(last, end);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FilterNames, Query};
    use crate::study::Study;

    fn typed(text: &str) -> String {
        Query::parse(text, &FilterNames::of(&Study::default())).unwrap().while_typed().to_string()
    }

    #[test]
    fn only_a_word_at_the_very_end_may_be_a_beginning() {
        assert_eq!(typed("time pressu"), "time (pressu OR pressu*)");
        assert_eq!(typed("time OR pressu"), "time OR (pressu OR pressu*)");
        assert_eq!(typed("pressu"), "(pressu OR pressu*)");
        for same in
            ["time pressure ", "\"time pressu\"", "time -pressu", "is:coded", "time pressu*", "(time pressu)"]
        {
            assert_eq!(typed(same), same.trim_end());
        }
    }
}
