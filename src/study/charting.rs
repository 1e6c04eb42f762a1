//! Summaries of the framework matrix: whose is where, and how two of them become one.

use super::{Case, CoderId, QuoteId, Study, Summary, SummaryState, Topic};

impl Study {
    /// What a coder wrote of a case on a topic.
    #[must_use]
    pub fn summary_of(&self, coder: CoderId, case: Case, topic: &Topic) -> Option<&Summary> {
        self.summaries_in(case, topic).find(|summary| summary.coder == coder)
    }

    /// What everybody wrote of a case on a topic, the latest last.
    pub fn summaries_in(&self, case: Case, topic: &Topic) -> impl Iterator<Item = &Summary> {
        let mut found: Vec<&Summary> = self
            .summaries()
            .iter()
            .filter(|summary| summary.case == case && summary.topic == *topic)
            .collect();
        found.sort_by_key(|summary| (summary.at, summary.id));
        found.into_iter()
    }

    /// The name of a column, if it is in the study.
    #[must_use]
    pub fn topic_name(&self, topic: &Topic) -> Option<&str> {
        match topic {
            Topic::Theme(id) => self.themes().get(id).map(|theme| theme.name.as_str()),
            Topic::Code(id) => self.codes().get(id).map(|code| code.name.as_str()),
            Topic::Component(of) => self.components().get(&of.key()).map(|held| held.label.as_str()),
        }
    }

    /// The name of a row, if it is in the study.
    #[must_use]
    pub fn case_name(&self, case: Case) -> Option<&str> {
        match case {
            Case::Participant(id) => self.participants().get(&id).map(|person| person.name.as_str()),
            Case::Group(id) => self.transcripts().get(&id).map(|transcript| transcript.name.as_str()),
        }
    }
}

impl Summary {
    /// This summary with another one below it, under a divider that says where that came from. Nobody has seen the two
    /// together: it is a draft, to be looked at again.
    #[must_use]
    pub fn joined_with(&self, other: &Summary, from: &str) -> Summary {
        let mut quotes: Vec<QuoteId> = self.quotes.clone();
        quotes.extend(other.quotes.iter().filter(|quote| !self.quotes.contains(quote)));
        Summary {
            at: self.at.max(other.at),
            text: put_below(&self.text, from, &other.text),
            state: SummaryState::Drafted,
            quotes,
            basis: None,
            checked_by: None,
            ..self.clone()
        }
    }
}

/// Two texts under one another, with a line between them that says where the second one came from.
#[must_use]
pub fn put_below(text: &str, from: &str, other: &str) -> String {
    format!("{}\n\n--- {from} ---\n\n{}", text.trim_end(), other.trim_end())
}
