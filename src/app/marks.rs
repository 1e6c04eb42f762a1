//! Marks: places of a coder's own, by name; and the list of places that were left by a jump.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ask::{Asked, Choice, Chooser};
use super::codebook::{CodebookPlace, Page};
use super::{Effect, Model, Place, Screen, Spot};
use crate::study::{RevisionId, Succession, TranscriptId, TurnNumber};
use crate::text::Span;

/// Places by name. They are kept with the place, outside the study.
pub type Marks = BTreeMap<String, Mark>;

/// A place in a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Which transcript.
    pub transcript: TranscriptId,
    /// What was selected: bytes of its text.
    pub span: Span,
    /// The revision that these count in, and the turn: in another revision the mark is on the whole turn.
    #[serde(default)]
    pub turn: Option<(RevisionId, TurnNumber)>,
}

impl Model {
    /// Asks for the name of a mark.
    pub(super) fn ask_mark_name(&mut self) -> Vec<Effect> {
        self.prompt("mark this place as", "a letter or a word", "", Asked::MarkName)
    }

    /// Marks what is selected.
    pub(super) fn set_mark(&mut self, name: &str) -> Vec<Effect> {
        let Some(spot) = self.target().filter(|_| !name.is_empty()) else { return Vec::new() };
        let turn = self.study.turns(spot.transcript).and_then(|turns| {
            let turn = turns.turns.get(turns.index_at(spot.span.start as usize)?)?;
            Some((turns.revision, turn.number))
        });
        Arc::make_mut(&mut self.marks)
            .insert(name.to_owned(), Mark { transcript: spot.transcript, span: spot.span, turn });
        let keys = self.keys_of("go_to_mark");
        self.say(format!("{} is marked “{name}”; {keys} comes back to it.", self.address(spot)));
        Vec::new()
    }

    /// Lists the marks to go to one.
    pub(super) fn ask_mark(&mut self) -> Vec<Effect> {
        if self.marks.is_empty() {
            let keys = self.keys_of("set_mark");
            self.refuse(format!("No place is marked yet: {keys} in a transcript marks one."));
            return Vec::new();
        }
        let choices = self.marks.iter().map(|(name, mark)| Choice {
            words: name.clone(),
            detail: self.address(self.spot_of_mark(*mark)),
            answer: name.clone(),
        });
        let chooser = Chooser::new("go to mark", "its name", choices.collect(), Asked::Mark);
        self.choose(chooser)
    }

    /// Goes to a mark.
    pub(super) fn go_to_mark(&mut self, name: &str) -> Vec<Effect> {
        match self.marks.get(name) {
            Some(mark) => self.visit(self.spot_of_mark(*mark)),
            None => {
                self.refuse(format!("There is no mark “{name}”."));
                Vec::new()
            }
        }
    }

    /// Where a mark is. Bytes of another text tell nothing: then it is its turn, or the nearest one before it.
    fn spot_of_mark(&self, mark: Mark) -> Spot {
        let transcript = mark.transcript;
        let other = mark.turn.zip(self.study.turns(transcript));
        let other = other.filter(|((revision, _), turns)| turns.revision != *revision);
        let span =
            other.and_then(|((_, number), turns)| Some(turns.turns.get(turns.at_or_before(number)?)?.speech));
        Spot { transcript, span: span.unwrap_or(mark.span) }
    }

    /// The marks in a text that is open go with their words when another one comes in its place.
    pub(super) fn carry_marks(&mut self, (from, to): (RevisionId, RevisionId), succession: &Succession<'_>) {
        let is_there = |mark: &Mark| mark.turn.is_some_and(|(revision, _)| revision == from);
        if !self.marks.values().any(is_there) {
            return;
        }
        for mark in Arc::make_mut(&mut self.marks).values_mut().filter(|mark| is_there(mark)) {
            if let (Some(place), Some((_, number))) = (succession.place(mark.span), mark.turn) {
                (mark.span, mark.turn) = (place, Some((to, number)));
            }
        }
    }

    /// Lists the places that were left by a jump, the last one first.
    pub(super) fn list_places(&mut self) -> Vec<Effect> {
        let places = self.trail.iter().rev().enumerate();
        let mut choices: Vec<Choice> = places
            .map(|(at, place)| Choice {
                words: self.place_words(place),
                detail: String::new(),
                answer: at.to_string(),
            })
            .collect();
        // Places that nothing tells apart are one to whoever reads the list.
        choices.dedup_by(|one, before| one.words == before.words);
        let chooser = Chooser::new("back to", "type to search", choices, Asked::EarlierPlace);
        self.choose(chooser)
    }

    /// Goes back so many places and one.
    pub(super) fn go_to_earlier(&mut self, answer: &str) -> Vec<Effect> {
        let steps: usize = answer.parse().unwrap_or(0);
        (0..=steps).for_each(|_| self.go_back());
        Vec::new()
    }

    /// The component of that panel, by name.
    fn component_words(&self, panel: u8) -> String {
        let components = self.study.components_of(&self.study.settings.framework);
        let found = components.into_iter().find(|component| component.position == u32::from(panel));
        found.map_or_else(|| panel.to_string(), |component| component.label.clone())
    }

    /// A page of the codebook, and the code that it is about or that is chosen.
    fn codebook_place_words(&self, place: &CodebookPlace) -> String {
        let code = place.about.or(place.code).and_then(|code| self.study.codes().get(&code));
        let page = match place.page {
            Page::Tree | Page::Quotes => "Codebook",
            Page::Themes => return String::from("Codebook: themes"),
            Page::Versions => return String::from("Codebook: versions"),
            Page::Comparison => return String::from("Codebook: what differs"),
            Page::Reviews => return String::from("Codebook: decisions"),
            Page::Older => "Codebook, older codings",
            Page::Finished => "Codebook, earlier transcripts",
            Page::Split => "Codebook, split",
        };
        code.map_or_else(|| page.to_owned(), |code| format!("{page}: “{}”", code.name))
    }

    /// A place in a few words.
    fn place_words(&self, place: &Place) -> String {
        match (place.screen, place.transcript) {
            (Screen::Read, Some(transcript)) => {
                let span = Span { start: place.caret, end: place.caret + 1 };
                self.address(self.spot_of_mark(Mark { transcript, span, turn: place.turn }))
            }
            (Screen::Search, _) => format!("Search: {}", place.query),
            (Screen::People, _) => match place.person {
                Some(person) => format!("People: {}", self.person_name(person)),
                None => String::from("People"),
            },
            (Screen::Codebook, _) => self.codebook_place_words(&place.codebook),
            (Screen::Panels, _) => match place.panel {
                0 => String::from("Panels"),
                panel => format!("Panels: {}", self.component_words(panel)),
            },
            (screen, _) => screen.title().to_owned(),
        }
    }
}
