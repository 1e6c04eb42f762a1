//! Labels before the words of a quotation: who they say speaks, and whether that is so.
//!
//! A label names a participant, a role, what a speaker is called in the transcript, or describes somebody (`GP`). Numbers that
//! only tell speakers apart (`Speaker 1`, `P2` where nobody is called so) must tell apart the same people all along.

use std::collections::BTreeMap;

use super::descriptors::Descriptors;
use super::judging::{Heard, Judgement};
use super::quotation::Label;
use crate::study::{Study, Voice};
use crate::text::{fold_label, fold_name};

/// Who a label says speaks, in one transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// This voice.
    Voice(Voice),
    /// Some participant.
    Participant,
    /// Whoever else is labelled so. Holds the label, folded.
    Same(String),
    /// Whom these words describe.
    Described(String),
}

/// What the parts of a quotation say of who speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Labelled {
    /// The labels that name or describe who speaks, as written.
    pub(super) naming: Vec<String>,
    /// The first label behind which somebody else speaks, and who does.
    pub(super) wrong: Option<(String, Vec<Voice>)>,
    /// Voices of the parts that no label speaks for, each once.
    pub(super) unlabelled: Vec<Voice>,
}

impl Labelled {
    /// Adds voices that no label speaks for.
    fn leave<'v>(&mut self, voices: impl Iterator<Item = &'v Voice>) {
        for voice in voices {
            if !self.unlabelled.contains(voice) {
                self.unlabelled.push(*voice);
            }
        }
    }
}

/// What may be said before the words of an interviewer.
const INTERVIEWERS: [&str; 7] = ["interviewer", "moderator", "facilitator", "researcher", "int", "i", "q"];

/// What is said before the words of whoever is interviewed.
const PARTICIPANTS: [&str; 8] = ["participant", "interviewee", "respondent", "patient", "a", "p", "r", "res"];

/// Whether a label is that of a speaker, in any transcript.
pub(super) fn is_label(study: &Study, descriptors: &Descriptors, label: &Label) -> bool {
    let bare = label.name.trim_matches(|c: char| !c.is_alphanumeric());
    let key = fold_label(bare);
    descriptors.is_called(&key)
        || study.participant_named(&descriptors.spelled_out(bare)).is_some()
        || INTERVIEWERS.contains(&key.as_str())
        || PARTICIPANTS.contains(&key.as_str())
        || is_own(&key)
        || is_numbered(bare)
}

/// What the labels of parts come to, each with the voices heard in it.
pub(super) fn compare<'p>(
    study: &Study,
    descriptors: &Descriptors,
    parts: impl IntoIterator<Item = (Option<&'p Label>, &'p [Voice])>,
    heard: Heard<'_>,
) -> Labelled {
    let mut labelled = Labelled::default();
    let mut same: BTreeMap<String, &[Voice]> = BTreeMap::new();
    for (label, voices) in parts {
        let speaks = label.and_then(|label| speaks(study, descriptors, label, heard));
        let is_right = match &speaks {
            None => {
                labelled.leave(voices.iter());
                continue;
            }
            Some(Speaks::Voice(voice)) => voices == [*voice],
            Some(Speaks::Participant) => voices.iter().all(|voice| voice.participant().is_some()),
            Some(Speaks::Same(key)) => {
                let is_other = |(held, theirs): (&String, &&[Voice])| held != key && *theirs == voices;
                let differs = same.iter().any(is_other);
                let held = *same.entry(key.clone()).or_insert(voices);
                held == voices && !differs && !voices.contains(&Voice::Interviewer)
            }
            Some(Speaks::Described(words)) => {
                let judged = descriptors.judge(&descriptors.read(words), Heard { voices, ..heard });
                matches!(judged, Judgement::Right | Judgement::NotOne)
            }
        };
        let name = label.map_or_else(String::new, |label| label.name.clone());
        match (is_right, speaks) {
            (false, _) => {
                labelled.wrong.get_or_insert((name, voices.to_vec()));
            }
            (true, Some(Speaks::Voice(_) | Speaks::Described(_))) => labelled.naming.push(name),
            (true, _) => {
                // It says that people speak, not who.
                labelled.leave(voices.iter().filter(|voice| voice.participant().is_some()));
            }
        }
    }
    labelled
}

/// Who a label says speaks in a transcript. `None` if it says nothing of that.
fn speaks(study: &Study, descriptors: &Descriptors, label: &Label, heard: Heard<'_>) -> Option<Speaks> {
    let bare = label.name.trim_matches(|c: char| !c.is_alphanumeric());
    let key = fold_label(bare);
    if let Some(person) = study.participant_named(&descriptors.spelled_out(bare)) {
        return Some(Speaks::Voice(Voice::Participant(person.id)));
    }
    if let Some(binding) = study.bindings().get(&(heard.transcript, key.clone())) {
        return Some(Speaks::Voice(binding.voice));
    }
    let of_role = match key.as_str() {
        role if INTERVIEWERS.contains(&role) => Some(Speaks::Voice(Voice::Interviewer)),
        role if PARTICIPANTS.contains(&role) => Some(Speaks::Participant),
        "other person" => Some(Speaks::Voice(Voice::Other)),
        "several speakers" => Some(Speaks::Voice(Voice::Several)),
        "unknown speaker" => Some(Speaks::Voice(Voice::Unknown)),
        _ if is_own(&key) || is_numbered(bare) => Some(Speaks::Same(key.clone())),
        _ => None,
    };
    of_role.or_else(|| {
        let judged = descriptors.judge(&descriptors.read(bare), heard);
        (judged != Judgement::NotOne).then(|| Speaks::Described(bare.to_owned()))
    })
}

/// Whether this is what Combe writes before the words of one of several speakers, where the study prints no numbers.
fn is_own(key: &str) -> bool {
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    key.strip_prefix("speaker ").is_some_and(is_number)
        || ["other person", "several speakers", "unknown speaker"].contains(&key)
}

/// Whether a label is a few capitals and a number, or a word and a number: `P1`, `GP3`, `Participant 2`.
fn is_numbered(label: &str) -> bool {
    let head = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let (number, word) = (label.len() - head.len(), head.trim_end());
    let is_short = word.len() <= 3 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_title =
        matches!(fold_name(word).as_str(), "participant" | "respondent" | "interviewee" | "patient");
    (1..=3).contains(&number) && (is_short || is_title)
}
