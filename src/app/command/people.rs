//! The screen of the participants, by attributes, and the profile of one.

use super::{Command, Family, PLAIN, When};
use crate::app::LayerName;
use crate::app::people::Setting;
use crate::study::AttributeOf;

const HERE: &[LayerName] = &[LayerName::People];
const WRITE: &[When] = &[When::Complete, When::Writable];
const NOBODY: Setting = Setting { person: None, transcript: None };

pub(super) const FAMILY: Family = Family { title: "People", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "filter_people",
        title: "Type to list fewer participants",
        help: "Matches names, transcripts, and values of any attribute. Esc leaves the filter, Esc again empties it.",
        layers: HERE,
        hint: Some((20, "filter")),
        run: |model, _| {
            model.people.profile = None;
            model.people.list.filtering = true;
            Vec::new()
        },
        ..PLAIN
    },
    Command {
        name: "sort_people",
        title: "Sort the participants",
        takes: Some("name, transcripts, words, codings, memos, consent or attribute"),
        layers: HERE,
        when: &[When::Complete],
        run: |model, args| model.sort_people(args.argument.unwrap_or_default()),
        ..PLAIN
    },
    Command {
        name: "further_right",
        title: "Further attributes; in a profile, the next section",
        layers: HERE,
        run: |model, _| model.step_people_sideways(1),
        ..PLAIN
    },
    Command {
        name: "further_left",
        title: "Attributes before; in a profile, the section before",
        layers: HERE,
        run: |model, _| model.step_people_sideways(-1),
        ..PLAIN
    },
    Command {
        name: "edit_value",
        title: "Change a value of the participant",
        help: "Values in use are listed, with three kinds of blank: does not apply, missing, prefers not to say. Anything \
               else can be typed; several values stand between semicolons, the first one is counted.",
        layers: HERE,
        when: WRITE,
        hint: Some((15, "change")),
        run: |model, _| model.ask_attribute_of_chosen(),
        ..PLAIN
    },
    Command {
        name: "remove_value",
        title: "Take the value away",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.remove_value(),
        ..PLAIN
    },
    Command {
        name: "add_attribute",
        title: "Add an attribute of participants",
        layers: HERE,
        when: WRITE,
        run: |model, _| {
            let person = model.people.profile.as_ref().map(|profile| profile.person);
            model.ask_attribute_name(AttributeOf::Participant, Setting { person, transcript: None })
        },
        ..PLAIN
    },
    Command {
        name: "add_transcript_attribute",
        title: "Add an attribute of transcripts",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.ask_attribute_name(AttributeOf::Transcript, NOBODY),
        ..PLAIN
    },
    Command {
        name: "toggle_consent",
        title: "Whether they agreed to be analysed, quoted or archived",
        also: "consent withdrawal refusal",
        takes: Some("analyse, quote or archive"),
        layers: HERE,
        when: WRITE,
        run: |model, args| model.toggle_consent(args.argument.unwrap_or_default()),
        ..PLAIN
    },
    Command {
        name: "rename_participant",
        title: "Rename the participant",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.ask_participant_name(),
        ..PLAIN
    },
    Command {
        name: "write_participant_memo",
        title: "Write a memo on the participant",
        layers: HERE,
        when: WRITE,
        hint: Some((25, "memo")),
        run: |model, _| model.write_participant_memo(),
        ..PLAIN
    },
    Command {
        name: "go_to_evidence",
        title: "The quote that the value rests on",
        layers: HERE,
        when: &[When::Complete],
        run: |model, _| model.go_to_evidence(),
        ..PLAIN
    },
    Command {
        name: "unlink_value",
        title: "The value rests on no quote any more",
        layers: HERE,
        when: WRITE,
        run: |model, _| model.unlink_value(),
        ..PLAIN
    },
    Command {
        name: "edit_attribute",
        title: "Change an attribute of whoever speaks here, or of the transcript",
        help: "New attributes are added from the same list.",
        layers: &[LayerName::Read],
        when: &[When::Text, When::Complete, When::Writable],
        run: |model, _| {
            let setting = model.setting_here();
            model.ask_attribute(setting)
        },
        ..PLAIN
    },
    Command {
        name: "link_value",
        title: "The passage is what a value rests on",
        help: "Links the value of an attribute of the speaker, or of the transcript, to the quote that says so.",
        layers: &[LayerName::Read],
        when: &[When::Text, When::Complete, When::Writable],
        run: |model, _| model.ask_value_to_link(),
        ..PLAIN
    },
    Command {
        name: "open_speaker_profile",
        title: "The profile of whoever speaks here",
        layers: &[LayerName::Read],
        when: &[When::Text, When::Complete],
        run: |model, _| model.open_speaker_profile(),
        ..PLAIN
    },
];
