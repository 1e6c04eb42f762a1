//! What a participant agreed to, and what they are called.

use crate::app::ask::Asked;
use crate::app::{Effect, Model};
use crate::study::{Change, Consent, Participant, ParticipantId};

/// One thing that a participant agrees to or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Their words may be analysed.
    Analyse,
    /// Their words may be quoted.
    Quote,
    /// Their words may be archived.
    Archive,
}

impl Flag {
    /// All of them.
    pub const ALL: [Flag; 3] = [Flag::Analyse, Flag::Quote, Flag::Archive];

    /// Its name in keymaps.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Flag::Analyse => "analyse",
            Flag::Quote => "quote",
            Flag::Archive => "archive",
        }
    }

    /// Whether it was given. Nothing said means yes.
    #[must_use]
    pub fn given(self, consent: Option<&Consent>) -> bool {
        consent.is_none_or(|consent| match self {
            Flag::Analyse => consent.analyse,
            Flag::Quote => consent.quote,
            Flag::Archive => consent.archive,
        })
    }

    fn toggled(self, consent: Consent) -> Consent {
        match self {
            Flag::Analyse => Consent { analyse: !consent.analyse, ..consent },
            Flag::Quote => Consent { quote: !consent.quote, ..consent },
            Flag::Archive => Consent { archive: !consent.archive, ..consent },
        }
    }
}

impl Model {
    /// Turns one flag of the chosen participant's consent.
    pub(in crate::app) fn toggle_consent(&mut self, name: &str) -> Vec<Effect> {
        let Some(flag) = Flag::ALL.into_iter().find(|flag| flag.name() == name) else {
            self.refuse("Consent is to analyse, quote or archive.");
            return Vec::new();
        };
        match self.chosen_person() {
            Some(person) => self.toggle_consent_of(person, flag),
            None => Vec::new(),
        }
    }

    pub(super) fn toggle_consent_of(&mut self, person: ParticipantId, flag: Flag) -> Vec<Effect> {
        let held = self.study.consents().get(&person).cloned();
        let before = held.clone().unwrap_or(Consent {
            participant: person,
            analyse: true,
            quote: true,
            archive: true,
            withdrawn: None,
        });
        let after = flag.toggled(before);
        let word = if flag.given(Some(&after)) { "yes" } else { "no" };
        let change = match held {
            Some(held) => Change::update(held, after),
            None => Change::create(after),
        };
        let label = format!("{}: consent to {}: {word}", self.person_name(person), flag.name());
        let effects = self.commit("toggle_consent", label.clone(), vec![change]);
        if !effects.is_empty() {
            let left_out = flag == Flag::Analyse && !self.study.may_analyse(person);
            let what =
                if left_out { "; their words are out of counts, search, quotes and exports" } else { "" };
            self.say(format!("{label}{what}"));
        }
        effects
    }

    /// Asks for another name of the chosen participant.
    pub(in crate::app) fn ask_participant_name(&mut self) -> Vec<Effect> {
        let Some(person) = self.chosen_person() else { return Vec::new() };
        let name = self.person_name(person).to_owned();
        self.prompt(format!("rename {name}"), "a name that nobody has", &name, Asked::ParticipantName(person))
    }

    /// Gives a participant another name. One that somebody else has is refused.
    pub(in crate::app) fn rename_participant(&mut self, person: ParticipantId, name: &str) -> Vec<Effect> {
        let Some(held) = self.study.participants().get(&person).cloned() else { return Vec::new() };
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name == held.name {
            self.refuse(format!("{} keeps its name.", held.name));
            return Vec::new();
        }
        if let Some(other) = self.study.participant_named(&name).filter(|other| other.id != person) {
            self.refuse(format!(
                "There is a participant “{}” already; {} keeps its name.",
                other.name, held.name
            ));
            return Vec::new();
        }
        let label = format!("participant “{}” is now “{name}”", held.name);
        let after = Participant { name, provisional: false, ..held.clone() };
        let effects = self.commit("rename_participant", label.clone(), vec![Change::update(held, after)]);
        if !effects.is_empty() {
            self.say(label);
        }
        effects
    }
}
