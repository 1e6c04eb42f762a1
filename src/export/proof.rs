//! A transcript written out to be corrected elsewhere ([`crate::import::Proof`]): as it stands, with the number of each turn, so
//! that it comes back by `combe import --revise` as the text it was, but for what was corrected.

use std::collections::BTreeSet;

use crate::import::{Anchor, ProofHeading, shielded};
use crate::study::{ParticipantId, Study, Transcript, Turns, Voice, is_tombstone};

const ADVICE: &str = "\
Correct the words. Leave each [number] where it is: it says which turn stands below it. Who speaks may be put right behind it.
A turn that comes in begins with [new] and who speaks; one that goes, goes with its [number].
";

/// A proof, and what is not in it.
#[derive(Clone, Debug)]
pub struct WrittenProof {
    /// The text of the file.
    pub text: String,
    /// People whose words are in it.
    pub people: BTreeSet<ParticipantId>,
    /// How many turns are in it with their words.
    pub turns: usize,
    /// How many were left out, as their speaker did not agree to be quoted.
    pub refused: usize,
    /// How many were left out, as they are hidden.
    pub hidden: usize,
}

/// Writes the transcript's current revision. Words of who did not agree to be quoted are left out unless `with_refused`; what is
/// hidden always. A line stands for each turn that is left out, and it stays as it is when the file comes back.
#[must_use]
pub fn write_proof(
    study: &Study,
    transcript: &Transcript,
    turns: &Turns,
    text: &str,
    with_refused: bool,
) -> WrittenProof {
    let voices = study.voices_in(transcript.id);
    let shown = study.shown_speech(transcript.id);
    let number = study.revisions().get(&transcript.revision).map_or(0, |revision| revision.number);
    let mut heading = ProofHeading {
        transcript: transcript.name.clone(),
        revision: transcript.revision,
        number,
        left_out: Vec::new(),
    };
    let mut proof =
        WrittenProof { text: String::new(), people: BTreeSet::new(), turns: 0, refused: 0, hidden: 0 };
    let mut body = String::new();
    let before = text.get(..turns.preamble_end()).unwrap_or_default();
    if !before.trim().is_empty() {
        write_part(&mut body, Anchor::Before, "", before);
    }
    for (nth, turn) in turns.turns.iter().enumerate() {
        let voice = voices.as_ref().map_or(Voice::Unknown, |voices| voices.of(turn));
        let refuses = !with_refused && voice.participant().is_some_and(|person| !study.may_quote(person));
        let is_gone = turn.speech.slice(text).is_some_and(is_tombstone);
        match shown.of(nth, turn, text).filter(|_| !refuses || is_gone) {
            Some(words) => {
                let key = turns.speaker_of(turn);
                let speaker = study.speakers().get(&(transcript.id, key.to_owned()));
                let label = speaker.map_or(key, |speaker| speaker.label.as_str());
                write_part(&mut body, Anchor::Turn(turn.number, turn.start_ms), label, words);
                proof.people.extend(voice.participant().filter(|_| !is_gone));
                proof.turns += 1;
            }
            None => {
                write_part(&mut body, Anchor::LeftOut(turn.number), "", "");
                heading.left_out.push(turn.number);
                proof.refused += usize::from(!shown.hides(nth));
                proof.hidden += usize::from(shown.hides(nth));
            }
        }
    }
    proof.text = format!("{heading}{ADVICE}\n{}\n", body.trim_end());
    proof
}

/// An anchor with who speaks, the words below it, and an empty line.
fn write_part(out: &mut String, anchor: Anchor, label: &str, words: &str) {
    out.push_str(format!("{anchor} {label}").trim_end());
    out.push('\n');
    for line in words.trim().lines() {
        out.push_str(&shielded(line));
        out.push('\n');
    }
    out.push('\n');
}
