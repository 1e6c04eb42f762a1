//! The profile of one participant: attributes, consent, transcripts, what they said by theme and code, memos, and all
//! their speech in order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Flag;
use super::profile_lines::ProfileLine;
use crate::app::{Effect, Model, Screen, Spot, TextField};
use crate::study::{
    AttributeId, CodeId, MemoId, MemoOn, ParticipantId, RevisionId, Subject, ThemeId, TranscriptId,
};
use crate::text::Span;

/// What a line of a profile is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The value of an attribute.
    Attribute(AttributeId),
    /// One flag of their consent.
    Consent(Flag),
    /// A transcript that they speak in.
    Transcript(TranscriptId),
    /// A theme that they speak to.
    Theme(ThemeId),
    /// A code that their speech has.
    Code(CodeId),
    /// A memo on them.
    Memo(MemoId),
    /// A turn of theirs.
    Turn(Spot),
}

/// A participant who is looked at alone.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Who.
    pub person: ParticipantId,
    /// Whether somebody came to it from another screen: Esc goes back there.
    pub(super) visited: bool,
    /// Which item is chosen.
    pub chosen: usize,
    /// The first line in sight.
    pub top: usize,
    /// What can be chosen, in order.
    pub items: Vec<Item>,
    /// The lines, for the width they were laid out for.
    pub lines: Vec<ProfileLine>,
    /// Texts of the transcripts that they speak in, as far as they are here.
    pub(super) texts: BTreeMap<RevisionId, Arc<str>>,
    /// Texts that were asked for, once each.
    asked: BTreeSet<RevisionId>,
    /// The version of the study, the width and the texts that the lines were made of.
    made_of: Option<(u64, u16, usize)>,
}

impl Profile {
    pub(super) fn of(person: ParticipantId) -> Profile {
        Profile {
            person,
            visited: false,
            chosen: 0,
            top: 0,
            items: Vec::new(),
            lines: Vec::new(),
            texts: BTreeMap::new(),
            asked: BTreeSet::new(),
            made_of: None,
        }
    }

    pub(super) fn choose(&mut self, item: usize) {
        self.chosen = item;
    }

    /// The lines of the chosen item.
    fn lines_of_choice(&self) -> (usize, usize) {
        let is_chosen = |line: &ProfileLine| line.item == Some(self.chosen);
        let first = self.lines.iter().position(is_chosen).unwrap_or(0);
        let count = self.lines.iter().skip(first).take_while(|line| is_chosen(line)).count();
        (first, first + count)
    }

    /// Moves by an item, or by so many lines.
    pub(super) fn step(&mut self, by: isize) {
        let last = self.items.len().saturating_sub(1);
        if by.abs() <= 1 {
            self.chosen = self.chosen.saturating_add_signed(by).min(last);
            return;
        }
        let (here, _) = self.lines_of_choice();
        let there = here.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
        let after = self.lines.iter().skip(there).find_map(|line| line.item);
        let before = || self.lines.iter().take(there + 1).rev().find_map(|line| line.item);
        let found = after.or_else(before).unwrap_or(0);
        // A turn longer than a page must not hold the choice fast.
        self.chosen = match found == self.chosen && by.abs() < isize::MAX / 2 {
            true => self.chosen.saturating_add_signed(by.signum()).min(last),
            false => found.min(last),
        };
    }

    /// To the first item below the next heading, or of the heading before.
    pub(super) fn step_section(&mut self, by: isize) {
        let mut begins: Vec<usize> = Vec::new();
        let mut heading = false;
        for line in &self.lines {
            match line.item {
                None if line.is_heading() => heading = true,
                Some(item) if heading => {
                    begins.push(item);
                    heading = false;
                }
                _ => {}
            }
        }
        let found = match by > 0 {
            true => begins.into_iter().find(|item| *item > self.chosen),
            false => begins.into_iter().rev().find(|item| *item < self.chosen),
        };
        self.chosen = found.unwrap_or(self.chosen);
    }

    /// What the chosen line is about.
    #[must_use]
    pub fn item(&self) -> Option<Item> {
        self.items.get(self.chosen).copied()
    }
}

impl Model {
    /// Opens the profile of a participant. The present place can be gone back to.
    pub(in crate::app) fn open_profile(&mut self, person: ParticipantId) {
        self.leave_mark();
        self.layers.clear();
        let visited = std::mem::replace(&mut self.screen, Screen::People) != Screen::People;
        self.people.list.leave_filter();
        self.people.profile = Some(Profile { visited, ..Profile::of(person) });
        self.people.list.choose_when_listed(Some(person));
    }

    /// Opens the profile of whoever speaks under the cursor.
    pub(in crate::app) fn open_speaker_profile(&mut self) -> Vec<Effect> {
        match self.setting_here().person {
            Some(person) => self.open_profile(person),
            None => self.refuse("No participant speaks here."),
        }
        Vec::new()
    }

    /// The attribute that the chosen line of the profile is about.
    pub(super) fn chosen_attribute(&self) -> Option<AttributeId> {
        match self.people.profile.as_ref()?.item()? {
            Item::Attribute(attribute) => Some(attribute),
            _ => None,
        }
    }

    /// The consent that the chosen line of the profile is about, with whose it is.
    pub(super) fn chosen_consent(&self) -> Option<(ParticipantId, Flag)> {
        let profile = self.people.profile.as_ref()?;
        match profile.item()? {
            Item::Consent(flag) => Some((profile.person, flag)),
            _ => None,
        }
    }

    /// Further to the right: columns of attributes; in a profile, the next section.
    pub(in crate::app) fn step_people_sideways(&mut self, by: isize) -> Vec<Effect> {
        match &mut self.people.profile {
            Some(profile) => profile.step_section(by),
            None => self.people.step_attributes(by),
        }
        Vec::new()
    }

    /// Enter on a line of the profile.
    pub(super) fn open_profile_item(&mut self) -> Vec<Effect> {
        let Some(profile) = &self.people.profile else { return Vec::new() };
        let person = profile.person;
        match profile.item() {
            Some(Item::Attribute(attribute)) => self.ask_value_if_writable(super::AskedValue {
                subject: Subject::Participant(person),
                attribute,
            }),
            Some(Item::Consent(flag)) => match self.read_only.is_some() {
                true => self.refuse_to_write(),
                false => self.ask_consent(person, flag),
            },
            Some(Item::Transcript(transcript)) => {
                let first =
                    self.turns_of_person(person).into_iter().find(|spot| spot.transcript == transcript);
                first.map_or_else(Vec::new, |spot| self.visit(spot))
            }
            Some(Item::Theme(theme)) => {
                let name = self.study.themes().get(&theme).map_or("", |theme| &theme.name);
                self.search_for(&format!("theme:\"{name}\" speaker:\"{}\"", self.person_name(person)))
            }
            Some(Item::Code(code)) => {
                let name = self.study.codes().get(&code).map_or("", |code| &code.name);
                self.search_for(&format!("code:=\"{name}\" speaker:\"{}\"", self.person_name(person)))
            }
            Some(Item::Memo(memo)) => {
                let mine = self.study.memos().get(&memo).is_some_and(|memo| memo.coder == self.me.id);
                if mine && self.read_only.is_none() { self.edit_memo(memo) } else { self.show_memo(memo) }
            }
            Some(Item::Turn(spot)) => self.visit(spot),
            None => Vec::new(),
        }
    }

    fn ask_value_if_writable(&mut self, asked: super::AskedValue) -> Vec<Effect> {
        match self.read_only.is_some() {
            true => self.refuse_to_write(),
            false => self.ask_value(asked),
        }
    }

    fn refuse_to_write(&mut self) -> Vec<Effect> {
        self.refuse(crate::app::command::When::Writable.why_not());
        Vec::new()
    }

    fn search_for(&mut self, query: &str) -> Vec<Effect> {
        self.leave_mark();
        self.screen = Screen::Search;
        self.search.field = TextField::new(query);
        self.search.typing = false;
        self.search_changed()
    }

    /// Opens a new memo on the chosen participant.
    pub(in crate::app) fn write_participant_memo(&mut self) -> Vec<Effect> {
        match self.chosen_person() {
            Some(person) => self.write_memo_on(MemoOn::Participant(person)),
            None => Vec::new(),
        }
    }

    /// The turns of a participant in all transcripts, in order.
    pub(super) fn turns_of_person(&self, person: ParticipantId) -> Vec<Spot> {
        let heard: BTreeSet<TranscriptId> = self.study.speech_of(person).map(|(id, _)| id).collect();
        let mut found = Vec::new();
        for transcript in self.study.transcripts_by_name().into_iter().map(|held| held.id) {
            let turns = self.study.turns(transcript).filter(|_| heard.contains(&transcript));
            let (Some(turns), Some(voices)) = (turns, self.study.voices_in(transcript)) else { continue };
            let shown = self.study.shown_speech(transcript);
            let spoken = turns.turns.iter().enumerate().filter(|(at, _)| !shown.hides(*at));
            let spoken = spoken.map(|(_, turn)| turn);
            let spoken = spoken.filter(|turn| voices.of(turn).participant() == Some(person));
            let said = spoken.filter(|turn| !turn.speech.is_empty());
            found.extend(said.map(|turn| Spot { transcript, span: Span { ..turn.speech } }));
        }
        found
    }

    /// Lays out the profile, and asks for the texts that it quotes.
    pub(super) fn arrange_profile(&mut self) -> Vec<Effect> {
        let Some(mut profile) = self.people.profile.take() else { return Vec::new() };
        if !self.study.participants().has(&profile.person) {
            self.refuse("That participant is not in the study any more.");
            return Vec::new();
        }
        let effects = self.gather_texts(&mut profile);
        let body = self.body();
        let made_of = (self.sheets.version(), body.width, profile.texts.len());
        if profile.made_of != Some(made_of) {
            let chosen = profile.item();
            (profile.items, profile.lines) = self.lay_profile(&profile, body.width);
            // What was chosen stays chosen, wherever it went.
            let at = chosen.and_then(|chosen| profile.items.iter().position(|item| *item == chosen));
            profile.chosen = at.unwrap_or(profile.chosen);
            profile.made_of = Some(made_of);
        }
        profile.chosen = profile.chosen.min(profile.items.len().saturating_sub(1));
        let height = usize::from(body.height).max(1);
        let (first, end) = profile.lines_of_choice();
        // The heading above the first line of a section belongs to it.
        let first = first
            - usize::from(first > 0 && profile.lines.get(first - 1).is_some_and(ProfileLine::is_heading));
        profile.top = profile.top.max(end.saturating_sub(height)).min(first);
        profile.top = profile.top.min(profile.lines.len().saturating_sub(height));
        self.people.profile = Some(profile);
        effects
    }

    fn gather_texts(&mut self, profile: &mut Profile) -> Vec<Effect> {
        let heard = self.study.speech_of(profile.person).map(|(transcript, _)| transcript);
        let revisions: Vec<RevisionId> =
            heard.filter_map(|id| Some(self.study.transcripts().get(&id)?.revision)).collect();
        let mut effects = Vec::new();
        for revision in revisions {
            if profile.texts.contains_key(&revision) {
                continue;
            }
            if let Some(text) = self.texts.get(revision) {
                profile.texts.insert(revision, text.clone());
            } else if profile.asked.insert(revision) && self.texts.ask(revision) {
                effects.push(Effect::LoadText(revision));
            }
        }
        effects
    }
}
