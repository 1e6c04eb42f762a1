//! A name that is replaced in the label of a speaker: the label is one thing in its transcript, so that all turns under it, the
//! speaker, the binding, the list of participants and the name of whoever speaks there follow.
//!
//! Words are compared as names are, case aside; whole words only.

use std::collections::BTreeMap;

use super::{CorrectionError, Edit};
use crate::study::{
    Binding, Change, Participant, Seat, Speaker, Study, Transcript, TranscriptId, Turns, Voice,
};
use crate::text::{Span, fold_label, fold_name};

/// What follows from edits in labels.
#[derive(Debug, Default)]
pub(super) struct Relabelled {
    /// Edits of the labels of other turns of the same speakers.
    pub(super) edits: Vec<Edit>,
    /// New keys of speakers by their former ones.
    pub(super) keys: BTreeMap<String, String>,
    /// The changes of records.
    pub(super) changes: Vec<Change>,
}

impl Study {
    pub(super) fn relabel(
        &self,
        transcript: TranscriptId,
        text: &str,
        turns: &Turns,
        edits: &[Edit],
    ) -> Result<Relabelled, CorrectionError> {
        let mut done = Relabelled::default();
        let Some(held) = self.transcripts().get(&transcript) else { return Ok(done) };
        // By speaker, what goes and what comes: each once, however many turns have it.
        let mut replaced: BTreeMap<u16, Vec<(&str, &str)>> = BTreeMap::new();
        for edit in edits.iter().filter(|edit| edit.renames) {
            let turn = turns.index_at(edit.span.start as usize).and_then(|at| turns.turns.get(at));
            let Some(turn) = turn.filter(|turn| turn.label.covers(edit.span)) else { continue };
            let Some(words) = edit.span.slice(text) else { continue };
            let of = replaced.entry(turn.speaker).or_default();
            let pair = (words, edit.replacement.as_str());
            if !of.iter().any(|(known, _)| fold_name(known) == fold_name(words)) {
                of.push(pair);
            }
        }
        for (speaker, pairs) in replaced {
            for turn in turns.turns.iter().filter(|turn| turn.speaker == speaker) {
                let label = turn.label.slice(text).unwrap_or_default();
                for (words, new) in &pairs {
                    for at in places_of(label, words) {
                        let span = at.shifted(turn.label.start as usize);
                        if !edits.iter().any(|edit| edit.span.overlaps(span)) {
                            done.edits.push(Edit::rename(span, *new));
                        }
                    }
                }
            }
            if let Some(key) = turns.speakers.get(usize::from(speaker)) {
                self.rename_speaker(held, key, &pairs, &mut done)?;
            }
        }
        Ok(done)
    }

    fn rename_speaker(
        &self,
        transcript: &Transcript,
        key: &str,
        pairs: &[(&str, &str)],
        done: &mut Relabelled,
    ) -> Result<(), CorrectionError> {
        let with = |held: &str| {
            let mut name = held.to_owned();
            pairs.iter().for_each(|(words, new)| name = with_name(&name, words, new));
            (name != held).then_some(name)
        };
        let held = (transcript.id, key.to_owned());
        let Some(speaker) = self.speakers().get(&held) else { return Ok(()) };
        let Some(label) = with(&speaker.label).or_else(|| with(key)) else { return Ok(()) };
        let new = fold_label(&label);
        if new != key && self.speakers().has(&(transcript.id, new.clone())) {
            return Err(CorrectionError::LabelTaken(label));
        }
        let renamed = Speaker { transcript: transcript.id, key: new.clone(), label: label.clone() };
        let binding = self.bindings().get(&held);
        if new == key {
            done.changes.push(Change::update(speaker.clone(), renamed));
        } else {
            done.changes.push(Change::create(renamed));
            if let Some(binding) = binding {
                done.changes.push(Change::delete(binding.clone()));
                done.changes.push(Change::create(Binding { speaker: new.clone(), ..binding.clone() }));
            }
            done.changes.push(Change::delete(speaker.clone()));
            done.keys.insert(key.to_owned(), new.clone());
        }
        let names = [fold_name(&transcript.name), fold_name(&transcript.source)];
        for seat in self.seats().iter() {
            if names.contains(&fold_name(&seat.transcript)) && fold_label(&seat.label) == key {
                done.changes.push(Change::delete(seat.clone()));
                done.changes.push(Change::create(Seat { label: label.clone(), ..seat.clone() }));
            }
        }
        let person = binding.map(|binding| binding.voice).and_then(Voice::participant);
        if let Some(person) = person.and_then(|id| self.participants().get(&id))
            && let Some(name) = with(&person.name)
        {
            if self.participant_named(&name).is_some_and(|other| other.id != person.id) {
                return Err(CorrectionError::NameTaken(name));
            }
            done.changes.push(Change::update(person.clone(), Participant { name, ..person.clone() }));
        }
        Ok(())
    }
}

/// Where some words stand in a name as whole words, case aside.
fn places_of(name: &str, words: &str) -> Vec<Span> {
    let wanted: Vec<char> = words.trim().chars().flat_map(char::to_lowercase).collect();
    let (mut found, mut from) = (Vec::new(), 0);
    if wanted.is_empty() {
        return found;
    }
    for (at, _) in name.char_indices() {
        let is_inside =
            name.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
        if at < from || is_inside {
            continue;
        }
        let (mut matched, mut end) = (0, at);
        for c in name.get(at..).unwrap_or_default().chars() {
            if matched == wanted.len() {
                break;
            }
            let lower: Vec<char> = c.to_lowercase().collect();
            if !wanted.get(matched..).is_some_and(|rest| rest.starts_with(&lower)) {
                break;
            }
            (matched, end) = (matched + lower.len(), end + c.len_utf8());
        }
        let ends = !name.get(end..).and_then(|after| after.chars().next()).is_some_and(char::is_alphanumeric);
        if matched == wanted.len() && ends {
            found.push(Span::new(at, end));
            from = end;
        }
    }
    found
}

fn with_name(name: &str, words: &str, new: &str) -> String {
    let mut with = name.to_owned();
    for at in places_of(name, words).into_iter().rev() {
        with.replace_range(at.range(), new);
    }
    with
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_as_whole_words_whatever_their_case() {
        assert_eq!(with_name("FG1 ANNA", "Anna", "Mair"), "FG1 Mair");
        assert_eq!(with_name("Annabel and Siân", "anna", "Mair"), "Annabel and Siân");
        assert_eq!(with_name("SIÂN, Siân.", "siân", "Mair"), "Mair, Mair.");
        assert_eq!(with_name("Anna", "", "Mair"), "Anna");
    }
}
