//! One quotation looked up: where it was said, who says it, and whether what the draft says of that is right.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::descriptors::Descriptors;
use super::judging::{Heard, Judgement};
use super::labels::{self, Labelled};
use super::locate::locate;
use super::nearest::Turns;
use super::quotation::Quotation;
use super::reading::Behind;
use super::sought::Sought;
use super::spoken::{Place, SpokenWords};
use super::told::Told;
use super::wording::{fitting, say_who};
use crate::study::{ParticipantId, Study, TranscriptId, TurnNumber, Voice, Voices};
use crate::text::Analyser;

/// How the words of a quotation stand to what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Word for word.
    Exact,
    /// Word for word, with something left out or replaced, and marked as such.
    Pieces,
    /// Something like it was said.
    Differs,
    /// Nothing like it was said.
    NotFound,
}

impl Status {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Exact => "exact",
            Status::Pieces => "pieces",
            Status::Differs => "differs",
            Status::NotFound => "not_found",
        }
    }

    /// Whether the words were said.
    #[must_use]
    pub fn is_found(self) -> bool {
        matches!(self, Status::Exact | Status::Pieces)
    }
}

/// One quotation, looked up.
#[derive(Clone, Debug)]
pub struct Check {
    /// The quotation.
    pub quotation: Quotation,
    /// What of the draft was taken to say whose it is.
    pub attribution: Option<String>,
    /// How it stands to what was said.
    pub status: Status,
    /// Where it was said, or the passage most like it.
    pub place: Option<Place>,
    /// The number of the turn it begins in.
    pub turn: Option<TurnNumber>,
    /// Which participants say it, in order of the text. Nobody if the interviewer does.
    pub participants: Vec<ParticipantId>,
    /// Whether the attribution is right. `None` without one, or without a place to compare with.
    pub attribution_ok: Option<bool>,
    /// What there is to say, as clauses.
    pub detail: Vec<String>,
    /// Participants among them who did not agree to be quoted.
    pub refused: Vec<ParticipantId>,
    /// Whether the study hides a turn of it.
    pub hidden: bool,
}

impl Check {
    /// Whether it can stay as it is.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.status.is_found()
            && self.attribution_ok != Some(false)
            && self.refused.is_empty()
            && !self.hidden
    }
}

/// Words of a quotation that are nobody else's by chance, though some of them differ.
const LONG: usize = 6;

/// Looks quotations up, one by one.
pub(super) struct Checker<'s> {
    pub(super) spoken: &'s SpokenWords,
    pub(super) study: &'s Study,
    pub(super) descriptors: &'s Descriptors,
    voices: BTreeMap<TranscriptId, Option<Voices>>,
}

impl<'s> Checker<'s> {
    pub(super) fn new(spoken: &'s SpokenWords, study: &'s Study, descriptors: &'s Descriptors) -> Self {
        Self { spoken, study, descriptors, voices: BTreeMap::new() }
    }

    /// Looks up what may be one quotation of several speakers: as one, if it was said so and each line by whom its label says; else
    /// line by line. Gives how many words each has, too.
    pub(super) fn check_run(
        &mut self,
        run: &[Quotation],
        min_words: usize,
        analyser: &mut Analyser,
    ) -> Vec<(Check, usize)> {
        let Some(whole) = Quotation::joined(run) else { return Vec::new() };
        let is_one = whole.parts.len() < 2;
        let (check, words) = self.check_one(whole, min_words, analyser);
        let is_said = check.status.is_found() && check.attribution_ok != Some(false);
        if is_one || is_said {
            return vec![(check, words)];
        }
        let lines = run.iter().cloned().flat_map(Quotation::apart);
        lines.map(|line| self.check_one(line, min_words, analyser)).collect()
    }

    fn check_one(
        &mut self,
        quotation: Quotation,
        min_words: usize,
        analyser: &mut Analyser,
    ) -> (Check, usize) {
        let of = |text: fn(&str) -> String, analyser: &mut Analyser| {
            let parts: Vec<String> = quotation.parts.iter().map(|part| text(&part.text)).collect();
            Sought::of(parts.iter().map(String::as_str), analyser)
        };
        let mut sought = of(str::to_owned, analyser);
        if quotation.parts.iter().any(|part| part.text.contains('('))
            && locate(self.spoken, &sought, &Turns::new()).is_empty()
        {
            // A house style may write `(laughs)` for `[laughs]`.
            let squared = of(|text| text.replace('(', "[").replace(')', "]"), analyser);
            if !locate(self.spoken, &squared, &Turns::new()).is_empty() {
                sought = squared;
            }
        }
        let words = sought.len();
        (self.check(quotation, &sought, min_words), words)
    }

    /// Looks one up. Around fewer than `min_words` nobody is sought who says them.
    fn check(&mut self, quotation: Quotation, sought: &Sought, min_words: usize) -> Check {
        let told = self.told(&quotation, sought.len() >= min_words);
        let own = self.turns_of(told.named(), &told.hints);
        let places = locate(self.spoken, sought, &own);
        let passage = match self.choose(&places, &quotation, sought, &told) {
            Some(number) => self.found(&places, number, sought),
            None => self.unlike(sought, &own),
        };
        let mut check = Check { quotation, ..passage.check };
        if let Some(place) = check.place.clone() {
            let parts = self.voices_by_part(passage.stream, &passage.pieces, check.quotation.parts.len());
            self.judge(&mut check, &place, &parts, &told, sought.len() >= LONG);
        } else {
            check.attribution = told.behind.map(|(text, _)| text);
        }
        check
    }

    /// Says of a passage who speaks in it and whether that is what the draft says.
    fn judge(&self, check: &mut Check, place: &Place, parts: &[Vec<Voice>], told: &Told, is_long: bool) {
        let turns = self.turns_in(place);
        let voices = once(parts.iter().flatten().copied());
        check.participants = voices.iter().filter_map(|voice| voice.participant()).collect();
        check.turn = turns.first().copied();
        check.hidden = self.study.shown_speech(place.transcript).hides_one_of(place.turns.iter().copied());
        if check.hidden {
            // Of what is hidden nothing is said but where it stands.
            check.attribution = told.behind.as_ref().map(|(text, _)| text.clone());
            check.detail = vec!["what was said there is hidden in the study: take it out".into()];
            check.refused = self.refused(&check.participants);
            return;
        }
        let heard = Heard { transcript: place.transcript, turns: &turns, voices: &voices };
        let labelled = self.labelled(&check.quotation, parts, heard);
        self.judge_attribution(check, &labelled, heard, told);
        self.say_hint(check, heard, told);
        if check.status.is_found() {
            say_who(check, &self.names(&check.participants));
            self.judge_labels(check, &labelled, heard);
        }
        // What is nearly theirs is theirs, mended or not.
        let is_theirs = check.status.is_found() || check.attribution_ok == Some(true) || is_long;
        if is_theirs {
            check.refused = self.refused(&check.participants);
            if !check.refused.is_empty() {
                let names = self.names(&check.refused).join(" and ");
                check.detail.push(format!("{names} did not agree to be quoted: take it out"));
            }
        }
    }

    /// Says if words were said elsewhere than a comment says.
    fn say_hint(&self, check: &mut Check, heard: Heard<'_>, told: &Told) {
        let is_there = told.hints.iter().any(|hint| hint.holds(heard.transcript, heard.turns));
        if check.status.is_found() && !told.hints.is_empty() && !is_there {
            let here = self.address(heard);
            check.detail.push(format!("the comment beside it names another place: it was said in {here}"));
        }
    }

    fn judge_attribution(&self, check: &mut Check, labelled: &Labelled, heard: Heard<'_>, told: &Told) {
        // Whom a label names is judged by that; an attribution may leave them out unless they are participants.
        let compared: Vec<Voice> = heard
            .voices
            .iter()
            .filter(|voice| voice.participant().is_some() || labelled.unlabelled.contains(voice))
            .copied()
            .collect();
        let heard = Heard { voices: &compared, ..heard };
        if let Some((text, behind)) = &told.behind {
            self.compare(check, text, behind, heard);
        }
        // Parentheses say it for certain; names around the quotation, where they do not. To be named there alone is right, unless
        // it is plainly said that another says it; wrong is only what is plainly said, even beside right parentheses.
        let people = check.participants.clone();
        let is_meant = people.iter().all(|person| told.meant.contains(person)) && !people.is_empty();
        let names = || self.names(&told.meant).join(" and ");
        if told.plainly && !is_meant && check.attribution_ok != Some(false) {
            let who = self.says(check, heard.transcript);
            check.detail.push(format!("{who}; the words around it name {}", names()));
            check.attribution_ok = Some(false);
            check.attribution.get_or_insert_with(names);
        }
        if check.attribution_ok.is_some() {
            return;
        }
        if is_meant && told.meant.len() == people.len() {
            check.attribution_ok = Some(true);
            check.attribution = Some(names());
        } else if let Some((text, who)) = &told.described {
            self.compare(check, text, who, heard);
        }
        if let Some((text, behind)) = told.shared.as_ref().filter(|_| check.attribution_ok.is_none()) {
            // That it is not this speaker's may mean that it is of the later quotation alone.
            if self.descriptors.judge(behind, heard) == Judgement::Right {
                check.attribution_ok = Some(true);
                check.attribution = Some(text.clone());
            }
        }
    }

    /// Compares an attribution with who speaks; nothing is said of one that names nobody.
    fn compare(&self, check: &mut Check, text: &str, behind: &Behind, heard: Heard<'_>) {
        let judged = self.descriptors.judge(behind, heard);
        match judged {
            Judgement::NotOne => return,
            Judgement::Right => {}
            Judgement::Wrong => {
                let who = self.says(check, heard.transcript);
                let (fits, more) = self.descriptors.whom_it_fits(behind);
                check.detail.push(format!("{who}; {}", fitting(&fits, more)));
            }
            Judgement::Elsewhere => check.detail.push(format!("it was said in {}", self.address(heard))),
        }
        check.attribution = Some(text.to_owned());
        check.attribution_ok = Some(judged == Judgement::Right);
    }

    /// What the labels come to, and whether words of an interviewer stand among those of a participant without one.
    fn judge_labels(&self, check: &mut Check, labelled: &Labelled, heard: Heard<'_>) {
        if let Some((label, voices)) = &labelled.wrong {
            let who = self.described(voices, heard.transcript);
            check.attribution_ok = Some(false);
            check.attribution.get_or_insert_with(|| label.clone());
            check.detail.push(format!("what stands behind “{label}:” is said by {who}"));
        } else if !labelled.naming.is_empty() && check.attribution_ok.is_none() {
            let is_told = labelled.unlabelled.is_empty();
            check.attribution_ok = is_told.then_some(true);
            if is_told {
                check.attribution = Some(labelled.naming.join("; "));
            }
        }
        let asked = [Voice::Interviewer, Voice::Other].into_iter().find(|role| {
            labelled.unlabelled.contains(role)
                && labelled.unlabelled.iter().any(|voice| voice.participant().is_some())
        });
        if let Some(role) = asked.filter(|_| check.attribution_ok == Some(true)) {
            check.attribution_ok = Some(false);
            let who = self.described(&[role], heard.transcript);
            check.detail.push(format!("{who} says part of it: set that apart behind a label"));
        }
    }

    pub(super) fn labelled(&self, quotation: &Quotation, parts: &[Vec<Voice>], heard: Heard<'_>) -> Labelled {
        let labels = quotation.parts.iter().map(|part| part.label.as_ref());
        // A part without words, such as `[laughs]`, is nobody's.
        let parts = labels.zip(parts.iter().map(Vec::as_slice)).filter(|(_, voices)| !voices.is_empty());
        labels::compare(self.study, self.descriptors, parts, heard)
    }

    /// Whose voices are in each part of a quotation, each once, in order of the text.
    pub(super) fn voices_by_part(
        &mut self,
        stream: u32,
        pieces: &[(usize, Range<u32>)],
        parts: usize,
    ) -> Vec<Vec<Voice>> {
        let mut found = vec![Vec::new(); parts.max(1)];
        let spoken = self.spoken;
        let Some(held) = spoken.streams.get(stream as usize) else { return found };
        let Some(voices) = self.voices_in(held.transcript) else { return found };
        for (part, words) in pieces {
            let said = held.words.get(words.start as usize..words.end as usize).unwrap_or_default();
            let Some(heard) = found.get_mut(*part) else { continue };
            for turns in said.chunk_by(|one, next| one.turn == next.turn) {
                let turn = turns.first().and_then(|said| held.turns.turns.get(said.turn as usize));
                let Some(voice) = turn.map(|turn| voices.of(turn)) else { continue };
                if !heard.contains(&voice) {
                    heard.push(voice);
                }
            }
        }
        found
    }

    pub(super) fn voices_in(&mut self, transcript: TranscriptId) -> Option<&Voices> {
        let study = self.study;
        self.voices.entry(transcript).or_insert_with(|| study.voices_in(transcript)).as_ref()
    }

    fn refused(&self, people: &[ParticipantId]) -> Vec<ParticipantId> {
        people.iter().filter(|person| !self.study.may_quote(**person)).copied().collect()
    }
}

impl Check {
    pub(super) fn new(status: Status) -> Self {
        Self {
            quotation: Quotation::default(),
            status,
            place: None,
            turn: None,
            participants: Vec::new(),
            attribution: None,
            attribution_ok: None,
            detail: Vec::new(),
            refused: Vec::new(),
            hidden: false,
        }
    }
}

/// Each of some things once, in order.
pub(super) fn once<T: Ord + Copy>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}
