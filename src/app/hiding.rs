//! Hiding and bringing back: the person, the transcript or the turns that keys are about.

use super::{Effect, Model, Screen};
use crate::study::{Change, Hidden, Hideable, fresh};

impl Model {
    /// Hides what the keys are about, or brings it back if all of it is hidden.
    pub(super) fn toggle_hidden(&mut self) -> Vec<Effect> {
        let things = match self.screen {
            Screen::People => self.chosen_person().map(Hideable::Participant).into_iter().collect(),
            Screen::Read => self.hideable_turns(),
            _ => match self.transcripts.list.row() {
                Some(row) => vec![Hideable::Transcript(row.id)],
                None => {
                    self.refuse("No transcript is listed.");
                    return Vec::new();
                }
            },
        };
        if things.is_empty() {
            return Vec::new();
        }
        let held: Vec<Hidden> =
            things.iter().filter_map(|thing| self.study.hidden_by(*thing)).cloned().collect();
        let names: Vec<String> = things.iter().map(|thing| self.study.hideable_name(*thing)).collect();
        let names = names.join(", ");
        if held.len() == things.len() {
            let changes = held.into_iter().map(Change::delete).collect();
            return self.hide_or_show("unhide", &format!("{names} brought back"), changes);
        }
        let new = things.into_iter().filter(|thing| self.study.hidden_by(*thing).is_none());
        let new: Vec<Hideable> = new.collect();
        let changes =
            new.into_iter().map(|what| Change::create(Hidden { id: fresh(&*self.source), what })).collect();
        self.hide_or_show("hide", &format!("{names} hidden from counts, search, quotes and exports"), changes)
    }

    fn hide_or_show(&mut self, command: &'static str, label: &str, changes: Vec<Change>) -> Vec<Effect> {
        let effects = self.commit(command, label.to_owned(), changes);
        if !effects.is_empty() {
            let undo = self.keys_of("undo");
            self.say(format!("{label}. {undo}: undo."));
        }
        effects
    }

    /// The turns of the selection, or the one that the cursor is in. None, with a sentence, where they are hidden with
    /// something larger.
    fn hideable_turns(&mut self) -> Vec<Hideable> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let transcript = open.transcript;
        let turns = open.page.turns().clone();
        let range = match open.is_extending() {
            true => turns.overlapping(open.selection()),
            false => open.cursor.turn..open.cursor.turn + 1,
        };
        let numbers: Vec<_> =
            turns.turns.get(range.clone()).unwrap_or_default().iter().map(|turn| turn.number).collect();
        let things: Vec<Hideable> =
            numbers.into_iter().map(|number| Hideable::Turn(transcript, number)).collect();
        let shown = |at: usize| self.read.open.as_ref().is_some_and(|open| !open.page.is_hidden(at));
        let own = things.iter().any(|thing| self.study.hidden_by(*thing).is_some());
        if !own && !range.clone().any(shown) {
            let larger = self.hidden_with(range.start);
            self.refuse(format!("It is hidden with {larger}: bring that back."));
            return Vec::new();
        }
        things
    }

    /// What a hidden turn of the open transcript is hidden with.
    fn hidden_with(&self, turn: usize) -> String {
        let Some(open) = &self.read.open else { return String::new() };
        if self.study.is_transcript_hidden(open.transcript) {
            return self.study.hideable_name(Hideable::Transcript(open.transcript));
        }
        let voices = self.study.voices_in(open.transcript);
        let turn = open.page.turns().turns.get(turn);
        let person = turn.zip(voices).and_then(|(turn, voices)| voices.of(turn).participant());
        match person {
            Some(person) if !self.study.may_analyse(person) => {
                format!("{}, who did not agree to be analysed", self.person_name(person))
            }
            Some(person) => self.person_name(person).to_owned(),
            None => String::from("the whole turn"),
        }
    }
}
