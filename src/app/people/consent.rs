//! What a participant agreed to, and what they are called.

use crate::app::ask::{Asked, Choice, Chooser};
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

    fn set(self, consent: Consent, given: bool) -> Consent {
        match self {
            Flag::Analyse => Consent { analyse: given, ..consent },
            Flag::Quote => Consent { quote: given, ..consent },
            Flag::Archive => Consent { archive: given, ..consent },
        }
    }

    /// What somebody agrees to by it.
    fn done(self) -> &'static str {
        match self {
            Flag::Analyse => "analysed",
            Flag::Quote => "quoted",
            Flag::Archive => "archived",
        }
    }
}

/// The answers to whether somebody agreed.
const YES: &str = "yes";
const NO: &str = "no";

impl Model {
    /// Turns one flag of the chosen participant's consent.
    pub(in crate::app) fn toggle_consent(&mut self, name: &str) -> Vec<Effect> {
        let Some(flag) = Flag::ALL.into_iter().find(|flag| flag.name() == name) else {
            self.refuse("Consent is to analyse, quote or archive.");
            return Vec::new();
        };
        match self.chosen_person() {
            Some(person) => self.set_consent(person, flag, !flag.given(self.study.consents().get(&person))),
            None => Vec::new(),
        }
    }

    /// Asks whether a participant agreed to one thing. What holds now stands first, so that Enter alone changes nothing.
    pub(super) fn ask_consent(&mut self, person: ParticipantId, flag: Flag) -> Vec<Effect> {
        let now = if flag.given(self.study.consents().get(&person)) { YES } else { NO };
        let mut answers = [YES, NO];
        answers.sort_by_key(|answer| *answer != now);
        let choices = answers.map(|answer| Choice {
            words: answer.to_owned(),
            detail: String::from(if answer == now { "as it is now" } else { "" }),
            answer: answer.to_owned(),
        });
        let question = format!("{} agreed to be {}", self.person_name(person), flag.done());
        let asked = Asked::Consent(person, flag);
        self.choose(Chooser::new(question, "yes or no", choices.to_vec(), asked))
    }

    /// Takes the answer to that.
    pub(in crate::app) fn consent_answered(
        &mut self,
        person: ParticipantId,
        flag: Flag,
        answer: &str,
    ) -> Vec<Effect> {
        let given = answer == YES;
        if flag.given(self.study.consents().get(&person)) == given {
            self.say(format!("{}: consent to {} stays {answer}.", self.person_name(person), flag.name()));
            return Vec::new();
        }
        self.set_consent(person, flag, given)
    }

    fn set_consent(&mut self, person: ParticipantId, flag: Flag, given: bool) -> Vec<Effect> {
        let held = self.study.consents().get(&person).cloned();
        let before = held.clone().unwrap_or(Consent {
            participant: person,
            analyse: true,
            quote: true,
            archive: true,
            withdrawn: None,
        });
        let after = flag.set(before, given);
        let word = if given { YES } else { NO };
        // A record says all three: what was taken as given is from here on what somebody agreed to.
        let others: Vec<&str> =
            Flag::ALL.into_iter().filter(|other| *other != flag).map(Flag::name).collect();
        let with = match &held {
            Some(_) => String::new(),
            None => format!("; {} are recorded as yes with it", others.join(" and ")),
        };
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
            self.say(format!("{label}{what}{with}"));
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
