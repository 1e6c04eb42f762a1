//! One quotation looked up: where it was said, who says it, and whether what the draft says of that is right.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::address::Address;
use super::descriptors::Descriptors;
use super::judging::{Behind, Heard, Judgement};
use super::labels::{self, Labelled};
use super::locate::{Located, is_scattered, locate, occurrences, other_letters, replaced, same_marks};
use super::nearest::{Turns, differences, nearest_of};
use super::quotations::Quotation;
use super::saying::describes_speaker;
use super::sought::{Joint, Sought};
use super::spoken::{Place, SpokenWords};
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

/// Looks quotations up, one by one.
pub(super) struct Checker<'s> {
    pub(super) spoken: &'s SpokenWords,
    pub(super) study: &'s Study,
    pub(super) descriptors: &'s Descriptors,
    voices: BTreeMap<TranscriptId, Option<Voices>>,
}

/// What a quotation turned out to be, and for each of its pieces that is somewhere: of which part it is, and its words there.
struct Passage {
    check: Check,
    stream: u32,
    pieces: Vec<(usize, Range<u32>)>,
}

/// Who is said to speak, and how plainly.
#[derive(Default)]
struct Told {
    /// What stands behind the quotation, as written and read.
    behind: Option<(String, Behind)>,
    /// What stands behind a later quotation, which both may share.
    shared: Option<(String, Behind)>,
    /// Who plainly says it by the words around it, else whoever is named there.
    meant: Vec<ParticipantId>,
    /// Whether it is plainly said.
    plainly: bool,
    /// Whom the words around it describe as the speaker.
    described: Option<(String, Behind)>,
    /// Where a comment says it was taken from.
    hints: Vec<Address>,
}

/// Other places named for words said more than once.
const OTHERS: usize = 3;

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
            self.judge(&mut check, &place, &parts, &told);
        } else {
            check.attribution = told.behind.map(|(text, _)| text);
        }
        check
    }

    fn told(&self, quotation: &Quotation, is_long: bool) -> Told {
        let read = |text: &str| (text.to_owned(), self.descriptors.read(text));
        let candidates: Vec<(bool, (String, Behind))> =
            quotation.behind.iter().map(|held| (held.plain, read(&held.text))).collect();
        let names = |(plain, (_, behind)): &&(bool, (String, Behind))| {
            self.descriptors.is_attribution(behind) || *plain && self.descriptors.describes(behind)
        };
        let is_named = |(_, (_, behind)): &&(bool, (String, Behind))| behind.names_one();
        let behind = candidates.iter().filter(names).find(is_named);
        let behind = behind
            .or_else(|| candidates.iter().find(names))
            .or_else(|| candidates.iter().find(|(plain, _)| *plain));
        let mut told = Told { behind: behind.map(|(_, read)| read.clone()), ..Told::default() };
        if let Some(shared) = &quotation.shared {
            let whole = read(&shared.text);
            match whole.1.named.get(shared.number).filter(|_| whole.1.named.len() == shared.of) {
                // `“…” and “…” (P1; P2)`: one each, in this order.
                Some(person) => told.behind = Some(read(&self.name(*person))),
                None if told.behind.is_none() && is_long => told.shared = Some(whole),
                None => {}
            }
        }
        let comments = quotation.comments.iter();
        told.hints = comments.flat_map(|comment| self.descriptors.addresses.within(comment)).collect();
        // Of a few words in quotation marks nobody says whose they are.
        if !is_long {
            return told;
        }
        let around: Vec<String> =
            quotation.around.iter().map(|words| self.descriptors.spelled_out(words)).collect();
        let named = once(around.iter().flat_map(|words| self.descriptors.named_in(words)));
        // Who plainly says it counts before whoever else is mentioned.
        let said_by = once(around.iter().flat_map(|words| self.descriptors.said_by(words, &named)));
        told.plainly = !said_by.is_empty();
        told.meant = if told.plainly { said_by } else { named };
        let described = around.iter().filter_map(|words| describes_speaker(words)).map(|who| read(&who));
        told.described = described.into_iter().find(|(_, who)| self.descriptors.describes(who));
        told
    }

    /// Says of a passage who speaks in it and whether that is what the draft says.
    fn judge(&self, check: &mut Check, place: &Place, parts: &[Vec<Voice>], told: &Told) {
        let turns = self.turns_in(place);
        let voices = once(parts.iter().flatten().copied());
        check.participants = voices.iter().filter_map(|voice| voice.participant()).collect();
        check.turn = turns.first().copied();
        check.hidden = self.study.shown_speech(place.transcript).hides_one_of(place.turns.iter().copied());
        if check.hidden {
            // Of what is hidden nothing is told but that it is.
            check.detail = vec!["what was said there is hidden in the study: take it out".into()];
            check.refused = self.refused(&check.participants);
            return;
        }
        let heard = Heard { transcript: place.transcript, turns: &turns, voices: &voices };
        let labelled = self.labelled(&check.quotation, parts, heard);
        self.judge_attribution(check, &labelled, heard, told);
        if check.status.is_found() {
            say_who(check, &self.names(&check.participants));
            self.judge_labels(check, &labelled, heard);
        }
        // What is nearly theirs and said to be theirs is theirs.
        if check.status.is_found() || check.attribution_ok == Some(true) {
            check.refused = self.refused(&check.participants);
            if !check.refused.is_empty() {
                let names = self.names(&check.refused).join(" and ");
                check.detail.push(format!("{names} did not agree to be quoted: take it out"));
            }
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
            Judgement::Wrong { ref fits, more } => {
                let who = self.says(check, heard.transcript);
                check.detail.push(format!("{who}; {}", fitting(fits, more)));
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

    fn labelled(&self, quotation: &Quotation, parts: &[Vec<Voice>], heard: Heard<'_>) -> Labelled {
        let labels = quotation.parts.iter().map(|part| part.label.as_ref());
        // A part without words, such as `[laughs]`, is nobody's.
        let parts = labels.zip(parts.iter().map(Vec::as_slice)).filter(|(_, voices)| !voices.is_empty());
        labels::compare(self.study, self.descriptors, parts, heard)
    }

    /// The place to take: the first that labels and attribution fit, or whose speaker is among those named around, and of these
    /// the one that a comment names; else the first that a participant says.
    fn choose(
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

    fn found(&self, places: &[Located], number: usize, sought: &Sought) -> Passage {
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
        let mut others: Vec<&str> = places
            .iter()
            .enumerate()
            .filter(|(other, located)| *other != number && located.whole)
            .filter_map(|(_, located)| self.name_of(located.stream))
            .collect();
        others.dedup();
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
    fn unlike(&self, sought: &Sought, own: &Turns) -> Passage {
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

    /// Who says it, or what is most like it.
    fn says(&self, check: &Check, transcript: TranscriptId) -> String {
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
    fn described(&self, voices: &[Voice], transcript: TranscriptId) -> String {
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

    /// Whose voices are in each part of a quotation, each once, in order of the text.
    fn voices_by_part(
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

    fn voices_in(&mut self, transcript: TranscriptId) -> Option<&Voices> {
        let study = self.study;
        self.voices.entry(transcript).or_insert_with(|| study.voices_in(transcript)).as_ref()
    }

    /// All turns of some people, and those at some addresses.
    fn turns_of(&mut self, people: &[ParticipantId], at: &[Address]) -> Turns {
        let mut found = Turns::new();
        let spoken = self.spoken;
        for (number, stream) in (0_u32..).zip(&spoken.streams) {
            let is_at = |turn: &crate::study::Turn| {
                let mut turns = at.iter().filter(|address| address.turns.is_some());
                turns.any(|address| address.holds(stream.transcript, &[turn.number]))
            };
            if at.iter().any(|address| address.transcript == stream.transcript) {
                let there = (0_u32..).zip(&stream.turns.turns).filter(|(_, turn)| is_at(turn));
                found.extend(there.map(|(turn, _)| (number, turn)));
            }
            let heard = self.study.speech_in(stream.transcript);
            if !people.iter().any(|person| heard.contains_key(person)) {
                continue;
            }
            let Some(voices) = self.voices_in(stream.transcript) else { continue };
            let theirs = (0_u32..).zip(&stream.turns.turns).filter(|(_, turn)| {
                voices.of(turn).participant().is_some_and(|person| people.contains(&person))
            });
            found.extend(theirs.map(|(turn, _)| (number, turn)));
        }
        found
    }

    /// The numbers of the turns of a place.
    fn turns_in(&self, place: &Place) -> Vec<TurnNumber> {
        let Some(stream) = self.spoken.stream_of(place) else { return Vec::new() };
        place.turns.iter().filter_map(|turn| Some(stream.turns.turns.get(*turn)?.number)).collect()
    }

    fn numbers(&self, place: &Place) -> String {
        self.turns_in(place).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// `I43:46`, of words over several turns `I43:46–48`.
    fn address(&self, heard: Heard<'_>) -> String {
        let name = self.study.transcripts().get(&heard.transcript).map_or("", |held| held.name.as_str());
        match heard.turns {
            [] => name.to_owned(),
            [turn] => format!("{name}:{turn}"),
            [first, .., last] => format!("{name}:{first}–{last}"),
        }
    }

    fn refused(&self, people: &[ParticipantId]) -> Vec<ParticipantId> {
        people.iter().filter(|person| !self.study.may_quote(**person)).copied().collect()
    }

    fn name(&self, person: ParticipantId) -> String {
        self.study.participants().get(&person).map_or_else(String::new, |held| held.name.clone())
    }

    fn names(&self, people: &[ParticipantId]) -> Vec<String> {
        people.iter().map(|person| self.name(*person)).collect()
    }

    fn name_of(&self, stream: u32) -> Option<&str> {
        let transcript = self.spoken.streams.get(stream as usize)?.transcript;
        self.study.transcripts().get(&transcript).map(|held| held.name.as_str())
    }
}

impl Told {
    /// Whose words are compared first where nothing was said so.
    fn named(&self) -> &[ParticipantId] {
        let behind = self.behind.as_ref().map(|(_, behind)| behind.named.as_slice());
        behind.filter(|named| !named.is_empty()).unwrap_or(&self.meant)
    }
}

impl Passage {
    fn nowhere(check: Check) -> Self {
        Self { check, stream: u32::MAX, pieces: Vec::new() }
    }
}

impl Check {
    fn new(status: Status) -> Self {
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

/// What an attribution fits that is not the speaker's.
fn fitting(fits: &[String], more: usize) -> String {
    match (fits, more) {
        ([], _) => "the attribution fits nobody".to_owned(),
        (names, 0) => format!("the attribution fits {}", names.join(", ")),
        (names, more) => format!("the attribution fits {} and {more} more", names.join(", ")),
    }
}

/// Says whose words they are, where that is not said with whom the attribution fits.
fn say_who(check: &mut Check, names: &[String]) {
    match names {
        _ if check.attribution_ok == Some(false) => {}
        [] => check.detail.push("no participant says this".into()),
        [_] => {}
        several => check.detail.push(format!("said by {}", several.join(" and "))),
    }
}

/// Each of some things once, in order.
fn once<T: Ord + Copy>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}
