//! Who speaks: one turn given to somebody else, or a label bound to somebody else in this transcript.

use super::MemoTarget;
use crate::app::ask::{AsTyped, Asked, Choice, Chooser};
use crate::app::{Effect, Model};
use crate::study::{Change, Participant, TranscriptId, TurnNumber, Voice, fresh};

/// Answers that are no names of participants.
const ROLES: [(&str, &str); 4] = [
    ("interviewer", "whoever asks: counts for nobody"),
    ("other", "somebody who is no participant"),
    ("several", "more than one person at once"),
    ("unknown", "nobody can tell"),
];
/// The answer that takes a turn's own voice away.
const AS_LABELLED: &str = "as its label says";

impl Model {
    /// Asks who speaks in the turn under the cursor, whatever its label says.
    pub(in crate::app) fn ask_turn_voice(&mut self) -> Vec<Effect> {
        let Some((transcript, turn)) = self.turn_here() else { return Vec::new() };
        let mut choices = self.voice_choices(transcript);
        if self.study.turn_voices().has(&(transcript, turn)) {
            let detail = String::from("takes what was set for this turn away");
            choices.insert(0, Choice { words: AS_LABELLED.into(), detail, answer: AS_LABELLED.into() });
        }
        let question = format!("who speaks {}?", self.target_words(&MemoTarget::Speech { transcript, turn }));
        let asked = Asked::TurnVoice(transcript, turn);
        self.choose(Chooser {
            as_typed: Some(AsTyped { is: "a new participant", below: usize::MAX }),
            ..Chooser::new(question, "a role, or a participant", choices, asked)
        })
    }

    /// Asks who speaks under the label of the turn under the cursor, in the whole transcript.
    pub(in crate::app) fn ask_label_voice(&mut self) -> Vec<Effect> {
        let Some(open) = &self.read.open else { return Vec::new() };
        let turns = open.page.turns();
        let Some(turn) = turns.turns.get(open.cursor.turn) else { return Vec::new() };
        let (transcript, key) = (open.transcript, turns.speaker_of(turn).to_owned());
        let speaker = self.study.speakers().get(&(transcript, key.clone()));
        let label = speaker.map_or_else(|| key.clone(), |speaker| speaker.label.clone());
        let name = self.study.transcripts().get(&transcript).map_or("", |held| held.name.as_str());
        let question = format!("who is “{label}” in {name}?");
        let choices = self.voice_choices(transcript);
        let asked = Asked::LabelVoice(transcript, key);
        self.choose(Chooser {
            as_typed: Some(AsTyped { is: "a new participant", below: usize::MAX }),
            ..Chooser::new(question, "a role, or a participant", choices, asked)
        })
    }

    /// Roles, then people: those who speak in the transcript first.
    fn voice_choices(&self, transcript: TranscriptId) -> Vec<Choice> {
        let role = |(word, detail): (&str, &str)| Choice {
            words: word.into(),
            detail: detail.into(),
            answer: word.into(),
        };
        let here = |person: &Participant| self.study.speech_in(transcript).contains_key(&person.id);
        let person = |person: &Participant| Choice {
            words: person.name.clone(),
            detail: String::from(if here(person) { "speaks here" } else { "" }),
            answer: person.name.clone(),
        };
        let mut people = self.study.participants_by_name();
        people.sort_by_key(|person| !here(person));
        let people = people.into_iter().map(person);
        ROLES.into_iter().map(role).chain(people).collect()
    }

    /// The voice that an answer means. A name that is not there is a new participant.
    fn voice_named(&self, answer: &str) -> (Voice, Vec<Change>) {
        if let Some(voice) = Voice::of_role(answer) {
            return (voice, Vec::new());
        }
        if let Some(held) = self.study.participant_named(answer) {
            return (Voice::Participant(held.id), Vec::new());
        }
        let made = Participant { id: fresh(&*self.source), name: answer.to_owned(), provisional: false };
        (Voice::Participant(made.id), vec![Change::create(made)])
    }

    /// Gives a turn to whoever was chosen.
    pub(in crate::app) fn set_turn_voice(
        &mut self,
        transcript: TranscriptId,
        turn: TurnNumber,
        answer: &str,
    ) -> Vec<Effect> {
        let address = self.target_words(&MemoTarget::Speech { transcript, turn });
        if self.study.turns(transcript).is_none_or(|turns| turns.index_of(turn).is_none()) {
            self.refuse(format!("{address} is not there any more: the text was revised meanwhile."));
            return Vec::new();
        }
        if answer == AS_LABELLED {
            let changes = self.study.change_to_voice(transcript, turn, None).into_iter().collect();
            return self.commit_voice("set_turn_voice", format!("{address} {AS_LABELLED}"), changes);
        }
        let (voice, mut changes) = self.voice_named(answer);
        let Some(change) = self.study.change_to_voice(transcript, turn, Some(voice)) else {
            self.refuse(format!("{address} is spoken by {answer} already."));
            return Vec::new();
        };
        changes.push(change);
        self.commit_voice("set_turn_voice", format!("{address} spoken by {answer}"), changes)
    }

    /// Binds a label to whoever was chosen.
    pub(in crate::app) fn set_label_voice(
        &mut self,
        transcript: TranscriptId,
        key: &str,
        answer: &str,
    ) -> Vec<Effect> {
        let name = self.study.transcripts().get(&transcript).map_or("", |held| held.name.as_str()).to_owned();
        let (voice, mut changes) = self.voice_named(answer);
        let speaker = self.study.speakers().get(&(transcript, key.to_owned()));
        let label = speaker.map_or_else(|| key.to_owned(), |speaker| speaker.label.clone());
        let Some(change) = self.study.change_to_bind(transcript, key, voice) else {
            self.refuse(format!("“{label}” in {name} is {answer} already."));
            return Vec::new();
        };
        changes.push(change);
        self.commit_voice("bind_label", format!("“{label}” in {name} is {answer}"), changes)
    }

    fn commit_voice(&mut self, command: &'static str, label: String, changes: Vec<Change>) -> Vec<Effect> {
        let effects = self.commit(command, label.clone(), changes);
        if !effects.is_empty() {
            self.transcripts.list.forget();
            self.say(label);
        }
        effects
    }
}
