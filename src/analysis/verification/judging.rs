//! Whether an attribution is the speaker's.
//!
//! It is right if it is one of those that the study composes for the speaker, with or without the number, or if all its words
//! fit that person and none fits only others: journals and coauthors reword descriptors. A word fits if it is in the
//! person's own descriptor, or, where no descriptor has it, among the values of the person's attributes. Words that the
//! study does not know (`affluent`) decide nothing. An address in it must be where the words were said.

use std::collections::BTreeSet;

use super::address::Address;
use super::descriptors::{Descriptors, Profile, content, folded, is_number};
use crate::study::{ParticipantId, TranscriptId, TurnNumber, Voice};
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
    /// It may be the speaker's, but names an address where the words were not said.
    Elsewhere,
}

/// Who says the words that an attribution is compared with, and where.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'h> {
    /// The transcript.
    pub transcript: TranscriptId,
    /// The turns that the words lie in.
    pub turns: &'h [TurnNumber],
    /// Whose voices they are, each once.
    pub voices: &'h [Voice],
}

/// What stands behind a quotation, read.
#[derive(Clone, Debug)]
pub struct Behind {
    /// Participants that it names.
    pub(super) named: Vec<ParticipantId>,
    /// Whether it begins with a name, or one of its parts is nothing else.
    is_name: bool,
    /// Where it says the words were said.
    addresses: Vec<Address>,
    /// What may be labels of a transcript in it: `Participant 5`, `P5`.
    labels: Vec<String>,
    /// Roles that it names in their place.
    roles: Vec<(&'static str, Voice)>,
    /// All its words, folded, and the stems of those that tell somebody from others; these by its parts, too.
    form: String,
    words: Vec<String>,
    parts: Vec<Vec<String>>,
    /// Its parts without names and addresses: what it says of people.
    pub(super) descriptors: Vec<String>,
}

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

/// Most words beside a name, that the study does not know, of what is still an attribution.
const MOST_UNKNOWN: usize = 2;

/// Participants whom a wrong attribution is said to fit.
const SHOWN: usize = 3;

impl Behind {
    /// Whether it names somebody or somewhere.
    pub(super) fn names_one(&self) -> bool {
        !self.named.is_empty() || !self.addresses.is_empty() || !self.roles.is_empty()
    }
}

impl Descriptors {
    /// Whether words name somebody or are an attribution of the study, and say little else.
    pub(super) fn is_attribution(&self, behind: &Behind) -> bool {
        self.is_name(behind) || !behind.form.is_empty() && self.forms.contains(&behind.form)
    }

    /// Whether words name or describe somebody, and say nothing else.
    pub(super) fn describes(&self, behind: &Behind) -> bool {
        let mut telling = behind.words.iter().filter(|word| !is_number(word)).peekable();
        self.is_name(behind) || telling.peek().is_some() && telling.all(|word| self.knows(word))
    }

    /// Whether words are a name or an address with few words beside it.
    fn is_name(&self, behind: &Behind) -> bool {
        let unknown = behind.words.iter().filter(|word| !is_number(word) && !self.knows(word)).count();
        behind.names_one() && (behind.is_name || unknown <= MOST_UNKNOWN)
    }

    /// Reads what stands behind a quotation, to be judged once or often.
    #[must_use]
    pub fn read(&self, text: &str) -> Behind {
        let mut analyser = Analyser::new(Language::English);
        let bare = without_remarks(text);
        let labels = numbered_labels(&bare);
        let text = self.spelled_out(&bare);
        let named = self.named_in(&text);
        let addresses = self.addresses.within(&text);
        // A transcript that is called as a participant is: the person is meant.
        let is_address = |held: &Address| {
            let name = text.get(held.at.clone()).unwrap_or_default();
            held.turns.is_some() || !self.names.values().any(|held| held.eq_ignore_ascii_case(name))
        };
        let addresses: Vec<Address> = addresses.into_iter().filter(is_address).collect();
        let text = without(&text, addresses.iter().map(|held| held.at.clone()));
        let people: Vec<&str> =
            named.iter().filter_map(|person| self.names.get(person)).map(String::as_str).collect();
        let begins_with = |name: &&str| {
            let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
            start.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let is_one = |part: &str| {
            part.starts_with(char::is_uppercase) && people.iter().any(|name| part.eq_ignore_ascii_case(name))
        };
        Behind {
            is_name: people.iter().any(begins_with) || text.split([',', ';']).any(|part| is_one(part.trim())),
            roles: if named.is_empty() { roles_in(&text) } else { Vec::new() },
            form: folded(&text, &mut analyser),
            words: content(&text, &mut analyser),
            parts: text.split(';').map(|part| content(part, &mut analyser)).collect(),
            descriptors: text.split(';').map(|part| without_names(part, &people)).collect(),
            addresses,
            labels,
            named,
        }
    }

    /// Whose an attribution is that stands behind words. Of words of several participants it must name or fit all of them.
    #[must_use]
    pub fn judge(&self, behind: &Behind, heard: Heard<'_>) -> Judgement {
        let is_here = |held: &Address| held.holds(heard.transcript, heard.turns);
        let placed = match behind.addresses.as_slice() {
            [] => Judgement::NotOne,
            addresses if addresses.iter().any(is_here) => Judgement::Right,
            _ => Judgement::Elsewhere,
        };
        // In a transcript that is named, its own labels are meant.
        let is_label = |voice: &Voice| {
            let voices = behind.labels.iter().filter_map(|label| self.labelled(heard.transcript, label));
            voices.into_iter().any(|held| held == *voice)
        };
        if placed == Judgement::Right && !heard.voices.is_empty() && heard.voices.iter().all(is_label) {
            return placed;
        }
        let is_loose = behind.addresses.iter().all(|held| held.loose);
        match self.judge_person(behind, heard) {
            Judgement::NotOne => placed,
            // `(P1, interview 1)` may be the first of several.
            Judgement::Right if placed == Judgement::Elsewhere && (!is_loose || behind.named.is_empty()) => {
                placed
            }
            judged => judged,
        }
    }

    fn judge_person(&self, behind: &Behind, Heard { transcript, voices, .. }: Heard<'_>) -> Judgement {
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
        // `(P1, emphasis added)`, `(see Table 2; P1)`: whoever is named is meant, whatever is remarked besides.
        if !behind.is_name && (known == 0 || known * 2 < telling) {
            return Judgement::NotOne;
        }
        // The interviewer's words are nobody's: whoever they are given to, it is wrong.
        let fits_all = match own.as_slice() {
            [] => false,
            [(profile, speaker)] if behind.named == [*speaker] => self.admits(profile, *speaker, behind),
            [(profile, speaker)] => self.fits(profile, *speaker, &behind.words),
            several => self.fits_several(several, behind),
        };
        if fits_all { Judgement::Right } else { self.wrong(&behind.form, &behind.words) }
    }

    /// Whether nothing that is said of somebody who is named speaks against them: a part speaks against them if it is nothing but
    /// words of descriptors, or a value of an attribute, and is not theirs. What else is remarked (`quoting her doctor`) may
    /// hold any words.
    fn admits(&self, profile: &Profile, person: ParticipantId, behind: &Behind) -> bool {
        let mut analyser = Analyser::new(Language::English);
        let mut parts = behind.descriptors.iter().flat_map(|part| part.split(','));
        !parts.any(|part| {
            let words = content(part, &mut analyser);
            let describes = self.value_forms.contains(&words)
                || words.iter().all(|word| is_number(word) || self.in_descriptors.contains(word));
            let tells = words.iter().any(|word| !is_number(word));
            tells && describes && !self.fits(profile, person, &words)
        })
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

    /// How many participants the words of an attribution fit, in whichever transcript they speak. `None` if they say nothing
    /// of anybody.
    #[must_use]
    pub fn fit_words(&self, words: &str) -> Option<usize> {
        let words = content(words, &mut Analyser::new(Language::English));
        let known =
            words.iter().any(|word| self.in_descriptors.contains(word) || self.in_values.contains(word));
        let fitting =
            self.profiles.iter().filter(|((person, _), profile)| self.fits(profile, *person, &words));
        known.then(|| fitting.map(|((person, _), _)| *person).collect::<BTreeSet<_>>().len())
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
        if self.in_names.contains(word) {
            return false;
        }
        if self.in_descriptors.contains(word) || self.in_values.contains(word) {
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
}

/// `Participant 5`, `P5`: what may be the label of a speaker in some transcript.
fn numbered_labels(text: &str) -> Vec<String> {
    let parts = text.split([',', ';', ' ', '-', '(', ')']).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let with_title = parts.windows(2).filter_map(|pair| match pair {
        [title, number] if is_number(number) && title.chars().all(char::is_alphabetic) => {
            Some(format!("{title} {number}"))
        }
        _ => None,
    });
    let alone = parts
        .iter()
        .filter(|part| part.starts_with(char::is_alphabetic) && part.ends_with(|c: char| c.is_ascii_digit()));
    with_title.chain(alone.map(|part| (*part).to_owned())).collect()
}

/// What begins a remark that is part of an attribution: `translated: I want to know; P1`.
const REMARKS: [&str; 6] =
    ["translat", "our translation", "emphasis", "our emphasis", "own translation", "italics"];

/// What begins an attribution and is none of it.
const LEADS: [&str; 6] = ["e.g.,", "e.g.", "eg ", "for example,", "for example", "see "];

/// What leads to others who say the like.
const ALIKE: [&str; 5] = ["also ", "cf.", "cf ", "similarly ", "compare "];

/// An attribution without its remarks: what is translated or emphasised, examples, who else says so.
fn without_remarks(text: &str) -> String {
    let folded = crate::text::fold_name;
    let is_remark = |part: &str| REMARKS.iter().any(|remark| folded(part).starts_with(remark));
    let is_alike = |part: &&str| ALIKE.iter().any(|lead| format!("{} ", folded(part)).starts_with(lead));
    let kept: Vec<&str> = text.split_inclusive([',', ';']).take_while(|part| !is_alike(part)).collect();
    let parts: Vec<String> =
        kept.concat().split(';').filter(|part| !is_remark(part)).map(str::to_owned).collect();
    let all = parts.join(";");
    let bare = all.trim().trim_end_matches([',', ';']);
    let lead = LEADS
        .iter()
        .find(|lead| bare.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead)));
    lead.and_then(|lead| bare.get(lead.len()..)).unwrap_or(bare).trim().to_owned()
}

/// A text without some stretches of it, in order.
fn without(text: &str, stretches: impl Iterator<Item = std::ops::Range<usize>>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for stretch in stretches {
        kept.push_str(text.get(from..stretch.start).unwrap_or_default());
        from = stretch.end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// What a part of an attribution says of somebody besides their name.
fn without_names(part: &str, people: &[&str]) -> String {
    let is_name = |words: &&str| people.iter().any(|name| words.trim().eq_ignore_ascii_case(name));
    let kept: Vec<&str> =
        part.split(',').map(str::trim).filter(|words| !words.is_empty() && !is_name(words)).collect();
    kept.join(", ")
}

/// Whether a word is letters and a number, with the same letters as a name.
fn is_number_like(name: &str, word: &str) -> bool {
    let letters = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let held = letters(name);
    !held.is_empty() && held.len() < name.len() && word.len() > held.len() && letters(word) == held
}
