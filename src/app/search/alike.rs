//! From a passage to others: those that resemble it and are not coded yet, and those in which people of the same group say
//! the opposite. Both are queries of the search language, so that marking, coding and reviewing work on what they find.

use std::collections::BTreeSet;

use crate::app::{Effect, Model, Screen, Spot};
use crate::search::query::{Filter, FilterName};
use crate::study::{AttributeOf, CodeId, Quote, Side, Subject, Valence, Voice};
use crate::text::CodePoints;

/// A passage to start from, with the coding that is meant by it.
struct Start {
    spot: Spot,
    code: Option<(CodeId, Option<Valence>)>,
}

impl Model {
    /// Searches for uncoded turns that resemble the quote, or the passage, that keys act on.
    pub(in crate::app) fn find_alike(&mut self) -> Vec<Effect> {
        let Some(start) = self.starting_passage() else { return self.refuse_start() };
        let Some(place) = self.place_in_query(start.spot) else { return self.refuse_start() };
        let words = [
            filter(FilterName::Like, false, place),
            filter(FilterName::Is, false, "uncoded".into()),
            filter(FilterName::By, true, self.me.name.clone()),
            filter(FilterName::Speaker, false, "participant".into()),
        ];
        self.run_query(&words.join(" "))
    }

    /// Searches for codings of the same theme, by others of the same group, whose valence is the opposite.
    pub(in crate::app) fn find_opposite(&mut self) -> Vec<Effect> {
        let Some(start) = self.starting_passage() else { return self.refuse_start() };
        let Some((code, valence)) = start.code else {
            self.refuse("There is no coding here to find the opposite of.");
            return Vec::new();
        };
        let opposite = match valence {
            Some(Valence::Barrier) => Side::Facilitator,
            Some(Valence::Facilitator) => Side::Barrier,
            Some(Valence::Both) | None => {
                self.refuse("The coding here is neither just a barrier nor just a facilitator: nothing is its opposite.");
                return Vec::new();
            }
        };
        let framework = &self.study.settings.framework;
        let lineage = self.study.lineage(code);
        let theme = lineage.iter().find_map(|code| self.study.themes_with(code.id).into_iter().next());
        let subject = match (theme, self.study.component_of(code, framework)) {
            (Some(theme), _) => filter(FilterName::Theme, true, theme.name.clone()),
            (None, Some(component)) => filter(FilterName::Component, true, component.id.clone()),
            (None, None) => {
                self.refuse(
                    "Its code is in no theme and under no component, so nothing can be set against it.",
                );
                return Vec::new();
            }
        };
        let mut words = vec![
            subject,
            filter(FilterName::Valence, true, opposite.name().to_owned()),
            filter(FilterName::Is, false, "record".into()),
        ];
        let speakers = self.people_speaking_at(start.spot);
        let compared = self.compared();
        let attribute =
            compared.as_deref().and_then(|name| self.study.attribute_named(AttributeOf::Participant, name));
        if let (Some(attribute), Some(first)) = (attribute, speakers.first())
            && let Some(group) = self.study.value_of(Subject::Participant(*first), attribute)
            && let Some(group) = group.counted()
        {
            let name = crate::search::FilterNames::of(&self.study).find(&attribute.name);
            words.extend(name.map(|name| filter(name, true, group.to_owned())));
        }
        for speaker in speakers {
            let name = self.study.participants().get(&speaker).map(|person| person.name.clone());
            words.extend(name.map(|name| format!("-{}", filter(FilterName::Speaker, true, name))));
        }
        self.run_query(&words.join(" "))
    }

    fn refuse_start(&mut self) -> Vec<Effect> {
        self.refuse("There is no passage here to start from.");
        Vec::new()
    }

    /// The quote under the cursor or in the list; while reading or searching without one, the passage.
    fn starting_passage(&self) -> Option<Start> {
        if let Some(quote) = self.listed_quote() {
            let about = match self.screen {
                Screen::Codebook => self.codebook.about.map(|code| self.study.descendants(code)),
                Screen::Matrix => {
                    self.matrix.grid.columns.get(self.matrix.column).map(|column| column.codes.clone())
                }
                Screen::Tables => self.tables.codes_asked(),
                _ => None,
            };
            return Some(Start { spot: spot_of(quote), code: self.meant_by(quote, about.as_ref()) });
        }
        if self.screen == Screen::Read
            && let Some(here) = self.coding_here()
        {
            let valence = self.study.effective_valence(here.coding);
            return Some(Start { spot: spot_of(here.quote), code: Some((here.coding.code, valence)) });
        }
        // Elsewhere a quote is chosen, or nothing is.
        let on_passages = matches!(self.screen, Screen::Read | Screen::Search);
        self.target().filter(|_| on_passages).map(|spot| Start { spot, code: None })
    }

    /// The coding of a quote that a list shows it for: one with one of those codes, else its first one with a valence.
    fn meant_by(&self, quote: &Quote, about: Option<&BTreeSet<CodeId>>) -> Option<(CodeId, Option<Valence>)> {
        let codings = self.study.codings_on(quote.id);
        let mut codings = codings.map(|coding| (coding.code, self.study.effective_valence(coding)));
        match about {
            Some(about) if self.screen == Screen::Codebook => codings.find(|(code, _)| about.contains(code)),
            about => {
                let all: Vec<_> =
                    codings.filter(|(code, _)| about.is_none_or(|about| about.contains(code))).collect();
                all.iter().find(|(_, valence)| valence.is_some()).or_else(|| all.first()).copied()
            }
        }
    }

    /// Who speaks in a passage, each once, in order.
    fn people_speaking_at(&self, spot: Spot) -> Vec<crate::study::ParticipantId> {
        let (Some(turns), Some(voices)) =
            (self.study.turns(spot.transcript), self.study.voices_in(spot.transcript))
        else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for turn in turns.turns.get(turns.overlapping(spot.span)).unwrap_or_default() {
            if let Some(person) = Voice::participant(voices.of(turn))
                && !found.contains(&person)
            {
                found.push(person);
            }
        }
        found
    }

    /// A passage as `like:` takes it: its code points where its text is at hand, else the turn that it begins in.
    fn place_in_query(&self, spot: Spot) -> Option<String> {
        let transcript = self.study.transcripts().get(&spot.transcript)?;
        if let Some(text) = self.texts.get(transcript.revision) {
            let (start, end) = CodePoints::new(text).of_span(spot.span);
            return Some(format!("{}:{start}-{end}", transcript.name));
        }
        let turns = self.study.turns(spot.transcript)?;
        let turn = turns.turns.get(turns.index_at(spot.span.start as usize)?)?;
        Some(format!("{}:{}", transcript.name, turn.number))
    }
}

fn spot_of(quote: &Quote) -> Spot {
    Spot { transcript: quote.transcript, span: quote.span }
}

/// A filter as it is typed.
fn filter(name: FilterName, exact: bool, value: String) -> String {
    Filter { name, exact, value }.to_string()
}
