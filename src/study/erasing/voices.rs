//! Whose words a turn of any revision is: what a person says is told by the present text, and followed from there.

use super::comparison::{Comparison, Edition};
use crate::study::{ParticipantId, Study, TranscriptId, Turn, TurnNumber, Turns, Voice};
use crate::text::Span;

/// What a person says in each edition of a transcript.
pub(super) fn spoken_by(
    study: &Study,
    transcript: TranscriptId,
    editions: &[Edition],
    person: ParticipantId,
) -> Vec<Vec<Span>> {
    let current = study.transcripts().get(&transcript).map(|held| held.revision);
    let now = editions.iter().find(|edition| Some(edition.turns.revision) == current);
    let voices = study.voices_in(transcript);
    let theirs = Voice::Participant(person);
    let spoken = |edition: &Edition| -> Vec<Span> {
        let comparison = now.filter(|now| *now != edition).map(|now| Comparison::of(now, edition));
        let turns = edition.turns.turns.iter().filter(|turn| {
            let Some(voices) = &voices else {
                return speaks(study, transcript, &edition.turns, turn, theirs);
            };
            let Some(comparison) = &comparison else { return voices.of(turn) == theirs };
            let known = comparison.counterparts(turn);
            // Half of one of the two is more than words that happen to be the same.
            let is_theirs = |(other, bytes): &(&Turn, usize)| {
                voices.of(other) == theirs && bytes * 2 >= other.speech.len().min(turn.speech.len())
            };
            if known.iter().any(is_theirs) {
                return true;
            }
            let told: usize = known.iter().map(|(_, bytes)| bytes).sum();
            told * 2 < turn.speech.len()
                && (comparison.alike(turn).any(|other| voices.of(other) == theirs)
                    || speaks(study, transcript, &edition.turns, turn, theirs))
        });
        edition.speech_in(turns.map(|turn| turn.speech))
    };
    editions.iter().map(spoken).collect()
}

/// Whether a turn is spoken by a voice as far as its number and its label say: for turns that the present text has not.
fn speaks(study: &Study, transcript: TranscriptId, turns: &Turns, turn: &Turn, theirs: Voice) -> bool {
    let first = (transcript, TurnNumber { part: 0, ..turn.number });
    // The turn itself, parts that it has in another revision, or the turn whose part it is here.
    let mut related = study
        .turn_voices()
        .from(first)
        .take_while(|held| held.transcript == transcript && held.turn.number == turn.number.number)
        .filter(|held| same_turn(held.turn, turn.number));
    if related.any(|held| held.voice == theirs) {
        return true;
    }
    match study.bindings().get(&(transcript, turns.speaker_of(turn).to_owned())) {
        Some(held) => held.voice == theirs,
        None => spoke_under(study, transcript, turns, turn.speaker, theirs),
    }
}

fn same_turn(one: TurnNumber, other: TurnNumber) -> bool {
    one.number == other.number && (one.part == other.part || one.part == 0 || other.part == 0)
}

/// Whether a label that was renamed since is that of a voice: some turn under it has the voice's label now.
fn spoke_under(study: &Study, transcript: TranscriptId, turns: &Turns, speaker: u16, voice: Voice) -> bool {
    let Some(now) = study.turns(transcript) else { return false };
    let bound = |turn: &Turn| {
        let key = (transcript, now.speaker_of(turn).to_owned());
        study.bindings().get(&key).is_some_and(|held| held.voice == voice)
    };
    turns
        .turns
        .iter()
        .filter(|turn| turn.speaker == speaker)
        .any(|turn| now.turns.iter().any(|other| same_turn(turn.number, other.number) && bound(other)))
}
