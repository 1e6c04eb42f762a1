//! How people, addresses and what an attribution fits are worded in what is told of a quotation.

use super::check::{Check, Checker};
use super::judging::Heard;
use super::spoken::Place;
use crate::study::{ParticipantId, TranscriptId, Voice};

impl Checker<'_> {
    /// Who says it, or what is most like it.
    pub(super) fn says(&self, check: &Check, transcript: TranscriptId) -> String {
        let voices: Vec<Voice> = check.participants.iter().copied().map(Voice::Participant).collect();
        let who = match voices.is_empty() {
            true => "no participant".to_owned(),
            false => self.described(&voices, transcript),
        };
        let verb = if check.participants.len() > 1 { "say" } else { "says" };
        match check.status.is_found() {
            true => format!("{who} {verb} this"),
            false => format!("{who} {verb} what is most like it"),
        }
    }

    /// Voices, participants with their descriptors.
    pub(super) fn described(&self, voices: &[Voice], transcript: TranscriptId) -> String {
        let described = |voice: &Voice| match voice {
            Voice::Participant(person) => match self.descriptors.descriptor(*person, transcript) {
                Some(descriptor) if descriptor != self.name(*person) => {
                    format!("{} ({descriptor})", self.name(*person))
                }
                _ => self.name(*person),
            },
            Voice::Interviewer => "the interviewer".to_owned(),
            Voice::Other => "somebody who is no participant".to_owned(),
            Voice::Several => "several speakers at once".to_owned(),
            Voice::Unknown => "an unknown speaker".to_owned(),
        };
        voices.iter().map(described).collect::<Vec<_>>().join(" and ")
    }

    pub(super) fn numbers(&self, place: &Place) -> String {
        self.turns_in(place).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// `I43:46`, of words over several turns `I43:46–48`.
    pub(super) fn address(&self, heard: Heard<'_>) -> String {
        let name = self.study.transcripts().get(&heard.transcript).map_or("", |held| held.name.as_str());
        match heard.turns {
            [] => name.to_owned(),
            [turn] => format!("{name}:{turn}"),
            [first, .., last] => format!("{name}:{first}–{last}"),
        }
    }

    pub(super) fn name(&self, person: ParticipantId) -> String {
        self.study.participants().get(&person).map_or_else(String::new, |held| held.name.clone())
    }

    pub(super) fn names(&self, people: &[ParticipantId]) -> Vec<String> {
        people.iter().map(|person| self.name(*person)).collect()
    }

    pub(super) fn name_of(&self, stream: u32) -> Option<&str> {
        let transcript = self.spoken.streams.get(stream as usize)?.transcript;
        self.study.transcripts().get(&transcript).map(|held| held.name.as_str())
    }
}

/// What an attribution fits that is not the speaker's.
pub(super) fn fitting(fits: &[String], more: usize) -> String {
    match (fits, more) {
        ([], _) => "the attribution fits nobody".to_owned(),
        (names, 0) => format!("the attribution fits {}", names.join(", ")),
        (names, more) => format!("the attribution fits {} and {more} more", names.join(", ")),
    }
}

/// Says whose words they are, where that is not said with whom the attribution fits.
pub(super) fn say_who(check: &mut Check, names: &[String]) {
    match names {
        _ if check.attribution_ok == Some(false) => {}
        [] => check.detail.push("no participant says this".into()),
        [_] => {}
        several => check.detail.push(format!("said by {}", several.join(" and "))),
    }
}
