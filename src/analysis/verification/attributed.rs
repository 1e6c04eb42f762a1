//! Whether what stands in parentheses behind a quotation is who said it.
//!
//! An attribution is right if it is one of those that the study composes for the speaker, with or without the number, or if
//! all its words fit that person and none fits only others: journals and coauthors reword descriptors. A word fits if it
//! is in the person's own descriptor, or, where no descriptor has it, among the values of the person's attributes. Words
//! that the study does not know (`affluent`) decide nothing.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::saying::says_so;
use crate::analysis::{Attribution, AttributionError};
use crate::study::{Kind, ParticipantId, Study, Subject, Transcript, TranscriptId, Value, Voice};
use crate::text::{Analyser, Language};

/// What an attribution turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It names nobody: a reference, a remark.
    NotOne,
    /// It is the speaker's.
    Right,
    /// It is not the speaker's.
    Wrong {
        /// Names of participants whom it fits, a few of them; or the role that it names.
        fits: Vec<String>,
        /// How many more it fits.
        more: usize,
    },
}

/// The descriptors of all who speak, to compare attributions with.
pub struct Descriptors {
    profiles: BTreeMap<(ParticipantId, TranscriptId), Profile>,
    names: BTreeMap<ParticipantId, String>,
    values: BTreeMap<ParticipantId, BTreeSet<String>>,
    /// Words of any descriptor, and of any value of an attribute.
    in_descriptors: HashSet<String>,
    in_values: HashSet<String>,
    /// Words of names of participants and transcripts.
    in_names: HashSet<String>,
}

/// What stands behind a quotation, read.
#[derive(Clone, Debug)]
pub struct Behind {
    /// Participants that it names.
    pub(super) named: Vec<ParticipantId>,
    begins_with_name: bool,
    /// Roles that it names in their place.
    roles: Vec<(&'static str, Voice)>,
    /// All its words, folded, and the stems of those that tell somebody from others; these by its parts, too.
    form: String,
    words: Vec<String>,
    parts: Vec<Vec<String>>,
}

struct Profile {
    /// The descriptor as composed, without the participant's number.
    descriptor: String,
    /// Attributions that are right word for word, folded.
    forms: Vec<String>,
    /// Stems of the descriptor, the name, the label and the kind of transcript.
    words: BTreeSet<String>,
}

/// Words that tell nobody from anybody.
const EMPTY_WORDS: [&str; 24] = [
    "a",
    "an",
    "the",
    "of",
    "from",
    "with",
    "in",
    "and",
    "or",
    "who",
    "to",
    "for",
    "on",
    "at",
    "by",
    "is",
    "was",
    "no",
    "number",
    "participant",
    "interviewee",
    "respondent",
    "quote",
    "member",
];

/// Words before the number of a participant.
const TITLES: [&str; 3] = ["participant", "interviewee", "respondent"];

/// What stands for a voice that is no participant's: as Combe writes it, or as authors do.
const ROLES: [(&str, Voice); 10] = [
    ("interviewer", Voice::Interviewer),
    ("moderator", Voice::Interviewer),
    ("facilitator", Voice::Interviewer),
    ("the interviewer", Voice::Interviewer),
    ("the moderator", Voice::Interviewer),
    ("somebody who is no participant", Voice::Other),
    ("several speakers", Voice::Several),
    ("several people", Voice::Several),
    ("speaker unknown", Voice::Unknown),
    ("unknown speaker", Voice::Unknown),
];

/// The roles that an attribution names, each as it is told.
fn roles_in(text: &str) -> Vec<(&'static str, Voice)> {
    let parts = text.split([',', ';']).map(|part| crate::text::fold_name(part.trim()));
    parts.filter_map(|part| ROLES.into_iter().find(|(words, _)| *words == part)).collect()
}

/// Participants whom a wrong attribution is said to fit.
const SHOWN: usize = 3;

impl Descriptors {
    /// Composes the descriptors of everybody who speaks.
    ///
    /// # Errors
    /// If a template cannot be filled.
    pub fn of(study: &Study, attribution: &Attribution<'_>) -> Result<Self, AttributionError> {
        let mut analyser = Analyser::new(Language::English);
        let mut descriptors = Self {
            profiles: BTreeMap::new(),
            names: BTreeMap::new(),
            values: BTreeMap::new(),
            in_descriptors: HashSet::new(),
            in_values: HashSet::new(),
            in_names: HashSet::new(),
        };
        for transcript in study.transcripts_by_name() {
            descriptors.in_names.extend(named(&transcript.name, &mut analyser));
            for participant in study.speech_in(transcript.id).keys() {
                let composed = attribution.compose(*participant, transcript)?;
                let descriptor = attribution.descriptor(*participant, transcript)?;
                descriptors.note(study, *participant, transcript, [&composed, &descriptor], &mut analyser);
            }
        }
        for value in study.attribute_values().iter() {
            let (Subject::Participant(participant), Value::Given(given)) = (value.subject, &value.value)
            else {
                continue;
            };
            for word in given.iter().flat_map(|value| content(&value.replace('_', " "), &mut analyser)) {
                descriptors.in_values.insert(word.clone());
                descriptors.values.entry(participant).or_default().insert(word);
            }
        }
        Ok(descriptors)
    }

    fn note(
        &mut self,
        study: &Study,
        participant: ParticipantId,
        transcript: &Transcript,
        [composed, descriptor]: [&str; 2],
        analyser: &mut Analyser,
    ) {
        let name = study.participants().get(&participant).map_or("", |held| held.name.as_str());
        let mut forms: Vec<String> = [
            composed,
            descriptor,
            &format!("{name}, {descriptor}"),
            name,
            &format!("{name}, {}", transcript.name),
        ]
        .into_iter()
        .map(|form| folded(form, analyser))
        .collect();
        forms.dedup();
        let own = content(descriptor, analyser);
        self.in_descriptors.extend(own.iter().filter(|word| !self.in_names.contains(*word)).cloned());
        let mut words: BTreeSet<String> = own.into_iter().collect();
        let own_names = named(name, analyser);
        words.extend(own_names.iter().cloned());
        self.in_names.extend(own_names);
        words.extend(named(&transcript.name, analyser));
        let kind = match transcript.kind {
            Kind::Interview => "interview interviewed",
            Kind::FocusGroup => "focus group",
        };
        words.extend(content(kind, analyser));
        for binding in study.bindings().from((transcript.id, String::new())) {
            if binding.transcript != transcript.id {
                break;
            }
            if binding.voice == Voice::Participant(participant) {
                words.extend(content(&binding.speaker, analyser));
            }
        }
        self.names.entry(participant).or_insert_with(|| name.to_owned());
        self.profiles.insert(
            (participant, transcript.id),
            Profile { descriptor: descriptor.to_owned(), forms, words },
        );
    }

    /// Reads what stands behind a quotation, to be judged once or often.
    #[must_use]
    pub fn read(&self, text: &str) -> Behind {
        let mut analyser = Analyser::new(Language::English);
        let text = self.spelled_out(text);
        let named = self.named_in(&text);
        let start = text.trim_start().to_lowercase();
        let begins = |person: &ParticipantId| {
            self.names.get(person).is_some_and(|name| start.starts_with(&name.to_lowercase()))
        };
        Behind {
            begins_with_name: named.iter().any(begins),
            roles: if named.is_empty() { roles_in(&text) } else { Vec::new() },
            form: folded(&text, &mut analyser),
            words: content(&text, &mut analyser),
            parts: text.split(';').map(|part| content(part, &mut analyser)).collect(),
            named,
        }
    }

    /// Whose an attribution is that stands behind words of some voices, each once, in a transcript. Of words of several
    /// participants it must name or fit all of them.
    #[must_use]
    pub fn judge(&self, behind: &Behind, voices: &[Voice], transcript: TranscriptId) -> Judgement {
        let own: Vec<(&Profile, ParticipantId)> = voices
            .iter()
            .filter_map(|voice| voice.participant())
            .filter_map(|speaker| Some((self.profiles.get(&(speaker, transcript))?, speaker)))
            .collect();
        if !behind.roles.is_empty() {
            let is_named = |voice: &Voice| behind.roles.iter().any(|(_, role)| role == voice);
            let fits = behind.roles.iter().map(|(words, _)| (*words).to_owned()).collect();
            return match voices.iter().all(is_named) {
                true => Judgement::Right,
                false => Judgement::Wrong { fits, more: 0 },
            };
        }
        let is_form = |profile: &Profile| profile.forms.contains(&behind.form);
        if !own.is_empty() && own.iter().all(|(profile, _)| is_form(profile)) {
            return Judgement::Right;
        }
        let telling = behind.words.iter().filter(|word| !is_number(word)).count();
        let known = behind.words.iter().filter(|word| !is_number(word) && self.knows(word)).count();
        // `(P1, emphasis added)`: whoever is named first is meant, whatever is remarked besides.
        if !behind.begins_with_name && (known == 0 || known * 2 < telling) {
            return Judgement::NotOne;
        }
        // The interviewer's words are nobody's: whoever they are given to, it is wrong.
        let fits_all = match own.as_slice() {
            [] => false,
            [(profile, speaker)] => self.fits(profile, *speaker, &behind.words),
            several => self.fits_several(several, behind),
        };
        if fits_all { Judgement::Right } else { self.wrong(&behind.form, &behind.words) }
    }

    /// Whether an attribution is that of all of several speakers: it names each of them and nobody else; or it names nobody,
    /// and fits each, or has a part for each or words that do not fit all of them.
    fn fits_several(&self, own: &[(&Profile, ParticipantId)], behind: &Behind) -> bool {
        let Behind { named, words, parts, .. } = behind;
        if !named.is_empty() {
            return own.iter().all(|(_, speaker)| named.contains(speaker))
                && named.iter().all(|person| own.iter().any(|(_, speaker)| speaker == person));
        }
        let fits = |(profile, speaker): &(&Profile, ParticipantId), part: &[String]| {
            self.fits(profile, *speaker, part)
        };
        let has_part = |speaker: &(&Profile, ParticipantId)| parts.iter().any(|part| fits(speaker, part));
        let is_somebodys = |part: &Vec<String>| own.iter().any(|speaker| fits(speaker, part));
        if parts.len() > 1 && own.iter().all(has_part) && parts.iter().all(is_somebodys) {
            return true;
        }
        let allowing = |word: &String| {
            own.iter().filter(|(profile, person)| self.allows(profile, *person, word)).count()
        };
        let has_own_word = |(profile, speaker): &(&Profile, ParticipantId)| {
            words.iter().any(|word| allowing(word) < own.len() && self.allows(profile, *speaker, word))
        };
        own.iter().all(|speaker| fits(speaker, words))
            || (words.iter().all(|word| allowing(word) > 0) && own.iter().all(has_own_word))
    }

    /// Words with the numbers of participants as the study writes them: `P49` and `Participant 49` are `P049`, where that is
    /// one person alone.
    #[must_use]
    pub fn spelled_out(&self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (before, from) = rest.split_at(start);
            out.push_str(before);
            let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            let number = after.strip_prefix([' ', '\u{a0}']).map(|number| {
                let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
                number.split_at(digits)
            });
            let is_title = TITLES.contains(&word.to_lowercase().as_str());
            match number {
                Some((digits, beyond)) if is_title && !digits.is_empty() => {
                    match self.numbered("", digits) {
                        Some(name) => out.push_str(name),
                        None => out.extend([word, " ", digits]),
                    }
                    rest = beyond;
                }
                _ => {
                    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
                    let digits = word.get(letters.len()..).unwrap_or_default();
                    let is_name = self.names.values().any(|name| name.eq_ignore_ascii_case(word));
                    let meant = match letters.is_empty() || digits.is_empty() || is_name {
                        true => None,
                        false => self.numbered(letters, digits),
                    };
                    out.push_str(meant.unwrap_or(word));
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The one name that is these letters, or any, and that number.
    fn numbered(&self, letters: &str, digits: &str) -> Option<&str> {
        let number = digits.trim_start_matches('0');
        let is_it = |name: &&String| {
            let head = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let held = name.get(head.len()..).unwrap_or_default();
            !held.is_empty()
                && held.trim_start_matches('0') == number
                && match letters {
                    "" => head.chars().all(char::is_alphabetic),
                    // Of pages, `p49` is written small.
                    _ => letters.starts_with(char::is_uppercase) && head.eq_ignore_ascii_case(letters),
                }
        };
        let mut found = self.names.values().filter(is_it);
        found.next().filter(|_| found.next().is_none()).map(String::as_str)
    }

    /// The participants whose names stand among words, whatever else is said there. A name is told from a word by a number
    /// in it (`P12`, `p12`) or by its capital letter (`Rhian`).
    #[must_use]
    pub fn named_in(&self, words: &str) -> Vec<ParticipantId> {
        let folded = words.to_lowercase();
        let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
        let stands = |name: &str, words: &str| {
            words.match_indices(name).any(|(at, _)| {
                let after = words.get(at + name.len()..).unwrap_or_default();
                !words.get(..at).unwrap_or_default().ends_with(is_of_word) && !after.starts_with(is_of_word)
            })
        };
        let is_named = |name: &str| match name.chars().any(|c| c.is_ascii_digit()) {
            true => !is_number(name) && stands(&name.to_lowercase(), &folded),
            false => name.starts_with(char::is_uppercase) && stands(name, words),
        };
        self.names.iter().filter(|(_, name)| is_named(name)).map(|(person, _)| *person).collect()
    }

    /// Those of `people` of whom words around a quotation say plainly that they said it.
    #[must_use]
    pub fn said_by(&self, words: &str, people: &[ParticipantId]) -> Vec<ParticipantId> {
        let says = |person: &&ParticipantId| self.names.get(person).is_some_and(|name| says_so(words, name));
        people.iter().filter(says).copied().collect()
    }

    fn knows(&self, word: &str) -> bool {
        self.in_descriptors.contains(word) || self.in_values.contains(word) || self.in_names.contains(word)
    }

    /// Whether no word speaks against a person and at least one for them.
    fn fits(&self, profile: &Profile, person: ParticipantId, words: &[String]) -> bool {
        let own = |word: &String| {
            profile.words.contains(word)
                || self.values.get(&person).is_some_and(|values| values.contains(word))
        };
        words.iter().all(|word| self.allows(profile, person, word)) && words.iter().any(own)
    }

    fn allows(&self, profile: &Profile, person: ParticipantId, word: &str) -> bool {
        if profile.words.contains(word) || is_number(word) && word.len() < 2 {
            return true;
        }
        if self.in_names.contains(word) || self.in_descriptors.contains(word) {
            return false;
        }
        if self.in_values.contains(word) {
            return self.values.get(&person).is_some_and(|values| values.contains(word));
        }
        // `P999` where people are called `P12`: a number that nobody has.
        !self.names.get(&person).is_some_and(|name| is_number_like(name, word))
    }

    fn wrong(&self, form: &str, words: &[String]) -> Judgement {
        let exact = self.profiles.iter().filter(|(_, profile)| profile.forms.iter().any(|held| held == form));
        let mut whose: Vec<ParticipantId> = exact.map(|((person, _), _)| *person).collect();
        if whose.is_empty() {
            let fitting =
                self.profiles.iter().filter(|((person, _), profile)| self.fits(profile, *person, words));
            whose = fitting.map(|((person, _), _)| *person).collect();
        }
        let mut seen = BTreeSet::new();
        whose.retain(|person| seen.insert(*person));
        let fits = whose.iter().take(SHOWN).filter_map(|person| self.names.get(person).cloned()).collect();
        Judgement::Wrong { fits, more: whose.len().saturating_sub(SHOWN) }
    }

    /// The descriptor of somebody in a transcript, without a number. `None` where the template says nothing but the number.
    #[must_use]
    pub fn descriptor(&self, participant: ParticipantId, transcript: TranscriptId) -> Option<&str> {
        let name = self.names.get(&participant)?;
        let descriptor = self.profiles.get(&(participant, transcript))?.descriptor.as_str();
        (!descriptor.is_empty() && !descriptor.starts_with(name.as_str())).then_some(descriptor)
    }

    /// How many participants a descriptor fits: those for whom it is composed in some transcript.
    #[must_use]
    pub fn fit(&self, descriptor: &str) -> usize {
        let fitting = self.profiles.iter().filter(|(_, profile)| profile.descriptor == descriptor);
        fitting.map(|((person, _), _)| *person).collect::<BTreeSet<_>>().len()
    }
}

/// Stems of the words that tell somebody from others.
fn content(text: &str, analyser: &mut Analyser) -> Vec<String> {
    let tokens = analyser.tokens(text).map(|token| token.word);
    let telling = tokens.filter(|word| !EMPTY_WORDS.contains(&word.exact()));
    telling.map(|word| word.stem().to_owned()).collect()
}

/// Words of a name that tell one from others: not its bare numbers, nor what everybody is called.
fn named(name: &str, analyser: &mut Analyser) -> Vec<String> {
    let mut words = content(name, analyser);
    words.retain(|word| !is_number(word));
    words
}

/// All words of a text, folded, one blank between them.
fn folded(text: &str, analyser: &mut Analyser) -> String {
    analyser.tokens(text).map(|token| token.word.exact().to_owned()).collect::<Vec<_>>().join(" ")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word is letters and a number, with the same letters as a name.
fn is_number_like(name: &str, word: &str) -> bool {
    let letters = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let held = letters(name);
    !held.is_empty() && held.len() < name.len() && word.len() > held.len() && letters(word) == held
}
