//! The descriptors of all who speak in a study, as attributions of quotations are compared with them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::address::Addresses;
use super::naming::Names;
use crate::analysis::{Attribution, AttributionError};
use crate::study::{Kind, ParticipantId, Study, Subject, Transcript, TranscriptId, Value, Voice};
use crate::text::{Analyser, Language, fold_label};

/// The descriptors of all who speak, to compare attributions with.
pub struct Descriptors {
    pub(super) profiles: BTreeMap<(ParticipantId, TranscriptId), Profile>,
    pub(super) names: Names,
    pub(super) values: BTreeMap<ParticipantId, BTreeSet<String>>,
    /// Words of any descriptor, and of any value of an attribute.
    pub(super) in_descriptors: HashSet<String>,
    pub(super) in_values: HashSet<String>,
    /// Words of names of participants and transcripts.
    pub(super) in_names: HashSet<String>,
    /// All values of attributes, each as its words; and all forms of attributions.
    pub(super) value_forms: HashSet<Vec<String>>,
    pub(super) forms: HashSet<String>,
    pub(super) addresses: Addresses,
    /// What speakers are called in any transcript, folded.
    called: HashSet<String>,
    /// Who is labelled how in which transcript.
    labels: BTreeMap<(TranscriptId, String), Voice>,
}

pub(super) struct Profile {
    /// The descriptor as composed, without the participant's number.
    pub(super) descriptor: String,
    /// Attributions that are right word for word, folded.
    pub(super) forms: Vec<String>,
    /// Stems of the descriptor, the name, the label and the kind of transcript.
    pub(super) words: BTreeSet<String>,
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

impl Descriptors {
    /// Composes the descriptors of everybody who speaks.
    ///
    /// # Errors
    /// If a template cannot be filled.
    pub fn of(study: &Study, attribution: &Attribution<'_>) -> Result<Self, AttributionError> {
        let mut analyser = Analyser::new(Language::English);
        let mut descriptors = Self {
            profiles: BTreeMap::new(),
            names: Names::default(),
            values: BTreeMap::new(),
            in_descriptors: HashSet::new(),
            in_values: HashSet::new(),
            in_names: HashSet::new(),
            value_forms: HashSet::new(),
            forms: HashSet::new(),
            addresses: Addresses::of(study),
            called: study.speakers().iter().map(|speaker| speaker.key.clone()).collect(),
            labels: study
                .bindings()
                .iter()
                .map(|held| ((held.transcript, held.speaker.clone()), held.voice))
                .collect(),
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
            for value in given {
                let words = content(&value.replace('_', " "), &mut analyser);
                for word in &words {
                    descriptors.in_values.insert(word.clone());
                    descriptors.values.entry(participant).or_default().insert(word.clone());
                }
                descriptors.value_forms.insert(words);
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
        self.names.insert(participant, name);
        self.forms.extend(forms.iter().cloned());
        self.profiles.insert(
            (participant, transcript.id),
            Profile { descriptor: descriptor.to_owned(), forms, words },
        );
    }

    /// The descriptor of somebody in a transcript, without a number. `None` where the template says nothing but the number.
    #[must_use]
    pub fn descriptor(&self, participant: ParticipantId, transcript: TranscriptId) -> Option<&str> {
        let name = self.names.get(participant)?;
        let descriptor = self.profiles.get(&(participant, transcript))?.descriptor.as_str();
        (!descriptor.is_empty() && !descriptor.starts_with(name)).then_some(descriptor)
    }

    /// Whether somebody is called so in some transcript. The label is folded.
    pub(super) fn is_called(&self, label: &str) -> bool {
        self.called.contains(label)
    }

    /// Whose voice a label is in a transcript: as it stands there, or by its number alone (`P5` for `Participant 5`).
    pub(super) fn labelled(&self, transcript: TranscriptId, label: &str) -> Option<Voice> {
        let key = fold_label(label);
        let of = |key: &str| self.labels.get(&(transcript, key.to_owned())).copied();
        of(&key).or_else(|| {
            let number = key.trim_start_matches(|c: char| !c.is_ascii_digit());
            let spelled = ["participant ", "p", "speaker ", ""].into_iter();
            spelled.filter(|_| !number.is_empty()).find_map(|head| of(&format!("{head}{number}")))
        })
    }

    /// How many participants a descriptor fits: those for whom it is composed in some transcript.
    #[must_use]
    pub fn fit(&self, descriptor: &str) -> usize {
        let fitting = self.profiles.iter().filter(|(_, profile)| profile.descriptor == descriptor);
        fitting.map(|((person, _), _)| *person).collect::<BTreeSet<_>>().len()
    }
}

/// Stems of the words that tell somebody from others.
pub(super) fn content(text: &str, analyser: &mut Analyser) -> Vec<String> {
    let tokens = analyser.tokens(text).map(|token| token.word);
    let telling = tokens.filter(|word| !EMPTY_WORDS.contains(&word.exact()));
    // Attributes say `female` where authors say `woman`.
    let stem = |word: crate::text::Word| match word.exact() {
        "man" | "men" => "male".to_owned(),
        "woman" | "women" => "femal".to_owned(),
        _ => word.stem().to_owned(),
    };
    telling.map(stem).collect()
}

/// Words of a name that tell one from others: not its bare numbers, nor what everybody is called.
fn named(name: &str, analyser: &mut Analyser) -> Vec<String> {
    let mut words = content(name, analyser);
    words.retain(|word| !is_number(word));
    words
}

/// All words of a text, folded, one blank between them.
pub(super) fn folded(text: &str, analyser: &mut Analyser) -> String {
    analyser.tokens(text).map(|token| token.word.exact().to_owned()).collect::<Vec<_>>().join(" ")
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
