//! Whether an attribution is the speaker's.
//!
//! It is right if it is one of those that the study composes for the speaker, with or without the number, or if all its words
//! fit that person and none fits only others: journals and coauthors reword descriptors. A word fits if it is in the
//! person's own descriptor, or, where no descriptor has it, among the values of the person's attributes. Words that the
//! study does not know (`affluent`) decide nothing. Beside a right name a part is wrong only if it says nothing but what others
//! are. An address in it must be where the words were said.

use std::collections::BTreeSet;

use super::address::Address;
use super::check::once;
use super::descriptors::{Descriptors, Profile, content, is_number};
use super::reading::Behind;
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
    Wrong,
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

/// Most words beside a name, that the study does not know, of what is still an attribution.
const MOST_UNKNOWN: usize = 2;

/// Participants whom a wrong attribution is said to fit.
const SHOWN: usize = 3;

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

    /// The same of words that stand where attributions rarely do: nothing else may be said.
    pub(super) fn is_bare_attribution(&self, behind: &Behind) -> bool {
        let is_known = |word: &String| is_number(word) || self.knows(word);
        self.is_attribution(behind)
            && !behind.names_role()
            && (behind.is_apart || behind.words.iter().all(is_known))
    }

    /// Whether words are a name or an address with few words beside it.
    fn is_name(&self, behind: &Behind) -> bool {
        let unknown = behind.words.iter().filter(|word| !is_number(word) && !self.knows(word)).count();
        behind.names_one() && (behind.is_name || unknown <= MOST_UNKNOWN)
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
            return if voices.iter().all(is_named) { Judgement::Right } else { Judgement::Wrong };
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
        if fits_all { Judgement::Right } else { Judgement::Wrong }
    }

    /// Whether nothing that is said of somebody who is named speaks against them: a part speaks against them if it is nothing but
    /// words of descriptors, or a value of an attribute, and is not theirs. What else is remarked (`quoting her doctor`) may
    /// hold any words.
    fn admits(&self, profile: &Profile, person: ParticipantId, behind: &Behind) -> bool {
        let mut analyser = Analyser::new(Language::English);
        let mut parts = behind.descriptors.iter().flat_map(|part| part.split(','));
        !parts.any(|part| {
            let part = match part.trim() {
                "F" => "female",
                "M" => "male",
                other => other,
            };
            let words = content(part, &mut analyser);
            let is_value = self.value_forms.contains(&words);
            let is_plain = |word: &String| {
                is_number(word)
                    || self.in_descriptors.contains(word)
                    || self.value_forms.contains(std::slice::from_ref(word))
            };
            let describes = is_value || words.iter().all(is_plain);
            let tells = !words.is_empty() && (is_value || words.iter().any(|word| !is_number(word)));
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

    /// How many participants the words of an attribution fit, in whichever transcript they speak, as far as these are fewer than
    /// `k`. `None` if they say nothing of anybody, or fit as many.
    #[must_use]
    pub fn fit_fewer(&self, words: &str, k: usize) -> Option<usize> {
        let words = content(words, &mut Analyser::new(Language::English));
        if !words.iter().any(|word| self.in_descriptors.contains(word) || self.in_values.contains(word)) {
            return None;
        }
        let mut people = BTreeSet::new();
        for ((person, _), profile) in &self.profiles {
            if self.fits(profile, *person, &words) {
                people.insert(*person);
            }
            if people.len() >= k {
                return None;
            }
        }
        Some(people.len())
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
        !self.names.get(person).is_some_and(|name| is_number_like(name, word))
    }

    /// Whom an attribution fits: names of a few participants, or the roles that it names; and how many more.
    pub(super) fn whom_it_fits(&self, behind: &Behind) -> (Vec<String>, usize) {
        if !behind.roles.is_empty() {
            return (behind.roles.iter().map(|(words, _)| (*words).to_owned()).collect(), 0);
        }
        let exact = self.profiles.iter().filter(|(_, profile)| profile.forms.contains(&behind.form));
        let mut whose = once(exact.map(|((person, _), _)| *person));
        if whose.is_empty() {
            let profiles = self.profiles.iter();
            let fitting = profiles.filter(|((person, _), held)| self.fits(held, *person, &behind.words));
            whose = once(fitting.map(|((person, _), _)| *person));
        }
        let fits = whose.iter().take(SHOWN).filter_map(|person| self.names.get(*person)).map(str::to_owned);
        (fits.collect(), whose.len().saturating_sub(SHOWN))
    }
}

/// Whether a word is letters and a number, with the same letters as a name.
fn is_number_like(name: &str, word: &str) -> bool {
    let letters = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let held = letters(name);
    !held.is_empty() && held.len() < name.len() && word.len() > held.len() && letters(word) == held
}
