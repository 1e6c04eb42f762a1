//! What holds at all times: who refused, withdrew or is hidden, who codes blind, and what left the study.
//!
//! A study of an earlier time is told of it before it is shown ([`Study::answers_since`]), and going back to one takes none of
//! it back ([`Study::changes_back_to`]). An answer belongs to a person's words: it follows them turn by turn, whoever the
//! earlier study took the speaker for.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Blind, Change, Coder, Consent, Hidden, Hideable, Participant, ParticipantId, Record, Study, TranscriptId,
    TurnNumber, TurnVoice, Voice,
};

impl Consent {
    /// Whether something was refused, or all withdrawn.
    #[must_use]
    pub fn refuses_something(&self) -> bool {
        !(self.analyse && self.quote && self.archive) || self.withdrawn.is_some()
    }

    /// The stricter of two answers of one person, field by field.
    fn stricter(&self, other: &Consent) -> Consent {
        Consent {
            participant: self.participant,
            analyse: self.analyse && other.analyse,
            quote: self.quote && other.quote,
            archive: self.archive && other.archive,
            withdrawn: self.withdrawn.clone().or_else(|| other.withdrawn.clone()),
        }
    }
}

impl Study {
    /// What this study, one of an earlier time, must be told of the study as it is `now` before anybody sees it: refusals and
    /// withdrawals, what is hidden, and who codes blind. Nothing is loosened by it.
    #[must_use]
    pub fn answers_since(&self, now: &Study) -> Vec<Change> {
        let mut telling = Telling { past: self, now, made: BTreeSet::new(), changes: Vec::new() };
        telling.voices();
        telling.consents();
        telling.hidden();
        telling.blinds();
        telling.changes
    }

    /// The changes that take this study back to an earlier one. Answers stay: none is loosened, who gave one stays with it,
    /// and so do coders, who stand in the history, and what left the study.
    ///
    /// # Errors
    /// If the earlier study cannot hold what must stay.
    pub fn changes_back_to(&self, then: &Study) -> Result<Vec<Change>, super::Conflict> {
        let mut then = then.clone();
        then.apply(&then.answers_since(self))?;
        // What goes makes room first for what comes back under its name.
        let goes = |record: &Record| then.record_like(record).is_none() && !self.outlasts(record, &then);
        let mut changes: Vec<Change> =
            self.all_records().into_iter().filter(goes).map(Change::delete).collect();
        for record in then.all_records() {
            match self.record_like(&record) {
                Some(held) if held == record || matches!(held, Record::Export(_)) => {}
                Some(held) => changes.push(Change::update(held, record)),
                None => changes.push(Change::create(record)),
            }
        }
        Ok(changes)
    }

    /// Whether a record stays where an earlier study, which does not have it, comes back.
    fn outlasts(&self, record: &Record, then: &Study) -> bool {
        let gave_answer =
            |id: ParticipantId| self.strictness(id) > 0 && person_there(then, self, id).is_none();
        match record {
            Record::Coder(_) | Record::Export(_) => true,
            Record::Participant(person) => gave_answer(person.id),
            Record::Consent(consent) => consent.refuses_something() && gave_answer(consent.participant),
            Record::Hidden(Hidden { what: Hideable::Participant(person), .. }) => gave_answer(*person),
            _ => false,
        }
    }

    /// How much must be kept back of a person's words: nothing, something, all.
    fn strictness(&self, person: ParticipantId) -> u8 {
        let refuses = self.consents().get(&person).is_some_and(Consent::refuses_something);
        if self.is_participant_hidden(person) { 2 } else { u8::from(refuses) }
    }
}

/// The same person in another study: of that identity, else of that name.
fn person_there(there: &Study, here: &Study, id: ParticipantId) -> Option<ParticipantId> {
    let name = &here.participants().get(&id)?.name;
    there.participants().get(&id).or_else(|| there.participant_named(name)).map(|held| held.id)
}

/// What is told to a past, as it is gathered.
struct Telling<'s> {
    past: &'s Study,
    now: &'s Study,
    /// People who are new to the past.
    made: BTreeSet<ParticipantId>,
    changes: Vec<Change>,
}

impl Telling<'_> {
    /// A person of today in the past, if they are there.
    fn person(&self, id: ParticipantId) -> Option<ParticipantId> {
        person_there(self.past, self.now, id).or_else(|| self.made.get(&id).copied())
    }

    fn person_or_new(&mut self, held: &Participant) -> ParticipantId {
        self.person(held.id).unwrap_or_else(|| {
            self.made.insert(held.id);
            self.changes.push(Change::create(held.clone()));
            held.id
        })
    }

    /// Words of people who keep something back are theirs in the past as well.
    fn voices(&mut self) {
        let (past, now) = (self.past, self.now);
        let strict = now.participants().iter().map(|held| (held.id, now.strictness(held.id)));
        let strict: BTreeMap<ParticipantId, u8> = strict.filter(|(_, how)| *how > 0).collect();
        if strict.is_empty() {
            return;
        }
        let mut spoken: BTreeMap<(TranscriptId, TurnNumber), (u8, ParticipantId)> = BTreeMap::new();
        for transcript in now.transcripts().iter() {
            let (Some(turns), Some(voices)) = (now.turns(transcript.id), now.voices_in(transcript.id)) else {
                continue;
            };
            let Some(former) = past.turns(transcript.id) else { continue };
            for turn in &turns.turns {
                let Some(person) = voices.of(turn).participant() else { continue };
                let Some(how) = strict.get(&person) else { continue };
                // A part of a turn is told to the whole, and a whole to its parts.
                for there in former.turns.iter().filter(|there| there.number.number == turn.number.number) {
                    let held = spoken.entry((transcript.id, there.number)).or_insert((*how, person));
                    *held = (*held).max((*how, person));
                }
            }
        }
        for ((transcript, number), (how, person)) in spoken {
            let Some(held) = now.participants().get(&person) else { continue };
            let Some((turns, voices)) = past.turns(transcript).zip(past.voices_in(transcript)) else {
                continue;
            };
            let before = turns.turns.iter().find(|turn| turn.number == number).map(|turn| voices.of(turn));
            let speaker = before.and_then(Voice::participant);
            if speaker.is_some() && speaker == self.person(person) {
                continue;
            }
            let of_speaker = speaker.and_then(|id| strict.get(&person_there(now, past, id)?));
            if of_speaker.is_some_and(|of_speaker| *of_speaker > how) {
                continue;
            }
            let voice = Voice::Participant(self.person_or_new(held));
            let after = TurnVoice { transcript, turn: number, voice };
            self.changes.push(match past.turn_voices().get(&(transcript, number)) {
                Some(before) => Change::update(before.clone(), after),
                None => Change::create(after),
            });
        }
    }

    fn consents(&mut self) {
        let mut held: BTreeMap<ParticipantId, Consent> = BTreeMap::new();
        for consent in self.now.consents().iter().filter(|held| held.refuses_something()) {
            let Some(participant) = self.person(consent.participant) else { continue };
            let today = Consent { participant, ..consent.clone() };
            let before = held.get(&participant).or_else(|| self.past.consents().get(&participant));
            let after = before.map_or_else(|| today.clone(), |before| before.stricter(&today));
            held.insert(participant, after);
        }
        for (participant, after) in held {
            match self.past.consents().get(&participant) {
                None => self.changes.push(Change::create(after)),
                Some(before) if *before == after => {}
                Some(before) => self.changes.push(Change::update(before.clone(), after)),
            }
        }
    }

    fn hidden(&mut self) {
        let mut told = BTreeSet::new();
        for hidden in self.now.hidden().iter() {
            let Some(what) = self.hideable(hidden.what) else { continue };
            if self.past.hidden_by(what).is_none() && told.insert(what) {
                self.changes.push(Change::create(Hidden { what, ..hidden.clone() }));
            }
        }
    }

    /// What is hidden today, in the past. A part of a turn that was whole then is the whole turn.
    fn hideable(&self, what: Hideable) -> Option<Hideable> {
        match what {
            Hideable::Participant(id) => self.person(id).map(Hideable::Participant),
            Hideable::Transcript(id) => self.past.transcripts().has(&id).then_some(what),
            Hideable::Turn(id, number) => {
                let turns = self.past.turns(id)?;
                let is_there = turns.turns.iter().any(|turn| turn.number == number);
                let number = if is_there { number } else { TurnNumber::whole(number.number) };
                Some(Hideable::Turn(id, number))
            }
        }
    }

    fn blinds(&mut self) {
        let open = self.now.blinds().iter().filter(|blind| blind.end.is_none());
        for blind in open.filter(|blind| self.past.transcripts().has(&blind.transcript)) {
            let Some(coder) = self.now.coders().get(&blind.coder) else { continue };
            let held = self.past.known_coder(coder);
            if self.past.is_blind(held.id, blind.transcript) {
                continue;
            }
            let is_made = |change: &Change| matches!(&change.after, Some(Record::Coder(Coder { id, .. })) if *id == held.id);
            if !self.past.coders().has(&held.id) && !self.changes.iter().any(is_made) {
                self.changes.push(Change::create(held.clone()));
            }
            let after = Blind { coder: held.id, ..blind.clone() };
            let before = self.past.blinds().get(&(blind.transcript, held.id, blind.start));
            self.changes.push(match before {
                Some(before) => Change::update(before.clone(), after),
                None => Change::create(after),
            });
        }
    }
}
