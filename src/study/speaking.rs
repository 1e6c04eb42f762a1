//! Saying who speaks: under a label in one transcript, or in one turn whatever its label says.

use std::collections::BTreeSet;

use super::{Binding, Change, ParticipantId, Study, TranscriptId, TurnNumber, TurnVoice, Voice};

/// The voices that are no participant, by [`Voice::role`].
const ROLES: [Voice; 4] = [Voice::Interviewer, Voice::Other, Voice::Several, Voice::Unknown];

impl Voice {
    /// The role of that name, if it is one that is no participant.
    #[must_use]
    pub fn of_role(word: &str) -> Option<Voice> {
        ROLES.into_iter().find(|voice| voice.role() == word)
    }
}

impl Study {
    /// What a voice is called: the name of the participant, or the role.
    #[must_use]
    pub fn voice_name(&self, voice: Voice) -> String {
        let person = voice.participant().and_then(|id| self.participants().get(&id));
        person.map_or_else(|| voice.role().to_owned(), |person| person.name.clone())
    }

    /// The participants whose voices are in a transcript, as its labels and turns say: whether or not its turns are in memory, and
    /// be it in a former text only.
    #[must_use]
    pub fn people_in(&self, transcript: TranscriptId) -> BTreeSet<ParticipantId> {
        let bound = self.bindings().from((transcript, String::new()));
        let turns = self.turn_voices().from((transcript, TurnNumber { number: 0, part: 0 }));
        let bound = bound.take_while(|held| held.transcript == transcript).map(|held| held.voice);
        let turns = turns.take_while(|held| held.transcript == transcript).map(|held| held.voice);
        bound.chain(turns).filter_map(Voice::participant).collect()
    }

    /// The change by which a label of a transcript is somebody; `None` if it is already. Turns keep their numbers and quotes
    /// their places: counts follow by themselves.
    #[must_use]
    pub fn change_to_bind(&self, transcript: TranscriptId, key: &str, voice: Voice) -> Option<Change> {
        let after = Binding { transcript, speaker: key.to_owned(), voice };
        match self.bindings().get(&(transcript, key.to_owned())).cloned() {
            Some(held) if held == after => None,
            Some(held) => Some(Change::update(held, after)),
            None => Some(Change::create(after)),
        }
    }

    /// The change by which a turn is spoken by somebody, or with `None` again by whom its label says; `None` if it is so
    /// already.
    #[must_use]
    pub fn change_to_voice(
        &self,
        transcript: TranscriptId,
        turn: TurnNumber,
        voice: Option<Voice>,
    ) -> Option<Change> {
        let held = self.turn_voices().get(&(transcript, turn)).cloned();
        match (held, voice.map(|voice| TurnVoice { transcript, turn, voice })) {
            (held, after) if held == after => None,
            (Some(held), Some(after)) => Some(Change::update(held, after)),
            (Some(held), None) => Some(Change::delete(held)),
            (None, after) => after.map(Change::create),
        }
    }
}
