//! What can be said of a file: its name, kind and layout; what its labels are called, and who speaks under them.

use super::super::ask::{AsTyped, Asked, Choice, Chooser};
use super::super::{Effect, Model};
use crate::import::{Layout, renamed};
use crate::study::{Kind, Subject};
use crate::text::{fold_label, fold_name};

/// The answer that asks for a name.
const NEW_PERSON: &str = "+";
/// The answer that lets the file decide.
const BEST: &str = "+";

/// What may speak under a label besides a participant, in the words of the options, and what is said of it.
const ROLES: [(&str, &str); 5] = [
    ("interviewer", "asks the questions; moderators too"),
    ("other", "a partner, an interpreter: no participant"),
    ("several", "more than one person at once"),
    ("unknown", "nobody can tell"),
    ("participant", "a participant who is made up for this label"),
];

fn choice(words: &str, detail: &str, answer: &str) -> Choice {
    Choice { words: words.to_owned(), detail: detail.to_owned(), answer: answer.to_owned() }
}

/// What a layout looks like.
fn looks_like(layout: Layout) -> &'static str {
    match layout {
        Layout::Colon => "Label: speech",
        Layout::Tab => "Label, a tab, speech",
        Layout::Spaces => "LABEL, two blanks or more, speech",
        Layout::Dash => "Label - speech",
        Layout::Dot => "Q. speech",
        Layout::Timed => "a label beside a time",
        Layout::Line => "a label alone on its line",
        Layout::Captions => "cues with a beginning and an end in time",
        Layout::Table => "tables of times, speakers and speech",
        Layout::Unlabelled => "nobody is named: a paragraph a turn",
    }
}

impl Model {
    /// Asks who speaks under the chosen label.
    pub(in crate::app) fn ask_import_voice(&mut self) -> Vec<Effect> {
        let Some(label) = self.import_speaker().map(|(_, label)| label.to_owned()) else {
            return self.no_import_speaker();
        };
        let mut choices: Vec<Choice> =
            ROLES.iter().map(|(word, detail)| choice(word, detail, word)).collect();
        choices.push(choice("a new participant …", "type the name", NEW_PERSON));
        // Those who speak in the file come first, by whatever label.
        let speaks = |name: &str| {
            let speakers = self.import_speaker().into_iter().flat_map(|(report, _)| &report.speakers);
            speakers.filter_map(|speaker| speaker.participant.as_deref()).any(|held| held == name)
        };
        let mut people: Vec<(bool, String, String)> = Vec::new();
        for person in self.study.participants().iter() {
            let values = self.attribute_words(Subject::Participant(person.id));
            people.push((!speaks(&person.name), person.name.clone(), values.join(", ")));
        }
        for name in self.import_preview.people() {
            if self.study.participant_named(&name).is_none() {
                people.push((!speaks(&name), name, String::from("new in this import")));
            }
        }
        people.sort();
        choices.extend(people.iter().map(|(_, name, detail)| choice(name, detail, name)));
        let shown = if label.is_empty() { "(no label)" } else { &label };
        let question = format!("who is “{shown}”?");
        let chooser = Chooser::new(question, "a role or a participant", choices, Asked::ImportVoice(label));
        // A name that nobody has yet is a new participant's.
        self.choose(Chooser {
            as_typed: Some(AsTyped { is: "a new participant", below: usize::MAX }),
            ..chooser
        })
    }

    /// Takes that answer.
    pub(in crate::app) fn bind_import_label(&mut self, label: &str, who: &str) -> Vec<Effect> {
        if who == NEW_PERSON {
            let question = format!("name of the participant who is “{label}”");
            return self.prompt(question, "a name, such as P88", "", Asked::ImportPerson(label.to_owned()));
        }
        if who.is_empty() {
            self.refuse("A participant needs a name.");
            return Vec::new();
        }
        let Some(file) = self.import_file_name() else { return Vec::new() };
        let key = fold_label(label);
        self.say_of_file(&file, |said| {
            said.bind.retain(|(held, _)| fold_label(held) != key);
            said.bind.push((label.to_owned(), who.to_owned()));
        })
    }

    /// Asks for another label in place of the chosen one.
    pub(in crate::app) fn ask_import_label(&mut self) -> Vec<Effect> {
        let Some(label) = self.import_speaker().map(|(_, label)| label.to_owned()) else {
            return self.no_import_speaker();
        };
        let question = format!("rename “{label}” to");
        self.prompt(question, "a label", &label, Asked::ImportLabel(label.clone()))
    }

    /// Asks which label the chosen one is another writing of.
    pub(in crate::app) fn ask_import_merge(&mut self) -> Vec<Effect> {
        let Some(label) = self.import_speaker().map(|(_, label)| label.to_owned()) else {
            return self.no_import_speaker();
        };
        let others = self.other_import_labels();
        if others.is_empty() {
            self.refuse("There is no other label to merge it with.");
            return Vec::new();
        }
        let choices = others.iter().map(|(other, turns)| choice(other, &format!("{turns} turns"), other));
        let question = format!("“{label}” is the same speaker as");
        let chooser = Chooser::new(question, "a label", choices.collect(), Asked::ImportLabel(label));
        self.choose(chooser)
    }

    /// Calls a label otherwise. Two of one name are one speaker from then on.
    pub(in crate::app) fn rename_import_label(&mut self, from: &str, to: &str) -> Vec<Effect> {
        let to = to.split_whitespace().collect::<Vec<_>>().join(" ");
        if to.is_empty() {
            self.refuse("A label needs a character at least.");
            return Vec::new();
        }
        let Some(file) = self.import_preview.here() else { return Vec::new() };
        let (name, key) = (file.report.file.clone(), fold_label(from));
        let rename = self.import_preview.said_of(&name).rename;
        let labels = file.glimpse.iter().flat_map(|glimpse| &glimpse.speakers);
        let meant: Vec<String> = labels
            .filter(|speaker| fold_label(renamed(&speaker.label, &rename)) == key)
            .map(|speaker| speaker.label.clone())
            .collect();
        // Who speaks was perhaps told by the label.
        let told = file.report.speakers.iter().find(|held| fold_label(&held.label) == key);
        let told = told.and_then(|held| match &held.participant {
            Some(name) => self.study.participant_named(name).map(|known| known.name.clone()),
            None => held.role.clone(),
        });
        let merged = file.report.speakers.iter().any(|held| fold_label(&held.label) == fold_label(&to));
        self.say_of_file(&name, |said| {
            for label in meant {
                said.rename.retain(|(held, _)| fold_label(held) != fold_label(&label));
                if label != to {
                    said.rename.push((label, to.clone()));
                }
            }
            // Who speaks there goes along, unless the other label says so itself.
            if merged && key != fold_label(&to) {
                said.bind.retain(|(held, _)| fold_label(held) != key);
            }
            for held in said.bind.iter_mut().filter(|(held, _)| fold_label(held) == key) {
                held.0.clone_from(&to);
            }
            let is_bound = said.bind.iter().any(|(held, _)| fold_label(held) == fold_label(&to));
            if let Some(who) = told.filter(|_| !merged && !is_bound) {
                said.bind.push((to, who));
            }
        })
    }

    /// Interview or focus group: the other of the two.
    pub(in crate::app) fn switch_import_kind(&mut self) -> Vec<Effect> {
        let Some((name, kind)) =
            self.import_preview.here().and_then(|file| Some((file.report.file.clone(), file.report.kind?)))
        else {
            return self.no_import_transcript();
        };
        let other = match kind {
            Kind::Interview => Kind::FocusGroup,
            Kind::FocusGroup => Kind::Interview,
        };
        let effects = self.say_of_file(&name, |said| said.kind = Some(other));
        self.say(format!(
            "{}, unless a list of sessions says otherwise.",
            if other == Kind::Interview { "An interview" } else { "A focus group" }
        ));
        effects
    }

    /// Asks by which layout the file is to be read.
    pub(in crate::app) fn ask_import_layout(&mut self) -> Vec<Effect> {
        let Some((name, found)) = self
            .import_preview
            .here()
            .filter(|file| file.glimpse.is_some())
            .map(|file| (file.report.file.clone(), file.report.layout.clone().unwrap_or_default()))
        else {
            return self.no_import_transcript();
        };
        let mut choices = vec![choice("the one that fits best", "", BEST)];
        choices.extend(Layout::NAMES.iter().map(|(layout, name)| choice(name, looks_like(*layout), name)));
        let question = format!("layout (now: {found})");
        self.choose(Chooser::new(question, "a layout", choices, Asked::ImportLayout(name)))
    }

    /// Takes that answer: the file is read again.
    pub(in crate::app) fn read_import_by(&mut self, file: &str, layout: &str) -> Vec<Effect> {
        let layout = Layout::parse(layout);
        self.say_of_file(file, |said| said.layout = layout)
    }

    /// Asks for the short name of the transcript.
    pub(in crate::app) fn ask_import_name(&mut self) -> Vec<Effect> {
        let here = self.import_preview.here().filter(|file| file.glimpse.is_some());
        let Some((file, name)) =
            here.map(|file| (file.report.file.clone(), file.report.transcript.clone().unwrap_or_default()))
        else {
            return self.no_import_transcript();
        };
        self.prompt("short name of the transcript", "I43", &name, Asked::ImportName(file))
    }

    /// Takes that answer.
    pub(in crate::app) fn name_import_transcript(&mut self, file: &str, name: &str) -> Vec<Effect> {
        if fold_name(name).is_empty() {
            self.refuse("A transcript needs a name.");
            return Vec::new();
        }
        self.say_of_import(|said| drop(said.options.names.insert(file.to_owned(), name.to_owned())))
    }

    fn import_file_name(&self) -> Option<String> {
        self.import_preview.here().map(|file| file.report.file.clone())
    }

    fn no_import_speaker(&mut self) -> Vec<Effect> {
        self.refuse("No speaker is chosen here.");
        Vec::new()
    }

    fn no_import_transcript(&mut self) -> Vec<Effect> {
        self.refuse("This file is no transcript.");
        Vec::new()
    }
}
