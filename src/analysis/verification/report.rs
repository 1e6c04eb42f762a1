//! The verification of a whole draft: each quotation with where it was said and whose it is, and who is quoted how often.

use std::collections::{BTreeMap, BTreeSet};

use super::attributed::{Behind, Descriptors, Judgement};
use super::locate::{Located, locate, occurrences, replaced, same_marks};
use super::nearest::{Turns, differences, nearest_of};
use super::quotations::{Doubt, Quotation, Quotations};
use super::sought::{Joint, Sought};
use super::spoken::{Place, SpokenWords};
use crate::study::{
    AttributeOf, ParticipantId, QuoteId, Study, Subject, TranscriptId, TurnNumber, Voice, Voices,
};

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

/// How strict to be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Shorter quotations without an attribution are set aside: most are words in scare quotes.
    pub min_words: usize,
    /// Descriptors that fit fewer participants are listed.
    pub k: usize,
}

/// One quotation, looked up.
#[derive(Clone, Debug)]
pub struct Check {
    /// The quotation.
    pub quotation: Quotation,
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

/// How often somebody is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimesQuoted {
    /// Who.
    pub participant: ParticipantId,
    /// In how many quotations.
    pub times: usize,
    /// In how many of these the words differ from what was said.
    pub differing: usize,
}

/// A draft, verified.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The quotations that were checked, in order.
    pub checks: Vec<Check>,
    /// Those set aside as too short, looked up as well.
    pub skipped: Vec<Check>,
    /// Marks without a partner.
    pub doubts: Vec<Doubt>,
    /// Who is quoted, most often first.
    pub quoted: Vec<TimesQuoted>,
    /// Groups of the compared attribute of whom nobody is quoted.
    pub silent_groups: Vec<String>,
    /// Descriptors of those quoted that fit too few people, and how many.
    pub rare: Vec<(String, usize)>,
    /// Quotes of the study whose words stand in the draft.
    pub used: BTreeSet<QuoteId>,
}

impl Report {
    /// Whether every quotation that was checked can stay as it is, and all could be read.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.checks.iter().all(Check::is_right) && self.doubts.is_empty()
    }
}

/// Looks up all quotations of a draft.
#[must_use]
pub fn verify(
    quotations: Quotations,
    spoken: &SpokenWords,
    study: &Study,
    descriptors: &Descriptors,
    wanted: Wanted,
) -> Report {
    let mut verifier = Verifier { spoken, study, descriptors, voices: BTreeMap::new() };
    let mut report = Report { doubts: quotations.doubts, ..Report::default() };
    let mut analyser = SpokenWords::analyser();
    for (quotation, sought) in verifier.sought(&quotations.found, &mut analyser) {
        let check = verifier.check(quotation, &sought, wanted.min_words);
        // A short one that somebody is named behind is meant as a quotation.
        let names_one = |text: &str| !descriptors.read(text).named.is_empty();
        let is_attributed = || {
            check.attribution_ok.is_some()
                || !check.status.is_found() && check.quotation.attribution.as_deref().is_some_and(names_one)
        };
        if sought.len() < wanted.min_words && !is_attributed() {
            report.skipped.push(check);
        } else {
            report.checks.push(check);
        }
    }
    verifier.count(&mut report, wanted.k);
    report
}

struct Verifier<'s> {
    spoken: &'s SpokenWords,
    study: &'s Study,
    descriptors: &'s Descriptors,
    voices: BTreeMap<TranscriptId, Option<Voices>>,
}

/// Other places named for words said more than once.
const OTHERS: usize = 3;

impl Verifier<'_> {
    fn check(&mut self, mut quotation: Quotation, sought: &Sought, min_words: usize) -> Check {
        let places = locate(self.spoken, sought);
        // Of a few words in quotation marks nobody says whose they are.
        let around: Vec<String> = match sought.len() < min_words {
            true => Vec::new(),
            false => quotation.around.iter().map(|words| self.descriptors.spelled_out(words)).collect(),
        };
        let named = once(around.iter().flat_map(|words| self.descriptors.named_in(words)));
        // Who plainly says it counts before whoever else is mentioned.
        let said_by = once(around.iter().flat_map(|words| self.descriptors.said_by(words, &named)));
        let meant = if said_by.is_empty() { &named } else { &said_by };
        let behind = quotation.attribution.as_deref().map(|text| self.descriptors.read(text));
        let mut check = match self.choose(&places, behind.as_ref(), meant) {
            Some(number) => self.found(&places, number, sought),
            None => {
                let named_behind = behind.as_ref().map(|behind| &behind.named);
                self.unlike(sought, named_behind.filter(|named| !named.is_empty()).unwrap_or(meant))
            }
        };
        if let Some(place) = &check.place {
            let voices = self.voices_of(place);
            check.participants = voices.iter().filter_map(|voice| voice.participant()).collect();
            let first = place.turns.first().copied();
            let number =
                first.and_then(|turn| Some(self.spoken.stream_of(place)?.turns.turns.get(turn)?.number));
            check.turn = number;
            let judged =
                behind.as_ref().map(|behind| self.descriptors.judge(behind, &voices, place.transcript));
            match judged {
                Some(Judgement::Right) => check.attribution_ok = Some(true),
                Some(Judgement::Wrong { fits, more }) => {
                    check.attribution_ok = Some(false);
                    let who = self.says(&check, place.transcript);
                    check.detail.push(format!("{who}; {}", fitting(&fits, more)));
                }
                Some(Judgement::NotOne) => quotation.attribution = None,
                None => {}
            }
            // Parentheses say it for certain; names around the quotation, where they do not. To be named there is right, unless
            // it is plainly said that another says it; wrong is only what is plainly said.
            if quotation.attribution.is_none() {
                let people = &check.participants;
                let right = !people.is_empty() && people.iter().all(|person| meant.contains(person));
                if right || !said_by.is_empty() {
                    let names = self.names(meant).join(" and ");
                    check.attribution_ok = Some(right);
                    if !right {
                        let who = self.says(&check, place.transcript);
                        check.detail.push(format!("{who}; the words around it name {names}"));
                    }
                    quotation.attribution = Some(names);
                }
            }
            if check.status.is_found() {
                self.say_who(&mut check);
            }
            // What is nearly theirs and said to be theirs is theirs.
            if check.status.is_found() || check.attribution_ok == Some(true) {
                self.say_refused(&mut check);
            }
            self.say_hidden(&mut check);
        }
        check.quotation = quotation;
        check
    }

    /// The place to take: the first whose speaker the attribution fits, or is among those `named` around, else the first that
    /// a participant says.
    fn choose(
        &mut self,
        places: &[Located],
        behind: Option<&Behind>,
        named: &[ParticipantId],
    ) -> Option<usize> {
        let mut by_participant = None;
        for (number, located) in places.iter().enumerate() {
            let Some(place) = self.spoken.place(located.stream, &located.pieces) else { continue };
            let voices = self.voices_of(&place);
            let speakers: Vec<ParticipantId> =
                voices.iter().filter_map(|voice| voice.participant()).collect();
            let judged = behind
                .map(|behind| self.descriptors.judge(behind, &voices, place.transcript))
                .filter(|judged| *judged != Judgement::NotOne || named.is_empty());
            let fits = match judged {
                Some(judged) => judged == Judgement::Right,
                None if speakers.is_empty() => false,
                None => named.is_empty() || speakers.iter().all(|speaker| named.contains(speaker)),
            };
            if fits {
                return Some(number);
            }
            if by_participant.is_none() && !speakers.is_empty() {
                by_participant = Some(number);
            }
        }
        by_participant.or((!places.is_empty()).then_some(0))
    }

    fn found(&self, places: &[Located], number: usize, sought: &Sought) -> Check {
        let mut check = Check::new(Status::NotFound);
        let Some(located) = places.get(number) else { return check };
        check.status = if located.whole { Status::Exact } else { Status::Pieces };
        check.place = self.spoken.place(located.stream, &located.pieces);
        let same = located.pieces.iter().zip(&sought.pieces);
        if !same.into_iter().all(|(range, piece)| same_marks(self.spoken, located.stream, range, piece)) {
            check.detail.push("the words are the same, the punctuation is not".into());
        }
        if !located.whole {
            check.detail.extend(replaced(self.spoken, located, &sought.joints));
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
        check
    }

    /// What was not said so: with the passage most like it, if there is one; of those who are `named` first.
    fn unlike(&mut self, sought: &Sought, named: &[ParticipantId]) -> Check {
        let mut check = Check::new(Status::NotFound);
        if sought.len() == 0 {
            check.detail.push("nothing but what is left out or replaced".into());
            return check;
        }
        let scattered = sought.joints.contains(&Joint::Ellipsis)
            && sought.pieces.iter().all(|piece| !occurrences(self.spoken, piece).is_empty());
        let own = self.turns_of(named);
        let Some(nearest) = nearest_of(self.spoken, sought, &own) else {
            if scattered {
                check.status = Status::Differs;
                check.detail.push("its pieces were said, but not all in one transcript".into());
            }
            return check;
        };
        check.status = Status::Differs;
        let ranges: Vec<_> = nearest.pieces.iter().flatten().map(|near| near.words.clone()).collect();
        check.place = self.spoken.place(nearest.stream, &ranges);
        if scattered {
            check.detail.push(
                "its pieces were said, but not in one transcript in this order; what is most like it there:"
                    .into(),
            );
        }
        for (near, piece) in nearest.pieces.iter().zip(&sought.pieces) {
            match near {
                Some(near) => check.detail.extend(differences(self.spoken, near, piece)),
                None => check.detail.push(format!("with “{}”, which was not said there", piece.text)),
            }
        }
        if check.detail.is_empty() {
            check.detail.push("its parts were said, but not in a row".into());
        }
        check
    }

    /// Of what is hidden nothing is told but that it is.
    fn say_hidden(&self, check: &mut Check) {
        let Some(place) = &check.place else { return };
        let shown = self.study.shown_speech(place.transcript);
        check.hidden = shown.hides_one_of(place.turns.iter().copied());
        if check.hidden {
            check.detail = vec!["what was said there is hidden in the study: take it out".into()];
        }
    }

    fn say_who(&self, check: &mut Check) {
        match check.participants.as_slice() {
            // It is said with whom the attribution fits.
            _ if check.attribution_ok == Some(false) => {}
            [] => check.detail.push("no participant says this".into()),
            [_] => {}
            several => {
                let names = self.names(several).join(" and ");
                check.detail.push(format!("said by {names}"));
            }
        }
    }

    /// Who of those that speak did not agree to be quoted.
    fn say_refused(&self, check: &mut Check) {
        let refused = check.participants.iter().filter(|person| !self.study.may_quote(**person));
        check.refused = refused.copied().collect();
        if !check.refused.is_empty() {
            let names = self.names(&check.refused).join(" and ");
            check.detail.push(format!("{names} did not agree to be quoted: take it out"));
        }
    }

    /// Who says it, or what is most like it.
    fn says(&self, check: &Check, transcript: TranscriptId) -> String {
        let who = self.described(&check.participants, transcript);
        let verb = if check.participants.len() > 1 { "say" } else { "says" };
        match check.status.is_found() {
            true => format!("{who} {verb} this"),
            false => format!("{who} {verb} what is most like it"),
        }
    }

    /// Speakers, each with their descriptor.
    fn described(&self, speakers: &[ParticipantId], transcript: TranscriptId) -> String {
        let described = |person: &ParticipantId| match self.descriptors.descriptor(*person, transcript) {
            Some(descriptor) if descriptor != self.name(*person) => {
                format!("{} ({descriptor})", self.name(*person))
            }
            _ => self.name(*person),
        };
        match speakers {
            [] => "no participant".to_owned(),
            speakers => speakers.iter().map(described).collect::<Vec<_>>().join(" and "),
        }
    }

    /// Whose voices are in a place, each once, in order of the text.
    fn voices_of(&mut self, place: &Place) -> Vec<Voice> {
        let Some(stream) = self.spoken.stream_of(place) else { return Vec::new() };
        let Some(voices) = self.voices_in(place.transcript) else { return Vec::new() };
        let mut found = Vec::new();
        for turn in place.turns.iter().filter_map(|turn| stream.turns.turns.get(*turn)) {
            let voice = voices.of(turn);
            if !found.contains(&voice) {
                found.push(voice);
            }
        }
        found
    }

    fn voices_in(&mut self, transcript: TranscriptId) -> Option<&Voices> {
        let study = self.study;
        self.voices.entry(transcript).or_insert_with(|| study.voices_in(transcript)).as_ref()
    }

    /// All turns of some people.
    fn turns_of(&mut self, people: &[ParticipantId]) -> Turns {
        let mut found = Turns::new();
        let spoken = self.spoken;
        for (number, stream) in (0_u32..).zip(&spoken.streams).filter(|_| !people.is_empty()) {
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

    /// What is looked for. Neighbouring quotations behind labels of speakers are one where they were said in one go, as Combe
    /// writes what several people say.
    fn sought(&self, found: &[Quotation], analyser: &mut crate::text::Analyser) -> Vec<(Quotation, Sought)> {
        let is_labelled =
            |quotation: &Quotation| quotation.label.as_deref().is_some_and(|label| self.is_label(label));
        let mut sought = Vec::with_capacity(found.len());
        let runs = found.chunk_by(|one, next| next.goes_on && is_labelled(one) && is_labelled(next));
        for run in runs {
            let joined = Quotation::joined(run).filter(|_| run.len() > 1);
            let joined = joined.map(|all| (Sought::of(&all.text, analyser), all));
            if let Some((words, all)) = joined
                && !locate(self.spoken, &words).is_empty()
            {
                sought.push((all, words));
                continue;
            }
            for quotation in run.iter().cloned() {
                let bare = match quotation.is_block {
                    true => self.without_labels(&quotation.text, analyser),
                    false => None,
                };
                let words = bare.unwrap_or_else(|| Sought::of(&quotation.text, analyser));
                sought.push((quotation, words));
            }
        }
        sought
    }

    /// A block of several speakers, whose lines begin with their labels, without those. `None` if no line does.
    fn without_labels(&self, text: &str, analyser: &mut crate::text::Analyser) -> Option<Sought> {
        let mut any = false;
        let mut lines = Vec::new();
        for line in text.lines() {
            let label = line.split_once(':').filter(|(label, _)| self.is_label(label));
            any |= label.is_some();
            lines.push(label.map_or(line, |(_, said)| said));
        }
        any.then(|| Sought::of(&lines.join("\n"), analyser))
    }

    fn is_label(&self, label: &str) -> bool {
        let bare = label.trim_matches(|c: char| !c.is_alphanumeric());
        let key = crate::text::fold_label(bare);
        bare.len() <= 60
            && (self.study.participant_named(bare).is_some()
                || matches!(
                    key.as_str(),
                    "interviewer" | "moderator" | "facilitator" | "int" | "i" | "participant"
                )
                || is_own_label(&key)
                || self.study.speakers().iter().any(|speaker| speaker.key == key))
    }

    fn count(&self, report: &mut Report, k: usize) {
        let mut quoted: BTreeMap<ParticipantId, TimesQuoted> = BTreeMap::new();
        let mut rare: BTreeMap<&str, usize> = BTreeMap::new();
        // A short word that anybody may have said says nothing of whom the draft quotes.
        for check in &report.checks {
            let Some(place) = &check.place else { continue };
            let is_found = check.status.is_found();
            if is_found {
                report.used.extend(self.quotes_at(place));
            }
            for person in &check.participants {
                let new = TimesQuoted { participant: *person, times: 0, differing: 0 };
                let held = quoted.entry(*person).or_insert(new);
                held.times += 1;
                held.differing += usize::from(!is_found);
                if let Some(descriptor) = self.descriptors.descriptor(*person, place.transcript) {
                    let fit = self.descriptors.fit(descriptor);
                    if fit < k && stands_in(check.quotation.attribution.as_deref(), descriptor) {
                        rare.insert(descriptor, fit);
                    }
                }
            }
        }
        report.silent_groups = self.silent_groups(&quoted);
        report.quoted = quoted.into_values().collect();
        report.quoted.sort_by_key(|held| std::cmp::Reverse(held.times));
        report.rare = rare.into_iter().map(|(descriptor, fit)| (descriptor.to_owned(), fit)).collect();
    }

    fn silent_groups(&self, quoted: &BTreeMap<ParticipantId, TimesQuoted>) -> Vec<String> {
        let compare = self.study.settings.compare.as_deref();
        let Some(attribute) =
            compare.and_then(|name| self.study.attribute_named(AttributeOf::Participant, name))
        else {
            return Vec::new();
        };
        let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
        for person in self.study.participants().iter() {
            let value = self.study.value_of(Subject::Participant(person.id), attribute);
            if let Some(group) = value.and_then(|value| value.counted()) {
                *groups.entry(group).or_default() |= quoted.contains_key(&person.id);
            }
        }
        groups.into_iter().filter(|(_, quoted)| !quoted).map(|(group, _)| group.replace('_', " ")).collect()
    }

    /// Quotes that share at least half of the shorter of both with a piece. Those of colleagues on a transcript that is coded
    /// blind are for the caller to leave out.
    fn quotes_at(&self, place: &Place) -> Vec<QuoteId> {
        let shares = |quote: &crate::study::Quote| {
            place.pieces.iter().any(|piece| {
                let shared = quote.span.intersection(*piece).map_or(0, crate::text::Span::len);
                shared > 0 && shared * 2 >= quote.span.len().min(piece.len())
            })
        };
        let quotes = self.study.quotes_in(place.transcript);
        quotes
            .filter(|quote| quote.revision == place.revision && shares(quote))
            .map(|quote| quote.id)
            .collect()
    }

    fn numbers(&self, place: &Place) -> String {
        let Some(stream) = self.spoken.stream_of(place) else { return String::new() };
        let turns = place.turns.iter().filter_map(|turn| stream.turns.turns.get(*turn));
        turns.map(|turn| turn.number.to_string()).collect::<Vec<_>>().join(", ")
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

impl Check {
    fn new(status: Status) -> Self {
        Self {
            quotation: Quotation::default(),
            status,
            place: None,
            turn: None,
            participants: Vec::new(),
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

/// Whether this is what Combe writes before the words of one of several speakers, where the study prints no numbers.
fn is_own_label(key: &str) -> bool {
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    key.strip_prefix("speaker ").is_some_and(is_number)
        || ["other person", "several speakers", "unknown speaker"].contains(&key)
}

/// Each of some people once, in order.
fn once(people: impl Iterator<Item = ParticipantId>) -> Vec<ParticipantId> {
    let mut seen = BTreeSet::new();
    people.filter(|person| seen.insert(*person)).collect()
}

/// Whether all words of a descriptor stand in an attribution of the draft.
fn stands_in(attribution: Option<&str>, descriptor: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        crate::text::fold_name(text).split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    let written = attribution.map(words).unwrap_or_default();
    words(descriptor).iter().all(|word| word.is_empty() || written.contains(word))
}
