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
        /// Names of participants whom it fits, a few of them.
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

    /// Whose an attribution is that stands behind words of `speakers` in a transcript.
    #[must_use]
    pub fn judge(&self, text: &str, speakers: &[ParticipantId], transcript: TranscriptId) -> Judgement {
        let mut analyser = Analyser::new(Language::English);
        let form = folded(text, &mut analyser);
        let own: Vec<(&Profile, ParticipantId)> = speakers
            .iter()
            .filter_map(|speaker| Some((self.profiles.get(&(*speaker, transcript))?, *speaker)))
            .collect();
        if own.iter().any(|(profile, _)| profile.forms.contains(&form)) {
            return Judgement::Right;
        }
        let words = content(text, &mut analyser);
        let telling = words.iter().filter(|word| !is_number(word)).count();
        let known = words.iter().filter(|word| !is_number(word) && self.knows(word)).count();
        if known == 0 || known * 2 < telling {
            return Judgement::NotOne;
        }
        // The interviewer's words are nobody's: whoever they are given to, it is wrong.
        let fits_own = own.iter().any(|(profile, speaker)| self.fits(profile, *speaker, &words));
        // Several speakers may stand in one pair of parentheses.
        let fits_all = own.len() > 1
            && words
                .iter()
                .all(|word| own.iter().any(|(profile, speaker)| self.allows(profile, *speaker, word)));
        if fits_own || fits_all { Judgement::Right } else { self.wrong(&form, &words) }
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
