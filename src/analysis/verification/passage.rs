//! Where the words of a quotation were said, or what is most like them, of all the places they may be.

use std::ops::Range;

use super::address::Address;
use super::check::{Check, Checker, Status, once};
use super::judging::{Heard, Judgement};
use super::locate::{Located, is_scattered, occurrences, other_letters, replaced, same_marks};
use super::nearest::{Turns, differences, nearest_of};
use super::quotation::Quotation;
use super::sought::{Joint, Sought};
use super::spoken::Place;
use super::told::Told;
use crate::study::{ParticipantId, TurnNumber};

/// What a quotation turned out to be, and for each of its pieces that is somewhere: of which part it is, and its words there.
pub(super) struct Passage {
    pub(super) check: Check,
    pub(super) stream: u32,
    pub(super) pieces: Vec<(usize, Range<u32>)>,
}

/// Other places named for words said more than once.
const OTHERS: usize = 3;

impl Passage {
    fn nowhere(check: Check) -> Self {
        Self { check, stream: u32::MAX, pieces: Vec::new() }
    }
}

impl Checker<'_> {
    /// The place to take: the first that labels and attribution fit, or whose speaker is among those named around, and of these
    /// the one that a comment names; else the first that a participant says.
    pub(super) fn choose(
        &mut self,
        places: &[Located],
        quotation: &Quotation,
        sought: &Sought,
        told: &Told,
    ) -> Option<usize> {
        let (mut fitting, mut by_participant) = (None, None);
        for (number, located) in places.iter().enumerate() {
            let Some(place) = self.spoken.place(located.stream, &located.pieces) else { continue };
            let pieces: Vec<_> = sought.parts.iter().copied().zip(located.pieces.iter().cloned()).collect();
            let parts = self.voices_by_part(located.stream, &pieces, quotation.parts.len());
            let voices = once(parts.iter().flatten().copied());
            let speakers: Vec<ParticipantId> =
                voices.iter().filter_map(|voice| voice.participant()).collect();
            let turns = self.turns_in(&place);
            let heard = Heard { transcript: place.transcript, turns: &turns, voices: &voices };
            let is_at_hint = told.hints.iter().any(|hint| hint.holds(heard.transcript, heard.turns));
            let fits =
                self.fits(told, heard, &speakers) && self.labelled(quotation, &parts, heard).wrong.is_none();
            if fits && (is_at_hint || told.hints.is_empty()) {
                return Some(number);
            }
            if fits {
                fitting.get_or_insert(number);
            }
            if !speakers.is_empty() {
                by_participant.get_or_insert(number);
            }
        }
        fitting.or(by_participant).or((!places.is_empty()).then_some(0))
    }

    /// Whether words that are said somewhere can be those that are told of.
    fn fits(&self, told: &Told, heard: Heard<'_>, speakers: &[ParticipantId]) -> bool {
        let behind = told.behind.as_ref().or(told.described.as_ref().filter(|_| told.meant.is_empty()));
        let judged = behind.map(|(_, behind)| self.descriptors.judge(behind, heard));
        match judged.filter(|judged| *judged != Judgement::NotOne) {
            Some(judged) => judged == Judgement::Right,
            None if speakers.is_empty() => false,
            None => told.meant.is_empty() || speakers.iter().all(|speaker| told.meant.contains(speaker)),
        }
    }

    /// The passage at one of the places where the words were said.
    pub(super) fn found(&self, places: &[Located], number: usize, sought: &Sought) -> Passage {
        let mut check = Check::new(Status::NotFound);
        let Some(located) = places.get(number) else { return Passage::nowhere(check) };
        let scattered = !located.whole && is_scattered(self.spoken, located);
        let accents: Vec<String> = located
            .pieces
            .iter()
            .zip(&sought.pieces)
            .flat_map(|(range, piece)| other_letters(self.spoken, located.stream, range, piece))
            .collect();
        check.status = match located.whole {
            _ if scattered || !accents.is_empty() => Status::Differs,
            true => Status::Exact,
            false => Status::Pieces,
        };
        check.place = self.spoken.place(located.stream, &located.pieces);
        if scattered {
            check.detail.push("its words were said one by one, far from each other".into());
        }
        check.detail.extend(accents);
        let same = located.pieces.iter().zip(&sought.pieces);
        if !same.into_iter().all(|(range, piece)| same_marks(self.spoken, located.stream, range, piece)) {
            check.detail.push("the words are the same, the punctuation is not".into());
        }
        if !located.whole {
            check.detail.extend(replaced(self.spoken, located, sought));
        }
        if let Some(place) = check.place.as_ref().filter(|place| place.turns.len() > 1 && !located.whole) {
            check.detail.push(format!("pieces of turns {}", self.numbers(place)));
        }
        let elsewhere = places.iter().enumerate().filter(|(other, held)| *other != number && held.whole);
        let mut others: Vec<&str> = once(elsewhere.filter_map(|(_, held)| self.name_of(held.stream)));
        if located.whole && !others.is_empty() {
            let more = others.len().saturating_sub(OTHERS);
            others.truncate(OTHERS);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            check.detail.push(format!("also said in {}{more}", others.join(", ")));
        }
        let pieces = sought.parts.iter().copied().zip(located.pieces.iter().cloned()).collect();
        Passage { check, stream: located.stream, pieces }
    }

    /// What was not said so: with the passage most like it, if there is one; in `own` turns first.
    pub(super) fn unlike(&self, sought: &Sought, own: &Turns) -> Passage {
        let mut check = Check::new(Status::NotFound);
        if sought.len() == 0 {
            check.detail.push("nothing but what is left out or replaced".into());
            return Passage::nowhere(check);
        }
        let scattered = sought.joints.contains(&Joint::Ellipsis)
            && sought.pieces.iter().all(|piece| !occurrences(self.spoken, piece).is_empty());
        let Some(nearest) = nearest_of(self.spoken, sought, own) else {
            if scattered {
                check.status = Status::Differs;
                check.detail.push("its pieces were said, but not all in one transcript".into());
            }
            return Passage::nowhere(check);
        };
        check.status = Status::Differs;
        let near = sought.parts.iter().copied().zip(&nearest.pieces);
        let pieces: Vec<(usize, Range<u32>)> =
            near.filter_map(|(part, near)| Some((part, near.as_ref()?.words.clone()))).collect();
        let ranges: Vec<Range<u32>> = pieces.iter().map(|(_, words)| words.clone()).collect();
        check.place = self.spoken.place(nearest.stream, &ranges);
        let mut clauses = Vec::new();
        for (near, piece) in nearest.pieces.iter().zip(&sought.pieces) {
            match near {
                Some(near) => clauses.extend(differences(self.spoken, near, piece)),
                None => clauses.push(format!("with “{}”, which was not said there", piece.text)),
            }
        }
        match (scattered, clauses.is_empty()) {
            (true, true) => check.detail.push("its pieces were said in another order".into()),
            (true, false) => check.detail.push(
                "its pieces were said, but not in one transcript in this order; what is most like it there:"
                    .into(),
            ),
            (false, true) => check.detail.push("its parts were said, but not in a row".into()),
            (false, false) => {}
        }
        check.detail.extend(clauses);
        Passage { check, stream: nearest.stream, pieces }
    }

    /// All turns of some people, and those at some addresses.
    pub(super) fn turns_of(&mut self, people: &[ParticipantId], at: &[Address]) -> Turns {
        let mut found = Turns::new();
        let (spoken, study) = (self.spoken, self.study);
        for address in at {
            let (Some(number), Some(_)) = (spoken.number_of(address.transcript), &address.turns) else {
                continue;
            };
            let turns = spoken.streams.get(number as usize).map_or(&[][..], |stream| &stream.turns.turns);
            let there = (0_u32..).zip(turns);
            let there = there.filter(|(_, turn)| address.holds(address.transcript, &[turn.number]));
            found.extend(there.map(|(turn, _)| (number, turn)));
        }
        let heard_in = once(people.iter().flat_map(|person| study.speech_of(*person)).map(|(held, _)| held));
        for transcript in heard_in {
            let Some(number) = spoken.number_of(transcript) else { continue };
            let turns = spoken.streams.get(number as usize).map_or(&[][..], |stream| &stream.turns.turns);
            let Some(voices) = self.voices_in(transcript) else { continue };
            let theirs = (0_u32..).zip(turns).filter(|(_, turn)| {
                voices.of(turn).participant().is_some_and(|person| people.contains(&person))
            });
            found.extend(theirs.map(|(turn, _)| (number, turn)));
        }
        found
    }

    /// The numbers of the turns of a place.
    pub(super) fn turns_in(&self, place: &Place) -> Vec<TurnNumber> {
        let Some(stream) = self.spoken.stream_of(place) else { return Vec::new() };
        place.turns.iter().filter_map(|turn| Some(stream.turns.turns.get(*turn)?.number)).collect()
    }
}
