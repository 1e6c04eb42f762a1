//! The screen of what an import would do, before it is done.

use super::{Argument, Command, Family, PLAIN, When};
use crate::app::LayerName;

const LIST: &[LayerName] = &[LayerName::Import];
const FILE: &[LayerName] = &[LayerName::ImportFile];
const BOTH: &[LayerName] = &[LayerName::Import, LayerName::ImportFile];
const READ: &[When] = &[When::ImportRead];

pub(super) const FAMILY: Family = Family { title: "Import", commands: COMMANDS };

const COMMANDS: &[Command] = &[
    Command {
        name: "import",
        title: "Look over files before they are taken in: :import PATH",
        help: "A file, or a folder with all its transcripts, attributes, codings and codebooks. Nothing is taken in before \
               you say so. Tab completes the path.",
        may_take: Some("a file or a folder"),
        argument: Argument::Path,
        layers: &[LayerName::Global],
        when: &[When::Complete],
        hint: Some((22, "import")),
        run: |model, args| model.preview_import(args.argument.unwrap_or_default()),
        ..PLAIN
    },
    Command {
        name: "carry_out_import",
        title: "Take in all files that are not left out",
        help: "One action: `combe undo` with its number takes all of it back.",
        layers: BOTH,
        when: &[When::Complete, When::Writable, When::ImportRead],
        hint: Some((12, "import all")),
        run: |model, _| model.carry_out_import(),
        ..PLAIN
    },
    Command {
        name: "open_import_file",
        title: "Look into the file",
        layers: LIST,
        when: READ,
        hint: Some((10, "look into")),
        run: |model, _| model.open_import_file(),
        ..PLAIN
    },
    Command {
        name: "toggle_import_file",
        title: "Leave the file out, or take it in again",
        layers: BOTH,
        when: READ,
        hint: Some((14, "in or out")),
        run: |model, _| model.toggle_import_file(),
        ..PLAIN
    },
    Command {
        name: "list_doubtful_first",
        title: "Refused and doubtful files first, or by name",
        layers: LIST,
        when: READ,
        hint: Some((16, "doubts first")),
        run: |model, _| model.list_doubtful_first(),
        ..PLAIN
    },
    Command {
        name: "bind_import_speaker",
        title: "Say who speaks under the label",
        help: "A role (interviewer, other, several, unknown), a participant of the study, or a new one.",
        layers: FILE,
        when: READ,
        hint: Some((10, "who is it")),
        run: |model, _| model.ask_import_voice(),
        ..PLAIN
    },
    Command {
        name: "rename_import_speaker",
        title: "Rename the label",
        help: "A name that another label has merges the two.",
        layers: FILE,
        when: READ,
        hint: Some((20, "rename")),
        run: |model, _| model.ask_import_label(),
        ..PLAIN
    },
    Command {
        name: "merge_import_speaker",
        title: "Merge the label with another one",
        layers: FILE,
        when: READ,
        hint: Some((22, "merge")),
        run: |model, _| model.ask_import_merge(),
        ..PLAIN
    },
    Command {
        name: "switch_import_kind",
        title: "Interview or focus group",
        layers: BOTH,
        when: READ,
        hint: Some((26, "kind")),
        run: |model, _| model.switch_import_kind(),
        ..PLAIN
    },
    Command {
        name: "choose_import_layout",
        title: "Read the file by another layout",
        help: "The plan is made again, and the first turns show what came of it.",
        layers: BOTH,
        when: READ,
        hint: Some((24, "layout")),
        run: |model, _| model.ask_import_layout(),
        ..PLAIN
    },
    Command {
        name: "name_import_transcript",
        title: "Give the transcript another short name",
        layers: BOTH,
        when: READ,
        run: |model, _| model.ask_import_name(),
        ..PLAIN
    },
    Command {
        name: "toggle_import_revision",
        title: "Take another text under a known name as its next revision",
        help: "Quotes are carried over by place, text and context; doubtful ones are listed.",
        layers: BOTH,
        when: READ,
        run: |model, _| model.toggle_import_revision(),
        ..PLAIN
    },
    Command {
        name: "toggle_import_codes",
        title: "Make codes that a list of codings names and the codebook has not",
        layers: BOTH,
        when: READ,
        run: |model, _| model.toggle_import_codes(),
        ..PLAIN
    },
    Command {
        name: "next_import_file",
        title: "Look into the next file",
        layers: FILE,
        when: READ,
        run: |model, _| model.step_import_file(1),
        ..PLAIN
    },
    Command {
        name: "previous_import_file",
        title: "Look into the file before",
        layers: FILE,
        when: READ,
        run: |model, _| model.step_import_file(-1),
        ..PLAIN
    },
];
